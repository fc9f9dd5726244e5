"""Photographs to torture the program with, made on the spot: nothing of anybody's is in them.

PNG and the metadata blocks are written here; the other formats are what `vips` and `heif-enc` make of the PNG.
"""
import math
import os
import struct
import subprocess
import zlib

CANARY = b"CANARY-VALLEY-8431"  # A place name that no output may hold, in any disguise.


# ---- PNG ----


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width, height, bits=8, colour=2):
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))


def png(width, height, seed=0, before=b"", after=b""):
    """A picture of hills under a sky, with chunks before and after its pixels."""
    rows = []
    for y in range(height):
        row = bytearray(b"\0")
        for x in range(width):
            hill = height * (0.5 + 0.2 * math.sin(x / 37 + seed) + 0.08 * math.sin(x / 11 + 2 * seed))
            light = 90 + 60 * math.sin(x / 9 + y / 7 + seed) * math.sin(y / 5)
            sky = 200 - 80 * y // height
            row += bytes((int(light * 0.6), int(light), int(light * 0.4))) if y > hill else bytes((sky - 40, sky - 20, sky))
        rows.append(bytes(row))
    return (png_header(width, height) + before + png_chunk(b"IDAT", zlib.compress(b"".join(rows), 6)) + after
            + png_chunk(b"IEND", b""))


# ---- The other formats ----


def have(tool):
    return any(os.access(os.path.join(folder, tool), os.X_OK) for folder in os.environ["PATH"].split(os.pathsep))


KINDS = {"jpeg": ".jpg[Q=85,strip]", "webp": ".webp[Q=80,strip]", "tiff": ".tif[compression=deflate,predictor=horizontal,strip]",
         "avif": ".avif[compression=av1,Q=60,speed=9,strip]", "heic": ".heic"}
# Other ways to write the same formats, that other code reads.
VARIANTS = {"jpeg-progressive": ".jpg[Q=85,interlace,strip]", "jpeg-restart": ".jpg[Q=85,restart-interval=4,strip]",
            "png-interlaced": ".png[interlace,strip]", "webp-lossless": ".webp[lossless,strip]",
            "tiff-plain": ".tif[compression=none,strip]", "tiff-lzw": ".tif[compression=lzw,strip]",
            "tiff-tiled": ".tif[compression=deflate,tile,tile-width=64,tile-height=64,strip]"}


def suffix(kind):
    return {**KINDS, **VARIANTS, "png": ".png"}[kind].partition("[")[0]


def _convert(source, target, options):
    command = (["heif-enc", "-q", "60", "-o", target, source] if target.endswith(".heic") else
               ["vips", "copy", source, target + options])
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def one_of_each(folder, width, height, kinds=None):
    """Bytes by kind, of every kind that can be made here, the source as PNG among them. The files stay in the folder."""
    os.makedirs(folder, exist_ok=True)
    source = os.path.join(folder, "png.png")
    with open(source, "wb") as file:
        file.write(png(width, height))
    with open(source, "rb") as file:
        made = {"png": file.read()}
    for kind, how in (kinds or KINDS).items():
        target = os.path.join(folder, kind + suffix(kind))
        if _convert(source, target, how[len(suffix(kind)):]):
            with open(target, "rb") as file:
                made[kind] = file.read()
    if len(made) == 1:
        print("skipped: no tool here can make a JPEG: install libvips-tools")
        raise SystemExit(77)
    return made


# ---- Metadata ----


def ifd(entries, base, following=0, order="<"):
    """An IFD at offset `base`; entries are (tag, type, count, bytes)."""
    body, data = struct.pack(order + "H", len(entries)), b""
    room = base + 2 + 12 * len(entries) + 4
    for tag, kind, count, value in sorted(entries):
        if len(value) > 4:
            body += struct.pack(order + "HHII", tag, kind, count, room + len(data))
            data += value + b"\0" * (len(value) & 1)
        else:
            body += struct.pack(order + "HHI", tag, kind, count) + value.ljust(4, b"\0")
    return body + struct.pack(order + "I", following) + data


def text_entry(tag, text):
    return tag, 2, len(text) + 1, text + b"\0"


def exif(moment=b"2026:05:04 10:11:12", place=CANARY):
    """A TIFF block as of a camera: make, time, coordinates, and the canary as host computer, comment and GPS area."""
    camera = [text_entry(0x10F, b"Torture"), text_entry(0x110, b"Model T"), text_entry(0x13C, place)]
    first = ifd(camera + [(0x8825, 4, 1, b"\0" * 4), (0x8769, 4, 1, b"\0" * 4)], 8)
    at_exif = 8 + len(first)
    area = b"ASCII\0\0\0" + place
    inner = ifd([text_entry(0x9003, moment), (0x9286, 7, len(area), area)], at_exif)
    at_gps = at_exif + len(inner)
    rational = struct.pack("<IIIIII", 45, 1, 18, 1, 7, 1)
    gps = ifd([text_entry(1, b"N"), (2, 5, 3, rational), text_entry(3, b"E"), (4, 5, 3, rational),
               (28, 7, len(area), area)], at_gps)
    pointers = [(0x8825, 4, 1, struct.pack("<I", at_gps)), (0x8769, 4, 1, struct.pack("<I", at_exif))]
    return b"II*\0" + struct.pack("<I", 8) + ifd(camera + pointers, 8) + inner + gps


def segment(marker, data):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def with_segments(jpeg, *segments):
    """The segments right behind SOI."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def shot(jpeg, number):
    """A JPEG of its own: same pixels, another moment, so that hash, id and marks differ."""
    moment = b"2026:05:%02d 10:%02d:%02d" % (1 + number % 28, number // 60 % 60, number % 60)
    return with_segments(jpeg, segment(0xE1, b"Exif\0\0" + exif(moment)))

"""Hostile files, each with the verdict that it must get: bombs, lies, loops, cuts, disguises, names, traps, leaks.

A trap is (folder, name, bytes or maker, verdict, why). Verdicts: "error" the photo fails by name; "ok" it is published;
"either" one of the two; "skip" it is no photo, is passed over and never read to its end. `bomb` must be refused fast.
"""
import base64
import os
import socket
import stat
import struct
import zlib

import pictures
from pictures import CANARY, exif, ifd, png_chunk, png_header, segment, text_entry, with_segments

XMP = b"http://ns.adobe.com/xap/1.0/\0"


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def riff(*chunks):
    body = b"WEBP"
    for kind, data in chunks:
        body += kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def xmp(inner, head=b""):
    return (head + b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            b'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
            + inner + b"</rdf:Description></rdf:RDF></x:xmpmeta>")


PLACE_XMP = xmp(b"<exif:GPSLatitude>45,18.1N</exif:GPSLatitude><exif:GPSLongitude>5,48.2E</exif:GPSLongitude>"
                b"<photoshop:City>" + CANARY + b"</photoshop:City>")


def iptc(*datasets):
    iim = b"".join(b"\x1c\x02" + bytes((number,)) + struct.pack(">H", len(text)) + text for number, text in datasets)
    return b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x404, 0, len(iim)) + iim + b"\0" * (len(iim) & 1)


def zeros(megabytes):
    """A megabyte of zeros deflates a thousandfold."""
    squeeze, block = zlib.compressobj(9), bytes(1 << 20)
    return b"".join([squeeze.compress(block) for _ in range(megabytes)]) + squeeze.flush()


def frame(width, height, marker=0xC0):
    """SOF of three components."""
    return segment(marker, struct.pack(">BHHB", 8, height, width, 3) + bytes((1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0)))


def resized(jpeg, width, height):
    at = jpeg.index(b"\xff\xc0")
    return jpeg[:at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9:]


def tiff(width, height, strip, compression=1, extra=(), offset=None, following=0):
    tags = [(256, 4, 1, struct.pack("<I", width)), (257, 4, 1, struct.pack("<I", height)), (258, 3, 1, b"\x08\0"),
            (259, 3, 1, struct.pack("<H", compression)), (262, 3, 1, b"\x01\0"), (277, 3, 1, b"\x01\0"),
            (278, 4, 1, struct.pack("<I", height)), (279, 4, 1, struct.pack("<I", len(strip)))]
    tags += list(extra)
    room = 8 + len(ifd(tags + [(273, 4, 1, b"\0" * 4)], 8))
    tags.append((273, 4, 1, struct.pack("<I", room if offset is None else offset)))
    return b"II*\0" + struct.pack("<I", 8) + ifd(tags, 8, following) + strip


# ---- The classes ----


def bombs(one):
    jpeg, deflated = one["jpeg"], zeros(64)
    scan = segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x00"
    yield "jpeg-65500.jpg", resized(jpeg, 65500, 65500), "bomb", "4.3 gigapixels in a small JPEG"
    yield "progressive-20000.jpg", b"\xff\xd8" + frame(20000, 20000, 0xC2) + scan * 20 + b"\xff\xd9", "bomb", \
        "progressive: gigabytes of coefficients"
    yield "scans.jpg", b"\xff\xd8" + frame(512, 512, 0xC2) + scan * 5000 + b"\xff\xd9", "error", "5000 scans"
    yield "png-50000.png", png_header(50000, 50000, 1, 0) + png_chunk(b"IDAT", zeros(300)) + \
        png_chunk(b"IEND", b""), "bomb", "2.5 gigapixels that deflate to nothing"
    for name, head in (("iccp", b"x\0\0"), ("ztxt", b"x\0\0"), ("itxt", b"XML:com.adobe.xmp\0\1\0\0\0")):
        kind = {"iccp": b"iCCP", "ztxt": b"zTXt", "itxt": b"iTXt"}[name]
        yield name + ".png", pictures.png(48, 32, before=png_chunk(kind, head + deflated)), "either", \
            "64 MiB in a deflated " + name
    yield "exif-16m.png", pictures.png(48, 32, before=png_chunk(b"eXIf", exif() + bytes(16 << 20))), "either", \
        "16 MiB of EXIF"
    yield "texts.png", pictures.png(48, 32, before=png_chunk(b"tEXt", b"Comment\0x") * 20000), "either", "20000 texts"
    yield "tiff-4g.tif", tiff(0xFFFFFFFF, 0xFFFFFFFF, b"x"), "bomb", "2^64 pixels"
    yield "tiff-deflate.tif", tiff(40000, 40000, zeros(64), 8), "bomb", "1.6 gigapixels, deflated"
    flags = b"\0" * 4
    yield "webp-16384.webp", riff((b"VP8X", flags + b"\xff\x3f\0\xff\x3f\0"), (b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(64))), \
        "error", "the largest canvas there is, and no picture for it"
    if "avif" in one:
        at = one["avif"].index(b"ispe")
        yield "avif-ispe.avif", one["avif"][:at + 8] + struct.pack(">II", 65535, 65535) + one["avif"][at + 16:], "bomb", \
            "65535 pixels square, says the box"
    yield "aspect.png", png_header(1000000, 1, 8, 0) + png_chunk(b"IDAT", zlib.compress(bytes(1000001))) + \
        png_chunk(b"IEND", b""), "either", "a million pixels wide, one high"


def lies(one):
    jpeg = one["jpeg"]
    app1 = b"\xff\xe1"
    for length in (0, 1, 2, 65535):
        yield "app1-%d.jpg" % length, jpeg[:2] + app1 + struct.pack(">H", length) + b"Exif\0\0" + jpeg[2:], "either", \
            "APP1 claims %d bytes" % length
    for name, block in (("offset", b"II*\0\xff\xff\xff\xff"), ("count", b"II*\0\x08\0\0\0\xff\xff" + b"\x0f\x01\x02\0\xff\xff\xff\xff\x20\0\0\0"),
                        ("zero", b"II*\0\0\0\0\0"), ("short", b"II*")):
        yield "exif-%s.jpg" % name, with_segments(jpeg, segment(0xE1, b"Exif\0\0" + block)), "either", "EXIF lies: " + name
    many = struct.pack("<H", 5000) + struct.pack("<HHII", 0x10F, 2, 0xFFFFFFF, 8) * 5000
    yield "entries.jpg", with_segments(jpeg, segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + many)), "either", \
        "5000 entries of 256 MiB each"
    yield "irb.jpg", with_segments(jpeg, segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff")), "either", \
        "an image resource of 4 GiB"
    yield "iim.jpg", with_segments(jpeg, segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x74\xff\xff\xff\xff\xff\0\0")), \
        "either", "an extended dataset length"
    yield "icc.jpg", with_segments(jpeg, segment(0xE2, b"ICC_PROFILE\0\x01\xff" + b"\xff" * 200)), "either", "chunk 1 of 255"
    yield "mpf.jpg", with_segments(jpeg, segment(0xE2, b"MPF\0II*\0\xff\xff\xff\x7f")), "either", "an index far outside"
    yield "chunk.png", pictures.png(48, 32, before=b"\xff\xff\xff\xfftEXt"), "error", "a chunk of 4 GiB"
    good = pictures.png(48, 32)
    at = good.index(b"IDAT") + 10
    yield "crc.png", good[:at] + bytes((good[at] ^ 1,)) + good[at + 1:], "error", "a bit of the pixels turned over"
    yield "short.png", png_header(480, 320) + png_chunk(b"IDAT", zlib.compress(bytes(999))) + png_chunk(b"IEND", b""), \
        "error", "too few rows"
    yield "offset.tif", tiff(64, 64, bytes(4096), offset=0xFFFFFFF0), "error", "pixels at 4 GiB"
    yield "type.tif", tiff(64, 64, bytes(4096), extra=[(700, 99, 0xFFFFFFFF, b"\x08\0\0\0")]), "either", \
        "a tag of no known type, 4 GiB long"
    if "webp" in one:
        webp = one["webp"]
        yield "size.webp", webp[:4] + b"\xff\xff\xff\xff" + webp[8:], "error", "RIFF claims 4 GiB"
        yield "chunk.webp", webp + b"EXIF\xff\xff\xff\x7f", "either", "a chunk behind the end claims 2 GiB"
    if "avif" in one:
        avif = one["avif"]
        at = avif.index(b"iloc")
        yield "iloc.avif", avif[:at + 20] + b"\xff\xff\xff\xff" + avif[at + 24:], "either", "an item far outside"
        for size in (1, 7):
            yield "box-%d.avif" % size, avif[:28] + struct.pack(">I", size) + avif[32:], "error", "a box of %d bytes" % size


def loops(one):
    jpeg = one["jpeg"]
    loop = ifd([text_entry(0x10F, b"abc"), (0x8769, 4, 1, struct.pack("<I", 8))], 8, 8)
    yield "ifd.jpg", with_segments(jpeg, segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + loop)), "either", "an IFD that leads to itself"
    chain, step = b"", 18
    for i in range(3000):
        chain += ifd([(0x8769, 4, 1, struct.pack("<I", 8 + step * (i + 1)))], 8 + step * i)
    yield "nested.jpg", with_segments(jpeg, segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + chain)), "either", "3000 IFDs in each other"
    yield "pages.tif", tiff(64, 64, bytes(4096), following=8), "either", "the next page is the first"
    laughs = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)) + b"]>"
    yield "laughs.jpg", with_segments(jpeg, segment(0xE1, XMP + xmp(b"<dc:title>&j;</dc:title>", laughs))), "either", \
        "entities that multiply"
    outside = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    yield "outside.jpg", with_segments(jpeg, segment(0xE1, XMP + xmp(b"<dc:title>&a;</dc:title>", outside))), "either", \
        "an entity from outside"
    yield "deep.jpg", with_segments(jpeg, segment(0xE1, XMP + xmp(b"<dc:a>" * 4000 + b"</dc:a>" * 4000))), "either", "XML 4000 deep"
    if "avif" in one:
        deep = b""
        for _ in range(2000):
            deep = box(b"meta", b"\0" * 4, deep)
        avif = one["avif"]
        yield "meta.avif", avif[:28] + deep + avif[28:], "either", "2000 boxes in each other"


def disguises(one):
    jpeg = one["jpeg"]
    yield "png.jpg", pictures.png(64, 48), "ok", "a PNG that is called JPEG"
    yield "jpeg.png", jpeg, "ok", "a JPEG that is called PNG"
    yield "zip.jpg", jpeg + b"PK\5\6" + bytes(18), "ok", "an archive behind the picture"
    for name, data in (("gif", b"GIF89a" + b"\xff" * 4 + b"\0" * 20), ("bmp", b"BM" + bytes(60)), ("empty", b""), ("one", b"\xff"),
                       ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
                       ("ps", b"%!PS-Adobe-3.0\nshowpage\n"), ("pdf", b"%PDF-1.4\n"), ("html", b"<html><script>alert(1)</script>"),
                       ("msl", b'<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>'), ("elf", b"\x7fELF" + bytes(60)),
                       ("gzip", b"\x1f\x8b\x08" + bytes(20)), ("zeros", bytes(4096)),
                       ("mp4", box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov"))):
        yield name + ".jpg", data, "error", name + " that is called JPEG"


def names(one):
    photo = pictures.shot(one["jpeg"], 1)
    for name in (b"new\nline.jpg", b"-rf.jpg", b"--help.jpg", b"\xff\xfe\xe9.jpg", "café.jpg".encode(), b"a b\tc.jpg",
                 "\u202egpj.exe.jpg".encode(), b"\x1b[31mred.jpg", b"shrink.jpg[shrink=8]", b"%n%s.jpg", b"$(reboot).jpg",
                 b"<img src=x onerror=alert(1)>.jpg".replace(b"/", b""), b"=cmd.jpg", b"msl:x.jpg", b"@list.jpg", b"'\"`;.jpg",
                 b"no-suffix", b"CON.jpg", b"back\\slash.jpg", b"{stem}.jpg"):
        yield name, photo, "ok", "an odd name"
    yield b"n" * 251 + b".jpg", photo, "error", "255 bytes: no derivative's name would fit"
    yield b"m" * 240 + b".jpg", photo, "ok", "244 bytes"


def filesystem(one):
    photo = pictures.shot(one["jpeg"], 2)

    def link(target):
        return lambda path: os.symlink(target, path)

    def unix_socket(path):
        here = os.getcwd()
        os.chdir(os.path.dirname(path))
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(os.path.basename(path))
        os.chdir(here)

    def deep(path):
        here = os.getcwd()
        os.mkdir(path)
        os.chdir(path)
        for _ in range(100):
            os.mkdir("d" * 20)
            os.chdir("d" * 20)
        with open("deep.jpg", "wb") as file:
            file.write(photo)
        os.chdir(here)

    def sparse(path):
        with open(path, "wb") as file:
            file.write(photo)
            file.truncate(5 << 30)

    yield "good.jpg", photo, "ok", "a photo among traps"
    yield "zz-good.jpg", photo, "ok", "and the last one"
    yield "folder.jpg", os.mkdir, "skip", "a folder"
    yield "fifo.jpg", os.mkfifo, "skip", "a pipe that nobody fills"
    yield "socket.jpg", unix_socket, "skip", "a socket"
    yield "loop.jpg", link("loop.jpg"), "skip", "a link to itself"
    yield "nothing.jpg", link("nowhere"), "skip", "a link to nothing"
    yield "zero.jpg", link("/dev/zero"), "skip", "a link to an endless device"
    yield "secret.jpg", link("/etc/passwd"), "skip", "a link out of the folder"
    yield "deep", deep, "ok", "a folder 100 folders down"
    yield "sparse.jpg", sparse, "bomb", "5 GiB, most of it a hole"
    if os.geteuid() == 0:
        yield "device.jpg", lambda path: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5)), "skip", "an endless device"


def leaks(one):
    jpeg, block = one["jpeg"], exif()
    app1 = segment(0xE1, b"Exif\0\0" + block)
    plain = segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + ifd([text_entry(0x10F, b"Torture")], 8))
    yield "exif.jpg", with_segments(jpeg, app1), "ok", "GPS in EXIF"
    yield "second.jpg", with_segments(jpeg, plain, app1), "ok", "GPS in a second EXIF block"
    sos = jpeg.index(b"\xff\xda")
    yield "late.jpg", jpeg[:sos] + app1 + jpeg[sos:], "ok", "EXIF just before the scan"
    yield "trailer.jpg", jpeg + CANARY + app1, "ok", "EXIF behind the end"
    yield "xmp.jpg", with_segments(jpeg, segment(0xE1, XMP + PLACE_XMP)), "ok", "place in XMP"
    yield "iptc.jpg", with_segments(jpeg, segment(0xED, iptc((90, CANARY), (92, CANARY)))), "ok", "city in IPTC"
    yield "comment.jpg", with_segments(jpeg, segment(0xFE, CANARY)), "ok", "place in a comment"
    yield "app7.jpg", with_segments(jpeg, segment(0xE7, CANARY)), "ok", "place in a private segment"
    yield "base64.jpg", with_segments(jpeg, segment(0xE1, XMP + xmp(b"<dc:x>" + base64.b64encode(with_segments(jpeg, app1)) + b"</dc:x>"))), \
        "ok", "EXIF in a picture in XMP"
    yield "exif.png", pictures.png(64, 48, before=png_chunk(b"eXIf", block)), "ok", "GPS in eXIf"
    yield "after.png", pictures.png(64, 48, after=png_chunk(b"eXIf", block)), "ok", "eXIf behind the pixels"
    yield "text.png", pictures.png(64, 48, before=png_chunk(b"tEXt", b"Comment\0" + CANARY)), "ok", "place in tEXt"
    yield "ztxt.png", pictures.png(64, 48, before=png_chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(
        b"\nexif\n%8d\n" % (6 + len(block)) + (b"Exif\0\0" + block).hex().encode()))), "ok", "a raw profile"
    yield "private.png", pictures.png(64, 48, before=png_chunk(b"prVt", CANARY)), "ok", "place in a private chunk"
    yield "trailer.png", pictures.png(64, 48) + CANARY, "ok", "place behind the end"
    yield "place.tif", tiff(64, 48, bytes(64 * 48), extra=[text_entry(0x13C, CANARY), (700, 1, len(PLACE_XMP), PLACE_XMP)]), \
        "ok", "place in TIFF"
    if "webp" in one:
        webp = one["webp"]
        at = webp.index(b"VP8 ")
        picture = (b"VP8 ", webp[at + 8:at + 8 + struct.unpack("<I", webp[at + 4:at + 8])[0]])
        head = (b"VP8X", b"\x0c\0\0\0" + struct.pack("<I", 399)[:3] + struct.pack("<I", 299)[:3])
        yield "exif.webp", riff(head, picture, (b"EXIF", block), (b"XMP ", PLACE_XMP)), "ok", "GPS in WebP"


CLASSES = {"bombs": bombs, "lies": lies, "loops": loops, "disguises": disguises, "names": names, "fs": filesystem, "leaks": leaks}


def make(folder, one):
    """Makes all, each in a numbered folder of its own, so that no two want one output. Returns (number, class, name,
    verdict, why) for each."""
    plan = [(kind, *trap) for kind, traps in CLASSES.items() for trap in traps(one)]
    plan += [("cuts", "cut" + pictures.suffix(kind), data[:len(data) // 2], "error", "cut in the middle")
             for kind, data in sorted(one.items())]
    made = []
    for number, (kind, name, content, verdict, why) in enumerate(plan):
        where = os.path.join(os.fsencode(folder), b"%04d" % number)
        os.makedirs(where)
        path = os.path.join(where, os.fsencode(name))
        if callable(content):
            content(os.fsdecode(path))
        else:
            with open(path, "wb") as file:
                file.write(content)
        made.append((number, kind, name if isinstance(name, str) else repr(name), verdict, why))
    return made

"""Blocks of metadata that are large and honest: published by default, and refused by the name of their limit where one is set."""
import hashlib
import struct

from facts import absent, exiftool, exists, json_is, says
from files import alternatives, icc_profile, icc_segments, jpeg, pictures, png, png_icc, png_xmp, riff_chunk, sequence, tiff_with, webp, webp_xmp, xmp, xmp_segment
from run import PROFILE, Case, Step

OURS = "© 2020 Jane Doe"
MIB = 1 << 20


def ancestors(count):
    """photoshop:DocumentAncestors, as Photoshop's pasting fills it."""
    return sequence("photoshop:DocumentAncestors", *(f"xmp.did:{number:08x}-{number:027x}" for number in range(count)), bag=True)


def depth_map(size):
    return f'<GDepth:Data xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/">{"iVBORw0K" * (size // 8)}</GDepth:Data>'


def extended(packet):
    """The packet as extended XMP of a JPEG (XMP part 3, 1.1.3.1): a main one that names it, then its pieces."""
    data = packet.encode()
    guid = hashlib.md5(data).hexdigest().upper().encode()
    main = xmp(alternatives("dc:rights", OURS), f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid.decode()}"')
    pieces = [pictures.segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">II", len(data), at) + data[at:at + 65000])
              for at in range(0, len(data), 65000)]
    return jpeg(xmp_segment(main), *pieces)


def in_each(body):
    packet = xmp(alternatives("dc:rights", OURS) + body)
    data = packet.encode()
    return {"a.jpg": extended(xmp(body, packet=False)), "b.png": png(png_xmp(packet)), "c.webp": webp(webp_xmp(packet), flags=0x04),
            "d.tif": tiff_with([(700, 1, len(data), data)], order=">")}


def derivative(path):
    return f"web/{path[0]}-{32 if path.endswith('.tif') else 320}.jpg"


def published(files, limit, setting):
    every = " ".join(files)
    return [Step(f"publish {every} -o web -q", 0, [exiftool(derivative(path), "XMP-dc:Rights", "© Jane Doe. All rights reserved.") for path in files]),
            Step(f"publish {every} -o other -q --set limits.{setting}={limit}", 1, [says(f"(limits.{setting})", *files), absent("other/a-320.jpg")])]


ANCESTORS, DEPTH = in_each(ancestors(30000)), in_each(depth_map(12 * MIB))
LARGE = icc_profile(extra=[(b"targ", b"text\0\0\0\0" + b"0.5 0.5 0.5\n" * (2 * MIB // 12) + b"\0")])
PROFILES = {"a.jpg": jpeg(icc_segments(LARGE)), "b.png": png(png_icc(LARGE)), "c.webp": webp(before=[riff_chunk(b"ICCP", LARGE)], flags=0x20),
            "d.tif": tiff_with([(34675, 7, len(LARGE), LARGE)])}
OVER = {"a.jpg": jpeg(), "x.png": png(png_icc(struct.pack(">I", 9 * MIB) + LARGE[4:] + bytes(9 * MIB - len(LARGE)))),
        "y.webp": webp(webp_xmp(xmp(depth_map(33 * MIB))), flags=0x04)}

CASES = [
    Case("XMP of 1.5 MiB with a document's ancestors is published", files={**ANCESTORS, "filigrane.yaml": PROFILE}, steps=published(ANCESTORS, "1M", "xmp")),
    Case("XMP of 12 MiB with a depth map is published", files={**DEPTH, "filigrane.yaml": PROFILE}, steps=published(DEPTH, "8M", "xmp")),
    Case("a colour profile of 2 MiB is published", files={**PROFILES, "filigrane.yaml": PROFILE}, steps=published(PROFILES, "1M", "icc")),
    Case("a notice behind a depth map is read", files={"a.png": png(png_xmp(xmp(depth_map(12 * MIB) + alternatives("dc:rights", OURS)))), "b.webp": webp(
        webp_xmp(xmp(depth_map(17 * MIB) + alternatives("dc:rights", OURS))), flags=0x04)}, steps=[
            Step(f"check --json {path}", None, [json_is("copyright.notice", OURS)]) for path in ("a.png", "b.webp")]),
    Case("what exceeds the limits is refused by their names", files={**OVER, "filigrane.yaml": PROFILE}, steps=[
        Step("publish a.jpg x.png y.webp -o web -q", 1, [says("limit is 8388608 (limits.icc)", "limit is 33554432 (limits.xmp)"), exists("web/a-320.jpg")])]),
]

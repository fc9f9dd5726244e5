"""Rights that previews, trailers and copies within a file state: another's among them refuses, and what differs is told."""
import base64
import struct

from facts import absent, exiftool_says_not, finds, finds_not, says
from files import (LONG, afcp, alternatives, exif_segment, iim, jpeg, photoshop_segment, picture, png, png_xmp, resource, text, tiff_block, tiff_with, webp,
                   webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

NOTICE, FOREIGN = "© 2026 Jane Doe", "© 2026 Élodie Desprès"
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]
SMALL = picture("jpeg", 64, 48)


def inner(notice, kind="exif"):
    """A small JPEG that carries a notice in one of its carriers."""
    if kind == "xmp":
        return jpeg(xmp_segment(xmp(alternatives("dc:rights", notice))), of=SMALL)
    if kind == "iim":
        return jpeg(photoshop_segment(resource(0x0404, iim((116, notice)))), of=SMALL)
    return jpeg(exif_segment(tiff_block([text(0x8298, notice)])), of=SMALL)


def with_trailer(whole, notice, order=">", moved=0):
    """An AFCP trailer with IPTC; `moved` bytes were put into the file after it was written."""
    return whole + afcp(len(whole) - moved, (b"IPTC", iim((116, notice))), (b"TEXT", b"some words"), order=order)


MAIN = jpeg(exif_segment(tiff_block(OWN)))
BARE = jpeg()


def upright(notice, name="crs:UprightPreview"):
    value = base64.b64encode(inner(notice)).decode()
    return xmp(alternatives("dc:rights", NOTICE) + f"<{name}>{value}</{name}>", 'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"')


def preview_page(notice, order):
    """A TIFF whose second page is a smaller picture in JPEG, and one in which that is a strip."""
    data = inner(notice)
    first = tiff_with(OWN, order, then=[(0xFE, LONG, 1, struct.pack(order + "I", 1)), (0x0201, LONG, 1, b"\xaa\xbb\xcc\xdd"),
                                        (0x0202, LONG, 1, struct.pack(order + "I", len(data)))])
    return first.replace(b"\xaa\xbb\xcc\xdd", struct.pack(order + "I", len(first))) + data


def all_of(notice):
    return {
        "afcp.jpg": with_trailer(MAIN, notice), "afcp-little.jpg": with_trailer(MAIN, notice, "<"), "afcp-moved.jpg": with_trailer(MAIN, notice, moved=37),
        "afcp-bare.jpg": with_trailer(BARE, notice), "afcp.tif": with_trailer(tiff_with(OWN), notice), "afcp-m.tif": with_trailer(tiff_with(OWN, ">"), notice, "<"),
        "mpo.jpg": MAIN + inner(notice), "mpo-xmp.jpg": MAIN + bytes(6) + inner(notice, "xmp"), "mpo-iim.jpg": MAIN + inner(notice, "iim"),
        "page.tif": preview_page(notice, "<"), "page-m.tif": preview_page(notice, ">"),
        "upright.jpg": jpeg(xmp_segment(upright(notice))), "upright.png": png(png_xmp(upright(notice))), "upright.webp": webp(webp_xmp(upright(notice)), flags=0x04),
        "other-name.jpg": jpeg(xmp_segment(upright(notice, "crs:SomePreview"))),
        "resource.jpg": jpeg(exif_segment(tiff_block(OWN)), photoshop_segment(resource(0x040C, bytes(28) + inner(notice)))),
    }


FOREIGN_FILES, OWN_FILES, OLD_FILES = all_of(FOREIGN), all_of(NOTICE), all_of("© 2019 Jane Doe")
CASES = [
    *(Case(f"another's notice within a file refuses: {path}", files={path: data, "filigrane.yaml": PROFILE}, steps=[
        Step(f"check --json -p filigrane.yaml {path}", 1, [finds("copyright.foreign")]), Step(f"check --json {path}", None, [finds("copyright.conflict")]),
        Step(f"tag -o out {path}", 1, [says("lodie Despr"), absent(f"out/{path}")]), Step(f"publish {path} -o web -q", 1, [says("lodie Despr")]),
        *([] if path.startswith("afcp") and path.endswith(".tif") else  # Nobody reads a trailer that is no longer at the end.
          [Step(f"tag --force-rights -o out {path}", 1, [says("scrub"), absent(f"out/{path}")])]),
        Step(f"scrub -o clean {path}", 0, [exiftool_says_not(f"clean/{path}", "lodie")]), Step(f"tag -o out clean/{path}", 0),
    ]) for path, data in FOREIGN_FILES.items()),
    Case("an own notice within a file is no obstacle", control=True, files={**OWN_FILES, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {' '.join(OWN_FILES)}", 0), Step(f"check --json mpo.jpg", None, [finds_not("copyright.conflict", "copyright.foreign")])]),
    Case("an older notice of one's own within a file is a warning", files={**OLD_FILES, "filigrane.yaml": PROFILE}, steps=[
        *(Step(f"check --json {path}", None, [finds("copyright.conflict")]) for path in OLD_FILES), Step(f"tag -o out {' '.join(OLD_FILES)}", 0)]),
    Case("UprightPreview as a word is no picture", control=True, files={"a.jpg": jpeg(xmp_segment(xmp(
        alternatives("dc:rights", NOTICE), 'xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:UprightPreview="False"')))},
        steps=[Step("check --json a.jpg", None, [finds_not("preview.embedded")])]),
]

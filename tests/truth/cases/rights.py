"""The plain case of each command: controls, which hold since the first version."""
from facts import exiftool, exiftool_says_not, exists, finds, json_is, same_file
from files import (exif_segment, gps_entries, iim, jpeg, photoshop_segment, png, png_xmp, resource, text, tiff_block, webp,
                   webp_exif, xmp, xmp_segment, alternatives, sequence)
from run import PROFILE, Case, Step

NOTICE = "© 2026 Jane Doe. All rights reserved."
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]
PACKET = xmp(alternatives("dc:rights", NOTICE) + sequence("dc:creator", "Jane Doe"))


def holds(path):
    return [Step(f"check --json {path}", 0, [json_is("copyright.notice", NOTICE), json_is("verdict", "pass")])]


CASES = [
    Case("a notice in EXIF is read in either byte order", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block(OWN))),
        "b.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Jane Doe"), text(0x8298, NOTICE)], order=">"))),
        "c.webp": webp(webp_exif(tiff_block(OWN)), flags=0x08),
    }, steps=holds("a.jpg") + holds("b.jpg") + holds("c.webp")),
    Case("a notice in XMP or in IIM is read", control=True, files={
        "a.jpg": jpeg(xmp_segment(PACKET)), "b.png": png(png_xmp(PACKET)),
        "c.jpg": jpeg(photoshop_segment(resource(0x0404, iim((80, "Jane Doe"), (116, NOTICE))))),
    }, steps=holds("a.jpg") + holds("b.png") + holds("c.jpg")),
    Case("coordinates are found, taken out by scrub, and do not pass publish", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block(OWN, gps=gps_entries()))), "filigrane.yaml": PROFILE,
    }, steps=[
        Step("check --json a.jpg", 1, [finds("location.gps")]),
        Step("scrub -o clean a.jpg", 0, [exiftool("clean/a.jpg", "GPS:all", None), exiftool("clean/a.jpg", "IFD0:Copyright", NOTICE),
                                         same_file("a.jpg")]),
        Step("publish a.jpg -o web -q", 0, [exists("web/a-320.jpg"), exiftool_says_not("web/a-320.jpg", "GPS")]),
    ]),
]

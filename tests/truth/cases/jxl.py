"""JPEG XL: compressed metadata is no empty metadata, and what was kept once is kept again."""
from facts import absent, exiftool, finds, finds_not, json_is, same_file, says, need
from files import alternatives, as_bytes, box, gps_entries, sequence, text, tiff_block, xmp
from run import PROFILE, Case, Step

NOTICE = "© 2026 Jane Doe. All rights reserved."
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]
PACKET = xmp(alternatives("dc:rights", NOTICE) + sequence("dc:creator", "Jane Doe"))
# A codestream of 8 x 16 pixels; nobody decodes it here.
PICTURE = box(b"jxlc", bytes.fromhex("ff0a030012345678"))


def jxl(*boxes, last=()):
    """Boxes before the codestream, and behind it."""
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return head + b"".join(boxes) + PICTURE + b"".join(last)


def exif_box(block):
    return box(b"Exif", b"\0\0\0\0", block)


def brob(kind, data=b"\x0b\x02\x80nothing\x03"):
    return box(b"brob", kind, data)


def is_refused(path):
    """Nothing is said of it, and nothing written."""
    return [Step(f"check --json {path}", 1, [json_is("verdict", "unreadable"), says("brob", "compressed")]),
            Step(f"tag -o out {path}", 1, [says("compressed"), absent(f"out/{path}")]),
            Step(f"scrub -o out {path}", 1, [says("compressed"), absent(f"out/{path}")]),
            Step(f"scrub --in-place {path}", 1, [same_file(path)]),
            Step(f"tag --in-place {path}", 1, [same_file(path)])]


def scrubbed_twice(world):
    """Twice is once, and the rights are those that were there."""
    for path in ("a.jxl", "b.jxl", "c.jxl", "d.jxl"):
        world.filigrane(f"scrub -o one {path}")
        world.filigrane(f"scrub -o two one/{path}", facts=[
            exiftool(f"two/{path}", "EXIF:Copyright", NOTICE), exiftool(f"two/{path}", "XMP:Rights", NOTICE),
            exiftool(f"two/{path}", "GPS:all", None)])
        need(world.read(f"one/{path}") == world.read(f"two/{path}"), f"two/{path} to be one/{path}", "other bytes")


CASES = [
    Case("a brob of Exif before the picture is refused", files={
        "a.jxl": jxl(brob(b"Exif")), "filigrane.yaml": PROFILE}, steps=is_refused("a.jxl")),
    Case("a brob of XMP behind the picture, beside an Exif box in the clear", files={
        "a.jxl": jxl(exif_box(tiff_block(OWN)), last=[brob(b"xml ")]), "filigrane.yaml": PROFILE}, steps=is_refused("a.jxl")),
    Case("a brob of JUMBF, and one of a kind that nobody knows", files={
        "a.jxl": jxl(brob(b"jumb")), "b.jxl": jxl(brob(b"Abcd")), "c.jxl": jxl(box(b"brob")), "filigrane.yaml": PROFILE,
    }, steps=is_refused("a.jxl") + is_refused("b.jxl") + is_refused("c.jxl")),
    Case("a second scrub keeps the rights: Exif and XMP, either byte order, before and behind the picture, with jbrd", files={
        "a.jxl": jxl(exif_box(tiff_block(OWN, gps=gps_entries())), box(b"xml ", as_bytes(PACKET))),
        "b.jxl": jxl(box(b"xml ", as_bytes(PACKET)), exif_box(tiff_block(OWN, order=">"))),
        "c.jxl": jxl(last=[exif_box(tiff_block(OWN)), box(b"xml ", as_bytes(PACKET))]),
        "d.jxl": jxl(box(b"jbrd", b"what a JPEG was"), exif_box(tiff_block(OWN)), box(b"xml ", as_bytes(PACKET))),
    }, run=scrubbed_twice),
    Case("what a JPEG is restored from is no maker note", files={
        "a.jxl": jxl(exif_box(tiff_block(OWN)), box(b"jbrd", bytes(range(128, 160)) * 4)),
    }, steps=[Step("check --json a.jxl", 0, [finds("container.aux-image"), finds_not("makernote.present")])]),
    Case("the same boxes in the clear are read, written and scrubbed", control=True, files={
        "a.jxl": jxl(exif_box(tiff_block(OWN, gps=gps_entries()))), "filigrane.yaml": PROFILE,
    }, steps=[Step("check --json a.jxl", 1, [finds("location.gps"), json_is("copyright.notice", NOTICE)]),
              Step("tag -o out a.jxl", 0, [exiftool("out/a.jxl", "XMP:Rights", "© Jane Doe. All rights reserved.")]),
              Step("scrub -o clean a.jxl", 0, [exiftool("clean/a.jxl", "GPS:all", None), exiftool("clean/a.jxl", "EXIF:Copyright", NOTICE)])]),
]

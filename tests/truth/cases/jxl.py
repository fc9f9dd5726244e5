"""JPEG XL: compressed metadata are read and written as others are, the segments of a former JPEG too; what was kept once is kept again."""
import os

from facts import absent, exiftool, exiftool_opened, finds, finds_not, json_is, jxl_box, jxl_pixels, need, same_file, says, says_not
from files import (alternatives, as_bytes, box, brotli, comment_segment, exif_segment, gps_entries, iim, jpeg, jxl, jxl_of_jpeg,
                   photoshop_segment, pictures, resource, sequence, text, tiff_block, xmp, xmp_segment)
from run import PROFILE, Case, Step

NOTICE = "© 2026 Jane Doe. All rights reserved."
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]
PACKET = xmp(alternatives("dc:rights", NOTICE) + sequence("dc:creator", "Jane Doe"))

def exif_box(block):
    return box(b"Exif", b"\0\0\0\0", block)


def brob(kind, data):
    return box(b"brob", kind, brotli(data))


def broken(kind, data=b"\x0f\x02\x80a box, and more"):
    return box(b"brob", kind, data)


def packed_exif(block):
    return brob(b"Exif", b"\0\0\0\0" + block)


def is_refused(path):
    """Nothing is said of it, and nothing written."""
    return [Step(f"check --json {path}", 1, [json_is("verdict", "unreadable"), says("brob", "compressed")]),
            Step(f"tag -o out {path}", 1, [says("compressed"), absent(f"out/{path}")]),
            Step(f"scrub -o out {path}", 1, [says("compressed"), absent(f"out/{path}")]),
            Step(f"scrub --in-place {path}", 1, [same_file(path)]),
            Step(f"tag --in-place {path}", 1, [same_file(path)])]


def is_scrubbed(path, *facts):
    """Twice is once, and the boxes are compressed as they were."""
    def twice(world):
        world.filigrane(f"scrub -o one {path}", facts=list(facts))
        world.filigrane(f"scrub -o two one/{path}")
        need(world.read(f"one/{path}") == world.read(f"two/{path}"), f"two/{path} to be one/{path}", "other bytes")
    return twice


# A press photo: rights and a place in IPTC, which cjxl leaves to jbrd, and what else a JPEG carries along.
STRANGER = photoshop_segment(resource(0x0404, iim((80, b"Zoe Stranger"), (116, "© 2019 Zoe Stranger".encode()))))
PLACE = photoshop_segment(resource(0x0404, iim((80, b"Jane Doe"), (90, b"Grenoble"))))
NO_JPEG = "the JPEG that it was made of can't be had back"


def of_jpeg(*segments, behind=b"", options=()):
    return jxl_of_jpeg(jpeg(*segments) + behind, *options)


def jpeg_is_gone(path):
    """djxl finds no JPEG in what tag and scrub made, whose pixels are the same."""
    def run(world):
        for command in ("scrub", "tag --force-rights"):
            world.filigrane(f"{command} -o {command[:3]} {path}", facts=[
                says(NO_JPEG), jxl_box(f"{command[:3]}/{path}", b"jbrd", packed=False), jxl_pixels(f"{command[:3]}/{path}", path)])
            world.filigrane(f"{command} -o again {command[:3]}/{path}", facts=[says_not(NO_JPEG)])
            need(world.read(f"again/{path}") == world.read(f"{command[:3]}/{path}"), "the second to change nothing", "other bytes")
            os.unlink(world.path(f"again/{path}"))
    return run


def scrubbed_twice(world):
    """Twice is once, and the rights are those that were there."""
    for path in ("a.jxl", "b.jxl", "c.jxl", "d.jxl"):
        world.filigrane(f"scrub -o one {path}")
        world.filigrane(f"scrub -o two one/{path}", facts=[
            exiftool(f"two/{path}", "EXIF:Copyright", NOTICE), exiftool(f"two/{path}", "XMP:Rights", NOTICE),
            exiftool(f"two/{path}", "GPS:all", None)])
        need(world.read(f"one/{path}") == world.read(f"two/{path}"), f"two/{path} to be one/{path}", "other bytes")


CASES = [
    Case("Exif in a compressed box, of either byte order, is read, and its place told", files={
        "a.jxl": jxl(packed_exif(tiff_block(OWN, gps=gps_entries()))), "b.jxl": jxl(last=[packed_exif(tiff_block(OWN, order=">", gps=gps_entries(">")))]),
    }, steps=[Step(f"check --json {name}", 1, [finds("location.gps"), json_is("copyright.notice", NOTICE)]) for name in ("a.jxl", "b.jxl")]),
    Case("XMP in a compressed box behind the picture, beside an Exif box in the clear", files={
        "a.jxl": jxl(exif_box(tiff_block([text(0x10F, "Canon")])), last=[brob(b"xml ", as_bytes(PACKET))]),
    }, steps=[Step("check --json a.jxl", 0, [json_is("copyright.notice", NOTICE)])]),
    Case("another's rights in a compressed box are no empty place to tag", files={
        "a.jxl": jxl(packed_exif(tiff_block([text(0x8298, "© 2019 Zoe Stranger")]))),
        "b.jxl": jxl(brob(b"xml ", as_bytes(xmp(sequence("dc:creator", "Zoe Stranger"))))),
        "c.jxl": jxl(exif_box(tiff_block(OWN)), packed_exif(tiff_block([text(0x13B, "Zoe Stranger")]))), "filigrane.yaml": PROFILE,
    }, steps=[Step(f"tag -o out {name}", 1, [says("Zoe Stranger"), absent(f"out/{name}")]) for name in ("a.jxl", "b.jxl", "c.jxl")]),
    Case("a comment in a compressed box of a kind that nobody knows is told, and scrubbed", files={
        "a.jxl": jxl(brob(b"Abcd", b"call me at 4711-0815, any time")),
    }, steps=[Step("check --json a.jxl", 1, [finds("personal.comment")]),
              Step("scrub -o out a.jxl", 0, [jxl_box("out/a.jxl", b"Abcd")])]),
    Case("a manifest in a compressed box is told", files={
        "a.jxl": jxl(brob(b"jumb", box(b"jumd", b"c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0") + box(b"free", b"neither here nor there, " * 40))),
    }, control=True, steps=[Step("check --json a.jxl", 1, [finds("c2pa.present")])]),
    Case("scrub writes Exif and XMP back compressed, with the rights and without the place; twice is once", files={
        "a.jxl": jxl(packed_exif(tiff_block(OWN, gps=gps_entries())), brob(b"xml ", as_bytes(PACKET)))},
         run=is_scrubbed("a.jxl", jxl_box("one/a.jxl", b"Exif", NOTICE), jxl_box("one/a.jxl", b"xml ", NOTICE),
                         exiftool_opened("one/a.jxl", "EXIF:Copyright", NOTICE), exiftool_opened("one/a.jxl", "XMP:Rights", NOTICE),
                         exiftool_opened("one/a.jxl", "GPS:all", None))),
    Case("a box in the clear stays in the clear beside one that is compressed", files={
        "a.jxl": jxl(exif_box(tiff_block(OWN, gps=gps_entries())), last=[brob(b"xml ", as_bytes(PACKET))])},
         run=is_scrubbed("a.jxl", jxl_box("one/a.jxl", b"Exif", NOTICE, packed=False), jxl_box("one/a.jxl", b"xml ", NOTICE),
                         exiftool("one/a.jxl", "EXIF:Copyright", NOTICE))),
    Case("of two compressed Exif boxes one stays", files={
        "a.jxl": jxl(packed_exif(tiff_block(OWN, gps=gps_entries())), packed_exif(tiff_block(OWN, order=">", gps=gps_entries(">"))))},
         run=is_scrubbed("a.jxl", jxl_box("one/a.jxl", b"Exif", NOTICE), exiftool_opened("one/a.jxl", "GPS:all", None))),
    Case("tag writes into a compressed box, and leaves what else stands in it", files={
        "a.jxl": jxl(packed_exif(tiff_block([text(0x10F, "Canon")], gps=gps_entries()))), "filigrane.yaml": PROFILE,
    }, steps=[Step("tag -o out a.jxl", 0, [
        jxl_box("out/a.jxl", b"Exif", "Canon", "Jane Doe"), exiftool_opened("out/a.jxl", "EXIF:Copyright", "© Jane Doe. All rights reserved."),
        exiftool_opened("out/a.jxl", "XMP:Rights", "© Jane Doe. All rights reserved."), exiftool_opened("out/a.jxl", "EXIF:Make", "Canon")]),
        Step("tag -o again out/a.jxl", 0), Step("check --json again/a.jxl", 1, [finds("location.gps")])]),
    Case("what cjxl makes of a photo by default: rights kept, the place gone, the pixels the same", files={
        "a.jxl": of_jpeg(exif_segment(tiff_block(OWN, gps=gps_entries())), xmp_segment(PACKET)),
    }, run=is_scrubbed("a.jxl", exiftool_opened("one/a.jxl", "EXIF:Copyright", NOTICE), exiftool_opened("one/a.jxl", "XMP:Rights", NOTICE),
                       exiftool_opened("one/a.jxl", "GPS:all", None), jxl_pixels("one/a.jxl", "a.jxl"))),
    Case("a compressed box of Exif, of XMP, of JUMBF that is cut, or has bytes behind it, is refused", files={
        "a.jxl": jxl(broken(b"Exif")), "b.jxl": jxl(last=[box(b"brob", b"xml ", brotli(as_bytes(PACKET))[:-9])]), "c.jxl": jxl(broken(b"jumb")),
        "filigrane.yaml": PROFILE}, steps=is_refused("a.jxl") + is_refused("b.jxl") + is_refused("c.jxl")),
    Case("a compressed box of what may not be compressed, or of nothing, is refused", files={
        "a.jxl": jxl(brob(b"brob", b"Exif" + brotli(b"\0\0\0\0II*\0"))), "b.jxl": jxl(brob(b"jbrd", b"segments")), "c.jxl": jxl(box(b"brob")),
        "filigrane.yaml": PROFILE}, steps=is_refused("a.jxl") + is_refused("b.jxl") + is_refused("c.jxl")),
    Case("a compressed box that grows without end is refused: over 16 MiB, in one or all together, and over the hundredfold", files={
        "a.jxl": jxl(brob(b"xml ", b" " * (64 << 20))), "b.jxl": jxl(brob(b"Exif", b"\0" * (2 << 20))),
        "c.jxl": jxl(*[brob(b"Abcd", b"\0" * (1 << 20))] * 17), "filigrane.yaml": PROFILE,
    }, steps=is_refused("a.jxl") + is_refused("b.jxl") + is_refused("c.jxl")),
    Case("a box of the largest size that is opened", files={"a.jxl": jxl(brob(b"Abcd", b"\0" * (1 << 20))), "filigrane.yaml": PROFILE},
         control=True, steps=[Step("check --json a.jxl", 1, [json_is("format", "jxl")]), Step("scrub -o out a.jxl", 0)]),
    Case("another's rights in the IPTC of the former JPEG are no empty place to tag", files={
        "a.jxl": of_jpeg(STRANGER), "b.jxl": of_jpeg(exif_segment(tiff_block(OWN)), xmp_segment(PACKET), STRANGER, comment_segment("x")),
        "filigrane.yaml": PROFILE,
    }, steps=[Step(f"tag -o out {name}", 1, [says("Zoe Stranger"), absent(f"out/{name}")]) for name in ("a.jxl", "b.jxl")]),
    Case("a comment, a place and a camera's own segment of the former JPEG are told", files={
        "a.jxl": of_jpeg(comment_segment("call me at 4711-0815")), "b.jxl": of_jpeg(PLACE),
        "c.jxl": of_jpeg(pictures.segment(0xEC, b"MyCam\0serial 4711-0815, owner Jane")), "d.jxl": of_jpeg(behind=b"call me at 4711-0815" * 9),
    }, steps=[Step("check --json a.jxl", 1, [finds("personal.comment")]), Step("check --json b.jxl", 1, [finds("location.text")]),
              Step("check --json c.jxl", 1, [finds("personal.comment")]), Step("check --json d.jxl", 1, [finds("trailing.data")])]),
    Case("a second Exif block of the former JPEG is judged as the first", files={
        "a.jxl": of_jpeg(exif_segment(tiff_block(OWN)), exif_segment(tiff_block(OWN, gps=gps_entries()))),
    }, steps=[Step("check --json a.jxl", 1, [finds("location.gps")])]),
    Case("tag and scrub leave no JPEG to be had back, and say so: IPTC and comment", files={
        "a.jxl": of_jpeg(PLACE, comment_segment("call me")), "filigrane.yaml": PROFILE}, run=jpeg_is_gone("a.jxl")),
    Case("the same of a JPEG without metadata", files={
        "a.jxl": of_jpeg(), "filigrane.yaml": PROFILE}, run=jpeg_is_gone("a.jxl")),
    Case("the same of a JPEG with our rights in Exif and XMP", files={
        "a.jxl": of_jpeg(exif_segment(tiff_block(OWN)), xmp_segment(PACKET)), "filigrane.yaml": PROFILE}, run=jpeg_is_gone("a.jxl")),
    Case("a bare codestream gains boxes with the rights, and its pixels stay", files={
        "a.jxl": of_jpeg(options=["-d", "1", "-j", "0", "-e", "3", "--container=0"]), "filigrane.yaml": PROFILE,
    }, control=True, steps=[Step("tag -o out a.jxl", 0, [
        exiftool("out/a.jxl", "EXIF:Copyright", "© Jane Doe. All rights reserved."), exiftool("out/a.jxl", "XMP:Rights", "© Jane Doe. All rights reserved."),
        jxl_pixels("out/a.jxl", "a.jxl")]), Step("check --json out/a.jxl", 0, [json_is("copyright.notice", "© Jane Doe. All rights reserved.")])]),
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

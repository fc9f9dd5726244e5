"""EXIF blocks that are not one whole segment, or fill one to its last byte; and notices in directories that are no place for them."""
import struct

from facts import absent, alike, exiftool, exiftool_says_not, finds, finds_not, json_is, need, says
from files import (LONG, exif_segment, exif_segments, gps_entries, jpeg, png, pictures, text, tiff_block, tiff_with, undefined,
                   webp, webp_exif)
from run import PROFILE, Case, Step

NOTICE, WRITTEN = "© 2020 Jane Doe", "© Jane Doe. All rights reserved."
FOREIGN = "© 2026 Élodie Desprès"


def whole(order="<", size=0, notice=NOTICE):
    """A block with a notice, a place and a camera; the notice lies behind `size` bytes of a text."""
    return tiff_block([text(0x11D, b"x" * size), text(0x10F, "Camera"), text(0x8298, notice)], gps=gps_entries(order), order=order)


def one_segment(path):
    def fact(outcome):
        with open(f"{outcome.folder}/{path}", "rb") as file:
            found = file.read().count(b"Exif\0\0")
        need(found == 1, f"one segment of EXIF in {path}", found)
    return fact


def parts(order, *cuts, size=0, notice=NOTICE):
    return jpeg(exif_segments(whole(order, size, notice), *cuts))


SPLIT = {"a.jpg": parts("<", 100), "b.jpg": parts(">", 60, 120, 150), "c.jpg": parts("<", 64000, size=66000), "d.jpg": parts(">", 65000, size=100000)}
APART = jpeg(exif_segment(whole()[:100]) + pictures.segment(0xEC, b"between") + exif_segment(whole()[100:]))


def zeros(order="<", fill=65527, entries=(), rest=b""):
    """A block that is filled up with zeros, as Nikon's cameras do, and what stands behind them."""
    block = tiff_block([text(0x10F, "NIKON CORPORATION"), text(0x110, "NIKON D90"), *entries], exif=[text(0x9003, "2026:05:01 10:11:12")],
                       order=order)
    return block.ljust(fill - len(rest), b"\0") + rest


def thumbnail(order="<"):
    """A block whose second directory names a picture that ends in zeros, which are its own."""
    picture = b"\xff\xd8" + bytes(3000) + b"\xff\xd9" + bytes(500)
    first = pictures.ifd([text(0x10F, "Camera")], 8, order=order)
    at = 8 + len(first)
    first = pictures.ifd([text(0x10F, "Camera")], 8, at, order=order)
    second = [(0x0103, 3, 1, struct.pack(order + "H", 6)), (0x0201, LONG, 1, struct.pack(order + "I", 61000)),
              (0x0202, LONG, 1, struct.pack(order + "I", len(picture)))]
    mark = b"II*\0" if order == "<" else b"MM\0*"
    block = mark + struct.pack(order + "I", 8) + first + pictures.ifd(second, at, order=order)
    return (block.ljust(61000, b"\0") + picture).ljust(65527, b"\0")


def fits(path, *facts, notice=WRITTEN):
    """tag writes our notice into its one segment, twice is once, and the pixels stay."""
    def again(outcome):
        with open(f"{outcome.folder}/out/{path}", "rb") as once, open(f"{outcome.folder}/again/{path}", "rb") as twice:
            need(once.read() == twice.read(), f"again/{path} to be out/{path}", "other bytes")
    return [Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", "IFD0:Copyright", notice), one_segment(f"out/{path}"),
                                           alike(path, f"out/{path}", 0), *facts]), Step(f"tag -o again out/{path}", 0, [again])]


def misplaced(notice, order="<", more=()):
    """A notice where cameras and programs misplace it: in the Exif directory, in the second, in both."""
    exif = tiff_block([text(0x10F, "Camera")], exif=[text(0x8298, notice), *more], order=order)
    return {"a.jpg": jpeg(exif_segment(exif)), "b.webp": webp(webp_exif(exif), flags=0x08), "c.png": png(pictures.png_chunk(b"eXIf", exif)),
            "d.tif": tiff_with([text(0x10F, "Camera")], order, below=[(0x8769, [text(0x8298, notice)])]),
            "e.tif": tiff_with([text(0x10F, "Camera")], order, then=[text(0x8298, notice), (0xFE, LONG, 1, b"\1\0\0\0" if order == "<" else b"\0\0\0\1")])}


FORCED = {f"{word}{path}": data for word, order in (("i", "<"), ("m", ">")) for path, data in misplaced(FOREIGN, order).items()}
OURS = {f"{word}{path}": data for word, order in (("i", "<"), ("m", ">")) for path, data in misplaced(NOTICE, order, [text(0xA437, "Jane Doe")]).items()}

CASES = [
    Case("an EXIF block over several segments is read as one", files=SPLIT, steps=[
        Step(f"check --json {path}", 1, [finds("location.gps"), finds_not("structure.duplicate", "copyright.missing"),
                                         json_is("copyright.notice", NOTICE)]) for path in SPLIT]),
    Case("one is joined over what stands between its segments", files={"a.jpg": APART}, steps=[
        Step("check --json a.jpg", 1, [finds("location.gps"), json_is("copyright.notice", NOTICE)])]),
    Case("another's notice in the second segment of a block refuses", files={
        **(others := {"a.jpg": parts("<", 40, notice=FOREIGN), "b.jpg": parts(">", 65000, size=66000, notice=FOREIGN)}), "filigrane.yaml": PROFILE,
    }, steps=[step for path in others for step in (
        Step(f"tag -o out {path}", 1, [says("lodie Despr"), absent(f"out/{path}")]),
        Step(f"publish {path} -o web -q", 1, [says("lodie Despr"), absent(f"web/{path[0]}-320.jpg")]))]),
    Case("scrub and publish leave nothing of such a block but its notice", files={**SPLIT, "filigrane.yaml": PROFILE}, steps=[
        Step(f"scrub -o clean {' '.join(SPLIT)}", 0, [fact for path in SPLIT for fact in (
            exiftool(f"clean/{path}", "IFD0:Copyright", NOTICE), exiftool_says_not(f"clean/{path}", "GPS"), one_segment(f"clean/{path}"))]),
        Step(f"publish {' '.join(SPLIT)} -o web -q", 0, [exiftool_says_not(f"web/{path[0]}-320.jpg", "GPS") for path in SPLIT])]),
    Case("tag writes such a block again, in one segment where it fits", files={**SPLIT, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN), exiftool(f"out/{path}", "GPS:GPSLatitudeRef", "N"),
                                       exiftool_says_not(f"out/{path}", "2020"), alike(path, f"out/{path}", 0)]) for path in SPLIT] + [
        Step("tag -o out a.jpg", 0, [one_segment("out/a.jpg")]), Step("check --json out/c.jpg", 1, [json_is("copyright.notice", WRITTEN)])]),
    Case("tag refuses a block that breaks off where another begins, and names both", files={
        "a.jpg": jpeg(exif_segment(whole()[:100]), exif_segment(whole(">"))),
        "b.jpg": jpeg(exif_segment(whole()), exif_segment(whole()[:100]), exif_segment(whole()[100:])),
        "filigrane.yaml": PROFILE,
    }, steps=[Step("tag -o out a.jpg", 1, [says("APP1", "APP1[2]"), absent("out/a.jpg")]),
              Step("tag -o out b.jpg", 1, [says("APP1[2]"), absent("out/b.jpg")])]),
    Case("tag uses the zeros at the end of a full segment", files={
        "a.jpg": jpeg(exif_segment(zeros())), "b.jpg": jpeg(exif_segment(zeros(">"))), "c.jpg": jpeg(exif_segment(thumbnail())),
        "d.jpg": jpeg(exif_segment(thumbnail(">"))),
        "e.jpg": jpeg(exif_segment(zeros(entries=[undefined(0xC4A5, b"PrintIM\0" + bytes(60000))]))),
        "filigrane.yaml": PROFILE,
    }, steps=[step for path in ("a.jpg", "b.jpg", "e.jpg") for step in fits(
        path, exiftool(f"out/{path}", "ExifIFD:DateTimeOriginal", "2026:05:01 10:11:12"), notice="© 2026 Jane Doe. All rights reserved.")] + [
        step for path in ("c.jpg", "d.jpg") for step in fits(path, exiftool(f"out/{path}", "IFD1:ThumbnailLength", "3504"))]),
    Case("a segment that is full of data is refused as too large", control=True, files={
        "a.jpg": jpeg(exif_segment(zeros(rest=b"\1"))), "filigrane.yaml": PROFILE,
    }, steps=[Step("tag -o out a.jpg", 1, [says("does not fit"), absent("out/a.jpg")])]),
    Case("tag --force-rights leaves no notice of another's in whatever directory", files={**FORCED, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o refused {' '.join(FORCED)}", 1, [absent(f"refused/{path}") for path in FORCED]),
        Step(f"tag --force-rights -o out {' '.join(FORCED)}", 0, [fact for path in FORCED for fact in (
            exiftool_says_not(f"out/{path}", "lodie"), exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN))]),
        *(Step(f"check --json out/{path}", 0, [json_is("copyright.notice", WRITTEN), finds_not("copyright.conflict")]) for path in FORCED)]),
    Case("tag writes over an own notice in whatever directory", files={**OURS, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {' '.join(OURS)}", 0, [exiftool_says_not(f"out/{path}", "2020") for path in OURS])]),
    Case("two notices in two directories that differ are told", files={
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x8298, NOTICE)], exif=[text(0x8298, FOREIGN)]))),
        "b.tif": tiff_with([text(0x8298, NOTICE)], ">", then=[text(0x8298, FOREIGN)]), "filigrane.yaml": PROFILE,
    }, steps=[step for path in ("a.jpg", "b.tif") for step in (
        Step(f"check --json {path}", None, [finds("copyright.conflict")]), Step(f"tag -o out {path}", 1, [says("lodie Despr")]),
        Step(f"publish {path} -o web -q", 1, [says("lodie Despr")]))]),
]

"""Directories of TIFF and EXIF that are written oddly: check, tag and scrub see the same of them, as exiftool does."""
import struct

from facts import exiftool, finds_not, json_is, says
from files import BYTE, exif_segment, jpeg, picture, png, png_latin, short, text, tiff_block, tiff_with, undefined, webp, webp_exif
from run import PROFILE, Case, Step

OURS, WRITTEN, IFD_TYPE = "© 2020 Jane Doe", "© Jane Doe. All rights reserved.", 13
MODEL, NOTICE, EXIF_IFD = 0x110, 0x8298, 0x8769


def block(entries, order="<", magic=42, claimed=None, behind=b""):
    """A TIFF structure whose entries stand as they are given; a whole number as value is written in place of an offset."""
    table, values = struct.pack(order + "H", claimed or len(entries)), b""
    for tag, kind, count, value in entries:
        if isinstance(value, bytes) and len(value) > 4:
            offset = 8 + 2 + 12 * len(entries) + 4 + len(values)
            values += value + b"\0" * (len(value) & 1)
            value = offset
        field = struct.pack(order + "I", value) if isinstance(value, int) else value.ljust(4, b"\0")
        table += struct.pack(order + "HHI", tag, kind, count) + field
    mark = b"II" if order == "<" else b"MM"
    return mark + struct.pack(order + "HI", magic, 8) + table + struct.pack(order + "I", 0) + values + behind


def bigtiff(notice, order="<"):
    value = notice.encode() + b"\0"
    return (b"II" if order == "<" else b"MM") + struct.pack(order + "HHHQQ", 43, 8, 0, 16, 1) + struct.pack(
        order + "HHQQ", NOTICE, 2, len(value), 16 + 8 + 20 + 8) + struct.pack(order + "Q", 0) + value


def exif_by_type_ifd(order):
    """The Exif directory is named by an entry of the type IFD, as libtiff writes it; the colour space stands in it."""
    inner = block([undefined(0x9000, b"0230"), short(0xA001, 2, order)], order)[8:]
    outer = [short(0x112, 1, order), text(NOTICE, OURS), (EXIF_IFD, IFD_TYPE, 1, 100)]
    return block(outer, order).ljust(100, b"\0") + inner


def broken_before_sound(order):
    """The first notice points out of the block; the second has both of its parts."""
    return block([text(MODEL, "camera"), (NOTICE, 2, 9000, 9000), text(NOTICE, OURS.encode() + b"\0Studio Editor")], order)


def further(order):
    """EXIF blocks that stand behind another and state the notice: in 64 bits, with a camera's own number, with a table that is cut."""
    short_notice = "©J".encode()
    return {"big": bigtiff(OURS, order), "own": block([text(MODEL, "camera"), text(NOTICE, OURS)], order, magic=0x55),
            "cut": block([(NOTICE, BYTE, 4, short_notice + b"D")], order, claimed=9)[:8 + 2 + 12]}


def pages(count, order):
    """A TIFF of so many grey pages of one picture."""
    strip = bytes(4)
    whole = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 12) + strip
    for number in range(count):
        tags = [short(0x100, 2, order), short(0x101, 2, order), short(0x102, 8, order), short(0x103, 1, order), short(0x106, 1, order),
                (0x111, 4, 1, struct.pack(order + "I", 8)), short(0x115, 1, order), short(0x116, 2, order),
                (0x117, 4, 1, struct.pack(order + "I", 4))]
        end = len(whole) + 2 + 12 * len(tags) + 4
        whole += struct.pack(order + "H", len(tags)) + b"".join(
            struct.pack(order + "HHI", tag, kind, n) + value.ljust(4, b"\0") for tag, kind, n, value in tags)
        whole += struct.pack(order + "I", end if number < count - 1 else 0)
    return whole


def padded(order):
    """A TIFF whose directory ends in an entry that is all zeros."""
    whole = bytearray(tiff_with([text(NOTICE, OURS), (0xFFFF, 1, 1, b"\0")], order))
    at = whole.rindex(struct.pack(order + "HHI", 0xFFFF, 1, 1))
    whole[at:at + 12] = bytes(12)
    return bytes(whole)


def hexed(name, data):
    """A raw profile of PNG as text, without the blank line that most writers put before its name."""
    digits = data.hex()
    return png_latin(f"Raw profile type {name}", f"{name}\n{len(data):8}\n" + "\n".join(
        digits[at:at + 72] for at in range(0, len(digits), 72)) + "\n")


ORDERS = {"little": "<", "big": ">"}
colours = {f"{name}.{kind}": data for name, order in ORDERS.items() for kind, data in (
    ("jpg", jpeg(exif_segment(exif_by_type_ifd(order)))), ("webp", webp(webp_exif(exif_by_type_ifd(order)), flags=0x08)))}
parts = {f"{name}.jpg": jpeg(exif_segment(broken_before_sound(order))) for name, order in ORDERS.items()}
seconds = {f"{kind}-{name}.jpg": jpeg(exif_segment(tiff_block([text(MODEL, "camera")], order=order)), exif_segment(data))
           for name, order in ORDERS.items() for kind, data in further(order).items()}
firsts = {f"first-{name}.jpg": jpeg(exif_segment(further(order)["cut"])) for name, order in ORDERS.items()}
books = {f"book-{name}.tif": pages(200, order) for name, order in ORDERS.items()}
zeros = {f"zeros-{name}.tif": padded(order) for name, order in ORDERS.items()}
broken = {f"broken-{name}.jpg": jpeg(exif_segment(block([text(MODEL, "camera"), (0x1, 77, 1, 900)], order))) for name, order in ORDERS.items()}

raws = {**{f"exif-{name}.png": png(hexed("exif", tiff_block([text(MODEL, "camera"), text(NOTICE, OURS)], order=order)))
           for name, order in ORDERS.items()}, "other.png": png(hexed("other", tiff_block([text(NOTICE, OURS)])))}

CASES = [
    Case("scrub keeps the colour space whatever type names the Exif directory", files=colours, steps=[
        Step(f"scrub -o out {path}", facts=[exiftool(f"out/{path}", "ExifIFD:ColorSpace", "2"), exiftool(f"out/{path}", "IFD0:Copyright", OURS)])
        for path in colours]),
    Case("a notice behind a broken one is kept with both of its parts", files=parts, steps=[
        Step(f"scrub -o out {path}", facts=[exiftool(f"out/{path}", "IFD0:Copyright", OURS + ".Studio Editor")]) for path in parts]),
    Case("a further block loses its notice in any form in which check reads it", files={**seconds, "filigrane.yaml": PROFILE}, steps=[
        step for path in seconds for step in (
            Step(f"tag --force-rights -p filigrane.yaml -o out {path}", facts=[exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN)]),
            Step(f"check --json out/{path}", status=None, facts=[json_is("copyright.sources.exif", WRITTEN), finds_not("copyright.conflict")]))]),
    Case("a cut directory that tag would have to write again is refused", control=True, files={**firsts, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag --force-rights -p filigrane.yaml -o out {path}", status=1, facts=[says("no readable directory")]) for path in firsts]),
    Case("a TIFF of many pages is no malformed one", files=books, steps=[
        Step(f"check --json {path}", status=None, facts=[finds_not("structure.malformed")]) for path in books]),
    Case("an entry of zeros is no fault", files={**zeros, "filigrane.yaml": PROFILE}, steps=[step for path in zeros for step in (
        Step(f"check --json {path}", status=None, facts=[finds_not("structure.malformed"), json_is("copyright.notice", OURS)]),
        Step(f"tag --force-rights -p filigrane.yaml -o out {path}", facts=[exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN)]))]),
    Case("a broken entry does not come to stand before the others", files={**broken, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -p filigrane.yaml -o out {path}", facts=[
            exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN), exiftool(f"out/{path}", "IFD0:Model", "camera")]) for path in broken]),
    Case("no old notice stays in a raw profile of PNG, whatever it looks like", files={**raws, "filigrane.yaml": PROFILE}, steps=[
        step for path in raws for step in (
            Step(f"check --json {path}", status=None, facts=[json_is("copyright.sources.exif", OURS)]),
            Step(f"tag --force-rights -p filigrane.yaml -o out {path}", facts=[exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN)]),
            Step(f"check --json out/{path}", status=None, facts=[json_is("copyright.sources.exif", WRITTEN), finds_not("structure.duplicate")]))]),
    Case("plain blocks are as they were", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block([text(NOTICE, OURS)], [short(0xA001, 1)])), of=picture("jpeg"))}, steps=[
            Step("scrub -o out a.jpg", facts=[exiftool("out/a.jpg", "IFD0:Copyright", OURS), exiftool("out/a.jpg", "ExifIFD:ColorSpace", "1")])]),
]

"""Text in other forms than UTF-8, read where no converter can be loaded."""
import codecs
import re

from facts import absent, exiftool, exiftool_says_not, finds, finds_not, json_has, json_is, need, says
from files import (BYTE, alternatives, box, dataset, exif_segment, jpeg, jxl, photoshop_segment, png,
                   png_latin, png_xmp, resource, sequence, text, tiff_block, tiff_with, undefined, webp, webp_exif, webp_xmp, xmp,
                   xmp_segment)
from run import PROFILE, Case, Step

NOTICE = "© 2026 Jane Doe. All rights reserved."
FOREIGN = "© 2026 Élodie Desprès. Tous droits réservés."
PLACE = "seen at 45.3019, 5.7750"
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]
COMMENT, XP_COMMENT, XP_AUTHOR, XP_KEYWORDS = 0x9286, 0x9C9C, 0x9C9D, 0x9C9E
UNICODE, JIS, PLAIN = b"UNICODE\0", b"JIS\0\0\0\0\0", b"ASCII\0\0\0"


def comment(value, order="<"):
    return tiff_block(OWN, exif=[undefined(COMMENT, value)], order=order)


def xp(tag, value):
    data = value if isinstance(value, bytes) else value.encode("utf-16-le") + b"\0\0"
    return tiff_block(OWN + [(tag, BYTE, len(data), data)])


def packet(encoding, notice=FOREIGN, extra="", mark=True):
    """A packet in another form of Unicode, with or without a byte order mark."""
    whole = xmp(alternatives("dc:rights", notice) + extra, packet=False)
    return (("\ufeff" if mark else "") + whole).encode(encoding)


def tells(path, value, where, finding="personal.comment"):
    """The place is found, and the text is shown whole."""
    return Step(f"check --json --show-values {path}", 1, [finds("location.gps", finding), json_has("personal.*.value", value),
                                                         json_has("personal.*.where", where)])


def sees(path, value, where, status=0):
    return Step(f"check --json --show-values {path}", status, [json_has("personal.*.value", value), json_has("personal.*.where", where)])


def refuses(path):
    """Another's notice is read, and neither tag nor publish writes over it."""
    return [Step(f"check --json {path}", None, [json_is("copyright.notice", FOREIGN)]),
            Step(f"tag -o out {path}", 1, [says("lodie Despr"), absent(f"out/{path}")]),
            Step(f"publish {path} -o web -q", 1, [says("lodie Despr"), absent("web/a-320.jpg")])]


def keeps(path):
    """It is scrubbed to a packet in UTF-8 that says the same."""
    return [Step(f"scrub -o clean {path}", 0, [exiftool(f"clean/{path}", "XMP:Rights", FOREIGN)])]


WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


def nothing_is_opened(world):
    """While it reads wide text, no process of the program looks for a converter; the C library's list of them may be looked at."""
    for command, status in (("check --json --show-values a.jpg b.jpg c.jpg d.jpg", 1), ("scrub -o clean a.jpg b.jpg c.jpg", 0)):
        world.filigrane(command, status=status, before=["strace", "-f", "-qq", "-e", "trace=openat,open", "-o", world.path("trace")])
        opened = [line for line in world.read("trace").decode().splitlines() if re.search(r"gconv/|iconv", line) and "gconv-modules.cache" not in line]
        need(not opened, "no converter to be opened", opened[:4])
        found = world.read("trace").decode()
        need("a.jpg" in found, "the files to be opened", found[-400:])


def cut_short(world):
    """Halves of pairs, odd lengths and marks alone are told and end nobody."""
    odd = {"a": UNICODE + b"\x3d\xd8", "b": UNICODE + b"\xff\xfe", "c": UNICODE + b"H\0i", "d": JIS + b"\x1b$B0!", "e": UNICODE + b"\0",
           "f": JIS + b"\x88\x9f\x88"}
    for name, value in odd.items():
        world.write(f"{name}.jpg", jpeg(exif_segment(comment(value))))
    world.filigrane("check --json " + " ".join(f"{name}.jpg" for name in odd), status=0, facts=[
        json_has("findings.*.id", "personal.comment", line=0), json_has("findings.*.id", "personal.comment", line=2),
        json_has("findings.*.id", "personal.comment", "encoding.exif-non-utf8", line=3),
        json_has("findings.*.id", "personal.comment", "encoding.exif-non-utf8", line=5)])
    world.filigrane("scrub -o clean " + " ".join(f"{name}.jpg" for name in odd), status=0,
                    facts=[exiftool(f"clean/{name}.jpg", "ExifIFD:UserComment", None) for name in odd])


CASES = [
    Case("a UserComment in UTF-16, in the block's order and in the other, with a mark and without", files={
        "a.jpg": jpeg(exif_segment(comment(UNICODE + PLACE.encode("utf-16-le")))),
        "b.jpg": jpeg(exif_segment(comment(UNICODE + PLACE.encode("utf-16-be"), order=">"))),
        "c.webp": webp(webp_exif(comment(UNICODE + PLACE.encode("utf-16-be"))), flags=0x08),
        "d.jpg": jpeg(exif_segment(comment(UNICODE + codecs.BOM_UTF16_LE + PLACE.encode("utf-16-le"), order=">"))),
        "e.jpg": jpeg(exif_segment(comment(UNICODE + ("mer Égée " + PLACE).encode("utf-16-le") + b"\0\0junk"))),
    }, steps=[tells(path, PLACE, "exif:ExifIFD/0x9286") for path in ("a.jpg", "b.jpg", "c.webp", "d.jpg")] + [
        tells("e.jpg", "mer Égée " + PLACE, "exif:ExifIFD/0x9286")]),
    Case("a UserComment that says UNICODE and is UTF-8, or another case of the word, or ASCII and is UTF-16", files={
        "a.jpg": jpeg(exif_segment(comment(UNICODE + ("à vol d'oiseau " + PLACE).encode()))),
        "b.jpg": jpeg(exif_segment(comment(b"Unicode\0" + PLACE.encode("utf-16-be"), order=">"))),
        "c.webp": webp(webp_exif(comment(PLAIN + PLACE.encode("utf-16-be"))), flags=0x08),
    }, steps=[tells("a.jpg", "à vol d'oiseau " + PLACE, "exif:ExifIFD/0x9286"), tells("b.jpg", PLACE, "exif:ExifIFD/0x9286"),
              tells("c.webp", PLACE, "exif:ExifIFD/0x9286")]),
    Case("a UserComment in JIS, as ISO-2022-JP, Shift-JIS and EUC-JP", files={
        "a.jpg": jpeg(exif_segment(comment(JIS + ("カメラ " + PLACE).encode("iso2022_jp")))),
        "b.jpg": jpeg(exif_segment(comment(JIS + ("カメラ " + PLACE).encode("shift_jis"), order=">"))),
        "c.webp": webp(webp_exif(comment(JIS + ("カメラ " + PLACE).encode("euc_jp"))), flags=0x08),
        "d.jpg": jpeg(exif_segment(comment(JIS + ("東京 " + PLACE).encode("iso2022_jp")))),
    }, steps=[tells(path, "カメラ " + PLACE, "exif:ExifIFD/0x9286") for path in ("a.jpg", "b.jpg", "c.webp")] + [
        tells("d.jpg", "\ufffd\ufffd " + PLACE, "exif:ExifIFD/0x9286", "encoding.exif-non-utf8")]),
    Case("what can't be converted is told, and ends nobody", run=cut_short),
    Case("the fields of Windows, in four containers", files={
        "a.jpg": jpeg(exif_segment(xp(XP_COMMENT, PLACE))), "b.webp": webp(webp_exif(xp(XP_KEYWORDS, PLACE)), flags=0x08),
        "c.tif": tiff_with([(XP_COMMENT, BYTE, len(PLACE) * 2, PLACE.encode("utf-16-le"))]),
        "d.jpg": jpeg(exif_segment(xp(XP_AUTHOR, "Élodie Desprès"))), "e.jpg": jpeg(exif_segment(xp(XP_AUTHOR, "Élodie".encode()))),
    }, steps=[tells("a.jpg", PLACE, "exif:IFD0/0x9C9C"), tells("b.webp", PLACE, "exif:IFD0/0x9C9E"), tells("c.tif", PLACE, "exif:IFD0/0x9C9C"),
              sees("d.jpg", "Élodie Desprès", "exif:IFD0/0x9C9D"), sees("e.jpg", "Élodie", "exif:IFD0/0x9C9D"),
              Step("scrub -o clean d.jpg", 0, [exiftool_says_not("clean/d.jpg", "lodie")])]),
    Case("another's notice in a JPEG's packet in UTF-16 and UTF-32, either order, refuses", files={
        **{f"{encoding}.jpg": jpeg(xmp_segment(packet(encoding))) for encoding in WIDE}, "filigrane.yaml": PROFILE,
    }, steps=[step for encoding in WIDE for step in refuses(f"{encoding}.jpg") + keeps(f"{encoding}.jpg")]),
    Case("another's notice in such a packet without a mark, in WebP, PNG and TIFF", files={
        "a.webp": webp(webp_xmp(packet("utf-16-be", mark=False)), flags=0x04),
        "b.png": png(png_xmp(packet("utf-16-le", mark=False))),
        "c.tif": tiff_with([(700, BYTE, len(packet("utf-32-be")), packet("utf-32-be"))]),
        "filigrane.yaml": PROFILE,
    }, steps=[step for path in ("a.webp", "b.png", "c.tif") for step in refuses(path) + keeps(path)]),
    Case("places and people in packets in UTF-16 are found, and scrubbed", files={
        "a.jpg": jpeg(xmp_segment(packet("utf-16-be", extra="<exif:GPSLatitude>45,18.1N</exif:GPSLatitude>"))),
        "b.webp": webp(webp_xmp(packet("utf-16-le", extra=sequence("Iptc4xmpExt:PersonInImage", "Zoé", bag=True))), flags=0x04),
        "c.jxl": jxl(box(b"xml ", packet("utf-32-le", extra="<exif:GPSLatitude>45,18.1N</exif:GPSLatitude>"))),
    }, steps=[Step("check --json a.jpg", 1, [finds("location.gps")]), Step("check --json b.webp", 1, [finds("personal.person")]),
              Step("check --json c.jxl", 1, [finds("location.gps")]),
              Step("scrub -o clean a.jpg b.webp c.jxl", 0, [exiftool_says_not("clean/a.jpg", "45"), exiftool_says_not("clean/b.webp", "Zo")])]),
    Case("tag writes into a packet in UTF-16 and loses nothing of it", files={
        "a.jpg": jpeg(xmp_segment(packet("utf-16-le", notice=NOTICE, extra="<photoshop:Headline>Le col à l'aube</photoshop:Headline>"))),
        "filigrane.yaml": PROFILE,
    }, steps=[Step("tag -o out a.jpg", 0, [exiftool("out/a.jpg", "XMP:Headline", "Le col à l'aube"), exiftool("out/a.jpg", "XMP:Rights", "© Jane Doe. All rights reserved.")]),
              Step("check --json out/a.jpg", 0, [json_is("verdict", "pass")])]),
    Case("a packet in Latin-1 that says so is read as it is, and without a complaint", files={
        "a.jpg": jpeg(xmp_segment(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + xmp(alternatives("dc:rights", FOREIGN), packet=False).encode(
            "latin-1"))), "filigrane.yaml": PROFILE,
    }, steps=[Step("check --json a.jpg", None, [json_is("copyright.notice", FOREIGN), finds_not("xmp.malformed")])] + refuses("a.jpg")),
    Case("a sidecar in UTF-16 gives its caption, in either order and in UTF-32", files={
        **{f"{name}.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Jane Doe")]))) for name in "abc"},
        **{f"{name}.xmp": packet(encoding, NOTICE, alternatives("dc:title", "Le col à l'aube")) for name, encoding in zip(
            "abc", ("utf-16-le", "utf-16-be", "utf-32-be"))}, "filigrane.yaml": PROFILE,
    }, steps=[Step("publish a.jpg b.jpg c.jpg -o web -q", 0, [exiftool(f"web/{name}-320.jpg", "XMP:Title", "Le col à l'aube")
                                                             for name in "abc"])]),
    Case("IPTC texts in the character set that 1:90 declares", files={
        "a.jpg": jpeg(photoshop_segment(resource(0x0404, dataset(1, 90, b"\x1b%/L") + dataset(2, 116, FOREIGN.encode("utf-16-be"))))),
        "b.jpg": jpeg(photoshop_segment(resource(0x0404, dataset(1, 90, b"\x1b.A") + dataset(2, 116, FOREIGN.encode("latin-1"))))),
        "c.tif": tiff_with([(33723, BYTE, len(IIM_32 := dataset(1, 90, b"\x1b%/A") + dataset(2, 116, FOREIGN.encode("utf-32-be"))), IIM_32)]),
        "filigrane.yaml": PROFILE,
    }, steps=refuses("a.jpg") + refuses("b.jpg") + refuses("c.tif")),
    Case("IPTC texts in a set that nobody converts are told", files={
        "a.jpg": jpeg(photoshop_segment(resource(0x0404, dataset(1, 90, b"\x1b-B") + dataset(2, 116, NOTICE[2:]) + dataset(2, 90, "Łódź".encode("iso8859-2"))))),
    }, steps=[Step("check --json a.jpg", 0, [finds("encoding.mojibake", "location.text")])]),
    Case("a text of PNG in Latin-1 is read", control=True, files={
        "a.png": png(png_latin("Copyright", FOREIGN)), "filigrane.yaml": PROFILE,
    }, steps=[Step("check --json a.png", 0, [json_is("copyright.notice", FOREIGN)]), Step("tag -o out a.png", 1, [absent("out/a.png")])]),
    Case("no converter is looked for while text is read", files={
        "a.jpg": jpeg(xmp_segment(packet("utf-16-be"))), "b.jpg": jpeg(exif_segment(comment(UNICODE + PLACE.encode("utf-16-le")))),
        "c.jpg": jpeg(xmp_segment(b'<?xml version="1.0" encoding="ISO-8859-2"?><!DOCTYPE x>' + packet("latin-1", mark=False))),
        "d.jpg": jpeg(exif_segment(comment(JIS + PLACE.encode("iso2022_jp")))),
    }, run=nothing_is_opened),
]

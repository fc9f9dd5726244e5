"""Serial numbers of cameras in the notes and segments of their makers; what can't be read in full says so."""
import struct

from facts import exiftool, exiftool_says_not, finds, finds_not, json_has, lines_of_json, need, tool
from files import (LONG, UNDEFINED, camera_block, exif_segment, flir_segments, jpeg, numbers, pictures, png, short, text, tiff_block, undefined,
                   webp, webp_exif)
from run import PROFILE, Case, Step

OWN = [text(0x13B, "Jane Doe"), text(0x8298, "© 2026 Jane Doe")]
NUMBER = "ZY2238TJ4V"
MAY_HOLD = "can't be read in full and may hold its serial number"


def block(make, signature, entries, order="<", base="block", note_order=None, model="Model"):
    return camera_block(make, signature, entries, order, base, note_order, OWN, model)


def seri(tag, value=NUMBER):
    return [text(tag, value), text(tag + 1, "something else that is longer")]


def wide(value, length):
    return value.encode("utf-16-le").ljust(length, b"\0")


SIGMA, FOVEON = b"SIGMA\0\0\0\1\0", b"FOVEON\0\0\1\0"
HYPERFIRE = (b"\x01\xf1\x03\0" + bytes(38) + wide("P900FF12345678", 30)).ljust(86, b"\0") + b"NORTH CREEK".ljust(22, b"\0")
HYPERFIRE2 = (b"RECONYXH2\0".ljust(0x68, b"\0") + b"NORTH CREEK".ljust(22, b"\0") + wide("H2X9012345", 30))
ULTRAFIRE = (b"RECONYXUF\0".ljust(0x4B, b"\0") + b"UF12345678".ljust(15, b"\0") + b"NORTH CREEK".ljust(21, b"\0"))


def olympus(order):
    """A note whose equipment directory is a value of its own, as of the E-1."""
    def note(at):
        first = pictures.ifd([(0x2010, UNDEFINED, 1000, bytes(1000))], at + 8, order=order)
        place = at + 8 + len(first) - 1000
        return b"OLYMP\0\1\0" + pictures.ifd([undefined(0x2010, pictures.ifd(seri(0x101), place, order=order).ljust(1000, b"\0"))], at + 8, order=order)

    def whole(data):
        return tiff_block([text(0x10F, "OLYMPUS CORPORATION"), text(0x110, "E-1"), *OWN], exif=[undefined(0x927C, data)], order=order)
    return whole(note(whole(note(0)).find(b"OLYMP\0\1\0")))


# A file, what exiftool calls its number, and how it shows it.
MAKERS = {
    "sigma-i.jpg": (block("SIGMA", SIGMA, seri(2)), "Sigma:SerialNumber", NUMBER),
    "sigma-m.jpg": (block("SIGMA", SIGMA, seri(2), ">"), "Sigma:SerialNumber", NUMBER),
    "foveon.jpg": (block("FOVEON", FOVEON, seri(2)), "Sigma:SerialNumber", NUMBER),
    "motorola-i.jpg": (block("Motorola", b"MOT\0" + bytes(4), seri(0x5501), base="note"), "Motorola:SerialNumber", NUMBER),
    "motorola-m.jpg": (block("motorola", b"MOT\0" + bytes(4), seri(0x5501), base="note", note_order=">"), "Motorola:SerialNumber", NUMBER),
    "sony.jpg": (block("SONY", b"SONY DSC \0\0\0", seri(0x2031, "12345678")), None, None),
    "sony-m.jpg": (block("SONY", b"SONY MOBILE\0", seri(0x2031, "12345678"), ">"), None, None),
    "sony-bare.jpg": (block("SONY", b"", seri(0x2031, "12345678")), None, None),
    "sony-ciphered.jpg": (block("SONY", b"SONY DSC \0\0\0", [undefined(0x9050, bytes(range(256)) * 4)], model="ILCE-7M3"), None, None),
    "ricoh.jpg": (block("RICOH", b"Ricoh\0\0\0", [text(1, "Rdc"), undefined(5, b"WD00100056123456"), short(0x1000, 1)]), "Ricoh:SerialNumber", None),
    "ricoh-hex.jpg": (block("RICOH", b"Ricoh\0\0\0", [undefined(5, bytes(range(1, 17))), short(0x1000, 1)]), None, None),
    "ricoh-pentax.jpg": (block("RICOH IMAGING COMPANY, LTD.", b"RICOH\0II", seri(0x0229), base="note"), "Pentax:SerialNumber", NUMBER),
    "pentax.jpg": (block("PENTAX", b"PENTAX \0MM", seri(0x0229), base="note", note_order=">"), "Pentax:SerialNumber", NUMBER),
    "pentax-info.jpg": (block("PENTAX", b"PENTAX \0MM", [numbers(0x0215, LONG, 0x12f70, 20100401, 3, 1, 8431297, order=">")], base="note", note_order=">"),
                        None, None),
    "olympus.jpg": (block("OLYMPUS OPTICAL CO.,LTD", b"OLYMP\0\1\0", seri(0x101A)), "Olympus:SerialNumber", NUMBER),
    "olympus-equipment-i.jpg": (olympus("<"), "Olympus:SerialNumber", NUMBER), "olympus-equipment-m.jpg": (olympus(">"), "Olympus:SerialNumber", NUMBER),
    "olympus-camer.jpg": (block("OLYMPUS", b"CAMER\0\1\0", seri(0x101A)), "Olympus:SerialNumber", NUMBER),
    "kodak-text.jpg": (block("EASTMAN KODAK COMPANY", b"KCKEG50101234 \0", bytes(300)), "Kodak:SerialNumber", "KCKEG50101234"),
    "leica.jpg": (block("LEICA CAMERA AG", b"LEICA\0\1\0", seri(0x0500), base="note"), "Leica:InternalSerialNumber", None),
    "kodak-sub-m.jpg": (block("EASTMAN KODAK COMPANY", b"MM\0*\0\0\0\x08", [undefined(0xFC00, b"MM" + pictures.ifd(seri(0xFA19), 2, order=">"))], base="note",
                              note_order=">"), "Kodak:SerialNumber", NUMBER),
    "kodak-sub-i.jpg": (block("EASTMAN KODAK COMPANY", b"II*\0\x08\0\0\0", [undefined(0xFC00, b"II" + pictures.ifd(seri(0xFA19), 2))], base="note"),
                        "Kodak:SerialNumber", NUMBER),
    "samsung.jpg": (block("SAMSUNG", b"", [undefined(1, b"0100"), *seri(0xA002)]), "Samsung:SerialNumber", NUMBER),
    "reconyx.jpg": (block("RECONYX", HYPERFIRE, b"", base="note"), "Reconyx:SerialNumber", "P900FF12345678"),
    "reconyx-2.jpg": (block("RECONYX", HYPERFIRE2, b"", base="note"), "Reconyx:SerialNumber", "H2X9012345"),
    "reconyx-uf.jpg": (block("RECONYX", ULTRAFIRE, b"", base="note"), "Reconyx:SerialNumber", "UF12345678"),
    "hp.jpg": (block("Hewlett-Packard", b"IIII\4\0".ljust(0x5C, b"\0"), b"SERIAL NUMBER:CN78DA12345".ljust(26, b"\0")), "HP:SerialNumber", "CN78DA12345"),
}
MAKER_FILES = {name: jpeg(exif_segment(data)) for name, (data, _, _) in MAKERS.items()}
SIGMA_BLOCK = MAKERS["sigma-i.jpg"][0]
ELSEWHERE = {"a.png": png(pictures.png_chunk(b"eXIf", SIGMA_BLOCK)), "b.webp": webp(webp_exif(MAKERS["motorola-m.jpg"][0]), flags=0x08),
             "c.jpg": jpeg(exif_segment(tiff_block(OWN)), pictures.segment(0xEC, b"") + exif_segment(MAKERS["sigma-m.jpg"][0]))}


def kodak_meta(order):
    data = tiff_block([undefined(0xC353, b"ASCII\0\0\0J. Doe"), undefined(0xC354, b"ASCII\0\0\0KCFDB12345678")], order=order)
    return pictures.segment(0xE3, b"Meta\0\0" + data)


TDHD = b"TDHD" + struct.pack("<II", 1, 100) + b"FWRV" + struct.pack("<II", 1, 4) + b"1.02" + b"CMSN" + struct.pack("<II", 1, 12) + b"CN61MB801234"
GPMF = b"GoPro\0" + b"DEVC\0\1\0\x18" + b"CASNc\1\0\x0e" + b"C3221324545448\0\0"
INFIRAY = pictures.segment(0xE2, b"\1\0\0\0IJPEG\0".ljust(64, b"\0")) + pictures.segment(0xE9, (
    b"Infisense".ljust(0xC0, b"\0") + b"IR7788990011".ljust(0x180, b"\0") + b"VS5566778899").ljust(800, b"\0"))
CAMERA = (bytes(0xD4) + b"FLIR T640".ljust(48, b"\0") + b"79300123".ljust(16, b"\0")).ljust(0x1A0, b"\0") + b"59401234".ljust(16, b"\0")
SEGMENTS = {
    "app12.jpg": (pictures.segment(0xEC, b"OLYMPUS OPTICAL CO.,LTD.\0[picture info]\r\nSerial#=#00000042\r\nTimeDate=994275123\r\n\0"), "PictureInfo:SerialNumber"),
    "app12-agfa.jpg": (pictures.segment(0xEC, b"AGFA DIGITAL CAMERA\0[picture info]\x0aSerial#=A1234567\x0aVersion=1.0\x0a[end]\x0a"), "PictureInfo:SerialNumber"),
    "meta-i.jpg": (kodak_meta("<"), "MetaIFD:SerialNumber"), "meta-m.jpg": (kodak_meta(">"), "MetaIFD:SerialNumber"),
    "hp.jpg": (pictures.segment(0xE6, TDHD), "HP:SerialNumber"), "gopro.jpg": (pictures.segment(0xE6, GPMF), "GoPro:CameraSerialNumber"),
    "infiray.jpg": (INFIRAY, "InfiRay:IRSensorSerialNumber"),
    "flir.jpg": (flir_segments([(0x20, CAMERA)]), "FLIR:CameraSerialNumber"), "flir-3.jpg": (flir_segments([(1, bytes(900)), (0x20, CAMERA)], 3, "<"), "FLIR:CameraSerialNumber"),
}
SEGMENT_FILES = {name: jpeg(exif_segment(tiff_block(OWN)), data) for name, (data, _) in SEGMENTS.items()}


def message(word, wanted=True):
    """Whether the finding on the maker note says this."""
    def fact(outcome):
        found = [one["message"] for one in lines_of_json(outcome)[0]["findings"] if one["id"] == "makernote.present"]
        need(found and all((word in one) == wanted for one in found), f"{word!r} {'in' if wanted else 'not in'} the message", found)
    return fact


def exiftool_value(outcome, path, tag):
    return tool("exiftool", "-a", "-s3", "-n", "-" + tag.split(":")[1], f"{outcome.folder}/{path}").strip()


def is_number(path, tag, value):
    facts = [finds("serial.body")]
    if tag and value:
        facts += [json_has("personal.*.value", value), exiftool(path, tag, value)]
    return Step(f"check --json --show-values {path}", 1, facts)


def gone(files, *words):
    return [Step(f"scrub -o clean {' '.join(files)}", 0, [exiftool_says_not(f"clean/{path}", *words) for path in files]),
            Step(f"publish {' '.join(files)} -o web -q", 0, [exiftool_says_not(f"web/{path.rsplit('.', 1)[0]}-320.jpg", *words) for path in files])]


CASES = [
    *(Case(f"the serial number in a maker note: {path}", files={path: MAKER_FILES[path]}, control=path in {"pentax.jpg"},
           steps=[is_number(path, tag, value)]) for path, (_, tag, value) in MAKERS.items()),
    Case("the same notes in PNG and WebP and in a second block", files=ELSEWHERE,
         steps=[Step(f"check --json {path}", 1, [finds("serial.body")]) for path in ELSEWHERE]),
    *(Case(f"the serial number in a segment: {path}", files={path: SEGMENT_FILES[path]},
           steps=[Step(f"check --json {path}", 1, [finds("serial.body")])]) for path in SEGMENTS),
    Case("exiftool finds those numbers, too", control=True, files=SEGMENT_FILES, steps=[Step("--version", 0, [
        lambda outcome, path=path, tag=tag: need(exiftool_value(outcome, path, tag), f"{tag} in {path}", "none") for path, (_, tag) in SEGMENTS.items()])]),
    Case("a note that is not known says that it may hold a serial number", files={
        "a.jpg": jpeg(exif_segment(camera_block("Nobody", b"NOBODY\0\1", bytes(range(256)) * 4, ifd0=OWN))),
        "b.jpg": jpeg(exif_segment(block("SONY", b"SONY DSC \0\0\0", [short(0x0102, 1)]))),
        "c.jpg": jpeg(exif_segment(camera_block("EASTMAN KODAK COMPANY", b"KDK INFO", bytes(range(256)), ifd0=OWN))),
        "d.jpg": jpeg(exif_segment(camera_block("Canon", b"", bytes(range(1, 256)) * 2, ifd0=OWN))),
    }, steps=[Step(f"check --json {path}", None, [message(MAY_HOLD), finds_not("serial.body")]) for path in ("a.jpg", "b.jpg", "c.jpg", "d.jpg")]),
    Case("one that is read in full does not", files={
        "a.jpg": jpeg(exif_segment(block("SIGMA", SIGMA, [text(3, "NORMAL and more")])))},
        steps=[Step("check --json a.jpg", 0, [message(MAY_HOLD, False), finds_not("serial.body")])], control=True),
    Case("zeros are no number", control=True, files={
        "a.jpg": jpeg(exif_segment(block("SIGMA", SIGMA, seri(2, "00000000")))),
        "b.jpg": jpeg(pictures.segment(0xEC, b"OLYMPUS OPTICAL CO.,LTD.\0[picture info]\r\nSerial#=#00000000\r\nA=1\r\n\0"))},
        steps=[Step(f"check --json {path}", None, [finds_not("serial.body")]) for path in ("a.jpg", "b.jpg")]),
    Case("words on serial numbers are none", control=True, files={"a.jpg": jpeg(pictures.segment(
        0xEC, b"a serial killer: 1888 to 1891, serial numbers are not told, Serial = unknown" + bytes(64)))},
        steps=[Step("check --json a.jpg", None, [finds_not("serial.body")])]),
    Case("scrub and publish leave none of these numbers", control=True, files={**MAKER_FILES, **ELSEWHERE, **{f"s-{name}": data for name, data in SEGMENT_FILES.items()},
         "filigrane.yaml": PROFILE}, steps=gone(list(MAKER_FILES), NUMBER, "12345678", "8431297", "Serial") + gone(
             [*ELSEWHERE, *(f"s-{name}" for name in SEGMENT_FILES)], "Serial")),
]

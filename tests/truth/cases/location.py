"""Places in forms beside three fractions: numbers of other types, cell towers, FLIR's record, fields of other programs."""
from facts import exiftool, exiftool_says_not, finds, finds_not, json_has
from files import (BYTE, DOUBLE, FLOAT, LONG, RATIONAL, SHORT, SLONG, SRATIONAL, SSHORT, alternatives, box, exif_segment, flir_place, flir_segments,
                   jpeg, jxl, jxl_of_jpeg, numbers, pictures, png, png_xmp, text, tiff_block, tiff_with, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

NOTICE = "© 2026 Jane Doe. All rights reserved."
OWN = [text(0x13B, "Jane Doe"), text(0x8298, NOTICE)]


def gps(kind, latitude, longitude, order="<", south=False):
    return [text(1, "S" if south else "N"), numbers(2, kind, *latitude, order=order), text(3, "E"), numbers(4, kind, *longitude, order=order)]


FORMS = {
    "double": (DOUBLE, (48.0, 51.0, 29.6), (2.0, 17.0, 40.2)), "float": (FLOAT, (48.0, 51.0, 29.6), (2.0, 17.0, 40.2)),
    "one-double": (DOUBLE, (48.858222,), (2.2945,)), "one-float": (FLOAT, (48.858222,), (2.2945,)),
    "one-fraction": (RATIONAL, ((48858222, 1000000),), ((22945, 10000),)), "signed": (SRATIONAL, ((-48, 1), (51, 1), (29, 1)), ((2, 1), (17, 1), (40, 1))),
    "short": (SHORT, (48, 51, 29), (2, 17, 40)), "long": (LONG, (48, 51, 29), (2, 17, 40)), "signed-short": (SSHORT, (-48, 51, 29), (2, 17, 40)),
    "signed-long": (SLONG, (-48, 51, 29), (2, 17, 40)), "negative-double": (DOUBLE, (-48.858222,), (-2.2945,)), "byte": (BYTE, (48, 51, 29), (2, 17, 40)),
}
GPS = {f"{name}-{word}.jpg": jpeg(exif_segment(tiff_block(OWN, gps=gps(*form, order=order), order=order)))
       for name, form in FORMS.items() for word, order in (("i", "<"), ("m", ">"))}
DOUBLES = gps(*FORMS["double"])
ELSEWHERE = {
    "a.png": png(pictures.png_chunk(b"eXIf", tiff_block(OWN, gps=DOUBLES))), "b.webp": webp(webp_exif(tiff_block(OWN, gps=DOUBLES)), flags=0x08),
    "c.tif": tiff_with(OWN, below=[(0x8825, DOUBLES)]), "d.tif": tiff_with(OWN, ">", below=[(0x8825, gps(*FORMS["one-double"], order=">"))]),
    "e.jxl": jxl(box(b"Exif", b"\0\0\0\0", tiff_block(OWN, gps=DOUBLES))),
}
NAMES = ('xmlns:cell="http://developer.sonyericsson.com/cell/1.0/" xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" '
         'xmlns:expressionmedia="http://ns.microsoft.com/expressionmedia/1.0/" xmlns:mediapro="http://ns.iview-multimedia.com/mediapro/1.0/"')


def packet(body="", attributes=""):
    return xmp(alternatives("dc:rights", NOTICE) + body, f"{NAMES} {attributes}")


TOWERS = {
    "a.jpg": jpeg(xmp_segment(packet("<cell:cgi>208-10-4236-50280</cell:cgi>"))),
    "b.png": png(png_xmp(packet(attributes='cell:mcc="208" cell:mnc="10" cell:lac="4236" cell:cellid="50280"'))),
    "c.webp": webp(webp_xmp(packet("<cell:cellid>50280</cell:cellid>")), flags=0x04),
    "d.tif": tiff_with([(700, BYTE, len(TOWER := packet("<cell:lac>4236</cell:lac><cell:cellid>50280</cell:cellid>").encode()), TOWER)]),
}
PLACES = {
    "a.jpg": jpeg(xmp_segment(packet("<acdsee:location>12 rue X, Grenoble</acdsee:location>"))),
    "b.png": png(png_xmp(packet("<expressionmedia:Location>Grenoble</expressionmedia:Location>"))),
    "c.webp": webp(webp_xmp(packet(attributes='mediapro:Location="Grenoble"')), flags=0x04),
    "d.jpg": jpeg(xmp_segment(packet(attributes='acdsee:location="Grenoble"'))),
}
HEAT = {
    "a.jpg": jpeg(flir_segments([(0x2B, flir_place(48.8584, 2.2945))])), "b.jpg": jpeg(flir_segments([(1, bytes(5000)), (0x2B, flir_place(-33.8568, -151.2153))], 3)),
    "c.jpg": jpeg(flir_segments([(0x2B, flir_place(48.8584, 2.2945))], order="<")),
    "d.jpg": jpeg(flir_segments([(0x2B, flir_place(48.8584, 2.2945))], 4, order="<")),
}


def found(files, finding, shows=()):
    return [Step(f"check --json --show-values {path}", 1, [finds(finding), *(json_has("personal.*.value", value) for value in shows)]) for path in files]


def gone(files, *words):
    """Neither a scrubbed nor a published file says any of this."""
    paths = " ".join(files)
    published = [path for path in files if not path.endswith(".jxl")]
    return [Step(f"scrub -o clean {paths}", 0, [exiftool_says_not(f"clean/{path}", *words) for path in files])] + [
        Step(f"publish {path} -o web/{path} -q", 0, [exiftool_says_not(f"web/{path}", *words)]) for path in published]


CASES = [
    Case("coordinates in numbers of any type and either order", files={name: data for name, data in GPS.items() if FORMS[name[:-6]][0] in (DOUBLE, FLOAT)},
         steps=found([name for name in GPS if FORMS[name[:-6]][0] in (DOUBLE, FLOAT)], "location.gps")),
    Case("coordinates in fractions and integers of either sign", control=True, files=GPS, steps=found(
        [name for name in GPS if FORMS[name[:-6]][0] not in (DOUBLE, FLOAT)], "location.gps")),
    Case("one number is degrees, three are degrees, minutes and seconds, and a sign is of all of them", files=GPS, steps=found(
        ["double-i.jpg", "one-double-m.jpg"], "location.gps", ["48.858222 N"]) + found(["signed-m.jpg", "signed-long-i.jpg"], "location.gps", ["-48.858056 N"])),
    Case("such coordinates in PNG, WebP, TIFF and JPEG XL", files=ELSEWHERE, steps=found(ELSEWHERE, "location.gps")),
    Case("what is no number is no place", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block(OWN, gps=gps(DOUBLE, (float("nan"),) * 3, (float("inf"),) * 3)))),
        "b.jpg": jpeg(exif_segment(tiff_block(OWN, gps=gps(RATIONAL, ((0, 0),) * 3, ((0, 0),) * 3))))},
        steps=[Step(f"check --json {path}", 0, [finds_not("location.gps")]) for path in ("a.jpg", "b.jpg")]),
    Case("a number of altitude and direction in DOUBLE", files={
        "a.jpg": jpeg(exif_segment(tiff_block(OWN, gps=[numbers(6, DOUBLE, 2501.5), numbers(0x11, FLOAT, 270.5)]))),
        "b.jpg": jpeg(exif_segment(tiff_block(OWN, exif=[numbers(0x9400, FLOAT, -3.5, order=">")], order=">")))},
        steps=[Step(f"check --json {path}", 0, [finds("location.sensor")]) for path in ("a.jpg", "b.jpg")]),
    Case("cell towers in XMP", files=TOWERS, steps=found(TOWERS, "location.gps")),
    Case("the places of ACDSee, Expression Media and MediaPro", files=PLACES, steps=found(PLACES, "location.text")),
    Case("a place in a namespace that nobody knows", files={"a.jpg": jpeg(xmp_segment(xmp(
        alternatives("dc:rights", NOTICE), 'xmlns:my="http://example.org/mine/" my:location="Grenoble"')))},
        steps=[Step("check --json a.jpg", 0, [finds("location.text")])]),
    Case("FLIR's GPS record, in one segment and in several, in either order", files=HEAT, steps=[
        Step("check --json --show-values a.jpg", 1, [finds("location.gps"), json_has("personal.*.value", "48.858400, 2.294500"),
                                                     exiftool("a.jpg", "FLIR:GPSLatitude", "48.8584")]),
        Step("check --json --show-values b.jpg", 1, [finds("location.gps"), json_has("personal.*.value", "-33.856800, -151.215300")])] + found(
            ["c.jpg", "d.jpg"], "location.gps")),
    Case("FLIR's GPS record in the segments of a JPEG XL's former JPEG", files={"a.jxl": jxl_of_jpeg(HEAT["a.jpg"])}, steps=[
        *found(["a.jxl"], "location.gps", ["48.858400, 2.294500"]), Step("scrub -o clean a.jxl", 0, []),
        Step("check --json clean/a.jxl", None, [finds_not("location.gps", "container.aux-image")])]),
    Case("a FLIR record that says that there is none is none", control=True, files={"a.jpg": jpeg(flir_segments([(0x2B, flir_place(0, 0, 0))]))},
         steps=[Step("check --json a.jpg", None, [finds_not("location.gps")])]),
    Case("scrub and publish take all of them out", control=True, files={
        **{f"g-{name}": data for name, data in GPS.items()}, **{f"x-{name}": data for name, data in {**TOWERS, **PLACES}.items()},
        **{f"e-{name}": data for name, data in ELSEWHERE.items()}, **{f"h-{name}": data for name, data in HEAT.items()}, "filigrane.yaml": PROFILE},
        steps=gone([f"g-{name}" for name in GPS] + [f"e-{name}" for name in ELSEWHERE] + [f"h-{name}" for name in HEAT], "GPS", "Latitude") + gone(
            [f"x-{name}" for name in TOWERS] + ["x-d.jpg"], "4236", "50280", "Grenoble")),
]

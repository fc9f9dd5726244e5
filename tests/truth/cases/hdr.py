"""What is brighter than white is named, and comes down to white by the curve of BT.2390, hue and all below half of white kept."""
import json
import os
import struct

from facts import json_is, need, pixels_of, says, says_not
from files import box, jpeg, jxl, picture, pictures, png, xmp, xmp_segment
from run import RIGHTS, Case, Step
from swatches import full, heif, rows

PROFILE = ("extends: gallery\n" + RIGHTS + "marks: { signature: null, veil: null }\n"
           "derivatives: [ { name: web, long_edge: 64, formats: [png], marks: [] } ]\n")


# ---- Makers ----


def cicp(transfer, primaries=9, full=1):
    return pictures.png_chunk(b"cICP", bytes((primaries, transfer, 0, full)))


def content_light(peak):
    return pictures.png_chunk(b"cLLI", struct.pack(">II", peak * 10000, peak * 1000))


def mastering(peak):
    return pictures.png_chunk(b"mDCV", b"\0" * 16 + struct.pack(">II", peak * 10000, 1))


def columns(colours, *chunks, bits=16, height=8):
    """A PNG of columns of these signals (0..1, one or three each), with chunks before its pixels."""
    grey = not isinstance(colours[0], tuple)
    most, letter = (1 << bits) - 1, "H" if bits == 16 else "B"
    row = b"".join(struct.pack(">" + letter, round(most * one)) for colour in colours for one in ((colour,) if grey else colour))
    return (pictures.png_header(len(colours), height, bits, 0 if grey else 2) + b"".join(chunks)
            + pictures.png_chunk(b"IDAT", pictures.zlib.compress((b"\0" + row) * height)) + pictures.png_chunk(b"IEND", b""))


def with_code_points(kind, transfer, primaries=9):
    """An AVIF or HEIC whose colour box names this curve."""
    return heif(rows(), nclx=(primaries, transfer, 6, 1), format=kind)


def heif_with_map(kind):
    """A HEIF of two items without pixels, the second a gain map: by ISO 21496-1 (tmap) or as Apple's auxiliary picture."""
    tone_map = kind == "tmap"
    infe = [full(b"infe", struct.pack(">HH", 1, 0), b"av01", b"\0", version=2),
            full(b"infe", struct.pack(">HH", 2, 0), b"tmap" if tone_map else b"av01", b"\0", version=2)]
    size = full(b"ispe", struct.pack(">II", 64, 64))
    aux = full(b"auxC", b"urn:com:apple:photo:2020:aux:hdrgainmap\0")
    relation = full(b"iref", box(b"dimg", struct.pack(">HHH", 2, 1, 1)) if tone_map else box(b"auxl", struct.pack(">HHH", 2, 1, 1)))
    properties = box(b"iprp", box(b"ipco", size, aux), full(
        b"ipma", struct.pack(">I", 2), struct.pack(">HBB", 1, 1, 1), struct.pack(">HBB", 2, 1, 1 if tone_map else 2)))
    ftyp = box(b"ftyp", b"avif\0\0\0\0avifmif1miaf")

    def meta(offset):
        return full(b"meta", full(b"hdlr", b"\0" * 4 + b"pict" + b"\0" * 13), full(b"pitm", struct.pack(">H", 1)),
                        full(b"iinf", struct.pack(">H", 2), *infe), relation, properties,
                        full(b"iloc", b"\x44\0", struct.pack(">H", 2), *[struct.pack(">HHHII", item, 0, 1, offset + 16 * item, 16)
                                                                            for item in (1, 2)]))
    behind = len(ftyp) + len(meta(0)) + 8 - 16
    return ftyp + meta(behind) + box(b"mdat", b"\x12\0" * 16)


HDRGM = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"'
APPLE = ('xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/" apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap"')
DIRECTORY = ('<Container:Directory xmlns:Container="http://ns.google.com/photos/1.0/container/" '
             'xmlns:Item="http://ns.google.com/photos/1.0/container/item/"><rdf:Seq><rdf:li rdf:parseType="Resource"><Container:Item '
             'Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li><rdf:li rdf:parseType="Resource"><Container:Item '
             'Item:Semantic="GainMap" Item:Mime="image/jpeg"/></rdf:li></rdf:Seq></Container:Directory>')
ISO = pictures.segment(0xE2, b"urn:iso:std:iso:ts:21496:-1\0\0\0\0\0")
MAPS = {
    "adobe.jpg": jpeg(xmp_segment(xmp("", HDRGM))) + jpeg(xmp_segment(xmp("", HDRGM + ' hdrgm:GainMapMax="2.3"'))),
    "iso.jpg": jpeg(ISO) + jpeg(ISO),
    "apple.jpg": jpeg() + jpeg(xmp_segment(xmp("", APPLE))),
    "ultra.jpg": jpeg(xmp_segment(xmp(DIRECTORY))) + jpeg(),
}
GREY = [i / 63 for i in range(64)]
NAMED = {"pq16.png": ("pq", columns(GREY, cicp(16))), "hlg8.png": ("hlg", columns(GREY, cicp(18), bits=8)),
         "pq.avif": ("pq", with_code_points("avif", 16)), "hlg.avif": ("hlg", with_code_points("avif", 18)),
         **{name: ("gain-map", data) for name, data in MAPS.items()}}


# ---- BT.2390-10, 5.4.1, on the largest colour ----

M1, M2, C1, C2, C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32


def candelas(signal):
    root = signal ** (1 / M2)
    return (max(root - C1, 0) / (C2 - C3 * root)) ** (1 / M1) * 10000


def pq(light):
    power = (light / 10000) ** M1
    return ((C1 + C2 * power) / (1 + C3 * power)) ** M2


def hlg(signal):
    """In cd/m² of a display whose white is 203."""
    light = signal * signal / 3 if signal <= 0.5 else (2.718281828459045 ** ((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return light / 0.265 * 203


def rolled(light, peak):
    if light <= 101.5:
        return light
    knee, white, one = pq(101.5) / pq(peak), pq(203) / pq(peak), min(pq(light) / pq(peak), 1)
    t = (one - knee) / (1 - knee)
    return min(candelas(((2 * t ** 3 - 3 * t ** 2 + 1) * knee + (t ** 3 - 2 * t ** 2 + t) * (1 - knee)
                         + (3 * t ** 2 - 2 * t ** 3) * white) * pq(peak)), 203)


def srgb(light):
    light = min(max(light, 0), 1)
    return 255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)


# BT.2020 to BT.709 (BT.2087), whose white is the same.
MATRIX = ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187))


def expected(signals, peak, light=candelas, wide=False):
    lights = [light(one) for one in signals]
    factor = rolled(max(lights), peak) / max(lights) if max(lights) > 0 else 1
    linear = [one * factor / 203 for one in lights]
    if wide:
        linear = [sum(a * b for a, b in zip(row, linear)) for row in MATRIX]
    return [srgb(one) for one in linear]


def shows(path, colours, tolerance=1.6):
    """Each column has its colour."""
    def fact(outcome):
        width, _, bands, samples = pixels_of(os.path.join(outcome.folder, path))
        need(width == len(colours) and bands == 3, f"{len(colours)} columns of 3 samples in {path}", (width, bands))
        for x, colour in enumerate(colours):
            found = samples[3 * x:3 * x + 3]
            need(all(abs(a - b) <= tolerance for a, b in zip(found, colour)), f"column {x} of {path} to be {[round(c, 1) for c in colour]}",
                 list(found))
    return fact


def climbs(path, white_from):
    """Brighter from column to column, never darker, as far as the one that is white first."""
    def fact(outcome):
        width, _, _, samples = pixels_of(os.path.join(outcome.folder, path))
        row = [samples[3 * x] for x in range(width)]
        need(row == sorted(row), f"{path} to climb", row)
        need(255 in row and row.index(255) >= white_from, f"white from column {white_from} on in {path}", row)
    return fact


def in_manifest(path, hdr):
    def fact(outcome):
        with open(os.path.join(outcome.folder, path, "filigrane.json"), encoding="utf-8") as file:
            found = {photo["source"]: photo.get("hdr", "missing") for photo in json.load(file)["photos"]}
        need(found == hdr, f"hdr of {path}", found)
    return fact


def on_page(path, *words):
    def fact(outcome):
        with open(os.path.join(outcome.folder, path), encoding="utf-8") as file:
            page = file.read()
        for word in words:
            need(word in page, f"{word!r} on {path}", "not there")
    return fact


def bright(name, colours, peak, *chunks, transfer=16, bits=16, light=candelas, wide=False, tolerance=1.6):
    """publish shows these columns of signals as the formula has them."""
    triples = [colour if isinstance(colour, tuple) else (colour,) * 3 for colour in colours]
    if bits == 8:
        triples = [tuple(round(255 * one) / 255 for one in colour) for colour in triples]
    return Case(name, {"a.png": columns(colours, cicp(transfer, 9 if wide else 1), *chunks, bits=bits), "filigrane.yaml": PROFILE}, [
        Step("publish a.png -o web", 0, [shows("web/a-64.png", [expected(colour, peak, light, wide) for colour in triples], tolerance)])])


def coded(name, kind, transfer, peak, *properties, light=candelas):
    """The same of a HEIC or AVIF, whose ramp is coded in 8 bits and without loss."""
    ramp = [round(255 * (0.3 + 0.5 * i / 63)) / 255 for i in range(64)]
    return Case(name, {"a." + kind: heif([[(one,) * 3 for one in ramp]] * 64, *properties, format=kind, nclx=(1, transfer, 6, 1)),
                       "filigrane.yaml": PROFILE}, [
        Step(f"check --json a.{kind}", None, [json_is("hdr", "pq" if transfer == 16 else "hlg")]),
        Step(f"publish a.{kind} -o web", 0, [shows("web/a-64.png", [expected((one,) * 3, peak, light) for one in ramp], 3.5)])])


RAMP = [0.3 + 0.5 * i / 63 for i in range(64)]  # 10 to 1600 cd/m²
COLOURS = [(0.2 + 0.6 * i / 63, 0.5, 0.75 - 0.5 * i / 63) for i in range(64)]
SOFT = [(0.45 + 0.25 * i / 63, 0.45 + 0.2 * i / 63, 0.5 + 0.1 * i / 63) for i in range(64)]  # within sRGB

CASES = [
    Case("check says how a file is HDR, in text and JSON", {name: data for name, (_, data) in NAMED.items()} | {
        "tmap.avif": heif_with_map("tmap"), "apple.heic": heif_with_map("apple"), "map.jxl": jxl(box(b"jhgm", bytes(16)))}, [
            step for name, hdr in [*((name, kind) for name, (kind, _) in NAMED.items()), ("tmap.avif", "gain-map"), ("apple.heic", "gain-map"),
                              ("map.jxl", "gain-map")]
            for step in (Step(f"check --json {name}", None, [json_is("hdr", hdr)]),
                         Step(f"check {name}", None, [says("HDR", {"gain-map": "gain map", "pq": "PQ", "hlg": "HLG"}[hdr])]))]),
    Case("check says that what is not HDR is not", {
        "a.jpg": jpeg(xmp_segment(xmp("<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>GainMap</rdf:li></rdf:Alt></dc:title>"))),
        "b.png": png(cicp(1)), "c.avif": picture("avif"), "d.jpg": jpeg() + jpeg()}, [
            step for name in ("a.jpg", "b.png", "c.avif", "d.jpg") for step in (
                Step(f"check --json {name}", None, [json_is("hdr", None)]), Step(f"check {name}", None, [says_not("HDR")]))]),
    Case("publish says it in the summary, the manifest and on the proof", {
        **{"in/" + name: data for name, (_, data) in NAMED.items()}, "in/plain.jpg": jpeg(), "filigrane.yaml": PROFILE}, [
            Step("publish in -o web", 0, [says("HDR", "8 photos", "gain map", "PQ", "HLG", "SDR"), in_manifest("web", {
                **{name: kind for name, (kind, _) in NAMED.items()}, "plain.jpg": None})]),
            Step("publish in -o web", 0, [in_manifest("web", {**{name: kind for name, (kind, _) in NAMED.items()}, "plain.jpg": None})]),
            Step("proof web -o proof.html", 0, [on_page("proof.html", "HDR (gain map)", "HDR (PQ)", "HDR (HLG)", "are SDR")])]),
    Case("scrub says when it drops a gain map", MAPS, [
        step for name in MAPS for step in (
            Step(f"scrub -o clean {name}", 0, [says("gain map")]), Step(f"check --json clean/{name}", None, [json_is("hdr", None)]),
            Step(f"scrub -o again clean/{name}", 0, [says_not("gain map")]))]),
    bright("a ramp of PQ without a peak rolls off from 1000 cd/m²", RAMP, 1000),
    bright("one that says its content's peak, from there", RAMP, 400, content_light(400), mastering(1000)),
    bright("else from the peak of the display that it was made on", RAMP, 600, mastering(600)),
    bright("a ramp of 8 bits rolls off likewise", RAMP, 1000, bits=8, tolerance=2),
    bright("HLG rolls off likewise", GREY, 1000, transfer=18, light=hlg),
    bright("HLG of 8 bits rolls off likewise", GREY, 1000, transfer=18, light=hlg, bits=8, tolerance=2),
    bright("colours keep their hue", COLOURS, 1000, tolerance=2),
    bright("colours of BT.2020 keep theirs", SOFT, 1000, wide=True, tolerance=3),
    coded("AVIF of PQ rolls off likewise", "avif", 16, 1000),
    coded("from what its box says of the content", "avif", 16, 400, box(b"clli", struct.pack(">HH", 400, 100))),
    coded("or of the display that it was made on", "avif", 16, 600, box(b"mdcv", b"\0" * 16 + struct.pack(">II", 6000000, 1))),
    coded("HEIC of HLG rolls off likewise", "heic", 18, 1000, light=hlg),
    Case("a peak far beyond leaves its highlights apart", {
        "a.png": columns(RAMP, cicp(16, 1), content_light(4000)), "filigrane.yaml": PROFILE}, [
            Step("publish a.png -o web", 0, [climbs("web/a-64.png", 56)])]),
]

"""What is brighter than white is named."""
import json
import os
import struct

from facts import json_is, need, says, says_not
from files import box, jpeg, picture, pictures, png, xmp, xmp_segment
from run import RIGHTS, Case, Step

PROFILE = ("extends: gallery\n" + RIGHTS + "marks: { signature: null, veil: null }\n"
           "derivatives: [ { name: web, long_edge: 64, formats: [png], marks: [] } ]\n")


# ---- Makers ----


def cicp(transfer, primaries=9, full=1):
    return pictures.png_chunk(b"cICP", bytes((primaries, transfer, 0, full)))


def columns(colours, *chunks, bits=16, height=8):
    """A PNG of columns of these signals (0..1, one or three each), with chunks before its pixels."""
    grey = not isinstance(colours[0], tuple)
    most, letter = (1 << bits) - 1, "H" if bits == 16 else "B"
    row = b"".join(struct.pack(">" + letter, round(most * one)) for colour in colours for one in ((colour,) if grey else colour))
    return (pictures.png_header(len(colours), height, bits, 0 if grey else 2) + b"".join(chunks)
            + pictures.png_chunk(b"IDAT", pictures.zlib.compress((b"\0" + row) * height)) + pictures.png_chunk(b"IEND", b""))


def with_code_points(kind, transfer, primaries=9):
    """An AVIF whose colour box names another curve."""
    whole = picture(kind)
    at = whole.index(b"nclx") + 4
    return whole[:at] + struct.pack(">HH", primaries, transfer) + whole[at + 4:]


def full_box(kind, *contents, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags), *contents)


def heif_with_map(kind):
    """A HEIF of two items without pixels, the second a gain map: by ISO 21496-1 (tmap) or as Apple's auxiliary picture."""
    tone_map = kind == "tmap"
    infe = [full_box(b"infe", struct.pack(">HH", 1, 0), b"av01", b"\0", version=2),
            full_box(b"infe", struct.pack(">HH", 2, 0), b"tmap" if tone_map else b"av01", b"\0", version=2)]
    size = full_box(b"ispe", struct.pack(">II", 64, 64))
    aux = full_box(b"auxC", b"urn:com:apple:photo:2020:aux:hdrgainmap\0")
    relation = full_box(b"iref", box(b"dimg", struct.pack(">HHH", 2, 1, 1)) if tone_map else box(b"auxl", struct.pack(">HHH", 2, 1, 1)))
    properties = box(b"iprp", box(b"ipco", size, aux), full_box(
        b"ipma", struct.pack(">I", 2), struct.pack(">HBB", 1, 1, 1), struct.pack(">HBB", 2, 1, 1 if tone_map else 2)))
    ftyp = box(b"ftyp", b"avif\0\0\0\0avifmif1miaf")

    def meta(offset):
        return full_box(b"meta", full_box(b"hdlr", b"\0" * 4 + b"pict" + b"\0" * 13), full_box(b"pitm", struct.pack(">H", 1)),
                        full_box(b"iinf", struct.pack(">H", 2), *infe), relation, properties,
                        full_box(b"iloc", b"\x44\0", struct.pack(">H", 2), *[struct.pack(">HHHII", item, 0, 1, offset + 16 * item, 16)
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


CASES = [
    Case("check says how a file is HDR, in text and JSON", {name: data for name, (_, data) in NAMED.items()} | {
        "tmap.avif": heif_with_map("tmap"), "apple.heic": heif_with_map("apple")}, [
            step for name, hdr in [*((name, kind) for name, (kind, _) in NAMED.items()), ("tmap.avif", "gain-map"), ("apple.heic", "gain-map")]
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
]

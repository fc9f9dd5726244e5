"""A TIFF whose first page is a reduced image: XMP, IPTC and colour profile of the full page are the picture's own."""
import struct

from facts import absent, exiftool, exiftool_says_not, finds_not, json_is, need, same_colours, same_file, says, swatches
from files import alternatives, as_bytes, icc_profile, iim, resource, xmp
from run import PROFILE, Case, Step
from swatches import ADOBE, P3, SWATCHES, gamma, icc, rows, tiff

OURS, FOREIGN, WRITTEN = "© 2020 Jane Doe", "© 2026 Élodie Desprès", "© Jane Doe. All rights reserved."


def of_two(order, entries=(), first=(), profile=b"", gamut=None):
    """A reduced page, then the picture with its blocks."""
    reduced = (254, 4, 1, struct.pack(order + "I", 1))
    full = rows(SWATCHES, gamut, gamma(2.2)) if gamut else rows()
    return tiff({"picture": rows(width=24, height=16), "entries": [reduced, *first]},
                {"picture": full, "entries": list(entries), "icc_profile": profile}, order=order)


def xmp_entry(notice, extra=""):
    data = as_bytes(xmp((alternatives("dc:rights", notice) if notice else "") + extra))
    return (700, 1, len(data), data)


def iim_entry(*datasets):
    data = iim(*datasets)
    return (33723, 7, len(data), data)


def irb_entry(*datasets):
    data = resource(0x0404, iim(*datasets))
    return (34377, 1, len(data), data)


def each(notice):
    """The notice in each block that a page can hold, in either byte order."""
    blocks = {"xmp": xmp_entry(notice), "iim": iim_entry((105, "Le col"), (116, notice)), "irb": irb_entry((105, "Le col"), (116, notice))}
    return {f"{name}-{'i' if order == '<' else 'm'}.tif": of_two(order, [entry]) for name, entry in blocks.items() for order in "<>"}


def tagged(path):
    def again(outcome):
        with open(f"{outcome.folder}/out/{path}", "rb") as once, open(f"{outcome.folder}/again/{path}", "rb") as twice:
            need(once.read() == twice.read(), f"again/{path} to be out/{path}", "other bytes")
    more = [] if path.startswith("xmp") else [exiftool(f"out/{path}", "IPTC:Headline", "Le col"), exiftool(f"out/{path}", "IPTC:CopyrightNotice", WRITTEN)]
    return [Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", "XMP-dc:Rights", WRITTEN), exiftool(f"out/{path}", "IFD0:Copyright", WRITTEN), exiftool_says_not(f"out/{path}", "2020"), *more]),
            Step(f"check --json out/{path}", None, [json_is("copyright.notice", WRITTEN), finds_not("copyright.conflict", "structure.duplicate")]),
            Step(f"tag -o again out/{path}", 0, [again])]


FOREIGNERS, MINE = each(FOREIGN), each(OURS)
CARRIER = {"xmp": "XMP-dc:Rights", "iim": "IPTC:CopyrightNotice", "irb": "IPTC:CopyrightNotice"}
WIDE = {f"{name}-{'i' if order == '<' else 'm'}.tif": of_two(order, profile=icc(gamut), gamut=gamut)
        for name, gamut in (("p3", P3), ("adobe", ADOBE)) for order in "<>"}
BOTH = {f"{'i' if order == '<' else 'm'}.tif": of_two(order, [xmp_entry(OURS, "<photoshop:Headline>Le col</photoshop:Headline>")],
                                                     [xmp_entry(None, "<xmp:Rating>4</xmp:Rating>")]) for order in "<>"}
TELLING = {f"{'i' if order == '<' else 'm'}.tif": of_two(order, profile=icc_profile(behind=b"Marie Dupont")) for order in "<>"}

CASES = [
    Case("a notice in a block of the full page is read, kept by scrub, and refuses", files={**FOREIGNERS, "filigrane.yaml": PROFILE}, steps=[
        Step(f"check --json {path}", None, [json_is("copyright.notice", FOREIGN)]) for path in FOREIGNERS] + [
        Step(f"tag --in-place {' '.join(FOREIGNERS)}", 1, [same_file(path) for path in FOREIGNERS]),
        Step(f"publish {' '.join(FOREIGNERS)} -o web -q", 1, [says("lodie Despr", *FOREIGNERS), absent("web/xmp-i-96.jpg")]),
        Step(f"scrub -o clean {' '.join(FOREIGNERS)}", 0, [exiftool(f"clean/{path}", CARRIER[path[:3]], FOREIGN) for path in FOREIGNERS])]),
    Case("tag leaves one notice, whichever page had it", files={**MINE, "filigrane.yaml": PROFILE}, steps=[step for path in MINE for step in tagged(path)]),
    Case("tag joins the XMP of both pages and loses no property", files={**BOTH, "filigrane.yaml": PROFILE}, steps=[
        step for path in BOTH for step in (Step(f"tag -o out {path}", 0, [
            exiftool(f"out/{path}", "XMP-dc:Rights", WRITTEN), exiftool(f"out/{path}", "XMP-photoshop:Headline", "Le col"),
            exiftool(f"out/{path}", "XMP-xmp:Rating", "4"), exiftool_says_not(f"out/{path}", "2020")]),)]),
    Case("the full page's colour profile counts, and stays in scrub and tag", files={**WIDE, "filigrane.yaml": PROFILE}, steps=[
        Step(f"publish {' '.join(WIDE)} -o web -q", 0, [swatches(f"web/{path[:-4]}-96.jpg", SWATCHES, 6) for path in WIDE]),
        Step(f"check --json {' '.join(WIDE)}", None, [finds_not("icc.missing")]),
        Step(f"scrub -o clean {' '.join(WIDE)}", 0, [same_colours(f"clean/{path}", path) for path in WIDE]),
        Step(f"tag -o out {' '.join(WIDE)}", 0, [same_colours(f"out/{path}", path) for path in WIDE]),
        Step(f"publish {' '.join('clean/' + path for path in WIDE)} -o web2 -q", 0, [swatches(f"web2/{path[:-4]}-96.jpg", SWATCHES, 6) for path in WIDE])]),
    Case("what the full page's profile tells is gone after scrub", files=TELLING, steps=[
        Step(f"check --json {path}", None, [lambda outcome: need("icc.device" in outcome.out, "icc.device", outcome.out[:300])]) for path in TELLING] + [
        Step(f"scrub -o clean {path}", 0, [lambda outcome, path=path: need(
            b"Marie" not in open(f"{outcome.folder}/clean/{path}", "rb").read(), f"no Marie in {path}", "it is there")]) for path in TELLING]),
]

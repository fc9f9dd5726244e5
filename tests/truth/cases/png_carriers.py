"""IPTC and Photoshop resources that a PNG holds as text: amended by tag, kept by scrub, read by all."""
from facts import absent, exiftool, exiftool_says_not, finds_not, json_is, need, same_file, says
from files import iim, png, png_raw_profile, resource
from run import PROFILE, Case, Step

OURS, WRITTEN, FOREIGN = "© 2019 Jane Doe", "© Jane Doe. All rights reserved.", "© 2026 Élodie Desprès"
DATA = iim((80, "Jane Doe"), (105, "Le col"), (116, OURS), (25, "sea"), (25, "sky"))
FOREIGN_DATA = iim((80, "Élodie Desprès"), (116, FOREIGN))


def in_profiles(data):
    """A PNG for each way in which a raw profile holds IIM."""
    irb = resource(0x0404, data)
    return {"irb.png": png(png_raw_profile("iptc", irb)), "8bim.png": png(png_raw_profile("8bim", irb)), "bare.png": png(png_raw_profile("iptc", data)),
            "head.png": png(png_raw_profile("8bim", b"Photoshop 3.0\0" + irb)), "junk.png": png(png_raw_profile("iptc", irb, b"}}$\xd1"))}


TAGGED, OTHERS = in_profiles(DATA), in_profiles(FOREIGN_DATA)
SPLIT = {"a.png": png(png_raw_profile("iptc", iim((105, "Le col"), (116, OURS))), png_raw_profile("8bim", resource(0x0404, iim((120, "À l'aube"), (116, OURS))))),
         "b.png": png(png_raw_profile("8bim", resource(0x0404, iim((105, "Le col")))), png_raw_profile("8bim", resource(0x0404, iim((120, "À l'aube"), (116, OURS)))))}


def agree(path, *facts):
    def again(outcome):
        with open(f"{outcome.folder}/out/{path}", "rb") as once, open(f"{outcome.folder}/again/{path}", "rb") as twice:
            need(once.read() == twice.read(), f"again/{path} to be out/{path}", "other bytes")
    carriers = ("IPTC:CopyrightNotice", "XMP-dc:Rights", "IFD0:Copyright", "PNG:Copyright")
    return [Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", carrier, WRITTEN) for carrier in carriers]
                 + [exiftool_says_not(f"out/{path}", "2019"), *facts]),
            Step(f"check --json out/{path}", 0, [json_is("verdict", "pass"), finds_not("copyright.conflict", "creator.conflict", "iptc.digest-mismatch")]),
            Step(f"tag -o again out/{path}", 0, [again])]


CASES = [
    Case("tag amends the IPTC that a PNG holds as text, and loses no dataset", files={**TAGGED, "filigrane.yaml": PROFILE}, steps=[
        step for path in TAGGED for step in agree(path, exiftool(f"out/{path}", "IPTC:Headline", "Le col"), exiftool(f"out/{path}", "IPTC:Keywords", "sea, sky"),
                                                  exiftool(f"out/{path}", "IPTC:By-line", "Jane Doe"))]),
    Case("tag joins two texts with IPTC", files={**SPLIT, "filigrane.yaml": PROFILE}, steps=[
        step for path in SPLIT for step in agree(path, exiftool(f"out/{path}", "IPTC:Headline", "Le col"),
                                                 exiftool(f"out/{path}", "IPTC:Caption-Abstract", "À l'aube"))]),
    Case("scrub keeps the rights in the IPTC of a PNG, and nothing else of it", files=OTHERS, steps=[
        Step(f"scrub -o clean {' '.join(OTHERS)}", 0, [exiftool(f"clean/{path}", "IPTC:CopyrightNotice", FOREIGN) for path in OTHERS]
             + [exiftool(f"clean/{path}", "IPTC:By-line", "Élodie Desprès") for path in OTHERS]),
        Step(f"scrub -o twice {' '.join('clean/' + path for path in OTHERS)}", 0, [exiftool(f"twice/{path}", "IPTC:CopyrightNotice", FOREIGN) for path in OTHERS])]),
    Case("another's notice there refuses", control=True, files={**OTHERS, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag --in-place {' '.join(OTHERS)}", 1, [same_file(path) for path in OTHERS]),
        Step(f"publish {' '.join(OTHERS)} -o web -q", 1, [says("lodie Despr"), absent("web/irb-320.jpg")])]),
    Case("a PNG without IPTC gets none", control=True, files={"a.png": png(), "filigrane.yaml": PROFILE}, steps=[
        Step("tag -o out a.png", 0, [exiftool("out/a.png", "IPTC:all", None), exiftool("out/a.png", "PNG:Copyright", WRITTEN)])]),
]

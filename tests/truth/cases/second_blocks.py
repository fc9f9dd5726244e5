"""Rights in the second of two blocks of a kind: read, told where they differ, kept by scrub, joined by tag."""
from facts import absent, exiftool, exiftool_says_not, finds, finds_not, json_is, need, same_file, says
from files import (BYTE, alternatives, as_bytes, box, exif_segment, iim, jpeg, jxl, photoshop_segment, png, png_raw_profile, png_xmp, resource, sequence,
                   text, tiff_block, tiff_with, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

OURS = "© 2020 Jane Doe"
WRITTEN = "© Jane Doe. All rights reserved."
FOREIGN = "© 2026 Élodie Desprès"
IPTC, XMP, EXIF = "IPTC:CopyrightNotice", "XMP-dc:Rights", "IFD0:Copyright"
DESCRIPTION = 0x10E


def app13(*blocks):
    return photoshop_segment(*(resource(0x0404, block) for block in blocks))


def exif_box(block):
    return box(b"Exif", b"\0\0\0\0", block)


def xml_box(packet):
    return box(b"xml ", as_bytes(packet))


def two_iim(first, second):
    """A file of each kind that can hold two blocks of IIM."""
    bare = (33723, BYTE, len(first), first)
    irb = resource(0x0404, second)
    return {"one.jpg": jpeg(app13(first, second)), "two.jpg": jpeg(app13(first), app13(second)),
            "junk.jpg": jpeg(photoshop_segment(resource(0x0404, first) + b"\0\0\0"), app13(second)),
            "both.tif": tiff_with([bare, (34377, BYTE, len(irb), irb)])}


def two_exif(first, second):
    return {"a.jpg": jpeg(exif_segment(first), exif_segment(second)), "b.webp": webp(webp_exif(first), webp_exif(second), flags=0x08),
            "c.jxl": jxl(exif_box(first), exif_box(second))}


def two_xmp(first, second):
    return {"a.jpg": jpeg(xmp_segment(first), xmp_segment(second)), "b.png": png(png_xmp(first), png_xmp(second)),
            "c.webp": webp(webp_xmp(first), webp_xmp(second), flags=0x04), "d.jxl": jxl(xml_box(first), xml_box(second))}


def packet(notice=None, extra="", creator=None):
    return xmp((alternatives("dc:rights", notice) if notice else "") + (sequence("dc:creator", creator) if creator else "") + extra)


def block(notice=None, description=None, order="<"):
    entries = [text(DESCRIPTION, description)] if description else []
    entries += [text(0x110, "camera")] + ([text(0x8298, notice)] if notice else [])
    return tiff_block(entries, order=order)


def lines(files, *facts_of):
    """The facts of every file, by functions of its name."""
    return [step for path in files for one in facts_of for step in one(path)]


def is_read(path):
    return [Step(f"check --json {path}", None, [json_is("copyright.notice", FOREIGN)])]


def refuses(files):
    """None of these is written over; each is named."""
    every = " ".join(files)
    published = [path for path in files if not path.endswith(".jxl")]
    return [Step(f"tag -o out {every}", 1, [fact for path in files for fact in (says(path), says("lodie Despr"), absent(f"out/{path}"))]),
            Step(f"tag --in-place {every}", 1, [same_file(path) for path in files]),
            Step(f"publish {' '.join(published)} -o web -q", 1, [says("lodie Despr"), *map(says, published)])]


def scrub_keeps(files, carrier, notice=FOREIGN):
    """In the carrier that stated it."""
    return [Step(f"scrub -o clean {' '.join(files)}", 0, [exiftool(f"clean/{path}", carrier, notice) for path in files])]


def differs(identity="copyright.conflict"):
    return lambda path: [Step(f"check --json {path}", None, [finds(identity)])]


# Which of two notices is right nobody can know.
BOTH = f"{OURS}; {FOREIGN}"


def tagged(path, *facts):
    """The carriers agree, the own check passes, and twice is once."""
    def again(outcome):
        with open(f"{outcome.folder}/out/{path}", "rb") as once, open(f"{outcome.folder}/again/{path}", "rb") as twice:
            need(once.read() == twice.read(), f"again/{path} to be out/{path}", "other bytes")
    return [Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", XMP, WRITTEN), exiftool(f"out/{path}", EXIF, WRITTEN),
                                           exiftool_says_not(f"out/{path}", "2020"), *facts]),
            Step(f"check --json out/{path}", 0, [json_is("verdict", "pass"), finds_not("copyright.conflict", "creator.conflict")]),
            Step(f"tag -o again out/{path}", 0, [again])]


EMPTY = [b"", iim((105, "Le col"))]
IIM_FILES = {f"{number}-{name}": data for number, first in enumerate(EMPTY) for name, data in two_iim(first, iim((80, "Élodie Desprès"), (116, FOREIGN))).items()}
EXIF_FILES = {f"{order}{name}": data for order, mark in (("i", "<"), ("m", ">"))
              for name, data in two_exif(block(), block(FOREIGN, order=mark)).items()}
XMP_FILES = two_xmp(packet(extra="<xmp:CreatorTool>none</xmp:CreatorTool>"), packet(FOREIGN, creator="Élodie Desprès"))
IIM_TWICE = two_iim(iim((116, OURS)), iim((116, FOREIGN)))
EXIF_TWICE = two_exif(block(OURS), block(FOREIGN))
XMP_TWICE = two_xmp(packet(OURS), packet(FOREIGN))
THREE_XMP = {"a.jpg": jpeg(xmp_segment(packet()), xmp_segment(packet(OURS)), xmp_segment(packet(FOREIGN)))}
THREE_IIM = {"b.jpg": jpeg(app13(b""), app13(iim((116, OURS))), app13(iim((116, FOREIGN))))}
THREE_EXIF = {"c.jpg": jpeg(exif_segment(block()), exif_segment(block(OURS)), exif_segment(block(FOREIGN)))}
LINKS = two_xmp(packet(OURS, "<xmpRights:WebStatement>https://a.example/</xmpRights:WebStatement><xmpRights:Marked>False</xmpRights:Marked>"),
                packet(OURS, "<xmpRights:WebStatement>https://b.example/</xmpRights:WebStatement><xmpRights:Marked>True</xmpRights:Marked>"
                       "<photoshop:AuthorsPosition>Editor</photoshop:AuthorsPosition>"))


def differing(kind, carrier, files):
    return Case(f"two notices of {kind} that differ are told, both kept by scrub, and either refuses",
                files={**files, "filigrane.yaml": PROFILE},
                steps=lines(files, differs()) + scrub_keeps(files, carrier, BOTH) + refuses(files))


def third(kind, carrier, files):
    return Case(f"a third block of {kind} is read as a second one is", files={**files, "filigrane.yaml": PROFILE},
                steps=lines(files, differs()) + scrub_keeps(files, carrier, BOTH) + refuses(files))


CASES = [
    Case("a notice in the second block of IIM is read, kept by scrub, and refuses", files={**IIM_FILES, "filigrane.yaml": PROFILE},
         steps=lines(IIM_FILES, is_read) + scrub_keeps(IIM_FILES, IPTC) + refuses(IIM_FILES)),
    Case("a notice in the second block of EXIF is read, kept by scrub, and refuses", files={**EXIF_FILES, "filigrane.yaml": PROFILE},
         steps=lines(EXIF_FILES, is_read) + scrub_keeps(EXIF_FILES, EXIF) + refuses(EXIF_FILES)),
    Case("a notice in the second packet of XMP is read, kept by scrub, and refuses", files={**XMP_FILES, "filigrane.yaml": PROFILE},
         steps=lines(XMP_FILES, is_read) + scrub_keeps(XMP_FILES, XMP) + refuses(XMP_FILES)),
    differing("IIM", IPTC, IIM_TWICE), differing("EXIF", EXIF, EXIF_TWICE), differing("XMP", XMP, XMP_TWICE),
    third("IIM", IPTC, THREE_IIM), third("EXIF", EXIF, THREE_EXIF), third("XMP", XMP, THREE_XMP),
    Case("of two web statements scrub keeps both, and of two marks the claim", files=LINKS,
         steps=[Step(f"scrub -o clean {' '.join(LINKS)}", 0, [fact for path in LINKS for fact in (
             exiftool(f"clean/{path}", "XMP:WebStatement", "https://a.example/; https://b.example/"),
             exiftool(f"clean/{path}", "XMP:Marked", "True"), exiftool(f"clean/{path}", "XMP:AuthorsPosition", "Editor"))])]),
    Case("two creators that differ are told", files=(files := two_xmp(packet(OURS, creator="Jane Doe"), packet(creator="Zoé"))),
         steps=lines(files, differs("creator.conflict"))),
    Case("terms, a licence and a credit line of the second packet stay", files=(rights := two_xmp(
        packet(OURS), packet(extra=alternatives("xmpRights:UsageTerms", "No use") + "<cc:license>https://example.org/l</cc:license>"
                             "<photoshop:Credit>Agence</photoshop:Credit>"))),
         steps=[Step(f"scrub -o clean {path}", 0, [exiftool(f"clean/{path}", "XMP:UsageTerms", "No use"), exiftool(f"clean/{path}", "XMP:Credit", "Agence"),
                                                   exiftool(f"clean/{path}", "XMP:License", "https://example.org/l")]) for path in rights]),
    Case("tag joins the blocks of IIM and loses no dataset", files={
        **two_iim(iim((105, "Le col"), (25, "sea")), iim((25, "sky"), (116, OURS), (120, "À l'aube"))), "filigrane.yaml": PROFILE},
         steps=[step for path in ("one.jpg", "two.jpg", "junk.jpg", "both.tif") for step in tagged(
             path, exiftool(f"out/{path}", "IPTC:Headline", "Le col"), exiftool(f"out/{path}", "IPTC:Caption-Abstract", "À l'aube"),
             exiftool(f"out/{path}", "IPTC:Keywords", "sea, sky"), exiftool(f"out/{path}", IPTC, WRITTEN))]),
    Case("tag joins the packets of XMP and loses no property", files={
        **(xmps := two_xmp(packet(extra="<photoshop:Headline>Le col</photoshop:Headline>" + sequence("dc:subject", "sea", bag=True)),
                           packet(OURS, "<xmp:Rating>4</xmp:Rating>" + sequence("dc:subject", "sky", bag=True)))), "filigrane.yaml": PROFILE},
         steps=[step for path in xmps for step in tagged(
             path, exiftool(f"out/{path}", "XMP:Headline", "Le col"), exiftool(f"out/{path}", "XMP:Rating", "4"),
             exiftool(f"out/{path}", "XMP:Subject", "sea, sky"))]),
    Case("a second block of EXIF loses its rights and nothing else", files={
        **(exifs := {f"{order}{name}": data for order, mark in (("i", "<"), ("m", ">"))
                     for name, data in two_exif(block(OURS, "first"), block(OURS, "second", mark)).items()}), "filigrane.yaml": PROFILE},
         steps=[step for path in exifs for step in tagged(
             path, exiftool(f"out/{path}", "IFD0:ImageDescription", "first"), exiftool(f"out/{path}", "IFD0:ImageDescription", "second"))]),
    Case("a raw profile with a rest behind it is the block that tag amends", files={
        **(raws := {name: png(png_raw_profile("exif", block(OURS, "first"), rest)) for name, rest in (("a.png", b""), ("b.png", b"}}$\xd1"))}),
        "filigrane.yaml": PROFILE},
         steps=[step for path in raws for step in tagged(
             path, exiftool(f"out/{path}", "IFD0:ImageDescription", "first"), exiftool(f"out/{path}", EXIF, WRITTEN))]),
    Case("one block of each kind is as it was", control=True, files={
        "a.jpg": jpeg(exif_segment(block(OURS)), xmp_segment(packet(OURS)), app13(iim((116, OURS)))), "filigrane.yaml": PROFILE,
    }, steps=tagged("a.jpg")),
]

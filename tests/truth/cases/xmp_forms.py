"""XMP that breaks a rule of XML and that Adobe's readers take: bytes behind its end, names that XML forbids."""
from facts import absent, exiftool, finds, finds_not, json_is, same_file, says, says_not
from files import alternatives, as_bytes, jpeg, png, png_xmp, riff_chunk, sequence, tiff_with, webp, webp_xmp, xmp, xmp_segment
from run import PROFILE, Case, Step

OURS, FOREIGN, WRITTEN = "© 2020 Jane Doe", "© 2026 Élodie Desprès", "© Jane Doe. All rights reserved."
# What an editor leaves of a longer packet that it wrote over.
REST = 'li>\n</rdf:Seq></dc:creator>\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
NAMES = ("exif:TIFF/EPStandardID", "exif:0x9c9b", "exif:Exif.Photo(2)", "exif:CFA#Pattern", "exif:a:b")


def in_each(packet):
    """A file of each container that holds XMP."""
    data = as_bytes(packet)
    return {"a.jpg": jpeg(xmp_segment(data)), "b.png": png(png_xmp(data)), "c.webp": webp(webp_xmp(data), flags=0x04),
            "d.tif": tiff_with([(700, 1, len(data), data)]), "e.tif": tiff_with([(700, 1, len(data), data)], order=">")}


def packet(notice, extra="", creator=None):
    return xmp(alternatives("dc:rights", notice) + (sequence("dc:creator", creator) if creator else "") + extra)


def odd_names(notice):
    return packet(notice, "".join(f"<{name}>7</{name}>" for name in NAMES) + "<exif:Make>NIKON</exif:Make><photoshop:Headline>Le col</photoshop:Headline>")


def odd_attributes(notice):
    return xmp(alternatives("dc:rights", notice), "".join(f'{name}="7" ' for name in NAMES[:2]) + 'photoshop:Headline="Le col"')


def behind(notice, rest=REST):
    return packet(notice, "<photoshop:Headline>Le col</photoshop:Headline>") + rest


FORMS = {"bytes behind the packet's end": behind, "names that XML forbids": odd_names, "attributes that XML forbids": odd_attributes,
         "both": lambda notice: odd_names(notice) + REST}


def case(what, form):
    files, others = in_each(form(OURS)), {"x" + path: data for path, data in in_each(form(FOREIGN)).items()}
    steps = [Step(f"check --json {path}", None, [json_is("copyright.notice", FOREIGN if path[0] == "x" else OURS), finds("xmp.malformed")])
             for path in {**files, **others}]
    steps += [Step(f"tag -o out {' '.join(files)}", 0, [says_not("damaged")] + [
        exiftool(f"out/{path}", tag, value) for path in files for tag, value in (("XMP-dc:Rights", WRITTEN), ("XMP-photoshop:Headline", "Le col"))])]
    steps += [Step(f"check --json out/{path}", 0, [json_is("verdict", "pass")]) for path in files]
    steps += [Step(f"tag --in-place {' '.join(others)}", 1, [says("lodie Despr"), *map(same_file, others)]),
              Step(f"publish {' '.join(others)} -o web -q", 1, [says("lodie Despr"), absent("web/xa-320.jpg")]),
              Step(f"scrub -o clean {' '.join(others)}", 0, [exiftool(f"clean/{path}", "XMP-dc:Rights", FOREIGN) for path in others])]
    return Case(f"XMP with {what} is read, refuses, and takes a tag", files={**files, **others, "filigrane.yaml": PROFILE}, steps=steps)


PLACE = '<x exif:GPSLatitude="45,18.1N" exif:GPSLongitude="5,46.5E"/><?xpacket end="r"?>'
BROKEN = in_each(packet(OURS).replace("</rdf:Alt>", "</rdf:Bag>"))
UTF16 = {"a.jpg": jpeg(xmp_segment(behind(OURS).encode("utf-16-be"))), "b.png": png(png_xmp(behind(OURS))), "c.webp": webp(
    riff_chunk(b"XMP ", odd_names(OURS).encode("utf-16-le")), flags=0x04)}

CASES = [
    *[case(what, form) for what, form in FORMS.items()],
    Case("a place behind the packet's end is found, and gone after a scrub and a tag", files={**(places := in_each(behind(OURS, PLACE))), "filigrane.yaml": PROFILE},
         steps=[Step(f"check --json {path}", 1, [finds("location.gps")]) for path in places] + [
             Step(f"scrub -o clean {' '.join(places)}", 0, [exiftool(f"clean/{path}", "XMP-dc:Rights", OURS) for path in places]),
             Step(f"check --json {' '.join('clean/' + path for path in places)}", 0, []),
             Step(f"tag -o out {' '.join(places)}", 0, []), Step(f"check --json {' '.join('out/' + path for path in places)}", 0, [finds_not("location.gps")])]),
    Case("XMP in UTF-16 with bytes behind it or odd names takes a tag", files={**UTF16, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {' '.join(UTF16)}", 0, [exiftool(f"out/{path}", "XMP-dc:Rights", WRITTEN) for path in UTF16])]),
    Case("XMP that is broken is named, and the picture is not called damaged", files={**BROKEN, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {' '.join(BROKEN)}", 1, [says("XMP", "scrub"), says_not("damaged"), *map(absent, (f"out/{path}" for path in BROKEN))]),
        Step(f"scrub -o clean {' '.join(BROKEN)}", 0, []),
        Step(f"tag -o again {' '.join('clean/' + path for path in BROKEN)}", 0, [exiftool(f"again/{path}", "XMP-dc:Rights", WRITTEN) for path in BROKEN])]),
    Case("sound XMP is as it was", control=True, files={"a.jpg": jpeg(xmp_segment(packet(OURS))), "filigrane.yaml": PROFILE}, steps=[
        Step("check --json a.jpg", None, [json_is("copyright.notice", OURS)]), Step("tag -o out a.jpg", 0, [exiftool("out/a.jpg", "XMP-dc:Rights", WRITTEN)])]),
]

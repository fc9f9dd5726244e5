"""Rights in the spellings that writers have for them: booleans, licensors, texts of PNG, notices with what a program left in them."""
from facts import absent, exiftool, finds, finds_not, json_has, json_is, same_file, says, says_not
from files import (alternatives, box, exif_segment, iim, jpeg, photoshop_segment, png, png_latin, png_text, png_xmp, resource, text, tiff_block,
                   tiff_with, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

OURS, FOREIGN = "© 2020 Jane Doe", "© 2026 Élodie Desprès"
NOTICE, ARTIST, BOM = 0x8298, 0x13B, "\ufeff"
LICENSOR = "https://agence.example/licence"


def marked(value, attribute=False):
    stated = f'xmpRights:Marked="{value}"' if attribute else ""
    body = alternatives("dc:rights", OURS) + ("" if attribute else f"<xmpRights:Marked>{value}</xmpRights:Marked>")
    return xmp(body, stated)


def in_each(packet):
    """A file of each container that holds XMP."""
    return {"a.jpg": jpeg(xmp_segment(packet)), "b.png": png(png_xmp(packet)), "c.webp": webp(webp_xmp(packet), flags=0x04),
            "d.tif": tiff_with([(700, 1, len(packet.encode()), packet.encode())], order=">")}


def is_marked(value, expected, *more):
    files = {f"{name}{path}": data for name, attribute in (("e-", False), ("t-", True)) for path, data in in_each(marked(value, attribute)).items()}
    return files, [Step(f"check --json {path}", None, [json_is("copyright.marked", expected), *more]) for path in files]


def case_marked(value):
    files, steps = is_marked(value, True, finds_not("rights.marked-false", "structure.malformed"))
    return Case(f"xmpRights:Marked {value!r} is true", files=files, steps=steps)


def case_malformed(value):
    files, steps = is_marked(value, None, finds("structure.malformed"), finds_not("rights.marked-false"))
    return Case(f"xmpRights:Marked {value!r} is malformed, and not False", files=files, steps=steps)


FALSE = is_marked("False", False, finds("rights.marked-false"))
FLAT = in_each(xmp(alternatives("dc:rights", OURS) + f"<plus:LicensorURL>{LICENSOR}</plus:LicensorURL>"))
FLAT["e.jpg"] = jpeg(xmp_segment(xmp(alternatives("dc:rights", OURS), f'plus:LicensorURL="{LICENSOR}" plus:LicensorName="Agence"')))
LICENSED = PROFILE.replace("rights:\n", "rights:\n  licensor: { url: https://jane.example/ }\n")

PNG_NOTICES = {f"{number}.png": png(png_latin(name, value)) for number, (name, value) in enumerate(
    ((name, FOREIGN.replace("É", "E").replace("è", "e")) for name in ("exif:Copyright", "copyright", "tiff:copyright", "EXIF:COPYRIGHT")))}
PNG_NOTICES["i.png"] = png(png_text("exif:Copyright", "© 2026 Elodie Despres"))
PNG_CREATORS = {f"{number}.png": png(png_latin(name, "Elodie Despres")) for number, name in enumerate(
    ("author", "Artist", "exif:Artist", "tiff:artist", "AUTHOR"))}
TWO = {"a.png": png(png_latin("Copyright", "(c) 2020 Jane Doe"), png_latin("exif:Copyright", "(c) 2026 Elodie Despres"))}


def carriers(notice):
    """The notice in each carrier that a file can have."""
    value = notice.encode()
    return {"exif.jpg": jpeg(exif_segment(tiff_block([text(NOTICE, notice)]))),
            "exif-mm.webp": webp(webp_exif(tiff_block([text(NOTICE, notice)], order=">")), flags=0x08),
            "iptc.jpg": jpeg(photoshop_segment(resource(0x0404, iim((116, notice))))), "xmp.jpg": jpeg(xmp_segment(xmp(alternatives("dc:rights", notice)))),
            "text.png": png(png_text("Copyright", notice)), "ifd0.tif": tiff_with([text(NOTICE, notice)], order=">"),
            "iim.tif": tiff_with([(33723, 7, len(iim((116, value))), iim((116, value)))])}


def reads(files, notice, *more):
    return [Step(f"check --json {path}", None, [json_is("copyright.notice", notice), *more]) for path in files]


MARKS = carriers(BOM + FOREIGN)
JUNK = carriers("x-default")
PREFIXED = carriers('lang="x-default" ' + FOREIGN)
TWO_LANGUAGES = in_each(xmp('<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">x-default</rdf:li>'
                            f'<rdf:li xml:lang="fr">{FOREIGN}</rdf:li></rdf:Alt></dc:rights>'))
DOUBLED = "(c) 2021 Jane Doe ((c) 2021 Jane Doe (Photographer) - [None"
TYPED = "(c) 2021 Jane Doe ((c) 2021 Jane Doe, ASCII, 18 components, 18 bytes)"
PRINTED = "(c) 2021 Jane Doe (Photographer) - [None] (Editor)"
WHOLE = "(c) 2021 Jane Doe (Photographer)"
NAMED = [text(ARTIST, "Jane Doe (Jane Doe, ASCII, 9 components, 9 bytes)")]


def short_form(*brands):
    return box(b"ftyp", b"mif3", *brands) + box(b"mini", bytes(64))


CASES = [
    *map(case_marked, ("1", "t", "on", "T", "On", " true ")), *map(case_malformed, ("yes", "2", "Public")),
    Case("xmpRights:Marked 'False' is false", control=True, files=FALSE[0], steps=FALSE[1]),
    Case("publish of a photo that is marked with 1 states True, and one that is malformed nothing", control=True, files={
        "one/a.jpg": jpeg(xmp_segment(marked("1"))), "two/b.jpg": jpeg(xmp_segment(marked("perhaps"))),
        "filigrane.yaml": PROFILE.replace("rights:\n  creator: Jane Doe\n  copyright: \"© {year} {creator}. All rights reserved.\"\n", "")},
        steps=[Step("publish one two -o web -q", 0, [exiftool("web/a-320.jpg", "XMP-xmpRights:Marked", "True"),
                                                     exiftool("web/b-320.jpg", "XMP-dc:Rights", OURS)])]),
    Case("a licensor's address that stands flat is read", files=FLAT, steps=[
        Step(f"check --json {path}", None, [json_has("copyright.licensor.*.url", LICENSOR), finds_not("rights.licensor-url-missing")]) for path in FLAT]),
    Case("a flat licensor gives way to ours, and stays in a scrub", files={**FLAT, "filigrane.yaml": LICENSED}, steps=[
        Step(f"scrub -o clean {' '.join(FLAT)}", 0, [exiftool(f"clean/{path}", "XMP-plus:LicensorURL", LICENSOR) for path in FLAT]),
        *[Step(f"tag -o out {path}", 0, [exiftool(f"out/{path}", "XMP-plus:LicensorURL", "https://jane.example/"),
                                         lambda outcome, path=path: says_not(LICENSOR)(outcome)]) for path in FLAT],
        *[Step(f"check --json -p ./filigrane.yaml out/{path}", None, [finds_not("rights.differs"),
                                                                     json_is("copyright.licensor.*.url", "https://jane.example/")]) for path in FLAT]]),
    Case("PNG texts of other names state a notice, which refuses", files={**PNG_NOTICES, "filigrane.yaml": PROFILE}, steps=[
        Step(f"check --json {path}", None, [json_is("copyright.notice", "© 2026 Elodie Despres"), finds_not("personal.comment")])
        for path in PNG_NOTICES] + [Step(f"tag --in-place {' '.join(PNG_NOTICES)}", 1, [same_file(path) for path in PNG_NOTICES]),
                                    Step(f"publish {' '.join(PNG_NOTICES)} -o web -q", 1, [says("Elodie Despres"), absent("web/i-320.jpg")]),
                                    Step(f"scrub -o clean {' '.join(PNG_NOTICES)}", 0, [
                                        exiftool(f"clean/{path}", "PNG:Copyright", "© 2026 Elodie Despres") for path in PNG_NOTICES])]),
    Case("PNG texts of other names name a creator, who is foreign", files={**PNG_CREATORS, "filigrane.yaml": PROFILE}, steps=[
        Step(f"check --json {path}", None, [json_is("copyright.creator", ["Elodie Despres"]), finds_not("personal.comment")])
        for path in PNG_CREATORS] + [Step(f"tag -o out {path}", 1, [says("Elodie Despres"), absent(f"out/{path}")]) for path in PNG_CREATORS]),
    Case("of two PNG texts on rights both are read", files={**TWO, "filigrane.yaml": PROFILE}, steps=[
        Step("check --json a.png", None, [finds("copyright.conflict")]), Step("tag --in-place a.png", 1, [same_file("a.png")])]),
    Case("tag leaves one PNG text of each kind", files={
        "a.png": png(png_latin("exif:Copyright", "(c) 2019 Jane Doe"), png_latin("author", "Jane Doe"), png_latin("Title", "Le col")),
        "filigrane.yaml": PROFILE}, steps=[
        Step("tag -o out a.png", 0, [exiftool("out/a.png", "PNG:Copyright", "© Jane Doe. All rights reserved."), exiftool("out/a.png", "PNG:Title", "Le col"),
                                     exiftool("out/a.png", "PNG:ExifCopyright", None), exiftool("out/a.png", "PNG:Author", "Jane Doe")]),
        Step("check --json out/a.png", 0, [json_is("verdict", "pass"), finds_not("copyright.conflict", "creator.conflict")])]),
    Case("a byte order mark before a notice is trimmed", files={**MARKS, "filigrane.yaml": PROFILE}, steps=reads(MARKS, FOREIGN) + [
        Step(f"tag --in-place {' '.join(MARKS)}", 1, [same_file(path) for path in MARKS])]),
    Case("a notice that is the name of a language is none", files={**JUNK, "filigrane.yaml": PROFILE}, steps=reads(JUNK, None, finds("copyright.missing")) + [
        Step(f"tag -o out {' '.join(JUNK)}", 0, [exiftool(f"out/{path}", "XMP-dc:Rights", "© Jane Doe. All rights reserved.") for path in JUNK])]),
    Case("a notice behind the name of a language is read", files=PREFIXED, steps=reads(PREFIXED, FOREIGN)),
    Case("a language that holds its own name gives way to the next", files=TWO_LANGUAGES, steps=reads(TWO_LANGUAGES, FOREIGN)),
    *[Case(f"a notice that is doubled is told: {notice[-24:]}", files={**carriers(notice), "filigrane.yaml": PROFILE},
           steps=reads(carriers(notice), notice, finds("copyright.mangled")) + [
               Step("tag -o out exif.jpg ifd0.tif", 0, [exiftool("out/exif.jpg", "IFD0:Copyright", "© Jane Doe. All rights reserved.")]),
               Step("check --json out/exif.jpg", 0, [finds_not("copyright.mangled")])]) for notice in (DOUBLED, TYPED, PRINTED)],
    Case("a photographer in brackets is no doubled notice", control=True, files=carriers(WHOLE), steps=reads(carriers(WHOLE), WHOLE, finds_not("copyright.mangled"))),
    Case("a name that is doubled is the name", files={
        "a.jpg": jpeg(exif_segment(tiff_block(NAMED))), "b.tif": tiff_with(NAMED, order=">"), "c.webp": webp(webp_exif(tiff_block(NAMED)), flags=0x08),
        "filigrane.yaml": PROFILE}, steps=[Step("tag -o out a.jpg b.tif c.webp", 0, [])] + [
            Step(f"check --json {path}", None, [json_is("copyright.creator", ["Jane Doe"])]) for path in ("a.jpg", "b.tif", "c.webp")]),
    Case("the short form of HEIF is not supported yet, and no video", files={
        "a.heic": short_form(b"heic"), "b.avif": short_form(b"avif"), "c.heif": short_form(b"\0\0\0\0", b"avif"), "filigrane.yaml": PROFILE},
        steps=[Step(f"{command} a.heic b.avif c.heif", 1, [says("not supported yet"), says_not("video")])
               for command in ("check", "tag -o out", "scrub -o clean", "publish -o web -q")]),
]

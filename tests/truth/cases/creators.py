"""A creator who is none of owner, creator and aliases is foreign, wherever the file names him; terms of nobody end as ours alone."""
from facts import absent, exiftool, exiftool_says_not, exists, finds, finds_not, json_has, same_file, says, says_not
from files import (alternatives, exif_segment, iim, jpeg, photoshop_segment, png, png_latin, png_text, png_xmp, resource, sequence,
                   text, tiff_block, tiff_with, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

OTHER = "Jean Dupont"
TERMS = alternatives("xmpRights:UsageTerms", "Editorial use only")
LICENSOR = ('<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Other Library</plus:LicensorName>'
            '<plus:LicensorURL>https://other.example/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>')
CREDIT = "<photoshop:Credit>Other Library</photoshop:Credit>"
WARNING = "were somebody else's"


def named(name):
    """A name in each place that a creator has, in every container."""
    return {
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x13B, name)]))), "b.jpg": jpeg(xmp_segment(xmp(sequence("dc:creator", name)))),
        "c.jpg": jpeg(photoshop_segment(resource(0x0404, iim((80, name))))), "d.png": png(png_text("Author", name)),
        "e.png": png(png_xmp(xmp(sequence("dc:creator", name)))), "f.webp": webp(webp_exif(tiff_block([text(0x13B, name)])), flags=0x08),
        "g.webp": webp(webp_xmp(xmp(sequence("dc:creator", name))), flags=0x04), "h.tif": tiff_with([text(0x13B, name)]),
        "i.tif": tiff_with([text(0x13B, name)], order=">"), "j.png": png(png_latin("Author", name)),
        "k.jpg": jpeg(exif_segment(tiff_block([text(0x13B, name)], order=">")))}


ALL = named(OTHER)


def taken(name, *spellings):
    """Each of these spellings is ours, or nobody's: tag takes the file."""
    files = {f"{number}.jpg": jpeg(exif_segment(tiff_block([text(0x13B, one)]))) for number, one in enumerate(spellings)}
    return Case(name, control=True, files={**files, "filigrane.yaml": PROFILE.replace("rights:\n", "rights:\n  owner: Sarl Cartus\n  aliases: [J. Dœ]\n")},
                steps=[Step("tag -o out " + " ".join(files), 0, [exiftool(f"out/{path}", "IFD0:Artist", "Jane Doe") for path in files])])


CASES = [
    Case("tag refuses another's creator in every carrier, and prints the line to add once", {**ALL, "filigrane.yaml": PROFILE},
         [Step(f"tag -o out {path}", 1, [says(OTHER, f"aliases: [{OTHER}]"), absent("out/" + path), same_file(path)]) for path in ALL]
         + [Step(f"publish {path} -o web", 1, [says(f"aliases: [{OTHER}]"), absent(f"web/{path[0]}-320.jpg")]) for path in ALL]),
    Case("all names of a run stand in one message", {
        **{f"in/{path}": data for path, data in ALL.items()}, "in/y.jpg": jpeg(xmp_segment(xmp(sequence("dc:creator", "Anna Meyer")))),
        "in/z.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Roe, Richard: studio")]))), "filigrane.yaml": PROFILE}, [
            Step("tag -o out in", 1, [says("aliases: [Jean Dupont, Anna Meyer, 'Roe, Richard: studio']")]),
            Step("publish in -o web", 1, [says("aliases: [Jean Dupont, Anna Meyer, 'Roe, Richard: studio']")])]),
    Case("check with the profile calls it foreign, JSON of publish too", {**ALL, "filigrane.yaml": PROFILE},
         [Step(f"check --json -p filigrane.yaml {path}", 1, [finds("copyright.foreign")]) for path in ALL]
         + [Step("publish a.jpg -o web --json", 1, [json_has("id", "copyright.foreign")])]),
    Case("an alias takes it, and so does --force-rights", {**ALL, "filigrane.yaml": PROFILE, "mine.yaml": PROFILE.replace(
        "rights:\n", f"rights:\n  aliases: [{OTHER}]\n")}, [
            Step("tag -p mine.yaml -o mine " + " ".join(ALL), 0, [exiftool_says_not("mine/" + path, OTHER) for path in ALL]),
            Step("tag --force-rights -o forced " + " ".join(ALL), 0, [exiftool_says_not("forced/" + path, OTHER) for path in ALL]
                 + [says_not("aliases:")])], control=True),
    Case("a creator beside our own notice, or in one carrier of two, is foreign", {
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x13B, OTHER), text(0x8298, "© Jane Doe")]))),
        "b.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Jane Doe")])), xmp_segment(xmp(sequence("dc:creator", OTHER)))),
        "c.webp": webp(webp_xmp(xmp(sequence("dc:creator", "Jane Doe", OTHER))), flags=0x04),
        "d.png": png(png_text("Author", OTHER), png_xmp(xmp(sequence("dc:creator", "Jane Doe")))), "filigrane.yaml": PROFILE},
         [step for path in ("a.jpg", "b.jpg", "c.webp", "d.png") for step in (
             Step(f"tag -o out {path}", 1, [says(f"aliases: [{OTHER}]")]), Step(f"publish {path} -o web", 1, [says(f"aliases: [{OTHER}]")]))]),
    Case("terms, a licensor or a statement of nobody's give a warning and end as ours alone", {
        "a.jpg": jpeg(xmp_segment(xmp(TERMS + CREDIT))), "b.png": png(png_xmp(xmp(LICENSOR))),
        "c.webp": webp(webp_xmp(xmp("", 'xmpRights:WebStatement="https://other.example/terms"')), flags=0x04),
        "d.jpg": jpeg(photoshop_segment(resource(0x0404, iim((110, "Other Library"))), resource(0x040B, b"https://other.example/"))),
        "filigrane.yaml": PROFILE}, [
            step for path in ("a.jpg", "b.png", "c.webp", "d.jpg") for step in (
                Step(f"tag -o out {path}", 0, [says(WARNING), exiftool_says_not("out/" + path, "other.example", "Other Library", "Editorial"),
                                               exiftool("out/" + path, "IFD0:Artist", "Jane Doe")]),
                Step(f"publish --force {path} -o web", 0, [says(WARNING), exiftool_says_not(
                    f"web/{path[0]}-320.jpg", "other.example", "Other Library", "Editorial")]))]),
    Case("--force-rights leaves no mixture", {
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x13B, OTHER), text(0x8298, f"© {OTHER}")])),
                      xmp_segment(xmp(TERMS + LICENSOR + CREDIT + sequence("dc:creator", OTHER))),
                      photoshop_segment(resource(0x0404, iim((40, "Ask the Other Library"), (85, "Staff"), (110, "Other Library"))))),
        "b.png": png(png_xmp(xmp(TERMS + LICENSOR + CREDIT + alternatives("dc:rights", f"© {OTHER}")))), "filigrane.yaml": PROFILE}, [
            Step("tag --force-rights -o out a.jpg b.png", 0, [
                fact for path in ("a.jpg", "b.png") for fact in (
                    exiftool_says_not("out/" + path, OTHER, "Other Library", "Editorial", "other.example", "Staff"),
                    exiftool("out/" + path, "IFD0:Artist", "Jane Doe"))])]),
    Case("terms beside our own name stay, without a word", control=True, files={
        "a.jpg": jpeg(xmp_segment(xmp(TERMS + sequence("dc:creator", "Jane Doe")))), "filigrane.yaml": PROFILE}, steps=[
            Step("tag -o out a.jpg", 0, [says_not(WARNING), exiftool("out/a.jpg", "XMP-xmpRights:UsageTerms", "Editorial use only")])]),
    taken("our own names in other words are ours, and placeholders are nobody's", "JANE DOE", "Doe, Jane", "Photo by Jane Doe",
          "© Jane Doe", "Jane Doe / Sarl Cartus", "J. Dœ", "Picasa", "Picasa 3.0", "Owner", "OWNER",
          "Photographer", "unknown", "NIKON CORPORATION", "Samsung Electronics", "your name", "-", "Jane Doe, photographer"),
]

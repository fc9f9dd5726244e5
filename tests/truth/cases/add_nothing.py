"""scrub adds nothing, and publish without a profile carries a photo's own statement over: none becomes a claim."""
import struct

from facts import Untrue, exiftool, exiftool_says_not, same_pixels, says, says_not, states_no_more, tags_of
from files import (ASCII, alternatives, dataset, exif_segment, gps_entries, iim, jpeg, photoshop_segment, picture, png, png_text,
                   png_xmp, resource, sequence, text, tiff_block, tiff_with, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import Case, Step

CREATOR = sequence("dc:creator", "Jane Doe")
PUBLIC = "<xmpRights:Marked>False</xmpRights:Marked>"
LICENCE = '<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>'
STATEMENT = "<xmpRights:WebStatement>https://creativecommons.org/publicdomain/zero/1.0/</xmpRights:WebStatement>"
TERMS = alternatives("xmpRights:UsageTerms", "Public domain")
# No rights, a mark on what is published, and the same without one.
MARKED = ("extends: gallery\nmarks: { signature: { place: bottom }, veil: null }\n"
          "derivatives: [ { name: web, long_edge: 400, formats: [jpeg, png, webp], marks: [signature] } ]\n")
BARE = MARKED.replace("marks: [signature]", "marks: []")


def scrubbed(name, files):
    """scrub of each of these files states no more than it did, once and again."""
    return Case(name, files, [
        step for path in files for step in (
            Step(f"scrub -o once {path}", 0, [states_no_more("once/" + path, path)]),
            Step(f"scrub -o twice once/{path}", 0, [states_no_more("twice/" + path, path)]))])


def open_photo(name, data, *facts, path="a.jpg"):
    """Published without a profile: no mark on it, a line that says so, no notice and no Marked = True in any carrier."""
    stem = path.split(".")[0]
    return Case(name, {path: data, "marked.yaml": MARKED, "bare.yaml": BARE}, [
        Step(f"publish {path} -p bare.yaml -o bare"),
        Step(f"publish {path} -p marked.yaml -o web", 0, [
            says("no mark with ©"), *facts,
            *(fact for kind in ("jpg", "png", "webp") for fact in (
                same_pixels(f"web/{stem}-400.{kind}", f"bare/{stem}-400.{kind}"),
                exiftool(f"web/{stem}-400.{kind}", "IFD0:Copyright", None), exiftool(f"web/{stem}-400.{kind}", "XMP-dc:Rights", None),
                exiftool_says_not(f"web/{stem}-400.{kind}", "Marked                          : True", "©")))])])


def keeps_both_parts(world):
    """The second part of a notice, the editor's, stays behind scrub in its bytes."""
    world.filigrane("scrub -o clean a.jpg")
    if b"\xa9 2020 Jane\0\xa9 2021 Lib\0" not in world.read("clean/a.jpg"):
        raise Untrue("the notice in two parts is not what it was")


def keeps_a_stale_digest(world):
    """A digest that says that IIM was changed since goes on saying so; else another carrier would win from then on."""
    world.filigrane("scrub -o clean a.jpg")
    tags = dict(tags_of(world.path("clean/a.jpg")))
    if tags.get("Photoshop:IPTCDigest") == tags.get("File:CurrentIPTCDigest") or tags.get("Photoshop:IPTCDigest") != "11" * 16:
        raise Untrue(f"the digest became {tags.get('Photoshop:IPTCDigest')}")


CASES = [
    scrubbed("scrub adds no notice, mark or carrier to a creator", {
        "a.jpg": jpeg(xmp_segment(xmp(CREATOR))), "b.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Jane Doe")], gps=gps_entries()))),
        "c.jpg": jpeg(photoshop_segment(resource(0x0404, iim((80, "Jane Doe"))))), "d.png": png(png_text("Author", "Jane Doe")),
        "e.webp": webp(webp_xmp(xmp(CREATOR)), flags=0x04), "f.tif": tiff_with([text(0x13B, "Jane Doe")]),
        "g.webp": webp(webp_exif(tiff_block([text(0x13B, "Jane Doe")], order=">")), flags=0x08)}),
    scrubbed("scrub claims nothing that is in the public domain or under Creative Commons", {
        "a.jpg": jpeg(xmp_segment(xmp(CREATOR + PUBLIC + TERMS))), "b.png": png(png_xmp(xmp(CREATOR + LICENCE))),
        "c.webp": webp(webp_xmp(xmp(CREATOR + STATEMENT)), flags=0x04),
        "d.jpg": jpeg(xmp_segment(xmp("", 'xmpRights:Marked="False" photoshop:Credit="NASA"')))}),
    scrubbed("scrub adds no owner, no sentence of a reservation and no other key of it", {
        "a.jpg": jpeg(xmp_segment(xmp(sequence("xmpRights:Owner", "Jane Doe", bag=True)))),
        "b.jpg": jpeg(xmp_segment(xmp("<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining>"))),
        "c.png": png(png_xmp(xmp("<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-SEELINKEDRIGHTSEXPR"
                                 "</plus:DataMining>")))}),
    scrubbed("scrub keeps a notice in its languages and a licensor with all members, in XMP alone", {
        "a.jpg": jpeg(xmp_segment(xmp(
            '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Jane</rdf:li><rdf:li xml:lang="fr">© Jeanne</rdf:li></rdf:Alt></dc:rights>'
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Lib</plus:LicensorName>'
            '<plus:LicensorCity>Lyon</plus:LicensorCity></rdf:li></rdf:Seq></plus:Licensor>')))}),
    Case("what scrub keeps it keeps: languages, members, credit, the flag and the address of Photoshop", {
        "a.jpg": jpeg(xmp_segment(xmp(
            '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Jane</rdf:li><rdf:li xml:lang="fr">© Jeanne</rdf:li></rdf:Alt></dc:rights>'
            '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorName>Lib</plus:LicensorName>'
            '<plus:LicensorTelephone1>+33 1</plus:LicensorTelephone1></rdf:li></rdf:Seq></plus:Licensor>')),
            photoshop_segment(resource(0x040A, b"\1"), resource(0x040B, b"https://jane.example/")))},
        [Step("scrub -o clean a.jpg", 0, [exiftool("clean/a.jpg", "XMP-dc:Rights-fr", "© Jeanne"),
                                          exiftool("clean/a.jpg", "XMP-plus:LicensorTelephone1", "+33 1"),
                                          exiftool("clean/a.jpg", "Photoshop:CopyrightFlag", "1"),
                                          exiftool("clean/a.jpg", "Photoshop:URL", "https://jane.example/")])]),
    Case("a notice in two parts keeps both", {
        "a.jpg": jpeg(exif_segment(tiff_block([(0x8298, ASCII, 23, b"\xa9 2020 Jane\0\xa9 2021 Lib\0")])))}, run=keeps_both_parts),
    Case("a stale digest stays stale", {"a.jpg": jpeg(photoshop_segment(
        resource(0x0404, dataset(1, 90, b"\x1b%G") + dataset(2, 116, "© Jane")), resource(0x0425, b"\x11" * 16)))},
         run=keeps_a_stale_digest),
    open_photo("publish turns Marked = False into no claim", jpeg(xmp_segment(xmp(CREATOR + PUBLIC + TERMS))),
               exiftool("web/a-400.jpg", "XMP-xmpRights:Marked", "False"), exiftool("web/a-400.png", "XMP-xmpRights:UsageTerms", "Public domain"),
               exiftool("web/a-400.webp", "IFD0:Artist", "Jane Doe")),
    open_photo("publish turns a Creative Commons licence into no claim", png(png_xmp(xmp(CREATOR + LICENCE))),
               exiftool("web/a-400.jpg", "XMP-cc:License", "https://creativecommons.org/licenses/by/4.0/"), path="a.png"),
    open_photo("publish turns a statement of creativecommons.org into no claim",
               webp(webp_xmp(xmp(CREATOR, 'xmpRights:WebStatement="https://creativecommons.org/licenses/by-sa/4.0/"')), flags=0x04),
               exiftool("web/a-400.jpg", "XMP-xmpRights:WebStatement", "https://creativecommons.org/licenses/by-sa/4.0/"), path="a.webp"),
    open_photo("publish turns an attribution of ccREL into no claim", jpeg(xmp_segment(xmp(CREATOR, 'cc:attributionName="Jane Doe"'))),
               exiftool("web/a-400.png", "XMP-cc:AttributionName", "Jane Doe")),
    Case("publish carries a notice over unchanged, with what is said of it", {
        "a.jpg": jpeg(xmp_segment(xmp(alternatives("dc:rights", "Jane Doe, 2019") + CREATOR))), "marked.yaml": MARKED},
         [Step("publish a.jpg -p marked.yaml -o web", 0, [
             exiftool("web/a-400.jpg", "IFD0:Copyright", "Jane Doe, 2019"), exiftool("web/a-400.jpg", "XMP-xmpRights:Marked", None),
             exiftool("web/a-400.jpg", "XMP-plus:CopyrightOwnerName", None), exiftool("web/a-400.jpg", "Photoshop:CopyrightFlag", None),
             says_not("no mark with ©")])]),
    Case("publish makes no notice of a creator", {
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x13B, "Jane Doe")]))), "b.png": png(png_text("Author", "Jane Doe")),
        "c.tif": tiff_with([text(0x13B, "Jane Doe")], width=400, height=300), "marked.yaml": MARKED},
         [Step("publish a.jpg b.png c.tif -p marked.yaml -o web", 0, [
             fact for stem in "abc" for fact in (
                 exiftool(f"web/{stem}-400.jpg", "IFD0:Copyright", None), exiftool(f"web/{stem}-400.png", "PNG:Copyright", None),
                 exiftool(f"web/{stem}-400.jpg", "XMP-xmpRights:Marked", None), exiftool(f"web/{stem}-400.webp", "XMP-dc:Creator", "Jane Doe"))])]),
]

"""A made-up field of rights, `rights.category`: set in a profile, written, read, compared, carried between processes and into the digest."""
from facts import exiftool, finds, finds_not, json_has_not, json_is, says
from files import exif_segment, jpeg, photoshop_segment, resource, iim, text, tiff_block, xmp, xmp_segment
from run import Case, Step

PROFILE = """rights: { creator: Jane Doe, category: Sport }
derivatives: [ { name: web, long_edge: 320, formats: [jpeg, png] } ]
"""
OWN = [text(0x13B, "Jane Doe"), text(0x8298, "© Jane Doe")]
STATED = xmp("<photoshop:Category>News</photoshop:Category>")

CASES = [
    Case("the profile's category is written in XMP and, cut, in IIM, and passes check", files={"a.jpg": jpeg(), "filigrane.yaml": PROFILE}, steps=[
        Step("publish a.jpg -o web -q", 0, [exiftool("web/a-320.jpg", "XMP-photoshop:Category", "Sport"),
                                            exiftool("web/a-320.jpg", "IPTC:Category", "Spo"),
                                            exiftool("web/a-320.png", "XMP-photoshop:Category", "Sport")]),
        Step("check --json web/a-320.jpg", 0, [json_is("copyright.category", "Sport")]),
        Step("check -p ./filigrane.yaml --json web", 0, [finds_not("rights.differs")]),
        Step("check -p ./filigrane.yaml --set rights.category=News --json web", 1, [finds("rights.differs")]),
        Step("tag a.jpg -o tagged", 0, [exiftool("tagged/a.jpg", "XMP-photoshop:Category", "Sport"),
                                        exiftool("tagged/a.jpg", "IPTC:Category", "Spo")]),
        Step("profile ./filigrane.yaml", 0, [says('category: "Sport"')]),
    ]),
    Case("without a creator the photo's own category goes through all processes, and scrub keeps it", files={
        "a.jpg": jpeg(exif_segment(tiff_block(OWN)), xmp_segment(STATED)),
        "b.jpg": jpeg(exif_segment(tiff_block(OWN)), photoshop_segment(resource(0x0404, iim((15, "Eco"))))),
        "filigrane.yaml": PROFILE.replace("creator: Jane Doe, category: Sport", "credit: Photo Doe")}, steps=[
            Step("publish a.jpg b.jpg -o web -q", 0, [exiftool("web/a-320.jpg", "XMP-photoshop:Category", "News"),
                                                      exiftool("web/b-320.jpg", "XMP-photoshop:Category", "Eco")]),
            Step("scrub a.jpg -o clean", 0, [exiftool("clean/a.jpg", "XMP-photoshop:Category", "News")]),
        ]),
    Case("a file that states none has none in JSON", files={"a.jpg": jpeg(exif_segment(tiff_block(OWN)))}, control=True, steps=[
        Step("check --json a.jpg", None, [json_has_not("copyright.category", "Sport")])]),
]

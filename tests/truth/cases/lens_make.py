"""A made-up fact that may be kept, the make of the lens: read, kept by its group, carried between processes, written, and let pass by the audit."""
from facts import exiftool
from files import exif_segment, jpeg, text, tiff_block
from run import Case, Step

FILE = jpeg(exif_segment(tiff_block([text(0x8298, "© Jane Doe"), text(0x13B, "Jane Doe")], exif=[text(0xA433, "Canon"), text(0xA434, "RF 50")])))
PROFILE = """rights: { creator: Jane Doe }
privacy: { keep: [%s] }
derivatives: [ { name: web, long_edge: 320, formats: [jpeg] } ]
"""

CASES = [
    Case("the group lens keeps it in publish and in scrub", files={"a.jpg": FILE, "filigrane.yaml": PROFILE % "lens"}, steps=[
        Step("publish a.jpg -o web -q", 0, [exiftool("web/a-320.jpg", "ExifIFD:LensMake", "Canon"),
                                            exiftool("web/a-320.jpg", "ExifIFD:LensModel", "RF 50")]),
        Step("scrub a.jpg -o clean --keep lens", 0, [exiftool("clean/a.jpg", "ExifIFD:LensMake", "Canon")]),
    ]),
    Case("no other group does", control=True, files={"a.jpg": FILE, "filigrane.yaml": PROFILE % "camera, exposure, title"}, steps=[
        Step("publish a.jpg -o web -q", 0, [exiftool("web/a-320.jpg", "ExifIFD:LensMake", None)]),
        Step("scrub a.jpg -o clean --keep camera", 0, [exiftool("clean/a.jpg", "ExifIFD:LensMake", None)]),
    ]),
]

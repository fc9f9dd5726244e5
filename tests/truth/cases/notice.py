"""A notice with {camera}, {date} or {stem}: written by publish and by tag alike, and known again by check."""
from facts import exiftool, finds, finds_not, json_is, says
from files import exif_segment, jpeg, text, tiff_block, webp, webp_exif
from run import Case, Step

FIELDS = "© {year} {creator}, {camera}, {date}, {stem}"
WHOLE = "© 2026 Jane Doe, Canon EOS R5, 2026-05-01, "
CAMERA = [text(0x10F, "Canon"), text(0x110, "EOS R5")]
DATE = [text(0x9003, "2026:05:01 10:11:12")]


def profile(keep="[camera, date]", notice=FIELDS, output=""):
    return (f'rights: {{ creator: Jane Doe, copyright: "{notice}" }}\nprivacy: {{ keep: {keep} }}\n'
            f"derivatives: [ {{ name: web, long_edge: 320, formats: [jpeg, webp, png] }} ]\n{output}")


def block(camera=True, date=True):
    return tiff_block(CAMERA if camera else [], exif=DATE if date else [])


def photos(camera=True, date=True):
    return {"shoot/IMG_1.jpg": jpeg(exif_segment(block(camera, date))), "shoot/b.tar.webp": webp(webp_exif(block(camera, date)),
                                                                                                 flags=0x08)}


def published(one, two):
    """publish, then check -p of what it made; then tag of the same photos, which writes the same notices, and check -p of those."""
    return [
        Step("publish shoot -o web -q", 0, [exiftool(f"web/IMG_1-320.{ext}", "XMP-dc:Rights", one) for ext in ("jpg", "webp", "png")] +
             [exiftool("web/IMG_1-320.jpg", "IFD0:Copyright", one), exiftool("web/b.tar-320.png", "XMP-dc:Rights", two)]),
        Step("check -p ./filigrane.yaml --json web", 0, [finds_not("rights.differs")]),
        Step("tag shoot -o tagged", 0, [exiftool("tagged/IMG_1.jpg", "IFD0:Copyright", one),
                                        exiftool("tagged/b.tar.webp", "XMP-dc:Rights", two)]),
        # A tagged photo is no product of the profile: its size is its own, and it keeps what nobody asked for.
        Step("check -p ./filigrane.yaml --json tagged", None, [finds_not("rights.differs", "copyright.foreign")]),
        Step("tag tagged -o again", 0, [exiftool("again/IMG_1.jpg", "IFD0:Copyright", one)]),
    ]


def passes(name, files, one, two, control=False, **words):
    return Case(name, control=control, files={**files, "filigrane.yaml": profile(**words)}, steps=published(one, two))


def standard_input(world):
    world.filigrane("publish IMG_1.jpg -o web -q")
    world.filigrane("check -p ./filigrane.yaml --json -", 0, [finds_not("rights.differs")], standard_input=world.read("web/IMG_1-320.jpg"))


NAMED = 'output: { name: "{name}_{width}x{height}_{stem}.{ext}" }\n'
# One derivative as large as the photo: what is tagged can pass whole.
LARGE = profile().replace("long_edge: 320", "long_edge: 2048")

CASES = [
    passes("camera, day and stem stand in the notice of publish and of tag, and pass check", photos(), WHOLE + "IMG_1", WHOLE + "b.tar"),
    passes("a notice ends before what is not kept", photos(), "© 2026 Jane Doe", "© 2026 Jane Doe", True, keep="[]"),
    passes("a day is kept without its time", photos(), WHOLE + "IMG_1", WHOLE + "b.tar", keep="[camera, day]"),
    passes("a photo without a camera", photos(camera=False), "© 2026 Jane Doe", "© 2026 Jane Doe", True),
    passes("a photo without a date", photos(date=False), "© Jane Doe, Canon EOS R5", "© Jane Doe, Canon EOS R5"),
    Case("a stem is found in whatever name output.name gives", files={
        **photos(), "filigrane.yaml": profile(notice="© {creator} ({stem})", output=NAMED)}, steps=[
            Step("publish shoot -o web -q", 0, [exiftool("web/web_320x240_IMG_1.jpg", "XMP-dc:Rights", "© Jane Doe (IMG_1)"),
                                                exiftool("web/web_320x240_b.tar.png", "XMP-dc:Rights", "© Jane Doe (b.tar)")]),
            Step("check -p ./filigrane.yaml --json web", 0, [finds_not("rights.differs")])]),
    Case("a tagged photo passes its profile whole", files={"a.jpg": jpeg(exif_segment(block())), "filigrane.yaml": LARGE}, steps=[
        Step("scrub a.jpg -o clean --keep camera --keep day"),
        Step("tag clean/a.jpg -o tagged", 0, [exiftool("tagged/a.jpg", "IFD0:Copyright", WHOLE + "a")]),
        Step("check -p ./filigrane.yaml --json tagged/a.jpg", 0, [json_is("verdict", "pass")]),
    ]),
    Case("a file on standard input has no name, so that any stem will do", files={
        "IMG_1.jpg": jpeg(), "filigrane.yaml": profile(notice="© {creator} ({stem})")}, run=standard_input),
    Case("another stem, camera or day is not what the profile states", control=True, files={
        "a-320.jpg": jpeg(exif_segment(tiff_block([text(0x8298, WHOLE + "b"), text(0x13B, "Jane Doe"), *CAMERA], exif=DATE))),
        "filigrane.yaml": profile()}, steps=[Step("check -p ./filigrane.yaml --json a-320.jpg", 1, [finds("rights.differs")])]),
    Case("tag refuses, as publish does, when nothing is left of a notice", files={
        "a.jpg": jpeg(), "filigrane.yaml": profile(notice="{camera}")}, steps=[
            Step("publish a.jpg -o web -q", 1, [says("nothing is left of the notice")]),
            Step("tag a.jpg -o tagged", 1, [says("nothing is left of the notice")])]),
]

"""No picture that is to carry marks goes out without one and with exit 0."""
import json

from facts import Untrue, absent, exists, json_has, need, same_pixels, says, says_not
from files import alternatives, exif_segment, jpeg, picture, png, png_xmp, sequence, text, tiff_block, webp, webp_xmp, xmp, xmp_segment
from run import RIGHTS, Case, Step

NOTICE = jpeg(exif_segment(tiff_block([text(0x8298, "© 2026 Jane Doe")])))


def profile(marks, rights=RIGHTS, long_edge=400, named="", formats="jpeg"):
    return (f"extends: gallery\n{rights}privacy: {{ keep: [title, caption, day] }}\nmarks: {{ signature: null, veil: null, {marks} }}\n"
            f"derivatives: [ {{ name: web, long_edge: {long_edge}, formats: [{formats}]{named} }} ]\n")


def fails(name, photo, settings, *words, path="a.jpg", out="web/a-400.jpg"):
    """The photo fails at stage `mark`, and the way out is named; with `marks: []` it is published."""
    return Case(name, {path: photo, "p.yaml": settings, "none.yaml": settings.replace(" } ]", ", marks: [] } ]")}, [
        Step(f"publish {path} -p p.yaml -o web", 1, [says("marks: []", *words), absent(out)]),
        Step(f"publish {path} -p p.yaml -o web --json", 1, [json_has("stage", "mark"), json_has("status", "failed")]),
        Step(f"publish {path} -p none.yaml -o web", 0, [exists(out), says_not("would go out")])])


def marks_of(path, *expected):
    def fact(outcome):
        with open(f"{outcome.folder}/web/filigrane.json", encoding="utf-8") as file:
            found = {one["path"]: one["marks"] for photo in json.load(file)["photos"] for one in photo["derivatives"]}
        need(found.get(path) == list(expected), f"the marks of {path} to be {expected}", found)
    return fact


LONG = "© 2026 Jane Doe and the Alpine Photographers Association of Saint-Laurent-du-Pont, all rights reserved"
TITLE = 'm: { text: "{title}", place: bottom }'

CASES = [
    fails("a mark whose fields are all absent", jpeg(), profile(TITLE), "none of the fields"),
    fails("the same in a PNG without a title", png(), profile('m: { text: "{caption} {title}", place: top }', formats="png"),
          "none of the fields", path="a.png", out="web/a-400.png"),
    fails("a photo with a notice and no creator, without a profile of rights", NOTICE,
          profile('m: { text: "© {creator}", place: bottom }', rights=""), "none of the fields"),
    fails("a notice in XMP of a WebP and no creator", webp(webp_xmp(xmp(alternatives("dc:rights", "© Jane Doe"))), flags=0x04),
          profile('m: { text: "{creator}", place: bottom }', rights=""), path="a.webp"),
    fails("a text that finds no room even in two lines", jpeg(of=picture("jpeg", 1600, 1200)),
          profile(f'm: {{ text: "{" ".join([LONG] * 4)}", place: bottom }}', long_edge=1600), "no room", out="web/a-1600.jpg"),
    fails("a veil on a picture that is too small for one", jpeg(), profile('m: { text: "© {creator}", place: tiled }'), "none of its marks is for"),
    Case("the built-in profile fails a photo with a notice and no creator", {"a.jpg": NOTICE}, [
        Step("publish a.jpg -o web", 1, [says("marks: []"), absent("web/a-400.jpg")])]),
    Case("a picture under 320 px carries none, by its size", control=True, files={
        "a.png": png(of=picture("png", 319, 200)), "p.yaml": profile('m: { text: "© {creator}", place: bottom }')}, steps=[
            Step("publish a.png -p p.yaml -o web", 0, [exists("web/a-319.jpg"), marks_of("a-319.jpg")])]),
    Case("a long text is set in two lines before it fails", {
        "a.jpg": jpeg(of=picture("jpeg", 1200, 900)), "b.jpg": jpeg(of=picture("jpeg", 1000, 1333)),
        "p.yaml": profile(f'm: {{ text: "{LONG}", place: bottom }}', long_edge=1333),
        "none.yaml": profile(f'm: {{ text: "{LONG}", place: bottom }}', long_edge=1333, named=", marks: []")}, [
            Step("publish a.jpg -p p.yaml -o web", 0, [marks_of("a-1200.jpg", "m"), says_not("no room")]),
            Step("publish b.jpg -p p.yaml -o web", 0, [marks_of("b-1000.jpg", "m"), says_not("no room")])]),
    Case("a mark that is left out beside another is a warning", control=True, files={
        "a.jpg": jpeg(), "p.yaml": profile(TITLE + ', n: { text: "© {creator}", place: top }')}, steps=[
            Step("publish a.jpg -p p.yaml -o web", 0, [says("no mark m"), marks_of("a-400.jpg", "n")])]),
    Case("a mark that one's own file or --set states and no derivative carries is told", {
        "a.jpg": jpeg(), "p.yaml": profile('m: { text: "© {creator}", place: bottom }, seal: { text: "JD", place: top-left }',
                                           named=", marks: [m]"),
        "q.yaml": "extends: p.yaml\n"}, [
            Step("publish a.jpg -p p.yaml -o web", 0, [says("“seal”", "`marks` of a derivative", "web")]),
            Step("publish a.jpg -p q.yaml -o web2", 0, [says_not("“seal”")]),
            Step("publish a.jpg -p q.yaml -o web3 --set marks.seal.visibility=20", 0, [says("“seal”", "`marks` of a derivative")])]),
    Case("the built-in profiles leave no mark over", control=True, files={"a.jpg": jpeg()}, steps=[
        Step(f"publish a.jpg -p {name} -o {name} --set rights.creator=Jane", 0, [says_not("stands on no picture")])
        for name in ("discreet", "proof", "social")]),
]

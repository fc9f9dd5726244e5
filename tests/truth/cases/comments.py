"""Prompts of image generators, in comments and captions of every carrier; comments in whatever form they say that they have."""
import json

from facts import exiftool_says_not, finds, finds_not, json_has, says
from files import (BYTE, alternatives, comment_segment, exif_segment, iim, jpeg, photoshop_segment, pictures, png, png_text, png_xmp, resource,
                   text, tiff_block, tiff_with, undefined, webp, webp_exif, webp_xmp, xmp, xmp_segment)
from run import PROFILE, Case, Step

OWN = [text(0x13B, "Jane Doe"), text(0x8298, "© 2026 Jane Doe")]
UNICODE, PLAIN = b"UNICODE\0", b"ASCII\0\0\0"
SETTINGS = "a castle, by Jane Doe\nNegative prompt: blur\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Model: x"
GRAPH = json.dumps({"3": {"class_type": "KSampler", "inputs": {"seed": 42, "steps": 20}}, "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle"}}})
SWARM = json.dumps({"sui_image_params": {"prompt": "a castle", "model": "x", "seed": 42}})
NOVEL = json.dumps({"prompt": "a castle", "steps": 28, "sampler": "k_euler", "seed": 42, "uc": "blur"})
JOURNEY = "a castle at dawn --ar 3:2 --v 6.1 Job ID: 0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
PROMPTS = {"settings": SETTINGS, "graph": GRAPH, "swarm": SWARM, "novel": NOVEL, "journey": JOURNEY}


def comment(value, order="<"):
    return tiff_block(OWN, exif=[undefined(0x9286, value)], order=order)


def escaped(value):
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("\n", "&#10;")


def packet(name, value):
    return xmp(alternatives("dc:rights", "© 2026 Jane Doe") + (alternatives(name, escaped(value)) if name.startswith("dc:") else f"<{name}>{escaped(value)}</{name}>"))


IN_COMMENT = {f"{name}-{i}.jpg": jpeg(exif_segment(comment(value, order))) for name, prompt in PROMPTS.items() for i, (value, order) in enumerate((
    (UNICODE + prompt.encode("utf-16-be"), ">"), (UNICODE + prompt.encode("utf-16-le"), "<"), (UNICODE + prompt.encode(), "<"), (PLAIN + prompt.encode(), ">"),
    (b"Unicode\0" + prompt.encode("utf-16-le"), "<")))}
ELSEWHERE = {
    "com.jpg": jpeg(comment_segment(SETTINGS)), "com-json.jpg": jpeg(comment_segment(NOVEL)),
    "uc.webp": webp(webp_exif(comment(UNICODE + SETTINGS.encode("utf-16-be"), ">")), flags=0x08),
    "uc.png": png(pictures.png_chunk(b"eXIf", comment(PLAIN + GRAPH.encode()))),
    "make.webp": webp(webp_exif(tiff_block([*OWN, text(0x10F, "workflow:" + GRAPH), text(0x110, "prompt:" + GRAPH)])), flags=0x08),
    "xp.jpg": jpeg(exif_segment(tiff_block([*OWN, (0x9C9C, BYTE, len(SETTINGS) * 2, SETTINGS.encode("utf-16-le"))]))),
    "uc.tif": tiff_with(OWN, below=[(0x8769, [undefined(0x9286, PLAIN + SETTINGS.encode())])]),
    "xmp.jpg": jpeg(xmp_segment(packet("exif:UserComment", SETTINGS))), "xmp.webp": webp(webp_xmp(packet("dc:description", JOURNEY)), flags=0x04),
    "xmp.png": png(png_xmp(packet("tiff:ImageDescription", NOVEL))), "text.png": png(png_text("Comment", NOVEL)), "about.png": png(png_text("Description", JOURNEY)),
    "caption.jpg": jpeg(exif_segment(tiff_block([*OWN, text(0x10E, JOURNEY)]))),
    "iim.jpg": jpeg(photoshop_segment(resource(0x0404, iim((116, "© 2026 Jane Doe"), (120, JOURNEY))))),
    "private.jpg": jpeg(pictures.segment(0xEA, b"AIGC\0" + SWARM.encode())),
}
RIGHT = "© 2020 Paul Martin, Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Model: x"
TEXTS = {"recipe": "Steps: 20 up to the castle. Size: small", "cooking": "Seed: sunflower. Steps: none", "letter": "a --v and more",
         "json": json.dumps({"camera": "x", "model": "y"}), "plain": "a castle at dawn, after the rain"}


def is_prompt(path):
    return Step(f"check --json --show-values {path}", None, [finds("personal.prompt", "ai.undeclared"), finds_not("personal.comment")])


def gone(files):
    return [Step(f"scrub -o clean {' '.join(files)}", 0, [exiftool_says_not(f"clean/{path}", "castle", "Euler") for path in files])] + [
        Step(f"publish {path} -o web/{path} -q", 0, [exiftool_says_not(f"web/{path}", "castle", "Euler")]) for path in files]


CASES = [
    *(Case(f"a prompt in UserComment is told as one: {name}", files={path: data for path, data in IN_COMMENT.items() if path.startswith(name)},
           steps=[is_prompt(path) for path in IN_COMMENT if path.startswith(name)]) for name in PROMPTS),
    *(Case(f"a prompt is told wherever it stands: {path}", files={path: data}, steps=[is_prompt(path)]) for path, data in ELSEWHERE.items()),
    Case("a photo's own comments are no prompts", control=True, files={f"{name}.jpg": jpeg(exif_segment(comment(PLAIN + value.encode()))) for name, value in TEXTS.items()},
         steps=[Step(f"check --json {name}.jpg", None, [finds("personal.comment"), finds_not("personal.prompt", "ai.undeclared")]) for name in TEXTS]),
    Case("a declared picture is not called undeclared", control=True, files={"a.jpg": jpeg(exif_segment(comment(PLAIN + SETTINGS.encode())), xmp_segment(xmp(
        attributes='Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"')))},
        steps=[Step("check --json a.jpg", None, [finds_not("ai.undeclared")])]),
    Case("scrub and publish leave no prompt, and keep no caption that is one", files={**ELSEWHERE, "a.jpg": IN_COMMENT["settings-0.jpg"], "filigrane.yaml": PROFILE},
         steps=gone([*ELSEWHERE, "a.jpg"])),
    Case("a UserComment in UTF-8 that says UNICODE, in words of any case", files={
        f"{i}.jpg": jpeg(exif_segment(comment(word + "à l'aube, 45.3019, 5.7750".encode()))) for i, word in enumerate((UNICODE, b"unicode\0", b"Unicode ", b"ascii\0\0\0", b"\0" * 8))},
        steps=[Step(f"check --json --show-values {i}.jpg", 1, [finds("location.gps"), json_has("personal.*.value", "à l'aube, 45.3019, 5.7750")]) for i in range(5)]),
    Case("a notice that reads like a prompt is a notice, and another's", control=True, files={
        "a.png": png(png_text("Copyright", RIGHT)), "b.jpg": jpeg(exif_segment(tiff_block([text(0x8298, RIGHT)]))), "filigrane.yaml": PROFILE},
        steps=[Step(f"check --json {path}", None, [json_has("copyright.notice", RIGHT)]) for path in ("a.png", "b.jpg")]
        + [Step(f"tag -o out {path}", 1, [says("another owner's notice")]) for path in ("a.png", "b.jpg")]),
]

"""publish takes JPEG XL: colours, depth, alpha and turn are those that its codestream states, and what is damaged or too large is refused.
It writes JPEG XL, with loss, or as the twin of a JPEG."""
import os
import struct
import subprocess
import zlib

from colour import PROFILE, PUBLISH, published, ramp, shows
from facts import absent, digest, exiftool, json_is, jxl_boxes, need, says, says_not, size_is
from files import as_bytes, brotli, comment_segment, exif_segment, gps_entries, jxl_of_jpeg, sequence, short, text, tiff_block, xmp, xmp_segment
from run import Case, Step
from swatches import ADOBE, BT2020, GREYS, P3, SWATCHES, box, coded, gamma, grey_rows, icc, jpeg, packed, png, png_chunks, pq, rows, with_sample
import pictures


def jxl(of, *options):
    """What cjxl makes of a PNG."""
    return coded(of, ".jxl", "cjxl", "{in}", "{out}", *options)


def lossless(of, *options):
    return jxl(of, "-d", "0", *options)


def bright(*options):
    """PQ of BT.2100 with 16 bits, as its code points name it."""
    ppm = b"P6 96 64 65535\n" + b"".join(packed(rows(gamut=BT2020, curve=pq), 16))
    return coded(ppm, ".jxl", "cjxl", "{in}", "{out}", "-x", "color_space=RGB_D65_202_Rel_PeQ", *options)


# The swatches at half their values and an alpha of .5, and the flag alpha_associated (ISO/IEC 18181-1), as cjxl 0.11 writes it without
# loss of such a PNG with --premultiply=1. What cjxl 0.7 writes with it has no flag.
MULTIPLIED = bytes.fromhex(
    "ff0a0fc10028010810100008014b18938e83834934c4f8f8ffb67d014100d49f6c00548685911ca7"
    "91041880f46699d2454c8d502623fa4a516fbc66b04f02012bfe54b671f16713d95f1c7408b400")


def turned(orientation):
    """What cjxl makes of a JPEG whose Exif has this orientation: the codestream turns the picture, and Exif says so still."""
    return jxl_of_jpeg(jpeg(rows(), exif_segment(tiff_block([short(0x112, orientation), text(0x10F, "Canon")]))))


def animation(*frames):
    """An APNG of frames of one size, each shown for a tenth of a second."""
    def frame(number, picture):
        control = struct.pack(">IIIIIHHBB", number, len(picture[0]), len(picture), 0, 0, 1, 10, 0, 0)
        return pictures.png_chunk(b"fcTL", control), zlib.compress(b"".join(b"\0" + row for row in packed(picture)))

    out, number = pictures.png_header(len(frames[0][0]), len(frames[0]), 8, 2), 0
    out += pictures.png_chunk(b"acTL", struct.pack(">II", len(frames), 0))
    for i, picture in enumerate(frames):
        control, data = frame(number, picture)
        number += 1
        out += control
        if i == 0:
            out += pictures.png_chunk(b"IDAT", data)
        else:
            out += pictures.png_chunk(b"fdAT", struct.pack(">I", number) + data)
            number += 1
    return out + pictures.png_chunk(b"IEND", b"")


# 65536 x 65536 pixels, all at its defaults, and nothing of them: the size in 18 bits each.
HUGE = b"\xff\x0a" + sum(value << at for value, at in ((0, 0), (2, 1), (65535, 3), (0, 21), (2, 24), (65535, 26), (1, 44))).to_bytes(6, "little") + b"\0" * 64
TELLING = jpeg(rows(), exif_segment(tiff_block([text(0x8298, "© 2026 Jane Doe. All rights reserved."), text(0x13B, "Jane Doe")], gps=gps_entries())),
               xmp_segment(xmp(sequence("dc:creator", "Jane Doe"))), comment_segment("call me at 4711-0815"))

def profile(formats, more=""):
    """What the table's profile writes, in other formats."""
    return PROFILE.replace("formats: [png]", f"formats: [{formats}]") + more


SITE = "site out --base-url https://photos.example/ -o site"
TWIN = "quality: { jxl: twin }\n"


def has_jpeg_back(jpeg_path, jxl_path):
    """djxl puts together the very JPEG that stands beside it."""
    def fact(outcome):
        back = os.path.join(outcome.folder, "back.jpg")
        subprocess.run(["djxl", os.path.join(outcome.folder, jxl_path), back], check=True, capture_output=True)
        need(digest(back) == digest(os.path.join(outcome.folder, jpeg_path)), f"{jpeg_path} out of {jxl_path}", "other bytes")
    return fact


def no_jpeg_back(jxl_path):
    def fact(outcome):
        need(not any(outer == b"jbrd" for outer, _, _ in jxl_boxes(os.path.join(outcome.folder, jxl_path))), f"no jbrd in {jxl_path}", "one")
    return fact


def decoded(jxl_path, *facts):
    """What facts, functions of a path, say of the PNG that djxl makes."""
    def fact(outcome):
        subprocess.run(["djxl", os.path.join(outcome.folder, jxl_path), os.path.join(outcome.folder, "decoded.png")], check=True, capture_output=True)
        for one in facts:
            one("decoded.png")(outcome)
    return fact


def in_this_order(*words, never=None):
    """So does the page of the site name the files."""
    def fact(outcome):
        with open(os.path.join(outcome.folder, "site", "pictures.html"), encoding="utf-8") as file:
            page = file.read()
        places = [page.find(word) for word in words]
        need(min(places) >= 0 and places == sorted(places), f"{words} in this order", page)
        need(never is None or never not in page, f"no {never}", page)
    return fact


def sizes_grow(world):
    world.filigrane(PUBLISH)
    world.filigrane(PUBLISH.replace("-o out", "-o again"))
    world.filigrane(PUBLISH.replace("-o out", "-o high") + " --set quality.jxl=95 --set quality.effort.jxl=7")
    need(world.read("out/a-400.jxl") == world.read("again/a-400.jxl"), "the same bytes", "others")
    need(len(world.read("high/a-400.jxl")) > len(world.read("out/a-400.jxl")), "a larger file", len(world.read("high/a-400.jxl")))


NOTICE = "© Jane Doe. All rights reserved."
WRITTEN = [
    Case("a JPEG XL is written with loss, with the rights in Exif and XMP, and check finds nothing in it", {
        "in/a.png": png(rows()), "profile.yaml": profile("jpeg, jxl")},
        [Step(PUBLISH, facts=[exiftool("out/a-96.jxl", "IFD0:Copyright", NOTICE), exiftool("out/a-96.jxl", "XMP-dc:Rights", NOTICE),
                              decoded("out/a-96.jxl", shows(tolerance=12)), no_jpeg_back("out/a-96.jxl")]),
         Step("check --json -p profile.yaml out/a-96.jxl", 0, [json_is("verdict", "pass"), json_is("copyright.notice", NOTICE)]),
         Step("tag -p profile.yaml --in-place out/a-96.jxl", 0), Step("scrub --in-place out/a-96.jxl", 0, [exiftool("out/a-96.jxl", "IFD0:Copyright", NOTICE)])]),
    Case("alpha comes along", {"in/a.png": png(with_sample(rows(), ramp)), "profile.yaml": profile("jxl")},
         [Step(PUBLISH, facts=[decoded("out/a-96.jxl", shows(tolerance=12, alpha=ramp))])]),
    Case("a higher quality makes a larger file, and both are the same each time", {
        "in/a.png": png(rows(width=400, height=300)), "profile.yaml": profile("jxl")}, run=lambda world: sizes_grow(world)),
    Case("a twin gives back the very JPEG beside it, in whatever order they are named", {
        "in/a.png": png(rows(width=400, height=300)), "in/b.jpg": TELLING, "profile.yaml": profile("jxl, jpeg", TWIN)},
        [Step(PUBLISH, facts=[has_jpeg_back(f"out/{stem}.jpg", f"out/{stem}.jxl") for stem in ("a-400", "b-96")]),
         Step("check --json out/b-96.jxl", 0, [json_is("verdict", "pass"), json_is("copyright.notice", NOTICE)]),
         Step("scrub -o clean out/a-400.jxl", 0, [says("can't be had back"), no_jpeg_back("clean/a-400.jxl")])]),
    Case("a twin without a JPEG of its size is a mistake of the profile", {
        "in/a.png": png(rows()), "profile.yaml": profile("jxl, png", TWIN)}, [Step(PUBLISH, 2, [says("twin", "jpeg", "profile.yaml"), absent("out")])]),
    Case("<picture> names AVIF, JPEG XL, WebP, JPEG", {
        "in/a.png": png(rows()), "profile.yaml": profile("jpeg, webp, jxl, avif")},
        [Step(PUBLISH), Step(SITE, 0, [in_this_order("a-96.avif", "a-96.jxl", "a-96.webp", "a-96.jpg")])]),
    Case("no <picture> names a twin", {
        "in/a.png": png(rows()), "profile.yaml": profile("jpeg, webp, jxl", TWIN)},
        [Step(PUBLISH), Step(SITE, 0, [in_this_order("a-96.webp", "a-96.jpg", never="a-96.jxl")])]),
]

BARE = lossless(png(rows(width=400, height=300)), "--container=0")


def damaged(sentence, data):
    return Case(sentence, {"in/a.jxl": data, "profile.yaml": PROFILE},
                [Step(PUBLISH, 1, [says("JPEG XL: the picture", "take it from the camera or a backup again"), absent("out/a-400.png")])])


CASES = WRITTEN + [
    published("a bare JPEG XL without loss", "a.jxl", lossless(png(rows()), "--container=0"), shows(tolerance=1)),
    published("a boxed one", "a.jxl", lossless(png(rows()), "--container=1"), shows(tolerance=1)),
    published("one with loss", "a.jxl", jxl(png(rows()), "-d", "0.5"), shows(tolerance=8)),
    published("one that was a JPEG", "a.jxl", jxl_of_jpeg(jpeg(rows())), shows(tolerance=8)),
    published("16 bits", "a.jxl", lossless(png(rows(), 16)), shows(tolerance=1)),
    published("16 bits with a profile of P3", "a.jxl", lossless(png(rows(gamut=P3, curve=gamma(2.2)), 16, png_chunks(iCCP=icc(P3, 2.2)))), shows()),
    published("8 bits with a profile of Adobe RGB", "a.jxl",
              lossless(png(rows(gamut=ADOBE, curve=gamma(2.2)), 8, png_chunks(iCCP=icc(ADOBE, 2.2)))), shows()),
    published("a profile of P3 of which loss left nothing but the colours", "a.jxl",
              jxl(png(rows(gamut=P3, curve=gamma(2.2)), 8, png_chunks(iCCP=icc(P3, 2.2))), "-d", "0.5"), shows(tolerance=10)),
    published("colours brighter than white, by PQ, without loss", "a.jxl", bright("-d", "0"), shows()),
    published("the same with loss", "a.jxl", bright("-d", "0.3"), shows(tolerance=8)),
    published("grey", "a.jxl", lossless(png(grey_rows())), shows(GREYS, tolerance=1)),
    published("grey of 16 bits with a profile, and alpha", "a.jxl",
              lossless(png(with_sample(grey_rows(gamma(1.8)), ramp), 16, png_chunks(iCCP=icc(exponent=1.8, grey=True)))), shows(GREYS, alpha=ramp)),
    published("alpha", "a.jxl", lossless(png(with_sample(rows(), ramp))), shows(tolerance=2, alpha=ramp)),
    published("alpha with loss", "a.jxl", jxl(png(with_sample(rows(), ramp)), "-d", "0.5"), shows(tolerance=10, alpha=ramp)),
    published("alpha that the colours were multiplied by", "a.jxl", MULTIPLIED, shows(tolerance=4, alpha=lambda x: 0.5)),
    Case("a picture that the codestream turns has the size and the sides that a decoder gives it, once", {
        "in/a.jxl": turned(6), "profile.yaml": PROFILE,
    }, [Step(PUBLISH, facts=[size_is("out/a-64.png", 64, 96), exiftool("out/a-64.png", "IFD0:Orientation", "1")])]),
    Case("the same upside down", {"in/a.jxl": turned(3), "profile.yaml": PROFILE},
         [Step(PUBLISH, facts=[shows(tuple(reversed(SWATCHES)), tolerance=8)("out/a-96.png")])]),
    published("of an animation the first frame", "a.jxl", lossless(animation(rows(), rows(tuple(reversed(SWATCHES))))), shows(tolerance=1)),
    damaged("a codestream that is cut", BARE[:-40]),
    damaged("a codestream that is nonsense behind its head", BARE[:40] + b"\x55" * 4000),
    Case("more pixels than limits.pixels are refused before any is decoded", {"in/a.jxl": HUGE, "profile.yaml": PROFILE},
         [Step(PUBLISH, 1, [says("65536 x 65536 pixels", "the limit is")])]),
    Case("places and comments of Exif, XMP and the former JPEG stay behind, the rights come along", {
        "in/a.jxl": jxl_of_jpeg(TELLING), "profile.yaml": PROFILE,
    }, [Step(PUBLISH, facts=[exiftool("out/a-96.png", "IFD0:Artist", "Jane Doe"), exiftool("out/a-96.png", "GPS:all", None)]),
        Step("check --json out/a-96.png", 0, [json_is("verdict", "pass")])]),
    Case("another's notice in a compressed box is not published over", {
        "in/a.jxl": lossless(png(rows()), "--container=1") + box(b"brob", b"xml ", brotli(as_bytes(xmp(sequence("dc:creator", "Zoe Stranger"))))),
        "profile.yaml": PROFILE,
    }, [Step(PUBLISH, 1, [says("Zoe Stranger"), absent("out/a-96.png")])]),
]

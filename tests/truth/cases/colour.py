"""publish, and what plan, manifest and check say of a picture: its colours, alpha, size and page are those that its file states."""
import struct

from facts import alike, exiftool, json_is, need, says, says_not, size_is, swatches
from files import exif_segment, short, text, tiff_block, undefined
from run import RIGHTS, Case, Step
from swatches import (ADOBE, BT2020, GREYS, P3, SRGB, SWATCHES, box, chrm, clap, gamma, grey_rows, heif, icc, irot, jpeg, png, png_chunks, pq,
                      rows, srgb, tiff, webp, with_sample)
import pictures

# One PNG of the photo's own size, so that no encoder and no scale stands between.
PROFILE = "extends: gallery\n" + RIGHTS + """marks: { signature: null, veil: null }
derivatives: [ { name: web, long_edge: 4000, formats: [png], marks: [] } ]
"""
PUBLISH = "publish in -o out -p profile.yaml"
ADOBE_GAMMA = 563 / 256


def published(sentence, name, data, *facts, width=96, **more):
    """A case of one photo: what `facts`, functions of the path of its PNG, say of it."""
    stem = name.rpartition(".")[0]
    return Case(sentence, {"in/" + name: data, "profile.yaml": PROFILE},
                [Step(PUBLISH, facts=[fact(f"out/{stem}-{width}.png") for fact in facts])], **more)


def shows(colours=SWATCHES, tolerance=4, **more):
    return lambda path: swatches(path, colours, tolerance, **more)


def refused(sentence, name, data, *words, **more):
    return Case(sentence, {"in/" + name: data, "profile.yaml": PROFILE},
                [Step(PUBLISH, status=1, facts=[says(*words), says_not("take it from the camera or a backup again")])], **more)


def ramp(x):
    return x


# ---- 16 bits, alpha, profile ----

ADOBE_ROWS = rows(gamut=ADOBE, curve=gamma(2.2))
ADOBE_ICC = icc(ADOBE, 2.2)
DEEP = [
    published("a 16-bit PNG with alpha and a profile keeps its ramp", "a.png",
              png(with_sample(ADOBE_ROWS, ramp), 16, png_chunks(iCCP=ADOBE_ICC)), shows(alpha=ramp)),
    published("a 16-bit TIFF with alpha and a profile keeps its ramp, big endian", "a.tif",
              tiff({"picture": with_sample(ADOBE_ROWS, ramp), "bits": 16, "extra": (2,), "icc_profile": ADOBE_ICC}, order=">"),
              shows(alpha=ramp)),
    published("a grey 16-bit PNG with alpha and a grey profile keeps its ramp", "a.png",
              png(with_sample(grey_rows(gamma(1.8)), ramp), 16, png_chunks(iCCP=icc(exponent=1.8, grey=True))),
              shows(GREYS, alpha=ramp)),
    published("an 8-bit PNG with alpha and a profile keeps its ramp", "a.png",
              png(with_sample(ADOBE_ROWS, ramp), 8, png_chunks(iCCP=ADOBE_ICC)), shows(alpha=ramp), control=True),
    published("a 16-bit PNG with a profile has its colours", "a.png", png(ADOBE_ROWS, 16, png_chunks(iCCP=ADOBE_ICC)), shows(),
              control=True),
]

# ---- TIFF's warnings ----

NUL = {"picture": rows(), "entries": [(0x10F, 2, 24, b"NIKON CORPORATION\0\0\0\0 ZZ\0")]}
WARNINGS = [
    published("a TIFF whose make has a NUL in it is no damaged one", "a.tif", tiff(NUL), shows()),
    published("a TIFF whose caption has a NUL in it is no damaged one, big endian", "a.tif",
              tiff({"picture": rows(), "entries": [(0x10E, 2, 12, b"Cat\0corrupt\0")]}, order=">"), shows()),
    published("a TIFF that speaks of damage in a NUL-padded text of a deep picture is no damaged one", "a.tif",
              tiff({"picture": rows(), "bits": 16, "entries": [(0x131, 2, 20, b"X\0premature, trunc.\0")]}), shows()),
]

# ---- PNG ----

PNG = [
    published("a PNG of gamma 1.0 is linear, 16 bits", "a.png", png(rows(curve=gamma(1)), 16, png_chunks(gAMA=[1])), shows()),
    published("a PNG of gamma 1/1.8 is that, 8 bits", "a.png", png(rows(curve=gamma(1.8)), 8, png_chunks(gAMA=[1 / 1.8])), shows()),
    published("a grey PNG of gamma 1.0 is linear", "a.png", png(grey_rows(gamma(1)), 16, png_chunks(gAMA=[1])), shows(GREYS)),
    published("a PNG of gamma 1.0 with alpha keeps both", "a.png",
              png(with_sample(rows(curve=gamma(1)), ramp), 16, png_chunks(gAMA=[1])), shows(alpha=ramp)),
    published("a PNG with the primaries of Display P3 is converted", "a.png",
              png(rows(gamut=P3), 8, png_chunks(gAMA=[0.45455], cHRM=chrm(P3))), shows()),
    published("a PNG with the primaries of Adobe RGB and no gamma is converted, 16 bits", "a.png",
              png(rows(gamut=ADOBE), 16, png_chunks(cHRM=chrm(ADOBE))), shows()),
    published("cICP says Display P3", "a.png", png(rows(gamut=P3), 8, png_chunks(cICP=bytes((12, 13, 0, 1)))), shows()),
    published("cICP says PQ", "a.png", png(rows(gamut=BT2020, curve=pq), 16, png_chunks(
        cICP=bytes((9, 16, 0, 1)), cLLI=struct.pack(">II", 203 * 10000, 0))), shows(tolerance=5)),  # not brighter than white
    published("cICP goes before a profile, gamma and primaries", "a.png",
              png(rows(gamut=P3), 8, png_chunks(cICP=bytes((12, 13, 0, 1)), iCCP=ADOBE_ICC, gAMA=[1], cHRM=chrm(SRGB))), shows()),
    published("cICP says linear light, grey", "a.png", png(grey_rows(gamma(1)), 16, png_chunks(cICP=bytes((1, 8, 0, 1)))), shows(GREYS)),
    published("sRGB goes before gamma and primaries", "a.png",
              png(rows(), 8, png_chunks(sRGB=b"\0", gAMA=[1], cHRM=chrm(P3))), shows(), control=True),
    published("a profile goes before gamma and primaries", "a.png",
              png(ADOBE_ROWS, 8, png_chunks(iCCP=ADOBE_ICC, gAMA=[1], cHRM=chrm(P3))), shows(), control=True),
]

# ---- Adobe RGB by DCF ----


def dcf(space, index=None, order="<"):
    """An EXIF block with ColorSpace and InteropIndex, whose directory stands at the end."""
    exif = [short(0xA001, space, order)]
    if index is None:
        return tiff_block([text(0x10F, "Camera")], exif, order=order)
    entries = [text(1, index), undefined(2, b"0100")]
    pointer = (0xA005, 4, 1, b"\0" * 4)
    block = tiff_block([text(0x10F, "Camera")], exif + [pointer], order=order)
    at = block.index(struct.pack(order + "HHI", 0xA005, 4, 1)) + 8
    block = block[:at] + struct.pack(order + "I", len(block)) + block[at + 4:]
    return block + pictures.ifd(entries, len(block), order=order)


DCF_ROWS = rows(gamut=ADOBE, curve=gamma(ADOBE_GAMMA))
DCF = [
    published("a JPEG of InteropIndex R03 is Adobe RGB", "a.jpg", jpeg(DCF_ROWS, exif_segment(dcf(65535, "R03"))), shows(tolerance=6)),
    published("a JPEG of ColorSpace 2 is Adobe RGB, big endian", "a.jpg", jpeg(DCF_ROWS, exif_segment(dcf(2, order=">"))),
              shows(tolerance=6)),
    published("a PNG whose eXIf says R03 is Adobe RGB", "a.png",
              png(DCF_ROWS, 8, pictures.png_chunk(b"eXIf", dcf(65535, "R03"))), shows()),
    published("a 16-bit PNG whose eXIf says R03 is Adobe RGB", "a.png",
              png(DCF_ROWS, 16, pictures.png_chunk(b"eXIf", dcf(65535, "R03", ">"))), shows()),
    published("a JPEG of R98 is sRGB", "a.jpg", jpeg(rows(), exif_segment(dcf(1, "R98"))), shows(tolerance=6), control=True),
    published("what the file states itself goes before R03", "a.png",
              png(rows(), 8, png_chunks(sRGB=b"\0") + pictures.png_chunk(b"eXIf", dcf(65535, "R03"))), shows(), control=True),
]

KEPT = [
    Case(f"scrub and tag keep what says Adobe RGB, {name}",
         {f"a.{name}": data, "profile.yaml": PROFILE},
         [Step(f"scrub -o out a.{name}", facts=[exiftool(f"out/a.{name}", "InteropIFD:InteropIndex", "R03"),
                                             exiftool(f"out/a.{name}", "ExifIFD:ColorSpace", "65535")]),
          Step(f"scrub -o again out/a.{name}", facts=[exiftool(f"again/a.{name}", "InteropIFD:InteropIndex", "R03")]),
          Step(f"tag -p profile.yaml -o tagged a.{name}", facts=[exiftool(f"tagged/a.{name}", "InteropIFD:InteropIndex", "R03")])])
    for name, data in (("jpg", jpeg(DCF_ROWS, exif_segment(dcf(65535, "R03")))),
                       ("png", png(DCF_ROWS, 8, pictures.png_chunk(b"eXIf", dcf(65535, "R03", ">")))))
] + [
    Case("scrub and tag keep cICP, gAMA and cHRM", {"a.png": png(rows(gamut=P3), 8, png_chunks(
        cICP=bytes((12, 13, 0, 1)), gAMA=[0.45455], cHRM=chrm(P3))), "profile.yaml": PROFILE},
         [Step("scrub -o out a.png", facts=[exiftool("out/a.png", "PNG-cICP:ColorPrimaries", "12"), exiftool("out/a.png", "PNG:RedX", "0.68")]),
          Step("tag -p profile.yaml -o tagged a.png", facts=[exiftool("tagged/a.png", "PNG:Gamma", "2.2"),
                                                            exiftool("tagged/a.png", "PNG-cICP:ColorPrimaries", "12")])], control=True),
]

# ---- Samples of TIFF ----

LINEAR = rows(curve=gamma(1))
SAMPLES = [
    published("a float TIFF with a profile goes by it", "a.tif",
              tiff({"picture": ADOBE_ROWS, "bits": 32, "kind": "float", "icc_profile": ADOBE_ICC}), shows()),
    published("a float TIFF with alpha and a profile keeps both, big endian", "a.tif",
              tiff({"picture": with_sample(ADOBE_ROWS, ramp), "bits": 32, "kind": "float", "extra": (2,), "icc_profile": ADOBE_ICC},
                   order=">"), shows(alpha=ramp)),
    published("a grey float TIFF without a profile is linear", "a.tif",
              tiff({"picture": grey_rows(gamma(1)), "bits": 32, "kind": "float"}), shows(GREYS)),
    published("a float TIFF without a profile is linear", "a.tif", tiff({"picture": LINEAR, "bits": 32, "kind": "float"}), shows(),
              control=True),
    refused("a half-float TIFF is not supported", "a.tif", tiff({"picture": LINEAR, "bits": 16, "kind": "float"}), "floating point of 16 bits"),
    refused("a TIFF of 64-bit floats is not supported, big endian", "a.tif",
            tiff({"picture": LINEAR, "bits": 64, "kind": "float"}, order=">"), "floating point of 64 bits"),
    refused("a TIFF of 32-bit integers is not supported", "a.tif", tiff({"picture": rows(), "bits": 32}), "integers of 32 bits"),
    refused("a grey TIFF of 32-bit integers is not supported, big endian", "a.tif",
            tiff({"picture": grey_rows(), "bits": 32}, order=">"), "integers of 32 bits"),
    published("a grey profile counts as none on a 16-bit TIFF in colour", "a.tif",
              tiff({"picture": rows(), "bits": 16, "icc_profile": icc(exponent=1.8, grey=True)}), shows()),
    published("a profile of RGB counts as none on a grey 16-bit PNG", "a.png",
              png(grey_rows(), 16, png_chunks(iCCP=ADOBE_ICC)), shows(GREYS), control=True),
    published("a sample that is nothing is no alpha", "a.tif", tiff({"picture": with_sample(rows(), 0.25), "extra": (0,)}), shows()),
    published("a sample that is nothing is no alpha, grey, 16 bits, big endian", "a.tif",
              tiff({"picture": with_sample(grey_rows(), 0.25), "bits": 16, "extra": (0,)}, order=">"), shows(GREYS)),
    published("alpha behind a sample that is nothing is found", "a.tif",
              tiff({"picture": with_sample(with_sample(rows(), 0.25), ramp), "extra": (0, 2)}), shows(alpha=ramp)),
]

# ---- Parts of a profile in a JPEG ----

LONG_ICC = icc(ADOBE, 2.2, padding=3000)


def icc_parts(*parts, profile=LONG_ICC, count=2):
    """APP2 segments of (number, start, end) of a profile."""
    return [pictures.segment(0xE2, b"ICC_PROFILE\0" + bytes((number, count)) + profile[start:end]) for number, start, end in parts]


PLAIN = shows(tolerance=6)
PARTS = [
    published("a JPEG that lacks a part of its profile is published without", "a.jpg", jpeg(rows(), *icc_parts((1, 0, 2000))), PLAIN),
    published("a JPEG whose profile is empty is published without", "a.jpg", jpeg(rows(), *icc_parts((1, 0, 0), count=1)), PLAIN),
    published("a JPEG whose profile's parts count from 0 is published without", "a.jpg",
              jpeg(rows(), *icc_parts((0, 0, 2000), (1, 2000, None))), PLAIN),
    published("a profile in the wrong order counts as none", "a.jpg", jpeg(rows(), *icc_parts((2, 2000, None), (1, 0, 2000))), PLAIN),
    published("a part that is there twice and differs makes the profile none", "a.jpg",
              jpeg(rows(), *icc_parts((1, 0, 2000), (1, 5, 2005), (2, 2000, None))), PLAIN),
    published("a part that is there twice and is the same counts once", "a.jpg",
              jpeg(ADOBE_ROWS, *icc_parts((1, 0, 2000), (1, 0, 2000), (2, 2000, None))), shows(tolerance=6)),
    published("a profile in two parts counts", "a.jpg", jpeg(ADOBE_ROWS, *icc_parts((1, 0, 2000), (2, 2000, None))),
              shows(tolerance=6), control=True),
]

# ---- HEIC and AVIF ----

WIDE = rows(width=192, height=64)

APERTURE = [
    Case("check tells the size that an aperture leaves", {
        "a.avif": heif(WIDE, clap(96, 64, (-48, 1))), "b.heic": heif(WIDE, clap(96, 64, (48, 1)), format="heic")},
         [Step(f"check --json {path}", 1, [json_is("width", 96), json_is("height", 64)]) for path in ("a.avif", "b.heic")]),
    published("an AVIF shows what its aperture leaves", "a.avif", heif(WIDE, clap(96, 64, (-48, 1))),
              lambda path: size_is(path, 96, 64), lambda path: swatches(path, (SWATCHES[0],) * 2 + (SWATCHES[1],) * 2 + (
                  SWATCHES[4],) * 2 + (SWATCHES[5],) * 2)),
    published("a HEIC shows what its aperture leaves", "a.heic", heif(WIDE, clap(96, 64, (48, 1)), format="heic"),
              lambda path: size_is(path, 96, 64), lambda path: swatches(path, (SWATCHES[2],) * 2 + (SWATCHES[3],) * 2 + (
                  SWATCHES[6],) * 2 + (SWATCHES[7],) * 2)),
    published("an aperture of odd size between pixels", "a.avif", heif(WIDE, clap(181, 61)), lambda path: size_is(path, 181, 61), width=181),
    published("an aperture of a picture that is turned then", "a.avif", heif(WIDE, clap(96, 64), irot(1)),
              lambda path: size_is(path, 64, 96), width=64),
    published("an aperture of a picture that was turned before", "a.heic", heif(WIDE, irot(1), clap(64, 96), format="heic"),
              lambda path: size_is(path, 64, 96), width=64),
    published("a turned AVIF has its size", "a.avif", heif(WIDE, irot(3)), lambda path: size_is(path, 64, 192), width=64, control=True),
]

HALF = with_sample([[[n * 0.5 for n in pixel] for pixel in row] for row in rows()], 0.5)


def narrow(light):
    return (16 + 219 * srgb(light)) / 255


def colr(profile):
    return box(b"colr", b"prof", profile)


AVIF = [
    published("alpha that was multiplied in is taken out again, AVIF", "a.avif", heif(HALF, alpha=True, premultiplied=True),
              shows(alpha=lambda x: 0.5, tolerance=5)),
    published("alpha that was multiplied in is taken out again, HEIC", "a.heic",
              heif(HALF, alpha=True, premultiplied=True, format="heic"), shows(alpha=lambda x: 0.5, tolerance=5)),
    published("a grey AVIF goes by its grey profile", "a.avif",
              heif(grey_rows(gamma(1.8)), colr=colr(icc(exponent=1.8, grey=True))), shows(GREYS)),
    published("a grey HEIC goes by its grey profile", "a.heic",
              heif(grey_rows(gamma(1.0)), colr=colr(icc(exponent=1.0, grey=True)), format="heic"), shows(GREYS, tolerance=8)),
    published("a grey AVIF of narrow range is widened", "a.avif", heif(grey_rows(narrow), nclx=(1, 13, 6, 0)), shows(GREYS)),
    published("a grey HEIC of narrow range is widened", "a.heic", heif(grey_rows(narrow), nclx=(1, 13, 6, 0), format="heic"), shows(GREYS)),
    published("a grey AVIF of full range stays", "a.avif", heif(grey_rows()), shows(GREYS), control=True),
    refused("YCgCo is not supported", "a.avif", heif(rows(), nclx=(1, 13, 8, 1)), "YCgCo"),
    refused("YCgCo is not supported, HEIC", "a.heic", heif(rows(), nclx=(1, 13, 8, 1), format="heic"), "YCgCo"),
]

# ---- The page of a TIFF ----

SMALL = rows(colours=((200, 40, 40),) * 8, width=24, height=16)
REDUCED = [(254, 4, 1, struct.pack("<I", 1))]
PAGES = [
    published("a TIFF that begins with a reduced page gives the full one", "a.tif",
              tiff({"picture": SMALL, "entries": REDUCED}, {"picture": rows()}), lambda path: size_is(path, 96, 64), shows()),
    published("a 16-bit TIFF that begins with two reduced pages gives the full one, big endian", "a.tif",
              tiff({"picture": SMALL, "entries": [(254, 4, 1, struct.pack(">I", 1))]},
                   {"picture": SMALL, "entries": [(255, 3, 1, struct.pack(">H", 2))]},
                   {"picture": rows(), "bits": 16}, order=">"), lambda path: size_is(path, 96, 64), shows()),
    published("a TIFF of two full pages gives the first", "a.tif", tiff({"picture": rows()}, {"picture": SMALL}),
              lambda path: size_is(path, 96, 64), shows(), control=True),
]

# ---- Strips ----

STRIP = [[[0.5, 0.25, 0.75]] * 2400] * 8
STRIPS = [
    published("a strip of 300:1 is published, PNG", "a.png", png(STRIP), lambda path: size_is(path, 2400, 8), width=2400),
    Case("a derivative of a strip has one pixel at least", {
        "in/a.png": png([[[0.5, 0.25, 0.75]] * 4] * 3000), "profile.yaml": PROFILE.replace("4000", "320")},
         [Step(PUBLISH, facts=[size_is("out/a-1.png", 1, 320)])]),
    Case("sizes of a strip that would share a name are one", {
        "in/a.png": png([[[0.5, 0.25, 0.75]] * 4] * 3000),
        "profile.yaml": PROFILE.replace("{ name: web,", "{ name: small, long_edge: 320, formats: [png], marks: [] }, { name: web,").replace(
            "4000", "640")},
         [Step(PUBLISH, facts=[size_is("out/a-1.png", 1, 640)])]),
]

# ---- Logos ----

SEALED = PROFILE.replace("signature: null,", "signature: null, seal: { logo: LOGO, place: centre, size: 60% },").replace("marks: []", "marks: [seal]")
PHOTO = png([[[0.5, 0.5, 0.5]] * 480] * 320)
LOGO_COLOURS = ((200, 30, 30), (30, 60, 200)) * 4
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}<text x="10" y="70" font-size="60" {}>Jane</text></svg>'


def logo(bits, chunks=b"", **how):
    return png(with_sample(rows(LOGO_COLOURS, **how), 1.0), bits, chunks)


def like_plain(sentence, data, **more):
    """A photo sealed with this logo is the same as one sealed with the plain one, sRGB of 8 bits."""
    return Case(sentence, {"in/a.png": PHOTO, "plain.png": logo(8), "other.png": data, "plain.yaml": SEALED.replace("LOGO", "plain.png"),
                           "other.yaml": SEALED.replace("LOGO", "other.png")},
                [Step("publish in -o plain -p plain.yaml"),
                 Step("publish in -o other -p other.yaml", facts=[alike("other/a-480.png", "plain/a-480.png", 4)])], **more)


def sealed(sentence, svg, status, *facts, **more):
    return Case(sentence, {"in/a.png": PHOTO, "logo.svg": svg, "profile.yaml": SEALED.replace("LOGO", "logo.svg")},
                [Step(PUBLISH, status=status, facts=list(facts))], **more)


LOGOS = [
    like_plain("a 16-bit PNG logo is as one of 8 bits", logo(16)),
    like_plain("a logo goes by its profile", logo(8, png_chunks(iCCP=ADOBE_ICC), gamut=ADOBE, curve=gamma(2.2))),
    like_plain("a 16-bit logo goes by its profile", logo(16, png_chunks(iCCP=ADOBE_ICC), gamut=ADOBE, curve=gamma(2.2))),
    like_plain("a logo goes by cICP", logo(8, png_chunks(cICP=bytes((12, 13, 0, 1))), gamut=P3)),
    like_plain("a 16-bit logo of gamma 1.0 is linear", logo(16, png_chunks(gAMA=[1]), curve=gamma(1)), control=True),
    sealed("text of a logo in a font that is not there is an error", SVG.format("", 'font-family="No Such Face"'), 2, says("No Such Face")),
    sealed("so it is by a style, within CDATA", SVG.format("<style><![CDATA[text{font-family:'No Such Face'}]]></style>", ""), 2,
           says("No Such Face")),
    sealed("text of a logo in a font that is there is drawn", SVG.format("", "style=\"font: bold 60px 'No Such Face', 'DejaVu Sans'\""), 0,
           control=True),
    sealed("what is no text may name any font", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
           '<g style="font-family:No Such Face"><rect width="200" height="100"/></g></svg>', 0, control=True),
]

CASES = DEEP + WARNINGS + PNG + DCF + KEPT + SAMPLES + PARTS + APERTURE + AVIF + PAGES + STRIPS + LOGOS

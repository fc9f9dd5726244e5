"""What a colour profile tells beside its colours: told by check, gone after scrub, and the colours are the same."""
import os
import subprocess
import tempfile

import swatches
from facts import alike, bytes_lack, exiftool, finds, finds_not, profile_of, need, same_colours
from files import icc_profile, icc_segments, jpeg, png, png_icc, riff_chunk, tiff_with, webp
from run import PROFILE, Case, Step

SECRET = b"Marie Dupont, 12 rue des Lilas"
WIDE = SECRET.decode().encode("utf-16-be")


def text_tag(value):
    return b"text\0\0\0\0" + value + b"\0"


def localized(value):
    """multiLocalizedUnicodeType with one text (ICC.1:2022, 10.15)."""
    return b"mluc\0\0\0\0" + (1).to_bytes(4, "big") + (12).to_bytes(4, "big") + b"enUS" + len(value).to_bytes(4, "big") + (28).to_bytes(4, "big") + value


def boxed(kind, profile):
    """An AVIF or HEIC with this profile in its colr box; heif-enc would cut off what stands behind its end."""
    whole = len(profile).to_bytes(4, "big") + profile[4:]
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.png"), os.path.join(folder, "a." + kind)
        with open(source, "wb") as file:
            file.write(png(png_icc(whole)))
        command = ["heif-enc", "-q", "60", "-o", target, source] + (["-A"] if kind == "avif" else [])
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(target, "rb") as file:
            made = file.read()
    assert whole in made
    return made.replace(whole, profile)


def in_each(profile):
    """A file of each container that holds a profile."""
    entry = (34675, 7, len(profile), profile)
    return {"a.jpg": jpeg(icc_segments(profile)), "b.png": png(png_icc(profile)), "c.webp": webp(before=[riff_chunk(b"ICCP", profile)], flags=0x20),
            "d.tif": tiff_with([entry]), "e.tif": tiff_with([entry], order=">"), "f.avif": boxed("avif", profile), "g.heic": boxed("heic", profile)}


def case(what, profile, *words):
    files = in_each(profile)
    secrets = words or (SECRET, WIDE)
    steps = [Step(f"check --json {path}", None, [finds("icc.device")]) for path in files]
    steps += [Step(f"scrub -o clean {' '.join(files)}", 0, [fact for path in files for fact in (
        bytes_lack(f"clean/{path}", *secrets), same_colours(f"clean/{path}", path), alike(f"clean/{path}", path, 0))])]
    steps += [Step(f"check --json clean/{path}", None, [finds_not("icc.device")]) for path in files]
    steps += [Step(f"publish {' '.join(path for path in files)} -o web -q", 0, [bytes_lack(f"web/{path[0]}-{32 if path.endswith('.tif') else 320}.jpg", *secrets) for path in files])]
    steps += [Step(f"tag -o out {' '.join(files)}", 0, [same_colours(f"out/{path}", path) for path in files])]
    return Case(f"a profile with {what}", files={**files, "filigrane.yaml": PROFILE}, steps=steps)


def is_as_it_was(path, other):
    def fact(outcome):
        one, two = (profile_of(os.path.join(outcome.folder, name)) for name in (path, other))
        need(one == two, f"the profile of {path} to be that of {other}", "other bytes")
    return fact


CURVES = [(name, b"curv\0\0\0\0" + (30000).to_bytes(4, "big") + b"".join(
    round(65535 * (n / 29999) ** power).to_bytes(2, "big") for n in range(30000))) for name, power in ((b"rTRC", 1.8), (b"gTRC", 2.0), (b"bTRC", 2.2))]
LONG = icc_profile(behind=SECRET, replace=CURVES)
NAMES = {f"{number}.png": png(png_icc(icc_profile(), name)) for number, name in enumerate(("Color LCD Marie iMac", "DELL U2720Q", "EPSON SC-P900 Marie"))}
PLAIN = in_each(icc_profile())
STANDARD = {f"{number}.jpg": jpeg(icc_segments(icc_profile(name))) for number, name in enumerate(
    (b"sRGB IEC61966-2.1", b"Adobe RGB (1998)", b"Display P3", b"ProPhoto RGB", b"Dot Gain 20%", b"ISO Coated v2 300% (ECI)", b"c2", b"Nikon sRGB 4.0.0.3002",
     b"ITU-R BT. 709 Reference Display", b"eciRGB v2"))}

CASES = [
    case("bytes behind its end", icc_profile(behind=SECRET)),
    case("bytes behind its end, over several segments", LONG),
    case("bytes between its tags", icc_profile(gap=SECRET + b"\0\0")),
    case("a private tag with text", icc_profile(extra=[(b"DevD", text_tag(SECRET))])),
    case("a private tag with wide text", icc_profile(extra=[(b"Pmtr", b"data\0\0\0\0" + WIDE)])),
    case("a monitor's own tag", icc_profile(extra=[(b"mmod", b"mmod\0\0\0\0" + SECRET), (b"vcgt", b"vcgt\0\0\0\0" + bytes(18))])),
    case("the name of a screen", icc_profile(b"DELL U2720Q #3", extra=[(b"dmdd", b"desc\0\0\0\0\0\0\0\x1f" + SECRET + b"\0" * 80)]), SECRET, b"DELL"),
    case("the name of a screen and its owner", icc_profile(b"Color LCD - Marie's iMac"), b"Marie", b"iMac"),
    case("the name of a printer in a newer form", b"".join((lambda made: (made[:8], b"\x04\x30\0\0prtr", made[16:]))(
        icc_profile(replace=[(b"desc", localized("EPSON SC-P900 Marie Dupont".encode("utf-16-be")))]))), b"EPSON", "EPSON".encode("utf-16-be"), "Marie".encode("utf-16-be")),
    Case("the name of a profile in a PNG", files={**NAMES, "filigrane.yaml": PROFILE}, steps=[
        Step(f"check --json {path}", None, [finds("icc.device")]) for path in NAMES] + [
        Step(f"scrub -o clean {' '.join(NAMES)}", 0, [fact for path in NAMES for fact in (
            exiftool(f"clean/{path}", "PNG:ProfileName", "ICC"), same_colours(f"clean/{path}", path), bytes_lack(f"clean/{path}", b"Marie", b"DELL"))])] + [
        Step(f"check --json clean/{path}", None, [finds_not("icc.device")]) for path in NAMES]),
    Case("a plain profile stays as it is", control=True, files=PLAIN, steps=[
        Step(f"scrub -o clean {' '.join(PLAIN)}", 0, [is_as_it_was(f"clean/{path}", path) for path in PLAIN])] + [
        Step(f"check --json {path}", None, [finds_not("icc.device")]) for path in PLAIN]),
    Case("names of standards tell nothing", control=True, files=STANDARD, steps=[
        Step(f"check --json {path}", None, [finds_not("icc.device")]) for path in STANDARD]),
    Case("what a PNG says of its colours beside a profile that is cleaned stays", files={
        "a.png": png(swatches.png_chunks(cICP=b"\x0c\x0d\0\x01"), png_icc(icc_profile(behind=SECRET)))}, steps=[
        Step("scrub -o clean a.png", 0, [bytes_lack("clean/a.png", SECRET), exiftool("clean/a.png", "PNG-cICP:ColorPrimaries", "12"), same_colours("clean/a.png", "a.png")])]),
]

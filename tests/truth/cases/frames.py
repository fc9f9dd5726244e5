"""Frames in a WebP that is no animation: a decoder passes over them, and after scrub and tag it still does."""
import os
import struct
import subprocess
import tempfile

from facts import exiftool, need, tool
from files import alternatives, picture, pictures, riff_chunk, webp, webp_xmp, xmp
from run import PROFILE, Case, Step

OURS = "© 2020 Jane Doe"
XMP = webp_xmp(xmp(alternatives("dc:rights", OURS)))
HEAD = bytes(6) + (399).to_bytes(3, "little") + (299).to_bytes(3, "little") + bytes(4)
FRAMES = {"empty": riff_chunk(b"ANMF", b""), "zeros": riff_chunk(b"ANMF", bytes(16)), "head": riff_chunk(b"ANMF", HEAD),
          "anim": riff_chunk(b"ANIM", bytes(6)) + riff_chunk(b"ANMF", HEAD)}
FILES = {f"{name}-{kind}-{where}.webp": webp(*([frame] if where == "behind" else []), XMP, flags=0x04, of=picture(kind), before=[frame] if where == "before" else [])
         for name, frame in FRAMES.items() for kind in ("webp", "webp-lossless") for where in ("behind", "before")}
# Without a VP8X, which a scrub or tag then adds.
BARE = picture("webp")
FILES["bare.webp"] = b"RIFF" + struct.pack("<I", len(BARE) - 8 + 8) + BARE[8:] + riff_chunk(b"ANMF", b"")


def dwebp_takes(path):
    return lambda outcome: tool("dwebp", "-quiet", f"{outcome.folder}/{path}", "-o", f"{outcome.folder}/.png")


def decodes(path):
    """By dwebp and by webpmux, to the pixels that it had."""
    def fact(outcome):
        dwebp_takes(path)(outcome)
        tool("webpmux", "-info", f"{outcome.folder}/{path}")
        now, before = (tool("dwebp", "-quiet", f"{outcome.folder}/{one}", "-pgm", "-o", "-") for one in (path, path.split("/")[-1]))
        need(now == before, f"the pixels of {path} to be as they were", "others")
    return fact


def animation():
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("a.png", "b.png", "c.webp")]
        for seed, name in enumerate(names[:2]):
            with open(name, "wb") as file:
                file.write(pictures.png(400, 300, seed))
        subprocess.run(["img2webp", "-d", "100", *names[:2], "-o", names[2]], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(names[2], "rb") as file:
            return file.read()


def has_frames(path):
    def fact(outcome):
        out = tool("webpmux", "-info", f"{outcome.folder}/{path}")
        need("animation" in out, f"{path} to be an animation still", out)
    return fact


CASES = [
    Case("a WebP with a frame that nobody shows decodes after scrub and tag", files={**FILES, "filigrane.yaml": PROFILE}, steps=[
        Step(f"scrub -o clean {' '.join(FILES)}", 0, [decodes(f"clean/{path}") for path in FILES]),
        Step(f"tag -o out {' '.join(FILES)}", 0, [
            exiftool(f"out/{path}", "XMP-dc:Rights", "© Jane Doe. All rights reserved.") for path in FILES] + [dwebp_takes(f"out/{path}") for path in FILES]),
        Step(f"scrub -o twice {' '.join('out/' + path for path in FILES)}", 0, [decodes(f"twice/{path}") for path in FILES])]),
    Case("an animation stays one", control=True, files={"a.webp": animation(), "filigrane.yaml": PROFILE}, steps=[
        Step("scrub -o clean a.webp", 0, [has_frames("clean/a.webp")]), Step("tag -o out a.webp", 0, [has_frames("out/a.webp")])]),
]

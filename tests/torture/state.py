#!/usr/bin/env python3
"""A state or a manifest that was damaged, forged or brought from elsewhere: rebuilt, never trusted, never a way out.

state.py [--mutants N] | --short
"""
import argparse
import hashlib
import json
import os
import random
import shutil
import struct

import pictures
from harness import ONE_SIZE, Torture, fingerprint, originals, read_json

FORGED = ("../outside.jpg", "../../outside.jpg", "a/../../outside.jpg", "link/outside.jpg", "/etc/hostname", "", ".",
          "filigrane.json", "\u0000x", "x" * 5000)


def mutant(data, chance):
    kind, data = chance.choice(("flip", "cut", "number", "swap", "empty")), bytearray(data)
    if kind == "flip":
        for _ in range(chance.choice((1, 3, 30))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del data[chance.randrange(len(data)):]
    elif kind == "number":
        digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
        for _ in range(5):
            data[chance.choice(digits)] = 48 + chance.randrange(10)
    elif kind == "swap":
        a, b = sorted(chance.sample(range(len(data)), 2))
        data = data[:a] + data[b:] + data[a:b]
    else:
        data = bytearray(chance.choice((b"", b"{}", b"[]", b"null", b"[" * 100000, b'{"state":999}', b"\xff" * 99)))
    return bytes(data)


def pictures_of(out):
    return {path: found for path, found in fingerprint(out).items() if path != b"filigrane.json"}


def damaged(torture, shoot, whole, name, mutants):
    """Whatever stands in the file: no crash, and the pictures of an undisturbed run."""
    chance, out, endings = random.Random(8431), torture.path("web"), {}
    with open(os.path.join(whole, name), "rb") as file:
        data = file.read()
    for i in range(mutants):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(whole, out)
        with open(os.path.join(out, name), "wb") as file:
            file.write(mutant(data, chance))
        result = torture.publish(shoot, "-o", out, "-q", *(["--prune"] if i % 2 else []))
        what = "mutant %d of %s" % (i, name)
        allowed = (0,) if name.startswith(".filigrane") else (0, 2)
        torture.expect(result.status in allowed, "%s: it ends with %d: %s" % (what, result.status, result.err[:300]))
        torture.expect(result.status == 0 or name in result.err, "%s: the message does not name it: %s" % (what, result.err))
        torture.expect(pictures_of(out) == pictures_of(whole), "%s: the pictures differ" % what)
        if name.startswith(".filigrane"):
            torture.expect(fingerprint(out) == fingerprint(whole), "%s: the manifest differs" % what)
        endings[result.status] = endings.get(result.status, 0) + 1
    torture.say("%d mutants of %s: %s; the pictures whole each time" % (mutants, name, ", ".join(
        "%d ended with %d" % (count, status) for status, count in sorted(endings.items()))))


def forge_state(path, forged):
    """The state with another name for each file in it, as whole as a forger can make it."""
    with open(path, "rb") as file:
        data = file.read()
    head = data.index(b"\n") + 1
    body = data[head + 32:]
    for name in (b"p0-160.jpg", b"p1-160.jpg"):
        told = struct.pack("<I", len(name) + 1) + name
        assert told in body
        body = body.replace(told, struct.pack("<I", len(forged) + 1) + forged)
    with open(path, "wb") as file:
        file.write(data[:head] + hashlib.sha256(body).digest() + body)


def forged(torture, shoot, whole):
    """Entries that name files elsewhere, and --prune: nothing outside the output folder goes."""
    out, outside = torture.path("web"), torture.path("outside.jpg")
    for name in (".filigrane/state", "filigrane.json"):
        for path in FORGED:
            shutil.rmtree(out, ignore_errors=True)
            shutil.copytree(whole, out)
            os.symlink(torture.folder, os.path.join(out, "link"))
            with open(outside, "w", encoding="utf-8") as file:
                file.write("mine")
            if name == "filigrane.json":
                told = read_json(os.path.join(out, name))
                gone = dict(told["photos"][0], source="gone.jpg")
                gone["derivatives"] = [dict(gone["derivatives"][0], path=path)]
                told["photos"].append(gone)
                with open(os.path.join(out, name), "w", encoding="utf-8") as file:
                    json.dump(told, file)
            else:
                forge_state(os.path.join(out, name), path.encode())
            result = torture.publish(shoot, "-o", out, "-q", "--prune")
            what = "%s with %r" % (name, path[:40])
            torture.expect(result.status in (0, 2), "%s: it ends with %d: %s" % (what, result.status, result.err[:300]))
            torture.expect(os.path.exists(outside) and os.path.exists("/etc/hostname"), "%s: a file outside is gone" % what)
            torture.expect(pictures_of(out) == pictures_of(whole), "%s: the pictures differ" % what)
    torture.say("%d forged paths in state and manifest with --prune: nothing outside was touched" % len(FORGED))


def links_to_originals(torture, shoot):
    """An output folder, a folder in it, or an output that is a link to an original: it stays as it was."""
    before = originals(shoot)
    elsewhere = torture.path("elsewhere")
    os.symlink(shoot, elsewhere)
    result = torture.publish(shoot, "-o", elsewhere, "-q")
    torture.expect(result.status == 2, "the output folder as a link to the input ends with %d" % result.status)
    name = sorted(os.listdir(shoot))[0].partition(".")[0] + "-160.jpg"
    for how in (os.symlink, os.link):
        out = torture.path("links-" + how.__name__)
        os.makedirs(out)
        how(os.path.join(shoot, sorted(os.listdir(shoot))[0]), os.path.join(out, name))
        result = torture.publish(shoot, "-o", out, "-q")
        torture.expect(result.status in (0, 2), "an output that is a %s of an original: %d" % (how.__name__, result.status))
    inside = os.path.join(shoot, "web")
    for _ in range(2):
        result = torture.publish(shoot, "-o", inside, "-q", "--force")
        torture.expect(result.status == 0, "the output folder inside the input ends with %d: %s" % (result.status, result.err))
    made = len(pictures_of(inside))
    torture.expect(made == len(before), "pictures were published again: %d of %d" % (made, len(before)))
    shutil.rmtree(inside)
    after = originals(shoot)
    # A hard link that was made and removed changes the status-change time alone.
    torture.expect({path: entry[:3] + entry[4:] for path, entry in before.items()} ==
                   {path: entry[:3] + entry[4:] for path, entry in after.items()}, "an original has changed")
    torture.say("output folder inside the input, as a link to it, outputs as links to originals: originals as they were")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutants", type=int, default=200)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("state")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE)
    shoot, whole = torture.path("shoot"), torture.path("whole")
    os.makedirs(shoot)
    jpeg = pictures.one_of_each(torture.path("one"), 400, 300)["jpeg"]
    for i in range(2):
        with open(os.path.join(shoot, "p%d.jpg" % i), "wb") as file:
            file.write(pictures.shot(jpeg, i))
    result = torture.publish(shoot, "-o", whole, "-q")
    torture.expect(result.status == 0, "the undisturbed run fails: " + result.err)
    for name in (".filigrane/state", "filigrane.json"):
        damaged(torture, shoot, whole, name, 5 if given.short else given.mutants)
    if not given.short:
        forged(torture, shoot, whole)
    links_to_originals(torture, shoot)
    torture.finish()


if __name__ == "__main__":
    main()

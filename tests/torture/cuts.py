#!/usr/bin/env python3
"""Damaged originals: cut short, or with a bit turned over. None may be published as if it were whole.

cuts.py [--cuts N] [--flips N]   N truncations and N bit errors, spread over the formats; four of them 50 times over
cuts.py --short                  two dozen truncations and a dozen bit errors

A turned bit that no checksum covers and every decoder takes is not damage that anyone can see: those are counted by
format and told, with what the witness (vips, fail=true) made of the same file. A cut is never excused.
"""
import argparse
import os
import random
import subprocess

import pictures
from harness import ONE_SIZE, Torture, originals

PATIENCE = 1200


def witness(path):
    """Whether libvips' own tool decodes it to the end, and what it remarks on the way."""
    told = subprocess.run(["vips", "avg", path + "[fail-on=warning]"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, env=dict(os.environ, VIPS_CONCURRENCY="1"), check=False)
    remarks = {line.rpartition(": ")[2] for line in told.stderr.decode("utf-8", "replace").splitlines() if line}
    # A tag that it never heard of touches no pixel, and sound files of many programs have some.
    remarks = {remark for remark in remarks if not remark.startswith("Unknown field with tag")}
    return told.returncode == 0, remarks


def cut_places(length, count, chance):
    """Fractions from 1 to 99 %, and the last bytes, where a decoder is most tempted to be content."""
    places = [max(1, length * (1 + 98 * i // max(1, count - 3)) // 100) for i in range(count - 3)]
    return places + [length - 1, length - 2, length - chance.randrange(3, 12)]


def lacks_end_alone(kind, length, place):
    """Whether a cut takes nothing but the end mark, without which a picture is whole: EOI of JPEG, IEND of PNG."""
    return place >= length - {"jpeg": 2, "png": 12}.get(kind.partition("-")[0], 0)


class Damage:
    def __init__(self, torture, count_cuts, count_flips, kinds):
        self.torture, self.folder = torture, torture.path("shoot")
        os.makedirs(self.folder)
        self.whole = pictures.one_of_each(torture.path("one"), 400, 300, kinds)
        self.made = {}  # source -> (format, "cut", "end" or "flip", what)
        chance = random.Random(8431)
        for i, kind in enumerate(sorted(self.whole)):
            data = self.whole[kind]
            share = [(count + i) // len(self.whole) for count in (count_cuts, count_flips)]
            for place in cut_places(len(data), share[0], chance):
                self.add(kind, "end" if lacks_end_alone(kind, len(data), place) else "cut", "%d of %d bytes" % (place, len(data)), data[:place])
            for _ in range(share[1]):
                bit = chance.randrange(8 * len(data))
                bad = bytearray(data)
                bad[bit // 8] ^= 1 << bit % 8
                self.add(kind, "flip", "bit %d of byte %d of %d" % (bit % 8, bit // 8, len(data)), bytes(bad))

    def add(self, kind, how, what, data):
        name = "%s-%s-%03d%s" % (kind, how, len(self.made), pictures.suffix(kind))
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)
        self.made[name] = (kind, how, what)

    def judge(self):
        torture, out = self.torture, self.torture.path("web")
        # A byte that made the file another kind, or none, would pass it over in a folder: here each is given by name.
        names = sorted(self.made)
        result = torture.publish(*[os.path.join(self.folder, name) for name in names], "-o", out, "--json",
                                 patience=PATIENCE)
        told = result.photos()
        torture.expect(sorted(told) == names, "%d of %d photos are told of" % (len(told), len(names)))
        torture.expect(result.status == 1, "the run ends with %d" % result.status)
        lines = result.err.splitlines()
        counts = {}
        for name in names:
            kind, how, what = self.made[name]
            failed = told.get(name, {}).get("status") == "failed"
            count = counts.setdefault((kind, how), {"made": 0, "refused": 0, "accepted": []})
            count["made"] += 1
            count["refused"] += failed
            if failed:
                torture.expect(sum(name in line for line in lines) == 1, "%s is not told in one line" % name)
                torture.expect(not told[name]["derivatives"], "%s failed, but has files" % name)
            else:
                count["accepted"].append(name)
                torture.expect(how != "cut", "%s (%s) was published" % (name, what))
                told.pop(name) if how == "end" else None  # What is said of it is a warning.
        torture.expect_no_left_over(out, "cuts")
        torture.expect_honest_manifest(out, "cuts")
        self.tell(counts)
        return told

    def tell(self, counts):
        for (kind, how), count in sorted(counts.items()):
            if how == "end":
                self.torture.expect(not count["refused"], "%s without an end mark is refused" % kind)
                continue
            usual = witness(self.torture.path("one", kind + pictures.suffix(kind)))
            seen = [name for name in count["accepted"] if not self.passes(name, usual)]
            self.torture.say("%-16s %-5s %3d made, %3d refused, %2d published as whole%s" % (
                kind, how + "s", count["made"], count["refused"], len(count["accepted"]),
                "; of those the witness objects to %s" % seen if seen else ""))
            self.torture.expect(not seen, "%s: another decoder sees the damage in %s" % (kind, seen))
            if kind.startswith("png"):
                self.torture.expect(not count["accepted"], "PNG has checksums: no damage may pass")

    def passes(self, name, usual):
        fine, remarks = witness(os.path.join(self.folder, name))
        return fine and remarks <= usual[1]

    def repeat(self, told, times):
        """Four damaged files again and again: the verdict may not depend on which thread was faster."""
        chosen = [next((name for name in sorted(told) if self.made[name][:2] == pick), None)
                  for pick in (("png", "flip"), ("png", "cut"), ("jpeg", "cut"), ("tiff", "cut"))]
        folder = self.torture.path("again")
        os.makedirs(folder)
        for name in filter(None, chosen):
            for i in range(times):
                os.link(os.path.join(self.folder, name), os.path.join(folder, "%02d-%s" % (i, name)))
        result = self.torture.publish(folder, "-o", self.torture.path("again-web"), "--json", "-j", "4",
                                      patience=PATIENCE)
        accepted = [line["source"] for line in result.photos().values() if line["status"] != "failed"]
        self.torture.expect(not accepted, "a repeated one was published: %s" % accepted)
        messages = {}
        for line in result.photos().values():
            messages.setdefault(line["source"][3:], set()).add(line["message"])
        for name, said in messages.items():
            self.torture.expect(len(said) == 1, "%s fails now so, now so: %s" % (name, said))
        self.torture.say("%d files %d times each: %d of %d published" %
                         (len(messages), times, len(accepted), len(result.photos())))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--flips", type=int, default=200)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("cuts")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE)
    kinds = dict(pictures.KINDS) if given.short else {**pictures.KINDS, **pictures.VARIANTS}
    damage = Damage(torture, 24 if given.short else given.cuts, 12 if given.short else given.flips, kinds)
    before = originals(damage.folder)
    told = damage.judge()
    damage.repeat(told, 2 if given.short else 50)
    # Links were made to four of them, which changes their status-change time and nothing else.
    after = originals(damage.folder)
    torture.expect({path: entry[:3] for path, entry in before.items()} ==
                   {path: entry[:3] for path, entry in after.items()}, "an original has changed")
    torture.finish()


if __name__ == "__main__":
    main()

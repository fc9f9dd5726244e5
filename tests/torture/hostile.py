#!/usr/bin/env python3
"""Hostile photos: each gets its verdict, its neighbours come out as if it were not there, and nothing leaks.

hostile.py [--maker make_hostile.py] [--corpus DIR] [--mutants N]
    the traps of traps.py, then, where it is to be had, a second and much larger set by a maker of its own
    (default: ../shared/tools/make_hostile.py beside the tree), with mutants of the photos in DIR
hostile.py --short
    the traps of traps.py
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from urllib.parse import unquote_to_bytes

import canary
import pictures
import traps
from harness import HERE, ONE_SIZE, PROGRAM, Torture, alive_in, fingerprint, originals

SHARED = os.path.join(HERE, "..", "..", "..", "shared")
# Verdicts of the second set that do not fit what is promised here, and why.
EXCUSED = (
    (lambda kind, name: kind == "names" and name.startswith("."), "hidden files are left out"),
    (lambda kind, name: kind == "names" and len(name) > 245, "no derivative's name would fit"),
    (lambda kind, name: name == "unreadable.jpg" and os.geteuid() == 0, "root can read it"),
)
MOST_MEMORY, MOST_SECONDS, BOMB_SECONDS = 1536 << 20, 60, 1.0
WALL = 3600


class Watch:
    """The CPU time of the longest worker, looked at five times a second."""

    def __init__(self):
        self.seconds, self.next = 0.0, 0.0

    def __call__(self, session):
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + 0.2
        for pid in alive_in(session):
            try:
                with open("/proc/%d/stat" % pid, "rb") as file:
                    name, _, rest = file.read().rpartition(b")")
            except OSError:
                continue
            words = rest.split()
            if b"(fg-photo" in name:
                ticks = int(words[11]) + int(words[12])
                self.seconds = max(self.seconds, ticks / os.sysconf("SC_CLK_TCK"))


def outcomes(result):
    """By number of the folder: the JSON lines, the lines of failures, and the lines of what was passed over."""
    told, failures, skipped = {}, {}, {}
    for source, line in result.photos().items():
        told.setdefault(int(source[:4]), []).append(line)
    for line in result.err.splitlines():
        word, _, rest = line.partition(" ")
        number = rest.partition("/shoot/")[2][:4]
        if word == "failed:" and number.isdigit():
            failures.setdefault(int(number), []).append(line)
        elif word == "skipped" and number.isdigit():
            skipped.setdefault(int(number), []).append(line)
    return told, failures, skipped


def judge(torture, name, result, made, out):
    told, failures, skipped = outcomes(result)
    counts, excused = {}, []
    for number, kind, file, verdict, why in made:
        what = "%s %s (%s, %s): " % (kind, file, why, verdict)
        lines = told.get(number, [])
        statuses = {line["status"] for line in lines}
        files = [path for line in lines for path in line["derivatives"]]
        became = "skipped" if not lines else "failed" if statuses == {"failed"} else "published"
        count = counts.setdefault(verdict, {"published": 0, "failed": 0, "skipped": 0})
        count[became] += 1
        torture.expect(len(lines) <= 1, what + "it is told of %d times" % len(lines))
        if became == "failed":
            torture.expect(len(failures.get(number, [])) == 1, what + "standard error does not name it in one line: %s" %
                           failures.get(number))
            torture.expect(not os.path.exists(os.path.join(out, "%04d" % number)), what + "it failed, but left files")
        elif became == "skipped" and not file.startswith(".") and "folder" not in why and "directory" not in why:
            torture.expect(skipped.get(number), what + "nobody says that it was passed over")
        for path in files:
            torture.expect(os.path.isfile(os.path.join(out, path)) or "\ufffd" in path, what + "%s is not there" % path)
        excuse = next((reason for fits, reason in EXCUSED if name == "made" and fits(kind, file)), None)
        if excuse:
            excused.append(excuse)
            continue
        fits = {"ok": became == "published", "error": became != "published", "bomb": became == "failed",
                "skip": became == "skipped", "either": True}[verdict]
        torture.expect(fits, what + "it was %s: %s" % (became, [line["message"] for line in lines]))
    if excused:
        torture.say("%s: verdicts that do not fit: %s" % (name, "; ".join(sorted(excused))))
    for verdict, count in sorted(counts.items()):
        torture.say("%s: %-6s %s" % (name, verdict, ", ".join("%d %s" % (n, became) for became, n in count.items() if n)))


def expect_neighbours(torture, name, shoot, made, out):
    """The photos that must be published, alone: the same bytes."""
    alone, alone_out = torture.path(name + "-alone", "shoot"), torture.path(name + "-alone-web")
    kept = [number for number, kind, file, verdict, _ in made
            if verdict == "ok" and not (name == "made" and any(fits(kind, file) for fits, _ in EXCUSED))]
    for number in kept:
        shutil.copytree(os.path.join(shoot, "%04d" % number), os.path.join(alone, "%04d" % number), symlinks=True)
    result = torture.publish(alone, "-o", alone_out, "-q", "--force-rights", patience=WALL)
    torture.expect(result.status == 0, "%s: the neighbours alone end with %d: %s" % (name, result.status, result.err[:400]))
    among = {path: found for path, found in fingerprint(out).items() if path[:4].isdigit() and int(path[:4]) in kept}
    apart = {path: found for path, found in fingerprint(alone_out).items() if path[:4].isdigit()}
    torture.expect(among == apart, "%s: neighbours of hostile photos differ in %s" %
                   (name, [path for path in set(among) | set(apart) if among.get(path) != apart.get(path)][:5]))
    torture.say("%s: %d files of %d neighbours are the same without the hostile ones" % (name, len(apart), len(kept)))


def publish_all(torture, name, shoot, made):
    before, watch, out = originals(shoot), Watch(), torture.path(name + "-web")
    # Some carry notices of others; that is another test's matter.
    result = torture.publish(shoot, "-o", out, "--json", "-v", "--force-rights", patience=WALL, watch=watch)
    torture.expect(result.status == 1, "%s: the run ends with %d: %s" % (name, result.status, result.err[-400:]))
    judge(torture, name, result, made, out)
    torture.expect_no_left_over(out, name)
    torture.expect_honest_manifest(out, name)
    torture.expect(originals(shoot) == before, "%s: an original has changed" % name)
    told = "the largest process held %d MiB, the longest photo took %.1f s of CPU, the run %.0f s" % (
        result.peak >> 20, watch.seconds, result.seconds)
    torture.say("%s: %d files; %s" % (name, len(made), told))
    if not torture.sanitized:
        torture.expect(result.peak <= MOST_MEMORY, "%s: a process held more than 1.5 GiB" % name)
        torture.expect(watch.seconds <= MOST_SECONDS, "%s: a photo took more than %d s" % (name, MOST_SECONDS))
    expect_neighbours(torture, name, shoot, made, out)
    return out, result


def other_commands(torture, name, shoot, commands=("check", "scrub", "tag")):
    """check, tag and scrub on the same files: verdicts, never a crash, and no original changed."""
    before = originals(shoot)
    options = {"check": ["--json"], "scrub": ["-o", torture.path(name + "-scrubbed")],
               "tag": ["-p", torture.profile, "-o", torture.path(name + "-tagged")]}
    for command in commands:
        ended = subprocess.run([PROGRAM, command, shoot, *options[command]], env=torture.environment(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=torture.folder, timeout=WALL,
                               check=False)
        torture.expect(ended.returncode == 1, "%s: %s ends with %d: %s" % (name, command, ended.returncode,
                                                                          ended.stderr[-600:].decode("utf-8", "replace")))
        if command == "check":
            verdicts = [json.loads(line)["verdict"] for line in ended.stdout.splitlines()]
            torture.say("%s: check tells of %d files, %d unreadable" % (name, len(verdicts), verdicts.count("unreadable")))
    torture.expect(originals(shoot) == before, "%s: check, tag or scrub changed an original" % name)


def bombs_alone(torture, name, shoot, made, bombs):
    slowest = 0.0
    for number, _, file, _, why in made:
        if number in bombs:
            result = torture.publish(os.path.join(shoot, "%04d" % number), "-o", torture.path("bomb-web"), "-q")
            torture.expect(result.status == 1, "%s: %s (%s) alone ends with %d" % (name, file, why, result.status))
            torture.expect(torture.sanitized or result.seconds < BOMB_SECONDS,
                           "%s: %s (%s) took %.1f s to refuse" % (name, file, why, result.seconds))
            slowest = max(slowest, result.seconds)
    torture.say("%s: %d bombs, the slowest refused in %.2f s, start of the program included" % (name, len(bombs), slowest))


def own_traps(torture, short):
    shoot = torture.path("own", "shoot")
    made = traps.make(shoot, pictures.one_of_each(torture.path("one"), 400, 300))
    out, result = publish_all(torture, "own", shoot, made)
    leaks = canary.search([out], [result.out, result.err])
    torture.expect(not leaks, "own: the canary sings in %s" % leaks[:5])
    torture.say("own: no output, manifest, state or message holds the planted place")
    other_commands(torture, "own", shoot, ("check",) if short else ("check", "scrub", "tag"))
    if not short:
        bombs_alone(torture, "own", shoot, made, {trap[0] for trap in made if trap[3] == "bomb"})


def made_by(torture, maker, corpus, mutants):
    """The second set, moved into numbered folders."""
    raw, shoot = torture.path("raw"), torture.path("made", "shoot")
    command = [sys.executable, maker, raw, "--big", "--mutants", str(mutants), "--from", corpus]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    made, bombs = [], set()
    with open(os.path.join(raw, "expected.jsonl"), encoding="utf-8") as file:
        for number, line in enumerate(map(json.loads, file)):
            path = unquote_to_bytes(line["path"])
            where = os.path.join(os.fsencode(shoot), b"%04d" % number)
            os.makedirs(where)
            os.rename(os.path.join(os.fsencode(raw), path), os.path.join(where, os.path.basename(path)))
            made.append((number, line["class"], line["path"].partition("/")[2], line["verdict"], line["why"]))
            if line["verdict"] == "error" and line["max_s"] <= 1:
                bombs.add(number)
    return shoot, made, bombs


def second_set(torture, maker, corpus, mutants):
    shoot, made, bombs = made_by(torture, maker, corpus, mutants)
    out, _ = publish_all(torture, "made", shoot, made)
    checker = os.path.join(os.path.dirname(maker), "check_clean.py")
    if os.path.exists(checker):
        ended = subprocess.run([sys.executable, checker, out, torture.path("raw", "CANARIES")], stdout=subprocess.PIPE,
                               check=False)
        told = ended.stdout.decode().strip().splitlines()
        torture.expect(ended.returncode == 0, "made: check_clean says: %s" % told[:5])
        torture.say("made: check_clean says: " + told[-1])
    other_commands(torture, "made", shoot)
    bombs_alone(torture, "made", shoot, made, bombs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--maker", default=os.path.join(SHARED, "tools", "make_hostile.py"))
    parser.add_argument("--corpus", default=os.environ.get("FG_CORPUS", os.path.join(SHARED, "corpus")))
    parser.add_argument("--mutants", type=int, default=200)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("hostile")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE)
    own_traps(torture, given.short)
    if not given.short and os.path.exists(given.maker) and os.path.isdir(given.corpus):
        second_set(torture, given.maker, given.corpus, given.mutants)
    elif not given.short:
        torture.say("made: not tried, %s is not there" % os.path.basename(given.maker))
    torture.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""memcheck follows check and publish of camera files into every process; nothing may be wrong with memory.

valgrind.py [--corpus DIR] [--photos N]   N photos of DIR (default: ../shared/corpus/photos beside the tree, 20), the smallest
                                          of each format in turn
valgrind.py --short                       6 photos

The walls go up without effect (no_walls.c), since memcheck makes code and reads files from within.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

from harness import HERE, ONE_SIZE, PROGRAM, Torture, originals, preload, shim

CORPUS = os.path.join(HERE, "..", "..", "..", "shared", "corpus", "photos")
OPTIONS = ["--quiet", "--child-silent-after-fork=no", "--trace-children=yes", "--leak-check=full", "--show-leak-kinds=definite",
           "--errors-for-leak-kinds=definite", "--num-callers=24", "--vex-guest-max-insns=20",
           "--suppressions=" + os.path.join(HERE, "valgrind.supp")]


def choose(corpus, count):
    """The smallest of each ending, then the second smallest of each, and so on."""
    kinds = {}
    for where, _, names in os.walk(corpus):
        for name in names:
            kinds.setdefault(name.rpartition(".")[2].lower(), []).append(os.path.join(where, name))
    for paths in kinds.values():
        paths.sort(key=lambda path: (os.path.getsize(path), path))
    chosen = []
    while len(chosen) < count and any(kinds.values()):
        chosen += [kinds[kind].pop(0) for kind in sorted(kinds) if kinds[kind]]
    return chosen[:count]


def is_fault(report, process, parent):
    """A child ends in the middle of what it inherited: what is lost counts in the parent alone."""
    return re.search(r"==\d+== +(at|by) 0x", report) and (process == parent or "are definitely lost" not in report)


def watch(torture, library, *command):
    """Runs under memcheck; tells and counts what it finds."""
    logs = torture.path("logs-" + command[0])
    os.makedirs(logs)
    process = subprocess.Popen(["valgrind", *OPTIONS, "--log-file=" + os.path.join(logs, "%p"), PROGRAM, *command],
                               env=preload(torture, library), cwd=torture.folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = (told.decode("utf-8", "replace") for told in process.communicate())
    torture.expect(process.returncode in (0, 1), "%s ends with %d: %s" % (command[0], process.returncode, err))
    found = 0
    for name in sorted(os.listdir(logs)):
        with open(os.path.join(logs, name), encoding="utf-8", errors="replace") as file:
            for report in re.split(r"\n==\d+== \n", file.read()):
                if is_fault(report, name, str(process.pid)):
                    found += 1
                    torture.fail("%s, process %s:\n%s" % (command[0], name, report))
    torture.say("%s: %d processes, %d errors" % (command[0], len(os.listdir(logs)), found))
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--corpus", default=CORPUS)
    parser.add_argument("--photos", type=int, default=20)
    given = parser.parse_args()
    if not shutil.which("valgrind") or not os.path.isdir(given.corpus):
        print("skipped: no valgrind, or no photos in " + given.corpus)
        sys.exit(77)
    torture = Torture("valgrind")
    if torture.sanitized:
        print("skipped: a sanitizer watches already")
        sys.exit(77)
    shoot = torture.path("shoot")
    os.makedirs(shoot)
    for path in choose(given.corpus, 6 if given.short else given.photos):
        shutil.copy(path, shoot)
    before, library = originals(shoot), shim(torture, "no_walls")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE.replace("[jpeg]", "[jpeg, webp, png]"))
    watch(torture, library, "check", shoot, "-q")
    told = watch(torture, library, "publish", shoot, "-o", torture.path("web"), "-p", torture.profile, "--force-rights", "-j", "1",
                 "--set", "limits.seconds=3600")
    torture.say(told.splitlines()[0] if told else "nothing was published")
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What two versions of the program make of the same files: what check says, and what tag, scrub and publish write.

    tests/truth/compare.py --before PROGRAM --after PROGRAM [--skip publish] PATH...

A change that is to change nothing is shown by it: each file below PATH whose JSON, output bytes, messages or exit code
differ is a line, and the last line counts them. Exit code 1: there are differences.
"""
import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROFILE = """
rights:
  creator: Jeanne Témoin
  aliases: [J. Témoin]
  copyright: "© {year} {creator}"
  credit: Jeanne Témoin
  terms: { en: "All rights reserved." }
  web_statement: https://example.org/rights
  licensor: { name: Jeanne Témoin, url: "https://example.org" }
  data_mining: prohibited
privacy: { keep: [title, caption, keywords, date, camera, lens, exposure] }
derivatives:
  - { name: small, long_edge: 320, formats: [jpeg] }
output: { name: "{stem}-{width}.{ext}" }
"""
AT_ONCE = 24  # files a call
COMMANDS = {
    "check": ["check", "--json"],
    "tag": ["tag", "-q", "-p", "{profile}", "--force-rights", "-o", "{out}"],
    "scrub": ["scrub", "-q", "-o", "{out}"],
    "publish": ["publish", "-q", "-j", "2", "-p", "{profile}", "--force-rights", "-o", "{out}"],
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", required=True, metavar="PROGRAM")
    parser.add_argument("--after", required=True, metavar="PROGRAM")
    parser.add_argument("--skip", action="append", default=[], choices=COMMANDS, help="leave a command out")
    parser.add_argument("--keep", metavar="DIR", help="leave what was written here, to be looked at")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    return parser.parse_args()


def stage(paths, folder):
    """All files below the paths in one folder, each under a name of its own that tells where it came from."""
    names = []
    for path in paths:
        base = os.path.dirname(os.path.abspath(path))
        found = [path] if os.path.isfile(path) else [
            os.path.join(where, name) for where, folders, files in os.walk(path) if not folders.sort() for name in sorted(files)]
        for file in found:
            number = f"{len(names):05d}"
            name = number + "_" + re.sub(r"[^A-Za-z0-9._-]", "_", os.path.relpath(file, base))[-120:]
            shutil.copyfile(file, os.path.join(folder, name))
            names.append(name)
    return names


def pieces(line):
    """A line of JSON as a line for each thing that it says, any other as it is."""
    try:
        told = json.loads(line)
    except ValueError:
        return [line]
    lists = [f"{key}: {json.dumps(each, ensure_ascii=False)}" for key, value in told.items() if isinstance(value, list) for each in value]
    return lists + [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if not isinstance(value, list)]


def run(program, command, names, folder, out, profile):
    """One call; returns what it said of each file, by name, and its exit code."""
    words = [word.format(out=out, profile=profile) for word in COMMANDS[command]]
    done = subprocess.run([program, *words, "--", *names] if command == "check" else [program, *words, *names],
                          cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = {name: [] for name in names}
    for line in (done.stdout + done.stderr).decode("utf-8", "replace").splitlines():
        hit = re.search(r"\d{5}_[A-Za-z0-9._-]+", line)
        said.setdefault(hit.group() if hit else "", []).extend(pieces(line))
    return said, done.returncode


def written(out):
    files = {}
    for where, _, names in os.walk(out):
        for name in names:
            if name != "filigrane.json" and os.path.basename(where) != ".filigrane":  # They hold times and sizes of state.
                files[os.path.relpath(os.path.join(where, name), out)] = os.path.join(where, name)
    return files


def compare(command, names, folder, outs, programs, profile):
    answers = []
    for out, program in zip(outs, programs):
        answers.append(run(program, command, names, folder, out, profile))
    differences, short = [], lambda line: line if len(line) < 300 else line[:300] + "…"
    (before, code_before), (after, code_after) = answers
    for name in sorted(set(before) | set(after)):
        left, right = sorted(before.get(name, [])), sorted(after.get(name, []))
        if left != right:
            told = [f"      {sign} {short(line)}" for sign, some, others in (("-", left, right), ("+", right, left))
                    for line in some if line not in others]
            differences.append((name or "(the call)", "says", told))
    if code_before != code_after:
        differences.append((names[0], f"exit code of the call {code_before} -> {code_after}", []))
    left, right = written(outs[0]), written(outs[1])
    for name in sorted(set(left) | set(right)):
        if name not in left or name not in right:
            differences.append((name, "written by one only: " + ("before" if name in left else "after"), []))
        elif not filecmp.cmp(left[name], right[name], shallow=False):
            differences.append((name, "bytes", []))
    return differences, len(left)


def main():
    options = arguments()
    programs = [os.path.abspath(options.before), os.path.abspath(options.after)]
    counts = {}
    with tempfile.TemporaryDirectory() as scratch:
        home = options.keep or scratch
        folder, profile = os.path.join(scratch, "in"), os.path.join(scratch, "profile.yaml")
        os.mkdir(folder)
        with open(profile, "w", encoding="utf-8") as file:
            file.write(PROFILE)
        names = stage(options.paths, folder)
        differ = 0
        for command in [each for each in COMMANDS if each not in options.skip]:
            total = 0
            for start in range(0, len(names), AT_ONCE):
                part = names[start:start + AT_ONCE]
                outs = [os.path.join(home, f"{command}-{side}", str(start)) for side in ("before", "after")]
                for out in outs:
                    os.makedirs(out, exist_ok=True)
                found, files = compare(command, part, folder, outs, programs, profile)
                total += files
                for name, what, told in found:
                    differ += 1
                    print(f"{command}: {name}: {what}", *told, sep="\n", flush=True)
                for out in outs:
                    if not options.keep:
                        shutil.rmtree(out)
            counts[command] = total
    print(json.dumps({"files": len(names), "written": counts, "differences": differ}))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())

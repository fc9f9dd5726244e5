#!/usr/bin/env bash
# Every program that a test calls comes with a package that a list of `dev` names, or that every Debian has.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
command -v dpkg-query >/dev/null || exit 0 # Where there is no dpkg, no list says what a package brings.
exec python3 - <<'PYTHON'
import os, re, shutil, subprocess, sys

def lists(*names):
    """The packages of these lists of dev, which are arrays of bash."""
    text = open("dev", encoding="utf-8").read()
    found = [re.search(r"^" + name + r"=\(([^)]*)\)", text, re.M) for name in names]
    return {word for match in found for word in match.group(1).split()}

USUAL = lists("build_packages", "optional_packages", "test_packages", "test_optional", "judge_packages", "server_packages")
USUAL |= {"chromium", "nodejs", "npm"}  # which dev installs unless others of their kind are there
# What is called beside these by the long runs, of which ./dev test has the short forms.
BENCH = lists("bench_packages", "bench_optional", "marks_packages")
TORTURE = lists("torture_packages", "image_packages", "repo_packages", "install_packages")
LONG = ("slurm.sh", "valgrind.py", "lintian.py", "install.py", "run.sh")

def lists_of(path):
    return "bench" if path.startswith("tests/bench/") else "torture" if os.path.basename(path) in LONG else "test"


def plain(text):
    """A script of the shell without comments, documents in it, and what stands in quotes but for commands in there."""
    out, at, ends, inside = [], 0, [], []  # inside: what the quotes and parentheses that are open end with
    while at < len(text):
        char, quoted = text[at], inside[-1:] == ['"']
        if char == "\\":
            at += 2
        elif char == "'" and not quoted:
            at = text.index("'", at + 1) + 1
            out.append("''")
        elif char == '"':
            inside.pop() if quoted else inside.append('"')
            out.append(" " if quoted else "_")
            at += 1
        elif text.startswith("$(", at):
            inside.append(")")
            out.append("$(")
            at += 2
        elif char == ")" and inside[-1:] == [")"]:
            inside.pop()
            out.append(")")
            at += 1
        elif quoted:
            at += 1
        elif char == "(":
            inside.append(")")
            out.append(char)
            at += 1
        elif char == "#" and text[at - 1] in " \t\n":
            at = text.index("\n", at)
        elif (document := re.compile(r"(?<!<)<<-?\s*['\"]?(\w+)['\"]?").match(text, at)) and text[at + 2] != "<":
            ends.append(document.group(1))
            at = document.end()
        elif char == "\n" and ends:
            at = re.compile(r"^\s*" + ends.pop(0) + r"$", re.M).search(text, at).end()
            out.append("\n")
        else:
            out.append(char)
            at += 1
    return "".join(out)

# Where a command may begin; assignments and words that take a command may stand before it.
BEGIN = r"(?:^|[|;&({`!]|\$\(|\b(?:then|do|else|if|while|until)\s)\s*"
BEFORE = r"(?:(?:!|no|run|exec|env|command|nice|sudo|--separate-stderr|xargs(?: -\S+)*|timeout \S+|[A-Za-z_]\w*=\S*)\s+)*"
SHELL = re.compile(BEGIN + BEFORE + r"([a-z][\w.+-]*)(?=[\s;)|]|$)", re.M)
WITNESS = re.compile(r'fg_witness\(\s*&\w+,\s*"([a-z][\w.+-]*)"')
PYTHON = re.compile(r'(?:(?:run|Popen|check_output|call|which|witness|tool)\(\s*\[?\s*|command = \[\s*)"([a-z][\w.+-]*)"')

called = {}
for folder, _, files in os.walk("tests"):
    for name in files:
        path, kind = os.path.join(folder, name), os.path.splitext(name)[1]
        how = {".bats": SHELL, ".bash": SHELL, ".sh": SHELL, ".c": WITNESS, ".h": WITNESS, ".py": PYTHON}.get(kind)
        if how is None or path == "tests/houserules/packages.sh":
            continue
        text = open(path, encoding="utf-8").read()
        for program in how.findall(plain(text) if how is SHELL else text):
            called.setdefault(program, set()).add(path)

FIELDS = "${Package}\t${Essential}\t${Provides}\t${Pre-Depends}, ${Depends}\n"
needs, providers, essential = {}, {}, set()
for line in subprocess.run(["dpkg-query", "-W", "-f", FIELDS], stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines():
    package, always, provides, depends = line.split("\t")
    words = lambda field: {re.sub(r"[ :(].*", "", word.strip()) for word in re.split("[,|]", field)} - {""}
    needs.setdefault(package, set()).update(words(depends))
    for other in words(provides):
        providers.setdefault(other, set()).add(package)
    if always == "yes":
        essential.add(package)

def with_what_they_need(packages):
    known, left = set(), list(packages)
    while left:
        package = left.pop()
        if package not in known:
            known.add(package)
            left += needs.get(package, set()) | providers.get(package, set())
    return known

# The packages of those words that are programs of this machine, as dpkg tells them; the others are functions and the like.
paths = {program: shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin") for program in called}
real = {program: os.path.realpath(path) for program, path in paths.items() if path}
told = subprocess.run(["dpkg-query", "-S", *real.values(), *filter(None, paths.values()),
                       *(re.sub("^/usr", "", path) for path in real.values())],
                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
owners = {path: re.sub("[:,].*", "", packages) for packages, _, path in (line.rpartition(": ") for line in told.splitlines())}

bad, known = 0, 0
there = {name: with_what_they_need(USUAL | more | essential) for name, more in
         {"test": set(), "bench": BENCH, "torture": TORTURE}.items()}
for program, places in sorted(called.items()):
    if program not in real or program == "filigrane":  # Ours may be installed, as by the test of the packages.
        continue
    package = next(filter(None, map(owners.get, (real[program], paths[program], re.sub("^/usr", "", real[program])))), "no package")
    for path in sorted(places):
        if package in there[lists_of(path)]:
            known += 1
        else:
            print("%s calls %s, of %s, which no list of dev names" % (path, program, package))
            bad = 1
if known < 100:
    print("only %d calls were found" % known)
    bad = 1
sys.exit(bad)
PYTHON

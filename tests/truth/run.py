#!/usr/bin/env python3
"""Runs a truth table on the installed release program, with its sandbox up.

    run.py [--program PATH] [--before] [--only WORD] AREA...

Each row of cases/AREA.py is a case: files are made in a folder of its own, commands run there, facts judged by other programs.
--before says that the program is a former version: then each row that is not a control must fail. Unit tests run without the
sandbox and with sanitizers, and so can't see what works there alone.
"""
import argparse
import importlib
import os
import shlex
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from typing import Callable

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "cases")]
sys.modules.setdefault("run", sys.modules[__name__])  # Tables import Case and Step from here.
from facts import Untrue  # noqa: E402

RIGHTS = """rights:
  creator: Jane Doe
  copyright: "© {year} {creator}. All rights reserved."
"""
# A profile of somebody's own, quick to publish with: one small JPEG, no mark.
PROFILE = "extends: gallery\n" + RIGHTS + """privacy: { keep: [title, caption, day] }
marks: { signature: null, veil: null }
derivatives: [ { name: web, long_edge: 320, formats: [jpeg], marks: [] } ]
"""


@dataclass
class Step:
    """A command of the program, in shell words; `filigrane` itself is left out. $NAME is taken from the environment."""
    command: str
    status: int = 0
    facts: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)
    input: bytes = b""


@dataclass
class Case:
    """A sentence, the files that it needs (path: bytes), and the steps that show it; or a function of a World instead of steps."""
    name: str
    files: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)
    run: Callable = None
    control: bool = False  # Holds before and now: it shows that the row beside it fails for its own reason.


@dataclass
class Outcome:
    """What a step did: its streams as text, its status; the case's folder, and the bytes of the files it began with."""
    status: int
    out: str
    err: str
    folder: str
    made: dict


class World:
    """The folder of a case, and the program in it."""

    def __init__(self, program, folder, made):
        self.program, self.folder, self.made = program, folder, made
        os.makedirs(os.path.join(folder, ".home"))
        self.environment = {
            "PATH": os.path.dirname(program) + os.pathsep + os.environ["PATH"], "HOME": os.path.join(folder, ".home"),
            "XDG_CONFIG_HOME": os.path.join(folder, ".home"), "FILIGRANE_KEY": "00112233445566778899aabbccddeeff", "TZ": "UTC",
            "LC_ALL": "C.UTF-8"}
        for path, data in made.items():
            self.write(path, data)

    def path(self, path):
        return os.path.join(self.folder, path)

    def write(self, path, data):
        os.makedirs(os.path.dirname(self.path(path)), exist_ok=True)
        with open(self.path(path), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())

    def read(self, path):
        with open(self.path(path), "rb") as file:
            return file.read()

    def filigrane(self, command, status=0, facts=(), environment=None, standard_input=b"", before=()):
        """Runs the program and judges it; `before` are words in front of it, such as prlimit or strace with their options."""
        words = list(before) + [self.program] + shlex.split(command)
        done = subprocess.run(words, cwd=self.folder, env={**self.environment, **(environment or {})}, input=standard_input,
                              capture_output=True, timeout=300, check=False)
        outcome = Outcome(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), self.folder,
                          self.made)
        if status is not None and done.returncode != status:
            raise Untrue(f"`filigrane {command}` ended with {done.returncode}, not {status}: {outcome.out[-800:]}{outcome.err[-800:]}")
        for fact in facts:
            try:
                fact(outcome)
            except Untrue as error:
                raise Untrue(f"after `filigrane {command}`: {error}") from None
        return outcome


def run_case(case, program):
    """None when the case holds, else what did not."""
    with tempfile.TemporaryDirectory() as folder:
        made = {path: data if isinstance(data, bytes) else data.encode() for path, data in case.files.items()}
        world = World(program, folder, made)
        try:
            if case.run:
                case.run(world)
            for step in case.steps:
                world.filigrane(step.command, step.status, step.facts, step.environment, step.input)
        except Untrue as error:
            return str(error)
        except subprocess.TimeoutExpired as error:
            return f"went on for {error.timeout} s"
    return None


def check_program(program):
    """The rows are worth what the program's sandbox is: one that has none, or a build with sanitizers, proves nothing."""
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if "seccomp" not in version:
        raise SystemExit(f"{program} has no sandbox here:\n{version}")
    with open(program, "rb") as file:
        if b"__asan_init" in file.read():
            raise SystemExit(f"{program} is built with sanitizers; the tables want the release")


def run_table(area, program, only, before):
    """How many rows did not do as they should."""
    cases = [case for case in importlib.import_module(area).CASES if not only or only in case.name]
    print(f"1..{len(cases)}")
    wrong = 0
    for number, case in enumerate(cases, 1):
        try:
            failure = run_case(case, program)
        except Exception:  # A mistake in the table is one on any program.
            failure, is_wrong = traceback.format_exc(), True
        else:
            is_wrong = (failure is None) == (before and not case.control)
        wrong += is_wrong
        note = " # control" if case.control else ""
        print(f"{'not ok' if is_wrong else 'ok'} {number} - {area}: {case.name}{note}")
        if failure:
            print("\n".join("    " + line for line in failure.splitlines()))
    return wrong, len(cases)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=os.environ.get("FILIGRANE_INSTALLED"))
    parser.add_argument("--before", action="store_true", help="each row but the controls must fail")
    parser.add_argument("--only", default="", metavar="WORD", help="only rows with this in their name")
    parser.add_argument("areas", nargs="*", metavar="AREA")
    arguments = parser.parse_args()
    if not arguments.program or not os.access(arguments.program, os.X_OK):
        raise SystemExit(f"no program at {arguments.program}: ./dev test installs the release, --program names another")
    program = os.path.abspath(arguments.program)
    check_program(program)
    every = sorted(name[:-3] for name in os.listdir(os.path.join(HERE, "cases")) if name.endswith(".py"))
    wrong, cases = 0, 0
    for area in arguments.areas or every:
        some, all_of_it = run_table(area, program, arguments.only, arguments.before)
        wrong, cases = wrong + some, cases + all_of_it
    print(f"{cases - wrong} of {cases} rows {'fail, as before, or are controls that hold' if arguments.before else 'hold'}")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main())

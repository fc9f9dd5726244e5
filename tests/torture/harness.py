"""What all torture runs share: the program, its profile, and what must hold whatever happened.

A run is a program that prints figures and ends with 0 (all held), 1 (something did not) or 77 (can't be tried here).
"""
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.abspath(os.environ.get("FILIGRANE", os.path.join(HERE, "..", "..", "build", "filigrane")))
TEMPORARY = re.compile(r"^\.fg-[0-9a-f]{16}\.tmp$")

PROFILE = """\
extends: gallery
rights: { creator: Ada Torture, copyright: "© {creator}", terms: { en: "Ask first." } }
marks:
  signature: { text: "© {creator}" }
derivatives:
%s
"""
SIZES = """\
  - { name: web, long_edge: 320, formats: [jpeg, webp] }
  - { name: thumb, width: 96, height: 96, crop: centre, formats: [jpeg] }"""
ONE_SIZE = "  - { name: web, long_edge: 160, formats: [jpeg] }"


class Result:
    def __init__(self, status, out, err, seconds, peak):
        self.status, self.out, self.err, self.seconds, self.peak = status, out, err, seconds, peak

    def photos(self):
        """The JSON Lines of a run with --json, by source; then nothing of the summary."""
        lines = [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]
        return {line["source"]: line for line in lines if "source" in line}


class Torture:
    def __init__(self, name):
        if not os.access(PROGRAM, os.X_OK):
            sys.exit("no program at %s: set FILIGRANE" % PROGRAM)
        self.name, self.bad, self.started = name, 0, time.monotonic()
        self.folder = tempfile.mkdtemp(prefix="fg-torture-")
        self.profile = self.write_profile("profile.yaml", SIZES)
        self.sanitized = b"libasan" in subprocess.run(["ldd", PROGRAM], stdout=subprocess.PIPE, check=False).stdout

    def path(self, *below):
        return os.path.join(self.folder, *below)

    def write_profile(self, name, sizes):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(PROFILE % sizes)
        return self.path(name)

    def environment(self, **more):
        keep = {key: value for key, value in os.environ.items() if not key.startswith(("FG_SHIM", "LD_PRELOAD"))}
        keep.update(HOME=self.path("home"), XDG_CONFIG_HOME=self.path("config"), TZ="UTC", LC_ALL="C.UTF-8",
                    FILIGRANE_KEY="00112233445566778899aabbccddeeff")
        keep.update(more)
        return keep

    # ---- Running ----

    def command(self, *arguments):
        return [PROGRAM, "publish", "-p", self.profile, *arguments]

    def start(self, *arguments, env=None, **how):
        """The program in a session of its own, so that a signal can be sent to all of it."""
        return subprocess.Popen(self.command(*arguments), env=env or self.environment(), start_new_session=True,
                                stdin=subprocess.DEVNULL, cwd=self.folder, **how)

    @contextlib.contextmanager
    def bound_to(self, space):
        """What is started meanwhile has so many bytes of addresses, it and each of its children."""
        starts = self.command
        self.command = lambda *arguments: ["prlimit", "--as=%d" % space, *starts(*arguments)]
        try:
            yield
        finally:
            self.command = starts

    def publish(self, *arguments, env=None, patience=600, watch=None):
        """Runs to the end. `peak` is the largest resident memory, in bytes, of any process of the run."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            begun = time.monotonic()
            process = self.start(*arguments, env=env, stdout=out, stderr=err)
            deadline = begun + patience
            while True:
                pid, status, used = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                if watch:
                    watch(process.pid)
                if time.monotonic() > deadline:
                    os.killpg(process.pid, signal.SIGKILL)
                    deadline += 60
                    self.fail("a run took longer than %d s: %s" % (patience, " ".join(map(str, arguments))))
                time.sleep(0.01)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            return Result(process.returncode, out.read().decode("utf-8", "replace"),
                          err.read().decode("utf-8", "replace"), time.monotonic() - begun, used.ru_maxrss * 1024)

    # ---- What must hold ----

    def fail(self, message):
        self.bad += 1
        if self.bad <= 40:
            print("  FAILED: " + message, flush=True)

    def expect(self, condition, message):
        if not condition:
            self.fail(message)
        return bool(condition)

    def expect_no_left_over(self, out, what):
        left = [name for _, _, names in os.walk(out) for name in names if TEMPORARY.match(name)]
        self.expect(not left, "%s: temporary files are left: %s" % (what, left))

    def expect_no_process(self, session, what):
        """Children die with their parent, but the kernel may need a moment to bury them."""
        deadline = time.monotonic() + 10
        while alive_in(session) and time.monotonic() < deadline:
            time.sleep(0.005)
        self.expect(not alive_in(session), "%s: processes are left: %s" % (what, alive_in(session)))

    def expect_honest_manifest(self, out, what):
        """No name in it that is not there, whole, with the bytes it says."""
        path = os.path.join(out, "filigrane.json")
        if not os.path.exists(path):
            return 0
        named = 0
        for photo in read_json(path)["photos"]:
            for derivative in photo["derivatives"]:
                named += 1
                file = os.path.join(out, derivative["path"])
                if self.expect(os.path.isfile(file), "%s: the manifest names %s, which is not there" % (what, file)):
                    self.expect(digest(file) == derivative["sha256"],
                                "%s: %s is not what the manifest says" % (what, file))
        return named

    def say(self, text):
        print("  " + text, flush=True)

    def finish(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        verdict = "holds" if self.bad == 0 else "%d BREACHES" % self.bad
        print("%s: %s (%.0f s)" % (self.name, verdict, time.monotonic() - self.started), flush=True)
        sys.exit(1 if self.bad else 0)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_json(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return json.load(file)


def fingerprint(out):
    """Digest by path of all that a run made; the state is left out, since it holds times of files."""
    found = {}
    for folder, folders, names in os.walk(os.fsencode(out)):
        folders[:] = [name for name in folders if name != b".filigrane"]
        for name in names:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, os.fsencode(out))] = digest(path)
    return found


def originals(folder):
    """All that must not change of the files in a folder: content, size, times, mode, owner, inode, attributes."""
    found = {}
    for where, _, names in os.walk(os.fsencode(folder)):
        for name in names:
            path = os.path.join(where, name)
            info = os.lstat(path)
            regular = not os.path.islink(path) and os.path.isfile(path) and info.st_size < 1 << 28
            found[path] = (digest(path) if regular else None, info.st_size, info.st_mtime_ns, info.st_ctime_ns,
                           info.st_mode, info.st_uid, info.st_ino,
                           tuple(os.listxattr(path, follow_symlinks=False)) if regular else ())
    return found


def alive_in(session):
    """Ids of the processes of a session that still run."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    words = file.read().rpartition(b")")[2].split()
            except OSError:
                continue
            if int(words[3]) == session and words[0] not in (b"Z", b"X"):
                found.append(int(name))
    return found


# ---- Libraries that make calls fail ----


def shim(torture, name):
    """Compiles one of the libraries beside this file; exits with 77 where there is no compiler."""
    built = torture.path(name + ".so")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler:
        print("skipped: no C compiler")
        sys.exit(77)
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-Wall", "-o", built, os.path.join(HERE, name + ".c"), "-ldl"],
                   check=True)
    return built


def preload(torture, library, **settings):
    """The environment in which it stands between the program and the C library. A sanitizer wants to be first."""
    libraries = [library]
    if torture.sanitized:
        told = subprocess.run(["ldd", PROGRAM], stdout=subprocess.PIPE, check=True).stdout.decode()
        libraries.insert(0, re.search(r"(/\S*libasan\S*)", told).group(1))
    return torture.environment(LD_PRELOAD=" ".join(libraries), **settings)

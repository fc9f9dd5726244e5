"""Runs beside each other, runs that are ended, and outputs that can't be written: nothing is lost, and nobody waits unknowingly.

Events are put in order by locks that the case holds and by lines that it waits for, never by time.
"""
import fcntl
import json
import os
import shlex
import shutil
import signal
import subprocess

import files
from facts import Untrue, need
from run import PROFILE, Case

PICTURE = files.picture("jpeg", 160, 120)
LOCK = "out/.filigrane/lock"


def shoot(folder, *names):
    """Pictures of as many different contents as there are names, and the profile."""
    made = {f"{folder}/{name}.jpg": files.written_by_exiftool(PICTURE, "a.jpg", f"-XMP-dc:Title={folder} {name}") for name in names}
    return {"filigrane.yaml": PROFILE, **made}


def start(world, command, before=()):
    """The program, begun; its standard error is read line by line."""
    words = [*before, world.program, *shlex.split(command)]
    return subprocess.Popen(words, cwd=world.folder, env=world.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True)


def hold(world, path=LOCK, shared=False):
    """The lock of an output folder, held by the case until it is closed."""
    os.makedirs(os.path.dirname(world.path(path)), exist_ok=True)
    file = open(world.path(path), "w", encoding="ascii")  # noqa: SIM115
    fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    return file


def waits(process, path=LOCK):
    """Returns once the program says that it waits for this file."""
    line = process.stderr.readline()
    need("waiting for " + path in line, f"a line that it waits for {path}", line or f"the end, with {process.wait(120)}")


def ended(process, status):
    """Waits for its end; what else it said."""
    rest = process.stderr.read()
    code = process.wait(120)
    need((code if code >= 0 else 128 - code) == status, f"exit code {status}", f"{code}: {rest}")
    return rest


def sources(world, manifest="out/filigrane.json", member="photos"):
    """The sources that a manifest names."""
    try:
        return sorted(photo["source"] for photo in json.loads(world.read(manifest))[member])
    except FileNotFoundError:
        raise Untrue(f"there is no {manifest}") from None


def unchanged(world, command):
    """How many photos a run leaves as they are."""
    outcome = world.filigrane(command + " --json")
    return sum(json.loads(line).get("status") == "unchanged" for line in outcome.out.splitlines())


NAMING = "renameat2"  # The call by which a new picture, or one that is exchanged for a former, gets its name.


def injected(call, what):
    """The words before a command that make one call of the parent go wrong, or send it a signal."""
    return ["strace", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}"]


# ---- Two runs into one folder ----


def two_runs(world):
    with hold(world):
        first, second = (start(world, f"publish {name} -o out -q") for name in "XY")
        waits(first)
        waits(second)
        need(not os.path.exists(world.path("out/filigrane.json")), "nothing is made while another holds the lock", "a manifest")
    ended(first, 0)
    ended(second, 0)
    need(sources(world) == ["x1.jpg", "x2.jpg", "y1.jpg", "y2.jpg"], "the photos of both runs in the manifest", sources(world))


def second_plans_late(world):
    with hold(world):
        late = start(world, "publish X -o out -q")
        waits(late)
        os.rename(world.path("spare/x2.jpg"), world.path("X/x2.jpg"))
    ended(late, 0)
    need(sources(world) == ["x1.jpg", "x2.jpg"], "a photo that came while it waited", sources(world))


def shards(world):
    with hold(world, shared=True), hold(world, LOCK + ".2-of-2"):
        world.filigrane("publish X -o out -q --shard 1/2")
        second = start(world, "publish X -o out -q --shard 2/2")
        waits(second, LOCK + ".2-of-2")
        whole, merge = start(world, "publish X -o out -q"), start(world, "publish --merge -o out")
        waits(whole)
        waits(merge)
        for process in (whole, merge):
            process.terminate()
            ended(process, 143)
    ended(second, 0)
    world.filigrane("publish --merge -o out")
    need(sources(world) == ["x1.jpg", "x2.jpg", "x3.jpg"], "all photos in the manifest", sources(world))
    left = sorted(os.listdir(world.path("out/.filigrane")))
    need("lock" in left and not any(name.startswith("lock.") for name in left), "the shards' locks go with their parts", left)


def shard_waits_for_run(world):
    with hold(world):
        shard = start(world, "publish X -o out -q --shard 1/2")
        waits(shard)
    ended(shard, 0)


def unfinished_shard(world):
    world.filigrane("publish X -o out -q --shard 1/1 -j 1", before=injected(NAMING, "signal=SIGKILL:when=2"), status=None)
    world.filigrane("publish --merge -o out", 2, [lambda outcome: need("1 of 1 is not finished" in outcome.err,
                                                                       "what is not finished", outcome.err)])
    need(unchanged(world, "publish X -o out --shard 1/1") >= 1, "it goes on from there", "no photo is unchanged")
    world.filigrane("publish --merge -o out")
    need(len(sources(world)) == 5, "five photos", sources(world))


def ended_while_waiting(number):
    def run(world):
        with hold(world):
            process = start(world, "publish X -o out -q")
            waits(process)
            process.send_signal(number)
            ended(process, 128 + number)
        need(sorted(os.listdir(world.path("out"))) == [".filigrane"], "nothing else in DIR", os.listdir(world.path("out")))
    return run


def dry_run(world):
    world.filigrane("publish X -o new/deep --dry-run")
    need(not os.path.exists(world.path("new")), "no folder by a dry run", "one")
    with hold(world):
        outcome = world.filigrane("publish X -o out --dry-run")
        need("another run" in outcome.err, "that another run is at work", outcome.err)
    outcome = world.filigrane("publish X -o out --dry-run")
    need("another run" not in outcome.err, "not a word of another run", outcome.err)


def without_locks(world):
    for number, error in enumerate(("ENOLCK", "EOPNOTSUPP", "ENOSYS", "EINVAL")):
        outcome = world.filigrane(f"publish X -o out{number} -q", before=injected("flock", f"error={error}"))
        told = [line for line in outcome.err.splitlines() if f"out{number}/.filigrane/lock can't be locked" in line]
        need(len(told) == 1, f"one line about {error}", outcome.err)
        need(len(sources(world, f"out{number}/filigrane.json")) == 1, "a photo", sources(world, f"out{number}/filigrane.json"))


def usage_leaves_nothing(world):
    world.filigrane("publish X X2 -o new/deep", 2)
    need(not os.path.exists(world.path("new")), "nothing is left of a run that did nothing", "a folder")
    world.filigrane("publish X -o X", 2)
    need(not os.path.exists(world.path("X/.filigrane")), "nothing in an INPUT", "a folder")


def locks_left(world):
    """What locks leave is in nobody's way."""
    world.filigrane("publish X -o out -q")
    world.write("out/.filigrane/lock.3-of-7", b"")
    os.remove(world.path("X/x2.jpg"))
    world.filigrane("publish X -o out -q --prune")
    need(not os.path.exists(world.path("out/x2-160.jpg")), "its file is pruned", "it is there")
    world.filigrane("proof out -o proof.html")
    world.filigrane("site out --base-url https://x.example/ -o site")
    need(not [name for _, _, names in os.walk(world.path("site")) for name in names if "lock" in name], "no lock on a site", "one")
    world.filigrane("publish X -o X/web -q")
    world.filigrane("publish X -o X/web -q", facts=[lambda outcome: need("web/" not in outcome.err, "not its own output", outcome.err)])


# ---- Ended early ----


def hung_up(world):
    world.filigrane("publish X -o out -q -j 1", 129, before=injected("renameat", "signal=SIGHUP:when=1"))
    done = sources(world)
    need(len(done) >= 1, "what was finished is in the manifest", done)
    need(unchanged(world, "publish X -o out") == len(done), "the same command goes on from there", "it does not")


def hung_up_twice(world):
    """The kernel and the shell both tell of a terminal that goes."""
    world.filigrane("publish X -o out -q -j 1", 129, before=injected("renameat", "signal=SIGHUP:when=1+"))
    need(len(sources(world)) >= 1, "what was finished is in the manifest", sources(world))


def nohup(world):
    ignoring = ["env", "--ignore-signal=HUP", *injected("renameat", "signal=SIGHUP:when=1")]
    world.filigrane("publish X -o out -q -j 1", before=ignoring)
    need(len(sources(world)) == 5, "all photos", sources(world))


def killed(world):
    world.filigrane("publish X -o out -q -j 1", None, before=injected(NAMING, "signal=SIGKILL:when=2"))
    done = sources(world)
    need(1 <= len(done) < 5, "some photos in the manifest", done)
    need(unchanged(world, "publish X -o out") == len(done), "the same command goes on from there", "it does not")
    need(len(sources(world)) == 5, "all photos", sources(world))


# ---- Outputs that can't be written ----


def one_fails(world, command, source, status=1, before=(), word=""):
    """A run in which one photo alone fails, at its writing."""
    outcome = world.filigrane(command + " --json", status, before=before)
    lines = {line["source"]: line for line in map(json.loads, outcome.out.splitlines()) if "source" in line}
    failed = [name for name, line in lines.items() if line["status"] == "failed"]
    need(len(failed) == 1 and source in (failed[0], None), f"that {source or 'one photo'} alone fails", outcome.out + outcome.err)
    need(lines[failed[0]]["stage"] == "write" and word in outcome.err, f"its stage, and {word}", outcome.out + outcome.err)
    need(sources(world, member="failed") == failed, "it in `failed`", sources(world, member="failed"))
    need(len(sources(world)) == len(lines) - 1, "the others in `photos`", sources(world))


def folder_in_the_way(world):
    os.makedirs(world.path("out/x2-160.jpg"))
    one_fails(world, "publish X -o out", "x2.jpg", word="x2-160.jpg")
    os.rmdir(world.path("out/x2-160.jpg"))
    world.filigrane("publish X -o out -q")
    need(len(sources(world)) == 3 and not sources(world, member="failed"), "the next run makes up for it", sources(world))


def file_for_a_folder(world):
    world.write("out/below", b"mine")
    one_fails(world, "publish X -o out", "below/y.jpg", word="below")
    need(world.read("out/below") == b"mine", "the file in the way as it was", world.read("out/below"))


def refused(world):
    for error in ("EACCES", "EPERM", "EISDIR", "ETXTBSY", "ENOTDIR", "ENAMETOOLONG", "EBUSY"):
        one_fails(world, "publish X -o out -j 1", None, before=injected(NAMING, f"error={error}:when=1"))
        world.filigrane("publish X -o out -q")
        need(len(sources(world)) == 3, f"three photos after {error}", sources(world))
        shutil.rmtree(world.path("out"))


def manifest_stays_true(world):
    """A photo of which one file was replaced and another was not is in the manifest no more."""
    world.filigrane("publish X -o out -q -p two.yaml")
    os.remove(world.path("out/x1-80.jpg"))
    os.makedirs(world.path("out/x1-80.jpg"))
    world.filigrane("publish X -o out -q -p two.yaml --set quality.jpeg=40", 1)
    for photo in json.loads(world.read("out/filigrane.json"))["photos"]:
        for derivative in photo["derivatives"]:
            need(files_digest(world, derivative["path"]) == derivative["sha256"], "what the manifest says", derivative["path"])


def files_digest(world, path):
    return subprocess.run(["sha256sum", world.path("out/" + path)], capture_output=True, text=True, check=False).stdout[:64]


def ends_the_run(world):
    for error in ("ENOSPC", "EDQUOT", "EIO", "EROFS"):
        world.filigrane("publish X -o out -q -j 1 --force", 3, before=injected("renameat", f"error={error}:when=2"))


def amended_alone(world):
    for command in ("scrub", "tag"):
        world.write(f"{command}/below", b"mine")
        outcome = world.filigrane(f"{command} X -o {command}", 1)
        need("1 failed" in outcome.out and "below" in outcome.err, "one file failed, named", outcome.out + outcome.err)
        need(os.path.exists(world.path(f"{command}/x1.jpg")), "the others are made", os.listdir(world.path(command)))
        need(world.read(f"{command}/below") == b"mine", "the file in the way as it was", "another")


def amended_in_place(world):
    for command in ("scrub", "tag"):
        outcome = world.filigrane(f"{command} X --in-place", 1, before=injected(NAMING, "error=EACCES:when=1"))
        need("1 failed" in outcome.out, "one file failed alone", outcome.out + outcome.err)


def nowhere_to_amend(world):
    """A file system of the kernel's own takes no file, not even from root."""
    outcome = world.filigrane("scrub X -o /sys/kernel", 3)
    need(outcome.err.count("/sys/kernel") == 1 and ".jpg" not in outcome.err, "one line, of the folder alone", outcome.err)


X2, X3, X5 = shoot("X", "x1", "x2"), shoot("X", "x1", "x2", "x3"), shoot("X", "x1", "x2", "x3", "x4", "x5")
TWO = PROFILE.replace("} ]", "}, { name: thumb, long_edge: 80, formats: [jpeg], marks: [] } ]")
CASES = [
    Case("two runs into one folder come one after the other, and the manifest names the photos of both",
         {**X2, **shoot("Y", "y1", "y2")}, run=two_runs),
    Case("a run that waited plans when it has the lock", {**shoot("X", "x1"), "spare/x2.jpg": PICTURE}, run=second_plans_late),
    Case("shards write together, each once; a run over all photos and a merge wait for them", X3, run=shards),
    Case("a shard waits for a run over all photos", X2, run=shard_waits_for_run),
    Case("a part of a shard that was ended is not joined", X5, run=unfinished_shard),
    Case("SIGINT ends a run that waits, with 130", X2, run=ended_while_waiting(signal.SIGINT)),
    Case("SIGTERM ends a run that waits, with 143", X2, run=ended_while_waiting(signal.SIGTERM)),
    Case("SIGHUP ends a run that waits, with 129", X2, run=ended_while_waiting(signal.SIGHUP)),
    Case("a dry run makes no folder, waits for nobody, and says that another run is at work", X2, run=dry_run),
    Case("a file system without locks is told of in one line, and the run goes on", shoot("X", "x1"), run=without_locks),
    Case("a run that does nothing leaves no folder behind", {**X2, "X2/x1.jpg": PICTURE}, run=usage_leaves_nothing, control=True),
    Case("lock files are in nobody's way", X2, run=locks_left, control=True),
    Case("SIGHUP ends a run with 129, and what was finished is in the manifest", X5, run=hung_up),
    Case("a second SIGHUP does not keep it from that", X5, run=hung_up_twice),
    Case("a SIGHUP that is ignored from the start stays ignored", X5, run=nohup, control=True),
    Case("a run that is killed has its first photos in the manifest, and the next one goes on from there", X5, run=killed),
    Case("a folder in the way of one file fails that photo alone", X3, run=folder_in_the_way),
    Case("a file in the way of a folder fails what goes into it alone", {**X2, "X/below/y.jpg": PICTURE}, run=file_for_a_folder),
    Case("a name that is refused fails its photo alone", X3, run=refused),
    Case("a manifest does not tell of a file that was replaced before its photo failed", {**X2, "two.yaml": TWO},
         run=manifest_stays_true),
    Case("a disk that is full, over its quota, failing or read-only ends the run", X3, run=ends_the_run, control=True),
    Case("tag and scrub go on behind a file whose folder can't be", {**X2, "X/below/y.jpg": PICTURE}, run=amended_alone),
    Case("tag and scrub go on behind a file that can't be replaced", X3, run=amended_in_place),
    Case("an output folder that takes no file is told of once, before any file is read", X2, run=nowhere_to_amend),
]

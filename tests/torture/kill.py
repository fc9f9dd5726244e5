#!/usr/bin/env python3
"""kill -9 anywhere: each output is absent or whole, the same command converges, no original changes.

kill.py [--kills N] [--photos N]   kills at random times of the whole process group, and of the parent alone
kill.py --short                    kills the parent before each call that writes, syncs or names a file, in turn
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import time

import pictures
from harness import ONE_SIZE, SIZES, Torture, alive_in, fingerprint, originals, preload, shim

CHANGED = "quality.jpeg=60"  # The second of two recipes between which the random kills go to and fro.


def make_photos(torture, count):
    jpeg = pictures.one_of_each(torture.path("one"), 400, 300)["jpeg"]
    os.makedirs(torture.path("shoot", "deep"))
    for i in range(count):
        where = torture.path("shoot", *(["deep"] if i % 3 == 0 else []), "p%03d.jpg" % i)
        with open(where, "wb") as file:
            file.write(pictures.shot(jpeg, i))
    return torture.path("shoot")


def expect_whole(torture, out, wholes, what):
    """Each file is one that an undisturbed run makes; the manifest may be of either recipe, or of a mixture."""
    there = fingerprint(out) if os.path.isdir(out) else {}
    for path, found in there.items():
        name = os.path.basename(path)
        if path != b"filigrane.json" and not name.startswith(b".fg-"):
            torture.expect(any(whole.get(path) == found for whole in wholes), "%s: %r is not whole" % (what, path))
    return len(there)


def expect_converged(torture, shoot, out, whole, what, *arguments):
    result = torture.publish(shoot, "-o", out, "-q", *arguments)
    torture.expect(result.status == 0, "%s: the next run ends with %d: %s" % (what, result.status, result.err))
    torture.expect(fingerprint(out) == whole, "%s: the next run makes other bytes" % what)
    torture.expect_no_left_over(out, what)
    torture.expect_honest_manifest(out, what)


def random_kills(torture, kills, photos):
    torture.profile = torture.write_profile("profile.yaml", SIZES)
    shoot = make_photos(torture, photos)
    before = originals(shoot)
    recipes, wholes, seconds = ([], ["--set", CHANGED]), [], 0
    for i, recipe in enumerate(recipes):
        result = torture.publish(shoot, "-o", torture.path("whole%d" % i), "-q", *recipe)
        torture.expect(result.status == 0, "the undisturbed run fails: " + result.err)
        wholes.append(fingerprint(torture.path("whole%d" % i)))
        seconds = max(seconds, result.seconds)
    torture.say("%d photos, %d files, %.1f s undisturbed" % (photos, len(wholes[0]), seconds))
    chance, out = random.Random(8431), torture.path("web")
    stopped = late = converged = files = 0
    i = -1
    while stopped < kills:
        i += 1
        recipe = i // 5 % 2
        what = "kill %d" % i
        # Forced, since a run that finds nothing to do would be over before it can be killed.
        process, begun = torture.start(shoot, "-o", out, "-q", "--force", *recipes[recipe], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL), time.monotonic()
        time.sleep(chance.uniform(0, seconds))
        if process.poll() is None:
            stopped += 1
            (os.killpg if i % 2 else os.kill)(process.pid, signal.SIGKILL)
        else:
            late += 1
            seconds = min(seconds, time.monotonic() - begun)
        process.wait()
        torture.expect_no_process(process.pid, what)
        files += expect_whole(torture, out, wholes, what)
        if i % 5 == 4:
            expect_converged(torture, shoot, out, wholes[recipe], what, *recipes[recipe])
            converged += 1
            if i % 20 == 19:
                shutil.rmtree(out, ignore_errors=True)
    worker_kills(torture, shoot, min(20, kills))
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.say("%d kills in the run, %d after its end; %d files looked at; %d reruns converged; originals as they were"
                % (stopped, late, files, converged))


def named(pid):
    try:
        with open("/proc/%d/comm" % pid, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def worker_kills(torture, shoot, kills):
    """One worker is killed: its photo alone fails, by name; the next run makes up for it."""
    out, hit = torture.path("workers"), 0
    for i in range(kills):
        killed = []

        def kill_one(session):
            for pid in [] if killed else alive_in(session):
                if named(pid) == "fg-photo":
                    try:
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
                    except ProcessLookupError:
                        pass
                    return

        result = torture.publish(shoot, "-o", out, "--json", "--force", watch=kill_one)
        failed = [line for line in result.photos().values() if line["status"] == "failed"]
        torture.expect(len(failed) <= len(killed), "more than the killed photo failed: %s" % failed)
        for line in failed:
            hit += 1
            torture.expect("SIGKILL" in line["message"] and line["source"] in result.err,
                           "the killed photo is not named with its signal: %s" % line)
        torture.expect(result.status == (1 if failed else 0), "a lost worker ends the run with %d" % result.status)
        torture.expect_honest_manifest(out, "worker %d" % i)
    torture.say("%d workers killed in their work: each photo failed alone, named with the signal" % hit)


def kills_at_each_call(torture, photos, sizes=SIZES, kinds=None):
    torture.profile = torture.write_profile("profile.yaml", sizes)
    shoot, library, log = make_photos(torture, photos), shim(torture, "failing_files"), torture.path("log")
    before = originals(shoot)
    out = torture.path("web")
    counting = preload(torture, library, FG_SHIM_BELOW=out, FG_SHIM_LOG=log)
    result = torture.publish(shoot, "-o", out, "-q", env=counting)
    torture.expect(result.status == 0, "the undisturbed run fails: %s" % result.err)
    whole = fingerprint(out)
    with open(log, encoding="utf-8") as file:
        calls = [call for call in (line.split("\t") for line in file) if not kinds or call[1] in kinds]
    files = 0
    for call in calls:
        what = "killed before call %s, %s" % (call[0], call[1])
        shutil.rmtree(out, ignore_errors=True)
        env = preload(torture, library, FG_SHIM_BELOW=out, FG_SHIM_AT=call[0], FG_SHIM_DO="kill")
        result = torture.publish(shoot, "-o", out, "-q", env=env)
        torture.expect(result.status == -signal.SIGKILL, "%s: it ended with %d" % (what, result.status))
        files += expect_whole(torture, out, [whole], what)
        torture.expect_honest_manifest(out, what)
        if call[1] == "renameat" or call is calls[-1]:
            expect_converged(torture, shoot, out, whole, what)
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.say("%d photos, killed before each of %d calls; %d files looked at; every rerun converged"
                % (photos, len(calls), files))


def interrupts(torture, photos):
    """SIGINT at each rename: exit 130, all that was finished in the manifest, and the same command goes on from there."""
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE)
    shoot, library, log = torture.path("shoot"), shim(torture, "failing_files"), torture.path("int-log")
    whole, out = torture.path("int-whole"), torture.path("int")
    torture.publish(shoot, "-o", whole, "-q", "-j", "1", env=preload(torture, library, FG_SHIM_BELOW=whole, FG_SHIM_LOG=log))
    with open(log, encoding="utf-8") as file:
        at = [call for call in (line.split("\t") for line in file) if call[1] == "renameat" and call[3].endswith(".jpg\n")]
    torture.expect(len(at) == photos, "%d photos make %d files" % (photos, len(at)))
    named = 0
    for done, call in enumerate(at, 1):
        what = "SIGINT at call %s" % call[0]
        shutil.rmtree(out, ignore_errors=True)
        env = preload(torture, library, FG_SHIM_BELOW=out, FG_SHIM_AT=call[0], FG_SHIM_DO="int")
        result = torture.publish(shoot, "-o", out, "-q", "-j", "1", env=env)
        last = done == len(at)
        # Behind the last file there may be nothing left to interrupt.
        torture.expect(result.status == 130 or (last and result.status == 0), "%s: it ends with %d" % (what, result.status))
        found = torture.expect_honest_manifest(out, what)
        torture.expect(found >= done, "%s: %d of %d finished files are in the manifest" % (what, found, done))
        named += found
        result = torture.publish(shoot, "-o", out, "--json")
        again = [line for line in result.photos().values() if line["status"] == "unchanged"]
        torture.expect(len(again) == found, "%s: %d of %d photos are done again" % (what, found - len(again), found))
        torture.expect(fingerprint(out) == fingerprint(whole), "%s: the next run makes other bytes" % what)
    torture.say("SIGINT behind each of %d files: exit 130, every finished one in the manifest, none done again" % len(at))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--photos", type=int, default=100)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("kill")
    if given.short:
        kills_at_each_call(torture, 1, ONE_SIZE, ("write", "renameat", "fsync", "mkdir"))
        interrupts(torture, 1)
    else:
        kills_at_each_call(torture, 5)
        interrupts(torture, 5)
        shutil.rmtree(torture.path("shoot"))
        random_kills(torture, given.kills, given.photos)
    torture.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A disk that is full, over its quota, failing or read-only, at every call that a run makes; and a power cut.

full.py           five photos, four errors, every call; short writes; disks that stay full; real small file systems
full.py --short   one photo, every call fails once with ENOSPC
"""
import argparse
import errno
import os
import shutil
import subprocess
import sys

import pictures
from harness import ONE_SIZE, SIZES, Torture, fingerprint, originals, preload, shim

ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
WORDS = {error: os.strerror(error) for error in ERRORS}


class Calls:
    """The calls of an undisturbed run over a folder that is not there yet, and what that run makes."""

    def __init__(self, torture, photos):
        jpeg = pictures.one_of_each(torture.path("one"), 400, 300)["jpeg"]
        self.torture, self.shoot, self.out = torture, torture.path("shoot"), torture.path("web")
        os.makedirs(self.shoot)
        for i in range(photos):
            with open(os.path.join(self.shoot, "p%d.jpg" % i), "wb") as file:
                file.write(pictures.shot(jpeg, i))
        self.library, log = shim(torture, "failing_files"), torture.path("log")
        result = self.run(FG_SHIM_LOG=log)
        torture.expect(result.status == 0, "the undisturbed run fails: %s" % result.err)
        self.whole = fingerprint(self.out)
        with open(log, encoding="utf-8") as file:
            self.made = [line.rstrip("\n").split("\t") for line in file]

    def run(self, *arguments, **settings):
        env = preload(self.torture, self.library, FG_SHIM_BELOW=self.out, **settings)
        # One at a time, so that the calls come in one order.
        return self.torture.publish(self.shoot, "-o", self.out, "-q", "-j", "1", *arguments, env=env)

    def fail_one(self, number, act, error, stays=False):
        """Makes one call go wrong in a run from nothing, and looks at all that must hold then."""
        torture, call = self.torture, self.made[number - 1]
        if call[1] == "close" and os.path.basename(call[3]) in ("lock", "made"):
            return  # Nothing is ever written to the one, and each line of the other is on the disk before its picture.
        what = "call %d (%s of %s) %s %s%s" % (number, call[1], os.path.basename(call[3]), act, errno.errorcode[error],
                                               ", for good" if stays else "")
        shutil.rmtree(self.out, ignore_errors=True)
        settings = {"FG_SHIM_STAYS": "1"} if stays else {}
        result = self.run(FG_SHIM_AT=str(number), FG_SHIM_DO="short" if act == "cut by" else str(error), **settings)
        torture.expect(result.status == 3, "%s: it ends with %d, not 3: %s" % (what, result.status, result.err))
        first, *hints = result.err.splitlines() or [""]
        torture.expect(len(hints) <= 1, "%s: it says more than a line and a hint: %s" % (what, result.err))
        torture.expect(WORDS[error] in first, "%s: the message hides the reason: %s" % (what, result.err))
        torture.expect(any(name in first for name in self.names(call)),
                       "%s: the message names no file: %s" % (what, result.err))
        self.expect_whole(what, unlink_failed=call[1] == "unlinkat")

    def names(self, call):
        """What a message about this call may speak of: a folder that can't be made or written to, or the file in hand."""
        if call[1] == "mkdir":
            return [call[3], self.out]
        at = self.made.index(call)
        following = [later[3] for later in self.made[at:] if later[1] == "renameat"]
        before = [earlier[3] for earlier in self.made[:at] if earlier[1] == "renameat"]
        in_hand = before[-1:] if call[1] in ("close", "fsync") and before else []
        folder = [call[3]] if call[1] == "fsync" else []
        if call[3].endswith(("/.filigrane", "/.filigrane/made")):
            folder.append(".filigrane/made")
        return [os.path.basename(path) for path in in_hand + following[:1]] + folder

    def expect_whole(self, what, unlink_failed=False):
        there = fingerprint(self.out) if os.path.isdir(self.out) else {}
        for path, found in there.items():
            if path != b"filigrane.json" and not os.path.basename(path).startswith(b".fg-"):
                self.torture.expect(self.whole.get(path) == found, "%s: %r is not whole" % (what, path))
        if not unlink_failed:
            self.torture.expect_no_left_over(self.out, what)
        self.torture.expect_honest_manifest(self.out, what)

    def expect_recovery(self, what):
        result = self.torture.publish(self.shoot, "-o", self.out, "-q")
        self.torture.expect(result.status == 0, "%s: the next run ends with %d" % (what, result.status))
        self.torture.expect(fingerprint(self.out) == self.whole, "%s: the next run makes other bytes" % what)
        self.torture.expect_no_left_over(self.out, what)


def every_call(calls, errors, kinds=None):
    runs = 0
    for error in errors:
        for number, call in enumerate(calls.made, 1):
            if kinds and call[1] not in kinds:
                continue
            # GLib tries a folder again from its parents down, so that only a lasting error can be one.
            calls.fail_one(number, "fails with", error, stays=call[1] == "mkdir")
            runs += 1
        calls.expect_recovery("after %s" % errno.errorcode[error])
    return runs


def short_writes(calls):
    runs = 0
    for number, call in enumerate(calls.made, 1):
        if call[1] == "write":
            calls.fail_one(number, "cut by", errno.ENOSPC, stays=True)
            runs += 1
    return runs


def stays_full(calls):
    runs = 0
    for number in range(1, len(calls.made) + 1, 3):
        calls.fail_one(number, "fails with", errno.ENOSPC, stays=True)
        runs += 1
    calls.expect_recovery("after a disk that stayed full")
    return runs


def unreadable_input(calls):
    """A photo that can't be read fails alone, by name."""
    torture = calls.torture
    shutil.rmtree(calls.out, ignore_errors=True)
    victim = sorted(os.listdir(calls.shoot))[0]
    others = len(os.listdir(calls.shoot)) - 1
    result = calls.run(FG_SHIM_READ=os.path.join(calls.shoot, victim))
    torture.expect(result.status == 1, "an input with an I/O error ends the run with %d" % result.status)
    lines = result.err.splitlines()
    torture.expect(len(lines) == 1 and victim in lines[0] and WORDS[errno.EIO] in lines[0],
                   "an input with an I/O error is told as: %s" % result.err)
    calls.expect_whole("an unreadable input")
    made = sum(1 for path in fingerprint(calls.out) if path != b"filigrane.json")
    torture.expect(made == 3 * others, "an unreadable input costs others: %d files" % made)


def is_record(path):
    """Whether this file tells what is there: the manifest, or the state."""
    return os.path.basename(path) == "filigrane.json" or os.path.basename(os.path.dirname(path)) == ".filigrane"


def places(made, matches):
    return [place for place, (_, call, _, path) in enumerate(made) if matches(call, path)]


def power_cut(calls):
    """Cuts the power behind each call: a rename that is on the disk may not point to data that is not.

    The worst that a file system may do is kept in mind: data is safe only after fsync of its file, and names may reach
    the disk by themselves at any time after the rename.
    """
    synced, checked, pending = set(), 0, {}
    for number, call, length, path in calls.made:
        if os.path.basename(path) == "made":
            continue  # It grows, line by line, under its own name.
        if call in ("openat", "write"):
            pending[path] = pending.get(path, 0) + int(length)
            synced.discard(path)
        elif call == "fsync":
            synced.add(path)
        elif call == "renameat":
            # Only one draft is in hand at a time: the last that was synced.
            ready = [draft for draft in pending if draft in synced]
            calls.torture.expect(len(ready) == len(pending) == 1,
                                 "call %s: %s gets its name before its data is safe" % (number, path))
            checked += 1
            later = calls.made[int(number):]
            settled = places(later, lambda call, name: call == "fsync" and name == os.path.dirname(path))
            told = places(later, lambda call, name: call == "renameat" and is_record(name))
            calls.torture.expect(settled and (not told or settled[0] < told[0]),
                                 "call %s: the folder of %s is not synced before the photo is recorded" % (number, path))
            pending.clear()
    calls.torture.say("power cut: %d renames, each behind the fsync of its data, and its folder synced before it is recorded" % checked)


def real_disks(calls, sizes):
    """Real file systems that are too small, each in a mount namespace of its own. They need root."""
    torture = calls.torture
    shutil.rmtree(calls.out, ignore_errors=True)
    os.makedirs(calls.out)
    big = torture.path("big")
    os.makedirs(big)
    picture = pictures.one_of_each(torture.path("two"), 1600, 1200)["jpeg"]
    for i in range(5):
        with open(os.path.join(big, "b%d.jpg" % i), "wb") as file:
            file.write(pictures.shot(picture, i))
    profile = torture.write_profile("big.yaml", "  - { name: big, long_edge: 1600, formats: [png, jpeg] }")
    whole = torture.path("whole")
    before = torture.profile
    torture.profile = profile
    torture.publish(big, "-o", whole, "-q")
    wanted = fingerprint(whole)
    script = 'mount -t tmpfs -o size="$1" tmpfs "$2" || exit 77; shift 2; out=$1; keep=$2; shift 2; "$@"; s=$?; ' \
             'cp -a "$out" "$keep"; exit $s'
    tried = full = named = 0
    for size in sizes:
        keep = torture.path("keep-" + size)
        command = ["unshare", "-m", "sh", "-c", script, "sh", size, calls.out, calls.out, keep,
                   *torture.command(big, "-o", calls.out, "-q")]
        ended = subprocess.run(command, env=torture.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               cwd=torture.folder, check=False)
        if ended.returncode == 77 or not os.path.isdir(keep):
            torture.say("real file systems: not tried, mounting needs root")
            torture.profile = before
            return
        tried += 1
        message = ended.stderr.decode()
        there = fingerprint(keep)
        for path, found in there.items():
            if path != b"filigrane.json":
                torture.expect(wanted.get(path) == found, "tmpfs of %s: %r is not whole" % (size, path))
        torture.expect_no_left_over(keep, "tmpfs of " + size)
        named += torture.expect_honest_manifest(keep, "tmpfs of " + size)
        if len(there) < len(wanted):
            full += 1
            torture.expect(ended.returncode == 3, "tmpfs of %s: it ends with %d: %s" % (size, ended.returncode, message))
            torture.expect("No space left" in message.splitlines()[0] and len(message.splitlines()) <= 2,
                           "tmpfs of %s: it says: %s" % (size, message))
        else:
            torture.expect(ended.returncode == 0, "tmpfs of %s: it ends with %d: %s" % (size, ended.returncode, message))
    torture.profile = before
    torture.say("real file systems of %s: %d tried, %d were full; their manifests name %d files, all whole"
                % (", ".join(sizes), tried, full, named))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("full")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE if given.short else SIZES)
    calls = Calls(torture, 1 if given.short else 5)
    before = originals(calls.shoot)
    power_cut(calls)
    if given.short:
        runs = every_call(calls, ERRORS[:1])
    else:
        runs = every_call(calls, ERRORS) + short_writes(calls) + stays_full(calls)
        real_disks(calls, ("1m", "2m", "3m", "5m", "8m", "20m"))
    unreadable_input(calls)
    torture.expect(originals(calls.shoot) == before, "an original has changed")
    torture.say("%d runs, each with one of %d calls gone wrong: exit 3, the file and the reason named, nothing half"
                % (runs, len(calls.made)))
    torture.finish()


if __name__ == "__main__":
    sys.exit(main())

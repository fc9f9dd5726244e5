#!/usr/bin/env python3
"""Memory that runs out: in a worker only its photo fails; in the parent what is in place stays whole.

memory.py           a ladder of limits for one large photo among small ones; then every request of a worker, of the
                    other children and of the parent in turn fails (the last needs a build without sanitizers)
memory.py --short   the ladder, shorter; no failing requests under sanitizers
"""
import argparse
import json
import os
import shutil
import signal
import zlib

import pictures
from harness import ONE_SIZE, Torture, fingerprint, originals, preload, read_json, shim

SMALL = 3


def make_photos(torture):
    shoot = torture.path("shoot")
    os.makedirs(shoot)
    jpeg = pictures.one_of_each(torture.path("one"), 400, 300)["jpeg"]
    for i in range(SMALL):
        with open(os.path.join(shoot, "p%d.jpg" % i), "wb") as file:
            file.write(pictures.shot(jpeg, i))
    return shoot


def others_are_whole(torture, out, whole, victim, what):
    """All files of the other photos are there and whole; those of the victim are absent or whole."""
    there = fingerprint(out) if os.path.isdir(out) else {}
    for path, found in whole.items():
        if path == b"filigrane.json":
            continue
        mine = os.path.basename(path).startswith(victim.partition(".")[0].encode())
        torture.expect(there.get(path) == found or (mine and path not in there), "%s: %r is not whole" % (what, path))
    torture.expect_no_left_over(out, what)
    torture.expect_honest_manifest(out, what)


def ladder(torture, shoot, limits, side):
    """A photo of side x side pixels needs more than the lower steps give it."""
    big = os.path.join(shoot, "big.png")
    row = b"\0" + bytes(range(256)) * (3 * side // 256 + 1)
    squeeze = zlib.compressobj(1)
    data = b"".join([squeeze.compress(row[:1 + 3 * side]) for _ in range(side)]) + squeeze.flush()
    with open(big, "wb") as file:
        file.write(pictures.png_header(side, side) + pictures.png_chunk(b"IDAT", data) + pictures.png_chunk(b"IEND", b""))
    profile = torture.profile
    torture.profile = torture.write_profile("big.yaml", "  - { name: web, long_edge: %d, formats: [webp, png] }" % side)
    whole = torture.path("ladder-whole")
    result = torture.publish(shoot, "-o", whole, "-q")
    torture.expect(result.status == 0, "the undisturbed run ends with %d: %s" % (result.status, result.err))
    whole_prints, told = fingerprint(whole), []
    for limit in limits:
        out = torture.path("ladder-%s" % limit)
        result = torture.publish(shoot, "-o", out, "-q", "--set", "limits.memory=" + limit)
        what = "limit of " + limit
        failed = [line for line in result.err.splitlines() if line.startswith("failed: ")]
        torture.expect(result.status in (0, 1), "%s: it ends with %d: %s" % (what, result.status, result.err))
        torture.expect(result.status == (1 if failed else 0), "%s: it ends with %d" % (what, result.status))
        if failed:
            torture.expect("memory" in result.err or "limit" in result.err,
                           "%s: the message hides the reason: %s" % (what, result.err))
        if len(failed) <= 1:
            torture.expect(not failed or "big.png" in failed[0], "%s: a small photo failed: %s" % (what, failed))
            others_are_whole(torture, out, whole_prints, "big.png", what)
        told.append("%s %s" % (limit, "all done" if not failed else "%d failed" % len(failed)))
    torture.say("limits.memory: " + ", ".join(told))
    os.remove(big)
    torture.profile = profile


def parent_ladder(torture, shoot, limits):
    """All processes of a run are bound together, from so little that nothing starts to enough."""
    whole_out, out, told = torture.path("bound-whole"), torture.path("bound"), {}
    result = torture.publish(shoot, "-o", whole_out, "-q", "-j", "1")
    torture.expect(result.status == 0, "the undisturbed run fails: " + result.err)
    whole = fingerprint(whole_out)
    for limit in limits:
        shutil.rmtree(out, ignore_errors=True)
        what = "%d MiB for the parent" % limit
        with torture.bound_to(limit << 20):
            result = torture.publish(shoot, "-o", out, "-q", "-j", "1")
        if result.status == 127: # The loader itself had no room for the libraries.
            continue
        torture.expect(result.status in (0, 1, 2, 3), "%s: it ends with %d: %s" % (what, result.status, result.err))
        # The loader of modules has words of its own.
        reason = "memory" in result.err or "failed to map segment" in result.err
        torture.expect(result.status != 3 or reason, "%s: it says: %s" % (what, result.err))
        others_are_whole(torture, out, whole, "p" if result.status else "", what)
        told[result.status] = told.get(result.status, 0) + 1
    torture.say("%d limits for all processes: endings %s" % (len(limits), ", ".join("%d: %d times" % pair for pair in sorted(told.items()))))


def steps(most):
    """Each of the first requests, then ever fewer: there are tens of thousands."""
    number = 1
    while number <= most:
        yield number
        number += 1 if number < 40 else number // 12


def edit_manifest(out):
    """The same manifest in other bytes, so that it has to be read."""
    path = os.path.join(out, "filigrane.json")
    told = read_json(path)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(told, file)


def failing_requests(torture, shoot, library, process, child, most, over=False):
    """With `over`, each run goes over a finished one, and has its manifest and its state to read."""
    what = "request of " + (process or "the parent") + (" over a finished run" if over else "")
    out, whole_out = torture.path("failing"), torture.path("failing-whole")
    # libseccomp may go round for ever when it gets no memory, until the photo's time is over.
    options = ("-q", "-j", "1", "--set", "limits.seconds=5")
    result = torture.publish(shoot, "-o", whole_out, *options)
    torture.expect(result.status == 0, "the undisturbed run fails: " + result.err)
    whole, endings, runs = fingerprint(whole_out), {}, 0
    # With nothing left at all GLib can't even say so in the parent: there one request fails, or a process for good.
    for once in (False, True) if process else (True,):
        for number in steps(most):
            settings = dict(FG_SHIM_MALLOC=str(number), **({"FG_SHIM_ONCE": "1"} if once else {}))
            if process:
                settings.update(FG_SHIM_PROCESS=process, FG_SHIM_CHILD=str(child))
            shutil.rmtree(out, ignore_errors=True)
            if over:
                shutil.copytree(whole_out, out)
                edit_manifest(out)
            untouched = fingerprint(out) if over else {}
            env = preload(torture, library, **settings)
            result = torture.publish(shoot, "-o", out, *options, env=env, patience=120)
            runs += 1
            endings[result.status] = endings.get(result.status, 0) + 1
            this = "%s %d%s" % (what, number, " alone" if once else "")
            victim = "p%d.jpg" % (child - 1) if child else "p"
            others_are_whole(torture, out, whole, victim if result.status else "", this)
            if process == "fg-photo":
                torture.expect(result.status in (0, 1), "%s: it ends with %d: %s" % (this, result.status, result.err))
                if result.status == 1:
                    torture.expect(victim in result.err and result.err.count("failed: ") == 1,
                                   "%s: it says: %s" % (this, result.err))
            else:
                # Before any work has begun, GLib's slices may abort with a line of their own; nothing crashes.
                idle = not process and (fingerprint(out) if os.path.isdir(out) else {}) == untouched
                torture.expect(result.status in (0, 1, 2, 3) or (idle and result.status == -signal.SIGABRT and "GSlice" in result.err),
                               "%s: it ends with %d: %s" % (this, result.status, result.err))
    torture.say("%s: %d runs, all others whole; endings %s" % (what, runs, ", ".join("%d: %d times" % pair for pair in sorted(endings.items()))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--most", type=int, default=60000)
    given = parser.parse_args()
    torture = Torture("memory")
    torture.profile = torture.write_profile("profile.yaml", ONE_SIZE)
    shoot = make_photos(torture)
    before = originals(shoot)
    if torture.sanitized:
        torture.say("not tried: a sanitizer has its own memory")
    elif given.short:
        ladder(torture, shoot, ("64M", "1G"), 4000)
        parent_ladder(torture, shoot, (24, 40, 80, 1024))
    else:
        ladder(torture, shoot, ("64M", "96M", "128M", "256M", "512M", "1G"), 6000)
        parent_ladder(torture, shoot, [*range(20, 200, 4), 1024])
        library = shim(torture, "failing_memory")
        failing_requests(torture, shoot, library, "fg-photo", 2, given.most)
        failing_requests(torture, shoot, library, "fg-prober", 0, 3000)
        failing_requests(torture, shoot, library, "fg-zygote", 0, 3000)
        failing_requests(torture, shoot, library, "fg-typesetter", 0, 3000)
        failing_requests(torture, shoot, library, None, 0, 6000)
        failing_requests(torture, shoot, library, None, 0, 20000, over=True)
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""tag and scrub among others: kill -9 at random moments, and another program that saves the same photo.

amend.py [--rounds N]
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import time

import pictures
from harness import PROGRAM, Torture, digest

COMMANDS = [["scrub", "--in-place"], ["tag", "--in-place", "--set", "rights.creator=Ada Torture", "--force-rights"]]


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def start(torture, command, folder):
    return subprocess.Popen([PROGRAM, *command, "-q", folder], env=torture.environment(), cwd=torture.folder,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def fill(folder, photos):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for i, photo in enumerate(photos):
        write(os.path.join(folder, "p%02d.jpg" % i), photo)


def kills(torture, rounds, photos, chance):
    folder, stopped = torture.path("killed"), 0
    for command in COMMANDS:
        fill(folder, photos)
        begun = time.monotonic()
        torture.expect(start(torture, command, folder).wait() == 0, "%s: the undisturbed run fails" % command[0])
        seconds = time.monotonic() - begun
        whole = {name: digest(os.path.join(folder, name)) for name in os.listdir(folder)}
        for i in range(rounds):
            fill(folder, photos)
            process = start(torture, command, folder)
            time.sleep(chance.uniform(0, seconds))
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                stopped += 1
            process.wait()
            what = "%s, kill %d" % (command[0], i)
            for name, photo in zip(sorted(whole), photos):
                with open(os.path.join(folder, name), "rb") as file:
                    torture.expect(file.read() == photo or digest(os.path.join(folder, name)) == whole[name],
                                   "%s: %s is neither the old nor the new one" % (what, name))
            torture.expect(start(torture, command, folder).wait() == 0, "%s: the next run fails" % what)
            found = {name: digest(os.path.join(folder, name)) for name in os.listdir(folder)}
            torture.expect(found == whole, "%s: the next run leaves %s" % (what, sorted(set(found) ^ set(whole)) or "other bytes"))
    torture.say("%d kills; every rerun converged" % stopped)


def saves(torture, rounds, photos, chance):
    """Another program saves at a random moment: its bytes are in the photo, whatever the exit code."""
    lost = {"moved": 0, "written": 0}
    folder, path = torture.path("saved"), torture.path("saved", "p00.jpg")
    begun = time.monotonic()
    fill(folder, photos[:1])
    start(torture, COMMANDS[0], folder).wait()
    seconds = time.monotonic() - begun
    for i in range(rounds):
        for how in lost:
            mark = b"SAVED %d %s" % (i, how.encode())
            fill(folder, photos[:1])
            process = start(torture, COMMANDS[i % 2], folder)
            time.sleep(chance.uniform(0, seconds))
            if how == "moved":
                write(path + ".new", photos[0] + mark)
                os.rename(path + ".new", path)
            else:
                with open(path, "ab") as file:
                    file.write(mark)
            after = process.poll() is not None
            process.wait()
            with open(path, "rb") as file:
                found = file.read()
            # A scrub that began behind the save takes what hangs on the end out, and that is no loss.
            kept = mark in found or (process.returncode == 0 and not after and scrubbed_later(torture, photos[0] + mark, found))
            lost[how] += not kept
            torture.expect(kept, "%s %d: what another program saved is lost, exit %d" % (how, i, process.returncode))
            torture.expect(os.listdir(folder) == ["p00.jpg"], "%s %d: %s" % (how, i, os.listdir(folder)))
    torture.say("%d times another program moved a photo over, and as often wrote into one: %d and %d lost"
                % (rounds, lost["moved"], lost["written"]))


def scrubbed_later(torture, saved, found):
    folder = torture.path("later")
    for command in COMMANDS:
        fill(folder, [saved])
        start(torture, command, folder).wait()
        with open(os.path.join(folder, "p00.jpg"), "rb") as file:
            if file.read() == found:
                return True
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture, chance = Torture("amend"), random.Random(8431)
    jpeg = pictures.one_of_each(torture.path("one"), 400, 300)["jpeg"]
    photos = [pictures.shot(jpeg, i) for i in range(8)]
    rounds = 5 if given.short else given.rounds
    kills(torture, rounds, photos, chance)
    saves(torture, rounds, photos, chance)
    torture.finish()


if __name__ == "__main__":
    main()

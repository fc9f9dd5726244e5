"""tag and scrub on files that others own, write to and keep: nobody's picture is lost with exit 0."""
import glob
import hashlib
import os
import shutil
import signal
import subprocess

from facts import need, says, says_not
from files import exif_segment, gps_entries, jpeg, picture, text, tiff_block
from run import HERE, PROFILE, Case

OWN = [text(0x13B, "Jane Doe"), text(0x8298, "© 2026 Jane Doe. All rights reserved.")]
GPS = jpeg(exif_segment(tiff_block(OWN, gps=gps_entries())))
OTHER = jpeg(exif_segment(tiff_block(OWN, gps=gps_entries())), of=picture("jpeg", 380, 280))
BARE = jpeg()
PROFILES = {"filigrane.yaml": PROFILE, "second.yaml": PROFILE.replace("Jane Doe", "Jane M. Doe")}
REWRITES = ["scrub --in-place", "tag --in-place --force-rights -p second.yaml"]


def digest(data):
    return hashlib.sha256(data).hexdigest()


def left_over(world, folder="."):
    return [os.path.basename(path) for path in glob.glob(os.path.join(world.path(folder), ".fg-*"))]


def names(world, folder="."):
    return sorted(name for name in os.listdir(world.path(folder)) if not name.startswith("."))


# ---- Backups ----

def backup_beside_a_stranger(world):
    """An .orig that is another picture, a folder or a link to nothing is no backup: the next free name is one."""
    for place, make in (("other", lambda path: world.write(path, OTHER)), ("folder", lambda path: os.makedirs(world.path(path))),
                        ("dangling", lambda path: os.symlink("nowhere", world.path(path)))):
        photo = f"{place}/a.jpg"
        world.write(photo, GPS)
        make(photo + ".orig")
        if place == "other":
            world.write(photo + ".1.orig", b"no picture")
        world.filigrane(f"scrub --in-place --backup {photo}")
        found = f"{photo}.{2 if place == 'other' else 1}.orig"
        need(os.path.isfile(world.path(found)) and world.read(found) == GPS, f"{found} is the photo as it was", names(world, place))
        if place == "other":
            need(world.read(photo + ".orig") == OTHER, "the other picture stays", "it does not")


def backup_is_made_once(world):
    world.write("a.jpg", GPS)
    for command in ("scrub --in-place --backup a.jpg", "tag --in-place --backup a.jpg -p second.yaml --force-rights"):
        world.filigrane(command)
    need(names(world) == ["a.jpg", "a.jpg.orig", "filigrane.yaml", "second.yaml"], "one backup", names(world))
    need(world.read("a.jpg.orig") == GPS, "the true original in it", "other bytes")


def no_backup_no_rewrite(world):
    name = "x" * 248 + ".jpg"  # There is no room for an ending.
    world.write(name, GPS)
    world.filigrane(f"scrub --in-place --backup {name}", 1, [says("no backup")])
    need(world.read(name) == GPS, "the photo as it was", "other bytes")


def kept_is_no_photo(world):
    for name in ("a.jpg", "a.jpg.orig", "a.jpg.1.orig", "a.jpg.2.orig", "a.jpg.saved"):
        world.write(f"shoot/{name}", GPS)
    world.filigrane("scrub --in-place shoot")
    world.filigrane("tag --in-place -p second.yaml --force-rights shoot")
    for name in ("a.jpg.orig", "a.jpg.1.orig", "a.jpg.2.orig", "a.jpg.saved"):
        need(world.read(f"shoot/{name}") == GPS, f"{name} as it was", "other bytes")
    world.filigrane("check shoot", 0, [says_not(".orig", ".saved")])
    world.filigrane("publish shoot -o web -q -p second.yaml")
    need(names(world, "web") == ["a-320.jpg", "filigrane.json"], "one picture", names(world, "web"))


# ---- Other programs ----

def shim(world):
    """The library of another.c, built once for each run of the tables."""
    library = world.path(".another.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "another.c"), "-ldl"], check=True)
    return library


def preloaded(world, **more):
    return {"LD_PRELOAD": shim(world), **{f"FG_{name.upper()}": value for name, value in more.items()}}


# In the middle of the last step, and a while before it.
MOMENTS = ["renameat2", "fsync", "fchmod"]


def another_program_saves(run, expected):
    """Whatever another program does to the file before a call, its bytes are in the file when all is over."""
    def judge(world):
        for command in REWRITES:
            for moment in MOMENTS:
                world.write("a.jpg", GPS)
                world.write("new", OTHER)
                outcome = world.filigrane(f"{command} a.jpg", None, environment=preloaded(world, at=moment, run=run))
                found = world.read("a.jpg")
                need(outcome.status == 1 and digest(found) == digest(expected),
                     f"{command}, {run!r} before {moment}: exit 1, and what the other program saved",
                     f"exit {outcome.status}, {len(found)} bytes; {outcome.err}")
                need(not left_over(world), "nothing left over", left_over(world))
                world.filigrane("scrub --in-place a.jpg")
    return judge


def saves_behind_a_check(world):
    """A program that writes in the same size and puts the times back is seen by the time of the last change."""
    touch = "cp -p a.jpg keep; printf X | dd of=a.jpg bs=1 seek=3 conv=notrunc status=none; touch -r keep a.jpg"
    for command in REWRITES:
        world.write("a.jpg", GPS)
        world.filigrane(f"{command} a.jpg", 1, environment=preloaded(world, at="fsync", run=touch))
        need(world.read("a.jpg")[3:4] == b"X", "what the other program wrote", "it is lost")


def open_to_write(world):
    """Who has the file open to write may write to it still."""
    world.write("a.jpg", GPS)
    with open(world.path("a.jpg"), "r+b") as file:
        world.filigrane("scrub --in-place a.jpg", 1, [says("another program")])
        file.seek(0, os.SEEK_END)
        file.write(b"more")
    need(world.read("a.jpg") == GPS + b"more", "all that was written", "it is lost")


def removed_meanwhile(world):
    world.write("a.jpg", GPS)
    world.filigrane("scrub --in-place a.jpg", 1, environment=preloaded(world, at="renameat2", run="rm a.jpg"))
    need(not os.path.exists(world.path("a.jpg")) and not left_over(world), "it stays removed", names(world))


def target_written_meanwhile(world):
    """The same below -o DIR: a file that comes to be there is not written over."""
    world.write("a.jpg", GPS)
    world.write("new", OTHER)
    os.makedirs(world.path("out"))
    world.filigrane("scrub -o out a.jpg", 1, environment=preloaded(world, at="linkat", run="cp new out/a.jpg"))
    need(world.read("out/a.jpg") == OTHER and not left_over(world, "out"), "the other program's file", names(world, "out"))


# ---- What a file has beside its bytes ----

def attributes_stay(world):
    world.write("a.jpg", GPS)
    path = world.path("a.jpg")
    os.setxattr(path, "user.baloo.rating", b"8")
    os.setxattr(path, "user.xdg.tags", "Crolles,été".encode())
    os.chmod(path, 0o640)
    subprocess.run(["setfacl", "-m", "g:nogroup:r,u:nobody:rw,m::rw", path], check=True)
    before = subprocess.run(["getfacl", "-pn", path], capture_output=True, check=True).stdout
    for command in REWRITES:
        world.filigrane(f"{command} a.jpg")
        found = {name: os.getxattr(path, name) for name in os.listxattr(path) if name.startswith("user.")}
        need(found == {"user.baloo.rating": b"8", "user.xdg.tags": "Crolles,été".encode()}, "its attributes", found)
        after = subprocess.run(["getfacl", "-pn", path], capture_output=True, check=True).stdout
        need(after == before, f"its access list: {before}", after)


def folders_list_is_not_taken(world):
    """A default list of the folder gives the file nothing that it had not."""
    os.makedirs(world.path("shared"))
    world.write("shared/a.jpg", GPS)
    os.chmod(world.path("shared/a.jpg"), 0o600)
    subprocess.run(["setfacl", "-d", "-m", "u:nobody:rw", world.path("shared")], check=True)
    before = subprocess.run(["getfacl", "-pn", world.path("shared/a.jpg")], capture_output=True, check=True).stdout
    world.filigrane("scrub --in-place shared")
    after = subprocess.run(["getfacl", "-pn", world.path("shared/a.jpg")], capture_output=True, check=True).stdout
    need(after == before, f"its access list: {before}", after)


def attribute_that_cannot_stay(world):
    world.write("a.jpg", GPS)
    os.setxattr(world.path("a.jpg"), "user.rating", b"8")
    world.filigrane("scrub --in-place a.jpg", 1, [says("user.rating", "-o DIR")], environment=preloaded(world, refuse="xattr"))
    need(world.read("a.jpg") == GPS and not left_over(world), "the photo as it was", "other bytes")


# ---- Below -o DIR ----

def over_an_original(world):
    """The true original lies where the copy would go, with the same picture and more in it."""
    for command in ("scrub -o out", "tag -o out"):
        for lies_there, name in ((GPS, "an original"), (jpeg(exif_segment(tiff_block(OWN))), "one without a place")):
            world.write("in/a.jpg", BARE)
            world.write("out/a.jpg", lies_there)
            world.filigrane(f"{command} in/a.jpg", 1, [says("out/a.jpg")])
            need(world.read("out/a.jpg") == lies_there, f"{command}: {name} stays", "other bytes")
    world.write("out/a.jpg", GPS)
    world.filigrane("tag --in-place out/a.jpg")
    tagged = world.read("out/a.jpg")
    world.filigrane("tag -o out in/a.jpg", 1)  # A tag of it would change nothing, and yet no tag made it of this file.
    need(world.read("out/a.jpg") == tagged, "an original that is tagged stays", "other bytes")


def over_an_earlier_run(world):
    """What the same command made of the same file is written over, with whatever options."""
    world.write("in/a.jpg", GPS)
    for command in ("tag -o out in/a.jpg", "tag -o out -p second.yaml --force-rights in/a.jpg", "tag -o out -p second.yaml --force-rights in"):
        world.filigrane(command)
    world.filigrane("check out/a.jpg --json", None, [says("Jane M. Doe")])
    world.filigrane("scrub -o out in/a.jpg", 1)  # Another command made it.
    for command in ("scrub -o clean in", "scrub -o clean --keep camera in", "scrub -o clean in", "scrub -o clean in"):
        world.filigrane(command)
    shutil.move(world.path("in"), world.path("moved"))
    world.filigrane("scrub -o clean --keep year moved")
    os.truncate(world.path("clean/a.jpg"), os.path.getsize(world.path("clean/a.jpg")))
    world.filigrane("tag --in-place clean/a.jpg --force-rights -p second.yaml")  # Now it is somebody's own file.
    mine = world.read("clean/a.jpg")
    world.filigrane("scrub -o clean moved", 1)
    need(world.read("clean/a.jpg") == mine, "a file that was changed since stays", "other bytes")


def over_a_link(world):
    world.write("in/a.jpg", BARE)
    world.write("safe/a.jpg", GPS)
    os.makedirs(world.path("out"))
    os.symlink("../safe/a.jpg", world.path("out/a.jpg"))
    world.filigrane("scrub -o out in/a.jpg", 1)
    need(os.path.islink(world.path("out/a.jpg")) and world.read("safe/a.jpg") == GPS, "link and file stay", names(world, "out"))


# ---- Kills ----

def killed_at_each_step(command, refuse, environment=None):
    def judge(world):
        log = world.path(".log")
        world.write("a/a.jpg", GPS)
        world.filigrane(command, environment=preloaded(world, log=log, refuse=refuse))
        whole = {name: world.read(f"a/{name}") for name in names(world, "a")}
        with open(log, encoding="ascii") as file:
            calls = [line.split() for line in file]
        need(len(calls) > 6, "calls to be killed before", calls)
        for number, name in calls:
            shutil.rmtree(world.path("a"))
            world.write("a/a.jpg", GPS)
            what = f"{command}, killed before call {number}, {name}"
            outcome = world.filigrane(command, None, environment=preloaded(world, at=number, kill="1", refuse=refuse))
            need(outcome.status == -signal.SIGKILL, f"{what}: killed", outcome.status)
            need(world.read("a/a.jpg") in (GPS, whole["a.jpg"]), f"{what}: the photo is the old or the new one", "it is neither")
            world.filigrane(command)
            found = {name: world.read(f"a/{name}") for name in names(world, "a")}
            need(found == whole, f"{what}: the next run ends the work: {sorted(whole)}", sorted(found))
            need(not left_over(world, "a"), f"{what}: nothing left over", left_over(world, "a"))
    return judge


def record_of(name, draft, former):
    return b"filigrane draft 1\n%s\n%s\n%s" % (digest(draft).encode(), digest(former).encode(), name)


def sweep_spares_strangers(world):
    """Beside a record lies something else than the two it names: what another program saved in the last moment."""
    for command in ("scrub --in-place a", "scrub -o a b", "publish b -o a -q"):
        shutil.rmtree(world.path("a"), ignore_errors=True)
        world.write("a/a.jpg", BARE)
        world.write("b/b.jpg", BARE)
        world.write("a/.fg-0123456789abcdef.tmp", OTHER)
        world.write("a/.fg-0123456789abcdef.rec", record_of(b"a.jpg", BARE, GPS))
        world.filigrane(command, 0, [says("a/a.jpg.saved")])
        need(world.read("a/a.jpg.saved") == OTHER and not left_over(world, "a"), f"{command}: it is saved", names(world, "a"))


def sweep_takes_ours(world):
    for content in (GPS, BARE):
        for command in ("scrub --in-place a", "tag --in-place a", "publish b -o a -q"):
            shutil.rmtree(world.path("a"), ignore_errors=True)
            world.write("a/a.jpg", BARE)
            world.write("b/b.jpg", BARE)
            world.write("a/.fg-0123456789abcdef.tmp", content)
            world.write("a/.fg-0123456789abcdef.rec", record_of(b"a.jpg", BARE, GPS))
            world.write("a/.fg-fedcba9876543210.rec", b"")
            world.filigrane(command)
            need(not left_over(world, "a") and "a.jpg.saved" not in names(world, "a"), f"{command}: nothing left", names(world, "a"))


def unknown_names_become_visible(world):
    """A temporary name without a record among originals, as the former version left them: nobody can say what it is."""
    world.write("a/a.jpg", BARE)
    world.write("a/.fg-0123456789abcdef.tmp", GPS)
    world.filigrane("scrub --in-place a", 0, [says("a/fg-0123456789abcdef.saved")])
    need(world.read("a/fg-0123456789abcdef.saved") == GPS and not left_over(world, "a"), "it is saved", names(world, "a"))


# ---- ulimit -f ----

def too_large(command, status=3, *words):
    def judge(world):
        world.write("in/a.jpg", jpeg(exif_segment(tiff_block(OWN, gps=gps_entries())), of=picture("jpeg", 1600, 1200)))
        world.write("in/b.jpg", GPS)
        world.filigrane(command, status, [says(*words)], before=("prlimit", "--fsize=4096"))
        need(world.read("in/a.jpg")[:2] == b"\xff\xd8" and not left_over(world, "in"), "the photo as it was", "other bytes")
    return judge


CASES = [
    Case("a backup is made beside a stranger of its name", files=PROFILES, run=backup_beside_a_stranger),
    Case("a backup of the same picture stays the only one", files=PROFILES, run=backup_is_made_once, control=True),
    Case("without a backup nothing is rewritten", files=PROFILES, run=no_backup_no_rewrite),
    Case("what is kept of a photo is not published, checked, tagged or scrubbed", files=PROFILES, run=kept_is_no_photo),
    Case("what another program moves over the file stays", files=PROFILES, run=another_program_saves("cp new n; mv n a.jpg", OTHER)),
    Case("what another program writes into the file stays", files=PROFILES,
         run=another_program_saves("printf more >>a.jpg", GPS + b"more")),
    Case("what another program writes without moving its times stays", files=PROFILES, run=saves_behind_a_check),
    Case("a file that is open to write is not replaced", files=PROFILES, run=open_to_write),
    Case("a file that was removed meanwhile stays removed", files=PROFILES, run=removed_meanwhile),
    Case("a file that came to be below -o DIR meanwhile stays", files=PROFILES, run=target_written_meanwhile),
    Case("attributes and the access list stay", files=PROFILES, run=attributes_stay),
    Case("the folder's default list gives nobody more", files=PROFILES, run=folders_list_is_not_taken),
    Case("a file whose attributes can't stay is not rewritten", files=PROFILES, run=attribute_that_cannot_stay),
    Case("no original is written over below -o DIR", files=PROFILES, run=over_an_original),
    Case("what the same command made of the file is written over", files=PROFILES, run=over_an_earlier_run),
    Case("a link below -o DIR stays a link", files=PROFILES, run=over_a_link),
    Case("scrub killed at each step leaves nothing", files=PROFILES, run=killed_at_each_step("scrub --in-place a", "")),
    Case("scrub killed at each step leaves nothing where each file has a name", files=PROFILES,
         run=killed_at_each_step("scrub --in-place a", "tmpfile")),
    Case("scrub killed at each step leaves nothing where names can't be exchanged", files=PROFILES,
         run=killed_at_each_step("scrub --in-place a", "tmpfile exchange")),
    Case("tag with a backup killed at each step leaves nothing", files=PROFILES,
         run=killed_at_each_step("tag --in-place --backup -p second.yaml --force-rights a", "")),
    Case("a sweep makes visible what it does not know", files=PROFILES, run=sweep_spares_strangers),
    Case("a sweep takes our draft and the file that it replaced", files=PROFILES, run=sweep_takes_ours),
    Case("a left-over of the former version becomes visible", files=PROFILES, run=unknown_names_become_visible),
    Case("scrub in place over ulimit -f is exit 3", files=PROFILES, run=too_large("scrub --in-place in/a.jpg", 3, "in/a.jpg")),
    Case("tag below DIR over ulimit -f is exit 3", files=PROFILES, run=too_large("tag -o out in/a.jpg", 3, "a.jpg")),
    Case("publish over ulimit -f is exit 3", files=PROFILES, run=too_large("publish in/a.jpg -o out -q", 3, "a.jpg")),
]

"""What lies in the output folder and is not publish's is never written over; what is publish's is made again."""
import hashlib
import os
import signal
import subprocess

from facts import Untrue, absent, exiftool, exists, need, same_file, says, says_not
from files import exif_segment, jpeg, picture, png, text, tiff_block
from run import PROFILE, Case, Step

NOTICE = "© Jane Doe. All rights reserved."
PHOTO = jpeg()
OTHER = jpeg(exif_segment(tiff_block([text(0x13B, "John Roe"), text(0x8298, "© John Roe")])), of=picture(width=260, height=180))
PLAIN = PROFILE + "output: { name: '{stem}.{ext}' }\n"
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"
HTML = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>\n"
KINDS = ("jpg", "JPG", "jpeg", "jpe", "png", "PNG", "tif", "tiff", "webp", "heic", "heif", "hif", "avif", "jxl")


def shoot(*names, **more):
    return {"filigrane.yaml": PROFILE, **{f"in/{name}": PHOTO for name in names}, **more}


def refused(command, *paths):
    """The plan is refused and names the files, in a dry run and in a run, whatever is forced; all stay."""
    facts = [says("publish did not make", *(os.path.basename(path) for path in paths)), *(same_file(path) for path in paths)]
    return [Step(command + " --dry-run", 2, facts), Step(command, 2, facts), Step(command + " --force -q", 2, facts)]


def replace_ours(world):
    world.filigrane("publish in -o out -q")
    world.write("out/a-320.jpg", OTHER)
    outcome = world.filigrane("publish in -o out", 2, [says("out", "a-320.jpg", "publish did not make")])
    need(world.read("out/a-320.jpg") == OTHER, "the photo that was put there to stay", outcome.err)
    os.remove(world.path("out/a-320.jpg"))
    world.filigrane("publish in -o out -q", 0, [exiftool("out/a-320.jpg", "IFD0:Copyright", NOTICE)])


def change_ours(world, content, *facts):
    """Whatever stands at a path of ours and is no photo of another's is made again, and told."""
    world.filigrane("publish in -o out -q")
    ours = world.read("out/a-320.jpg")
    world.write("out/a-320.jpg", content(ours))
    world.filigrane("publish in -o out", 0, [says("warning", "a-320.jpg"), *facts])
    need(world.read("out/a-320.jpg") == ours, "the picture to be made again", "other bytes")


def marked_by_another_program(world):
    """A derivative of ours that another program wrote again, with our notice in it, is ours."""
    def optimised(_):
        subprocess.run(["exiftool", "-q", "-overwrite_original", "-IFD0:Software=Optimiser", world.path("out/a-320.jpg")], check=True)
        return world.read("out/a-320.jpg")
    change_ours(world, optimised)


def started(world, command, **options):
    return subprocess.Popen([world.program] + command.split(), cwd=world.folder, env=world.environment, **options)


def names_in(world, folder):
    path = world.path(folder)
    return {name for name in os.listdir(path) if not name.startswith(".")} if os.path.isdir(path) else set()


def kill_and_go_on(world, forget=()):
    """A run that is killed when it has made some of its pictures goes on, and ends as one that was not."""
    photos = len(os.listdir(world.path("in")))
    run = started(world, "publish in -o out -q -j 1")
    while run.poll() is None and len(names_in(world, "out")) < 2:
        pass
    run.send_signal(signal.SIGKILL)
    run.wait()
    need(0 < len(names_in(world, "out")), "some pictures", names_in(world, "out"))
    for path in forget:
        if os.path.exists(world.path(path)):
            os.remove(world.path(path))
    made = world.path("out/.filigrane/made")
    need(os.path.exists(made), "out/.filigrane/made", os.listdir(world.path("out")))
    lines = world.read("out/.filigrane/made").decode().splitlines()
    for name in names_in(world, "out") - {"filigrane.json"}:
        digest = hashlib.sha256(world.read("out/" + name)).hexdigest()
        need(any(digest in line and name in line for line in lines), f"a line for {name} with its SHA-256", lines)
    world.write("out/.filigrane/made", world.read("out/.filigrane/made") + b"0123456789abcdef torn")
    world.filigrane("publish in -o out -q", 0, [exists("out/filigrane.json")])
    need(len(names_in(world, "out")) == photos + 1, f"{photos} pictures and the manifest", sorted(names_in(world, "out")))
    world.filigrane("publish in -o out", 0, [says("Nothing to do")])


def race(world):
    """A photo that comes to stand at an output's name after the plan was made stays, and that photo fails alone."""
    run = started(world, "publish in -o out -j 1", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    while run.poll() is None and not names_in(world, "out"):
        pass
    last = next(f"p{i}-320.jpg" for i in range(11, -1, -1) if f"p{i}-320.jpg" not in names_in(world, "out"))
    with open(world.path("late"), "wb") as file:
        file.write(OTHER)
    os.link(world.path("late"), world.path("out/" + last))  # Fails if publish was faster: then there was no race.
    told = run.communicate()[0].decode()
    need(run.returncode == 1, "exit 1 for the photo whose place was taken", told)
    need(world.read("out/" + last) == OTHER, f"{last} to stay", told)
    need(last in told and "did not make" in told, f"{last} to be named", told)
    need(len(names_in(world, "out")) == 13, "the other eleven pictures, the late one and the manifest", names_in(world, "out"))


def leaks_nothing(world):
    world.filigrane("publish in -o out -q", 0, [exists("out/.filigrane/made")])
    made = world.read("out/.filigrane/made").decode()
    for word in (world.folder, os.uname().nodename, "IMG_4711", "in/"):
        need(word not in made, f"no {word!r} in .filigrane/made", made)


def keep_case(world):
    """On a file system without case a file of another spelling is in the way as well."""
    world.write("out/A-320.JPG", OTHER)
    if not os.path.exists(world.path("out/a-320.jpg")):
        os.link(world.path("out/A-320.JPG"), world.path("out/a-320.jpg"))  # This one has case: the same file by both names.
    world.filigrane("publish in -o out", 2, [says("a-320.jpg")])
    need(world.read("out/A-320.JPG") == OTHER, "the photo to stay", "other bytes")


def shards_know_each_other(world):
    """What one shard made is known to the run over all, and the manifest of the whole names it afterwards."""
    for k in (1, 2, 3):
        world.filigrane(f"publish in -o out -q --shard {k}/3")
    if not any(name.startswith("made") for name in os.listdir(world.path("out/.filigrane"))):
        raise Untrue("no shard says what it made")
    world.filigrane("publish in -o out -q")
    world.filigrane("publish --merge -o out")
    world.filigrane("publish in -o out", 0, [says("Nothing to do")])
    need(not [name for name in os.listdir(world.path("out/.filigrane")) if name.startswith("made.")], "one list of what was made",
         os.listdir(world.path("out/.filigrane")))


def pointer_rows():
    for what, content, word in (("a Git LFS pointer", LFS, "git lfs pull"), ("a web page", HTML, "HTML"), ("an empty file", b"", "empty"),
                                ("a file of zeros", bytes(5000), "unknown kind"), ("a text", b"lorem ipsum\n", "unknown kind")):
        files = {"filigrane.yaml": PROFILE, "in/a.jpg": PHOTO, **{f"in/{kind}-b.{kind}": content for kind in KINDS}}
        named = [says(*(f"{kind}-b.{kind}" for kind in KINDS)), says(word)]
        yield Case(f"{what} with a photo's name fails by name in publish", files=files, steps=[
            Step("publish in -o out", 1, named + [exists("out/a-320.jpg"), manifest_fails(len(KINDS))])])
        yield Case(f"{what} with a photo's name is unreadable to check, in a folder too", files={
            "in/a.jpg": content, "in/b.heic": content}, steps=[Step("check in", 1, [says("a.jpg", "b.heic", word)])])
        yield Case(f"{what} with a photo's name fails in tag and scrub", files={
            "filigrane.yaml": PROFILE, "in/a.jpg": content, "in/b.PNG": content, "in/c.jpg": PHOTO}, steps=[
                Step("tag -o tagged in", 1, [says("a.jpg", "b.PNG", word), exists("tagged/c.jpg"), absent("tagged/a.jpg")]),
                Step("scrub -o clean in", 1, [says("a.jpg", "b.PNG", word), exists("clean/c.jpg"), absent("clean/a.jpg")])])


def manifest_fails(count):
    def fact(outcome):
        import json
        with open(os.path.join(outcome.folder, "out/filigrane.json"), encoding="utf-8") as file:
            failed = json.load(file)["failed"]
        need([one["id"] for one in failed] == ["file.unsupported"] * count, f"{count} failures file.unsupported", failed)
    return fact


CASES = [
    Case("a stranger's photo at an output's name is not written over", files=shoot("a.jpg", "b.jpg", **{"out/a-320.jpg": OTHER}),
         steps=refused("publish in -o out", "out/a-320.jpg") + [Step("publish in -o out2 -q")]),
    Case("all strangers are named, and nothing is made", files=shoot("a.jpg", "b.jpg", "c.jpg", **{
        "out/a-320.jpg": OTHER, "out/b-320.jpg": b"a text", "out/other.jpg": OTHER}),
         steps=refused("publish in -o out", "out/a-320.jpg", "out/b-320.jpg") + [
             Step("publish in -o out", 2, [says("2 files", "-o"), says_not("other.jpg"), absent("out/c-320.jpg", "out/filigrane.json")])]),
    Case("a folder link in the output folder leads to a stranger", files=shoot("sub/a.jpg", **{"precious/a-320.jpg": OTHER}),
         run=lambda world: (os.makedirs(world.path("out")), os.symlink("../precious", world.path("out/sub")),
                            [world.filigrane(step.command, step.status, step.facts)
                             for step in refused("publish in -o out", "precious/a-320.jpg")])),
    Case("an original beside the selection is not written over", files={
        "filigrane.yaml": PLAIN, "shoot/a.jpg": OTHER, "shoot/b.jpg": PHOTO, "shoot/selection/a.jpg": PHOTO},
         steps=refused("publish shoot/selection -o shoot", "shoot/a.jpg")),
    Case("a link, and one to nothing, are in the way as a file is", files=shoot("a.jpg", "b.jpg", **{"else.jpg": OTHER}),
         run=lambda world: (os.makedirs(world.path("out")), os.symlink("../else.jpg", world.path("out/a-320.jpg")),
                            os.symlink("nowhere", world.path("out/b-320.jpg")),
                            world.filigrane("publish in -o out", 2, [says("a-320.jpg", "b-320.jpg"), same_file("else.jpg")]))),
    Case("a shard does not write over a stranger", files=shoot("a.jpg", **{"out/a-320.jpg": OTHER}),
         steps=[Step("publish in -o out --shard 1/1", 2, [says("a-320.jpg"), same_file("out/a-320.jpg")])]),
    Case("a photo that was put in the place of ours is not written over", files=shoot("a.jpg", "b.jpg"), run=replace_ours),
    Case("what became of ours is told before it is made again: a text", files=shoot("a.jpg"),
         run=lambda world: change_ours(world, lambda _: b"damaged")),
    Case("what became of ours is told before it is made again: a file that was cut", files=shoot("a.jpg"),
         run=lambda world: change_ours(world, lambda ours: ours[:-100])),
    Case("what became of ours is told before it is made again: a copy that another program wrote", files=shoot("a.jpg"),
         run=marked_by_another_program),
    Case("files of no output may lie in the folder", control=True, files=shoot("a.jpg", **{"out/other.jpg": OTHER, "out/x.png": png()}),
         steps=[Step("publish in -o out -q", 0, [same_file("out/other.jpg"), same_file("out/x.png"), exists("out/a-320.jpg")])]),
    Case("a run that was killed goes on", files=shoot(*(f"p{i}.jpg" for i in range(12))), run=kill_and_go_on),
    Case("a run that was killed goes on without state and manifest", files=shoot(*(f"p{i}.jpg" for i in range(12))),
         run=lambda world: kill_and_go_on(world, ("out/.filigrane/state", "out/filigrane.json"))),
    Case("a photo that appears while the run is on stays", files=shoot(*(f"p{i}.jpg" for i in range(12))), run=race),
    Case("the list of what was made names no place and no source", files=shoot("IMG_4711.jpg", **{
        "filigrane.yaml": PROFILE + "output: { name: '{width}.{ext}' }\n"}), run=leaks_nothing),
    Case("a file by another spelling is in the way where there is no case", files=shoot("a.jpg"), run=keep_case),
    Case("shards know what the others made", files=shoot(*(f"p{i}.jpg" for i in range(6))), run=shards_know_each_other),
    Case("a folder below an INPUT with photos of its own is not published into", files=shoot("a.jpg", **{
        f"in/old/{i}.jpg": OTHER for i in range(10)}, **{"in/old/sub/deep.png": png()}), steps=[
            Step("publish in -o in/old --dry-run", 2, [says("in/old holds 11 photos that publish did not make", "-o")]),
            Step("publish in -o in/old", 2, [says("in/old holds 11 photos that publish did not make"), absent("in/old/filigrane.json"),
                                             absent("in/old/a-320.jpg"), same_file("in/old/sub/deep.png")]),
            Step("publish in --no-recurse -o in/old", 2)]),
    Case("a photo that is put into the output folder below an INPUT is told by every later run", files=shoot("a.jpg"),
         run=lambda world: (world.filigrane("publish in -o in/web -q"), world.filigrane("publish in -o in/web", 0, [says("Nothing to do")]),
                            world.write("in/web/mine.jpg", OTHER),
                            world.filigrane("publish in -o in/web", 2, [says("in/web holds 1 photo that publish did not make", "mine.jpg")]))),
    Case("an output folder below an INPUT by a link is seen as one", files=shoot("a.jpg", **{"in/old/b.jpg": OTHER}),
         run=lambda world: (os.symlink("in/old", world.path("web")),
                            world.filigrane("publish in -o web", 2, [says("publish did not make", "b.jpg")]))),
    Case("an output folder below an INPUT holds what publish made, of any shard", control=True, files=shoot("a.jpg", "b.jpg", "c.jpg"), steps=[
        Step("publish in -o in/web -q --shard 1/2"), Step("publish in -o in/web -q --shard 2/2"), Step("publish in -o in/web -q"),
        Step("publish in -o in/web", 0, [says("Nothing to do")])]),
    Case("files of other kinds are passed over by their kind, as before", control=True, files=shoot("a.jpg", **{
        "in/b.gif": b"GIF89a" + bytes(20), "in/c.txt": LFS, "in/d.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}),
         steps=[Step("publish in -o out", 0, [says("skipped")])]),
    Case("another kind under a photo's name is told", files=shoot("a.jpg", **{"in/b.jpg": b"GIF89a" + bytes(20), "in/c.png": b"%PDF-1.7\n"}),
         steps=[Step("publish in -o out", 1, [says("b.jpg", "GIF", "c.png", "PDF"), manifest_fails(2)])]),
    *pointer_rows(),
]

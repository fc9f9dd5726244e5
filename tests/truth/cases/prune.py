"""What --prune removes: files of photos that are certainly gone, and never more."""
import os
import shutil

from facts import absent, exists, need, same_file, says
from files import exif_segment, jpeg, picture, text, tiff_block
from run import PROFILE, Case

PHOTO = jpeg()
OTHER = jpeg(exif_segment(tiff_block([text(0x8298, "© John Roe")])), of=picture(width=260, height=180))
PRUNE = "publish in -o out --prune"


def shoot(*names, **more):
    return {"filigrane.yaml": PROFILE, **{name: PHOTO for name in names}, **more}


def files_in(world, folder):
    return sorted(os.path.relpath(os.path.join(top, name), world.path(folder)) for top, _, names in os.walk(world.path(folder))
                  for name in names if name.endswith(".jpg"))


def then(change, status, command=PRUNE, inputs="in", stay=("a-320.jpg", "b-320.jpg"), facts=()):
    """Publishes, changes something, prunes: these pictures are left."""
    def run(world):
        world.filigrane(f"publish {inputs} -o out -q")
        change(world)
        dry = world.filigrane(command + " --dry-run -v", None)
        need("would remove" not in dry.out or len(stay) < 2, "a dry run that would remove nothing", dry.out)
        outcome = world.filigrane(command, status, facts)
        need(files_in(world, "out") == sorted(stay), f"{sorted(stay)} in out", f"{files_in(world, 'out')}: {outcome.out}{outcome.err}")
    return run


def remove(*paths):
    return lambda world: [os.remove(world.path(path)) for path in paths]


def write(path, data):
    return lambda world: world.write(path, data)


def link_away(world):
    """A folder of the INPUT is moved away, and a link stands in its place."""
    shutil.move(world.path("in/sub"), world.path("moved"))
    os.symlink("../moved", world.path("in/sub"))


def dangle(world):
    shutil.rmtree(world.path("in/sub"))
    os.symlink("../not-mounted", world.path("in/sub"))


def forget_state(world):
    shutil.rmtree(world.path("out/.filigrane"))


def into_its_own_input(world):
    """An INPUT that lies in the output folder, and a manifest that names a file of it."""
    world.write("out/in/a.jpg", PHOTO)
    world.write("out/in/b.jpg", PHOTO)
    world.filigrane("publish out/in -o out -q")
    manifest = world.read("out/filigrane.json").replace(b'"b-320.jpg"', b'"in/a.jpg"')
    world.write("out/filigrane.json", manifest)
    os.remove(world.path("out/in/b.jpg"))
    world.filigrane("publish out/in -o out --prune", None)
    need(os.path.exists(world.path("out/in/a.jpg")), "the source to stay", files_in(world, "out"))


def stranger_in_our_place(world):
    """A photo that was put at the name of a picture whose source is gone is nobody's to remove."""
    world.filigrane("publish in -o out -q")
    world.write("out/b-320.jpg", OTHER)
    os.remove(world.path("in/b.jpg"))
    world.filigrane(PRUNE, 0, [says("b-320.jpg")])
    need(world.read("out/b-320.jpg") == OTHER, "the photo to stay", files_in(world, "out"))


def set_aside(world):
    """A folder of originals that another run publishes into is not walked any more; its photos are not gone."""
    world.filigrane("publish in -o out -q")
    world.filigrane("publish else -o in/sub -q")
    world.filigrane(PRUNE, 0)
    need(files_in(world, "out") == ["a-320.jpg", "sub/b-320.jpg"], "both pictures", files_in(world, "out"))


def moved_into_the_input(world):
    """The output folder now stands where photos of the INPUT were: they are left out of the walk, and not gone."""
    world.filigrane("publish in -o out -q")
    shutil.move(world.path("in/sub"), world.path("kept"))
    shutil.move(world.path("out"), world.path("in/sub"))
    world.filigrane("publish in -o in/sub --prune", None)
    need("sub/b-320.jpg" in files_in(world, "in/sub"), "the pictures to stay", files_in(world, "in/sub"))


TWO = shoot("in/a.jpg", "in/b.jpg")
BELOW = shoot("in/a.jpg", "in/sub/b.jpg")
SUB = ("a-320.jpg", "sub/b-320.jpg")

CASES = [
    Case("a photo that is gone takes its pictures along", control=True, files=TWO, run=then(
        remove("in/b.jpg"), 0, stay=("a-320.jpg",))),
    Case("a folder that is gone takes its pictures along", control=True, files=BELOW, run=then(
        lambda world: shutil.rmtree(world.path("in/sub")), 0, stay=("a-320.jpg",))),
    Case("a source that has become empty fails and keeps its pictures", files=TWO, run=then(
        write("in/b.jpg", b""), 1, facts=[says("b.jpg", "empty")])),
    Case("a source that has become garbage fails and keeps its pictures", files=TWO, run=then(
        write("in/b.jpg", b"no photo at all"), 1, facts=[says("b.jpg")])),
    Case("a source that has become another kind of file fails and keeps its pictures", files=TWO, run=then(
        write("in/b.jpg", b"GIF89a" + bytes(30)), 1, facts=[says("b.jpg", "GIF")])),
    Case("a source without a photo's name that is no photo any more fails and keeps its pictures", files=shoot("in/a.jpg", "in/b"), run=then(
        write("in/b", b"a text"), 1, facts=[says("in/b")])),
    Case("an INPUT without any photo prunes nothing", files=TWO, run=then(remove("in/a.jpg", "in/b.jpg"), 1)),
    Case("an INPUT without any photo prunes nothing beside one that has some", files=shoot("in/a.jpg", "in2/b.jpg"), run=then(
        remove("in2/b.jpg"), 1, command="publish in in2 -o out --prune", inputs="in in2")),
    Case("an INPUT that holds pointers alone prunes nothing", files=shoot("in/a.jpg", "in/b.jpg"), run=then(
        lambda world: (remove("in/b.jpg")(world), write("in/a.jpg", b"")(world)), 1)),
    Case("--no-recurse prunes no picture of a folder below", files=BELOW, run=then(
        lambda world: None, 0, command=PRUNE + " --no-recurse", stay=SUB)),
    Case("--no-recurse prunes what is gone from the folder itself", control=True, files=TWO, run=then(
        remove("in/b.jpg"), 0, command=PRUNE + " --no-recurse", stay=("a-320.jpg",))),
    Case("a folder that has become a link keeps its pictures", files=BELOW, run=then(link_away, 0, stay=SUB)),
    Case("a folder that has become a link to nothing keeps its pictures", files=BELOW, run=then(dangle, 0, stay=SUB)),
    Case("a photo that has become a folder keeps its pictures", files=TWO, run=then(
        lambda world: (os.remove(world.path("in/b.jpg")), os.mkdir(world.path("in/b.jpg"))), 0)),
    Case("without a state other INPUTs' pictures stay", files=shoot("in/a.jpg", "in2/b.jpg"), run=then(
        forget_state, 0, inputs="in in2")),
    Case("without a state nothing counts as ours", files=TWO, run=then(
        lambda world: (forget_state(world), remove("in/b.jpg")(world)), 0)),
    Case("a path that is a source is never removed", files=shoot("in/a.jpg"), run=into_its_own_input),
    Case("a photo in the place of ours is not removed", files=TWO, run=stranger_in_our_place),
    Case("a folder that was set aside keeps its pictures", files={**BELOW, "else/x.jpg": PHOTO}, run=set_aside),
    Case("photos where the output folder stands now are not gone", control=True, files=BELOW, run=moved_into_the_input),
]

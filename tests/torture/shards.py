#!/usr/bin/env python3
"""The recipes of docs/scale.md, run as they stand there: each must end in the bytes of one run on one machine.

shards.py [--short]   short: without Slurm
"""
import argparse
import os
import re
import shutil
import subprocess

import pictures
from harness import HERE, PROGRAM, SIZES, Torture, fingerprint, originals

PAGE = os.path.join(HERE, "..", "..", "docs", "scale.md")
SLURM = """\
trap '"$SLURM_SH" stop "$PWD/slurm"' EXIT
"$SLURM_SH" start "$PWD/slurm" || exit 77
export SLURM_CONF=$PWD/slurm/slurm.conf
"""
NEEDS = {"parallel": ["parallel"], "slurm": ["sbatch", "slurmctld", "slurmd", "munged"]}


def is_here(tool):
    """moreutils has a program called `parallel`, too, which is another one."""
    if not pictures.have(tool) or tool != "parallel":
        return pictures.have(tool)
    return "GNU parallel" in subprocess.run([tool, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                            check=False).stdout


def recipes():
    with open(PAGE, encoding="utf-8") as file:
        return re.findall(r"```bash\n# recipe: (\w+)\n(.*?)```", file.read(), re.DOTALL)


def make_photos(torture, count):
    shoot = torture.path("shoot")
    one = pictures.one_of_each(torture.path("one"), 400, 300)
    for i in range(count):
        folder = os.path.join(shoot, ("", "day1", "day2/evening")[i % 3])
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "p%02d.jpg" % i), "wb") as file:
            file.write(pictures.shot(one["jpeg"], i))
    with open(os.path.join(shoot, "q.webp"), "wb") as file:
        file.write(one.get("webp", one["png"]))
    return shoot


def tried(torture, name, script, shoot, whole):
    """In a folder of its own, with the profile where filigrane looks for it."""
    here = torture.path("recipe-" + name)
    os.makedirs(here)
    shutil.copytree(shoot, os.path.join(here, "shoot"))
    shutil.copy(torture.profile, os.path.join(here, "filigrane.yaml"))
    env = torture.environment(PATH=os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"])
    if name == "slurm":
        script = SLURM + script
        env["SLURM_SH"] = os.path.join(HERE, "slurm.sh")
    ended = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=here, env=env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if ended.returncode == 77:
        torture.say("%s: not tried: %s" % (name, ended.stdout[-200:].decode("utf-8", "replace").strip()))
        return
    said = ended.stdout[-500:].decode("utf-8", "replace")
    torture.expect(ended.returncode == 0, "%s ends with %d: %s" % (name, ended.returncode, said))
    out = os.path.join(here, "web")
    found = fingerprint(out) if os.path.isdir(out) else {}
    torture.expect(found == whole, "%s: other bytes in %s" % (
        name, sorted(path for path in set(found) | set(whole) if found.get(path) != whole.get(path))[:5]))
    torture.expect_honest_manifest(out, name)
    torture.say("%s: %d files, the bytes of one machine" % (name, len(found)))


def odd_numbers(torture, shoot, whole):
    """Any N gives the same, more parts than photos too; a part that is missing is told."""
    for count in (1, 2, 7, 40):
        out = torture.path("of-%d" % count)
        for k in range(1, count + 1):
            result = torture.publish(shoot, "-o", out, "-q", "--shard", "%d/%d" % (k, count))
            torture.expect(result.status == 0, "shard %d/%d ends with %d: %s" % (k, count, result.status, result.err))
        merge = [PROGRAM, "publish", "--merge", "-o", out]
        if count == 7:
            part = os.path.join(out, "filigrane.3-of-7.json")
            os.rename(part, part + ".away")
            status = subprocess.run(merge, stderr=subprocess.DEVNULL, check=False).returncode
            torture.expect(status == 2, "a missing part is not told")
            os.rename(part + ".away", part)
        torture.expect(subprocess.run(merge, check=False).returncode == 0, "%d parts are not joined" % count)
        torture.expect(fingerprint(out) == whole, "%d parts make other bytes" % count)
    torture.say("1, 2, 7 and 40 parts: the bytes of one machine")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    torture = Torture("shards")
    torture.profile = torture.write_profile("profile.yaml", SIZES)
    shoot = make_photos(torture, 5 if given.short else 20)
    before = originals(shoot)
    # The manifest names the profile, so the whole run uses it under the name that the recipes give it.
    os.makedirs(torture.path("alone"))
    torture.profile = shutil.copy(torture.profile, torture.path("alone", "filigrane.yaml"))
    result = torture.publish(shoot, "-o", torture.path("whole"), "-q")
    torture.expect(result.status == 0, "the undisturbed run fails: " + result.err)
    whole = fingerprint(torture.path("whole"))
    for name, script in recipes():
        if given.short and name == "slurm":
            continue
        missing = [tool for tool in NEEDS.get(name, []) if not is_here(tool)]
        if missing:
            torture.say("%s: not tried, %s is not here" % (name, missing[0]))
        else:
            tried(torture, name, script, shoot, whole)
    if not given.short:
        odd_numbers(torture, shoot, whole)
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.finish()


if __name__ == "__main__":
    main()

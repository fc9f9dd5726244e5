#!/usr/bin/env python3
"""Fresh installs: a release made twice, and a photo published from every way in that the pages name.

install.py                    makes the release twice, in two folders, compares, and installs from it
install.py --release FOLDER   installs from the release that lies there

Each way starts on a Debian made for it, or on the image, and is judged by the host's exiftool and libvips. Needs root.
"""
import argparse
import contextlib
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import time

from harness import HERE, Torture, digest

TOP = os.path.dirname(os.path.dirname(HERE))
TOOLS = os.path.join(TOP, "tools", "release")
ROOTS = os.environ.get("FILIGRANE_ROOTS", os.path.join(TOP, "build", "roots"))
SUITES = {"bookworm": "deb12", "trixie": "deb13"}
PROFILE = """\
extends: gallery
rights: { creator: Ada Torture, aliases: [Christian Allegret], copyright: "© {creator}", terms: { en: "Ask first." } }
derivatives:
  - { name: web, long_edge: 480, formats: [jpeg, webp, avif] }
"""
PORT = 18764


def run(*command, **how):
    """The output of a command that has to succeed; what it says else goes to the error."""
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, text=True, **how)
    if told.returncode != 0:
        raise RuntimeError("%s ended with %d: %s" % (" ".join(command)[:200], told.returncode, (told.stdout + told.stderr)[-2000:]))
    return told.stdout


def shown(page, word):
    """The block of commands with that word that a page shows."""
    with open(os.path.join(TOP, page), encoding="utf-8") as file:
        return next(block for block in re.findall(r"```sh\n(.*?)```", file.read(), re.S) if word in block)


class Install(Torture):
    def __init__(self, release):
        super().__init__("install")
        self.release = release
        self.version = None
        shutil.copy(os.path.join(TOP, "samples", "foret-de-hetres.jpg"), self.path("photo.jpg"))

    @contextlib.contextmanager
    def step(self, name):
        """Tells how long a step took, and goes on when one fails."""
        begun = time.monotonic()
        try:
            yield
        except Exception as error:  # noqa: BLE001: whatever stopped it is the finding
            self.fail("%s: %s" % (name, error))
        else:
            self.say("%s: %.1f s" % (name, time.monotonic() - begun))

    # ---- The release ----

    def make_release(self):
        version = re.search(r"^project\(filigrane VERSION ([\d.]+)", open(os.path.join(TOP, "CMakeLists.txt"), encoding="utf-8").read(), re.M)[1]
        sums = []
        for name in ("one", "another/folder"):
            clone = self.path(name)
            run("git", "clone", "-q", "--no-hardlinks", TOP, clone)
            with self.step("release made in %s" % name):
                run(os.path.join(clone, "tools/release/release.sh"), version, "--no-tag", env=dict(os.environ, FILIGRANE_ROOTS=ROOTS))
            sums.append(open(os.path.join(clone, "build/release/SHA256SUMS"), encoding="utf-8").read())
            self.release = os.path.join(clone, "build/release")
        for line in sums[0].splitlines():
            # What comes from Debian's archive may have moved between the runs; what is ours may not.
            same = line in sums[1].splitlines()
            self.say("%s %s" % ("same bytes" if same else "OTHER BYTES", line.split()[1]))
            self.expect(same or line.endswith("-image.tar"), "%s has other bytes in another folder" % line.split()[1])

    def debs(self, suite, *packages):
        return [glob.glob("%s/%s_*~%su*.deb" % (self.release, package, SUITES[suite]))[0] for package in packages]

    # ---- A fresh Debian ----

    def fresh(self, suite, name):
        """A Debian of a release with nothing but apt, and a user's folder with a photo."""
        tar = os.path.join(ROOTS, "fresh-%s.tar" % suite)
        if not os.path.exists(tar):
            run(os.path.join(TOOLS, "root.sh"), suite, tar + ".tmp.tar", "--variant=apt", "--include=ca-certificates")
            os.rename(tar + ".tmp.tar", tar)
        root = self.path(name)
        os.mkdir(root, 0o755)
        run("tar", "-xf", tar, "-C", root, "--numeric-owner")
        shutil.copy("/etc/resolv.conf", root + "/etc/resolv.conf")
        with open(root + "/etc/apt/apt.conf.d/90yes", "w", encoding="ascii") as file:
            file.write('APT::Get::Assume-Yes "true"; APT::Install-Recommends "false";\n')
        self.lay_shoot(root + "/w")
        return root

    def lay_shoot(self, folder):
        os.makedirs(folder + "/shoot", exist_ok=True)
        shutil.copy(self.path("photo.jpg"), folder + "/shoot/photo.jpg")
        with open(folder + "/filigrane.yaml", "w", encoding="utf-8") as file:
            file.write(PROFILE)
        for where, _, names in os.walk(folder):
            os.chown(where, 1000, 1000)
            for name in names:
                os.chown(os.path.join(where, name), 1000, 1000)

    def within(self, root, script):
        """Runs lines of a shell in a Debian, as its root."""
        os.makedirs(root + "/dev", exist_ok=True)
        return run("unshare", "--mount", "--pid", "--fork", "--mount-proc=" + root + "/proc", "chroot", root, "/usr/bin/env", "-i",
                   "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                   "FILIGRANE_KEY=00112233445566778899aabbccddeeff", "bash", "-euc", script)

    def publish_within(self, root, what):
        told = self.within(root, "cd /w && exec setpriv --reuid 1000 --regid 1000 --clear-groups "
                                 "filigrane publish shoot -o web --json && filigrane --version")
        self.expect("seccomp" in self.within(root, "filigrane --version"), what + ": no seccomp")
        self.judge(root + "/w/web", what)
        return told

    def judge(self, web, what):
        """The photo in three formats, each with the rights, without a place, and read to the end by libvips."""
        files = sorted(glob.glob(web + "/photo-*"))
        self.expect([os.path.splitext(file)[1] for file in files] == [".avif", ".jpg", ".webp"], "%s: %s" % (what, files))
        for file in files:
            tags = json.loads(run("exiftool", "-j", "-G1", "-n", file))[0]
            self.expect(tags.get("IFD0:Copyright") == "© Ada Torture", "%s: %s has no rights" % (what, file))
            self.expect(not any("GPS" in tag for tag in tags), "%s: %s tells a place" % (what, file))
            run("vips", "avg", file + "[fail-on=warning]" if file.endswith(".jpg") else file)

    # ---- The ways in ----

    def from_packages(self, suite):
        root = self.fresh(suite, "packages-" + suite)
        for deb in self.debs(suite, "filigrane", "libfiligrane0"):
            shutil.copy(deb, root + "/root")
        self.within(root, "cd /root && apt-get -q update && apt-get -q install ./filigrane_*.deb ./libfiligrane0_*.deb")
        self.publish_within(root, "packages of " + suite)
        shutil.rmtree(root)

    def from_repository(self, suite):
        """The line that the README shows, with the address of a server on loopback."""
        root = self.fresh(suite, "apt-" + suite)
        line = shown("README.md", "filigrane.sources").replace("https://OWNER.example/filigrane", "http://127.0.0.1:%d" % PORT)
        self.within(root, "apt-get -q update && apt-get -q install curl && " + line.replace("sudo ", ""))
        where = self.within(root, "apt-cache policy filigrane")
        self.expect("127.0.0.1:%d" % PORT in where and "~%su" % SUITES[suite] in where, "apt of %s: %s" % (suite, where))
        self.publish_within(root, "apt of " + suite)
        shutil.rmtree(root)

    def from_action(self, suite):
        """As a job's container runs the steps: with no list of packages, and none of ours installed."""
        root = self.fresh(suite, "action-" + suite)
        self.within(root, "rm -rf /var/lib/apt/lists/*")
        os.mkdir(root + "/action")
        shutil.copytree(os.path.join(TOP, "tools", "action"), root + "/action/tools/action")
        shutil.copy(os.path.join(TOP, "CMakeLists.txt"), root + "/action")
        self.within(root, "apt-get -q update && apt-get -q install curl && rm -rf /var/lib/apt/lists/*")
        self.within(root, "FROM=http://127.0.0.1:%d/files bash /action/tools/action/install.sh" % PORT)
        self.within(root, "cd /w && PHOTOS=shoot OUTPUT=web bash /action/tools/action/run.sh publish")
        self.within(root, "cd /w && PHOTOS=web SARIF=found.sarif GITHUB_OUTPUT=/w/output bash /action/tools/action/run.sh check")
        self.expect(json.load(open(root + "/w/found.sarif", encoding="utf-8"))["version"] == "2.1.0", "no SARIF")
        self.judge(root + "/w/web", "action on " + suite)
        shutil.rmtree(root)

    @contextlib.contextmanager
    def served(self):
        """The repository, signed by a key of its own, and the release's files, given out by nginx on loopback."""
        gnupg = "/tmp/fg-gnupg-%d" % os.getpid()  # the path of an agent's socket is short
        os.mkdir(gnupg, 0o700)
        environment = dict(os.environ, GNUPGHOME=gnupg, FILIGRANE_SIGNING_KEY="torture@filigrane.example")
        run("gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "torture@filigrane.example", "ed25519", "sign", "never",
            env=environment)
        www = self.path("www")
        run(os.path.join(TOOLS, "repo.sh"), www, "http://127.0.0.1:%d" % PORT, *sum((self.debs(suite, "filigrane", "libfiligrane0",
            "libfiligrane-dev") for suite in SUITES), []), env=environment)
        run("gpgconf", "--kill", "gpg-agent", env=environment)
        shutil.rmtree(gnupg)
        shutil.copytree(self.release, www + "/files")
        os.chmod(self.folder, 0o755)
        with open(self.path("nginx.conf"), "w", encoding="ascii") as file:
            temporary = "".join("%s_temp_path %s;" % (kind, self.path("nginx-" + kind))
                                for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
            file.write("daemon off; user root; pid %s; error_log %s; events {} http { access_log off; %s server { listen 127.0.0.1:%d; root %s; } }"
                       % (self.path("nginx.pid"), self.path("nginx.log"), temporary, PORT, www))
        nginx = shutil.which("nginx", path=os.path.join(TOP, "build/servers/usr/sbin") + ":" + os.environ["PATH"] + ":/usr/sbin")
        server = subprocess.Popen([nginx, "-q", "-p", self.folder, "-c", self.path("nginx.conf"), "-e", self.path("nginx.log")])
        try:
            run("curl", "-fsS", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "http://127.0.0.1:%d/bookworm.sources" % PORT)
            yield
        finally:
            server.terminate()
            server.wait()

    # ---- The image ----

    def image(self):
        archive = glob.glob(self.release + "/filigrane-*-image.tar")[0]
        version = os.path.basename(archive).split("-")[1]
        told = json.loads(run("skopeo", "inspect", "--config", "oci-archive:" + archive))
        self.expect(told["config"]["User"] == "1000:1000" and told["config"]["Entrypoint"] == ["filigrane"], "image: %s" % told["config"])
        with self.step("image unpacked by umoci"):
            run("skopeo", "copy", "-q", "oci-archive:" + archive, "oci:%s:%s" % (self.path("layout"), version))
            run("umoci", "unpack", "--image", "%s:%s" % (self.path("layout"), version), self.path("bundle"))
            root = self.path("bundle", "rootfs")
            size = int(run("du", "-sxb", root).split()[0])
            self.say("image: %.1f MB, unpacked %.1f MB" % (os.path.getsize(archive) / 1e6, size / 1e6))
            suid = run("find", root, "-xdev", "-perm", "/6000", "-type", "f").split()
            self.say("programs in it that run as another user: %s" % len(suid))
            self.expect(not glob.glob(root + "/etc/apt/sources.list*"), "image: a mirror's name is in it")
        self.podman = ["podman", "--root", self.path("podman"), "--runroot", self.path("podman-run"), "--storage-driver", "vfs",
                       "--cgroup-manager", "cgroupfs", "--events-backend", "none", "--runtime", "runc"]
        run(*self.podman, "load", "-q", "-i", archive)
        self.tag = run(*self.podman, "images", "-q").split()[0]
        plain = ["--network", "none"]
        hard = plain + ["--read-only", "--cap-drop=all", "--security-opt", "no-new-privileges"]
        for what, options in (("as the README says", []), ("locked up", hard),
                              ("in a user namespace", hard + ["--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536"]),
                              ("as another user", hard + ["--user", "4321:4321"])):
            with self.step("image, " + what):
                version = self.contained(what, options)
                self.expect("seccomp, Landlock" in version, "image, %s: %s" % (what, version))
        with self.step("image, by a profile that knows no Landlock"):
            profile = json.load(open("/usr/share/containers/seccomp.json", encoding="utf-8"))
            for rule in profile["syscalls"]:
                rule["names"] = [name for name in rule["names"] if not name.startswith("landlock_")]
            with open(self.path("old.json"), "w", encoding="utf-8") as file:
                json.dump(profile, file)
            version = self.contained("old profile", hard + ["--security-opt", "seccomp=" + self.path("old.json")])
            self.expect("seccomp" in version and "Landlock (version" not in version, "image, old profile: %s" % version)
        run(*self.podman, "rmi", "-af")

    def contained(self, what, options):
        """The README's line with podman in docker's place: publishes in a folder of its own, and tells the version."""
        folder = self.path(re.sub(r"\W", "-", what))
        self.lay_shoot(folder)
        os.chmod(folder, 0o777)
        line = shown("README.md", "docker run").strip()
        line = line.replace("docker run", "run").replace("$PWD", folder).replace('"', "").split()
        # Podman would raise them, which not every root may.
        limits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1000:1000"]
        image = next(i for i, word in enumerate(line) if word.startswith("OWNER.example/"))
        before, after = [*self.podman, *line[:image], *limits, *options, self.tag], line[image + 1:]
        self.warned = subprocess.run([*before, *after], env=self.environment(HOME="/root"), stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True, check=False)
        self.expect(self.warned.returncode == 0, "image, %s: %s" % (what, self.warned.stdout[-1500:]))
        self.judge(folder + "/web", "image, " + what)
        return run(*before, "--version", env=self.environment(HOME="/root"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--release")
    parser.add_argument("--only", choices=["packages", "image"])
    parser.add_argument("--short", action="store_true", help="only the newest Debian")
    told = parser.parse_args()
    if os.geteuid() != 0:
        print("install: not root, can't be tried here")
        sys.exit(77)
    torture = Install(told.release)
    os.makedirs(ROOTS, exist_ok=True)
    if not torture.release:
        torture.make_release()
    for deb in sorted(glob.glob(torture.release + "/*.deb")):
        torture.say("%s: %.1f kB, sha256 %s" % (os.path.basename(deb), os.path.getsize(deb) / 1e3, digest(deb)[:16]))
    if told.only != "image":
        with torture.served():
            for suite in ["trixie"] if told.short else SUITES:
                for what in ("packages", "repository", "action"):
                    with torture.step("%s, from the %s" % (suite, what)):
                        getattr(torture, "from_" + what)(suite)
    if told.only != "packages":
        torture.image()
    torture.finish()


main()

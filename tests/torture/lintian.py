#!/usr/bin/env python3
"""What lintian says of the Debian packages of a release build for /usr: one with sanitizers, or for another place, is none to be judged."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def run(*command):
    ended = subprocess.run(command, cwd=SOURCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                           check=False)
    if ended.returncode != 0:
        print(ended.stdout[-4000:])
        sys.exit(1)


def main():
    if not shutil.which("lintian"):
        print("skipped: no lintian")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as build:
        run("cmake", "--preset", "release", "-B", build, "-DCMAKE_INSTALL_PREFIX=/usr")
        run("cmake", "--build", build)
        run("cpack", "--config", os.path.join(build, "CPackConfig.cmake"), "-G", "DEB", "-B", build)
        packages = sorted(glob.glob(os.path.join(build, "*.deb")))
        run("lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs", *packages)
        print("%d packages, of which lintian complains of none" % len(packages))
        sys.exit(0 if len(packages) == 3 else 1)


if __name__ == "__main__":
    main()

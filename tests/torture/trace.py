#!/usr/bin/env python3
"""What a whole run asks of the kernel, by strace: no network, no program started, no original opened for writing.

trace.py [--short]
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

import pictures
from harness import SIZES, Torture, originals

TRACED = ("%network,execve,execveat,open,openat,openat2,creat,truncate,unlink,unlinkat,rename,renameat,renameat2,link,linkat,"
          "symlink,symlinkat,chmod,fchmodat,chown,lchown,fchownat,utime,utimes,utimensat,futimesat,setxattr,removexattr,"
          "mknod,mknodat,mkdir,mkdirat,ptrace")
CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)$")
CHANGES = {"truncate", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "chmod", "fchmodat",
           "chown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat", "setxattr", "removexattr"}
# Messages between our own processes: on a pair of sockets that has no name.
OWN_CHANNELS = {"sendmsg", "recvmsg", "sendto", "recvfrom", "getsockname", "getpeername", "shutdown", "getsockopt", "setsockopt"}


def traced(torture, log, *arguments):
    env = torture.environment(ASAN_OPTIONS="detect_leaks=0")  # Two tracers can't have one process.
    command = ["strace", "-f", "-qq", "-s", "400", "-o", log, "-e", "trace=" + TRACED, *torture.command(*arguments)]
    return subprocess.run(command, env=env, cwd=torture.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


class Account:
    def __init__(self, torture, shoot, out):
        self.torture, self.shoot, self.out = torture, shoot, out
        self.calls = self.pairs = self.messages = self.reads = self.writes = self.programs = 0
        self.refused = 0

    def take(self, line):
        found = CALL.match(line)
        if not found:
            return
        name, rest = found.groups()
        self.calls += 1
        touches = '"' + self.shoot in rest
        if name == "socketpair":
            self.pairs += 1
            self.torture.expect(rest.startswith("AF_UNIX"), "a pair of sockets that is not local: " + line)
        elif name in OWN_CHANNELS:
            self.messages += 1
            self.torture.expect("sin_addr" not in rest and "sun_path" not in rest, "a message to an address: " + line)
        elif name in ("socket", "connect", "bind", "listen", "accept", "accept4", "socketcall", "sendmmsg"):
            self.torture.fail("a call to the network: " + line)
        elif name in ("execve", "execveat"):
            self.programs += 1
        elif name == "ptrace":
            self.torture.fail("somebody traces: " + line)
        elif name in ("open", "openat", "openat2", "creat"):
            self.take_open(name, rest, line, touches)
        elif name in CHANGES:
            self.writes += 1
            self.torture.expect(not touches, "an original is changed: " + line)
        elif touches:
            self.torture.fail("something is made beside an original: " + line)

    def take_open(self, name, rest, line, touches):
        writes = name == "creat" or re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", rest) is not None
        self.reads += touches
        self.torture.expect(not (touches and writes), "an original is opened for writing: " + line)
        if writes and "= -1" not in rest:
            path = re.search(r'"([^"]*)"', rest)
            allowed = path and (path.group(1).startswith((self.out, ".fg-", "/dev/", "/proc/self/")))
            self.torture.expect(allowed, "something outside the output folder is opened for writing: " + line)
            self.writes += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    if not shutil.which("strace"):
        print("skipped: no strace")
        sys.exit(77)
    torture = Torture("trace")
    torture.profile = torture.write_profile("profile.yaml", SIZES)
    shoot, out, log = torture.path("shoot"), torture.path("web"), torture.path("log")
    os.makedirs(shoot)
    one = pictures.one_of_each(torture.path("one"), 400, 300)
    for kind, data in one.items():
        for copy in range(1 if given.short else 3):
            with open(os.path.join(shoot, "%s-%d%s" % (kind, copy, pictures.suffix(kind))), "wb") as file:
                file.write(data)
    with open(os.path.join(shoot, "cut.jpg"), "wb") as file:
        file.write(one["jpeg"][:4000])
    before, account = originals(shoot), Account(torture, shoot, out)
    for arguments in ([shoot, "-o", out, "-q"], [shoot, "-o", out, "-q"], [shoot, "-o", out, "-q", "--force", "--prune"]):
        ended = traced(torture, log, *arguments)
        if b"PTRACE" in ended.stderr or b"ptrace" in ended.stderr:
            print("skipped: strace may not trace here")
            sys.exit(77)
        torture.expect(ended.returncode == 1, "the run ends with %d: %s" % (ended.returncode, ended.stderr[-300:]))
        with open(log, encoding="utf-8", errors="replace") as file:
            for line in file:
                account.take(line)
        torture.expect(account.programs <= 1, "%d programs were started, strace's own start included" % account.programs)
        account.programs = 0
    torture.expect(originals(shoot) == before, "an original has changed")
    torture.expect(account.reads > 0 and account.writes > 0 and account.pairs > 0, "strace saw nothing of the run")
    torture.say("%d calls in three runs over %d photos: %d opens of originals, all to read; %d writes, all below the output "
                "folder; %d messages on %d private pairs of sockets; no other socket, no program started"
                % (account.calls, len(before), account.reads, account.writes, account.messages, account.pairs))
    torture.finish()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs a program at a terminal of 80 x 24, answers its questions, and prints what it said.

terminal.py [ANSWER]... -- PROGRAM [ARGUMENT]...

A question ends in ": "; the answer ^C is the key. What is asked without an answer left gets the end of input. The exit
code is the program's, or 128 and the number of the signal that ended it.
"""
import fcntl
import os
import pty
import struct
import sys
import termios

cut = sys.argv.index("--")
answers, command = sys.argv[1:cut], sys.argv[cut + 1:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.environ["TERM"] = "xterm"  # An environment may be empty; a terminal has a name.
    os.execvp(command[0], command)

said = b""
asked = 0
while True:
    try:
        some = os.read(terminal, 4096)
    except OSError:  # the program has closed its side
        break
    if not some:
        break
    said += some
    if said.endswith(b": ") and len(said) > asked:
        answer = answers.pop(0) if answers else "\x04"
        key = {"^C": b"\x03", "\x04": b"\x04"}.get(answer)
        os.write(terminal, key or answer.encode() + b"\n")
        asked = len(said) + len(answer)
sys.stdout.write(said.decode(errors="replace").replace("\r\n", "\n"))
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.exit(status if status >= 0 else 128 - status)

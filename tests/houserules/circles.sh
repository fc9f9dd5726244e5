#!/usr/bin/env bash
# Roof apart from cellar: no circle of calls among the files of a module but pairs, and the file that has a module's name is called
# by no other of it. What is left of former days stands in circles.py with its size, which may only fall.
set -euo pipefail
exec python3 -B "$(dirname "$0")/circles.py" "${FG_BUILD_DIR:?}"

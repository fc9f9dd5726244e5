#!/usr/bin/env bash
# Roof apart from cellar: no circle of calls among the files of a module but pairs, and the file that has a module's name is called
# by no other of it.
set -euo pipefail
exec python3 -B "$(dirname "$0")/circles.py" "${FG_BUILD_DIR:?}"

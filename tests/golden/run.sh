#!/usr/bin/env bash
# A test is a folder: cmd is a script; expect.out, expect.err and expect.status are what it must say and return. It runs in a
# scratch folder with $CASE (this folder), $FILIGRANE and $SOURCE set. UPDATE=1 writes the expectations anew.
set -euo pipefail
case_folder=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export CASE=$case_folder SOURCE=$FG_SOURCE_DIR PATH="${FILIGRANE%/*}:$PATH" HOME=$scratch XDG_CONFIG_HOME=$scratch/config
export LC_ALL=C.UTF-8 TZ=UTC
status=0
bash "$case_folder/cmd" >"$scratch.out" 2>"$scratch.err" </dev/null || status=$?
trap 'rm -rf "$scratch" "$scratch.out" "$scratch.err"' EXIT
if [ -n "${UPDATE:-}" ]; then
    cp "$scratch.out" "$case_folder/expect.out"
    cp "$scratch.err" "$case_folder/expect.err"
    echo "$status" >"$case_folder/expect.status"
    exit 0
fi
if [ "$status" -eq 77 ] && [ "$(cat "$case_folder/expect.status")" -ne 77 ]; then
    cat "$scratch.err"
    exit 77
fi
bad=0
diff -u "$case_folder/expect.out" "$scratch.out" || bad=1
diff -u "$case_folder/expect.err" "$scratch.err" || bad=1
diff -u "$case_folder/expect.status" <(echo "$status") || bad=1
exit $bad

# files.sh: the floor under programs that read and rewrite files. Sourced by benchmarks.
# shellcheck shell=bash

# files_limit: builds the program $out/files_limit, once.
files_limit() {
    [ "$out/files_limit" -nt "$here/files_limit.c" ] || cc -O2 -o "$out/files_limit" "$here/files_limit.c"
}

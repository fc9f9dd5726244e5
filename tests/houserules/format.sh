#!/usr/bin/env bash
# Every C file is as clang-format 14 lays it out.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
tool=$(command -v clang-format-14 || command -v clang-format) || { echo "skipped: no clang-format"; exit 77; }
case "$("$tool" --version)" in *' 14.'*) ;; *) echo "skipped: clang-format is not 14"; exit 77 ;; esac
find src include tests samples tools examples -name '*.[ch]' -print0 | xargs -0 "$tool" --dry-run --Werror

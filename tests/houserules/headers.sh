#!/usr/bin/env bash
# Each public header compiles by itself, first and alone, as C and as C++, without a warning.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
flags=$(pkg-config --cflags glib-2.0 | sed 's/-I/-isystem /g')
bad=0
# compile LANGUAGE STANDARD COMPILER HEADER
compile() {
    # shellcheck disable=SC2086
    "$3" -x "$1" "-std=$2" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -Iinclude $flags - <<<"#include \"$4\""
}
for header in include/filigrane/*.h; do
    compile c c11 "${CC:-cc}" "${header#include/}" || bad=1
    compile c++ c++17 "${CXX:-c++}" "${header#include/}" || bad=1
done
# A header that leans on another that it does not include is seen.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo 'gboolean fg_leans(void);' >"$folder/leans.h"
if compile c c11 "${CC:-cc}" "$folder/leans.h" 2>/dev/null; then
    echo 'a header that does not compile by itself passes'
    bad=1
fi
exit $bad

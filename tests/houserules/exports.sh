#!/usr/bin/env bash
# The shared library exports fg_* and nothing else, and every public function of the headers.
set -euo pipefail
library=${FG_BUILD_DIR:?}/libfiligrane.so
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[TDBRVW]/ { print $3 }' | sed 's/@.*//' | sort -u)
foreign=$(grep -vE '^fg_' <<<"$exported" | grep -vE '^(__asan|__odr_asan|__ubsan|_init|_fini|___asan)' || true)
if [ -n "$foreign" ]; then
    printf 'exported without the prefix fg_:\n%s\n' "$foreign"
    exit 1
fi
declared=$(cat "${FG_SOURCE_DIR:?}"/include/filigrane/*.h | tr '\n' ' ' | grep -oE 'FG_API[^;]*' |
    grep -oE 'fg_[a-z0-9_]+ ?\(' | tr -d '( ' | sort -u)
missing=$(comm -23 <(echo "$declared") <(echo "$exported"))
if [ -n "$missing" ]; then
    printf 'declared FG_API but not exported:\n%s\n' "$missing"
    exit 1
fi
hidden=$(comm -13 <(echo "$declared") <(echo "$exported"))
if [ -n "$hidden" ]; then
    printf 'exported but not declared in include/filigrane:\n%s\n' "$hidden"
    exit 1
fi
echo "$(wc -l <<<"$declared") functions exported"

#!/usr/bin/env bash
# The shared library exports fg_* and nothing else, and every function of the headers, whose declarations all bear FG_API.
set -euo pipefail
library=${FG_BUILD_DIR:?}/libfiligrane.so
exported=$(nm -D --defined-only "$library" | awk '$2 ~ /[TDBRVW]/ { print $3 }' | sed 's/@.*//' | sort -u)
foreign=$(grep -vE '^fg_' <<<"$exported" | grep -vE '^(__asan|__odr_asan|__ubsan|_init|_fini|___asan)' || true)
if [ -n "$foreign" ]; then
    printf 'exported without the prefix fg_:\n%s\n' "$foreign"
    exit 1
fi
list=$(python3 -B "${FG_SOURCE_DIR:?}/tests/support/declared.py" "$FG_SOURCE_DIR"/include/filigrane/*.h)
bare=$(grep ' hidden ' <<<"$list" || true)
if [ -n "$bare" ]; then
    printf 'declared without FG_API:\n%s\n' "$bare"
    exit 1
fi
declared=$(cut -d' ' -f1 <<<"$list" | sort -u)
missing=$(comm -23 <(echo "$declared") <(echo "$exported"))
if [ -n "$missing" ]; then
    printf 'declared but not exported:\n%s\n' "$missing"
    exit 1
fi
hidden=$(comm -13 <(echo "$declared") <(echo "$exported"))
if [ -n "$hidden" ]; then
    printf 'exported but not declared in include/filigrane:\n%s\n' "$hidden"
    exit 1
fi
# The check sees a declaration without FG_API, whatever stands around it.
header=$(mktemp --suffix=.h)
trap 'rm -f "$header"' EXIT
cat >"$header" <<'HEADER'
typedef struct { void (*call)(int fg_no); } FgOne;
FG_API FgOne *fg_first(void);
void fg_second(FgOne *one); /* FG_API stands behind it alone */
FG_API
int fg_third(int (*each)(void), ...) G_GNUC_PRINTF(1, 2);
HEADER
seen=$(python3 -B "$FG_SOURCE_DIR/tests/support/declared.py" "$header" | cut -d' ' -f1,2 | tr '\n' ' ')
if [ "$seen" != 'fg_first api fg_second hidden fg_third api ' ]; then
    printf 'the check reads declarations wrongly: %s\n' "$seen"
    exit 1
fi
echo "$(wc -l <<<"$declared") functions exported"

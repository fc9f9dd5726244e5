#!/usr/bin/env bash
# Words that must not stand in the tree, and files that grew past their subject.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
bad=0
complain() {
    printf '%s\n' "$1"
    bad=1
}
# A machine's own paths, and unfinished work.
if hits=$(grep -rnIE '(^|[^A-Za-z0-9$}_.])/(work|root|home/[a-z]+)/' src include tests profiles docs man README.md CHANGELOG.md dev .ci \
    --include='*' --exclude-dir=corpus --exclude=words.sh 2>/dev/null); then
    complain "paths of a machine:
$hits"
fi
if hits=$(grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' src include); then
    complain "unfinished words:
$hits"
fi
# Functions that libc should not have offered (and that have a safe sibling in GLib).
if hits=$(grep -rnE '\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|system|popen|atoi|atof)[ ]*\(' src include); then
    complain "banned functions:
$hits"
fi
# A file is judged, and a photo planned, alike on every day (docs/spec/contract.md §3.7, docs/spec/metadata.md §4.6).
if hits=$(grep -rnE '\b(time|clock_gettime|gettimeofday|g_get_real_time|g_date_time_new_now[a-z_]*)[ ]*\(' src/metadata src/check \
    src/plan src/profile); then
    complain "a clock is asked:
$hits"
fi
while read -r lines file; do
    [ "$file" = total ] || [ "$lines" -le 450 ] || complain "$file has $lines lines: it has more than one subject"
done < <(find src include -name '*.[ch]' -print0 | xargs -0 wc -l)
exit $bad

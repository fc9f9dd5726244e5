#!/usr/bin/env bash
# No script that fails with a pipe's first command ends that pipe with one that leaves early: what still writes
# gets SIGPIPE then, and the script fails on some runs alone.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
early='\|\s*(head\b|grep\s+(-[a-zA-Z]*q|-[^|]*\s-[a-zA-Z]*q)|sed\s[^|]*[0-9;]q)'
bad=0
while read -r script; do
    if hits=$(grep -nE "$early" "$script" | grep -vE '^[0-9]+:\s*#'); then
        printf '%s: the end of a pipe that leaves early (grep ... >/dev/null and sed -n 1,Np read to the end):\n%s\n' "$script" "$hits"
        bad=1
    fi
done < <(grep -rlE '^set -[a-z]*o pipefail' dev .ci tests tools)
exit $bad

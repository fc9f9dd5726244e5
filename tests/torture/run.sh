#!/usr/bin/env bash
# run.sh [NAME...] [-- OPTION...]: the torture runs, or those named; $FILIGRANE is the program. Options, as --short, go to
# each of them. Ends with 1 when one of them found a breach; one that can't be tried here says so and counts as no breach.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
all=(trace cuts state full memory shards valgrind lintian hostile kill install amend)
names=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case " ${all[*]} " in
        *" $1 "*) names+=("$1") ;;
        *)
            echo "no torture named $1; there are: ${all[*]}" >&2
            exit 2
            ;;
    esac
    shift
done
[ $# -eq 0 ] || shift
[ ${#names[@]} -gt 0 ] || names=("${all[@]}")
bad=0
for name in "${names[@]}"; do
    echo "== $name"
    status=0
    PYTHONDONTWRITEBYTECODE=1 python3 "$here/$name.py" "$@" || status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || bad=1
done
exit $bad

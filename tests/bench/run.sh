#!/usr/bin/env bash
# tests/bench/run.sh [NAME...]: runs benchmarks: those named, or all of `speed` below. Each is a file bench_NAME.sh that defines
# `bench`. What is published is a ratio of paired runs in one session; absolute times belong to their machine.
#
# ROUNDS=N    pairs of each comparison (default 3; with 1 the whole of `speed` takes about 35 minutes on two cores)
# RESUME=1    takes pairs that an interrupted session of the same binary has already measured
# INPUTS=...  of "photographs camera", what whole jobs are measured on
# BENCH_OUT, FILIGRANE: where to work, and what to measure
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
out=${BENCH_OUT:-$top/build/bench}
mkdir -p "$out/figures" "$out/pairs"
export FILIGRANE=${FILIGRANE:-$top/build/filigrane}
speed=(publish limit profile memory scale incremental check tag walls bytes)

# cost COMMAND...: prints "CPU-SECONDS WALL-SECONDS PEAK-MIB" of a command and all that it starts and waits for; exit code 1 is
# no failure here: it says that a photo among many was not well.
cost() {
    local report
    report=$(mktemp)
    env time -q -o "$report" -f '%U %S %e %M' "$@" >/dev/null 2>"$out/last.log" || [ $? -eq 1 ] || {
        tail -5 "$out/last.log" >&2
        return 1
    }
    awk '{ printf "%.3f %.3f %.1f\n", $1 + $2, $3, $4 / 1024 }' "$report"
    rm -f "$report"
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'
}

# figure TABLE ROW COLUMN VALUE [UNIT]: a number for tables, plots and docs/performance.md; report.py reads them, goals.tsv says
# what each was to be. Without a unit it is a ratio.
figure() {
    printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5:-}" >>"$out/figures/$bench.tsv"
}

# paired ROUNDS NAME-A FUNCTION-A NAME-B FUNCTION-B: runs both in turns, prints each one's medians and the median ratio. The ratio
# of CPU becomes a figure in the row NAME-B; the caller may set `table` (empty: no figure) and `column`. The pairs stay for
# `column_median` and `ratio_median` until the next call.
paired() {
    local rounds=$1 name_a=$2 run_a=$3 name_b=$4 run_b=$5 a b
    local table=${table-$bench} column=${column:-CPU}
    pairs=$out/pairs/$(printf '%s' "$bench $build $table $column $name_b" | tr -c '[:alnum:]' -).txt
    [ -n "${RESUME:-}" ] || rm -f "$pairs"
    touch "$pairs"
    while [ "$(wc -l <"$pairs")" -lt "$rounds" ]; do
        a=$($run_a)
        b=$($run_b)
        echo "$a $b" >>"$pairs"
    done
    printf '%-28s %10s %10s %10s\n' "" "CPU s" "wall s" "peak MiB"
    printf '%-28s %10s %10s %10s\n' "$name_a" "$(column_median 1)" "$(column_median 2)" "$(column_median 3)"
    printf '%-28s %10s %10s %10s\n' "$name_b" "$(column_median 4)" "$(column_median 5)" "$(column_median 6)"
    printf 'ratio of CPU: %s, of wall time: %s (medians of %d pairs)\n' "$(ratio_median 1 4)" "$(ratio_median 2 5)" "$rounds"
    [ -z "$table" ] || figure "$table" "$name_b" "$column" "$(ratio_median 1 4)"
}

# The median of a column of the last pairs: CPU, wall, memory of the first, then of the second; and of the ratio of two columns.
column_median() {
    cut -d' ' -f"$1" "$pairs" | median
}
ratio_median() {
    awk -v a="$1" -v b="$2" '{ print($b > 0 ? $a / $b : 0) }' "$pairs" | median
}

# machine: what was measured with, for the table's head.
machine() {
    local version
    version() { "$@" 2>&1 | grep -oE '[0-9]+(\.[0-9]+)+' | sed -n 1p; }
    echo "- $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed -n 1p), load average $(cut -d' ' -f1 /proc/loadavg) before"
    echo "- $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
    "$FILIGRANE" --version 2>/dev/null | grep -v protection | paste -sd, | tr -s ' ' | sed 's/^/- /; s/, */, /g'
    echo "- beside: exiftool $(version exiftool -ver), exiv2 $(version exiv2 --version), jhead $(version jhead -V)," \
        "vips $(version vips --version), GraphicsMagick $(version gm version), ImageMagick $(version convert-im6.q16 --version)," \
        "sharp $(sed -n 's/^  "version": "\(.*\)",/\1/p' "$out/node/node_modules/sharp/package.json" 2>/dev/null)"
    echo "- rounds: ${ROUNDS:-3}"
}

main() {
    local names=("$@") file began
    case "${1:-speed}" in
        speed | all)
            names=()
            for bench in "${speed[@]}"; do
                [ ! -f "$here/bench_$bench.sh" ] || names+=("$bench")
            done
            ;;
    esac
    [ "${1:-}" != all ] || names+=(legibility removal)
    for bench in "${names[@]}"; do
        [ -f "$here/bench_$bench.sh" ] || {
            echo "there is no benchmark '$bench'; there are:" "$(cd "$here" && ls bench_*.sh | sed 's/^bench_//; s/\.sh$//' | tr '\n' ' ')" >&2
            exit 2
        }
    done
    machine >"$out/figures/machine.md"
    for bench in "${names[@]}"; do
        file=$here/bench_$bench.sh
        printf '\n== %s ==\n' "$bench"
        : >"$out/figures/$bench.tsv"
        began=$SECONDS
        # shellcheck source=/dev/null
        (source "$file" && bench) | tee "$out/$bench.txt"
        echo "($((SECONDS - began)) s)"
    done
    printf '\n== all figures, as docs/performance.md shows them ==\n'
    python3 "$here/report.py" "$out"
}

# shellcheck source=inputs.sh
source "$here/inputs.sh"
build=$(cat "$FILIGRANE" "$(dirname "$FILIGRANE")"/libfiligrane.so* | sha256sum | cut -c1-12)
main "$@"
exit

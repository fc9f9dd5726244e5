#!/usr/bin/env bash
# tests/bench/run.sh [NAME]: runs one benchmark, or all. Each is a file bench_NAME.sh that defines `bench`. What is published
# is a ratio of paired runs in one session; absolute times belong to their machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
out=${BENCH_OUT:-$top/build/bench}
mkdir -p "$out"
export FILIGRANE=${FILIGRANE:-$top/build/filigrane}

# cost COMMAND...: prints "CPU-SECONDS WALL-SECONDS PEAK-MIB" of a command and all that it starts and waits for.
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

# paired ROUNDS NAME-A FUNCTION-A NAME-B FUNCTION-B: runs both in turns, prints each one's medians and the median ratio.
paired() {
    local rounds=$1 name_a=$2 run_a=$3 name_b=$4 run_b=$5 i a b
    local table=$out/paired.txt
    : >"$table"
    for ((i = 0; i < rounds; i++)); do
        a=$($run_a)
        b=$($run_b)
        echo "$a $b" >>"$table"
    done
    printf '%-28s %10s %10s %10s\n' "" "CPU s" "wall s" "peak MiB"
    printf '%-28s %10s %10s %10s\n' "$name_a" "$(cut -d' ' -f1 "$table" | median)" "$(cut -d' ' -f2 "$table" | median)" \
        "$(cut -d' ' -f3 "$table" | median)"
    printf '%-28s %10s %10s %10s\n' "$name_b" "$(cut -d' ' -f4 "$table" | median)" "$(cut -d' ' -f5 "$table" | median)" \
        "$(cut -d' ' -f6 "$table" | median)"
    printf 'ratio of CPU: %s, of wall time: %s (medians of %d pairs)\n' \
        "$(awk '{ print $1 / $4 }' "$table" | median)" "$(awk '{ print $2 / $5 }' "$table" | median)" "$rounds"
}

# photographs: a folder of the Debian wallpapers that are JPEG, as links; prints its path.
photographs() {
    local folder=$out/photographs file
    rm -rf "$folder"
    mkdir -p "$folder"
    for file in /usr/share/backgrounds/*.jpg /usr/share/backgrounds/mate/nature/*.jpg; do
        [ -f "$file" ] && [ ! -L "$file" ] && cp "$file" "$folder/"
    done
    if [ -z "$(ls "$folder")" ]; then
        echo "no photographs: install mate-backgrounds and lomiri-wallpapers-20.04" >&2
        return 1
    fi
    echo "$folder"
}

# candidates: the photographs for what is measured on marks, a path a line: those of FILIGRANE_BENCH_PHOTOS, else Debian's.
candidates() {
    if [ -n "${FILIGRANE_BENCH_PHOTOS:-}" ]; then
        find "$FILIGRANE_BENCH_PHOTOS" -type f | sort
    else
        find /usr/share/backgrounds/*.jpg /usr/share/backgrounds/mate/nature/*.jpg \
            /usr/share/wallpapers/*/contents/images/2560x1600.jpg -type f 2>/dev/null | sort
    fi
}

# views FOLDER LEAST: one picture of 2048 x 1360 as PNG of each candidate that is large enough; says how many, and fails when
# they are fewer than LEAST.
views() {
    local file width number=0
    local -x VIPS_WARNING=0 # odd tags of old files
    rm -rf "$1"
    mkdir -p "$1"
    while IFS= read -r file; do
        width=$(vipsheader -f width "$file" 2>/dev/null) || continue
        [ "$width" -ge 1500 ] || continue
        number=$((number + 1))
        vips thumbnail "$file" "$1/view.v" 2048 --height 1360 --crop centre --export-profile srgb 2>/dev/null || continue
        case $(vipsheader -f bands "$1/view.v") in
            2 | 4) vips flatten "$1/view.v" "$1/flat.v" --background 255 ;;
            *) mv "$1/view.v" "$1/flat.v" ;;
        esac
        vips pngsave "$1/flat.v" "$1/$(printf '%02d' "$number").png" --strip --compression 1
    done < <(candidates)
    rm -f "$1/view.v" "$1/flat.v"
    number=$(find "$1" -name '*.png' | wc -l)
    if [ "$number" -lt "$2" ]; then
        echo "skipped: $number photographs of 1500 px and more, $2 are needed; set FILIGRANE_BENCH_PHOTOS to a folder of them"
        return 1
    fi
    echo "$number photographs at 2048 x 1360"
}

# numpy: prints a python3 that has the modules named; fails where there is none.
numpy() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import numpy $*" 2>/dev/null; then
            echo "$python"
            return 0
        fi
    done
    return 1
}

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for file in "$here"/bench_*.sh; do
        name=${file##*/bench_}
        names+=("${name%.sh}")
    done
fi
for name in "${names[@]}"; do
    file=$here/bench_$name.sh
    [ -f "$file" ] || {
        echo "there is no benchmark '$name'; there are:" "$(cd "$here" && ls bench_*.sh | sed 's/bench_//; s/.sh//' | tr '\n' ' ')" >&2
        exit 2
    }
    printf '\n== %s ==\n' "$name"
    # shellcheck source=/dev/null
    (source "$file" && bench) | tee "$out/$name.txt"
done

# bench_profile.sh: what a job spends its CPU on, sampled by perf, in percent of what its codecs alone take in the same sampling:
# the rows of codecs are about 100 in sum, and the rest is what is left to win. Decoder and encoder share a library without symbols; an
# address of it is counted where codec_limit, which does one at a time, met it.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# samples FILE COMMAND...: runs it under perf; writes FILE.txt: period|thread|library|symbol.
samples() {
    local file=$1
    shift
    perf record -q -F 1999 -o "$file" -- "$@" >/dev/null 2>"$out/last.log" || [ $? -eq 1 ]
    perf report -i "$file" --stdio -t '|' --sort comm,dso,sym -F period,comm,dso,sym 2>/dev/null |
        grep -v '^#\|^$' | sed 's/ *| */|/g; s/ *$//' >"$file.txt"
}

# symbols: "SYMBOL ROOM/FILE" of all functions of the product, from the objects of its build.
symbols() {
    find "$(dirname "$FILIGRANE")/CMakeFiles" -path '*fg_*' -name '*.c.o' -exec nm -A --defined-only {} + 2>/dev/null |
        sed -nE 's|^.*/src/([a-z]+/[a-z0-9_]+)\.c\.o:[0-9a-f]+ [tT] (.*)$|\2 \1|p'
}

bench() {
    local input set formats title
    if ! command -v perf >/dev/null || ! perf record -q -o "$out/perf" true >/dev/null 2>&1; then
        echo "skipped: perf (linux-perf) is not installed, or not allowed here"
        return 0
    fi
    symbols >"$out/symbols.txt"
    for set in ${INPUTS:-photographs camera}; do
        input=$($set)
        job_pixels "$input" >/dev/null
        for formats in jpeg "jpeg, webp"; do
            # With WebP there is little besides WebP; once tells it.
            [ "$set $formats" != "camera jpeg, webp" ] || continue
            title="$set, $(formats_title "$formats")"
            write_profile "$out/job.yaml" "$formats"
            rm -rf "$out/ours"
            samples "$out/perf-ours" "$FILIGRANE" publish "$input" -o "$out/ours" -p "$out/job.yaml" --force-rights -q -j 1
            # shellcheck disable=SC2086
            samples "$out/perf-limit" "$(codec_limit_program)" "$input" "$(job_pixels "$input")" ${formats//, / }
            echo "-- $title"
            awk -f "$here/profile.awk" "$out/symbols.txt" "$out/perf-limit.txt" "$out/perf-ours.txt" >"$out/profile.tsv"
            while IFS=$'\t' read -r group share; do
                printf '%-46s %6.3f\n' "$group" "$share"
                figure profile "$group" "$title" "$(awk "BEGIN { print 100 * $share }")" %
            done <"$out/profile.tsv"
            printf 'the most of our own: %s\n' "$(grep 'libfiligrane' "$out/perf-ours.txt" | sort -rn | head -8 |
                awk -F'|' '{ sub(/^\[.\] /, "", $4); printf "%s%s", sep, $4; sep = ", " }')"
        done
    done
    rm -f "$out"/perf*
}

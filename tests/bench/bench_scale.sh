# bench_scale.sh: how a run grows with its photos (1 to 8 copies of the photographs), and what a second worker brings.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

bench() {
    local input copies file i
    input=$(photographs)
    write_profile "$out/job.yaml" jpeg
    printf '%-10s %10s %10s %10s\n' photos "CPU s" "wall s" "peak MiB"
    for copies in 1 2 4 8; do
        rm -rf "$out/copies" "$out/copies-out"
        mkdir "$out/copies"
        for ((i = 0; i < copies; i++)); do
            for file in "$input"/*.jpg; do cp "$file" "$out/copies/$i-${file##*/}"; done
        done
        cost "$FILIGRANE" publish "$out/copies" -o "$out/copies-out" -p "$out/job.yaml" --force-rights -q |
            awk -v photos="$(find "$out/copies" -type f | wc -l)" '{ printf "%-10s %10s %10s %10s\n", photos, $1, $2, $3 }'
    done
    two() { publish_job "$input" "jpeg, webp" -j 2; }
    one() { publish_job "$input" "jpeg, webp" -j 1; }
    paired "${ROUNDS:-3}" "two workers" two "one worker" one
}

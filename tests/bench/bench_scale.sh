# bench_scale.sh: how a run grows with its photos: 1 to 8 copies of the photographs.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

bench() {
    local input copies file i photos row
    input=$(photographs)
    write_profile "$out/job.yaml" jpeg
    printf '%-10s %10s %10s %10s\n' photos "CPU s" "wall s" "peak MiB"
    for copies in 1 2 4 8; do
        rm -rf "$out/copies" "$out/copies-out"
        mkdir "$out/copies"
        for ((i = 0; i < copies; i++)); do
            for file in "$input"/*.jpg; do cp "$file" "$out/copies/$i-${file##*/}"; done
        done
        photos=$(find "$out/copies" -type f | wc -l)
        row=$(cost "$FILIGRANE" publish "$out/copies" -o "$out/copies-out" -p "$out/job.yaml" --force-rights -q)
        echo "$row" | awk -v photos="$photos" '{ printf "%-10s %10s %10s %10s\n", photos, $1, $2, $3 }'
        figure scale "$photos photos" "CPU ms a photo" "$(echo "$row" | awk -v n="$photos" '{ print 1000 * $1 / n }')" ms
        figure scale "$photos photos" "peak MiB" "${row##* }" MiB
    done
    rm -rf "$out/copies" "$out/copies-out"
}

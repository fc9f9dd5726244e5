# bench_limit.sh: publish beside its codecs alone: libjpeg-turbo at its best scale for the same inputs, and each encoder on the
# very same pixels with the same settings. A ratio of 1 is the floor for every program.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

bench() {
    local input formats round ours
    input=$(photographs)
    echo "$(find "$input" -type f | wc -l) photographs, 3 widths"
    for formats in jpeg "jpeg, webp" "jpeg, webp, avif"; do
        # One worker: two on the two threads of one core would share what the codecs alone have to themselves.
        : >"$out/pairs.txt"
        for ((round = 0; round < ${ROUNDS:-3}; round++)); do
            ours=$(publish_job "$input" "$formats" -j 1)
            echo "${ours%% *} $(codec_limit "$input" "$formats")" >>"$out/pairs.txt"
        done
        printf '%-20s filigrane %7.2f CPU s, codecs alone %7.2f, ratio %.3f (medians of %d pairs)\n' "$formats" \
            "$(cut -d' ' -f1 "$out/pairs.txt" | median)" "$(cut -d' ' -f2 "$out/pairs.txt" | median)" \
            "$(awk '{ print $1 / $2 }' "$out/pairs.txt" | median)" "$(wc -l <"$out/pairs.txt")"
        printf '%20s of which %s\n' "" "$(grep -v all "$out/limit.log" | paste -sd' ')"
    done
}

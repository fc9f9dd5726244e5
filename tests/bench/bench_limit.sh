# bench_limit.sh: publish beside its codecs alone: libjpeg-turbo at its best scale for the same inputs, and each encoder on the
# very same pixels with the same settings. A ratio of 1 is the floor for every program.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# One worker: two on the two threads of one core would share what the codecs alone have to themselves.
ours() { publish_job "$input" "$formats" -j 1; }
codecs() { echo "$(codec_limit "$input" "$formats") 0 0"; }

bench() {
    local input set formats rounds column
    for set in ${INPUTS:-photographs camera}; do
        input=$($set)
        job_pixels "$input" >/dev/null
        for formats in jpeg "jpeg, webp" "jpeg, webp, avif"; do
            rounds=${ROUNDS:-3} column=$set
            # JPEG alone is short, and its ratio small: one pair more steadies it.
            [ "$formats" != jpeg ] || rounds=$((rounds + 2))
            echo "-- $set, $(formats_title "$formats")"
            paired "$rounds" filigrane ours "$(formats_title "$formats")" codecs
            echo "codecs: $(grep -v all "$out/limit.log" | paste -sd' ')"
        done
    done
}

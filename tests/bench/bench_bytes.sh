# bench_bytes.sh: what progressive JPEG, WebP and AVIF save against plain JPEG, and how near each stays to the pixels it was made
# of (ssimulacra2 or ssimulacra_main of libjxl-devtools, where there is one).
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

bench() {
    local input tool file format name bytes
    input=$(photographs)
    tool=$(command -v ssimulacra2 || command -v ssimulacra_main || true)
    write_profile "$out/bytes.yaml" "png, jpeg, webp, avif"
    sed -i -e '/medium/d; /small/d' "$out/bytes.yaml"
    rm -rf "$out/plain" "$out/progressive"
    "$FILIGRANE" publish "$input" -o "$out/plain" -p "$out/bytes.yaml" --force-rights -q >/dev/null 2>&1
    sed -i -e 's/\[png, jpeg, webp, avif\]/[jpeg]/' "$out/bytes.yaml"
    "$FILIGRANE" publish "$input" -o "$out/progressive" -p "$out/bytes.yaml" --set quality.progressive=yes \
        --force-rights -q >/dev/null 2>&1
    bytes=$(find "$out/plain" -name '*.jpg' -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
    printf '%-18s %10s %16s\n' "" "bytes" "median score"
    for name in plain/jpg progressive/jpg plain/webp plain/avif; do
        format=${name#*/}
        printf '%-18s %10.3f ' "$name" "$(find "$out/${name%/*}" -name "*.$format" -printf '%s\n' |
            awk -v all="$bytes" '{ sum += $1 } END { print sum / all }')"
        if [ -n "$tool" ]; then
            for file in "$out/${name%/*}"/*."$format"; do
                vips copy "$file" "$out/shown.png" 2>/dev/null
                "$tool" "$out/plain/$(basename "${file%.*}").png" "$out/shown.png" | head -1
            done | median
        else
            echo "no ssimulacra"
        fi
    done
}

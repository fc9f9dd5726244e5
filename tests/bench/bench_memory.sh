# bench_memory.sh: the most memory that any process of a run holds: 24 and 200 megapixels, baseline and progressive.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# large_photo WIDTH HEIGHT NAME [-progressive]: a photograph enlarged to that size, made once.
large_photo() {
    local file=$out/large/$3.jpg source
    mkdir -p "$out/large"
    [ -f "$file" ] && return
    source=$(find "$out/photographs" -name '*.jpg' -size +1000k | sort | head -1)
    vips thumbnail "$source" "$out/large/sized.v" "$1" --height "$2" --size force 2>/dev/null
    vips jpegsave "$out/large/sized.v" "$out/large/plain.jpg" --Q 85 --strip
    jpegtran -optimize ${4:+"$4"} "$out/large/plain.jpg" >"$file"
    rm -f "$out/large/sized.v" "$out/large/plain.jpg"
}

bench() {
    local name row
    photographs >/dev/null
    write_profile "$out/job.yaml" "jpeg, webp"
    large_photo 6000 4000 24-baseline
    large_photo 6000 4000 24-progressive -progressive
    large_photo 16000 12500 200-baseline
    large_photo 16000 12500 200-progressive -progressive
    printf '%-16s %10s %10s\n' megapixels "CPU s" "peak MiB"
    for name in 24-baseline 24-progressive 200-baseline 200-progressive; do
        rm -rf "$out/large-out"
        row=$(cost "$FILIGRANE" publish "$out/large/$name.jpg" -o "$out/large-out" -p "$out/job.yaml" --force-rights -q \
            --set limits.pixels=300M)
        echo "$row" | awk -v name="$name" '{ printf "%-16s %10s %10s\n", name, $1, $3 }'
        figure memory "${name%-*} megapixels, ${name#*-}" "peak MiB" "${row##* }" MiB
    done
}

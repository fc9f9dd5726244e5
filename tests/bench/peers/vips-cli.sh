#!/usr/bin/env bash
# vips-cli.sh IN OUT FORMATS: the job of bench_publish.sh with libvips' command line: one decode, a chain of sizes, one exiftool for
# all files; two photos at a time. MARK names the mark as PNG.
set -euo pipefail
export OUT=$2 FORMATS=${3//,/ } VIPS_CONCURRENCY=1 VIPS_WARNING=0 T
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

one() {
    local stem from=$1 width w h
    stem=$(basename "$1" .jpg)
    for width in 2048 1280 640; do
        vipsthumbnail "$from" -s "${width}x>" --eprofile srgb -o "$T/$stem-$width.v"
        from=$T/$stem-$width.v
        w=$(vipsheader -f width "$from") h=$(vipsheader -f height "$from")
        vipsthumbnail "$MARK" -s "$((w * 27 / 100))x" -o "$T/$stem-mark.v"
        local mark_w mark_h
        mark_w=$(vipsheader -f width "$T/$stem-mark.v") mark_h=$(vipsheader -f height "$T/$stem-mark.v")
        vips composite2 "$from" "$T/$stem-mark.v" "$T/$stem-over.v" over --x $((w - mark_w - w / 50)) --y $((h - mark_h - h / 50))
        vips flatten "$T/$stem-over.v" "$T/$stem-flat.v"
        for format in $FORMATS; do
            case $format in
                jpeg) vips jpegsave "$T/$stem-flat.v" "$OUT/$stem-$width.jpg" --Q 82 --optimize-coding --strip ;;
                webp) vips webpsave "$T/$stem-flat.v" "$OUT/$stem-$width.webp" --Q 80 --strip ;;
            esac
        done
    done
    rm -f "$T/$stem"-*
}
export -f one
find "$1" -name '*.jpg' | sort | xargs -P 2 -I{} bash -c 'one "$1"' _ {}
exiftool -@ "$(dirname "$0")/rights.args" "$OUT"

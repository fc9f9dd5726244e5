#!/usr/bin/env bash
# imagemagick.sh IN OUT FORMATS: the job of bench_publish.sh with ImageMagick: one convert a photo (one decode, a chain of sizes), one
# exiftool for all files; two photos at a time, a thread each. MARK names the mark as PNG.
set -euo pipefail
export OUT=$2 FORMATS=${3//,/ } MAGICK_THREAD_LIMIT=1 OMP_NUM_THREADS=1

one() {
    local stem width steps=() writes
    stem=$(basename "$1" .jpg)
    for width in 2048 1280 640; do
        writes=()
        for format in $FORMATS; do
            case $format in
                jpeg) writes+=(-quality 82 -sampling-factor 4:2:0 -write "$OUT/$stem-$width.jpg") ;;
                webp) writes+=(-quality 80 -write "$OUT/$stem-$width.webp") ;;
            esac
        done
        steps+=(-resize "${width}x>" "(" +clone "(" "$MARK" -resize "$((width * 27 / 100))x" ")"
            -gravity southeast -geometry +20+20 -composite "${writes[@]}" +delete ")")
    done
    convert-im6.q16 -define jpeg:size=4096x4096 "$1" -auto-orient -strip "${steps[@]}" null:
}
export -f one
find "$1" -name '*.jpg' | sort | xargs -P 2 -I{} bash -c 'one "$1"' _ {}
exiftool -@ "$(dirname "$0")/rights.args" "$OUT"

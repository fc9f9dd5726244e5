#!/usr/bin/env bash
# graphicsmagick.sh IN OUT FORMATS: the job of bench_publish.sh with GraphicsMagick: one gm batch a photo (one decode, a chain of
# sizes), one exiftool for all files; two photos at a time, a thread each. MARK names the mark as PNG.
set -euo pipefail
export OUT=$2 FORMATS=${3//,/ } OMP_NUM_THREADS=1

one() {
    local stem from=$1 width
    stem=$(basename "$1" .jpg)
    for width in 2048 1280 640; do
        echo "convert -size 4096x4096 \"$from\" -auto-orient +profile \"*\" -resize \"${width}x>\" mpr:sized-$width"
        echo "convert \"$MARK\" -resize $((width * 27 / 100))x mpr:mark-$width"
        echo "composite -gravity southeast -geometry +20+20 mpr:mark-$width mpr:sized-$width mpr:marked-$width"
        for format in $FORMATS; do
            case $format in
                jpeg) echo "convert mpr:marked-$width -quality 82 -sampling-factor 2x2 \"$OUT/$stem-$width.jpg\"" ;;
                webp) echo "convert mpr:marked-$width -quality 80 \"$OUT/$stem-$width.webp\"" ;;
            esac
        done
        from=mpr:sized-$width
    done | gm batch -stop-on-error on -
}
export -f one
find "$1" -name '*.jpg' | sort | xargs -P 2 -I{} bash -c 'one "$1"' _ {}
exiftool -@ "$(dirname "$0")/rights.args" "$OUT"

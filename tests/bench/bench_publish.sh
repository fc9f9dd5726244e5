# bench_publish.sh: a shoot in three widths, JPEG q82 alone and with WebP q80, one visible mark each, rights in the metadata,
# beside sharp as an expert drives it (one decode, a chain of sizes) and as usual scripts do (a pipeline an output), and beside
# the command lines of libvips, GraphicsMagick and ImageMagick with exiftool for the rights, where they are installed.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# beside NAME TITLE: pairs our job with that of a peer.
beside() {
    local name=$1 title=$2
    ours() { publish_job "$input" "$formats" -j 2; }
    theirs() { peer "$name" "$input" "$formats"; }
    paired "${ROUNDS:-3}" filigrane ours "$title" theirs
    echo "files: $(find "$out/ours" -name '*-*.*' -type f -not -path '*/.filigrane/*' | wc -l) and $(find "$out/$name" -type f | wc -l)"
}

bench() {
    local input formats
    input=$(photographs)
    echo "$(find "$input" -type f | wc -l) photographs, 3 widths"
    for formats in jpeg "jpeg, webp"; do
        echo "-- $formats"
        if sharp_installed; then
            beside sharp-expert "sharp, expert script"
            beside sharp-usual "sharp, usual script"
        fi
        command -v exiftool >/dev/null || continue
        ! command -v vipsthumbnail >/dev/null || beside vips-cli "vips CLI + exiftool"
        ! command -v gm >/dev/null || beside graphicsmagick "GraphicsMagick + exiftool"
        ! command -v convert-im6.q16 >/dev/null || beside imagemagick "ImageMagick + exiftool"
    done
}

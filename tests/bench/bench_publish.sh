# bench_publish.sh: a shoot in three widths, JPEG q82 alone, with WebP q80, and with AVIF q65, one visible mark each, rights in the
# metadata, beside sharp as an expert drives it (one decode, a chain of sizes) and as usual scripts do (a pipeline an output), and
# beside the command lines of libvips, GraphicsMagick and ImageMagick with exiftool for the rights, where they are installed.
# AVIF is measured beside sharp's expert script alone, once: its encoder is nearly all of everybody's time.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

ours() { publish_job "$input" "$formats" -j 2; }
one_worker() { publish_job "$input" "$formats" -j 1; }
theirs() { peer "$peer" "$input" "$formats"; }

# beside NAME TITLE [ROUNDS]: pairs our job with that of a peer.
beside() {
    local peer=$1 own made
    paired "${3:-${ROUNDS:-3}}" filigrane ours "$2" theirs
    figure "$table, memory" filigrane "$column" "$(column_median 3)" MiB
    figure "$table, memory" "$2" "$column" "$(column_median 6)" MiB
    # Whoever stops half way is no peer.
    own=$(find "$out/ours" -name '*-*.*' -type f -not -path '*/.filigrane/*' | wc -l)
    made=$(find "$out/$peer" -type f 2>/dev/null | wc -l)
    [ -n "${RESUME:-}" ] || [ "$made" -ge "$own" ] || echo "NOT THE SAME WORK: $own files and $made"
}

# shoot FORMATS: beside all that are installed.
shoot() {
    local formats=$1 column
    column=$(formats_title "$formats")
    echo "-- $column"
    if [ "$formats" = "jpeg, webp, avif" ]; then
        ! sharp_installed || beside sharp-expert "sharp, expert script" 1
        return 0
    fi
    if sharp_installed; then
        beside sharp-expert "sharp, expert script"
        beside sharp-usual "sharp, usual script"
    fi
    command -v exiftool >/dev/null || return 0
    ! command -v vipsthumbnail >/dev/null || beside vips-cli "vips CLI + exiftool"
    ! command -v gm >/dev/null || beside graphicsmagick "GraphicsMagick + exiftool"
    ! command -v convert-im6.q16 >/dev/null || beside imagemagick "ImageMagick + exiftool"
}

workers() {
    local formats="jpeg, webp" table=
    echo "-- two workers, JPEG + WebP"
    paired "${ROUNDS:-3}" "two workers" ours "one worker" one_worker
    figure workers "two workers against one, wall time" "$1" "$(ratio_median 2 5)"
}

bench() {
    local input set table
    for set in ${INPUTS:-photographs camera}; do
        input=$($set)
        table="publish, $set"
        echo "== $set: $(find "$input" -name '*.jpg' | wc -l) photos of $(du -sm "$input" | cut -f1) MiB, 3 widths"
        shoot jpeg
        shoot "jpeg, webp"
        shoot "jpeg, webp, avif"
        workers "$set"
    done
}

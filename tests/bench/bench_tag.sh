# bench_tag.sh: rights into files as they are, without touching a pixel, beside exiftool and exiv2, and beside a kernel that copies
# each file and gives the copy its name, with and without a sync between the two: ours syncs, exiftool and exiv2 don't. Each works
# on a fresh copy of the photographs of 0.5 to 2 MB.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"
# shellcheck source=files.sh
source "$here/files.sh"

bench() {
    local input copies=${COPIES:-5} i file
    input=$(photographs)
    files_limit
    printf 'rights: { creator: Photo Allegret, copyright: "© 2026 Photo Allegret" }\nextends: gallery\n' >"$out/tag.yaml"
    fresh() {
        rm -rf "$out/tagged"
        mkdir "$out/tagged"
        while IFS= read -r file; do
            for ((i = 0; i < copies; i++)); do cp "$file" "$out/tagged/$i-${file##*/}"; done
        done < <(find "$input" -name '*.jpg' -size +500k -size -2000k | sort)
        sync "$out/tagged"/*
    }
    ours() {
        fresh
        cost "$FILIGRANE" tag --in-place --force-rights -p "$out/tag.yaml" "$out/tagged"/*.jpg
    }
    limit() {
        fresh
        "$out/files_limit" splice "$out/tagged"/*.jpg
    }
    synced() {
        fresh
        "$out/files_limit" synced "$out/tagged"/*.jpg
    }
    exiftools() {
        fresh
        cost exiftool -q -overwrite_original -Copyright='© 2026 Photo Allegret' -Artist='Photo Allegret' \
            -XMP-dc:Rights='© 2026 Photo Allegret' -IPTC:CopyrightNotice='© 2026 Photo Allegret' "$out/tagged"
    }
    exiv2s() {
        fresh
        cost exiv2 -M'set Exif.Image.Copyright © 2026 Photo Allegret' -M'set Exif.Image.Artist Photo Allegret' \
            -M'set Xmp.dc.rights lang=x-default © 2026 Photo Allegret' -M'set Iptc.Application2.Copyright © 2026 Photo Allegret' \
            "$out/tagged"/*.jpg
    }
    fresh
    echo "$(find "$out/tagged" -type f | wc -l) JPEGs of $(du -sm "$out/tagged" | cut -f1) MiB in all"
    paired "${ROUNDS:-3}" "filigrane tag" ours "the limit: splice, rename" limit
    paired "${ROUNDS:-3}" "filigrane tag" ours "splice, sync, rename" synced
    ! command -v exiftool >/dev/null || paired "${ROUNDS:-3}" "filigrane tag" ours exiftool exiftools
    ! command -v exiv2 >/dev/null || paired "${ROUNDS:-3}" "filigrane tag" ours exiv2 exiv2s
}

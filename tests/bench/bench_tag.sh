# bench_tag.sh: rights into files as they are, without touching a pixel, beside exiftool and exiv2. Each works on a fresh copy.
# shellcheck shell=bash

bench() {
    local input copies=${COPIES:-4} i file
    input=$(photographs)
    printf 'rights: { creator: Photo Allegret, copyright: "© 2026 Photo Allegret" }\nextends: gallery\n' >"$out/tag.yaml"
    fresh() {
        rm -rf "$out/tagged"
        mkdir "$out/tagged"
        for ((i = 0; i < copies; i++)); do
            for file in "$input"/*.jpg; do cp "$file" "$out/tagged/$i-${file##*/}"; done
        done
        sync "$out/tagged"/*
    }
    ours() {
        fresh
        cost "$FILIGRANE" tag --in-place --force-rights -p "$out/tag.yaml" "$out/tagged"/*.jpg
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
    ! command -v exiftool >/dev/null || paired "${ROUNDS:-3}" "filigrane tag" ours exiftool exiftools
    ! command -v exiv2 >/dev/null || paired "${ROUNDS:-3}" "filigrane tag" ours exiv2 exiv2s
}

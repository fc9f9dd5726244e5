# bench_bytes.sh: bytes at equal quality. Six photographs at 2048 pixels, each encoded at several qualities by us and by others; read
# off where an encoder looks as near to the original as libjpeg-turbo's q82 does, by ssimulacra and by butteraugli's 3-norm (both of
# libjxl-devtools). What is counted is the compressed picture: ours carry their rights beside it, which are told apart.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# originals FOLDER: six photographs that are made smaller for it, so that their pixels are sharp.
originals() {
    local file
    mkdir -p "$1"
    for file in "$out"/photographs/*.jpg; do
        [ "$(vipsheader -f width "$file")" -ge 4000 ] && [ "$(find "$1" -name '*.png' | wc -l)" -lt 6 ] || continue
        vips thumbnail "$file" "$1/$(basename "$file" .jpg).png[strip]" 2048 --export-profile srgb
    done
}

# by_us FOLDER QUALITY-JPEG QUALITY-WEBP QUALITY-AVIF: publishes the originals at these qualities, JPEG in all its ways.
by_us() {
    cat >"$work/bytes.yaml" <<EOT2
extends: gallery
rights: { creator: Photo Allegret, copyright: "© 2026 {creator}", web_statement: "https://photo.example/licence" }
marks: { signature: null, veil: null }
output: { name: "{stem}.{ext}" }
derivatives: [{ name: large, width: 2048, formats: [jpeg, webp, avif] }]
quality: { jpeg: $2, webp: $3, avif: $4, effort: { webp: 4, avif: 1 }, chroma: 420 }
EOT2
    publish_as "$1/plain"
    keep "JPEG" "$1/plain" jpg
    keep "WebP" "$1/plain" webp
    keep "AVIF" "$1/plain" avif
    sed -i 's/, webp, avif\]/]/' "$work/bytes.yaml"
    publish_as "$1/progressive" --set quality.progressive=yes
    keep "JPEG, progressive" "$1/progressive" jpg
    publish_as "$1/chosen" --set quality.effort.jpeg=1
    keep "JPEG, effort 1" "$1/chosen" jpg
    publish_as "$1/both" --set quality.effort.jpeg=1 --set quality.progressive=yes
    keep "JPEG, effort 1, progressive" "$1/both" jpg
}

# publish_as FOLDER OPTION...
publish_as() {
    "$FILIGRANE" publish "$work/originals" -o "$1" -p "$work/bytes.yaml" --force-rights -q "${@:2}" >/dev/null 2>"$out/last.log"
}

# keep ENCODER FOLDER ENDING: notes each picture of one quality as "ENCODER|STEM|FILE".
keep() {
    local file
    for file in "$2"/*."$3"; do
        printf '%s|%s|%s\n' "$1" "$(basename "${file%.*}")" "$file" >>"$work/files"
    done
}

# by_others FOLDER QUALITY: libjpeg-turbo by cjpeg, mozjpeg by sharp.
by_others() {
    local file stem
    mkdir -p "$1/turbo" "$1/moz"
    [ "$2" -ne 82 ] || {
        for file in "$work"/originals/*.png; do
            stem=$(basename "$file" .png)
            vips ppmsave "$file" "$work/pixels.ppm"
            cjpeg -quality "$2" -optimize -outfile "$1/turbo/$stem.jpg" "$work/pixels.ppm"
        done
        keep "libjpeg-turbo" "$1/turbo" jpg
    }
    ! sharp_installed || {
        NODE_PATH=$out/node/node_modules node "$here/peers/mozjpeg.cjs" "$work/originals" "$1/moz" "$2"
        keep "mozjpeg (sharp)" "$1/moz" jpg
    }
}

# judge ENCODER STEM FILE: "ENCODER|STEM|FILE|BYTES|SSIMULACRA|BUTTERAUGLI|BYTES BESIDE THE PICTURE". Lower scores are better.
judge() {
    local T bare same
    T=$(mktemp -d "$work/judge.XXXXXX")
    bare=$T/bare.${3##*.}
    vips pngsave "$3" "$T/shown.png" --strip --compression 1
    case $3 in
        *.webp) webpmux -strip exif "$3" -o "$T/1" && webpmux -strip xmp "$T/1" -o "$T/2" && webpmux -strip icc "$T/2" -o "$bare" ;;
        *) exiftool -q -all= -o "$bare" "$3" ;;
    esac >/dev/null 2>&1 || cp "$3" "$bare"
    # Progressive JPEG has the pixels of baseline, which have been judged.
    same=$work/scores/$(sha256sum <"$T/shown.png" | cut -c1-64)
    if [ ! -f "$same" ]; then
        printf '%s|%s\n' "$(ssimulacra_main "$work/originals/$2.png" "$T/shown.png" 2>/dev/null | head -1)" \
            "$(butteraugli_main "$work/originals/$2.png" "$T/shown.png" 2>/dev/null | sed -n 's/^3-norm: //p')" >"$T/scores"
        mv "$T/scores" "$same"
    fi
    printf '%s|%s|%s|%s|%s|%s\n' "$1" "$2" "$3" "$(stat -c %s "$bare")" "$(cat "$same")" \
        $(($(stat -c %s "$3") - $(stat -c %s "$bare")))
    rm -rf "$T"
}

bench() {
    local tool work=$out/bytes
    local -x VIPS_WARNING=0
    export work
    export -f judge
    for tool in ssimulacra_main butteraugli_main cjpeg exiftool webpmux; do
        command -v $tool >/dev/null || {
            echo "skipped: there is no $tool (libjxl-devtools, libjpeg-turbo-progs, libimage-exiftool-perl, webp)"
            return 0
        }
    done
    photographs >/dev/null
    rm -rf "$work"
    mkdir -p "$work/scores"
    originals "$work/originals"
    by_us "$work/1" 76 70 56
    by_us "$work/2" 82 80 66
    by_us "$work/3" 87 88 76
    by_us "$work/4" 92 95 86
    by_others "$work/peers-1" 76
    by_others "$work/peers-2" 82
    by_others "$work/peers-3" 87
    by_others "$work/peers-4" 92
    # shellcheck disable=SC2016 # for the shell that xargs starts
    tr '\n' '\0' <"$work/files" | xargs -0 -P "$(nproc)" -I{} bash -c 'IFS="|" read -r a b c <<<"$1"; judge "$a" "$b" "$c"' _ {} >"$work/judged"
    echo "$(find "$work/originals" -name '*.png' | wc -l) photographs at 2048 pixels; bytes where each is as good as libjpeg-turbo q82"
    awk -f "$here/bytes.awk" "$work/judged" >"$work/figures"
    while IFS=$'\t' read -r encoder column value within; do
        printf '%-30s %-12s %6.3f %s\n' "$encoder" "$column" "$value" "$within"
        figure bytes "$encoder" "$column" "$value"
    done <"$work/figures"
    printf 'the rights in a file of ours: %s bytes (median)\n' "$(grep -E '^(JPEG|WebP|AVIF)' "$work/judged" | cut -d'|' -f7 | median)"
}

# job.sh: what the benchmarks of whole jobs share. Sourced by them.
# shellcheck shell=bash

# write_profile FILE FORMATS: three widths in FORMATS ("jpeg, webp"), one visible mark each, rights, settings that peers have too.
write_profile() {
    cat >"$1" <<EOT2
extends: gallery
rights: { creator: Photo Allegret, copyright: "© 2026 {creator}", web_statement: "https://photo.example/licence" }
marks: { signature: { text: "© {creator}", place: bottom-right }, veil: null }
derivatives:
  - { name: large, width: 2048, formats: [$2], marks: [signature] }
  - { name: medium, width: 1280, formats: [$2], marks: [signature] }
  - { name: small, width: 640, formats: [$2], marks: [signature] }
quality: { jpeg: 82, webp: 80, avif: 65, effort: { webp: 4, avif: 1 }, chroma: 420 }
EOT2
}

# publish_job INPUT FORMATS [OPTION...]: costs of our job into $out/ours.
publish_job() {
    local input=$1 formats=$2
    shift 2
    write_profile "$out/job.yaml" "$formats"
    rm -rf "$out/ours"
    cost "$FILIGRANE" publish "$input" -o "$out/ours" -p "$out/job.yaml" --force-rights -q "$@"
}

# sharp_installed: installs sharp from npm once.
sharp_installed() {
    [ -d "$out/node/node_modules/sharp" ] && return
    mkdir -p "$out/node"
    (cd "$out/node" && npm install --silent --no-audit --no-fund sharp >/dev/null 2>&1) || {
        echo "skipped: sharp could not be installed from npm"
        return 1
    }
}

# peer NAME INPUT FORMATS: costs of a peer's script into $out/NAME.
peer() {
    local name=$1 input=$2 formats=${3//, /,} script
    script=$(echo "$here/peers/$name".*)
    rm -rf "${out:?}/$name"
    mkdir -p "$out/$name"
    case $script in
        *.cjs) NODE_PATH=$out/node/node_modules cost node "$script" "$input" "$out/$name" "$formats" ;;
        *.sh) MARK=$(peer_mark) cost bash "$script" "$input" "$out/$name" "$formats" ;;
    esac
}

# peer_mark: the mark as a PNG, for programs that set no text themselves; prints its path.
peer_mark() {
    local folder=$out/mark
    if [ ! -f "$folder/mark.png" ]; then
        mkdir -p "$folder"
        vips text "$folder/mask.v" "© Photo Allegret" --font "DejaVu Sans" --height 90
        vips linear "$folder/mask.v" "$folder/half.v" 0.5 0 --uchar
        vips linear "$folder/mask.v" "$folder/white.v" 0 255 --uchar
        vips bandjoin "$folder/white.v $folder/white.v $folder/white.v $folder/half.v" "$folder/four.v"
        vips copy "$folder/four.v" "$folder/mark.png" --interpretation srgb
    fi
    echo "$folder/mark.png"
}

# formats_title FORMATS: as tables name them ("jpeg, webp": JPEG + WebP).
formats_title() {
    echo "$1" | sed 's/jpeg/JPEG/; s/webp/WebP/; s/avif/AVIF/; s/, / + /g'
}

# codec_limit_program: builds the program of that name; prints its path.
codec_limit_program() {
    local program=$out/codec_limit
    if [ ! "$program" -nt "$here/codec_limit.c" ]; then
        # shellcheck disable=SC2046
        cc -O2 -o "$program" "$here/codec_limit.c" $(pkg-config --cflags --libs libjpeg libwebp libpng libheif)
    fi
    echo "$program"
}

# job_pixels INPUT: the very pixels of the job, as PNG, made once for each input and binary; prints their folder.
job_pixels() {
    local folder
    folder=$out/pixels-$(basename "$1")
    if [ "$(cat "$folder.made" 2>/dev/null)" != "$build" ]; then
        write_profile "$out/pixels.yaml" png
        rm -rf "$folder"
        "$FILIGRANE" publish "$1" -o "$folder" -p "$out/pixels.yaml" --force-rights -q >/dev/null 2>&1 || [ $? -eq 1 ]
        echo "$build" >"$folder.made"
    fi
    echo "$folder"
}

# codec_limit INPUT FORMATS: CPU seconds that decoding INPUT and encoding the very pixels of the job take; details in limit.log.
codec_limit() {
    # shellcheck disable=SC2086
    "$(codec_limit_program)" "$1" "$(job_pixels "$1")" ${2//, / } | tee "$out/limit.log" | awk '$1 == "all" { print $2 }'
}

# bench_removal.sh: how much of a mark is left after the attacks of someone who has a whole collection of marked pictures.
# The control, a mark of constant white, must fall: an attack that spares it proves nothing about ours.
# Runs ../shared/tools/removal_attack.py where it is, else the smaller removal.py beside this file.
# shellcheck shell=bash

# marks_of FOLDER MARKS: publishes the views with these marks into FOLDER.
marks_of() {
    cat >"$work/$2.yaml" <<EOT2
extends: gallery
rights: { creator: Christian Allegret, copyright: "© {creator}" }
privacy: { keep: [] }
output: { name: "{stem}.{ext}" }
marks: { signature: { text: "© {creator}", place: bottom-right }, veil: { text: "© {creator}", place: tiled } }
derivatives: [{ name: web, long_edge: 2048, formats: [$3], marks: [${2#bare}] }]
quality: { jpeg: 90, chroma: 420 }
EOT2
    "$FILIGRANE" publish "$1" -o "$work/$2" -p "$work/$2.yaml" -q 2>/dev/null
}

# The mark as everybody draws it: one shape, white, at one opacity, in encoded values.
control() {
    local file most
    mkdir -p "$work/black" "$work/control"
    vips black "$work/black.v" 2048 1360 --bands 3
    vips pngsave "$work/black.v" "$work/black/shape.png"
    sed 's/place: bottom-right/&, vary: false/; s/formats: .jpeg./formats: [png]/' "$work/signature.yaml" >"$work/shape.yaml"
    "$FILIGRANE" publish "$work/black" -o "$work/shape" -p "$work/shape.yaml" -q 2>/dev/null
    vips extract_band "$work/shape/shape.png" "$work/shape.v" 1
    most=$(vips max "$work/shape.v")
    vips linear "$work/shape.v" "$work/share.v" "$(awk "BEGIN { print 0.4 / $most }")" 0
    vips linear -- "$work/share.v" "$work/rest.v" -1 1
    vips linear "$work/share.v" "$work/white.v" 255 0
    for file in "$work"/bare/*.jpg; do
        vips multiply "$file" "$work/rest.v" "$work/a.v"
        vips add "$work/a.v" "$work/white.v" "$work/b.v"
        vips cast "$work/b.v" "$work/control/${file##*/}[Q=90]" uchar
        # White on white is no mark, and says nothing about an attack.
        vips subtract "$work/control/${file##*/}" "$file" "$work/a.v"
        [ "$(vips max "$work/a.v" | cut -d. -f1)" -ge 16 ] || rm "$work"/*/"${file##*/}"
    done
}

# attack NAME MARKED X,Y,W,H: one row for each attack, and the verdict.
attack() {
    local log=$work/$2.log verdict area
    if [ -n "$theirs" ]; then
        "$python" "$theirs" "$work/$2" "$work/bare" --window "$3" --cluster --adaptive --csv >"$log" 2>&1 || true
    else
        for area in "$2" bare; do
            rm -rf "$work/cut-$area"
            mkdir "$work/cut-$area"
            for file in "$work/$area"/*.jpg; do
                # shellcheck disable=SC2086
                vips extract_area "$file" "$work/cut-$area/$(basename "$file" .jpg).ppm" ${3//,/ }
            done
        done
        "$python" "$here/removal.py" "$work/cut-$2" "$work/cut-bare" >"$log" 2>&1 || true
    fi
    if grep -q 'nothing consistent\|does not hold the mark' "$log"; then
        printf '%-26s %-9s %s\n' "$1" "" "RESISTED: the pictures have nothing in common to begin with"
        return
    fi
    grep '^csv' "$log" | awk -F, -v name="$1" '$2 != "blind" { printf "%-26s %-9s %6.1f %6.3f %6.2f %6.2f\n", name, $2, $3, $4, $5, $7; name = "" }'
    verdict=$(grep -o 'RESISTED\|SUCCEEDS' "$log") || verdict="gave no verdict: $(tail -1 "$log")"
    printf '%-26s attack %s\n' "" "$verdict"
}

bench() {
    local work=$out/removal theirs=$top/../shared/tools/removal_attack.py python
    rm -rf "$work"
    mkdir -p "$work"
    export FILIGRANE_KEY=${FILIGRANE_KEY:-9f3c2b7d41e85a06c7d2f1b3a4958e60}
    if [ ! -f "$theirs" ] || ! python=$(numpy ', scipy, cv2'); then
        theirs=
        python=$(numpy) || {
            echo "skipped: python3-numpy is not installed"
            return 0
        }
    fi
    views "$work/views" 16 || return 0
    marks_of "$work/views" bare jpeg
    marks_of "$work/views" signature jpeg
    marks_of "$work/views" veil jpeg
    control
    echo "$(find "$work/control" -name '*.jpg' | wc -l) of them show a white mark"
    echo "attack: ${theirs:+with registration, by polarity}${theirs:-our own, after the median of gradients}" | sed "s|$theirs\$||"
    printf '%-26s %-9s %6s %6s %6s %6s\n' mark attack "PSNR" SSIM RV ghost
    attack "control: white 40 %" control 1024,848,1024,512
    grep -q SUCCEEDS "$work/control.log" || echo "The control did not fall: what follows proves nothing."
    attack "signature, varied" signature 1024,848,1024,512
    attack "veil" veil 704,488,640,384
    echo "RV: strength of what is left of the mark's edges; 1 is all of it, below 0.25 it is gone. ghost: the part still readable."
    echo "An attack succeeds when it beats retouching by hand (inpaint) by more than 1 dB, or leaves less than half of the edges;"
    echo "for our own attack it must also beat leaving the mark alone (none), which is better than retouching a faint one."
}

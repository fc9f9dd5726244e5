# bench_legibility.sh: the lightness step of a signature at five sites of each photograph, as an outsider measures it: between
# the marked picture and the unmarked one, on the strokes that the same variation draws on black. White of 60 % on the same
# strokes is what it is compared with.
# shellcheck shell=bash

bench() {
    local work=$out/legibility python name
    rm -rf "$work"
    mkdir -p "$work/black"
    export FILIGRANE_KEY=${FILIGRANE_KEY:-9f3c2b7d41e85a06c7d2f1b3a4958e60}
    python=$(numpy) || {
        echo "skipped: python3-numpy is not installed"
        return 0
    }
    views "$work/views" 30 || return 0
    vips black "$work/black.v" 2048 1360 --bands 3
    for file in "$work"/views/*.png; do
        vips pngsave "$work/black.v" "$work/black/${file##*/}"
    done
    cat >"$work/marked.yaml" <<'EOT2'
extends: gallery
rights: { creator: Christian Allegret, copyright: "© {creator}" }
output: { name: "{stem}.{ext}" }
marks:
  veil: ~
  signature: ~
  a: { text: "© {creator}", place: top-left }
  b: { text: "© {creator}", place: top-right }
  c: { text: "© {creator}", place: centre }
  d: { text: "© {creator}", place: bottom-left }
  e: { text: "© {creator}", place: bottom-right }
derivatives: [{ name: web, long_edge: 2048, formats: [png] }]
EOT2
    sed 's/formats: .png./&, marks: []/' "$work/marked.yaml" >"$work/bare.yaml"
    "$FILIGRANE" publish "$work/views" -o "$work/marked" -p "$work/marked.yaml" -q --json 2>/dev/null >"$work/told.json"
    "$FILIGRANE" publish "$work/views" -o "$work/bare" -p "$work/bare.yaml" -q
    "$FILIGRANE" publish "$work/black" -o "$work/strokes" -p "$work/marked.yaml" -q
    for name in "$work"/views/*.png; do
        name=$(basename "$name" .png)
        for folder in bare marked strokes; do
            vips copy "$work/$folder/$name.png" "$work/$name-$folder.ppm"
        done
        "$python" "$here/legibility.py" measure "$name" "$work/$name"-{bare,marked,strokes}.ppm >>"$work/figures.txt"
        rm "$work/$name"-*.ppm
    done
    "$python" "$here/legibility.py" table "$work/figures.txt" "$work/told.json"
}

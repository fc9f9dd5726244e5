# bench_publish.sh: three widths in JPEG q82 and WebP q80, one visible mark each, rights in the metadata, beside sharp driven as
# an expert would (one decode, a chain of sizes).
# shellcheck shell=bash

bench() {
    local input profile=$out/publish.yaml modules=$out/node
    input=$(photographs)
    cat >"$profile" <<'EOT'
extends: gallery
rights: { creator: Photo Allegret, copyright: "© 2026 {creator}", web_statement: "https://photo.example/licence" }
marks: { signature: { text: "© {creator}", place: bottom-right }, veil: null }
derivatives:
  - { name: large, width: 2048, formats: [jpeg, webp], marks: [signature] }
  - { name: medium, width: 1280, formats: [jpeg, webp], marks: [signature] }
  - { name: small, width: 640, formats: [jpeg, webp], marks: [signature] }
quality: { jpeg: 82, webp: 80, effort: { webp: 4 } }
EOT
    if [ ! -d "$modules/node_modules/sharp" ]; then
        mkdir -p "$modules"
        (cd "$modules" && npm install --silent --no-audit --no-fund sharp >/dev/null 2>&1) || {
            echo "skipped: sharp could not be installed from npm"
            return 0
        }
    fi
    ours() {
        rm -rf "$out/ours"
        cost "$FILIGRANE" publish "$input" -o "$out/ours" -p "$profile" --force-rights -q -j 2
    }
    sharps() {
        rm -rf "$out/sharps"
        NODE_PATH=$modules/node_modules cost node "$here/peers/sharp-expert.cjs" "$input" "$out/sharps"
    }
    echo "$(find "$input" -type f | wc -l) photographs, 3 widths, JPEG + WebP"
    paired "${ROUNDS:-3}" filigrane ours "sharp (expert script)" sharps
    echo "files: $(find "$out/ours" -name '*-*.*' -type f | wc -l) and $(find "$out/sharps" -type f | wc -l)"
}

# common.bash: what the black-box tests share. Each test runs in a folder of its own.
# shellcheck shell=bash
bats_require_minimum_version 1.5.0

setup() {
    : "${FILIGRANE:?}" "${FG_SOURCE_DIR:?}"
    cd "$BATS_TEST_TMPDIR" || exit 1
    export HOME=$BATS_TEST_TMPDIR/home XDG_CONFIG_HOME=$BATS_TEST_TMPDIR/config FILIGRANE_KEY=00112233445566778899aabbccddeeff
    export TZ=UTC
    mkdir -p "$HOME"
}

filigrane() {
    "$FILIGRANE" "$@"
}

# The program as somebody whom file modes bind: of root's powers it has all but the one to pass over them.
bound_by_modes() {
    local all=()
    [ "$(id -u)" -ne 0 ] || all=(setpriv --inh-caps=-dac_override,-dac_read_search --bounding-set=-dac_override,-dac_read_search)
    "${all[@]}" "$FILIGRANE" "$@"
}

# A believable little photo: photo FILE WIDTH HEIGHT [exiftool argument]...
photo() {
    local file=$1 width=$2 height=$3
    shift 3
    mkdir -p "$(dirname "$file")"
    vips perlin "$BATS_TEST_TMPDIR/a.v" "$width" "$height" --cell-size 64 --seed 7
    vips linear "$BATS_TEST_TMPDIR/a.v" "$BATS_TEST_TMPDIR/b.v" 90 120
    vips bandjoin "$BATS_TEST_TMPDIR/b.v $BATS_TEST_TMPDIR/b.v $BATS_TEST_TMPDIR/b.v" "$BATS_TEST_TMPDIR/c.v"
    vips linear "$BATS_TEST_TMPDIR/c.v" "$BATS_TEST_TMPDIR/d.v" "0.9 1 1.05" "10 0 -10" --uchar
    vips jpegsave "$BATS_TEST_TMPDIR/d.v" "$file" --Q 90 --strip
    if [ $# -gt 0 ]; then
        exiftool -q -overwrite_original "$@" "$file"
    fi
}

# The same with everything in it that must not leave.
telling_photo() {
    local file=$1
    photo "$@" -GPSLatitude=45.3 -GPSLatitudeRef=N -GPSLongitude=5.8 -GPSLongitudeRef=E -GPSAltitude=1234 \
        -Make=Canon -Model='EOS R6' -LensModel=RF24-105 -SerialNumber=0123456789 -LensSerialNumber=998877 \
        -OwnerName='Jane Doe' -DateTimeOriginal='2026:05:04 10:11:12' -SubSecTimeOriginal=55 -OffsetTimeOriginal=+02:00 \
        -ImageUniqueID=abcdef0123456789abcdef0123456789 -UserComment='for my eyes only' -IPTC:City=Grenoble -IPTC:Sub-location='Rue X' \
        -XMP-photoshop:City=Grenoble -XMP-iptcExt:PersonInImage='Jane Doe' -XMP-aux:SerialNumber=0123456789 \
        -XMP-xmpMM:DocumentID=xmp.did:1 -XMP-crs:RawFileName=_MG_1.CR2 -XMP-dc:Title='Dent de Crolles' \
        -XMP-dc:Description='La dent, au matin' -Software='Editor 1.0' -IFD0:HostComputer=janes-laptop
    vips thumbnail "$file" "$BATS_TEST_TMPDIR/thumb.jpg[strip]" 160
    exiftool -q -overwrite_original "-ThumbnailImage<=$BATS_TEST_TMPDIR/thumb.jpg" "$file"
}

# A profile with rights, small sizes and all formats.
profile() {
    cat >filigrane.yaml <<'EOT'
extends: gallery
rights:
  creator: Élodie Desprès
  owner: Atelier Desprès
  aliases: [E. Despres]
  copyright: "© {year} {creator}. Tous droits réservés."
  credit: Atelier Desprès
  terms:
    fr: "Toute reproduction est interdite sans autorisation écrite préalable."
    en: "Any reproduction is forbidden without prior written authorisation."
  web_statement: https://example.org/droits
  licensor: { name: Atelier Desprès, url: "https://example.org/licence", email: droits@example.org }
  data_mining: prohibited
privacy:
  keep: [title, caption, day, camera]
marks:
  signature: { text: "© {creator}" }
derivatives:
  - { name: large, long_edge: 640, formats: [jpeg, webp, avif, png] }
  - { name: small, width: 320, height: 320, crop: centre, formats: [jpeg] }
EOT
}

# One quick size, for tests about something else.
quick_profile() {
    profile
    sed -i '/^derivatives:/,$d' filigrane.yaml
    printf 'derivatives:\n  - { name: web, long_edge: 320, formats: [jpeg] }\n' >>filigrane.yaml
}

# Hashes of all files below a folder, by name; state left out since it holds stat fields.
fingerprint() {
    (cd "$1" && find . -type f -not -path './.filigrane/*' -print0 | sort -z | xargs -0 sha256sum)
}

# Negation that fails a test: a bare `!` is exempt from the shell's errexit.
no() {
    ! "$@"
}

# cut_short FILE PERCENT: leaves that much of it.
cut_short() {
    truncate -s $(($(stat -c %s "$1") * $2 / 100)) "$1"
}

#!/usr/bin/env bats
load common

# Real camera files, where they are at hand: copies, a folder for each extension, since some share a stem.
corpus() {
    local folder=${FG_CORPUS:-$FG_SOURCE_DIR/../shared/corpus} file extension
    [ -d "$folder" ] || skip "no corpus of camera files here"
    for file in "$folder/$1"/*; do
        extension=${file##*.}
        mkdir -p "$1/${extension,,}"
        cp -p "$file" "$1/${extension,,}/"
    done
}

small() {
    sed -e '/^derivatives:/,/^quality:/{/^quality:/!d}' "$FG_SOURCE_DIR/samples/filigrane.yaml" >small.yaml
    cp "$FG_SOURCE_DIR/samples/logo.svg" .
    printf '\nderivatives:\n  - { name: web, long_edge: 400, formats: [jpeg, webp] }\n' >>small.yaml
}

@test "camera files publish without anything personal, says exiftool" {
    corpus photos
    small
    run filigrane publish photos -o web -p ./small.yaml --force-rights -q
    [ "$status" -le 1 ]
    published=$(jq '.photos | length' web/filigrane.json)
    failed=$(jq '.failed | length' web/filigrane.json)
    echo "published $published, failed $failed"
    jq -r '.failed[] | .source + ": " + .message' web/filigrane.json
    [ "$published" -ge 130 ]
    exiftool -a -G1 -ee -s -r -ext jpg -ext webp web >tags 2>/dev/null
    no grep -iE '^\[[^]]*\] *(GPS|[A-Za-z]*Serial|OwnerName|CameraOwner|MakerNote|Thumbnail|Preview|PersonInImage|HostComputer|SubSec|OffsetTime|DocumentID|City|Region)' tags
    no grep -E '^\[(GPS|IFD1|MakerNotes|Canon|Nikon|Sony|Apple|MPF|Trailer)' tags
    [ "$(grep -c 'Copyright  *: ©' tags)" -ge "$published" ]
}

@test "originals of the corpus are as they were" {
    corpus photos
    small
    state() {
        find photos -type f -printf '%p %s %T@ %C@ %i %m\n' | sort
        find photos -type f -print0 | sort -z | xargs -0 sha256sum
    }
    state >before
    filigrane publish photos -o web -p ./small.yaml --force-rights --dry-run -q || true
    filigrane check photos >/dev/null || true
    filigrane scrub -o clean photos >/dev/null || true
    state >after
    cmp before after
}

@test "no malformed file crashes a command, and each is named at most once" {
    corpus malformed
    small
    run --separate-stderr filigrane publish malformed -o web -p ./small.yaml --force-rights
    [ "$status" -le 1 ]
    [ -z "$(echo "$stderr" | grep '^failed' | cut -d: -f2 | sort | uniq -d)" ]
    no grep -qE 'SIG(SEGV|ABRT|BUS|FPE|ILL)' <<<"$stderr"
    run filigrane check malformed
    [ "$status" -le 1 ]
}

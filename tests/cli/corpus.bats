#!/usr/bin/env bats
load common

# Real camera files, where they are at hand.
corpus() {
    local folder=${FG_CORPUS:-$FG_SOURCE_DIR/../shared/corpus}
    [ -d "$folder" ] || skip "no corpus of camera files here"
    (cd "$folder" && pwd)
}

small() {
    sed -e '/^derivatives:/,/^quality:/{/^quality:/!d}' "$FG_SOURCE_DIR/samples/filigrane.yaml" >small.yaml
    printf '\nderivatives:\n  - { name: web, long_edge: 400, formats: [jpeg, webp] }\n' >>small.yaml
}

@test "camera files publish without anything personal, says exiftool" {
    folder=$(corpus)
    small
    run filigrane publish "$folder/photos" -o web -p ./small.yaml --force-rights --set 'output.name="{stem}-{ext}.{ext}"' -q
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
    folder=$(corpus)
    small
    (cd "$folder/photos" && find . -type f -printf '%p %s %T@ %i %m\n' | sort) >before
    find "$folder/photos" -type f -print0 | sort -z | xargs -0 sha256sum >>before
    filigrane publish "$folder/photos" -o web -p ./small.yaml --force-rights --set 'output.name="{stem}-{ext}.{ext}"' --dry-run -q || true
    filigrane check "$folder/photos" >/dev/null || true
    filigrane scrub -o clean "$folder/photos" >/dev/null || true
    (cd "$folder/photos" && find . -type f -printf '%p %s %T@ %i %m\n' | sort) >after
    find "$folder/photos" -type f -print0 | sort -z | xargs -0 sha256sum >>after
    cmp before after
}

@test "no malformed file crashes a command, and each is named at most once" {
    folder=$(corpus)
    small
    run --separate-stderr filigrane publish "$folder/malformed" -o web -p ./small.yaml --force-rights --set 'output.name="{stem}-{ext}.{ext}"'
    [ "$status" -le 1 ]
    [ -z "$(echo "$stderr" | grep '^failed' | cut -d: -f2 | sort | uniq -d)" ]
    no grep -qE 'SIG(SEGV|ABRT|BUS|FPE|ILL)' <<<"$stderr"
    run filigrane check "$folder/malformed"
    [ "$status" -le 1 ]
}

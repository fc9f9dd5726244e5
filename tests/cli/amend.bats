#!/usr/bin/env bats
load common

# The compressed picture, as jpegtran without metadata gives it.
picture() {
    jpegtran -copy none "$1" | sha256sum
}

@test "tag writes the profile's rights, touches no pixel, and changes nothing the second time" {
    profile
    telling_photo a.jpg 500 400
    before=$(picture a.jpg)
    run filigrane tag --in-place a.jpg
    [ "$status" -eq 0 ]
    [ "$(picture a.jpg)" = "$before" ]
    notice='© 2026 Élodie Desprès. Tous droits réservés.'
    [ "$(exiftool -s3 -EXIF:Copyright a.jpg)" = "$notice" ]
    [ "$(exiftool -s3 -IPTC:CopyrightNotice a.jpg)" = "$notice" ]
    [ "$(exiftool -s3 -XMP-dc:Rights a.jpg)" = "$notice" ]
    [ "$(exiftool -s3 -XMP-iptcExt:PersonInImage a.jpg)" = 'Jane Doe' ]
    [ "$(exiftool -s3 -EXIF:SerialNumber a.jpg)" = 0123456789 ]
    stat -c '%i %Y' a.jpg >one
    filigrane tag --in-place a.jpg
    stat -c '%i %Y' a.jpg >two
    cmp one two
}

@test "scrub removes what is personal, keeps rights and orientation, and changes nothing the second time" {
    telling_photo a.jpg 500 400
    exiftool -q -overwrite_original -n -Orientation=6 -EXIF:Copyright='© Jane Doe' -EXIF:Artist='Jane Doe' a.jpg
    before=$(picture a.jpg)
    filigrane scrub -o out a.jpg
    [ "$(picture out/a.jpg)" = "$before" ]
    exiftool -a -G1 -ee -s out/a.jpg >tags
    no grep -iE 'GPS|Serial|[^t]OwnerName|Thumbnail|PersonInImage|City|HostComputer|DocumentID' tags
    [ "$(exiftool -s3 -EXIF:Copyright out/a.jpg)" = '© Jane Doe' ]
    [ "$(exiftool -n -s3 -Orientation out/a.jpg)" = 6 ]
    filigrane scrub -o again out/a.jpg
    cmp out/a.jpg again/a.jpg
}

@test "neither -o nor --in-place is exit 2" {
    photo a.jpg 300 200
    run filigrane scrub a.jpg
    [ "$status" -eq 2 ]
    run filigrane tag --set rights.creator=Jane a.jpg
    [ "$status" -eq 2 ]
}

@test "--backup keeps the file as it was; times and mode stay" {
    telling_photo a.jpg 300 200
    chmod 640 a.jpg
    touch -d '2021-01-01 01:01:01' a.jpg
    sum=$(sha256sum <a.jpg)
    filigrane scrub --in-place --backup a.jpg
    [ "$(sha256sum <a.jpg.orig)" = "$sum" ]
    [ "$(stat -c '%a %Y' a.jpg)" = "640 $(date -d '2021-01-01 01:01:01' +%s)" ]
}

@test "tag refuses another owner's file until --force-rights" {
    profile
    photo a.jpg 300 200 -EXIF:Copyright='© Someone Else'
    sum=$(sha256sum a.jpg)
    run filigrane tag --in-place a.jpg
    [ "$status" -eq 1 ]
    [ "$(sha256sum a.jpg)" = "$sum" ]
    filigrane tag --in-place --force-rights a.jpg
    [[ "$(exiftool -s3 -EXIF:Copyright a.jpg)" = *Desprès* ]]
}

@test "standard input to standard output" {
    telling_photo a.jpg 300 200
    filigrane scrub - -o - <a.jpg >b.jpg
    exiftool -a -G1 -s b.jpg >tags
    no grep -i gps tags
    djpeg b.jpg >/dev/null
}

@test "each file is taken in hand once" {
    telling_photo a.jpg 300 200
    [[ "$(filigrane scrub a.jpg -o clean)" = *' 1 changed, 0 as they were, 0 failed' ]]
    filigrane scrub a.jpg -o - >b.jpg
    cmp b.jpg clean/a.jpg
}

@test "a backup is never taken for a photo, and never written over" {
    telling_photo shoot/a.jpg 300 200
    sum=$(sha256sum <shoot/a.jpg)
    profile
    filigrane tag --in-place --backup shoot -q
    filigrane scrub --in-place --backup shoot -q
    filigrane tag --in-place --backup shoot -q
    [ "$(sha256sum <shoot/a.jpg.orig)" = "$sum" ]
    [ "$(ls shoot | tr '\n' ' ')" = "a.jpg a.jpg.orig " ]
    quick_profile
    filigrane publish shoot -o web -q
    [ "$(ls web)" = "$(printf 'a-300.jpg\nfiligrane.json')" ]
}

@test "a path that is not there leaves all files as they were; so does a dry run that says nowhere to write" {
    profile
    telling_photo a.jpg 300 200
    sum=$(sha256sum a.jpg)
    for command in 'tag --in-place a.jpg nowhere.jpg' 'scrub --in-place a.jpg nowhere.jpg' 'tag --dry-run a.jpg'; do
        # shellcheck disable=SC2086
        run filigrane $command
        [ "$status" -eq 2 ]
    done
    [ "$(sha256sum a.jpg)" = "$sum" ]
}

@test "no file is written over another one that is given, and no two files become one" {
    mkdir a b
    telling_photo a/x.jpg 100 80
    telling_photo b/x.jpg 120 80
    cp b/x.jpg before.jpg
    run filigrane scrub a/x.jpg b/x.jpg -o b
    [ "$status" -eq 2 ]
    [[ $output == *'a/x.jpg would be written over b/x.jpg'* ]]
    cmp b/x.jpg before.jpg
    run filigrane scrub a/x.jpg b/x.jpg -o out
    [ "$status" -eq 2 ]
    [[ $output == *'a/x.jpg and b/x.jpg would both become x.jpg'* ]]
    [ ! -e out ]
    filigrane scrub . -o "$BATS_TEST_TMPDIR/all"
    [ -e "$BATS_TEST_TMPDIR/all"/a/x.jpg ] && [ -e "$BATS_TEST_TMPDIR/all"/b/x.jpg ]
    filigrane scrub a/x.jpg a/../a/x.jpg -o twice
}

@test "-o writes over the same picture, and over nothing else" {
    profile
    telling_photo a.jpg 300 200
    telling_photo b.jpg 320 200
    mkdir out
    cp b.jpg out/a.jpg
    for command in 'tag' 'scrub' 'scrub --dry-run'; do
        # shellcheck disable=SC2086
        run filigrane $command -o out a.jpg
        [ "$status" -eq 1 ]
        [[ $output == *'a.jpg: out/a.jpg is there already and is another picture; move it away or take another -o'* ]]
        cmp out/a.jpg b.jpg
    done
    echo precious >out/a.jpg
    run filigrane scrub -o out a.jpg b.jpg
    [ "$status" -eq 1 ]
    [ "$(cat out/a.jpg)" = precious ]
    [ "$(picture out/b.jpg)" = "$(picture b.jpg)" ] # the others are done
    head -c 4000 a.jpg >out/a.jpg
    run filigrane scrub -o out a.jpg
    [ "$status" -eq 1 ]
    [ "$(stat -c %s out/a.jpg)" -eq 4000 ]
    cp a.jpg out
    run filigrane scrub -o out a.jpg # It is the photo itself, of which nothing was made.
    [ "$status" -eq 1 ]
    cmp a.jpg out/a.jpg
    rm out/a.jpg
    filigrane tag -o out a.jpg
    filigrane tag -o out a.jpg --set rights.creator=Other
    [ "$(exiftool -s3 -EXIF:Artist out/a.jpg)" = Other ]
    run filigrane scrub -o out a.jpg
    [ "$status" -eq 1 ]
}

# As somebody else: as_user ID GROUP... -- COMMAND...
as_user() {
    local id=$1 groups=$2
    shift 2
    setpriv --reuid="$id" --regid="$id" --groups="$groups" "$@"
}

# The program where other users get at it: a home folder may be root's alone.
others_program() {
    OTHERS_PROGRAM=$FILIGRANE
    as_user 65533 65532 "$FILIGRANE" --version >/dev/null 2>&1 && return
    (umask 022 && cmake --install "$FG_BUILD_DIR" --prefix "$BATS_TEST_TMPDIR/installed" >/dev/null)
    chmod -R a+rX "$BATS_TEST_TMPDIR/installed"
    OTHERS_PROGRAM=$BATS_TEST_TMPDIR/installed/bin/filigrane
    as_user 65533 65532 "$OTHERS_PROGRAM" --version >/dev/null
}

@test "in a shared folder a photo keeps owner and group, or is refused" {
    [ "$(id -u)" -eq 0 ] || skip "needs root"
    chmod 755 "$BATS_TEST_TMPDIR" && chmod a+x "$(dirname "$BATS_TEST_TMPDIR")" "$(dirname "$(dirname "$BATS_TEST_TMPDIR")")"
    others_program
    mkdir shared
    telling_photo shared/mine.jpg 200 150
    cp shared/mine.jpg shared/theirs.jpg
    cp shared/mine.jpg shared/strange.jpg
    chown 65533:65531 shared && chmod 2775 shared
    chown 65533:65532 shared/mine.jpg && chown 65534:65532 shared/theirs.jpg && chown 65533:65530 shared/strange.jpg
    chmod 660 shared/*
    before=$(sha256sum shared/theirs.jpg shared/strange.jpg)
    run as_user 65533 65532 "$OTHERS_PROGRAM" scrub --in-place shared
    [ "$status" -eq 1 ]
    [[ "$output" = *'shared/theirs.jpg: it belongs to somebody else'*'-o DIR'* ]]
    [[ "$(stat -c '%u:%g %a' shared/mine.jpg)" = '65533:65532 660' ]]
    exiftool -s3 -GPSLatitude shared/mine.jpg | no grep .
    [[ "$(stat -c '%u:%g %a' shared/theirs.jpg)" = '65534:65532 660' ]]
    [ "$(sha256sum shared/theirs.jpg shared/strange.jpg | head -1)" = "$(head -1 <<<"$before")" ]
    [ -z "$(find shared -name '.fg-*')" ]
}

@test "links stay what they are: the file behind a symbolic one is rewritten, a second name keeps the old file" {
    telling_photo deep/a.jpg 200 150
    ln -s deep/a.jpg link.jpg
    ln deep/a.jpg second.jpg
    sum=$(sha256sum <second.jpg)
    filigrane scrub --in-place link.jpg
    [ -L link.jpg ] && [ "$(sha256sum <second.jpg)" = "$sum" ]
    exiftool -s3 -GPSLatitude deep/a.jpg | no grep .
}

@test "-v says what goes, and so does a dry run" {
    telling_photo a.jpg 300 200
    [[ "$(filigrane scrub --dry-run -v -o out a.jpg)" = 'a.jpg: would change, without '*location.gps*serial.body* ]]
    [ ! -e out ]
    [[ "$(filigrane scrub -v -o out a.jpg)" = 'a.jpg: changed, without '*location.gps*serial.body* ]]
    [[ "$(filigrane scrub --dry-run -o again out/a.jpg)" = 'out/a.jpg: as it was'* ]]
    run filigrane scrub -o out --keep caption,camera a.jpg
    [ "$status" -eq 2 ]
    [[ "$output" = *'repeat --keep for each'* ]]
}

@test "a folder that takes no files is named before any work" {
    telling_photo a.jpg 300 200
    run filigrane scrub -o /proc/self a.jpg
    [ "$status" -eq 3 ]
    [[ "$output" = *'the folder /proc/self takes no files'* ]]
}

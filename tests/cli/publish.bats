#!/usr/bin/env bats
load common

@test "every size and format of the profile is made, at its true width" {
    profile
    photo shoot/a.jpg 900 600
    run filigrane publish shoot -o web
    [ "$status" -eq 0 ]
    [ "$(ls web | sort | tr '\n' ' ')" = "a-320.jpg a-640.avif a-640.jpg a-640.png a-640.webp filigrane.json " ]
    [ "$(djpeg -pnm web/a-640.jpg | head -2 | tail -1)" = "640 427" ]
    [ "$(djpeg -pnm web/a-320.jpg | head -2 | tail -1)" = "320 320" ]
    pngcheck -q web/a-640.png
    dwebp -quiet web/a-640.webp -ppm -o a.ppm
    heif-convert web/a-640.avif b.png
    [ "$(vipsheader -f width b.png)x$(vipsheader -f height b.png)" = 640x427 ]
}

@test "originals keep hash, mtime, mode, size and inode" {
    quick_profile
    telling_photo shoot/a.jpg 500 400
    photo shoot/deep/b.jpg 500 400
    chmod 0640 shoot/a.jpg
    touch -d '2020-02-02 02:02:02' shoot/a.jpg
    stat -c '%n %s %Y %Z %a %i' shoot/a.jpg shoot/deep/b.jpg >before
    sha256sum shoot/a.jpg shoot/deep/b.jpg >>before
    filigrane publish shoot -o web -q
    filigrane publish shoot -o web -q --force
    stat -c '%n %s %Y %Z %a %i' shoot/a.jpg shoot/deep/b.jpg >after
    sha256sum shoot/a.jpg shoot/deep/b.jpg >>after
    cmp before after
}

@test "nothing personal reaches a derivative, says exiftool" {
    profile
    telling_photo shoot/a.jpg 900 600
    filigrane publish shoot -o web -q
    exiftool -a -G1 -ee -s -b web >all 2>/dev/null
    exiftool -a -G1 -ee -s web/*.jpg web/*.webp web/*.avif web/*.png >tags
    no grep -iE 'GPS|Serial|[^t]OwnerName|MakerNote|Thumbnail|PersonInImage|City|Sub-location|SubSec|Offset(Time)|UniqueID|UserComment|Software|HostComputer|DocumentID|History|RawFile|XMPToolkit' tags
    no grep -aE 'Grenoble|Jane|0123456789|janes-laptop|my eyes' all
    no grep -raE 'Grenoble|Jane Doe|janes-laptop|my eyes only' web
}

@test "rights are written alike into EXIF, IPTC and XMP, say exiftool and exiv2" {
    profile
    telling_photo shoot/a.jpg 900 600
    filigrane publish shoot -o web -q
    notice='© 2026 Élodie Desprès. Tous droits réservés.'
    for file in web/a-640.jpg web/a-640.webp web/a-640.avif web/a-640.png; do
        [ "$(exiftool -s3 -EXIF:Copyright "$file")" = "$notice" ]
        [ "$(exiftool -s3 -EXIF:Artist "$file")" = 'Élodie Desprès' ]
        [ "$(exiftool -s3 -XMP-dc:Rights "$file")" = "$notice" ]
        [ "$(exiftool -s3 -XMP-dc:Creator "$file")" = 'Élodie Desprès' ]
        [ "$(exiftool -s3 -XMP-xmpRights:WebStatement "$file")" = https://example.org/droits ]
        [ "$(exiftool -s3 -XMP-xmpRights:Marked "$file")" = True ]
        [[ "$(exiftool -s3 -XMP-xmpRights:UsageTerms-en "$file")" = *"prior written authorisation."* ]]
        [[ "$(exiftool -s3 -XMP-plus:DataMining "$file")" = *DMI-PROHIBITED* || "$(exiftool -s3 -XMP-plus:DataMining "$file")" = *rohibited* ]]
        [ "$(exiftool -s3 -XMP-plus:LicensorURL "$file")" = https://example.org/licence ]
        [ "$(exiftool -s3 -XMP-dc:Title "$file")" = 'Dent de Crolles' ]
        [ "$(exiftool -s3 -Model "$file")" = 'EOS R6' ]
    done
    [ "$(exiftool -s3 -IPTC:CopyrightNotice web/a-640.jpg)" = "$notice" ]
    [ "$(exiftool -s3 -IPTC:By-line web/a-640.jpg)" = 'Élodie Desprès' ]
    [ "$(exiv2 -K Exif.Image.Copyright -Pt web/a-640.jpg)" = "$notice" ]
    [ "$(exiv2 -K Iptc.Application2.Copyright -Pt web/a-640.jpg)" = "$notice" ]
    [[ "$(exiv2 -K Xmp.dc.rights -Pt web/a-640.jpg)" = *"$notice"* ]]
    exiftool -validate -warning -a -G1 -s web/a-640.jpg web/a-640.webp web/a-640.png web/a-640.avif >verdict
    no grep -E 'Warning' verdict
}

@test "an unchanged second run writes no file" {
    quick_profile
    photo shoot/a.jpg 500 400
    photo shoot/b.jpg 500 400
    filigrane publish shoot -o web -q
    find web -type f -printf '%p %T@ %C@ %i\n' | sort >before
    run filigrane publish shoot -o web
    [ "$status" -eq 0 ]
    [[ "$output" = *"Nothing to do"* ]]
    find web -type f -printf '%p %T@ %C@ %i\n' | sort >after
    diff before after
}

@test "a changed photo, a changed profile and a missing output are done again, and only they" {
    quick_profile
    photo shoot/a.jpg 500 400
    photo shoot/b.jpg 500 400
    filigrane publish shoot -o web -q
    photo shoot/b.jpg 480 400
    run filigrane publish shoot -o web --json
    [ "$(echo "$output" | jq -r 'select(.source) | .source + " " + .status' | tr '\n' ' ')" = "a.jpg unchanged b.jpg done " ]
    rm web/a-320.jpg
    run filigrane publish shoot -o web --json
    [ "$(echo "$output" | jq -r 'select(.source) | .source + " " + .status' | tr '\n' ' ')" = "a.jpg done b.jpg unchanged " ]
    run filigrane publish shoot -o web --json --set quality.jpeg=70
    [ "$(echo "$output" | jq -r 'select(.source) | .status' | sort -u)" = done ]
}

@test "an output that someone changed is noticed and made again" {
    quick_profile
    photo shoot/a.jpg 500 400
    filigrane publish shoot -o web -q
    sum=$(sha256sum web/a-320.jpg)
    printf x >>web/a-320.jpg
    filigrane publish shoot -o web -q
    [ "$(sha256sum web/a-320.jpg)" = "$sum" ]
}

@test "jobs, order of inputs, locale and time zone change no byte" {
    profile
    for name in a b c d; do
        telling_photo shoot/$name.jpg 700 500
    done
    filigrane publish shoot/a.jpg shoot/b.jpg shoot/c.jpg shoot/d.jpg -o one -q -j 1
    TZ=Pacific/Auckland LC_ALL=C filigrane publish shoot/d.jpg shoot/c.jpg shoot/b.jpg shoot/a.jpg -o two -q -j 4
    LC_ALL=tr_TR.UTF-8 TZ=America/New_York filigrane publish shoot -o three -q -j 2
    diff <(fingerprint one) <(fingerprint two)
    diff <(fingerprint one) <(fingerprint three)
}

@test "a photo cut short fails alone, in one line that names it" {
    quick_profile
    photo shoot/good.jpg 500 400
    photo shoot/cut.jpg 500 400
    cut_short shoot/cut.jpg 60
    run --separate-stderr filigrane publish shoot -o web
    [ "$status" -eq 1 ]
    [ "$(echo "$stderr" | grep -c 'cut.jpg')" -eq 1 ]
    [ -f web/good-320.jpg ]
    [ ! -e web/cut-320.jpg ]
    [ "$(jq -r '.failed[0].source' web/filigrane.json)" = cut.jpg ]
    [ "$(jq -r '.photos | length' web/filigrane.json)" = 1 ]
}

@test "a changed photo that now fails keeps its former files and entry" {
    quick_profile
    photo shoot/a.jpg 500 400
    filigrane publish shoot -o web -q
    sum=$(sha256sum web/a-320.jpg)
    cut_short shoot/a.jpg 50
    run filigrane publish shoot -o web -q
    [ "$status" -eq 1 ]
    [ "$(sha256sum web/a-320.jpg)" = "$sum" ]
    [ "$(jq -r '.photos[0].source + " " + .failed[0].source' web/filigrane.json)" = "a.jpg a.jpg" ]
}

@test "nothing is enlarged: the smallest size that is too large is made at the photo's own" {
    quick_profile
    sed -i '/^derivatives:/,$d' filigrane.yaml
    cat >>filigrane.yaml <<'EOT'
derivatives:
  - { name: huge, long_edge: 2000, formats: [jpeg] }
  - { name: large, long_edge: 1000, formats: [jpeg] }
  - { name: medium, long_edge: 500, formats: [jpeg] }
EOT
    photo shoot/a.jpg 800 600
    filigrane publish shoot -o web -q
    [ "$(jq -c '[.photos[0].derivatives[] | [.name, .width, .height]]' web/filigrane.json)" = '[["large",800,600],["medium",500,375]]' ]
}

@test "orientation is baked into the pixels and the tag says 1" {
    quick_profile
    photo shoot/a.jpg 500 300 -n -Orientation=6
    filigrane publish shoot -o web -q
    [ "$(djpeg -pnm web/a-192.jpg | head -2 | tail -1)" = "192 320" ]
    [ "$(exiftool -n -s3 -Orientation web/a-192.jpg)" = 1 ]
}

@test "two photos with one output path stop the run before any work" {
    quick_profile
    photo one/a.jpg 400 300
    photo two/A.jpg 400 300
    run filigrane publish one two -o web
    [ "$status" -eq 2 ]
    [[ "$output" = *a.jpg* && "$output" = *A.jpg* ]]
    [ ! -e web/a-320.jpg ]
}

@test "a missing input, or DIR equal to an input, is exit 2 and nothing is written" {
    quick_profile
    photo shoot/a.jpg 400 300
    run filigrane publish nowhere -o web
    [ "$status" -eq 2 ]
    [[ "$output" = *nowhere* ]]
    [ ! -e web ]
    run filigrane publish shoot -o shoot/
    [ "$status" -eq 2 ]
    [ "$(ls shoot)" = a.jpg ]
}

@test "what is no photo is counted in a folder and fails when given by name" {
    quick_profile
    photo shoot/a.jpg 400 300
    printf 'GIF89a\1\0\1\0\200\0\0\0\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;' >shoot/b.gif
    echo hello >shoot/notes.txt
    run --separate-stderr filigrane publish shoot -o web
    [ "$status" -eq 0 ]
    [[ "$output" = *"1 GIF"* ]]
    run --separate-stderr filigrane publish shoot/a.jpg shoot/notes.txt -o web2
    [ "$status" -eq 1 ]
    [[ "$stderr" = *notes.txt* ]]
}

@test "a folder that holds no photo is exit 1" {
    quick_profile
    mkdir empty
    run filigrane publish empty -o web
    [ "$status" -eq 1 ]
    [[ "$output" = *empty* ]]
}

@test "kinds are told by content, not by name" {
    quick_profile
    photo shoot/a.jpg 400 300
    mv shoot/a.jpg shoot/a.png
    filigrane publish shoot -o web -q
    [ -f web/a-320.jpg ]
}

@test "a dry run writes nothing and names every file" {
    profile
    photo shoot/a.jpg 900 600
    run filigrane publish shoot -o web --dry-run
    [ "$status" -eq 0 ]
    [ ! -e web ]
    [[ "$output" = *a-640.jpg* && "$output" = *a-640.avif* && "$output" = *a-320.jpg* ]]
}

@test "--prune removes the files of photos that are gone, and nothing else" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo shoot/b.jpg 400 300
    photo other/c.jpg 400 300
    filigrane publish shoot other -o web -q
    echo mine >web/index.html
    rm shoot/b.jpg
    filigrane publish shoot -o web -q
    [ -f web/b-320.jpg ]
    filigrane publish shoot -o web -q --prune
    [ ! -e web/b-320.jpg ]
    [ -f web/a-320.jpg ] && [ -f web/c-320.jpg ] && [ -f web/index.html ]
    [ "$(jq -r '[.photos[].source] | join(" ")' web/filigrane.json)" = "a.jpg c.jpg" ]
}

@test "--prune without a folder, or with --shard, is exit 2" {
    quick_profile
    photo shoot/a.jpg 400 300
    run filigrane publish shoot/a.jpg -o web --prune
    [ "$status" -eq 2 ]
    run filigrane publish shoot -o web --prune --shard 1/2
    [ "$status" -eq 2 ]
}

@test "--force makes the same bytes again" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o web -q
    fingerprint web >before
    run filigrane publish shoot -o web --force --json
    [ "$(echo "$output" | jq -r 'select(.source) | .status')" = done ]
    diff before <(fingerprint web)
}

@test "--json is one object a photo in plan order, then a summary" {
    quick_profile
    telling_photo shoot/b.jpg 400 300
    photo shoot/a.jpg 400 300
    photo shoot/c.jpg 400 300
    cut_short shoot/c.jpg 50
    run --separate-stderr filigrane publish shoot -o web --json
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r 'select(.source) | .source' | tr '\n' ' ')" = "a.jpg b.jpg c.jpg " ]
    [ "$(echo "$output" | jq -c 'select(.source == "b.jpg") | keys_unsorted')" = '["source","status","stage","id","message","derivatives","removed","marks"]' ]
    echo "$output" | jq -se 'map(select(.source == "b.jpg")) | .[0].removed | index("location.gps") != null'
    echo "$output" | jq -se 'map(select(.source == "b.jpg")) | .[0].marks[0] | .name == "signature" and .visibility > 6'
    [ "$(echo "$output" | jq -r 'select(.source == "c.jpg") | .status + " " + .id')" = "failed file.unreadable" ]
    echo "$output" | tail -1 | jq -e '.summary.done == 2 and .summary.failed == 1'
}

@test "shards joined give the manifest and the files of one run" {
    quick_profile
    for name in a b c d e; do
        photo shoot/$name.jpg 400 300
    done
    filigrane publish shoot -o whole -q
    for k in 1 2 3; do
        filigrane publish shoot -o parts -q --shard $k/3
    done
    run filigrane publish --merge -o parts
    [ "$status" -eq 0 ]
    diff <(fingerprint whole) <(fingerprint parts)
    run filigrane publish --merge -o parts
    [ "$status" -eq 2 ]
}

@test "a missing shard is exit 2 and leaves the parts" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o parts -q --shard 1/2
    run filigrane publish --merge -o parts
    [ "$status" -eq 2 ]
    [ -f parts/filigrane.1-of-2.json ]
}

@test "another owner's photo is refused until --force-rights" {
    quick_profile
    photo shoot/a.jpg 400 300 -EXIF:Copyright='© 2020 Someone Else'
    run filigrane publish shoot -o web --json
    [ "$status" -eq 1 ]
    [[ "$output" = *copyright.foreign* ]]
    [ ! -e web/a-320.jpg ]
    filigrane publish shoot -o web -q --force-rights
    [[ "$(exiftool -s3 -EXIF:Copyright web/a-320.jpg)" = *Desprès* ]]
}

@test "an alias of the owner is no stranger" {
    quick_profile
    photo shoot/a.jpg 400 300 -EXIF:Copyright='(c) e. despres'
    run filigrane publish shoot -o web -q
    [ "$status" -eq 0 ]
}

@test "without a profile a photo keeps its own rights, and one with none fails and names filigrane init" {
    photo shoot/a.jpg 400 300 -EXIF:Copyright='© Marie Curie' -EXIF:Artist='Marie Curie'
    photo shoot/b.jpg 400 300
    run filigrane publish shoot -o web -p discreet
    [ "$status" -eq 1 ]
    [[ "$output" = *"filigrane init"* ]]
    file=$(ls web/a-*.jpg | head -1)
    [ "$(exiftool -s3 -EXIF:Copyright "$file")" = '© Marie Curie' ]
    [ "$(exiftool -s3 -IPTC:CopyrightNotice "$file")" = '© Marie Curie' ]
    [ "$(exiftool -s3 -XMP-dc:Creator "$file")" = 'Marie Curie' ]
}

@test "a sidecar's title wins over the photo's" {
    quick_profile
    photo shoot/a.jpg 400 300 -XMP-dc:Title=Inside
    exiftool -q -XMP-dc:Title=Beside -XMP-dc:Description='From the sidecar' shoot/a.xmp
    filigrane publish shoot -o web -q
    [ "$(exiftool -s3 -XMP-dc:Title web/a-320.jpg)" = Beside ]
    [ "$(jq -r '.photos[0].title' web/filigrane.json)" = Beside ]
}

@test "folders below an input are kept, hidden files and DIR are left out" {
    quick_profile
    photo shoot/2026/mai/a.jpg 400 300
    photo shoot/.hidden/b.jpg 400 300
    photo shoot/.c.jpg 400 300
    filigrane publish shoot -o shoot/web -q
    filigrane publish shoot -o shoot/web -q --force
    [ -f shoot/web/2026/mai/a-320.jpg ]
    [ "$(find shoot/web -name '*.jpg' | wc -l)" -eq 1 ]
    [ "$(jq -r '.photos[0].source' shoot/web/filigrane.json)" = 2026/mai/a.jpg ]
}

@test "derivatives are 0644 under the umask" {
    quick_profile
    photo shoot/a.jpg 400 300
    (umask 022 && filigrane publish shoot -o web -q)
    [ "$(stat -c %a web/a-320.jpg)" = 644 ]
    (umask 077 && filigrane publish shoot -o web2 -q)
    [ "$(stat -c %a web2/a-320.jpg)" = 600 ]
}

@test "-q says nothing when all is well" {
    quick_profile
    photo shoot/a.jpg 400 300
    run filigrane publish shoot -o web -q
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "the manifest holds no path, time or host of this machine" {
    quick_profile
    telling_photo shoot/a.jpg 400 300
    filigrane publish "$PWD/shoot" -o "$PWD/web" -q
    no grep -rF -e "$PWD" -e "$(hostname)" -e Grenoble web
    [ "$(jq -r '.filigrane' web/filigrane.json)" = 1 ]
    [ "$(jq -r '.photos[0].derivatives[0].sha256' web/filigrane.json)" = "$(sha256sum web/a-320.jpg | cut -d' ' -f1)" ]
    [ "$(jq -r '.photos[0].sha256' web/filigrane.json)" = "$(sha256sum shoot/a.jpg | cut -d' ' -f1)" ]
}

@test "without a profile one line says which was taken, for whom, and how to have one" {
    photo shoot/a.jpg 400 300 -Artist=Jane -Copyright='© Jane'
    run --separate-stderr filigrane publish shoot -o web --dry-run
    [ "$(grep -c filigrane.yaml <<<"$stderr")" -eq 1 ]
    [[ "$stderr" = *"no filigrane.yaml here: the profile 'gallery' is used, and photos keep their own creator and notice; 'filigrane init' "* ]]
    run --separate-stderr filigrane publish shoot -o web --dry-run --set rights.creator=Zoe
    [[ "$stderr" = *"the profile 'gallery' is used, for the creator Zoe"* ]]
    run --separate-stderr filigrane publish shoot -o web --dry-run -p gallery
    [[ "$stderr" != *filigrane.yaml* ]]
    quick_profile
    run --separate-stderr filigrane publish shoot -o web --dry-run --force-rights
    [[ "$stderr" != *filigrane.yaml* ]]
}

@test "failed photos are named by a path that opens, and what to do is said once" {
    quick_profile
    photo shoot/deep/a.jpg 400 300 -Artist=John -Copyright='© John'
    photo shoot/b.jpg 400 300 -Artist=John -Copyright='© John'
    : >shoot/empty.jpg
    for i in 1 2 3; do echo text >shoot/$i.txt; done
    run --separate-stderr filigrane publish shoot shoot/empty.jpg -o web
    [ "$status" -eq 1 ]
    grep -o 'failed: [^ ]*:' <<<"$stderr" | sed 's/^failed: //; s/:$//' | xargs ls
    [ "$(grep -c '^failed: ' <<<"$stderr")" -eq 3 ]
    [ "$(grep -c -- --force-rights <<<"$stderr")" -eq 1 ]
    [[ "$stderr" = *'  2 photos: if that is you under another name, add it to rights.aliases; otherwise leave'* ]]
    [[ "$stderr" = *'shoot/empty.jpg: the file is empty'* ]]
    [[ "$output" = *'3 other files (-v names each)'* ]]
    run filigrane tag --in-place shoot/b.jpg
    [[ "$output" = *'shoot/b.jpg: it names another creator: "John"'* ]]
}

@test "what is passed over is counted by kind, and named for one who asks" {
    quick_profile
    photo shoot/a.jpg 400 300
    echo notes >shoot/notes.txt
    echo code >shoot/tool.c
    printf 'GIF89a' >shoot/b.gif
    printf '%%!PS' >shoot/c.eps
    run filigrane publish shoot -o web
    [[ "$output" = *'  skipped   1 GIF, 3 other files (-v names each)'* ]]
    run --separate-stderr filigrane publish shoot -o web -v
    [[ "$output" = *'  skipped   1 GIF, 3 other files' ]]
    [[ "$stderr" = *'skipped shoot/notes.txt (other file)'* ]]
    run filigrane publish shoot -o web --json
    [ "$(tail -1 <<<"$output" | jq -c .summary.skipped)" = '{"GIF":1,"other":3}' ]
}

@test "the summary says behind which walls the photos were made, as --version does" {
    quick_profile
    photo shoot/a.jpg 400 300
    offered=$(filigrane --version | sed -n 's/^ *protection *//p')
    if [[ "$offered" = *seccomp*Landlock* ]]; then
        run -0 filigrane publish shoot -o words
        [[ "$(echo "$output" | tr -s ' \n' ' ')" = *'walls each photo in a process of its own: no files, no network'* ]]
    fi
    run -0 filigrane publish shoot -o web -v
    [ "$(echo "$output" | tr -s ' \n' ' ' | sed 's/.*walls //; s/ $//')" = "$offered" ]
    run -0 filigrane publish shoot -o web --force --json
    [ "$(echo "$output" | tail -1 | jq -r .summary.protection)" = "$offered" ]
    # What is looked at and not made needs none.
    run -0 filigrane publish shoot -o web
    no grep -q walls <<<"$output"
}

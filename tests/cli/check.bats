#!/usr/bin/env bats
load common

@test "a published file passes with its profile, and in JSON has every key of the contract" {
    profile
    telling_photo shoot/a.jpg 900 600
    filigrane publish shoot -o web -q
    run filigrane check -p ./filigrane.yaml web
    echo "$output"
    [ "$status" -eq 0 ]
    filigrane check --json web/a-640.jpg >one.json
    [ "$(jq -c 'keys_unsorted' one.json)" = '["path","format","width","height","hdr","copyright","personal","findings","verdict"]' ]
    [ "$(jq -c '.copyright | keys_unsorted' one.json)" = '["notice","creator","credit","terms","web_statement","licensor","marked","data_mining","sources"]' ]
    [ "$(jq -r '.copyright.notice' one.json)" = '© 2026 Élodie Desprès. Tous droits réservés.' ]
    [ "$(jq -c '[.format, .width, .height, .verdict, .copyright.marked]' one.json)" = '["jpeg",640,427,"pass",true]' ]
    [ "$(jq -r '.copyright.sources | [.exif, .iptc, .xmp] | unique | length' one.json)" = 1 ]
    jq -e '.personal | map(select(.id | test("^(location|serial)"))) | length == 0' one.json
}

@test "an original with a location fails, and its values are shown only when asked for" {
    telling_photo a.jpg 500 400
    run --separate-stderr filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    for id in location.gps location.text serial.body serial.lens personal.owner personal.person preview.embedded copyright.missing; do
        echo "$output" | jq -e --arg id $id '.findings | map(.id) | index($id) != null' || { echo "no $id"; return 1; }
    done
    [[ "$output" != *Grenoble* && "$output" != *"Jane Doe"* && "$output" != *0123456789* ]]
    run --separate-stderr filigrane check --json --show-values a.jpg
    [[ "$output" = *Grenoble* ]]
}

@test "a file that is no photo is unreadable and exit 1, in one line of JSON" {
    head -c 300 /dev/zero >a.jpg
    run --separate-stderr filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r '.verdict + " " + .findings[0].id')" = "unreadable file.unreadable" ]
}

@test "paths of which none is there are exit 2" {
    run filigrane check nowhere.jpg neither.jpg
    [ "$status" -eq 2 ]
    [[ "$output" = *nowhere.jpg* ]]
}

@test "a path that is not there is told among the files, which are checked all the same" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    : >empty.jpg
    run --separate-stderr filigrane check --json nowhere.jpg a.jpg empty.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r '.path + " " + .verdict' | tr '\n' ' ')" = "nowhere.jpg unreadable a.jpg pass empty.jpg unreadable " ]
    [[ "$stderr" = *'nowhere.jpg: unreadable: can'*'empty.jpg: unreadable: the file is empty'* ]]
}

@test "-q says nothing on standard output, and standard error names what does not pass" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    telling_photo b.jpg 300 200
    run --separate-stderr filigrane check -q a.jpg b.jpg
    [ "$status" -eq 1 ]
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" -eq 1 ]
    [[ "$stderr" = 'filigrane check: b.jpg: fails: '*'; the first: '* ]]
    run filigrane check -q a.jpg
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "standard input is a file" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    [ "$(filigrane check --json - <a.jpg | jq -r .copyright.notice)" = '© Jane' ]
}

@test "carriers that disagree are a conflict" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -XMP-dc:Rights='© John' -EXIF:Artist=Jane
    run --separate-stderr filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    echo "$output" | jq -e '.findings | map(.id) | index("copyright.conflict") != null'
}

@test "with a profile, rights that differ from it are an error" {
    profile
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    run --separate-stderr filigrane check --json -p ./filigrane.yaml a.jpg
    [ "$status" -eq 1 ]
    echo "$output" | jq -e '.findings | map(.id) | index("rights.differs") != null or index("copyright.foreign") != null'
}

@test "--strict makes warnings errors" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    run filigrane check a.jpg
    [ "$status" -eq 0 ]
    run filigrane check --strict a.jpg
    [ "$status" -eq 1 ]
}

@test "a folder stands for the photos in it, worst first, with a summary" {
    photo dir/a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    telling_photo dir/b.jpg 300 200
    echo text >dir/notes.txt
    run filigrane check dir
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | grep -n 'b.jpg' | head -1 | cut -d: -f1)" -lt "$(echo "$output" | grep -n 'a.jpg' | head -1 | cut -d: -f1)" ]
    [[ "$output" != *notes.txt* ]]
}

@test "--sarif is SARIF 2.1.0 with a rule for each result" {
    telling_photo a.jpg 300 200
    run --separate-stderr filigrane check --sarif a.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r .version)" = 2.1.0 ]
    echo "$output" | jq -e '.runs[0] as $run | [$run.results[].ruleId] - [$run.tool.driver.rules[].id] | length == 0'
    echo "$output" | jq -e '.runs[0].results | length > 3'
}

@test "--previews tells a preview that shows the picture from one that does not" {
    profile
    telling_photo shoot/a.jpg 900 600
    filigrane publish shoot -o web -q
    cp web/a-640.jpg sound.jpg
    cp web/a-640.jpg bare.jpg
    cp web/a-640.jpg other.jpg
    vips thumbnail shoot/a.jpg same_scene.jpg[strip] 160
    vips perlin other.v 160 107 --cell-size 20 --seed 99
    vips linear other.v another_scene.jpg 90 120 --uchar
    exiftool -q -overwrite_original '-ThumbnailImage<=same_scene.jpg' bare.jpg
    exiftool -q -overwrite_original '-ThumbnailImage<=another_scene.jpg' other.jpg
    run --separate-stderr filigrane check --previews --json sound.jpg other.jpg
    [ "$status" -eq 0 ]
    [[ "$output" != *preview.unwatermarked* ]]
    [[ "$output" = *preview.embedded* ]]
    run --separate-stderr filigrane check --previews --json bare.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r '.findings[0] | .id + " " + .severity + " " + .where')" = 'preview.unwatermarked error exif:IFD1/0x0201' ]
    run --separate-stderr filigrane check --json bare.jpg
    [[ "$output" != *preview.unwatermarked* ]]
}

@test "a text that spells a place is dropped, and its photo published" {
    profile
    photo shoot/a.jpg 900 600 -EXIF:ImageDescription='lat=45.381234 lon=5.784321' -EXIF:UserComment='45.381234, 5.784321' -XMP-dc:Title='Les Crolles'
    run filigrane publish shoot -o web -p ./filigrane.yaml --set 'privacy.keep=[title, caption]' -q
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(exiftool -a -G1 -ee3 web/a-640.jpg | grep -c '45\.38')" -eq 0 ]
    [ "$(exiftool -s3 -XMP-dc:Title web/a-640.jpg)" = 'Les Crolles' ]
}

# A static site: pages in two folders, a sheet of styles, pictures in every way there is.
static_site() {
    profile
    photo shoot/a.jpg 900 600
    photo shoot/b.jpg 900 600
    filigrane publish shoot -o site/img -q
    telling_photo site/img/raw.jpg 300 200
    mkdir -p site/blog
    echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >site/logo.svg
    cat >site/index.html <<'EOT'
<!doctype html>
<link rel=stylesheet href=style.css><img src="logo.svg" alt="">
<img src="img/a-640.jpg" alt="a" srcset="img/a-320.jpg 320w, img/a-640.jpg 640w">
<picture><source type="image/webp" srcset="img/b-640.webp 640w">
<img src="/img/b-640.jpg?v=2" alt="b"></picture>
<img src="https://elsewhere.example/x.jpg" alt="">
EOT
    echo '<p>no<p style="background: url(&quot;../img/b-320.jpg&quot;)"><script type="application/ld+json">
{"@type":"ImageObject","contentUrl":"https://photos.example/img/a-640.webp"}</script>' >site/blog/index.html
    printf 'body {\n  background: url("img/b-320.jpg");\n}\n' >site/style.css
}

@test "--site checks every picture that the pages name, and passes when all do" {
    static_site
    run --separate-stderr filigrane check --site site --base-url https://photos.example/ -p ./filigrane.yaml --json
    echo "$output"
    [ "$status" -eq 0 ]
    [ "$(echo "$output" | jq -r .path | sort | tr '\n' ' ')" = 'site/img/a-320.jpg site/img/a-640.jpg site/img/a-640.webp site/img/b-320.jpg site/img/b-640.jpg site/img/b-640.webp ' ]
}

@test "--site names the page and the line of a picture that is missing or leaks" {
    static_site
    printf '\n<video poster="img/gone.jpg"></video>\n<img src=img/raw.jpg>\n' >>site/index.html
    run --separate-stderr filigrane check --site site --json
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r 'select(.verdict == "fail") | .path + " " + .findings[0].id + " " + (.findings[0].message | capture("\\((?<p>[^)]*)\\)$").p)')" = \
        "site/img/gone.jpg site.missing site/index.html:8
site/img/raw.jpg serial.body site/index.html:9" ]
    run filigrane check --site site
    [ "$status" -eq 1 ]
    [[ "$output" = *'page       site/index.html:8'* ]]
    run --separate-stderr filigrane check --site site --sarif
    [ "$(echo "$output" | jq -r '.runs[0].results[] | select(.ruleId == "site.missing") | .locations[0].physicalLocation | .artifactLocation.uri + ":" + (.region.startLine | tostring)')" = site/index.html:8 ]
}

@test "--site says how many pictures lie on hosts that it did not look at" {
    static_site
    printf '<img src="//cdn.example/y.jpg"><img src="//cdn.example/y.jpg"><img src="data:image/gif;base64,R0=">' >>site/index.html
    rm site/img/raw.jpg
    run --separate-stderr filigrane check --site site --base-url https://photos.example/
    [ "$status" -eq 0 ]
    [[ "${lines[-1]}" = '2 pictures on other hosts not looked at' ]]
    run --separate-stderr filigrane check --site site
    [[ "${lines[-1]}" = '3 pictures on other hosts not looked at' ]]
}

@test "a folder's backups beside their photos are no photos of it; others are" {
    photo dir/a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    telling_photo dir/a.jpg.orig 300 200
    filigrane check dir
    run filigrane check dir/a.jpg.orig
    [ "$status" -eq 1 ]
    mv dir/a.jpg b.jpg
    run filigrane check dir
    [ "$status" -eq 1 ]
}

@test "--site wants a folder with pages, and no other paths" {
    static_site
    run filigrane check --site site/index.html
    [ "$status" -eq 2 ]
    [[ "$output" = *'site/index.html is a file; name its folder'* ]]
    for url in photos.example ftp://photos.example/ https://; do
        run filigrane check --site site --base-url "$url"
        [ "$status" -eq 2 ]
        [[ "$output" = *'--base-url takes the web address of the folder'* ]]
    done
    mkdir empty
    run filigrane check --site empty
    [ "$status" -eq 2 ]
    run filigrane check --site nowhere
    [ "$status" -eq 2 ]
    run filigrane check --site empty a.jpg
    [ "$status" -eq 2 ]
    run filigrane check --base-url https://photos.example empty
    [ "$status" -eq 2 ]
}

@test "the remedy is one that works: for a damaged file neither scrub nor tag" {
    telling_photo whole.jpg 400 300
    vips copy whole.jpg cut.png
    cut_short cut.png 60
    run filigrane check whole.jpg
    [[ "$output" = *'remedy     filigrane scrub removes what leaks'* ]]
    filigrane scrub whole.jpg -o clean -q
    run filigrane check cut.png
    [[ "$output" = *'remedy     the file is damaged: take it from the camera or a backup again'* ]]
    [[ "$output" != *'filigrane scrub removes'* ]]
    run filigrane scrub cut.png -o clean
    [ "$status" -eq 1 ]
}

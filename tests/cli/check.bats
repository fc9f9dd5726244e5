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
    [ "$(jq -c 'keys_unsorted' one.json)" = '["path","format","width","height","copyright","personal","findings","verdict"]' ]
    [ "$(jq -c '.copyright | keys_unsorted' one.json)" = '["notice","creator","credit","terms","web_statement","licensor","marked","data_mining","sources"]' ]
    [ "$(jq -r '.copyright.notice' one.json)" = '© 2026 Élodie Desprès. Tous droits réservés.' ]
    [ "$(jq -c '[.format, .width, .height, .verdict, .copyright.marked]' one.json)" = '["jpeg",640,427,"pass",true]' ]
    [ "$(jq -r '.copyright.sources | [.exif, .iptc, .xmp] | unique | length' one.json)" = 1 ]
    jq -e '.personal | map(select(.id | test("^(location|serial)"))) | length == 0' one.json
}

@test "an original with a location fails, and its values are shown only when asked for" {
    telling_photo a.jpg 500 400
    run filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    for id in location.gps location.text serial.body serial.lens personal.owner personal.person preview.embedded copyright.missing; do
        echo "$output" | jq -e --arg id $id '.findings | map(.id) | index($id) != null' || { echo "no $id"; return 1; }
    done
    [[ "$output" != *Grenoble* && "$output" != *"Jane Doe"* && "$output" != *0123456789* ]]
    run filigrane check --json --show-values a.jpg
    [[ "$output" = *Grenoble* ]]
}

@test "a file that is no photo is unreadable and exit 1, in one line of JSON" {
    head -c 300 /dev/zero >a.jpg
    run --separate-stderr filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r '.verdict + " " + .findings[0].id')" = "unreadable file.unreadable" ]
}

@test "a missing path is exit 2" {
    run filigrane check nowhere.jpg
    [ "$status" -eq 2 ]
    [[ "$output" = *nowhere.jpg* ]]
}

@test "standard input is a file" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    [ "$(filigrane check --json - <a.jpg | jq -r .copyright.notice)" = '© Jane' ]
}

@test "carriers that disagree are a conflict" {
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -XMP-dc:Rights='© John' -EXIF:Artist=Jane
    run filigrane check --json a.jpg
    [ "$status" -eq 1 ]
    echo "$output" | jq -e '.findings | map(.id) | index("copyright.conflict") != null'
}

@test "with a profile, rights that differ from it are an error" {
    profile
    photo a.jpg 300 200 -EXIF:Copyright='© Jane' -EXIF:Artist=Jane
    run filigrane check --json -p ./filigrane.yaml a.jpg
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
    run filigrane check --sarif a.jpg
    [ "$status" -eq 1 ]
    [ "$(echo "$output" | jq -r .version)" = 2.1.0 ]
    echo "$output" | jq -e '.runs[0] as $run | [$run.results[].ruleId] - [$run.tool.driver.rules[].id] | length == 0'
    echo "$output" | jq -e '.runs[0].results | length > 3'
}

#!/usr/bin/env bats
# The folders that a run reads and fills, and what it says of them.
load common

@test "-o that names a file is exit 2 in every command that wants a folder, and the file stays" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o web -q
    echo precious >notes.txt
    for command in "publish shoot" "publish --merge" "scrub shoot" "tag shoot" "site web --base-url https://x.example/"; do
        run filigrane $command -o notes.txt
        [ "$status" -eq 2 ]
        [[ "$output" = *"-o notes.txt is a file, not a folder"* ]]
    done
    [ "$(cat notes.txt)" = precious ]
}

@test "an output folder that takes no files is told of once, before any photo is made" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo shoot/b.jpg 400 300
    local out=ro
    mkdir ro && chmod 555 ro
    # Only a folder of the kernel's own keeps root out.
    [ "$(id -u)" -ne 0 ] || out=/sys/kernel
    run filigrane publish shoot -o "$out"
    chmod 755 ro
    [ "$status" -eq 3 ]
    [[ "$output" = *"the folder $out takes no files"* ]]
    [[ "$output" != *.jpg* ]]
}

@test "a key that others can read is told of by its name" {
    profile
    photo shoot/a.jpg 700 500
    mkdir -p "$XDG_CONFIG_HOME/filigrane"
    echo 000102030405060708090a0b0c0d0e0f >"$XDG_CONFIG_HOME/filigrane/key"
    chmod 644 "$XDG_CONFIG_HOME/filigrane/key"
    unset FILIGRANE_KEY
    run filigrane publish shoot -o web
    [[ "$output" = *"chmod 600 $XDG_CONFIG_HOME/filigrane/key"* ]]
}

@test "a run that --max-failures stops counts what failed and what was not tried" {
    quick_profile
    for name in a b c; do
        photo shoot/$name.jpg 400 300
        cut_short shoot/$name.jpg 60
    done
    run filigrane publish shoot -o web -j 1 --max-failures 1
    [ "$status" -eq 1 ]
    [[ "$output" =~ photos\ failed:\ 1,\ photos\ not\ tried:\ [12] ]]
}

@test "a folder below INPUT that publish filled is set aside and named; named itself, it is read with a warning" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o shoot/web -q
    run filigrane publish shoot -o other
    [ "$status" -eq 0 ]
    [[ "$output" = *"set aside"*"shoot/web, published before"* ]]
    [ "$(jq -r '[.photos[].source] | join(" ")' other/filigrane.json)" = a.jpg ]
    [ "$(filigrane publish shoot -o other --json | jq -c 'select(.summary) | .summary.set_aside')" = '["shoot/web"]' ]
    rm shoot/web/filigrane.json
    run filigrane publish shoot -o other
    [[ "$output" = *"shoot/web, published before"* ]]
    run filigrane publish shoot/web -o third
    [[ "$output" = *"warning: shoot/web: its pictures were published before"* ]]
    [ -f third/a-320-320.jpg ]
}

@test "the files of a photo that is gone are counted until they are pruned, also when nothing else is to be done" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo shoot/b.jpg 400 300
    photo other/c.jpg 400 300
    filigrane publish shoot other -o web -q
    rm shoot/b.jpg
    for run in first second; do
        run filigrane publish shoot -o web
        [ "$status" -eq 0 ]
        [[ "$output" = *"left over"*"1 file of 1 photo that is gone"*"--prune"* ]]
    done
    [ "$(filigrane publish shoot -o web --json | jq 'select(.summary) | .summary.left_over')" = 1 ]
    [ "$(filigrane publish shoot/a.jpg -o web --json | jq 'select(.summary) | .summary.left_over')" = 0 ]
    filigrane publish shoot -o web -q --prune
    run filigrane publish shoot -o web
    [[ "$output" != *"left over"* ]]
}

@test "--prune --dry-run tells what --prune then removes: of photos that are gone and of recipes that changed" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo shoot/b.jpg 400 300
    photo shoot/c.jpg 400 300
    filigrane publish shoot -o web -q
    rm shoot/b.jpg
    sed -i 's/long_edge: 320/long_edge: 330/' filigrane.yaml
    run filigrane publish shoot -o web --prune --dry-run -v
    [ "$status" -eq 0 ]
    [[ "$output" = *"to prune"*"3 files"* ]]
    grep '^would remove ' <<<"$output" | cut -d' ' -f3 | sort >told
    (cd web && printf '%s\n' *.jpg) | sort >before
    [ "$(wc -l <before)" -eq 3 ]
    filigrane publish shoot -o web --prune -q
    comm -23 before <(cd web && printf '%s\n' *.jpg | sort) >went
    diff told went
}

@test "a damaged manifest is kept aside and made anew, all photos with it" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o web -q
    cp web/filigrane.json good.json
    for damage in garbage '{"filigrane": 1}' ''; do
        printf '%s' "$damage" >web/filigrane.json
        run filigrane publish shoot -o web --dry-run
        [ "$status" -eq 0 ]
        [ "$(cat web/filigrane.json)" = "$damage" ]
        run filigrane publish shoot -o web
        [ "$status" -eq 0 ]
        [[ "$output" = *"warning: filigrane.json: "*"filigrane.json.damaged"*"other INPUTs"* ]]
        [[ "$output" = *"Published 1 photo"* ]]
        cmp good.json web/filigrane.json
        [ "$(cat web/.filigrane/filigrane.json.damaged)" = "$damage" ]
    done
    run filigrane publish shoot -o web
    [[ "$output" = *"Nothing to do"* ]]
    printf '{"filigrane": 2}' >web/filigrane.json
    run filigrane publish shoot -o web
    [ "$status" -eq 2 ]
    [ "$(cat web/filigrane.json)" = '{"filigrane": 2}' ]
}

@test "--merge where no shard was says how to have one" {
    mkdir web
    run filigrane publish --merge -o web
    [ "$status" -eq 2 ]
    [[ "$output" = *"publish with --shard K/N into it first"* ]]
    [[ "$output" != *"new manifest"* ]]
}

@test "a damaged sidecar is named itself, with the way out, and the photo is not called damaged" {
    quick_profile
    photo shoot/a.jpg 400 300
    printf '<x:xmpmeta' >shoot/a.xmp
    run filigrane publish shoot -o web
    [ "$status" -eq 1 ]
    [[ "$output" = *"shoot/a.jpg: its sidecar a.xmp: "* ]]
    [[ "$output" = *"repair the sidecar or delete it"* ]]
    [[ "$output" != *camera* ]]
    [ "$(jq -r '.failed[0].id' web/filigrane.json)" = sidecar.unreadable ]
    rm shoot/a.xmp
    filigrane publish shoot -o web -q
}

@test "a logo that is not there is looked for at its path, not in its kind" {
    quick_profile
    sed -i '/^  signature:/a\  seal: { logo: nowhere.svg, place: top-left, size: 10% }' filigrane.yaml
    photo shoot/a.jpg 400 300
    run filigrane publish shoot -o web
    [ "$status" -eq 2 ]
    [[ "$output" = *filigrane.yaml:*nowhere.svg*"look at the path"* ]]
    [[ "$output" != *transparency* ]]
}

@test "-p beside ./filigrane.yaml says that it is not read, and a profile that extends it has its rights" {
    quick_profile
    photo shoot/a.jpg 400 300
    run filigrane publish shoot -o web -p archive
    [ "$status" -eq 1 ]
    [[ "$output" = *"./filigrane.yaml is not read beside -p"*"extends: archive"* ]]
    sed '/^rights:/,/^privacy:/{/^privacy:/!d}' filigrane.yaml >own.yaml
    mv filigrane.yaml kept.yaml
    mv own.yaml filigrane.yaml
    run filigrane publish shoot -o web -p ./filigrane.yaml
    [ "$status" -eq 1 ]
    [[ "$output" != *"not read"* ]]
    mv kept.yaml filigrane.yaml
    printf 'extends: ./filigrane.yaml\nderivatives:\n  - { name: one, long_edge: 330, formats: [jpeg] }\n' >client.yaml
    run filigrane publish shoot -o client -p ./client.yaml
    [ "$status" -eq 0 ]
    [[ "$output" != *"not read"* ]]
    [ "$(exiftool -s3 -EXIF:Artist client/a-330.jpg)" = 'Élodie Desprès' ]
}

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

#!/usr/bin/env bats
load common

@test "help, --help and --version work and go to standard output" {
    filigrane --help | grep -q publish
    filigrane help | grep -q publish
    filigrane --version | grep -q libvips
    for command in publish check tag scrub profile; do
        diff <(filigrane help $command) <(filigrane $command --help)
        filigrane help $command | grep -q "usage: filigrane $command"
    done
}

@test "no command is exit 2 with the usage on standard error" {
    run --separate-stderr filigrane
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ "$stderr" = *usage* ]]
}

@test "an unknown command or option is exit 2 and says where help is" {
    run filigrane pulbish
    [ "$status" -eq 2 ]
    [[ "$output" = *publish* ]]
    run filigrane publish --frobnicate x -o y
    [ "$status" -eq 2 ]
    [[ "$output" = *frobnicate* ]]
}

@test "-- ends the options" {
    quick_profile
    photo ./-x.jpg 400 300
    filigrane publish -o web -q -- -x.jpg
    [ -f web/-x-320.jpg ]
}

@test "-0 reads a list of paths separated by NUL" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo $'shoot/b\nc.jpg' 400 300
    printf 'shoot/a.jpg\0shoot/b\nc.jpg\0' | filigrane publish -0 - -o web -q
    [ "$(find web -name '*.jpg' -printf x | wc -c)" -eq 2 ]
}

@test "a value may follow its letter without a blank" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -oweb -q -j2
    [ -f web/a-320.jpg ]
    run filigrane publish shoot -oweb -jx
    [ "$status" -eq 2 ]
}

@test "output that can't be written is no success" {
    [ -e /dev/full ] || skip "no /dev/full"
    status=0
    filigrane --help >/dev/full 2>err || status=$?
    [ "$status" -eq 3 ]
    [ -s err ]
}

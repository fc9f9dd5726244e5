#!/usr/bin/env bats
load common

@test "init writes a profile that loads and a key that only its owner reads" {
    filigrane init shoot --creator 'Zoé "Z" O’Neil' --owner 'Atelier \ Z' --web-statement https://z.example/droits --email z@z.example --language fr
    filigrane profile ./shoot/filigrane.yaml | grep -q 'Atelier'
    [ "$(stat -c %a "$XDG_CONFIG_HOME/filigrane/key")" = 600 ]
    grep -qE '^[0-9a-f]{64}$' "$XDG_CONFIG_HOME/filigrane/key"
}

@test "init never overwrites a profile or a key" {
    filigrane init --creator Jane -q
    cp filigrane.yaml before.yaml
    cp "$XDG_CONFIG_HOME/filigrane/key" before.key
    run filigrane init --creator John
    [ "$status" -eq 2 ]
    cmp filigrane.yaml before.yaml
    filigrane init other --creator John -q
    cmp "$XDG_CONFIG_HOME/filigrane/key" before.key
}

@test "init without a terminal and without a name is exit 2" {
    run filigrane init </dev/null
    [ "$status" -eq 2 ]
    [[ "$output" = *--creator* ]]
    [ ! -e filigrane.yaml ]
}

@test "an answer that no profile can hold leaves nothing behind" {
    run filigrane init shoot --creator Jane --web-statement 'not a link'
    [ "$status" -eq 2 ]
    [ -z "$(ls shoot 2>/dev/null)" ]
}

@test "a language that init does not speak is refused with those that it does" {
    run filigrane init --creator Jane --language de
    [ "$status" -eq 2 ]
    [[ "$output" = *'--language takes en or fr, not "de"'* ]]
    [ ! -e filigrane.yaml ]
}

@test "what is wrong with an answer names its option, and no line of a file that is not there" {
    for pair in '--web-statement=no link' --licence-page=ftp://x --email=jane '--owner={year}'; do
        run filigrane init --creator Jane "$pair"
        [ "$status" -eq 2 ]
        [[ "$output" = "filigrane init: ${pair%%=*}: "* ]] || { echo "$output"; return 1; }
        [[ "$output" != *yaml* ]]
    done
}

@test "an answer that is no UTF-8 is shown and refused" {
    run filigrane init --creator $'caf\xf8'
    [ "$status" -eq 2 ]
    [ "${lines[0]}" = 'filigrane init: --creator: "caf\xF8" is no UTF-8' ]
    [ ! -e filigrane.yaml ]
}

@test "a new key says that it changes the marks; a profile in French has French comments" {
    run filigrane init --creator Zoé --language fr
    [[ "$output" = *'is done again by the next publish'* ]]
    grep -q '# qui a pris les photos' filigrane.yaml
    no grep -qi '# who\|# the' filigrane.yaml
    filigrane profile ./filigrane.yaml >whole.yaml
    no grep -q 'extends' whole.yaml
    rm filigrane.yaml
    run filigrane init --creator Zoé
    [[ "$output" != *'done again'* ]]
}

@test "where only the key is missing, init makes it and leaves the profile alone" {
    filigrane init --creator Jane -q
    cp filigrane.yaml before.yaml
    rm "$XDG_CONFIG_HOME/filigrane/key"
    # What an option says can't be done to a profile that is there.
    run filigrane init --creator John
    [ "$status" -eq 2 ]
    [ ! -e "$XDG_CONFIG_HOME/filigrane/key" ]
    run filigrane init
    [ "$status" -eq 0 ]
    [[ "${lines[0]}" = './filigrane.yaml is there already and stays as it is; the key was missing.' ]]
    cmp filigrane.yaml before.yaml
    grep -qE '^[0-9a-f]{64}$' "$XDG_CONFIG_HOME/filigrane/key"
    run filigrane init
    [ "$status" -eq 2 ]
}

@test "what init says to type next works from where one stands" {
    photo shoot/a.jpg 400 300
    for folder in studio . 'my studio'; do
        filigrane init "$folder" --creator Jane | sed -n 's/^Now: //p' >next
        sed -i 's/SHOOT/shoot/; s/WEB/web/' next
        filigrane() { command "$FILIGRANE" "$@"; }
        . ./next | grep -q Published
        exiftool -s3 -Artist web/*.jpg | grep -qx Jane
        rm -r web ./filigrane.yaml 2>/dev/null || rm -rf web
    done
}

@test "a folder or key that can't be written is named" {
    touch file
    run filigrane init file/shoot --creator Jane
    [ "$status" -eq 3 ]
    [[ "$output" = *file/shoot* ]]
    mkdir ro
    chmod a-w ro
    run bound_by_modes init ro --creator Jane
    [ "$status" -eq 3 ]
    [[ "${lines[0]}" = 'filigrane init: ro/filigrane.yaml: '* ]]
}

@test "a complaint about an option or a key says where help is" {
    run filigrane init --creator Jane --language de
    [[ "${lines[1]}" = "  'filigrane init --help' shows the options." ]]
    run filigrane init --creator ''
    [ "$status" -eq 2 ]
    [[ "${lines[1]}" = "  'filigrane init --help' shows the options." ]]
    run env FILIGRANE_KEY=0011 "$FILIGRANE" publish . -o web
    [ "$status" -eq 2 ]
    [[ "$output" = *'64 hexadecimal digits'*'`filigrane init` makes'* ]]
    [[ "$output" != *--help* ]]
}

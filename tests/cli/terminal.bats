#!/usr/bin/env bats
# What is asked and shown at a terminal.
load common

# At a terminal: answers [ANSWER]... [-- OPTION...]
answers() {
    local given=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        given+=("$1")
        shift
    done
    python3 "$FG_SOURCE_DIR/tests/support/terminal.py" "${given[@]}" -- "$FILIGRANE" init "${@:2}"
}

@test "six questions at a terminal give the profile that the options give" {
    answers 'Zoé Roy' 'Atelier Roy' https://z.example/droits https://z.example/licence z@z.example fr -- asked >said
    [ "$(grep -cE '^[1-6]\. .*: ' said)" -eq 6 ]
    filigrane init given --creator 'Zoé Roy' --owner 'Atelier Roy' --web-statement https://z.example/droits \
        --licence-page https://z.example/licence --email z@z.example --language fr -q
    diff asked/filigrane.yaml given/filigrane.yaml
    filigrane profile ./asked/filigrane.yaml >/dev/null
    [ "$(stat -c %a "$XDG_CONFIG_HOME/filigrane/key")" = 600 ]
}

@test "an empty answer leaves its setting out, and what an option says is not asked" {
    answers '' '' '' '' '' -- asked --creator Jane >said
    [ "$(grep -cE '^[1-6]\. .*: ' said)" -eq 5 ]
    filigrane init given --creator Jane -q
    diff asked/filigrane.yaml given/filigrane.yaml
    no grep -qE '^ *(web_statement|licensor):' asked/filigrane.yaml
}

@test "publish makes of init's answers what it makes of the same settings on the command line" {
    answers 'Zoé Roy' '' https://z.example/droits '' '' en -- asked >said
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o asked-web -p asked/filigrane.yaml -q
    filigrane publish shoot -o set-web -p gallery -q --set rights.creator='Zoé Roy' --set rights.owner='Zoé Roy' \
        --set rights.credit='Zoé Roy' --set rights.copyright='© {year} {creator}. All rights reserved.' \
        --set rights.terms='{ en: Any reproduction is forbidden without prior written authorisation. }' \
        --set rights.web_statement=https://z.example/droits --set rights.data_mining=prohibited \
        --set rights.digital_source=photograph --set privacy.keep='[title, caption]'
    diff <(jq -S 'del(.profile)' asked-web/filigrane.json) <(jq -S 'del(.profile)' set-web/filigrane.json)
}

@test "each line of what init writes says what it is for" {
    filigrane init --creator Jane --web-statement https://j.example/ --licence-page https://j.example/l --email j@j.example -q
    sed -n '/^rights:/,/^privacy:/p' filigrane.yaml | grep -E '^  [a-z_]+:' >settings
    [ "$(wc -l <settings)" -ge 8 ]
    no grep -vE ' # |digital_source' settings
}

@test "what no profile can hold is asked again at once, and only that" {
    answers '' Jane '' 'not a link' https://j.example/ '' '' de en -- asked >said
    grep -q '^A name is needed here' said
    grep -q '^"not a link" is no address of a page' said
    grep -q 'not in "de"\.$' said
    no grep -q -- '--web-statement\|--licence-page' said
    [ "$(grep -c '^1\. ' said)" -eq 2 ]
    [ "$(grep -c '^2\. ' said)" -eq 1 ]
    [ "$(grep -c '^3\. ' said)" -eq 2 ]
    [ "$(grep -c '^6\. ' said)" -eq 2 ]
    filigrane init given --creator Jane --web-statement https://j.example/ --language en -q
    diff asked/filigrane.yaml given/filigrane.yaml
    # What an option says is not asked for.
    run answers -- wrong --creator Jane --language de
    [ "$status" -eq 2 ]
    [ ! -e wrong/filigrane.yaml ]
}

@test "an address that lacks nothing but its scheme is offered with it" {
    answers Jane '' j.example/rights '' '' j@j.example '' -- asked >said
    grep -q 'Press Enter for https://j.example/rights' said
    grep -q '^  web_statement: "https://j.example/rights"' asked/filigrane.yaml
}

@test "where there is a profile already nothing is asked" {
    filigrane init --creator Jane -q
    run answers Jane -- .
    [ "$status" -eq 2 ]
    no grep -q '^1\.' <<<"$output"
}

@test "a ^C or the end of input at a question leaves nothing" {
    run answers Jane ^C -- asked
    [ "$status" -eq 130 ]
    [ ! -e asked ]
    for given in '' Jane; do
        run answers ${given:+"$given"} -- asked
        [ "$status" -eq 2 ]
        [[ "$output" = *'nothing was written'* ]]
        [ ! -e asked ]
    done
    [ ! -e "$XDG_CONFIG_HOME/filigrane/key" ]
}

# What a terminal was sent, a line for each rewriting of one: shown LANGUAGE COMMAND...
shown() {
    LC_ALL='' LANG=C.UTF-8 LANGUAGE=$1 python3 "$FG_SOURCE_DIR/tests/support/terminal.py" -- "$FILIGRANE" "${@:2}" |
        sed 's/\x1b\[[0-9;]*[mK]//g' | tr '\r' '\n'
}

@test "a bar, a summary and a card keep within 80 columns, in both languages, and the bar goes when all is done" {
    quick_profile
    telling_photo 'shoot/un très long nom de photo, tel qu’un appareil n’en donne pas mais qu’on trouve partout.jpg' 400 300
    photo shoot/b.jpg 400 300
    for language in en fr; do
        shown $language publish shoot -o web-$language >lines
        [ "$(grep -c '^\[[#.]' lines)" -ge 1 ]
        [ "$(wc -L <lines)" -le 80 ]
        no grep -q '^\[[#.]' <(tail -2 lines)
        shown $language check shoot/b.jpg web-$language >lines
        # A path is as long as it is.
        [ "$(grep -v '/' lines | wc -L)" -le 80 ]
        [ "$(grep -c '^[✓✗]' lines)" -ge 3 ]
    done
}

@test "who is asked in French and names no language gets a French notice" {
    LANGUAGE=fr answers 'Zoé Roy' '' '' '' '' '' -- asked >said
    grep -q '^6\. Langue de la mention' said
    grep -q 'Tous droits réservés' asked/filigrane.yaml
    answers 'Zoé Roy' '' '' '' '' '' -- english >said
    grep -q 'All rights reserved' english/filigrane.yaml
}

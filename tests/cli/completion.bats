#!/usr/bin/env bats
load common

# Asks bash what may stand at the end of a line: ask WORD... (the last one is being written)
ask() {
    bash -c 'source "$1/completions/filigrane"; shift
        filigrane() { "$FILIGRANE" "$@"; }
        compopt() { :; }
        COMP_WORDS=(filigrane "$@") COMP_CWORD=$# COMPREPLY=()
        _filigrane
        printf "%s\n" "${COMPREPLY[@]}"' ask "$FG_BUILD_DIR" "$@" | sort
}

@test "bash completes the commands" {
    diff <(ask '') <({ filigrane --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'; echo help; } | sort)
    [ "$(ask pub)" = publish ]
    [ "$(ask help sc)" = scrub ]
}

@test "bash completes every option of a command, and none of another" {
    for command in $(filigrane --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
        diff <(ask "$command" --) <(filigrane help "$command" | sed -n 's/^  .*\(--[a-z0-9-]*\) .*/\1/p' | sort)
    done
}

@test "bash completes what an option takes" {
    [ "$(ask check --color = al)" = always ]
    [ "$(ask check --color n)" = never ]
    [ "$(ask scrub --keep c)" = "$(printf '%s\n' camera caption city country)" ]
    [ "$(ask publish --set quality.jp)" = quality.jpeg= ]
    [ "$(ask publish -p gal)" = gallery ]
    [ "$(ask init --language f)" = fr ]
    [ -z "$(ask publish -j '')" ]
}

@test "bash completes folders and files, blanks in their names included" {
    mkdir -p 'the shoot/in' && touch 'the shoot/a.jpg' 'theory.jpg'
    [ "$(ask publish x -o the)" = 'the shoot' ]
    [ "$(ask publish the)" = "$(printf '%s\n' 'the shoot' theory.jpg)" ]
    [ -z "$(ask publish -- --f)" ]
}

@test "the completion for zsh can be loaded" {
    zsh -n "$FG_BUILD_DIR/completions/_filigrane"
    zsh -fc "fpath=('$FG_BUILD_DIR/completions' \$fpath); autoload -Uz compinit; compinit -u -d '$BATS_TEST_TMPDIR/dump'; print \$_comps[filigrane]" |
        grep -qx _filigrane
}

@test "fish completes commands, options and values" {
    local source="source '$FG_BUILD_DIR/completions/filigrane.fish'"
    fish -Nc "$source; complete -C 'filigrane pub'" | grep -q '^publish'
    fish -Nc "$source; complete -C 'filigrane check --show'" | grep -q '^--show-values'
    fish -Nc "$source; complete -C 'filigrane scrub --keep l'" | grep -q '^lens'
    no grep -q -- --prune <(fish -Nc "$source; complete -C 'filigrane check --'")
}

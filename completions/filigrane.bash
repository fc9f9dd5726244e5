# bash completion for filigrane                                       -*- shell-script -*-

# Prints what can stand for a value: _filigrane_words KIND
_filigrane_words() {
    case $1 in
        PROFILE) "${COMP_WORDS[0]}" profile 2>/dev/null | awk '!NF { exit } { print $1 }' ;;
        WHEN) printf '%s\n' auto always never ;;
        LANG) printf '%s\n' en fr ;;
        COMMAND)
            echo '
# @names
            '
            ;;
        GROUP)
            echo '
# @groups
            '
            ;;
        KEY=VALUE)
            echo '
# @keys
            '
            ;;
    esac
}

_filigrane() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' operand='' flags='' kind='' i
    # "--color=au" comes as three words.
    if [ "$cur" = = ]; then
        cur=
    elif [ "$prev" = = ]; then
        prev=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    [ "$COMP_CWORD" -eq 1 ] || command=${COMP_WORDS[1]}
    case $command in
        '') operand=COMMAND flags='--help --version' ;;
        help) operand=COMMAND ;;
# @bash-cases
    esac
    # After -- all are operands.
    for ((i = 2; i < COMP_CWORD; i++)); do
        [ "${COMP_WORDS[i]}" != -- ] || { kind='' flags=''; }
    done
    if [ -z "$kind" ] && [[ $cur = -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$cur")
        return
    fi
    kind=${kind:-$operand}
    mapfile -t COMPREPLY < <(compgen -W "$(_filigrane_words "$kind")" -- "$cur")
    case $kind in
        DIR | OUT)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$cur")
            ;;
        KEY=VALUE) compopt -o nospace ;;
        PAGE.html | PROFILE | FILE | INPUT | PATH | FOLDER | HTML_DIR)
            compopt -o filenames
            mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
            ;;
    esac
}

complete -F _filigrane filigrane

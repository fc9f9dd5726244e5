#compdef filigrane
# zsh completion for filigrane

# _filigrane_value KIND: what can stand for a value or an operand.
_filigrane_value() {
    local groups='
# @groups
    '
    local keys='
# @keys
    '
    local names='
# @names
    '
    case $argv[-1] in
        DIR | OUT | HTML_DIR) _files -/ ;;
        PROFILE)
            local -a profiles=(${(f)"$(_call_program profiles filigrane profile | awk '!NF { exit } { print $1 }')"})
            _alternative 'profiles:profile:compadd -a profiles' 'files:file:_files -g "*.y(|a)ml"'
            ;;
        WHEN) compadd auto always never ;;
        LANG) compadd en fr ;;
        COMMAND) compadd ${=names} ;;
        GROUP) compadd ${=groups} ;;
        KEY=VALUE) compadd -S '' ${=keys} ;;
        FILE | INPUT | PATH | PAGE.html) _files ;;
    esac
}

_filigrane() {
    local -a commands=(
# @zsh-commands
        'help:tells all of one command'
    )
    if ((CURRENT == 2)); then
        _describe command commands
        compadd -- --help --version
        return
    fi
    local command=$words[2]
    shift words
    ((CURRENT--))
    case $command in
        help) _filigrane_value COMMAND ;;
# @zsh-cases
    esac
}

_filigrane "$@"

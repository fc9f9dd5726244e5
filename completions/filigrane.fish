# fish completion for filigrane

# What can stand for a value or an operand; nothing for a number, an address or a size.
function __filigrane_value
    switch $argv[1]
        case DIR OUT HTML_DIR
            __fish_complete_directories (commandline -ct)
        case PROFILE
            filigrane profile 2>/dev/null | awk '!NF { exit } { name = $1; sub(/^[^ ]+ +/, ""); print name "\t" $0 }'
            __fish_complete_suffix .yaml
        case WHEN
            printf '%s\n' auto always never
        case LANG
            printf '%s\n' en fr
        case COMMAND
            string split -n \n '
# @names
'
        case GROUP
            string split -n \n '
# @groups
'
        case KEY=VALUE
            string split -n \n '
# @keys
'
        case FILE INPUT PATH PAGE.html
            __fish_complete_path (commandline -ct)
    end
end

complete -c filigrane -f
complete -c filigrane -n __fish_use_subcommand -l help -d 'the commands'
complete -c filigrane -n __fish_use_subcommand -l version -d 'the versions, and the protection of this kernel'
complete -c filigrane -n __fish_use_subcommand -a help -d 'tells all of one command'
complete -c filigrane -n '__fish_seen_subcommand_from help' -a '(__filigrane_value COMMAND)'
# @fish-lines

#!/usr/bin/env bash
# Help, manual pages and completions name the same commands and options, and no page names one that there is not.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
filigrane=${FILIGRANE:?} build=${FG_BUILD_DIR:?} bad=0
complain() {
    printf '%s\n' "$1"
    bad=1
}
# Long and short options of a help page on standard input.
options_of_help() {
    grep -oE '^  (-[a-zA-Z0-9], |    )--[a-z0-9-]+' | grep -oE -- '--?[a-zA-Z0-9-]+' | sort
}
commands=$("$filigrane" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
[ -n "$commands" ] || complain "the help lists no command"
for command in $commands; do
    help=$("$filigrane" help "$command" | options_of_help)
    page=$build/man/filigrane-$command.1
    if [ ! -s "$page" ]; then
        complain "$command has no manual page"
        continue
    fi
    manual=$(grep -E '^\.It Fl ' "$page" | sed 's/\\-/-/g' | grep -oE 'Fl [^ ]+' | sed 's/Fl /-/' | sort)
    [ "$help" = "$manual" ] || complain "options of $command, help and manual: $(diff <(echo "$help") <(echo "$manual"))"
    bash=$(sed -n "/^        $command)\$/,/;;/s/.*flags='\(.*\)'.*/\1/p" "$build/completions/filigrane" | tr ' ' '\n' | grep . | sort)
    [ "$help" = "$bash" ] || complain "options of $command, help and bash: $(diff <(echo "$help") <(echo "$bash"))"
    fish=$(grep "__fish_seen_subcommand_from $command'" "$build/completions/filigrane.fish" |
        sed -n 's/.* -l \([^ ]*\)\( -s \([^ ]\)\)\{0,1\}.*/--\1\n-\3/p' | grep -vx -- - | sort)
    [ "$help" = "$fish" ] || complain "options of $command, help and fish: $(diff <(echo "$help") <(echo "$fish"))"
    zsh=$(sed -n "/^        $command)\$/,/;;/p" "$build/completions/_filigrane" | sed "s/\[.*//" |
        grep -oE -- '[^(a-z0-9 -]-{1,2}[a-zA-Z0-9][a-z0-9-]*' | sed 's/^.//' | sort)
    [ "$help" = "$zsh" ] || complain "options of $command, help and zsh: $(diff <(echo "$help") <(echo "$zsh"))"
done
for page in "$build"/man/filigrane-*.1; do
    name=$(basename "$page" .1)
    grep -qx "${name#filigrane-}" <<<"$commands" || complain "a manual page of no command: $name"
done
# Every setting has its place in filigrane-profile(5), and nothing else has; a field of rights needs no other.
settings=$(grep -oE '^\| `[^`]+` \|' docs/profiles.md | tr -d '|` ' | grep -vE '^(gallery|discreet|proof|press|social|archive)$' | sort)
manual=$(sed -n 's/^\.It Ic //p' "$build/man/filigrane-profile.5" | sort)
difference=$(diff <(echo "$settings") <(echo "$manual") | grep '^[<>]' | grep -v '^> rights\.' || true)
[ -z "$difference" ] || complain "settings: $difference"
# What a page calls an option of a command is one: in lines such as "filigrane publish shoot/ --prune".
while IFS=: read -r file line text; do
    [[ $text =~ filigrane\ ([a-z]+)\  ]] || continue
    command=${BASH_REMATCH[1]}
    grep -qx "$command" <<<"$commands" || continue
    text=${text#*filigrane "$command" }
    for option in $(sed 's/[|;&`].*//; s/\\-/-/g; s/ -- .*//' <<<"$text" | grep -oE '(^| )--[a-z][a-z0-9-]*' || true); do
        "$filigrane" help "$command" | grep -E -- "$option( |\$)" >/dev/null || complain "$file:$line: $command has no $option"
    done
done < <(grep -nE 'filigrane [a-z]+ ' README.md README.fr.md docs/*.md docs/schema/README.md man/*.[15] profiles/*.yaml samples/*.yaml dev)
exit $bad

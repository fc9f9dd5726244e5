#!/usr/bin/env bash
# Links of the pages lead somewhere, manual pages are well formed, and every page can be reached from the README, link by link.
set -euo pipefail
cd "${FG_SOURCE_DIR:?}"
bad=0
complain() {
    printf '%s\n' "$1"
    bad=1
}
# The anchor that a heading gets: lower case, no punctuation, blanks as hyphens.
anchors() {
    grep -E '^#+ ' "$1" | sed 's/^#* //' | tr '[:upper:]' '[:lower:]' | sed 's/[^[:alnum:] _-]//g; s/ /-/g'
}
pages=$(ls ./*.md docs/*.md docs/schema/*.md docs/spec/*.md samples/*.md)
for page in $pages; do
    while IFS= read -r link; do
        case $link in
            http://* | https://* | mailto:*) continue ;;
        esac
        path=${link%%#*} anchor=${link#"$path"}
        target=${path:+$(dirname "$page")/$path}
        target=${target:-$page}
        if [ ! -e "$target" ]; then
            complain "$page: $link leads nowhere"
        elif [ -n "$anchor" ] && ! anchors "$target" | grep -x -- "${anchor#\#}" >/dev/null; then
            complain "$page: there is no heading for $link"
        fi
    done < <(sed '/^```/,/^```$/d' "$page" | grep -oE '\]\([^) ]+\)' | sed 's/^](//; s/)$//')
done
# The pages that a reader gets to from the README, link by link.
reached=./README.md queue=./README.md
while [ -n "$queue" ]; do
    page=${queue%% *}
    queue=${queue#"$page"} queue=${queue# }
    while IFS= read -r link; do
        target=./$(realpath -m --relative-to=. "$(dirname "$page")/$link")
        case " $reached " in *" $target "*) continue ;; esac
        [ -f "$target" ] || continue
        reached="$reached $target" queue="${queue:+$queue }$target"
    done < <(grep -oE '\]\([^) #:]+\.md' "$page" | sed 's/^](//')
done
for page in docs/*.md docs/schema/*.md docs/spec/*.md; do
    case " $reached " in *" ./$page "*) ;; *) complain "no page leads to $page" ;; esac
done
if command -v groff >/dev/null; then
    for page in "${FG_BUILD_DIR:?}"/man/*.[15]; do
        warnings=$(groff -mdoc -ww -K utf8 -T utf8 -z "$page" 2>&1)
        [ -z "$warnings" ] || complain "$page: $warnings"
    done
fi
exit $bad

#!/usr/bin/env bash
# Every include goes down or stays home, enters by the door, and a foreign library has one owner (src/FLOORS).
set -euo pipefail
cd "${FG_SOURCE_DIR:-$(dirname "$0")/../..}"
find src include -name '*.[ch]' | sort | xargs awk '
    FILENAME == "src/FLOORS" { next }
    BEGIN {
        while ((getline line < "src/FLOORS") > 0) {
            n = split(line, word, " ")
            if (n < 3 || word[1] ~ /^#/) continue
            floor[word[2]] = word[1]
            for (i = 3; i <= n; i++) if (word[i] != "-") owner[word[i]] = word[2]
        }
    }
    FNR == 1 {
        split(FILENAME, part, "/")
        room = part[2]
        public = part[1] == "include"
        if (public) { room = part[3]; sub(/\.h$/, "", room) }
        files++
    }
    match($0, /^#[ ]*include[ ]*[<"][^>"]+[>"]/) {
        name = substr($0, RSTART, RLENGTH)
        gsub(/^#[ ]*include[ ]*[<"]|[>"]$/, "", name)
        for (prefix in owner)
            if (index(name, prefix) == 1 && owner[prefix] != room)
                complain(name " belongs to " owner[prefix])
        split(name, part, "/")
        if (part[1] == "filigrane") {
            other = part[2]; sub(/\.h$/, "", other)
            if (room == "cli" || room == "filigrane" || other == room) next
        } else if (part[1] in floor) {
            other = part[1]
            if (room == "cli" && other != "cli") complain("the command line uses public headers only, not " name)
            if (public) complain("a public header includes " name)
            if (other != room && other != "base" && name != other "/" other ".h") complain(name " is not the door of " other)
        } else next
        if (!(room in floor)) complain("no floor for " room)
        if (other != room && floor[other] >= floor[room]) complain(name " climbs from floor " floor[room] " to " floor[other])
    }
    function complain(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; bad++ }
    END {
        printf "%d files, %d breaches\n", files, bad
        exit bad > 0 || files < 20
    }'

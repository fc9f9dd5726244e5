#!/usr/bin/env bats
# Every command that a page shows is run, every profile that it shows is loaded. A page that shows what can't be run
# says why in a line before the block: <!-- not run: ... -->
load common

# A folder as a reader has it: photos that tell too much, and the program in the search path.
prepare() {
    mkdir -p "$BATS_TEST_TMPDIR/bin"
    # That check finds something is what the page is about; all else has to succeed.
    cat >"$BATS_TEST_TMPDIR/bin/filigrane" <<'EOT2'
#!/bin/bash
"$FILIGRANE" "$@" || { status=$?; [ "$1" = check ] && [ $status -eq 1 ] || { echo "exit $status: filigrane $*" >&2; exit $status; }; }
EOT2
    chmod +x "$BATS_TEST_TMPDIR/bin/filigrane"
    unset -f filigrane
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    [ -e "$BATS_TEST_TMPDIR/holiday.jpg" ] ||
        telling_photo "$BATS_TEST_TMPDIR/holiday.jpg" 480 360 -Artist='Jane Doe' -Copyright='© Jane Doe' -XMP-dc:Creator='Jane Doe'
    mkdir -p "$1/shoot/evening" "$1/public"
    cd "$1" || exit 1
    echo '<!doctype html><img src="holiday.jpg" alt="A holiday">' >public/index.html
    cp "$BATS_TEST_TMPDIR/holiday.jpg" public
    cp "$BATS_TEST_TMPDIR/holiday.jpg" .
    cp holiday.jpg shoot/dent-de-crolles.jpg
    cp holiday.jpg shoot/evening/lac.jpg
}

# The blocks of a page: blocks PAGE LANGUAGE, each ended by a line of its own.
blocks() {
    awk -v language="$2" '
        inside && /^```$/ { inside = 0; print "#end"; next }
        inside { print; next }
        /^```/ { if ($0 == "```" language && before !~ /^<!-- not run: /) inside = 1; else if ($0 != "```") skip = !skip }
        { before = $0 }' "$1"
}

# Loads the profiles of a page, the first of which becomes ./filigrane.yaml, and runs its commands in order.
follow() {
    local page=$1 block='' line
    while IFS= read -r line; do
        if [ "$line" != '#end' ]; then
            block+=$line$'\n'
            continue
        fi
        if [[ $block = extends:* ]]; then
            printf '%s' "$block" >shown.yaml
            filigrane profile ./shown.yaml >/dev/null
            [ -e filigrane.yaml ] || mv shown.yaml filigrane.yaml
        fi
        block=
    done < <(blocks "$page" yaml)
    blocks "$page" sh | grep -v '^#end' >commands || return 0
    bash -euo pipefail commands
}

@test "what the README tells works, in both languages" {
    for page in README.md README.fr.md; do
        prepare "$BATS_TEST_TMPDIR/$page"
        follow "$FG_SOURCE_DIR/$page"
        [ -s commands ]
        [ -s web/filigrane.json ]
        "$FILIGRANE" check web -q
    done
}

@test "the READMEs show the same commands and the same profile" {
    # Words for people may differ.
    commands() {
        blocks "$FG_SOURCE_DIR/$1" sh | sed 's/ *#.*//'
    }
    diff <(commands README.md) <(commands README.fr.md)
}

@test "what the pages in docs tell works" {
    local count=0
    for page in "$FG_SOURCE_DIR"/docs/*.md "$FG_SOURCE_DIR"/docs/schema/README.md; do
        case $page in
            */ci.md) continue ;; # below
        esac
        prepare "$BATS_TEST_TMPDIR/${page##*/}-of"
        follow "$page"
        count=$((count + $(wc -l <commands)))
    done
    [ "$count" -ge 10 ]
}

@test "the examples of the manual pages work" {
    local count=0
    for page in "$FG_SOURCE_DIR"/man/*.1; do
        prepare "$BATS_TEST_TMPDIR/${page##*/}"
        case $page in
            */filigrane.1 | */filigrane-init.1) ;;
            */filigrane-check.1 | */filigrane-proof.1 | */filigrane-site.1) "$FILIGRANE" publish shoot -o web -q ;;
            *) quick_profile && sed -i 's/aliases:.*/aliases: [Jane Doe]/' filigrane.yaml ;;
        esac
        sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/{ /^\.Dl /{ s///; p }; /^\.Bd/,/^\.Ed/{ /^\.[BE]d/d; p } }' "$page" |
            sed 's/\\-/-/g; s/\\(dq/"/g' >commands
        bash -euo pipefail commands
        count=$((count + $(wc -l <commands)))
    done
    [ "$count" -ge 15 ]
}

# The lines of ci.md's jobs that call the program: recipe WORD-OF-THE-BLOCK
recipe() {
    blocks "$FG_SOURCE_DIR/docs/ci.md" yaml | awk -v word="$1" '
        { block = block $0 "\n" }
        $0 == "#end" { if (index(block, word)) printf "%s", block; block = "" }' |
        sed -n 's/^ *- \(run: \)\{0,1\}\(filigrane .*\)/\2/p'
}

@test "the recipes for CI publish, check and make the site's files" {
    prepare "$BATS_TEST_TMPDIR/ci"
    profile
    sed -i 's/aliases:.*/aliases: [Jane Doe]/' filigrane.yaml
    recipe github >commands
    [ "$(wc -l <commands)" -eq 3 ]
    bash -euo pipefail commands
    jq -e '.runs[0].results | length >= 0' check.sarif >/dev/null
    [ -s site/pictures.html ]
    rm -r web
    recipe CI_NODE >commands
    [ "$(wc -l <commands)" -eq 3 ]
    for part in 1 2; do
        CI_NODE_INDEX=$part CI_NODE_TOTAL=2 bash -euo pipefail <(head -1 commands)
    done
    bash -euo pipefail <(tail -n +2 commands)
    [ "$(jq '.photos | length' web/filigrane.json)" -eq 2 ]
}

@test "in the recipes for CI one failed photo takes nothing from the others" {
    prepare "$BATS_TEST_TMPDIR/failed"
    profile
    sed -i 's/aliases:.*/aliases: [Jane Doe]/' filigrane.yaml
    photo shoot/cut.jpg 400 300
    cut_short shoot/cut.jpg 60
    recipe CI_NODE >commands
    codes=
    for part in 1 2; do
        status=0
        CI_NODE_INDEX=$part CI_NODE_TOTAL=2 bash -euo pipefail <(head -1 commands) || status=$?
        codes+=$status
    done
    [[ "$codes" = 01 || "$codes" = 10 ]]
    bash -euo pipefail <(tail -n +2 commands)
    jq -e '(.photos | length == 2) and (.failed | length == 1)' web/filigrane.json
    grep -qF 'allow_failure: { exit_codes: 1 }' "$FG_SOURCE_DIR/docs/ci.md"
    [ "$(grep -cF 'when: always, paths: [web]' "$FG_SOURCE_DIR/docs/ci.md")" -eq 2 ]
    # On GitHub the steps after the first go on by themselves.
    rm -r web
    recipe github >commands
    run -1 bash -euo pipefail <(head -1 commands)
    tail -n +2 commands | while read -r step; do
        bash -euo pipefail -c "$step"
    done
    [ -s site/pictures.html ]
    [ "$(sed -n '/^## GitHub/,/^## GitLab/p' "$FG_SOURCE_DIR/docs/ci.md" | grep -cF 'if: ${{ !cancelled() }}')" -eq 4 ]
}

@test "the Makefile of ci.md builds a site, and then has nothing to do" {
    prepare "$BATS_TEST_TMPDIR/make"
    profile
    sed -i 's/aliases:.*/aliases: [Jane Doe]/' filigrane.yaml
    blocks "$FG_SOURCE_DIR/docs/ci.md" make | grep -v '^#end' >Makefile
    make -s site
    before=$(fingerprint web)
    make -s site
    [ "$(fingerprint web)" = "$before" ]
    [ -s site/pictures.html ]
}

@test "the guard of ci.md lets clean photos and icons in, and no others, as they are staged" {
    prepare "$BATS_TEST_TMPDIR/guard"
    rm "$BATS_TEST_TMPDIR/bin/filigrane"
    ln -s "$FILIGRANE" "$BATS_TEST_TMPDIR/bin/filigrane"
    git init -q .
    sed '1,/^## Guarding a repository/d' "$FG_SOURCE_DIR/docs/ci.md" >section.md
    blocks section.md sh | sed '/^#end$/,$d' >guard.sh
    blocks section.md sh | sed '1,/^#end$/d; /^#end$/d' >commands
    [ "$(wc -l <commands)" -eq 2 ]
    bash -euo pipefail commands # nothing in it yet
    commit() {
        git -c user.name=Jane -c user.email=jane@example.org commit -qm photos
    }
    photo icon.png 32 32 # without a notice
    filigrane scrub holiday.jpg -o clean -q
    cp clean/holiday.jpg B.JPG
    git add icon.png B.JPG
    cp "$BATS_TEST_TMPDIR/holiday.jpg" B.JPG # not staged
    commit
    sh guard.sh --all
    git add B.JPG
    run commit
    [ "$status" -ne 0 ]
    [[ "$output" = *'  B.JPG: location.gps, '*serial.body* ]]
    run sh guard.sh --all
    [ "$status" -eq 1 ]
    cp clean/holiday.jpg B.JPG # nor is this
    run commit
    [ "$status" -ne 0 ]
    git add B.JPG
    head -c 300 B.JPG >'cut short.jpg'
    echo text >text.Png
    git add 'cut short.jpg' text.Png
    run commit
    [ "$status" -ne 0 ]
    echo "$output"
    [[ "$output" = *'  cut short.jpg: structure.malformed'* ]]
    [[ "$output" = *'  text.Png: file.unreadable'* ]]
    PATH=/usr/bin:/bin run sh guard.sh
    [ "$status" -ne 0 ] # what can't be looked at is not let in
}

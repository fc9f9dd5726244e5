#!/usr/bin/env bats
# What a browser makes of the page of `proof` and of the markup of `site`. `./dev test` installs Chromium, node, and
# playwright-core into the build.
load common

setup_file() {
    export CHROMIUM NODE_PATH
    CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    : "${NODE_PATH:=${FG_BUILD_DIR:?}/browser/node_modules}"
    can_browse || return 0
    export BATS_TEST_TMPDIR=$BATS_FILE_TMPDIR
    setup
    profile
    telling_photo shoot/a.jpg 900 600
    photo shoot/b.jpg 500 700 -XMP-dc:Title='Grand Som'
    photo shoot/c.jpg 700 700
    head -c 9000 shoot/c.jpg >cut && mv cut shoot/c.jpg
    photo 'shoot/"><img src=x onerror=alert(1)>.jpg' 600 400
    filigrane publish shoot -o web -q || true
    filigrane proof web -o proof.html --originals shoot -q
    cp -r web some && rm some/a-*
    filigrane proof some -o gone.html -q || true
    mkdir nothing && cp shoot/c.jpg nothing
    filigrane publish nothing -o empty -q || true
    filigrane proof empty -o empty.html -q
}

can_browse() {
    [ -n "$CHROMIUM" ] && node -e 'require("playwright-core")' 2>/dev/null
}

# tell PROMISE SCRIPT FILE...
tell() {
    [ -n "$CHROMIUM" ] || skip "no Chromium"
    command -v node >/dev/null || skip "no node"
    can_browse || skip "no playwright-core in $NODE_PATH"
    node "$FG_SOURCE_DIR/tests/browser/$2" "$1" "${@:3}"
}

# holds PROMISE [PAGE]
holds() {
    tell "$1" page.cjs "$BATS_FILE_TMPDIR/${2:-proof}.html"
}

# The same for the markup of one photo, whose name has to be escaped, at three widths.
markup_holds() {
    can_browse || tell
    quick_profile
    sed -i '$d' filigrane.yaml
    for width in 1280 640 320; do
        echo "  - { name: w$width, long_edge: $width, formats: [jpeg, webp, avif] }" >>filigrane.yaml
    done
    photo 'shoot/a b.jpg' 1280 853 -XMP-dc:Description='</script><b>at dawn</b> & later'
    filigrane publish shoot -o web -q
    filigrane site web --base-url https://example.org/p/ -o site -q 2>/dev/null
    tell "$1" markup.cjs site/pictures.html web site/images.jsonld
}

@test "the page complains of nothing and asks for nothing, in every look" {
    holds quiet
}

@test "the page speaks the browser's language, English or French" {
    holds language
}

@test "all that can be acted on has a name for a screen reader" {
    holds names
}

@test "the keyboard reaches, opens, walks through and closes the photos" {
    holds keyboard
}

@test "photos are found by their words and by what was removed from them" {
    holds filter
}

@test "a slider shows a photo without its marks" {
    holds compare
}

@test "the page is no wider than a phone" {
    holds fits
}

@test "all text has enough contrast, and so has the ring around what has the focus, light and dark" {
    holds contrast
}

@test "what failed stands on top" {
    holds failures
}

@test "a photo whose file is gone says so, large as small" {
    holds gone gone
}

@test "a page of no photo says so, and shows nothing empty" {
    holds empty empty
}

@test "the page's own policy stops foreign scripts and pictures" {
    holds policy
}

@test "without scripts all is still told" {
    holds bare
}

@test "each window at each density fetches one file: the smallest that fills it, in the best format" {
    markup_holds choice
}

@test "a picture's place is kept until it is there" {
    markup_holds place
}

@test "the data for search engines survives in a page, and covers each file that a browser may choose" {
    markup_holds data
}

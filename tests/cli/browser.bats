#!/usr/bin/env bats
# The page of a proof as a browser has it. Needs Chromium, node, and playwright-core where node finds it (NODE_PATH).
load common

setup_file() {
    export CHROMIUM NODE_PATH
    CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    : "${NODE_PATH:=$(npm root -g 2>/dev/null || true)}"
    [ -n "$CHROMIUM" ] && command -v node >/dev/null && node -e 'require("playwright-core")' 2>/dev/null || return 0
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
}

holds() {
    [ -n "$CHROMIUM" ] || skip "no Chromium"
    command -v node >/dev/null || skip "no node"
    node -e 'require("playwright-core")' 2>/dev/null || skip "no playwright-core (npm install -g playwright-core)"
    node "$FG_SOURCE_DIR/tests/browser/page.cjs" "$1" "$BATS_FILE_TMPDIR/proof.html"
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

@test "all text has enough contrast, light and dark" {
    holds contrast
}

@test "the page's own policy stops foreign scripts and pictures" {
    holds policy
}

@test "without scripts all is still told" {
    holds bare
}

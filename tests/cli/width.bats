#!/usr/bin/env bats
# A terminal of 80 columns and 24 lines holds each summary and each line of progress, in both languages.
load common

# Runs a command in such a terminal; what it wrote lands in `seen`, a line for each time that a line was begun.
in_terminal() {
    TERM=xterm script -qec "stty cols 80 rows 24; $*" /dev/null </dev/null | sed -e 's/\x1b\[[0-9;]*[mK]//g' | tr '\r' '\n' >seen || true
}

fits() {
    no grep -nE '^.{81}' seen
}

@test "summaries and progress keep within 80 columns, in English and French" {
    quick_profile
    name=une-photo-au-nom-assez-long-pour-remplir-une-ligne
    for i in 1 2 3 4; do
        telling_photo "shoot/$name-$i.jpg" 400 300
    done
    for language in en fr; do
        export LANGUAGE=$language
        in_terminal "$FILIGRANE" --help
        grep -q '^  publish   ' seen
        fits
        for command in publish check tag scrub proof site init profile; do
            in_terminal "$FILIGRANE" help $command
            grep -qE '^  -h, --help +[a-z]' seen
            no grep -nE '^.{81}' <(grep -v '^usage' seen)
        done
        in_terminal "$FILIGRANE" publish shoot -o web --force
        grep -q '^\[[#.]*\]' seen || grep -qE '^(Published|Terminé)' seen
        fits
        in_terminal "$FILIGRANE" check web
        grep -qE '^4 (files|fichiers)' seen
        fits
        in_terminal "$FILIGRANE" tag -o copies shoot
        grep -qE '^4 (files|fichiers)' seen
        fits
        in_terminal "$FILIGRANE" profile
        grep -qE '^press  ' seen
        fits
        in_terminal "$FILIGRANE" proof web -o proof.html
        grep -q 'proof.html' seen
        fits
        in_terminal "$FILIGRANE" site web --base-url https://photos.example/ -o site
        grep -qE '^(Wrote|[0-9]* fichiers écrits)' seen
        fits
        rm -rf copies site
    done
}

#!/usr/bin/env bats
# The program in French; what programs read is the same in every language.
load common

# In French, whether or not this machine has made the locale.
french() {
    LC_ALL='' LANG=fr_FR.UTF-8 LANGUAGE='' filigrane "$@"
}

@test "help, summaries and complaints come in French" {
    quick_profile
    telling_photo shoot/a.jpg 400 300
    french --help | grep -q '^Commandes'
    french profile | grep -q '^gallery  *Pour un portfolio'
    french --version | grep -q '^  protection  *un processus par photo, limites'
    french help scrub | grep -q 'laisser un groupe'
    french publish shoot -o web >out
    grep -q '^Terminé.: 1 photo dans web, 1 image tirée, .* Ko, en [0-9]*,[0-9] s$' out
    grep -q 'chaque photo dans son propre\|limites' <(tr -s ' \n' ' ' <out)
    grep -q 'retiré  *géolocalisation, numéros de série' out
    run french check shoot/a.jpg
    [ "$status" -eq 1 ]
    [[ "$output" = *'  révèle     '*'coordonnées GPS'* ]]
    [[ "$output" = *'auteur'*' aucun'$'\n'* ]]
    run french publish shoot
    [ "$status" -eq 2 ]
    [[ "$output" = *'-o DIR manque'* ]]
}

@test "LANGUAGE decides, and an English or C locale stays English" {
    LC_ALL=C.UTF-8 LANGUAGE=fr filigrane --help | grep -q '^Commandes'
    for locale in C C.UTF-8 POSIX en_GB.UTF-8 xx_XX; do
        diff <(LC_ALL=$locale filigrane help publish) <(LC_ALL=C filigrane help publish)
        LC_ALL=$locale filigrane --help | grep -q '^Commands:'
    done
}

@test "what programs read is the same in French" {
    quick_profile
    telling_photo shoot/a.jpg 400 300
    photo shoot/b.jpg 400 300
    cut_short shoot/b.jpg 40
    filigrane publish shoot -o english -q --json >english.lines || [ $? -eq 1 ]
    french publish shoot -o french -q --json >french.lines || [ $? -eq 1 ]
    [ "$(fingerprint english)" = "$(fingerprint french)" ]
    diff <(head -2 english.lines) <(head -2 french.lines)
    diff <(filigrane check --json shoot) <(french check --json shoot)
    diff <(filigrane check --sarif shoot) <(french check --sarif shoot)
    diff <(filigrane profile gallery) <(french profile gallery)
}

@test "the catalogue has every text and no other, and cards keep within 80 columns" {
    "$FG_SOURCE_DIR/po/extract" "$FG_BUILD_DIR" >all.pot
    [ "$(grep -c '^msgid' all.pot)" -gt 250 ]
    msgcmp "$FG_SOURCE_DIR/po/fr.po" all.pot
    diff <(msgattrib --no-wrap --no-obsolete "$FG_SOURCE_DIR/po/fr.po" | grep ^msgid | sort) <(grep ^msgid all.pot | sort; echo 'msgid ""') >difference ||
        no grep '^< msgid "[^"]' difference
    telling_photo a.jpg 400 300
    run --separate-stderr french check a.jpg
    no grep -qE '^.{81}' <<<"$output"
}

@test "failures of every room come in French, on the screen and on a proof" {
    quick_profile
    photo shoot/cut.jpg 400 300
    cut_short shoot/cut.jpg 60
    photo shoot/john.jpg 400 300 -Artist=John -Copyright='© John'
    printf 'x' >notes.jpg
    printf 'rights:\n\tcreator: x\n' >tab.yaml
    {
        french publish shoot -o web
        french publish nowhere -o web
        french publish shoot -o web --set quality.jpeg=high
        french publish shoot -o web -p ./tab.yaml
        french publish shoot -o web -p galery
        french publish shoot -o web -p ./galery.yaml
        french publish shoot --out web
        french check notes.jpg nowhere.jpg shoot -q
        french tag --in-place shoot
        french site nowhere --base-url https://x.example/ -o out
        french init --creator Zoé --language de
        french publish shoot -o web --prune --shard 1/2
    } >/dev/null 2>said || true
    cat said
    [ "$(wc -l <said)" -gt 20 ]
    no grep -qE "can't|expected|the file|unknown|there is|did you mean|No such|damaged|another owner|warning" said
    # French has quotes of its own, and one colon in what one part says.
    no grep -qE '"[^"]*"|`|attendu' said
    # French spaces a colon on both sides; a place in a file keeps its form.
    no grep -qE '^[^ ].*[[:alpha:]»)]: ' said
    french proof web -o proof.html || true
    grep -q 'data-fr="[^"]*autre auteur' proof.html
    grep -q 'data-fr="[^"]*\(coup\|abîm\|fin\)' proof.html
}

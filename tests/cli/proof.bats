#!/usr/bin/env bats
load common

# Photos that went well, one that told too much, and one that failed.
published() {
    quick_profile
    sed -i 's/formats: \[jpeg\]/formats: [jpeg, webp]/' filigrane.yaml
    telling_photo shoot/a.jpg 500 400
    photo shoot/deep/b.jpg 300 400
    photo shoot/c.jpg 300 400
    head -c 4000 shoot/c.jpg >cut
    mv cut shoot/c.jpg
    filigrane publish shoot -o web -q || true
}

@test "one file shows each published picture, byte for byte" {
    published
    run --separate-stderr filigrane proof web
    [ "$status" -eq 0 ]
    [[ "$output" = "Wrote proof.html: 2 photos, "* ]]
    [ "$(grep -o 'src="data:image/[a-z]*;base64,[^"]*' proof.html | wc -l)" -eq 2 ]
    grep -o 'src="data:image/[a-z]*;base64,[^"]*' proof.html | while IFS=, read -r _ data; do base64 -d <<<"$data" | sha256sum; done | sort >shown
    sha256sum web/*.jpg web/*.webp web/deep/* | sed 's/ .*/  -/' | sort >made
    [ "$(comm -12 shown made | wc -l)" -eq 2 ]
}

@test "the page names no other place: no address is fetched, no file is linked" {
    published
    filigrane proof web -q
    no grep -qE '(src|srcset|poster|action|data)="?https?:|@import|url\(https?:|<link [^>]*href="[^d]|<iframe|<base|fetch\(|XMLHttpRequest|sendBeacon|localStorage|cookie' proof.html
    [ "$(grep -o 'href="[^"]*' proof.html | grep -vE '^href="(https://example.org/|#photos$|data:,$)' | wc -l)" -eq 0 ]
}

@test "the policy of the page allows its own script and style by their digests and nothing else" {
    published
    filigrane proof web -q
    python3 - proof.html <<'EOT'
import base64, hashlib, re, sys
page = open(sys.argv[1], encoding="utf-8", newline="").read()
policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
digest = lambda tag: "'sha256-" + base64.b64encode(hashlib.sha256(re.search(f"<{tag}>(.*?)</{tag}>", page, re.S)[1].encode()).digest()).decode() + "'"
assert policy == f"default-src 'none'; img-src data:; style-src {digest('style')}; script-src {digest('script')}; base-uri 'none'; form-action 'none'", policy
assert len(re.findall("<script", page)) == len(re.findall("<style", page)) == 1
assert " style=" not in page and not re.search(r"\son\w+=", page)
EOT
}

@test "the page says what was removed by kind and never by value" {
    published
    filigrane proof web -q
    grep -q 'data-fr="coordonnées GPS">coordinates<' proof.html
    grep -q 'camera serial number' proof.html
    no grep -qE 'Grenoble|0123456789|998877|Jane Doe|janes-laptop|my eyes only|45\.3|Rue X' proof.html
}

@test "rights stand there as written, failures on top" {
    published
    filigrane proof web -q
    for text in 'Élodie Desprès' 'Atelier Desprès' '© 2026 Élodie Desprès. Tous droits réservés.' 'lang="fr">Toute reproduction' \
        'lang="en">Any reproduction' 'href="https://example.org/droits"' 'droits@example.org'; do
        grep -qF "$text" proof.html
    done
    grep -qF '1 photo was not published' proof.html
    [ "$(grep -nF 'class="problems"' proof.html | cut -d: -f1)" -lt "$(grep -nF 'id="photos"' proof.html | cut -d: -f1)" ]
    grep -qF '<b dir="auto">c.jpg</b>' proof.html
}

@test "the same files give the same page" {
    published
    filigrane proof web -q -o one.html
    TZ=Asia/Tokyo LC_ALL=fr_FR.UTF-8 filigrane proof web/ -q -o two.html
    cmp one.html two.html
}

@test "with the originals, and only then, the page holds pictures without marks, and says so" {
    published
    filigrane proof web -q -o with.html --originals shoot
    filigrane proof web -q -o without.html
    [ "$(grep -c 'class="bare"' with.html)" -eq 2 ]
    grep -q 'without their marks' with.html
    no grep -qE 'class="bare"|without their marks' without.html
    grep -o 'class="bare"[^>]*base64,[^"]*' with.html | head -1 | sed 's/.*base64,//' | base64 -d >bare.webp
    [ "$(vipsheader -f width bare.webp)" -ge 300 ]
    [ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'filigrane-proof-*' -newer web/filigrane.json)" ]
    sha256sum -c --quiet <<<"$(jq -r '.photos[] | .sha256 + "  shoot/" + .source' web/filigrane.json)"
}

@test "an original that is gone or another one is named, and the page comes all the same" {
    published
    rm shoot/deep/b.jpg
    photo shoot/a.jpg 480 400
    run --separate-stderr filigrane proof web --originals shoot
    [ "$status" -eq 1 ]
    [[ "$stderr" = *a.jpg* && "$stderr" = *deep/b.jpg* ]]
    [ "$(grep -c 'class="bare"' proof.html)" -eq 0 ]
    grep -q 'deep/b.jpg: there is no original' proof.html
}

@test "a picture that is gone or was changed is not shown, but told of" {
    published
    for file in web/*.jpg web/*.webp; do echo >>"$file"; done
    rm -r web/deep
    run --separate-stderr filigrane proof web
    [ "$status" -eq 1 ]
    [[ "$stderr" = *a-320*changed* && "$stderr" = *deep/b-240* ]]
    no grep -q 'src="data:image' proof.html
    [ "$(grep -c 'class="gone"' proof.html)" -eq 2 ]
}

@test "a page inside DIR, without a folder, or of no manifest is exit 2, and nothing is written" {
    published
    mkdir other
    for page in web/proof.html web/deep/proof.html nowhere/proof.html other other/../web/x.html; do
        run filigrane proof web -o "$page"
        [ "$status" -eq 2 ]
    done
    (cd web && run filigrane proof . && [ "$status" -eq 2 ])
    run filigrane proof shoot
    [ "$status" -eq 2 ]
    run filigrane proof web --originals nowhere
    [ "$status" -eq 2 ]
    run filigrane proof
    [ "$status" -eq 2 ]
    [ ! -e proof.html ]
    [ "$(find web other -name '*.html' | wc -l)" -eq 0 ]
}

@test "names and texts that look like markup stay text" {
    quick_profile
    photo 'shoot/"><img src=x onerror=alert(1)>.jpg' 400 300 -XMP-dc:Title='</script><script>alert(2)</script>' \
        -XMP-dc:Description='<!--photos--> & "quotes"'
    filigrane publish shoot -o web -q
    filigrane proof web -q
    no grep -qE '<img src=x|alert\(2\)</script>' proof.html
    grep -qF '&lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt;' proof.html
    grep -qF '&lt;!--photos--&gt; &amp; &quot;quotes&quot;' proof.html
}

@test "a page that can't be where it is asked for is told with the reason" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o web -q
    run filigrane proof web -o nowhere/p.html
    [ "$status" -eq 2 ]
    [[ "$output" = *'nowhere/p.html: there is no folder nowhere for this page'* ]]
    run filigrane proof web -o shoot
    [ "$status" -eq 2 ]
    [[ "$output" = *'shoot is a folder: name the page in it, such as shoot/proof.html'* ]]
    mkdir ro && chmod a-w ro
    run bound_by_modes proof web -o ro/p.html
    [ "$status" -eq 3 ]
    [[ "$output" = *'ro/p.html: '* ]]
}

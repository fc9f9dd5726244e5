#!/usr/bin/env bats
load common

# Where `./dev test` has unpacked servers that are not installed on this machine.
setup_file() {
    export SERVERS=${FG_BUILD_DIR:?}/servers
    PATH=$PATH:/usr/sbin:$SERVERS/usr/sbin:$SERVERS/usr/bin
}

# A test that fails must leave no server behind: bats would wait for it.
teardown() {
    local file
    for file in nginx.pid apache.pid caddy.pid; do
        [ ! -s "$BATS_TEST_TMPDIR/$file" ] || kill "$(cat "$BATS_TEST_TMPDIR/$file")" 2>/dev/null || true
    done
}

# A manifest with names and texts that are out to break what is made of them: manifest [DATA_MINING [POLICY]]
manifest() {
    local prohibited='"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"'
    mkdir -p web
    cat >web/filigrane.json <<EOT
{"filigrane": 1, "profile": "gallery",
 "rights": {"creator": ["Élodie Desprès"], "owner": "Atelier", "credit": "Atelier </script><b>", "terms": {"en": "No."},
  "web_statement": "https://example.org/droits", "licensor": [{"name": "A", "url": "https://example.org/licence?a=1&b=2", "email": null}],
  "data_mining": ${1-$prohibited}, "tdm_policy": ${2-null}},
 "photos": [
  {"source": "a & b/it's <1>, \"x\".jpg", "sha256": "00", "width": 6000, "height": 4000, "notice": "© 2026 Élodie Desprès", "title": null,
   "caption": "A \"quoted\" <caption> & more", "alt": null, "date": null, "colour": "#6b7a8c", "placeholder": "data:image/webp;base64,AAAA", "removed": [],
   "derivatives": [
    {"name": "large", "path": "a & b/it's <1>, \"x\"-2048.jpg", "format": "jpeg", "width": 2048, "height": 1365, "bytes": 9, "sha256": "1", "marks": []},
    {"name": "large", "path": "a & b/it's <1>, \"x\"-2048.webp", "format": "webp", "width": 2048, "height": 1365, "bytes": 9, "sha256": "1", "marks": []},
    {"name": "large", "path": "a & b/it's <1>, \"x\"-2048.avif", "format": "avif", "width": 2048, "height": 1365, "bytes": 9, "sha256": "1", "marks": []},
    {"name": "medium", "path": "a & b/it's <1>, \"x\"-1280.jpg", "format": "jpeg", "width": 1280, "height": 853, "bytes": 9, "sha256": "1", "marks": []},
    {"name": "thumb", "path": "a & b/it's <1>, \"x\"-480.jpg", "format": "jpeg", "width": 480, "height": 480, "bytes": 9, "sha256": "1", "marks": []}]},
  {"source": "b.png", "sha256": "00", "width": 300, "height": 200, "notice": "© Élodie Desprès", "title": "T", "caption": null, "alt": "An alt text",
   "date": null, "colour": "red;}", "placeholder": "data:text/html,<script>", "removed": [],
   "derivatives": [{"name": "large", "path": "b-300.png", "format": "png", "width": 300, "height": 200, "bytes": 9, "sha256": "1", "marks": []}]}],
 "failed": []}
EOT
}

# Prints each start tag of a page, one a line, with its attributes as a browser reads them.
tags() {
    python3 - "$1" <<'EOT'
import sys
from html.parser import HTMLParser
class Tags(HTMLParser):
    def handle_starttag(self, tag, attributes):
        print(tag, *(f"{name}={value}" for name, value in attributes), sep="\t")
Tags().feed(open(sys.argv[1], encoding="utf-8").read())
EOT
}

@test "a photo's picture offers AVIF, WebP and JPEG at their true widths, and a crop is none of them" {
    manifest
    filigrane site web --base-url https://example.org/p -o out -q
    tags out/pictures.html >tags
    at=https://example.org/p/a%20%26%20b/it%27s%20%3C1%3E%2C%20%22x%22
    [ "$(grep -c '^picture' tags)" -eq 2 ]
    grep -qF "source	type=image/avif	srcset=$at-2048.avif 2048w	sizes=(min-width: 2048px) 2048px, 100vw" tags
    grep -qF "source	type=image/webp	srcset=$at-2048.webp 2048w	sizes=" tags
    grep -qF "img	src=$at-2048.jpg	srcset=$at-1280.jpg 1280w, $at-2048.jpg 2048w	sizes=(min-width: 2048px) 2048px, 100vw	width=2048	height=1365	" tags
    no grep -q -- -480.jpg tags
    [ "$(sed -n '/^source/p;/^img/p' tags | head -3 | cut -f1,2 | tr '\n\t' '  ')" = "source type=image/avif source type=image/webp img src=$at-2048.jpg " ]
}

@test "alt is the alt text, else the caption, and what is no colour or placeholder stays out" {
    manifest
    filigrane site web --base-url https://example.org/p -o out -q
    tags out/pictures.html >tags
    grep -qF 'alt=A "quoted" <caption> & more	loading=lazy	decoding=async	style=background: #6b7a8c url(data:image/webp;base64,AAAA) center / cover no-repeat' tags
    grep -qF "data-source=a & b/it's <1>, \"x\".jpg" tags
    grep -q 'b-300.png.*alt=An alt text' tags
    no grep -qE 'red|text/html|^script|^caption|^b$' tags
}

@test "each file has an ImageObject with licence, creator, credit and notice" {
    manifest
    filigrane site web --base-url https://example.org/p/ -o out -q
    [ "$(jq length out/images.jsonld)" -eq 6 ]
    diff - <(jq -S '.[0]' out/images.jsonld) <<'EOT'
{
  "@context": "https://schema.org/",
  "@type": "ImageObject",
  "acquireLicensePage": "https://example.org/licence?a=1&b=2",
  "caption": "A \"quoted\" <caption> & more",
  "contentUrl": "https://example.org/p/a%20%26%20b/it%27s%20%3C1%3E%2C%20%22x%22-2048.jpg",
  "copyrightNotice": "© 2026 Élodie Desprès",
  "creator": {
    "@type": "Person",
    "name": "Élodie Desprès"
  },
  "creditText": "Atelier </script><b>",
  "encodingFormat": "image/jpeg",
  "height": 1365,
  "license": "https://example.org/droits",
  "width": 2048
}
EOT
    no grep -q '[<>&]' out/images.jsonld
}

@test "a prohibition is reserved in tdmrep.json, robots.txt and the page" {
    manifest '"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING"' '"https://example.org/tdm.json"'
    filigrane site web --base-url https://example.org/my%20photos -o out -q
    [ "$(jq -c . out/.well-known/tdmrep.json)" = '[{"location":"/my%20photos/","tdm-reservation":1,"tdm-policy":"https://example.org/tdm.json"}]' ]
    grep -qx 'User-agent: GPTBot' out/robots.txt
    [ "$(tail -1 out/robots.txt)" = 'Disallow: /my%20photos/' ]
    no grep -qiE '^User-agent: (\*|Googlebot|Googlebot-Image|Bingbot)$' out/robots.txt
    tags out/pictures.html | grep -qF 'meta	name=tdm-reservation	content=1'
    tags out/pictures.html | grep -qF 'meta	name=tdm-policy	content=https://example.org/tdm.json'
}

@test "what is allowed is said so, and what is not said stays unsaid" {
    manifest '"http://ns.useplus.org/ldf/vocab/DMI-ALLOWED"' '"https://example.org/tdm.json"'
    filigrane site web --base-url https://example.org/ -o out -q
    [ "$(jq -c . out/.well-known/tdmrep.json)" = '[{"location":"/","tdm-reservation":0}]' ]
    grep -q 'tdm-reservation: 0' out/headers/_headers
    no grep -qE '^(User-agent|Disallow)' out/robots.txt
    manifest null
    filigrane site web --base-url https://example.org/ -o out -q
    [ "$(jq -c . out/.well-known/tdmrep.json)" = '[]' ]
    no grep -rq 'tdm-reservation' out
}

# Pictures to be asked for, and a policy whose bytes mean something to servers.
served() {
    manifest '"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"' '"https://example.org/tdm 100%25 $host {y} %{z}e.json"'
    policy='https://example.org/tdm%20100%25%20%24host%20%7By%7D%20%25%7Bz%7De.json'
    filigrane site web --base-url 'https://example.org/my ph(o)tos$/é' -o out -q
    below='my ph(o)tos$/é'
    mkdir -p "www/$below/.filigrane" www/other
    for file in "$below/a.jpg" "$below/b.avif" "$below/c.txt" "$below/.filigrane/state.json" other/a.jpg; do
        echo x >"www/$file"
    done
    chmod -R a+rX www
}

# Asks a server for what it says of each kind of file: asks CURL-ARGUMENT...
asks() {
    local url=http://localhost path=/my%20ph%28o%29tos%24/%C3%A9
    curl -sS -D pictures "$@" $url$path/a.jpg -o a.jpg
    curl -sS -D avif "$@" $url$path/b.avif -o /dev/null
    curl -sS -D elsewhere "$@" $url/other/a.jpg $url$path/c.txt
    curl -sS -D state "$@" $url$path/.filigrane/state.json
}

answers_are_right() {
    grep -qiE '^tdm-reservation: 1.?$' pictures
    tr -d '\r' <pictures | grep -qixF "tdm-policy: $policy"
    grep -qiE '^tdm-reservation: 1.?$' avif
    grep -qiE '^content-type: image/avif' avif
    grep -q ' 200' elsewhere
    no grep -qi '^tdm-' elsewhere
    grep -qE '^HTTP/[0-9.]+ 40[34]' state
    [ "$(cat a.jpg)" = x ]
}

@test "nginx takes the snippet and sends the header with pictures only" {
    command -v nginx >/dev/null || skip "no nginx"
    types=/etc/nginx/mime.types
    [ -e $types ] || types=$SERVERS$types
    served
    cat >nginx.conf <<EOT
user $(id -un);
pid $PWD/nginx.pid;
error_log $PWD/error.log;
events {}
http {
    include $types;
    access_log off;
    client_body_temp_path $PWD/t1; proxy_temp_path $PWD/t2; fastcgi_temp_path $PWD/t3; uwsgi_temp_path $PWD/t4; scgi_temp_path $PWD/t5;
    server { listen unix:$PWD/socket; root $PWD/www; include $PWD/out/headers/nginx.conf; }
}
EOT
    nginx -q -t -p "$PWD" -c "$PWD/nginx.conf" -e "$PWD/error.log"
    nginx -p "$PWD" -c "$PWD/nginx.conf" -e "$PWD/error.log" 3>&-
    asks --unix-socket socket
    nginx -p "$PWD" -c "$PWD/nginx.conf" -e "$PWD/error.log" -s stop
    answers_are_right
}

@test "Apache takes the snippet and sends the header with pictures only" {
    server=$(command -v apache2 || command -v httpd) || skip "no Apache"
    modules=/usr/lib/apache2/modules
    [ -d $modules ] || skip "Apache's modules lie elsewhere"
    served
    port=$((20000 + RANDOM))
    cat >apache.conf <<EOT
ServerName localhost
ServerRoot "$PWD"
PidFile "$PWD/apache.pid"
DefaultRuntimeDir "$PWD"
ErrorLog "$PWD/error.log"
Listen 127.0.0.1:$port
$(for module in mpm_event authz_core authn_core mime headers; do echo "LoadModule ${module}_module $modules/mod_$module.so"; done)
TypesConfig /etc/mime.types
DocumentRoot "$PWD/www"
<Directory "$PWD/www">
    Require all granted
</Directory>
Include "$PWD/out/headers/apache.conf"
EOT
    chmod a+x . .. ../.. 2>/dev/null || true
    "$server" -t -f "$PWD/apache.conf"
    "$server" -f "$PWD/apache.conf" -k start 3>&-
    asks --connect-to "localhost:80:127.0.0.1:$port"
    "$server" -f "$PWD/apache.conf" -k stop
    answers_are_right
}

@test "Caddy takes the snippet and sends the header with pictures only" {
    command -v caddy >/dev/null || skip "no caddy"
    served
    cat >Caddyfile <<EOT
{
    admin unix/$PWD/admin
    auto_https off
}
http://localhost {
    bind unix/$PWD/socket
    root * $PWD/www
    import $PWD/out/headers/Caddyfile
    file_server
}
EOT
    caddy validate --config Caddyfile >/dev/null 2>&1
    caddy start --config Caddyfile --pidfile caddy.pid >log 2>&1 3>&-
    asks --unix-socket socket
    caddy stop --address "unix/$PWD/admin" >log 2>&1
    answers_are_right
}

@test "a wrong base, folder, manifest or version is exit 2 and writes nothing" {
    manifest
    for base in example.org /photos ftp://example.org/ https:// 'https://example.org/?q=1' 'https://example.org/#f' https://u@example.org/ \
        https://example.org/a//b/ https://example.org/%00/ https://example.org/%0a/; do
        run filigrane site web --base-url "$base" -o out
        [ "$status" -eq 2 ]
    done
    run filigrane site nowhere --base-url https://example.org/ -o out
    [ "$status" -eq 2 ]
    run filigrane site web --base-url https://example.org/
    [ "$status" -eq 2 ]
    for edit in '.filigrane = 2' '.filigrane = "1"' 'del(.photos)' '.photos[0].derivatives[0].path = "../x.jpg"' \
        '.photos[0].derivatives[0].path = "/x.jpg"' '.photos[0].derivatives[0].width = 0' '.photos[0].derivatives = []' '.photos[1].source = 7'; do
        manifest
        jq "$edit" web/filigrane.json >m
        mv m web/filigrane.json
        run filigrane site web --base-url https://example.org/ -o out
        [ "$status" -eq 2 ]
        [[ "$output" = *filigrane.json* ]]
    done
    echo '{' >web/filigrane.json
    run filigrane site web --base-url https://example.org/ -o out
    [ "$status" -eq 2 ]
    [ ! -e out ]
}

@test "a robots.txt that someone wrote is not written over" {
    manifest
    mkdir out
    echo 'User-agent: *' >out/robots.txt
    run filigrane site web --base-url https://example.org/ -o out
    [ "$status" -eq 2 ]
    [[ "$output" = *robots.txt* ]]
    [ "$(find out -type f)" = out/robots.txt ]
    [ "$(cat out/robots.txt)" = 'User-agent: *' ]
    rm out/robots.txt
    filigrane site web --base-url https://example.org/ -o out -q
    filigrane site web --base-url https://example.org/ -o out -q
}

@test "a photo that has no words for those who don't see it is told of" {
    manifest
    jq '.photos[0].caption = null' web/filigrane.json >m
    mv m web/filigrane.json
    run --separate-stderr filigrane site web --base-url https://example.org/ -o out
    [ "$status" -eq 0 ]
    [[ "$stderr" = *"1 of 2 photos"* ]]
    [[ "$output" = *"8 files for 2 photos"* ]]
    tags out/pictures.html | grep -q '	alt=	'
}

@test "what publish wrote becomes a site that names each of its files once" {
    profile
    telling_photo "shoot/été/a.jpg" 900 600
    filigrane publish shoot -o web -q
    filigrane site web --base-url https://example.org/p -o out -q
    [ "$(jq '[.[].contentUrl] | unique | length' out/images.jsonld)" -eq 5 ]
    jq -r '.[].contentUrl' out/images.jsonld | grep -qx 'https://example.org/p/%C3%A9t%C3%A9/a-640.avif'
    tags out/pictures.html | grep -q 'srcset=https://example.org/p/%C3%A9t%C3%A9/a-640.jpg 640w	'
    tags out/pictures.html | grep -q 'alt=La dent, au matin'
}

@test "a photo without words is told with the way to give it some" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -o web -q
    filigrane site web --base-url https://x.example/ -o out 2>said
    grep -q 'STEM.xmp beside it' said
    exiftool -q -o shoot/a.xmp -XMP-dc:Description='A hut' shoot/a.jpg
    filigrane publish shoot -o web -q
    filigrane site web --base-url https://x.example/ -o out 2>said
    no grep -q STEM said
    grep -q 'alt="A hut"' out/pictures.html
}

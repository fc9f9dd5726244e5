#!/usr/bin/env bats
# Marks as they come out of whole runs, measured by vips: a marked picture beside the same picture without its mark.
load common

# marks_profile [MARK...]: one text mark for each MARK, "NAME: YAML"; sizes are added by size().
marks_profile() {
    cat >filigrane.yaml <<'EOF'
extends: gallery
rights: { creator: Élodie Desprès, copyright: "© {year} {creator}" }
output: { name: "{stem}-{name}.{ext}" }
marks:
  veil: ~
  signature: { text: "© {creator}", place: bottom-right }
EOF
    printf '  %s\n' "$@" >>filigrane.yaml
    echo 'derivatives:' >>filigrane.yaml
}

# size NAME LONG-EDGE MARKS: a size as PNG.
size() {
    echo "  - { name: $1, long_edge: $2, formats: [png], marks: [$3] }" >>filigrane.yaml
}

# plain FILE WIDTH HEIGHT LEVEL: a picture of one grey under the noise of a sensor.
plain() {
    mkdir -p "$(dirname "$1")"
    vips gaussnoise grey.v "$2" "$3" --mean "$4" --sigma 2 --seed 5
    vips linear grey.v level.v 1 0 --uchar
    vips bandjoin "level.v level.v level.v" "$1"
}

# lightness FILE OUT: its L*.
lightness() {
    vips colourspace "$1" lab.v lab
    vips extract_band lab.v "$2" 0
}

# steps MARKED BARE OUT: what the mark adds to L*.
steps() {
    lightness "$1" marked.v
    lightness "$2" bare.v
    vips subtract marked.v bare.v "$3"
}

# where A B: the box in which two pictures differ: "left top width height".
where() {
    vips subtract "$1" "$2" apart.v
    vips abs apart.v apart-abs.v
    vips find_trim apart-abs.v --background 0 --threshold 0.5 | tr '\n' ' '
}

# holds CONDITION: whether an arithmetic condition is true.
holds() {
    awk "BEGIN { exit !($1) }" || {
        echo "not so: $1"
        return 1
    }
}

@test "a signature keeps its step in lightness on snow and on night" {
    marks_profile
    size marked 1024 signature
    size bare 1024 ""
    # One name, and so one variation: the grey picture shows where the strokes are.
    plain grey/a.png 1024 683 110
    plain snow/a.png 1024 683 250
    plain night/a.png 1024 683 5
    for ground in grey snow night; do
        filigrane publish $ground -o out-$ground -q
        steps out-$ground/a-marked.png out-$ground/a-bare.png $ground.v
    done
    vips relational_const grey.v strokes.v more 9
    vips linear strokes.v strokes-share.v 0.00392156862745098 0
    share=$(vips avg strokes-share.v)
    # More than a stroke's worth of picture, and less than a box.
    holds "$share > 0.0005 && $share < 0.01"
    for ground in grey snow night; do
        vips multiply $ground.v strokes-share.v on.v
        step=$(awk "BEGIN { print $(vips avg on.v) / $share }")
        echo "$ground: $step"
        case $ground in
            snow) holds "$step < -12 && $step > -27" ;;
            *) holds "$step > 12 && $step < 27" ;;
        esac
    done
}

@test "the step that a run tells is the one that is measured" {
    marks_profile
    size marked 1024 signature
    size bare 1024 ""
    plain shoot/a.png 1024 683 110
    told=$(filigrane publish shoot -o out --json 2>/dev/null | jq 'select(.source).marks[0].visibility')
    steps out/a-marked.png out/a-bare.png step.v
    # Pixels that the strokes cover whole have at least two thirds of the step.
    vips relational_const step.v whole.v more 10
    vips linear whole.v whole-share.v 0.00392156862745098 0
    vips multiply step.v whole-share.v on.v
    measured=$(awk "BEGIN { print $(vips avg on.v) / $(vips avg whole-share.v) }")
    echo "told $told, measured $measured"
    holds "($told - $measured) ^ 2 < 4"
}

@test "nine places land where they say, and no byte outside a mark's box changes" {
    places="top-left top top-right left centre right bottom-left bottom bottom-right"
    lines=()
    for place in $places; do
        lines+=("m-$place: { text: \"© {creator}\", place: $place }")
    done
    marks_profile "${lines[@]}"
    for place in $places; do
        size "$place" 1024 "m-$place"
    done
    size bare 1024 ""
    photo shoot/a.jpg 1024 683
    filigrane publish shoot -o out -q
    # 683 px high: a width of 184 px and a margin of 17; 4 px more for what varies.
    number=0
    for place in $places; do
        read -r left top width height <<<"$(where out/a-"$place".png out/a-bare.png)"
        echo "$place: $left $top $width $height"
        holds "$width > 170 && $width < 196 && $height > 12 && $height < 34"
        case $((number % 3)) in
            0) holds "$left >= 13 && $left <= 21" ;;
            1) holds "$left + $width / 2 > 506 && $left + $width / 2 < 518" ;;
            2) holds "$left + $width >= 1003 && $left + $width <= 1011" ;;
        esac
        case $((number / 3)) in
            0) holds "$top >= 13 && $top <= 23" ;;
            1) holds "$top + $height / 2 > 333 && $top + $height / 2 < 350" ;;
            2) holds "$top + $height >= 660 && $top + $height <= 670" ;;
        esac
        number=$((number + 1))
    done
}

@test "a small picture carries its signature in the lower third, a tiny one none" {
    marks_profile 'tiles: { text: "© {creator}", place: tiled }'
    for edge in 319 320 639; do
        size "e$edge" $edge "signature, tiles"
        size "b$edge" $edge ""
    done
    photo shoot/a.jpg 1024 683
    filigrane publish shoot -o out -q
    [ "$(where out/a-e319.png out/a-b319.png | awk '{ print $3 * $4 }')" = 0 ]
    for edge in 320 639; do
        read -r left top width height <<<"$(where out/a-e$edge.png out/a-b$edge.png)"
        high=$(vipsheader -f height out/a-e$edge.png)
        echo "$edge: $left $top $width $height of $high"
        holds "$width > 0.45 * $high && $width < 0.6 * $high && $top > 0.66 * $high && $top + $height <= $high"
        holds "($left + $width / 2 - $edge / 2) ^ 2 < 25"
    done
    [ "$(jq -c '[.photos[0].derivatives[] | select(.marks != []) | .marks] | unique' out/filigrane.json)" = '[["signature"]]' ]
}

@test "two sizes of one photo carry the same mark" {
    marks_profile
    for edge in 2400 1200; do
        size "m$edge" $edge signature
        size "b$edge" $edge ""
    done
    plain shoot/a.png 2400 1600 110
    plain shoot/b.png 2400 1600 110
    filigrane publish shoot -o out -q
    for photo in a b; do
        for edge in 2400 1200; do
            steps out/$photo-m$edge.png out/$photo-b$edge.png step.v
            # The corner that holds the signature, at one size.
            scale=$((edge / 1200))
            vips extract_area step.v corner.v $((950 * scale)) $((744 * scale)) $((240 * scale)) $((48 * scale))
            vips shrink corner.v $photo-$edge.v $scale $scale
        done
    done
    correlation() {
        vips multiply "$1" "$2" product.v
        awk "BEGIN { print ($(vips avg product.v) - $(vips avg "$1") * $(vips avg "$2")) / ($(vips deviate "$1") * $(vips deviate "$2")) }"
    }
    same=$(correlation a-2400.v a-1200.v)
    other=$(correlation a-1200.v b-1200.v)
    echo "two sizes: $same; two photos: $other"
    holds "$same > 0.97"
    # Another photo's mark is near it but not the same, or averaging many would take it away.
    holds "$other < $same - 0.05"
}

@test "another key gives other marks, the same key the same bytes" {
    marks_profile
    size web 700 signature
    photo shoot/a.jpg 700 500
    filigrane publish shoot -o one -q
    LC_ALL=C TZ=Asia/Tokyo filigrane publish shoot -o two -q -j 3
    cmp one/a-web.png two/a-web.png
    FILIGRANE_KEY=ffeeddccbbaa99887766554433221100 filigrane publish shoot -o three -q
    no cmp -s one/a-web.png three/a-web.png
}

@test "without variation the key changes nothing" {
    marks_profile 'signature: { text: "© {creator}", place: bottom-right, vary: false }'
    sed -i '/place: bottom-right }$/d' filigrane.yaml
    size web 700 signature
    photo shoot/a.jpg 700 500
    filigrane publish shoot -o one -q
    FILIGRANE_KEY=ffeeddccbbaa99887766554433221100 filigrane publish shoot -o two -q
    cmp one/a-web.png two/a-web.png
}

@test "a character that the font lacks stops the run before any work, and is named" {
    marks_profile
    size web 700 signature
    photo shoot/a.jpg 700 500
    run filigrane publish shoot -o out --set 'marks.signature.text=© 漢 {creator}'
    [ "$status" -eq 2 ]
    [[ "$output" = *signature* && "$output" = *漢* ]]
    [ ! -e out ]
}

@test "a font that is not there stops the run before any work" {
    marks_profile
    size web 700 signature
    photo shoot/a.jpg 700 500
    run filigrane publish shoot -o out --set 'marks.signature.font=No Such Grotesk'
    [ "$status" -eq 2 ]
    [[ "$output" = *"No Such Grotesk"* ]]
    [ ! -e out ]
}

@test "a logo is drawn; one that asks for something outside stops the run before any work" {
    marks_profile 'seal: { logo: seal.svg, place: top-left, size: 12% }'
    size web 700 seal
    size bare 700 ""
    photo shoot/a.jpg 700 500
    echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10H0zM2 2v6h6V2z" fill="#fff"/></svg>' >seal.svg
    filigrane publish shoot -o out -q
    read -r left top width height <<<"$(where out/a-web.png out/a-bare.png)"
    echo "$left $top $width $height"
    # 12 % of 500 px, 12 px from the edges.
    holds "$width > 55 && $width < 67 && $height > 55 && $height < 67 && $left < 18 && $top < 18"
    rm -r out
    echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><image href="https://example.org/spy.png" width="9" height="9"/></svg>' >seal.svg
    run filigrane publish shoot -o out
    [ "$status" -eq 2 ]
    [[ "$output" = *seal* ]]
    [ ! -e out ]
}

@test "a mark that finds no room is told, and the manifest does not claim it" {
    marks_profile 'number: { text: "{stem}", place: top-left }'
    size web 500 "signature, number"
    size large 1000 "signature, number"
    photo shoot/a.jpg 1000 700
    run filigrane publish shoot -o out
    [ "$status" -eq 0 ]
    [[ "$output" = *"a.jpg: no mark number on “web”"* ]]
    [ "$(jq -c '[.photos[0].derivatives[] | {(.name): .marks}] | add' --sort-keys out/filigrane.json)" = '{"large":["signature","number"],"web":["signature"]}' ]
}

@test "text is drawn as it stands, never read as markup" {
    marks_profile 'tag: { text: "<b>&amp;</b>", place: bottom-right }' 'bare: { text: "&", place: bottom-right }'
    size tag 1000 tag
    size bare 1000 bare
    size none 1000 ""
    photo shoot/a.jpg 1000 700
    filigrane publish shoot -o out -q
    # Twelve characters in a line of 27 % are low; one would be high.
    read -r _ _ _ tag <<<"$(where out/a-tag.png out/a-none.png)"
    read -r _ _ _ bare <<<"$(where out/a-bare.png out/a-none.png)"
    holds "$tag < $bare / 3"
}

#!/usr/bin/env bats
load common

@test "the six built-in profiles are listed and each shows whole" {
    run filigrane profile
    [ "$status" -eq 0 ]
    for name in gallery discreet proof press social archive; do
        [[ "$output" = *"$name"* ]]
        filigrane profile $name >$name.yaml
        filigrane profile ./$name.yaml >again.yaml
        diff <(grep -v '^#' $name.yaml) <(grep -v '^#' again.yaml)
    done
}

@test "an unknown key is told by file, line and column" {
    printf 'extends: gallery\nrights:\n  creater: Jane\n' >filigrane.yaml
    run filigrane profile ./filigrane.yaml
    [ "$status" -eq 2 ]
    [[ "$output" = *"filigrane.yaml:3:3"* && "$output" = *creater* && "$output" = *creator* ]]
}

@test "a braced text without quotes gets the hint to quote it" {
    printf 'extends: gallery\nmarks:\n  signature:\n    text: {creator}\n' >filigrane.yaml
    run filigrane profile ./filigrane.yaml
    [ "$status" -eq 2 ]
    [[ "$output" = *"filigrane.yaml:4:"* && "$output" = *'"{creator}"'* ]]
}

@test "a profile that is not there names those that are" {
    run filigrane profile no-such
    [ "$status" -eq 2 ]
    [[ "$output" = *no-such* && "$output" = *gallery* ]]
}

@test "--set changes one setting" {
    filigrane profile gallery --set quality.jpeg=71 | grep -qE 'jpeg: 71'
    run filigrane profile gallery --set quality.jpeg=101
    [ "$status" -eq 2 ]
    [[ "$output" = *quality.jpeg* ]]
}

@test "the first user's own profile loads" {
    filigrane profile "$FG_SOURCE_DIR/samples/filigrane.yaml" | grep -q 'Christian Allegret'
}

@test "a font that is not installed is told with its place and what there is, before any photo" {
    printf 'extends: gallery\nmarks:\n  signature: { font: DejaVu Sanz }\n' >p.yaml
    photo shoot/a.jpg 400 300 -Copyright='© Jane' -Artist=Jane
    for command in 'profile ./p.yaml' 'publish shoot -o web -p ./p.yaml'; do
        # shellcheck disable=SC2086
        run --separate-stderr filigrane $command
        [ "$status" -eq 2 ]
        [[ "$stderr" = *'p.yaml:3:22: marks.signature.font: the font “DejaVu Sanz” is not installed; there are DejaVu Sans'* ]] ||
            { echo "$stderr"; return 1; }
    done
    [ ! -e web/a-480.jpg ]
}

@test "a slip in YAML is shown with its line and the way out; --set is no place in a file" {
    printf 'extends: gallery\nrights:\n\tcreator: Jane\n' >p.yaml
    run filigrane profile ./p.yaml
    [ "$status" -eq 2 ]
    [[ "${lines[0]}" = *'p.yaml:3:1: a tab '*'put spaces in its place' ]]
    [[ "${lines[1]}" = *'creator: Jane' ]]
    run filigrane profile gallery --set quality.jpeg=high
    [ "$status" -eq 2 ]
    [[ "$output" = 'filigrane profile: --set quality.jpeg=high: expected a whole number'* ]]
}

@test "a profile whose font is missing is told, and not shown as if it were whole" {
    quick_profile
    run --separate-stderr filigrane profile ./filigrane.yaml --set 'marks.signature.font=No Such Font'
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ "$stderr" = *'No Such Font'* ]]
}

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

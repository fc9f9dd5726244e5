#!/usr/bin/env bats
load common

@test "help, --help and --version work and go to standard output" {
    filigrane --help | grep -q publish
    filigrane help | grep -q publish
    filigrane --version | grep -q libvips
    for command in publish check tag scrub profile; do
        diff <(filigrane help $command) <(filigrane $command --help)
        filigrane help $command | grep -q "usage: filigrane $command"
    done
}

@test "no command is exit 2 with the usage on standard error" {
    run --separate-stderr filigrane
    [ "$status" -eq 2 ]
    [ -z "$output" ]
    [[ "$stderr" = *usage* ]]
}

@test "an unknown command or option is exit 2 and says where help is" {
    run filigrane pulbish
    [ "$status" -eq 2 ]
    [[ "$output" = *publish* ]]
    run filigrane publish --frobnicate x -o y
    [ "$status" -eq 2 ]
    [[ "$output" = *frobnicate* ]]
}

@test "-- ends the options" {
    quick_profile
    photo ./-x.jpg 400 300
    filigrane publish -o web -q -- -x.jpg
    [ -f web/-x-320.jpg ]
}

@test "-0 reads a list of paths separated by NUL" {
    quick_profile
    photo shoot/a.jpg 400 300
    photo $'shoot/b\nc.jpg' 400 300
    printf 'shoot/a.jpg\0shoot/b\nc.jpg\0' | filigrane publish -0 - -o web -q
    [ "$(find web -name '*.jpg' -printf x | wc -c)" -eq 2 ]
}

@test "a list of paths with no NUL in it, or one that can't be read, is refused in one line" {
    printf 'a.jpg\nb.jpg\n' >list
    run filigrane check -0 list
    [ "$status" -eq 2 ]
    [[ "${lines[0]}" = *"find -print0"* ]]
    mkdir folder
    run filigrane check -0 folder
    [ "$status" -eq 2 ]
    [ "${lines[0]}" = "filigrane check: --from0 can't read 'folder': Is a directory" ]
    # One path with a line break needs no NUL.
    photo $'a\nb.jpg' 400 300 -Artist=Jane -Copyright='© Jane'
    printf 'a\nb.jpg' | filigrane check -q -0 - || [ $? -eq 1 ]
}

@test "a list of paths is offered where many paths are taken" {
    for command in publish check tag scrub; do
        filigrane help $command | grep -q -- --from0
    done
    for command in init profile proof site; do
        no grep -q -- --from0 <(filigrane help $command)
        # It is taken everywhere.
        run filigrane $command -0 /dev/null --help
        [ "$status" -eq 0 ]
    done
}

@test "a value may follow its letter without a blank" {
    quick_profile
    photo shoot/a.jpg 400 300
    filigrane publish shoot -oweb -q -j2
    [ -f web/a-320.jpg ]
    run filigrane publish shoot -oweb -jx
    [ "$status" -eq 2 ]
}

@test "output that can't be written is no success" {
    [ -e /dev/full ] || skip "no /dev/full"
    status=0
    filigrane --help >/dev/full 2>err || status=$?
    [ "$status" -eq 3 ]
    [ -s err ]
}

@test "a slip in a command, an option, a group or a value is met with what was meant" {
    meant() {
        local words=$1
        shift
        run --separate-stderr filigrane "$@"
        [ "$status" -eq 2 ]
        [ -z "$output" ]
        [[ "$stderr" = *"$words"* ]] || { echo "$stderr"; return 1; }
    }
    mkdir shoot
    meant "did you mean '--version'?" version
    meant "did you mean 'publish'?" pubilsh
    meant "options come after it" --force shoot
    meant 'did you mean --output?' publish shoot --out web
    meant 'did you mean --dry-run?' tag shoot --dryrun
    meant 'did you mean caption?' scrub --keep captoin shoot -o clean
    meant 'did you mean "bottom-right"' publish shoot -o web --set marks.signature.place=bottom_right
    meant 'did you mean "jpeg"' publish shoot -o web --set 'derivatives=[{name: a, width: 9, formats: [jpg]}]'
    meant '-j takes a whole number from 1 on' publish shoot -o web -j 0
    meant '--max-failures takes a whole number' publish shoot -o web --max-failures=-1
    meant '--memory 10 is too little' publish shoot -o web --memory 10
    meant 'does not go with --dry-run' publish shoot -o web --dry-run --max-failures 3
    meant 'wants a value: -o DIR' publish shoot -o
    meant '--force takes no value' publish shoot -o web --force=yes
    meant 'there is no option -Z' publish shoot -Z
    [ ! -e web ] && [ ! -e clean ]
}

@test "the manual shows a dash as the value of -o, and not as an option" {
    for page in tag scrub; do
        groff -Tascii -mandoc -rLL=200n -P-bcou "$FG_BUILD_DIR/man/filigrane-$page.1" >page
        grep -q -- '-o - ' page
        no grep -q -- '-o -- ' page
    done
}

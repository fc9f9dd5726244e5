#!/usr/bin/env bats
# The installed tree: what is in it, and that it works from wherever it was put.
load common

setup_file() {
    export STAGE=$BATS_FILE_TMPDIR/stage
    DESTDIR=$STAGE cmake --install "${FG_BUILD_DIR:?}" >/dev/null
    PREFIX=$STAGE$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$FG_BUILD_DIR/CMakeCache.txt")
    export PREFIX
    PKG_CONFIG_PATH=$(dirname "$(find "$STAGE" -name filigrane.pc)")
    export PKG_CONFIG_PATH
}

@test "an installed tree holds program, library, headers, pkg-config file, manuals, completions and profiles" {
    [ -x "$PREFIX/bin/filigrane" ]
    [ -e "$PKG_CONFIG_PATH/../libfiligrane.so" ]
    [ -e "$PREFIX/share/man/man1/filigrane.1" ]
    [ -e "$PREFIX/share/man/man5/filigrane-profile.5" ]
    [ -e "$PREFIX/share/bash-completion/completions/filigrane" ]
    [ -e "$PREFIX/share/zsh/site-functions/_filigrane" ]
    [ -e "$PREFIX/share/fish/vendor_completions.d/filigrane.fish" ]
    diff <(ls "$FG_SOURCE_DIR/include/filigrane") <(ls "$PREFIX/include/filigrane")
    diff <(ls "$FG_SOURCE_DIR/profiles") <(ls "$PREFIX/share/filigrane/profiles")
    for command in $(filigrane --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
        [ -s "$PREFIX/share/man/man1/filigrane-$command.1" ]
    done
    no grep -rl "$FG_SOURCE_DIR" "$PREFIX/share" "$PKG_CONFIG_PATH"
}

@test "the installed program finds the profiles that were installed with it" {
    "$PREFIX/bin/filigrane" --version | grep -q '^filigrane'
    sed '1s/.*/# Another first line./' "$FG_SOURCE_DIR/profiles/gallery.yaml" >"$PREFIX/share/filigrane/profiles/other.yaml"
    "$PREFIX/bin/filigrane" profile | grep -q '^other  *Another first line.'
    no filigrane profile other
    rm "$PREFIX/share/filigrane/profiles/other.yaml"
}

@test "a program outside the tree is built through pkg-config and publishes a folder" {
    telling_photo shoot/a.jpg 800 600
    local sanitizers=()
    if ldd "$PREFIX/bin/filigrane" | grep -q libasan; then
        sanitizers=(-fsanitize=address,undefined)
    fi
    cp "$FG_SOURCE_DIR/examples/publish.c" .
    # shellcheck disable=SC2046 # the words of pkg-config are words
    "${CC:-cc}" -std=c17 -Wall -Wextra -Wpedantic -Werror "${sanitizers[@]}" publish.c -o publish \
        $(pkg-config --cflags --libs filigrane)
    LD_LIBRARY_PATH=$(pkg-config --variable=libdir filigrane) ./publish shoot web 'Jane Doe' >outcomes
    [ "$(jq -r .status outcomes)" = done ]
    # As docs/library.md has it, the loader needs no variable.
    grep -qF -- '-Wl,-rpath,$(pkg-config --variable=libdir filigrane)' "$FG_SOURCE_DIR/docs/library.md"
    # shellcheck disable=SC2046
    "${CC:-cc}" -std=c17 "${sanitizers[@]}" publish.c -o found $(pkg-config --cflags --libs filigrane) \
        -Wl,-rpath,"$(pkg-config --variable=libdir filigrane)"
    env -u LD_LIBRARY_PATH ./found shoot found-web 'Jane Doe' | jq -r .status | grep -qx done
    filigrane check web -q
    [ "$(exiftool -s3 -Artist web/a-800.jpg)" = 'Jane Doe' ]
}

@test "the example in the book is the example that was built" {
    diff "$FG_SOURCE_DIR/examples/publish.c" <(sed -n '/^```c$/,/^```$/p' "$FG_SOURCE_DIR/docs/library.md" | sed '1d;$d')
    [ "$(wc -l <"$FG_SOURCE_DIR/examples/publish.c")" -le 32 ]
}

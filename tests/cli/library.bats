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

@test "the program links no large library, and looks for none in the current folder" {
    no grep -qE 'lib(vips|heif|pango|rsvg|fontconfig)' <(ldd "$PREFIX/bin/filigrane")
    no grep -E 'path: \[(:|.*(::|:\]))' <(readelf -d "$FILIGRANE" "$PREFIX/bin/filigrane")
}

@test "JPEGs are published without the modules of other photos and of logos, and one that is missed is named" {
    photo jpeg/a.jpg 800 600
    mkdir png
    vips copy jpeg/a.jpg png/a.png
    local modules
    modules=$(dirname "$(find "$PREFIX" -name vips.so)")
    mkdir away
    mv "$modules"/{vips,heif,logos}.so away
    "$PREFIX/bin/filigrane" --version | grep -q 'libvips *not found'
    "$PREFIX/bin/filigrane" publish jpeg -o web --set rights.creator=Jane -q \
        --set 'derivatives=[{name: web, width: 800, formats: [jpeg, webp], marks: [signature]}]'
    run "$PREFIX/bin/filigrane" publish png -o web --set rights.creator=Jane -q
    mv away/*.so "$modules"
    [ "$status" -eq 2 ]
    [[ $output == *"a part of filigrane can't be loaded: $modules/vips.so: "* ]]
    [[ $output == *'the installation is incomplete: install filigrane again'* ]]
    "$PREFIX/bin/filigrane" publish png -o web --set rights.creator=Jane -q
}

@test "the fonts' and the logos' own modules are named when they are missed" {
    photo jpeg/a.jpg 800 600
    printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>' >logo.svg
    local modules module mark
    modules=$(dirname "$(find "$PREFIX" -name vips.so)")
    for module in letters logos; do
        mark='text: Jane'
        [ $module = letters ] || mark="logo: $PWD/logo.svg"
        mv "$modules/$module.so" away.so
        run "$PREFIX/bin/filigrane" publish jpeg -o web-$module --set rights.creator=Jane -q \
            --set 'derivatives=[{name: web, width: 800, formats: [jpeg], marks: [m]}]' --set "marks={m: {$mark}}"
        mv away.so "$modules/$module.so"
        [ "$status" -eq 2 ]
        [[ $output == *"a part of filigrane can't be loaded: $modules/$module.so: "* ]]
        [[ $output != *fault* ]]
    done
}

@test "a library that is reached by a link finds its modules where it lies" {
    photo shoot/a.jpg 800 600
    mkdir linked
    ln -s "$(dirname "$(find "$PREFIX" -name 'libfiligrane.so.0')")"/libfiligrane.so.* linked
    LD_LIBRARY_PATH=linked "$PREFIX/bin/filigrane" publish shoot -o web --set rights.creator=Jane -q
    [ -s web/a-800.jpg ]
}

@test "a JPEG in CMYK without a profile gets its colours from a module" {
    photo plain.jpg 640 480
    mkdir cmyk
    vips icc_export plain.jpg cmyk.v --output-profile cmyk
    vips jpegsave cmyk.v cmyk/a.jpg --strip
    [ "$(exiftool -s3 -ColorComponents cmyk/a.jpg)" = 4 ]
    [ -z "$(exiftool -ICC_Profile:all cmyk/a.jpg)" ]
    filigrane publish cmyk -o web --set rights.creator=Jane -q
    [ -s web/a-640.jpg ]
}

#!/usr/bin/env bats
# The Debian packages: made, installed on this machine, run, and removed without a trace.
load common

setup_file() {
    command -v dpkg-shlibdeps >/dev/null || skip "no Debian"
    cpack --config "${FG_BUILD_DIR:?}/CPackConfig.cmake" -G DEB -B "$BATS_FILE_TMPDIR" >"$BATS_FILE_TMPDIR/log" 2>&1 || {
        cat "$BATS_FILE_TMPDIR/log"
        return 1
    }
    export PROGRAM LIBRARY HEADERS
    PROGRAM=$(ls "$BATS_FILE_TMPDIR"/filigrane_*.deb)
    LIBRARY=$(ls "$BATS_FILE_TMPDIR"/libfiligrane0_*.deb)
    HEADERS=$(ls "$BATS_FILE_TMPDIR"/libfiligrane-dev_*.deb)
}

teardown_file() {
    if [ -e "$BATS_FILE_TMPDIR/installed" ]; then
        dpkg -P libfiligrane-dev filigrane libfiligrane0 >/dev/null
    fi
}

files_of() {
    dpkg-deb -c "$1" | awk '{ print $6 }'
}

@test "the packages name what they run on" {
    dpkg-deb -f "$LIBRARY" Depends >depends
    for library in libc6 libglib2.0 libvips libheif libjansson libseccomp fonts-dejavu-core; do
        grep -q "$library" depends
    done
    version=$(dpkg-deb -f "$LIBRARY" Version)
    dpkg-deb -f "$PROGRAM" Depends | grep -qF "libfiligrane0 (= $version)"
    dpkg-deb -f "$HEADERS" Depends | grep -qF "libfiligrane0 (= $version), libglib2.0-dev"
}

@test "program, library and headers lie each in their package, and the library runs nothing when it is installed" {
    files_of "$PROGRAM" | grep -qx ./usr/bin/filigrane
    files_of "$PROGRAM" | grep -q 'man1/filigrane-publish.1.gz$'
    no grep -qE '/include/|\.so' <(files_of "$PROGRAM")
    files_of "$LIBRARY" | grep -q 'libfiligrane\.so\.0$'
    [ "$(files_of "$LIBRARY" | grep -c '/filigrane-0/[a-z]*\.so$')" -eq 4 ]
    no grep -qE '/include/|/bin/|/libfiligrane\.so$|pkgconfig' <(files_of "$LIBRARY")
    files_of "$HEADERS" | grep -q '/pkgconfig/filigrane.pc$'
    files_of "$HEADERS" | grep -q 'libfiligrane\.so$'
    for package in "$PROGRAM" "$LIBRARY" "$HEADERS"; do
        no grep -vE '^\./(usr/|$)' <(files_of "$package")
        [ "$(files_of "$package" | grep -cE '/(copyright|changelog\.Debian\.gz)$')" -eq 2 ]
        no dpkg-deb -I "$package" postinst
    done
}

@test "the packages install, run, build a program, and are removed without a trace" {
    [ "$(id -u)" -eq 0 ] || skip "not root"
    if dpkg-query -W -f '${db:Status-Status}' libfiligrane0 2>/dev/null | grep -qx installed; then
        skip "a filigrane is installed here already"
    fi
    touch "$BATS_FILE_TMPDIR/installed"
    dpkg -i "$LIBRARY" "$PROGRAM" "$HEADERS"
    photo shoot/a.jpg 800 600
    cd / # nothing of the source tree in reach
    FILIGRANE_PROFILES='' /usr/bin/filigrane publish "$BATS_TEST_TMPDIR/shoot" -o "$BATS_TEST_TMPDIR/web" --set rights.creator=Jane -q
    /usr/bin/filigrane check "$BATS_TEST_TMPDIR/web" -q
    ldd /usr/bin/filigrane | grep -q 'libfiligrane.so.0 => /'
    LANGUAGE=fr /usr/bin/filigrane --help | grep -q '^Commandes'
    [ "$(pkg-config --modversion filigrane)" = "$(dpkg-deb -f "$LIBRARY" Version | sed 's/-.*//')" ]
    dpkg -L filigrane libfiligrane0 libfiligrane-dev | grep -v '/$' >"$BATS_TEST_TMPDIR/files"
    dpkg -P libfiligrane-dev filigrane libfiligrane0
    rm "$BATS_FILE_TMPDIR/installed"
    while read -r file; do
        case $file in
            *filigrane*) [ ! -e "$file" ] ;;
        esac
    done <"$BATS_TEST_TMPDIR/files"
}

#!/usr/bin/env bats
# The Debian package: made, installed on this machine, run, and removed without a trace.
load common

setup_file() {
    command -v dpkg-shlibdeps >/dev/null || skip "no dpkg-dev"
    cpack --config "${FG_BUILD_DIR:?}/CPackConfig.cmake" -G DEB -B "$BATS_FILE_TMPDIR" >"$BATS_FILE_TMPDIR/log" 2>&1 || {
        cat "$BATS_FILE_TMPDIR/log"
        return 1
    }
    PACKAGE=$(ls "$BATS_FILE_TMPDIR"/filigrane_*.deb)
    export PACKAGE
}

teardown_file() {
    if [ -e "$BATS_FILE_TMPDIR/installed" ]; then
        dpkg -P filigrane >/dev/null
    fi
}

@test "the package names the libraries that it runs on" {
    dpkg-deb -f "$PACKAGE" Depends >depends
    for library in libc6 libglib2.0 libvips libheif libjansson libseccomp fonts-dejavu-core; do
        grep -q "$library" depends
    done
    dpkg-deb -c "$PACKAGE" | awk '{ print $6 }' >files
    grep -qx ./usr/bin/filigrane files
    no grep -vE '^\./usr/' files
}

@test "the package installs, runs, and is removed without a trace" {
    [ "$(id -u)" -eq 0 ] || skip "not root"
    if dpkg-query -W -f '${db:Status-Status}' filigrane 2>/dev/null | grep -qx installed; then
        skip "a filigrane is installed here already"
    fi
    dpkg -i "$PACKAGE"
    touch "$BATS_FILE_TMPDIR/installed"
    photo shoot/a.jpg 800 600
    cd / # nothing of the source tree in reach
    FILIGRANE_PROFILES='' /usr/bin/filigrane publish "$BATS_TEST_TMPDIR/shoot" -o "$BATS_TEST_TMPDIR/web" --set rights.creator=Jane -q
    /usr/bin/filigrane check "$BATS_TEST_TMPDIR/web" -q
    ldd /usr/bin/filigrane | grep -q 'libfiligrane.so.0 => /'
    dpkg -L filigrane | grep -v '/$' >"$BATS_TEST_TMPDIR/files"
    dpkg -P filigrane
    rm "$BATS_FILE_TMPDIR/installed"
    while read -r file; do
        case $file in
            */filigrane*) [ ! -e "$file" ] ;;
        esac
    done <"$BATS_TEST_TMPDIR/files"
}

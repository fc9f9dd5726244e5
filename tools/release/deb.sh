#!/usr/bin/env bash
# deb.sh SOURCE BUILD OUT: the Debian packages of a source folder, for the release of Debian that this machine runs, built in
# BUILD and put into OUT. SOURCE_DATE_EPOCH is the date in them; the same source gives the same bytes wherever it lies.
set -euo pipefail
source=$(realpath "$1") build=$(realpath -m "$2") out=$(realpath -m "$3")
if [ -z "${SOURCE_DATE_EPOCH-}" ]; then
    SOURCE_DATE_EPOCH=$(git -C "$source" log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
fi
export LC_ALL=C.UTF-8 TZ=UTC
# Debian's hardening, without its level of optimisation; no path of this machine in what an assertion says.
flags() {
    DEB_BUILD_MAINT_OPTIONS=hardening=+all dpkg-buildflags --get "$1" | tr ' ' '\n' |
        grep -vE '^(-g|-O[0-9]|-ffile-prefix-map=.*)$' | paste -sd' '
}
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
    -DCMAKE_C_FLAGS="$(flags CPPFLAGS) $(flags CFLAGS) -ffile-prefix-map=$source=." \
    -DCMAKE_EXE_LINKER_FLAGS="$(flags LDFLAGS)" -DCMAKE_SHARED_LINKER_FLAGS="$(flags LDFLAGS)" \
    -DCMAKE_MODULE_LINKER_FLAGS="$(flags LDFLAGS)"
cmake --build "$build"
rm -rf "$build/packages"
(cd "$build" && cpack -G DEB -B "$build/packages")
mkdir -p "$out"
cp "$build/packages"/*.deb "$out"

#!/usr/bin/env bash
# build.sh ROOT TARBALL OUT: the Debian packages of a source tarball, built in the folder ROOT, a Debian that has what the build needs,
# with no network and nothing of this machine in reach, and put into OUT. Needs root. SOURCE_DATE_EPOCH is the date in them.
set -euo pipefail
root=$(realpath "$1") tarball=$(realpath "$2") out=$(realpath -m "$3")
: "${SOURCE_DATE_EPOCH:?}"
rm -rf "$root/build"
mkdir -p "$root/build/source" "$out"
tar -xzf "$tarball" -C "$root/build/source" --strip-components=1 --no-same-owner
unshare --mount --net --pid --fork --mount-proc="$root/proc" chroot "$root" /usr/bin/env -i PATH=/usr/bin:/usr/sbin:/bin:/sbin \
    HOME=/build SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" \
    /build/source/tools/release/deb.sh /build/source /build/tree /build/packages
cp "$root/build/packages"/*.deb "$out"
rm -rf "$root/build"

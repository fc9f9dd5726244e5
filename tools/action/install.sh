#!/usr/bin/env bash
# install.sh: installs the packages of this version's release on the machine of a job. $FROM is an address or a folder that
# has the release's files; without it, $RELEASES/vVERSION.
set -euo pipefail
action=$(realpath "$(dirname "$0")/../..")
version=$(sed -n 's/^project(filigrane VERSION \([0-9.]*\).*/\1/p' "$action/CMakeLists.txt")
from=${FROM:-$RELEASES/v$version}
fail() {
    echo "::error title=filigrane::$1"
    exit 1
}
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
grep -qx 'ID=debian' /etc/os-release || fail "The packages are for Debian 12 and 13: give the job 'container: debian:13'."
root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
# A fresh container knows no package yet.
[ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ] || "${apt[@]}" update
cd "$work"
case $from in
    http://* | https://*)
        command -v curl >/dev/null || "${apt[@]}" install -y --no-install-recommends curl ca-certificates
        curl -fsSL --retry 3 -O "$from/SHA256SUMS" -O "$from/filigrane-$version-apt.tar.gz" ||
            fail "There is no release of filigrane $version at $from."
        ;;
    *) cp "$from/SHA256SUMS" "$from/filigrane-$version-apt.tar.gz" . || fail "There is no release of filigrane $version in $from." ;;
esac
sha256sum --check --ignore-missing --strict --quiet SHA256SUMS || fail "The packages from $from are not those of its SHA256SUMS."
tar -xzf "filigrane-$version-apt.tar.gz" --no-same-owner
ls "apt/pool/$suite"/filigrane_"$version"-*.deb >/dev/null 2>&1 || fail "filigrane $version has no packages for $suite."
"${apt[@]}" install -y --no-install-recommends "$PWD/apt/pool/$suite"/{filigrane,libfiligrane0}_"$version"-*.deb
filigrane --version

#!/usr/bin/env bash
# root.sh SUITE TARGET [MMDEBSTRAP-OPTION...]: a fresh Debian of that suite as a folder, or as a tar where TARGET ends in .tar.
# Mirrors are those that this machine's apt has for Debian, with the other suite's name in the place of its own; what
# apt needs to reach them (a proxy) is taken along. Needs root and mmdebstrap.
set -euo pipefail
suite=$1 target=$2
shift 2
options=()
for key in Acquire::http::Proxy Acquire::https::Proxy Acquire::Check-Valid-Until; do
    eval "$(apt-config shell value "$key")"
    [ -z "${value-}" ] || options+=(--aptopt="$key \"$value\";")
    unset value
done
# shellcheck source=/dev/null
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
# A mirror that this release takes updates from has them for the other one, too.
sources=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    sort -u | sed -E "s/ $own(-security|-updates)? / $suite\\1 /; s/^/deb /" | grep -E " $suite(-security|-updates)? ")
[ -n "$sources" ] || {
    echo "root.sh: apt knows no Debian here; run apt-get update first" >&2
    exit 1
}
# Its helpers are Python programs of Debian's.
PATH=/usr/sbin:/usr/bin:/sbin:/bin mmdebstrap --quiet --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --aptopt='Acquire::Languages "none";' "${options[@]}" "$@" "$suite" "$target" - <<<"$sources"

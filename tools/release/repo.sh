#!/usr/bin/env bash
# repo.sh OUT ADDRESS DEB...: an apt repository as static files in OUT, which any web server can give out at ADDRESS. Packages
# that OUT has already are kept. $FILIGRANE_SIGNING_KEY is the key of the maintainer by which gpg signs it; without one the
# repository says of itself that it is trusted, which is for tests alone.
set -euo pipefail
out=$(realpath -m "$1") address=${2%/} key=${FILIGRANE_SIGNING_KEY-}
shift 2

# The release of Debian that a package was built for, by the suffix of its version.
suite_of() {
    case $(dpkg-deb -f "$1" Version) in
        *~deb12u*) echo bookworm ;;
        *~deb13u*) echo trixie ;;
        *)
            echo "repo.sh: $1 is for no release of Debian that is known here" >&2
            return 1
            ;;
    esac
}

for deb in "$@"; do
    suite=$(suite_of "$deb")
    mkdir -p "$out/pool/$suite"
    cp "$deb" "$out/pool/$suite"
done
cd "$out"
umask 022
export LC_ALL=C
[ -z "$key" ] || gpg --batch --armor --export "$key" >filigrane.asc
for suite in $(cd pool && ls); do
    release=dists/$suite
    rm -rf "$release"
    architectures=
    for architecture in $(for deb in "pool/$suite"/*.deb; do dpkg-deb -f "$deb" Architecture; done | sort -u); do
        binary=$release/main/binary-$architecture
        mkdir -p "$binary"
        apt-ftparchive --arch "$architecture" packages "pool/$suite" >"$binary/Packages"
        gzip -9nk "$binary/Packages"
        architectures+=" $architecture"
    done
    apt-ftparchive -o APT::FTPArchive::Release::Origin=filigrane -o APT::FTPArchive::Release::Label=filigrane \
        -o APT::FTPArchive::Release::Suite="$suite" -o APT::FTPArchive::Release::Codename="$suite" \
        -o APT::FTPArchive::Release::Architectures="${architectures# }" -o APT::FTPArchive::Release::Components=main \
        release "$release" >"$release.Release"
    mv "$release.Release" "$release/Release"
    [ -z "${SOURCE_DATE_EPOCH-}" ] || sed -i "s/^Date: .*/Date: $(date -uRd "@$SOURCE_DATE_EPOCH")/" "$release/Release"
    {
        printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$address" "$suite"
        if [ -n "$key" ]; then
            gpg --batch --yes --local-user "$key" --clearsign --output "$release/InRelease" "$release/Release"
            gpg --batch --yes --local-user "$key" --armor --detach-sign --output "$release/Release.gpg" "$release/Release"
            # With the key in it one file is all that a machine has to fetch.
            printf 'Signed-By:\n'
            sed 's/^$/./; s/^/ /' filigrane.asc
        else
            printf 'Trusted: yes\n'
        fi
    } >"$suite.sources"
done

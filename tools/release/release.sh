#!/usr/bin/env bash
# release.sh VERSION [--dry-run | --no-tag] [--address URL]: all artefacts of a release in build/release, and the tag vVERSION. docs/release.md
# says what each is. What is committed is released, and nothing else; the same commit gives the same bytes again.
# $BUILD_PACKAGES names what a build needs, $FILIGRANE_SIGNING_KEY the key of the maintainer, if any; $FILIGRANE_ROOTS is
# the folder in which the Debians that packages are built in are kept, build/roots without it.
set -euo pipefail
tools=$(dirname "$(realpath "$0")")
cd "$tools/../.."
version='' dry=no tag=yes address=https://OWNER.example/filigrane
while [ $# -gt 0 ]; do
    case $1 in
        --dry-run) dry=yes ;;
        --no-tag) tag=no ;;
        --address)
            address=${2:?}
            shift
            ;;
        [0-9]*.[0-9]*.[0-9]*) version=$1 ;;
        *)
            echo "release: what is $1?" >&2
            exit 2
            ;;
    esac
    shift
done
key=${FILIGRANE_SIGNING_KEY-}
suites=(bookworm trixie)
image_suite=trixie

say() {
    printf 'release: %s\n' "$1" >&2
}
refuse() {
    say "$1"
    exit 1
}

# ---- Is this commit version VERSION? ----

[ -n "$version" ] || refuse "which version? As: ./dev release 0.2.0"
[ "$(git rev-parse --show-toplevel 2>/dev/null)" = "$PWD" ] || refuse "this is no git repository of filigrane"
[ -z "$(git status --porcelain)" ] || refuse "the tree has changes; commit them or put them away: $(git status --porcelain | sed -n 1,3p | paste -sd' ')"
! git rev-parse -q --verify "refs/tags/v$version" >/dev/null || refuse "there is a tag v$version already; a release is never made twice"
built=$(git show HEAD:CMakeLists.txt | sed -n 's/^project(filigrane VERSION \([0-9.]*\).*/\1/p')
[ "$built" = "$version" ] || refuse "CMakeLists.txt says VERSION $built, not $version"
git show HEAD:CHANGELOG.md | grep -E "^## \[${version//./\\.}\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$" >/dev/null || [ "$tag$dry" = nono ] ||
    refuse "CHANGELOG.md has no heading '## [$version] - YYYY-MM-DD'"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
source=filigrane-$version.tar.gz
if [ "$dry" = yes ]; then
    say "would make $source, packages for ${suites[*]}, filigrane-$version-apt.tar.gz, filigrane-$version-image.tar and SHA256SUMS"
    say "would tag $(git rev-parse --short HEAD) as v$version${key:+, signed by $key}"
    exit 0
fi
[ "$(id -u)" -eq 0 ] || refuse "packages are built in a Debian of their own, for which this has to be root"
[ "$tag" = no ] || [ "$address" != https://OWNER.example/filigrane ] || refuse "say with --address URL where the apt repository will be"

# ---- Its artefacts ----

out=$PWD/build/release
rm -rf "$out"
mkdir -p "$out"
git archive --format=tar --prefix="filigrane-$version/" HEAD | gzip -9n >"$out/$source"
roots=${FILIGRANE_ROOTS:-$PWD/build/roots}
mkdir -p "$roots"
for suite in "${suites[@]}"; do
    if [ ! -e "$roots/$suite/.whole" ]; then
        say "making a Debian of $suite to build in"
        rm -rf "${roots:?}/$suite"
        "$tools/root.sh" "$suite" "$roots/$suite" --variant=apt --include="${BUILD_PACKAGES// /,},dpkg-dev,file"
        touch "$roots/$suite/.whole"
    fi
    say "building the packages for $suite"
    "$tools/build.sh" "$roots/$suite" "$out/$source" "$out" >"$roots/$suite.log" 2>&1 ||
        refuse "the build failed; its log is $roots/$suite.log"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say "making the apt repository"
"$tools/repo.sh" "$work/apt" "$address" "$out"/*.deb
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$work" -cf - apt |
    gzip -9n >"$out/filigrane-$version-apt.tar.gz"
say "making the image"
number=$(sed -n 's/^VERSION_ID="\(.*\)"/\1/p' "$roots/$image_suite/etc/os-release")
"$tools/image.sh" "$out/filigrane-$version-image.tar" "$image_suite" "$out"/{filigrane,libfiligrane0}_*~deb"$number"u*.deb
(cd "$out" && sha256sum -- * >SHA256SUMS)
if [ -n "$key" ]; then
    gpg --batch --yes --local-user "$key" --armor --detach-sign "$out/SHA256SUMS"
fi
if [ "$tag" = yes ]; then
    if [ -n "$key" ]; then
        git tag -s -u "$key" -m "filigrane $version" "v$version"
    else
        git tag -a -m "filigrane $version" "v$version"
    fi
    say "tagged v$version; push it, then put what is in build/release where the pages say"
fi
cat "$out/SHA256SUMS"

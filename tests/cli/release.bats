#!/usr/bin/env bats
# What `./dev release` refuses, and that a dry run changes nothing. The artefacts themselves are made by `./dev torture install`.
load common

setup_file() {
    command -v git >/dev/null || skip "no git"
}

# A repository at the point of a release: what the script reads of this one, with a day in the changelog.
ready() {
    export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/gitconfig
    git config --global user.name Jane
    git config --global user.email jane@filigrane.example
    mkdir -p repository/tools
    cd repository
    cp -r "$FG_SOURCE_DIR/tools/release" tools
    cp "$FG_SOURCE_DIR/CMakeLists.txt" "$FG_SOURCE_DIR/.gitignore" .
    VERSION=$("$FILIGRANE" --version | sed -n '1s/^filigrane //p')
    sed "s/^## \[$VERSION\].*/## [$VERSION] - 2026-12-01/" "$FG_SOURCE_DIR/CHANGELOG.md" >CHANGELOG.md
    git init -q
    git add .
    git commit -qm start
}

# refused WORDS ARGUMENT...: the release ends with 1 and says so, and nothing is there that was not
refused() {
    local words=$1
    shift
    run -1 tools/release/release.sh "$@"
    [[ "$output" = *"$words"* ]]
    [ ! -e build ]
}

@test "a dry run says what would be made and tagged, and makes and tags nothing" {
    ready
    run -0 tools/release/release.sh "$VERSION" --dry-run
    [[ "$output" = *"filigrane-$VERSION.tar.gz"*"bookworm trixie"*SHA256SUMS* ]]
    [[ "$output" = *"$(git rev-parse --short HEAD) as v$VERSION"* ]]
    [ -z "$(git tag)" ]
    [ -z "$(git status --porcelain --ignored)" ]
}

@test "a release is made of what is committed, once, under its own version and with its day" {
    ready
    refused 'which version?' --dry-run
    refused "says VERSION $VERSION, not 9.9.9" 9.9.9 --dry-run
    echo >>CMakeLists.txt
    refused 'the tree has changes' "$VERSION" --dry-run
    git checkout -q .
    echo new >new
    refused 'the tree has changes' "$VERSION" --dry-run
    rm new
    git tag "v$VERSION"
    refused "a tag v$VERSION already" "$VERSION" --dry-run
    refused "a tag v$VERSION already" "$VERSION" --no-tag
    git tag -d "v$VERSION"
    sed -i "s/^## \[$VERSION\].*/## [$VERSION] - not released yet/" CHANGELOG.md
    git commit -qam undated
    refused "no heading '## [$VERSION] - YYYY-MM-DD'" "$VERSION" --dry-run
    run -2 tools/release/release.sh "$VERSION" --magic
}

@test "a tag is not set while the address of the packages is a placeholder" {
    [ "$(id -u)" -eq 0 ] || skip "not root"
    ready
    refused 'say with --address URL' "$VERSION"
    [ -z "$(git tag)" ]
}

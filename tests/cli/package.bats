#!/usr/bin/env bats
# The Debian packages: made, put into a repository for apt, installed on this machine by dpkg and by the steps of the
# action, run, and removed without a trace.
load common

setup_file() {
    command -v dpkg-shlibdeps >/dev/null || skip "no Debian"
    cpack --config "${FG_BUILD_DIR:?}/CPackConfig.cmake" -G DEB -B "$BATS_FILE_TMPDIR" >"$BATS_FILE_TMPDIR/log" 2>&1 || {
        cat "$BATS_FILE_TMPDIR/log"
        return 1
    }
    export PROGRAM LIBRARY HEADERS SUITE
    SUITE=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    PROGRAM=$(ls "$BATS_FILE_TMPDIR"/filigrane_*.deb)
    LIBRARY=$(ls "$BATS_FILE_TMPDIR"/libfiligrane0_*.deb)
    HEADERS=$(ls "$BATS_FILE_TMPDIR"/libfiligrane-dev_*.deb)
}

teardown() {
    if [ -e "$BATS_FILE_TMPDIR/installed" ]; then
        dpkg -P libfiligrane-dev filigrane libfiligrane0 >/dev/null 2>&1
        rm "$BATS_FILE_TMPDIR/installed"
    fi
}

# The packages are installed for the rest of a test: skipped where that can't be undone.
installing() {
    [ "$(id -u)" -eq 0 ] || skip "not root"
    if dpkg-query -W -f '${db:Status-Status}' libfiligrane0 2>/dev/null | grep -qx installed; then
        skip "a filigrane is installed here already"
    fi
    touch "$BATS_FILE_TMPDIR/installed"
}

files_of() {
    dpkg-deb -c "$1" | awk '{ print $6 }'
}

@test "the packages name what they run on" {
    dpkg-deb -f "$LIBRARY" Depends >depends
    for library in libc6 libglib2.0 libvips libheif libjxl libbrotli1 libjansson libseccomp fonts-dejavu-core; do
        grep -q "$library" depends
    done
    version=$(dpkg-deb -f "$LIBRARY" Version)
    dpkg-deb -f "$PROGRAM" Depends | grep -qF "libfiligrane0 (= $version)"
    dpkg-deb -f "$HEADERS" Depends | grep -qF "libfiligrane0 (= $version), libglib2.0-dev"
}

@test "the version names the release of Debian, and is older than that of the next one and than Debian's own" {
    version=$(dpkg-deb -f "$LIBRARY" Version)
    number=$(sed -n 's/^VERSION_ID="\(.*\)"/\1/p' /etc/os-release)
    [[ "$version" = *-1~deb"$number"u1 ]]
    dpkg --compare-versions "$version" lt "${version%~*}~deb$((number + 1))u1"
    dpkg --compare-versions "$version" lt "${version%~*}"
}

@test "the same packages made twice are the same bytes" {
    for run in 1 2; do
        SOURCE_DATE_EPOCH=1700000000 cpack --config "$FG_BUILD_DIR/CPackConfig.cmake" -G DEB -B "$PWD/$run" >log 2>&1
        (cd $run && sha256sum ./*.deb) >sums-$run
    done
    [ "$(wc -l <sums-1)" -eq 3 ]
    diff sums-1 sums-2
    [ "$(dpkg-deb -c 1/filigrane_*.deb | awk '{ print $4 }' | sort -u)" = 2023-11-14 ]
}

# An apt with nothing of this machine but what is installed: private_apt ARGUMENT...
private_apt() {
    apt-get -q -o Dir="$PWD/root" -o Dir::State::status="$PWD/root/status" -o Dir::Etc::sourcelist=/dev/null \
        -o Dir::Etc::sourceparts="$PWD/root/sources" -o APT::Sandbox::User= -o APT::Update::Error-Mode=any "$@"
}

@test "the packages become a repository that apt installs from, and whose key it asks for" {
    mkdir -p root/sources root/etc/apt/{apt.conf.d,preferences.d,trusted.gpg.d} root/var/lib/apt/lists/partial \
        root/var/cache/apt/archives/partial
    cp /var/lib/dpkg/status root/status
    # The path of an agent's socket is short.
    export GNUPGHOME
    GNUPGHOME=$(mktemp -d)
    gpg --batch --quiet --passphrase '' --quick-generate-key test@filigrane.example ed25519 sign never
    export FILIGRANE_SIGNING_KEY=test@filigrane.example
    "$FG_SOURCE_DIR/tools/release/repo.sh" repo "copy:$PWD/repo" "$LIBRARY" "$PROGRAM"
    "$FG_SOURCE_DIR/tools/release/repo.sh" repo "copy:$PWD/repo" "$HEADERS" # one more, later
    gpg --verify "repo/dists/$SUITE/Release.gpg" "repo/dists/$SUITE/Release"
    gpgconf --kill gpg-agent
    rm -r "$GNUPGHOME"
    cp "repo/$SUITE.sources" root/sources/filigrane.sources
    private_apt update
    private_apt install -s --no-install-recommends filigrane libfiligrane-dev >plan
    for package in filigrane libfiligrane0 libfiligrane-dev; do
        grep -q "^Inst $package .*filigrane:$SUITE" plan
    done
    private_apt download filigrane
    cmp filigrane_*.deb "$PROGRAM"
    # What was signed is not what lies there any more.
    sed -i 's/^Label: .*/Label: other/' "repo/dists/$SUITE/InRelease"
    run private_apt update
    [ "$status" -ne 0 ]
    [[ "$output" = *[Ss]ignature* || "$output" = *'not signed'* ]]
}

@test "program, library and headers lie each in their package, and the library runs nothing when it is installed" {
    files_of "$PROGRAM" | grep -qx ./usr/bin/filigrane
    files_of "$PROGRAM" | grep -q 'man1/filigrane-publish.1.gz$'
    no grep -qE '/include/|\.so' <(files_of "$PROGRAM")
    files_of "$LIBRARY" | grep -q 'libfiligrane\.so\.0$'
    [ "$(files_of "$LIBRARY" | grep -c '/filigrane-0/[a-z]*\.so$')" -eq 5 ]
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
    installing
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

# A release as action.yml finds it: release FOLDER
release() {
    local version
    version=$(dpkg-deb -f "$PROGRAM" Version)
    version=${version%%-*}
    "$FG_SOURCE_DIR/tools/release/repo.sh" apt https://filigrane.example "$LIBRARY" "$PROGRAM" "$HEADERS"
    mkdir -p "$1"
    tar -czf "$1/filigrane-$version-apt.tar.gz" apt
    (cd "$1" && sha256sum -- *.tar.gz >SHA256SUMS)
}

# Runs the steps of action.yml: action INPUT=VALUE...
action() {
    python3 -B "$FG_SOURCE_DIR/tests/support/action.py" "$FG_SOURCE_DIR/action.yml" "$BATS_TEST_TMPDIR/steps" "$@"
}

@test "the steps of the action install, publish, check, and hand on what the check found" {
    installing
    release "$PWD/files"
    photo shoot/a.jpg 800 600
    quick_profile
    action from="$PWD/files" >told
    tail -2 told | head -1 | jq -e '(.uses | startswith("github/codeql-action/upload-sarif@")) and .with.sarif_file == "filigrane.sarif"'
    tail -1 told | jq -e '.outputs.sarif == "filigrane.sarif"'
    jq -e '.photos | length == 1' web/filigrane.json
    jq -e '.version == "2.1.0" and .runs[0].tool.driver.name == "filigrane"' filigrane.sarif
    jq -e '[.runs[0].results[] | select(.level == "error")] == []' filigrane.sarif
    # A photo that fails makes the job red, and takes nothing from the others.
    photo shoot/cut.jpg 400 300
    cut_short shoot/cut.jpg 60
    rm filigrane.sarif
    run -1 --separate-stderr action from="$PWD/files" upload=false
    [ -s filigrane.sarif ]
    no grep -q upload-sarif <<<"$output"
    # Files as they are.
    telling_photo 'originals/with blank.jpg' 400 300
    run -1 --separate-stderr action from="$PWD/files" command=check photos=$'originals/with blank.jpg\nweb\n' \
        arguments=$'--strict\n--previews' sarif=found.sarif
    jq -e '[.runs[0].results[].ruleId] | index("location.gps") != null' found.sarif
    tail -2 <<<"$output" | jq -se '.[0].with.sarif_file == "found.sarif" and .[1].outputs.sarif == "found.sarif"'
}

@test "the action installs nothing that its release does not vouch for, and says what is missing" {
    installing
    rm "$BATS_FILE_TMPDIR/installed" # nothing is
    release "$PWD/files"
    run -1 --separate-stderr action from="$PWD/nowhere"
    [[ "$output" = *'::error title=filigrane::There is no release of filigrane '*nowhere* ]]
    [ "$(tail -1 <<<"$output" | jq -r .outputs.sarif)" = '' ]
    echo 'something else' >>"$(ls files/*-apt.tar.gz)"
    run -1 --separate-stderr action from="$PWD/files"
    [[ "$output" = *'are not those of its SHA256SUMS'* ]]
    no dpkg-query -W filigrane
}

#!/usr/bin/env bash
# Runs the two commands of the README on a Debian that has nothing but its required packages: fresh.sh RELEASE [--user]
#
# Mirror, keys, proxies and npm's registry are those that this machine is configured with. Processes and mounts are in
# namespaces of their own, so that none is left however this ends; the folder goes, the log and the packages stay.
#
# Exit code: 0 both passed and skipped no test; 1 one did not; 69 no such machine can be made here; 75 the mirror does not answer.
set -euo pipefail
cd "$(dirname "$0")/.."
release=${1:?a release of Debian}
who=${2:-}
place=$PWD/build/fresh
root=$place/$release
archives=$place/$release.archives
log=$place/$release.log

say() {
    printf '%s\n' "$*" >&2
}

# ---- Outside: a namespace, and what has to go at the end ----

can_be_made() {
    [ "$(id -u)" -eq 0 ] || { say "a fresh machine needs root"; return 1; }
    command -v debootstrap >/dev/null || { say "there is no debootstrap"; return 1; }
    unshare --mount bash -c 'mount -t tmpfs none /mnt && chroot / true' 2>/dev/null ||
        { say "nothing can be mounted here"; return 1; }
}

# Ends what still runs below the folder, where there is no namespace of processes that ends with its first.
end_all() {
    local link
    for link in /proc/[0-9]*/root; do
        [[ "$(readlink "$link" 2>/dev/null)" != "$root"* ]] || kill -KILL "$(cut -d/ -f3 <<<"$link")" 2>/dev/null || true
    done
}

clear_away() {
    [ -z "${child:-}" ] || kill -KILL "$child" 2>/dev/null || true
    [ -z "${child:-}" ] || wait "$child" 2>/dev/null || true
    end_all
    rm -rf --one-file-system "$root" "$place/$release.bundle"
}

outside() {
    can_be_made || exit 69
    mkdir -p "$place" "$archives"
    clear_away
    trap clear_away EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    git bundle create -q "$place/$release.bundle" HEAD
    # A namespace of processes ends with its first process. In the background, so that a signal is heard at once.
    local processes=(--pid --fork --kill-child --mount-proc) status=0
    unshare --mount "${processes[@]}" true 2>/dev/null || processes=()
    INSIDE=1 unshare --mount "${processes[@]}" bash "$0" "$release" "$who" </dev/null &
    child=$!
    wait "$child" || status=$?
    child=
    exit "$status"
}

# ---- What this machine is configured with ----

# Lines of repository, suite and the keyring that it is signed with: the archive of Debian, and that of its security updates.
repositories() {
    local label repository suite entry keys
    apt-get indextargets --format '$(LABEL)|$(REPO_URI)|$(CODENAME)|$(SOURCESENTRY)' 'Created-By: Packages' 'Origin: Debian' |
        while IFS='|' read -r label repository suite entry; do
            keys=$(grep -hoiE -m1 '(signed-by[:=] *)[^] ]+' "${entry%:*}" | sed 's/^[^:=]*[:=] *//; q')
            [ -f "$keys" ] || keys=/usr/share/keyrings/debian-archive-keyring.gpg
            case $label/$suite in
                Debian/*-*) ;;
                Debian/*) echo "archive $repository $release $keys" ;;
                Debian-Security/*) echo "security $repository $release-security $keys" ;;
            esac
        done | sort -u
}

# apt's way to the network, as lines of its configuration.
way_of_apt() {
    local scheme variable
    apt-config dump | grep -iE '^Acquire::(https?|ftp)::|^Acquire::(Check-|ForceIPv)' | grep -v ' "";$' || true
    for scheme in http https; do
        variable=${scheme}_proxy
        [ -z "${!variable:-}" ] || echo "Acquire::$scheme::Proxy \"${!variable}\";"
    done
    echo 'Acquire::Retries "3";'
}

# npm's, as lines of its own; a file of certificates is copied beside them.
way_of_npm() {
    local key value
    command -v npm >/dev/null || return 0
    for key in registry proxy https-proxy noproxy strict-ssl cafile; do
        value=$(cd / && npm config get "$key" 2>/dev/null) || continue
        case $value in
            '' | null | undefined) continue ;;
        esac
        if [ "$key" = cafile ]; then
            cp "$value" "$root/etc/npm-cafile.crt" || continue
            value=/etc/npm-cafile.crt
        fi
        echo "$key=$value"
    done
}

# ---- Inside: the machine ----

# try TIMES COMMAND...
try() {
    local left=$1
    shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        say "once more: $1"
        sleep 20
    done
}

mirror_answers() {
    /usr/lib/apt/apt-helper download-file "${archive%/}/dists/$release/InRelease" "$place/$release.answer" >/dev/null 2>&1 &&
        rm "$place/$release.answer"
}

bootstrap() {
    http_proxy=${http_proxy:-$(apt-config shell proxy Acquire::http::Proxy | sed "s/^proxy='\(.*\)'/\1/")} \
        debootstrap --variant=minbase --keyring="$keys" --cache-dir="$archives" "$release" "$root" "$archive" >>"$log" 2>&1 && return
    rm -rf --one-file-system "$root"
    return 1
}

configure() {
    local kind repository suite keys
    mkdir -p "$root/etc/apt/keyrings" "$root/usr/local/share/ca-certificates"
    rm -f "$root/etc/apt/sources.list"
    repositories | while read -r kind repository suite keys; do
        cp "$keys" "$root/etc/apt/keyrings/$kind.${keys##*.}"
        chmod 644 "$root/etc/apt/keyrings/$kind.${keys##*.}"
        echo "deb [signed-by=/etc/apt/keyrings/$kind.${keys##*.}] $repository $suite main" >>"$root/etc/apt/sources.list"
    done
    way_of_apt >"$root/etc/apt/apt.conf.d/90way"
    # A machine that lives for minutes need not survive a power cut.
    echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$root/usr/local/share/ca-certificates" \; 2>/dev/null || true
    way_of_npm >"$root/root/.npmrc"
}

mount_all() {
    local device
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount -t tmpfs -o mode=755 dev "$root/dev"
    for device in null zero full random urandom tty; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    for device in 0-stdin 1-stdout 2-stderr; do
        ln -s "fd/${device%-*}" "$root/dev/${device#*-}"
    done
    mount --bind "$archives" "$root/var/cache/apt/archives"
}

# An ordinary user, who may become root to install packages.
add_user() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin DEBIAN_FRONTEND=noninteractive sh -ec '
        apt-get update
        apt-get install -y --no-install-recommends sudo
        useradd -m -s /bin/bash jane
        echo "jane ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/jane' >>"$log" 2>&1
    cp "$root/root/.npmrc" "$root/home/jane/.npmrc"
    as=(setpriv --reuid=jane --regid=jane --init-groups)
    home=/home/jane
}

# A command of the README, with an empty environment.
command_of_readme() {
    chroot "$root" "${as[@]}" env -i bash -c "cd $home/filigrane && exec ./dev $1" >>"$log" 2>&1
}

run_command() {
    local name=$1 from=$SECONDS status=0
    printf '\n== ./dev %s\n' "$name" >>"$log"
    command_of_readme "$name" || status=$?
    if [ "$status" -eq 0 ]; then
        say "$release: ./dev $name passed in $(((SECONDS - from + 30) / 60)) minutes"
        return
    fi
    say "$release: ./dev $name failed with $status after $(((SECONDS - from + 30) / 60)) minutes"
    if ! try 3 mirror_answers; then
        say "$release: the mirror does not answer any more"
        exit 75
    fi
    tail -n 60 "$log" >&2
    exit 1
}

inside() {
    local began=$SECONDS
    as=() home=/root
    : >"$log"
    read -r _ archive _ keys < <(repositories | grep '^archive') || { say "apt knows no archive of Debian here"; exit 69; }
    try 3 mirror_answers || { say "$release: the mirror does not answer"; exit 75; }
    if ! try 3 bootstrap; then
        tail -n 5 "$log" >&2
        grep -qE "^E: (Couldn't download|Failed getting)" "$log" && exit 75
        exit 1
    fi
    configure
    mount_all
    [ "$who" != --user ] || add_user
    git -c advice.detachedHead=false clone -q "$place/$release.bundle" "$root$home/filigrane"
    [ "$who" != --user ] || chroot "$root" chown -R jane: "$home"
    say "$release: a machine of $(chroot "$root" dpkg-query -W | wc -l) packages after $(((SECONDS - began + 30) / 60)) minutes"
    run_command demo
    run_command test
    grep -E '^[0-9]+% tests passed' "$log" >&2
    sed -n '/^No test was skipped/p; /^Skipped/,$p' "$log" >&2
    grep -q '^No test was skipped' "$log"
}

if [ -n "${INSIDE:-}" ]; then
    unset INSIDE
    inside
else
    outside
fi

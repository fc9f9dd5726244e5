#!/usr/bin/env bash
# image.sh OUT.tar SUITE DEB...: an OCI image in the form of an archive: that suite of Debian as far as its packages are essential, the
# packages given and what they depend on; a user without rights; filigrane as the entry point. No daemon has a part in
# it. Needs root, mmdebstrap and jq. SOURCE_DATE_EPOCH is the date of all that is in it.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
out=$(realpath -m "$1") suite=$2
shift 2
: "${SOURCE_DATE_EPOCH:?}"
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work" # apt reads the packages as a user of its own
"$here/repo.sh" "$work/packages" "copy://$work/packages" "$@"
version=$(dpkg-deb -f "$1" Version)
architecture=$(dpkg --print-architecture)

# Words of other programs stay out; fontconfig's caches are made now, since a container's root may be read-only.
"$here/root.sh" "$suite" "$work/root.tar" --variant=essential --include=filigrane \
    --setup-hook="cp '$work/packages/$suite.sources' \"\$1/etc/apt/sources.list.d/filigrane.sources\"" \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/locale/*/LC_MESSAGES/filigrane.mo' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --customize-hook='echo "filigrane:x:1000:1000::/home/filigrane:/usr/sbin/nologin" >>"$1/etc/passwd"' \
    --customize-hook='echo "filigrane:x:1000:" >>"$1/etc/group"' \
    --customize-hook='mkdir -m 755 "$1/home/filigrane" "$1/w" && chown 1000:1000 "$1/home/filigrane" "$1/w"' \
    --customize-hook='chroot "$1" fc-cache -s' \
    --customize-hook='rm -rf "$1"/etc/apt/sources.list* "$1"/var/cache/debconf/* "$1"/var/log/*' \
    --customize-hook='rm -f "$1"/etc/machine-id "$1"/etc/hostname "$1"/etc/resolv.conf "$1"/var/cache/ldconfig/aux-cache'

sum() {
    sha256sum "$1" | cut -d' ' -f1
}
# Puts a file among the blobs and tells its descriptor: blob FILE MEDIA-TYPE
blob() {
    local digest
    digest=$(sum "$1")
    mv "$1" "$work/image/blobs/sha256/$digest"
    jq -nc --arg type "$2" --arg digest "sha256:$digest" --argjson size "$(stat -c %s "$work/image/blobs/sha256/$digest")" \
        '{mediaType: $type, digest: $digest, size: $size}'
}
mkdir -p "$work/image/blobs/sha256"
layer=sha256:$(sum "$work/root.tar")
created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
gzip -9n "$work/root.tar"
jq -n --arg created "$created" --arg architecture "$architecture" --arg layer "$layer" --arg version "$version" '{
    created: $created, architecture: $architecture, os: "linux",
    config: {
        User: "1000:1000", Entrypoint: ["filigrane"], Cmd: ["--help"], WorkingDir: "/w",
        Env: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/home/filigrane"],
        Labels: {"org.opencontainers.image.title": "filigrane", "org.opencontainers.image.version": $version,
                 "org.opencontainers.image.licenses": "MIT"}
    },
    rootfs: {type: "layers", diff_ids: [$layer]},
    history: [{created: $created, created_by: "mmdebstrap"}]
}' >"$work/config"
jq -n --argjson config "$(blob "$work/config" application/vnd.oci.image.config.v1+json)" \
    --argjson layer "$(blob "$work/root.tar.gz" application/vnd.oci.image.layer.v1.tar+gzip)" \
    '{schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json", config: $config, layers: [$layer]}' >"$work/manifest"
jq -n --argjson manifest "$(blob "$work/manifest" application/vnd.oci.image.manifest.v1+json)" --arg name "${version%%-*}" \
    '{schemaVersion: 2, manifests: [$manifest + {annotations: {"org.opencontainers.image.ref.name": $name}}]}' >"$work/image/index.json"
echo '{"imageLayoutVersion": "1.0.0"}' >"$work/image/oci-layout"
mkdir -p "$(dirname "$out")"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    -C "$work/image" -cf "$out" blobs index.json oci-layout

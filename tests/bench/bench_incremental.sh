# bench_incremental.sh: a second run in which nothing changed: 10,000 small photos, beside the first run of some of them.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

bench() {
    local input file i number=${PHOTOS:-10000}
    input=$(photographs)
    write_profile "$out/tiny.yaml" jpeg
    sed -i -e '/medium/d; /large/d; s/width: 640/width: 96/' "$out/tiny.yaml"
    rm -rf "$out/seed" "$out/many" "$out/many-out"
    "$FILIGRANE" publish "$input" -o "$out/seed" -p "$out/tiny.yaml" --force-rights -q >/dev/null 2>&1
    mkdir "$out/many"
    i=0
    while [ "$i" -lt "$number" ]; do
        for file in "$out"/seed/*.jpg; do
            [ "$i" -lt "$number" ] || break
            cp "$file" "$out/many/$i.jpg"
            i=$((i + 1))
        done
    done
    once() { cost "$FILIGRANE" publish "$out/many" -o "$out/many-out" -p "$out/tiny.yaml" --force-rights -q; }
    echo "$number photos, a file each"
    echo "first run:  $(once) (CPU s, wall s, peak MiB)"
    for ((i = 0; i < ${ROUNDS:-3}; i++)); do
        echo "unchanged: $(once)"
    done
}

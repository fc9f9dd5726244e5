# bench_walls.sh: what the walls of the processes cost: the same job with a library before it that lets seccomp, Landlock and
# limits go up without effect. One job is short of work for each photo, so that the walls weigh most, the other is an ordinary one.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

SMALL=200 # photos

small_photographs() {
    local folder=$out/small file number
    rm -rf "$folder"
    mkdir -p "$folder"
    file=$(find "$1" -name '*.jpg' | sort | head -1)
    vips thumbnail "$file" "$out/small.jpg[Q=85]" 640
    for ((number = 0; number < SMALL; number++)); do
        # A byte more each, so that they are photos of their own.
        { cat "$out/small.jpg" && printf '%0*d' $((number + 1)) 0; } >"$folder/$(printf '%03d' "$number").jpg"
    done
    echo "$folder"
}

with_walls() { publish_job "$input" jpeg -j 1; }
without_walls() { LD_PRELOAD=$out/no_walls.so publish_job "$input" jpeg -j 1; }

bench() {
    local input column
    if [[ "$(ldd "$FILIGRANE")" == *libasan* ]]; then
        echo "skipped: a sanitizer wants to be loaded first"
        return
    fi
    cc -shared -fPIC -O2 -o "$out/no_walls.so" "$top/tests/torture/no_walls.c" -ldl
    input=$(photographs) column=photographs
    echo "-- $column, JPEG"
    paired "${ROUNDS:-3}" "with walls" with_walls "without walls" without_walls
    input=$(small_photographs "$input") column="small photos"
    echo "-- $SMALL $column, JPEG"
    paired "${ROUNDS:-3}" "with walls" with_walls "without walls" without_walls
}

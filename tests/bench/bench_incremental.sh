# bench_incremental.sh: a second run in which nothing changed, beside the first run over the same small photos, and beside a
# program that asks the system for nothing but the size and times of the same files.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"

# ten COMMAND...: what one of ten runs in a row costs, since one is too short for the clock of `time`.
ten() {
    # shellcheck disable=SC2016
    cost bash -c 'for i in 1 2 3 4 5 6 7 8 9 10; do "$@"; done' ten "$@" | awk '{ print $1 / 10, $2 / 10, $3 }'
}

# small_photos FOLDER NUMBER: at least so many, in folders of some thirty; prints how many.
small_photos() {
    local input i made=0 seeds
    input=$(photographs)
    rm -rf "$out/seed" "$1"
    "$FILIGRANE" publish "$input" -o "$out/seed" -p "$out/tiny.yaml" --force-rights -q >/dev/null 2>&1 || [ $? -eq 1 ]
    seeds=$(find "$out/seed" -name '*.jpg' | wc -l)
    for ((i = 0; made < $2; i++, made += seeds)); do
        mkdir -p "$1/$i"
        cp "$out"/seed/*.jpg "$1/$i/"
    done
    echo "$made"
}

bench() {
    local number first first_wall table=$out/unchanged.txt i
    write_profile "$out/tiny.yaml" jpeg
    sed -i -e '/medium/d; /large/d; s/width: 640/width: 96/' "$out/tiny.yaml"
    number=$(small_photos "$out/many" "${PHOTOS:-5000}")
    rm -rf "$out/many-out"
    local publish=("$FILIGRANE" publish "$out/many" -o "$out/many-out" -p "$out/tiny.yaml" --force-rights -q)
    read -r first first_wall _ < <(cost "${publish[@]}")
    : >"$table"
    for ((i = 0; i < ${ROUNDS:-3}; i++)); do
        echo "$(ten "${publish[@]}") $(ten find "$out/many" "$out/many-out" -name '*.jpg' -printf '%s %T@ %C@ %i\n')" >>"$table"
    done
    # of COLUMN-EXPRESSION: its median over the rounds.
    of() { awk -v first="$first" -v wall="$first_wall" -v n="$number" "{ print $1 }" "$table" | median; }
    echo "$number photos, a file each"
    echo "first run:   CPU $first s, wall $first_wall s"
    echo "second run:  CPU $(of '$1') s, wall $(of '$2') s; find with stat: CPU $(of '$4') s, wall $(of '$5') s"
    echo "against the first run: CPU $(of '$1 / first'), wall $(of '$2 / wall')"
    echo "CPU of a photo: $(of '$1 / n * 1e6') µs, beyond that of find: $(of '($1 - $4) / n * 1e6') µs"
    figure incremental "against the first run" CPU "$(of '$1 / first')"
    figure incremental "against the first run" "wall time" "$(of '$2 / wall')"
    figure incremental "a photo, beyond its stat" "µs a photo" "$(of '($1 - $4) / n * 1e6')" µs
}

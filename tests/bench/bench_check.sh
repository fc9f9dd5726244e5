# bench_check.sh: what a file says of its rights and leaks, beside programs that read metadata and beside the system calls alone:
# small files, which are all header, and whole photographs, which are searched to their end for what hides behind the picture; of
# these every program reads each ten times, since once is over before the clock ticks.
# shellcheck shell=bash
# shellcheck source=job.sh
source "$here/job.sh"
# shellcheck source=files.sh
source "$here/files.sh"

# small_files INPUT: about 10,000 small JPEGs with EXIF, IPTC and XMP, made once; prints their folder.
small_files() {
    local folder=$out/headers file i
    if [ ! -d "$folder" ]; then
        write_profile "$out/small.yaml" jpeg
        sed -i -e '/medium/d; /large/d; s/width: 640/width: 240/' "$out/small.yaml"
        rm -rf "$out/small"
        "$FILIGRANE" publish "$1" -o "$out/small" -p "$out/small.yaml" --force-rights -q >/dev/null 2>&1
        mkdir "$folder"
        for ((i = 0; i < 320; i++)); do
            for file in "$out"/small/*.jpg; do cp "$file" "$folder/$i-${file##*/}"; done
        done
    fi
    echo "$folder"
}

# list FOLDER TIMES: the files in it as a list for -0, so many times; prints its path.
list() {
    local i list=$out/check-list
    for ((i = 0; i < $2; i++)); do find "$1" -type f -print0; done >"$list"
    echo "$list"
}

ours() { cost "$FILIGRANE" check -0 - <"$list"; }

# pair_of NAME COMMAND...: pairs check with a program that reads the files of $list, which it is given by name, as ours is here.
pair_of() {
    local name=$1
    shift
    command -v "$1" >/dev/null || return 0
    local reader=("$@")
    theirs() { cost xargs -0 -a "$list" "${reader[@]}"; }
    paired "${ROUNDS:-3}" "filigrane check" ours "$name" theirs
}

# pair_limit NAME JOB: the same beside the system calls that none can do without.
pair_limit() {
    local name=$1 job=$2 files
    mapfile -d '' -t files <"$list"
    theirs() { "$out/files_limit" "$job" "${files[@]}"; }
    paired "${ROUNDS:-3}" "filigrane check" ours "$name" theirs
}

bench() {
    local input headers list table
    input=$(photographs)
    headers=$(small_files "$input")
    files_limit
    echo "-- $(find "$headers" -type f | wc -l) small files"
    list=$(list "$headers" 1)
    pair_limit "the limit: open, stat, 16 KiB, close" head
    pair_of "exiftool (its default tags)" exiftool
    pair_of "exiv2 (all of three)" exiv2 -q -pa
    pair_of "jhead (EXIF only)" jhead
    echo "-- $(find "$input" -type f | wc -l) photographs of $(du -sm "$input" | cut -f1) MiB"
    table="check, photographs"
    list=$(list "$input" 10)
    pair_limit "the limit: every byte read" whole
    pair_of exiftool exiftool
    pair_of exiv2 exiv2 -q -pa
}

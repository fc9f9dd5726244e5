# bench_check.sh: what a file says of its rights and leaks, beside programs that read metadata and beside the system calls alone:
# small files, which are all header, and whole photographs, which are searched to their end for what hides behind the picture.
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

# pair_of FOLDER NAME COMMAND...: pairs check with a program that reads the files it is given by name, as ours is here.
pair_of() {
    local folder=$1 name=$2
    shift 2
    command -v "$1" >/dev/null || return 0
    local reader=("$@")
    ours() { find "$folder" -type f -print0 | cost "$FILIGRANE" check -0 - ; }
    theirs() { cost bash -c 'find "$1" -type f -print0 | xargs -0 "${@:2}"' _ "$folder" "${reader[@]}"; }
    paired "${ROUNDS:-3}" "filigrane check" ours "$name" theirs
}

# pair_limit FOLDER NAME JOB: the same beside the system calls that none can do without.
pair_limit() {
    local folder=$1 name=$2 job=$3
    ours() { find "$folder" -type f -print0 | cost "$FILIGRANE" check -0 - ; }
    theirs() { "$out/files_limit" "$job" "$folder"/*; }
    paired "${ROUNDS:-3}" "filigrane check" ours "$name" theirs
}

bench() {
    local input headers table
    input=$(photographs)
    headers=$(small_files "$input")
    files_limit
    echo "-- $(find "$headers" -type f | wc -l) small files"
    pair_limit "$headers" "the limit: open, stat, 16 KiB, close" head
    pair_of "$headers" "exiftool (its default tags)" exiftool
    pair_of "$headers" "exiv2 (all of three)" exiv2 -q -pa
    pair_of "$headers" "jhead (EXIF only)" jhead
    echo "-- $(find "$input" -type f | wc -l) photographs of $(du -sm "$input" | cut -f1) MiB"
    table="check, photographs"
    pair_limit "$input" "the limit: every byte read" whole
    pair_of "$input" exiftool exiftool
    pair_of "$input" exiv2 exiv2 -q -pa
}

#!/usr/bin/env bats
load common

# The sizes of metadata blocks. Refused is by the header; what a raised limit lets through must also come out well.

# press_profile FILE BYTES: a colour profile that is sound and that large, as those of printing presses are.
press_profile() {
    python3 - "$1" "$2" <<'EOT'
import subprocess, struct, sys
subprocess.run(["vips", "black", "x.v", "1", "1", "--bands", "3"], check=True)
subprocess.run(["vips", "jpegsave", "x.v", "x.jpg", "--profile", "srgb"], check=True)
subprocess.run("exiftool -b -icc_profile x.jpg >x.icc", shell=True, check=True)
profile = open("x.icc", "rb").read()
size = int(sys.argv[2])
profile += bytes(size - len(profile))
open(sys.argv[1], "wb").write(struct.pack(">I", size) + profile[4:])
EOT
}

# refused KEY=SIZE MESSAGE FILE: with that limit that photo alone fails, with these words.
refused() {
    run filigrane publish "$3" good.jpg -o web --json --set "limits.$1"
    [ "$status" -eq 1 ]
    [[ "$output" == *'"status":"failed","stage":"probe","id":"file.too-large","message":"'"$2"* ]]
    [[ "$output" == *'"done":1,'*'"failed":1,'* ]]
}

# taken FILE [KEY=SIZE]: it is published, with that limit or as it is.
taken() {
    filigrane publish "$1" -o web ${2:+--set "limits.$2"} -q
}

@test "a press's colour profile of 1.8 MiB is published out of every container, and refused with limits.icc: 1M" {
    quick_profile
    photo good.jpg 400 300
    press_profile press.icc 1887436
    vips copy good.jpg a.v
    vips jpegsave a.v press.jpg --profile press.icc
    vips pngsave a.v press.png --profile press.icc
    vips webpsave a.v press.webp --profile press.icc
    vips tiffsave a.v press.tif --profile press.icc
    vips copy press.jpg b.v
    vips heifsave b.v press.heic --compression hevc
    vips heifsave b.v press.avif --compression av1
    for file in press.*; do
        [ "$file" != press.icc ] || continue
        [ "$(exiftool -b -icc_profile "$file" | wc -c)" -eq 1887436 ]
        refused icc=1M 'has a colour profile of 1887436 bytes, the limit is 1048576 (limits.icc)' "$file"
        taken "$file"
        [ -s "web/press-320.jpg" ]
        rm -r web
    done
}

@test "XMP counts whole, with what a JPEG holds in extended packets" {
    quick_profile
    photo good.jpg 400 300
    head -c 1200000 /dev/zero | tr '\0' x >long.txt
    for file in long.jpg long.png long.tif long.heic; do
        case $file in
        *.jpg) cp good.jpg $file ;;
        *.heic) vips heifsave good.jpg $file --compression hevc ;;
        *) vips copy good.jpg $file ;;
        esac
        exiftool -q -overwrite_original "-XMP-dc:Source<=long.txt" $file
        refused xmp=1M 'has XMP of 120' $file
        taken $file
        rm -r web
    done
}

@test "an EXIF block is held to its limit; a TIFF is no block" {
    quick_profile
    photo good.jpg 400 300
    head -c 1100000 /dev/zero | tr '\0' x >longer.txt
    head -c 66000 longer.txt >long.txt
    vips pngsave good.jpg long.png
    vips heifsave good.jpg long.heic --compression hevc
    for file in long.png long.heic; do
        exiftool -q -overwrite_original "-EXIF:HostComputer<=longer.txt" $file
        refused exif=1M 'has an EXIF block of 11' $file
        rm -r web
        exiftool -q -overwrite_original "-EXIF:HostComputer<=long.txt" $file
        refused exif=64K 'has an EXIF block of 66' $file
        taken $file
        rm -r web
    done
    vips tiffsave good.jpg large.tif
    [ "$(stat -c %s large.tif)" -gt 65536 ]
    exiftool -q -overwrite_original "-EXIF:HostComputer<=long.txt" large.tif
    taken large.tif exif=64K
}

@test "a sidecar over limits.xmp fails its photo by name instead of being passed over" {
    quick_profile
    photo good.jpg 400 300
    photo told.jpg 400 300
    exiftool -q -XMP-dc:Title=Told -o told.xmp
    head -c 1200000 /dev/zero | tr '\0' ' ' >>told.xmp
    refused xmp=1M 'its sidecar told.xmp has 120' told.jpg
    taken told.jpg
    [ "$(jq -r '.photos[]|select(.source=="told.jpg").title' web/filigrane.json)" = Told ]
}

@test "a limit that is no size, or none at all, is told like the others" {
    for value in 0 65M plenty; do
        run --separate-stderr filigrane profile gallery --set limits.exif=$value
        [ "$status" -eq 2 ]
        [[ "$stderr" == *"limits.exif=$value: expected a whole number in 1K..64M (K, M, G, T: 1024s)"* ]]
    done
}

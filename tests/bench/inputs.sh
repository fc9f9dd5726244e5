# inputs.sh: the photographs that benchmarks work on. Sourced by run.sh.
# shellcheck shell=bash

wallpapers=/usr/share/backgrounds

# photographs: a folder of the Debian wallpapers that are JPEG; prints its path.
photographs() {
    local folder=$out/photographs file
    rm -rf "$folder"
    mkdir -p "$folder"
    for file in "$wallpapers"/*.jpg "$wallpapers"/mate/nature/*.jpg; do
        [ -f "$file" ] && [ ! -L "$file" ] && cp "$file" "$folder/"
    done
    if [ -z "$(ls "$folder")" ]; then
        echo "no photographs: install mate-backgrounds and lomiri-wallpapers-20.04" >&2
        return 1
    fi
    echo "$folder"
}

# camera: a folder of frames of 20 to 26 megapixels as cameras write them, made once; prints its path. Two are whole photographs,
# the others are two to six joined side by side: no pixel is scaled, for enlarged photographs are soft and decode too fast.
# Baseline of quality 92, 4:2:2 and 4:2:0, thumbnails, coordinates and serial numbers; two lie on their side, two are in Display P3.
camera() {
    local folder=$out/camera parts=$out/camera-parts
    if [ ! -f "$folder.made" ]; then
        rm -rf "$folder" "$parts"
        mkdir -p "$folder" "$parts"
        {
            frame 1 2x1 "" 1 6000x4000 Painting-Colors_by__herobrine7gamer
            frame 2 2x1 "" 1 6028x3391 Kleiber_by_Lukas_Baubkus
            frame 3 2x1 side 1 4352x2448 seeding_by_Clements_Engelhardt Bridge_by_Sander_Klootwijk
            frame 4 2x1 side 1 4224x2848 Dragonfly_by_Bolly sunset_by_Aitzol_Berasategi
            frame 5 2x2 "" 2 4096x3837 Wine_by_Jakkub_Mede Infinite-Sea_by_Aury88
            frame 6 2x2 p3 2 3088x2056 life_by_Aitzol_Berasategi aitzgorri_by_Aitzol_Berasategi \
                picosdeeuropa_by_Aitzol_Berasategi umang_by_Abhishek_Mudgal
            frame 7 2x2 p3 2 2880x2160 greentock_by_Peter_Nerlich free_by_Peter_Nerlich analogpattern_by_Peter_Nerlich \
                Fossa_by_Jasper_Roks
            frame 8 2x2 "" 2 2560x1600 mate/nature/Aqua mate/nature/Garden mate/nature/LadyBird mate/nature/TwoWings \
                mate/nature/YellowFlower mate/nature/Wood
        } >"$out/camera.log" 2>&1 || {
            cat "$out/camera.log" >&2
            return 1
        }
        rm -rf "$parts"
        touch "$folder.made"
    fi
    echo "$folder"
}

# frame NUMBER SAMPLING VARIANT ACROSS SIZE NAME...: joins the middles of the photographs, at most SIZE of each, ACROSS in a row.
frame() {
    local file=$folder/IMG_000$1.jpg sampling=$2 variant=$3 across=$4 size=$5 name n=0
    local -x VIPS_WARNING=0
    shift 5
    rm -f "$parts"/*
    for name in "$@"; do
        cut_middle "$wallpapers/$name.jpg" "$parts/part.v" "${size%x*}" "${size#*x}"
        append "$parts/row.v" horizontal
        n=$((n + 1))
        if [ $((n % across)) -eq 0 ]; then
            mv "$parts/row.v" "$parts/part.v"
            append "$parts/whole.v" vertical
        fi
    done
    [ "$variant" != side ] || { vips rot "$parts/whole.v" "$parts/turned.v" d270 && mv "$parts/turned.v" "$parts/whole.v"; }
    if [ "$variant" = p3 ]; then
        vips icc_transform "$parts/whole.v" "$parts/wide.v" p3 --input-profile srgb
        mv "$parts/wide.v" "$parts/whole.v"
    fi
    vips ppmsave "$parts/whole.v" "$parts/whole.ppm"
    cjpeg -quality 92 -sample "$sampling" -outfile "$file" "$parts/whole.ppm"
    vips thumbnail "$parts/whole.v" "$parts/thumb.jpg[Q=75,strip]" 160
    vips thumbnail "$parts/whole.v" "$parts/profile.jpg" 64 # holds the profile
    exiftool -q -overwrite_original -n -tagsfromfile "$parts/profile.jpg" -icc_profile -Make=Canon -Model='Canon EOS R6' \
        -LensModel=RF24-105mm -BodySerialNumber=012345678901 -OwnerName=Jane -ExposureTime=0.005 -FNumber=5.6 -ISO=400 \
        -FocalLength=50 -DateTimeOriginal="2026:05:04 10:11:1$1" -Orientation="$([ "$variant" = side ] && echo 6 || echo 1)" \
        -GPSLatitude=45.34 -GPSLatitudeRef=N -GPSLongitude=5.79 -GPSLongitudeRef=E "-ThumbnailImage<=$parts/thumb.jpg" "$file"
}

# cut_middle FILE OUT WIDTH HEIGHT: what FILE has of that size around its middle.
cut_middle() {
    local width height
    vips autorot "$1" "$parts/upright.v"
    width=$(vipsheader -f width "$parts/upright.v") height=$(vipsheader -f height "$parts/upright.v")
    vips smartcrop "$parts/upright.v" "$2" $((width < $3 ? width : $3)) $((height < $4 ? height : $4)) --interesting centre
}

# append FILE DIRECTION: joins part.v to the picture in FILE, or makes it.
append() {
    if [ -f "$1" ]; then
        vips join "$1" "$parts/part.v" "$parts/joined.v" "$2"
        mv "$parts/joined.v" "$1"
    else
        mv "$parts/part.v" "$1"
    fi
}

# candidates: the photographs for what is measured on marks, a path a line: those of FILIGRANE_BENCH_PHOTOS, else Debian's.
candidates() {
    if [ -n "${FILIGRANE_BENCH_PHOTOS:-}" ]; then
        find "$FILIGRANE_BENCH_PHOTOS" -type f | sort
    else
        find "$wallpapers"/*.jpg "$wallpapers"/mate/nature/*.jpg \
            /usr/share/wallpapers/*/contents/images/2560x1600.jpg -type f 2>/dev/null | sort
    fi
}

# views FOLDER LEAST: one picture of 2048 x 1360 as PNG of each candidate that is large enough; says how many, and fails when
# they are fewer than LEAST.
views() {
    local file width number=0
    local -x VIPS_WARNING=0 # odd tags of old files
    rm -rf "$1"
    mkdir -p "$1"
    while IFS= read -r file; do
        width=$(vipsheader -f width "$file" 2>/dev/null) || continue
        [ "$width" -ge 1500 ] || continue
        number=$((number + 1))
        vips thumbnail "$file" "$1/view.v" 2048 --height 1360 --crop centre --export-profile srgb 2>/dev/null || continue
        case $(vipsheader -f bands "$1/view.v") in
            2 | 4) vips flatten "$1/view.v" "$1/flat.v" --background 255 ;;
            *) mv "$1/view.v" "$1/flat.v" ;;
        esac
        vips pngsave "$1/flat.v" "$1/$(printf '%02d' "$number").png" --strip --compression 1
    done < <(candidates)
    rm -f "$1/view.v" "$1/flat.v"
    number=$(find "$1" -name '*.png' | wc -l)
    if [ "$number" -lt "$2" ]; then
        echo "skipped: $number photographs of 1500 px and more, $2 are needed; set FILIGRANE_BENCH_PHOTOS to a folder of them"
        return 1
    fi
    echo "$number photographs at 2048 x 1360"
}

# numpy: prints a python3 that has the modules named; fails where there is none.
numpy() {
    local python
    for python in python3 /usr/bin/python3; do
        if "$python" -c "import numpy $*" 2>/dev/null; then
            echo "$python"
            return 0
        fi
    done
    return 1
}

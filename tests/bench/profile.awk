# profile.awk SYMBOLS LIMIT OURS: sums samples (period|thread|library|symbol) by what they were for, as a share of all samples of the
# codecs in LIMIT. Prints "group TAB share" in a fixed order.
BEGIN {
    FS = "|"
    OFS = "\t"
    split("JPEG decoder|JPEG encoder|WebP encoder|AVIF encoder|scaling|marks|pixels otherwise|metadata, container, audit|SHA-256|" \
          "C library, GLib, linker|kernel: pages of the workers|kernel otherwise|parent process|zygote|prober|typesetter|the rest", order, "|")
    # What room or file a function is of, the first that fits.
    rules = split("pixels/scale=scaling|mark/=marks|pixels/lettering=marks|pixels/=pixels otherwise|metadata/=metadata, container, audit|" \
                  "container/=metadata, container, audit|base/digest=SHA-256|check/=metadata, container, audit", rule, "|")
}
FILENAME == ARGV[1] {
    split($0, part, " ")
    room[part[1]] = part[2]
    next
}
{
    symbol = $4
    sub(/^\[.\] /, "", symbol)
    # Sixteen bytes of a library without symbols.
    block = symbol ~ /^0x/ ? substr(symbol, 1, length(symbol) - 1) : symbol
}
FILENAME == ARGV[2] {
    if ($2 == "decode" || $2 == "jpeg" || $2 == "webp" || $2 == "avif") {
        limit += $1
        met[$3, block, $2] += $1
    }
    next
}
{
    spent[group($2, $3, symbol, block)] += $1
    all += $1
}

function group(thread, library, symbol, block,    file, i, pair) {
    if (thread !~ /^fg-photo/)
        return thread ~ /^fg-(zygote|prober|typesetter)/ ? substr(thread, 4) : thread ~ /^filigrane/ ? "parent process" : "the rest"
    if (library ~ /^libjpeg/)
        return met[library, block, "decode"] >= met[library, block, "jpeg"] ? "JPEG decoder" : "JPEG encoder"
    if (library ~ /^lib(webp|sharpyuv)/)
        return "WebP encoder"
    if (library ~ /^lib(heif|aom|de265|dav1d|x265)/)
        return "AVIF encoder"
    if (library ~ /^lib(exif|xml2)/)
        return "metadata, container, audit"
    if (library ~ /^libnettle/)
        return "SHA-256"
    if (library ~ /^lib(cairo|pango|freetype|harfbuzz|fontconfig)/)
        return "marks"
    if (library ~ /^lib(lcms2|vips)/)
        return "pixels otherwise"
    if (library ~ /kernel|vdso/)
        return symbol ~ /clear_|fault|page|pte|pmd|folio|lru|memcg|zap|mmap|vma|unmap|alloc/ ? "kernel: pages of the workers" : "kernel otherwise"
    if (library ~ /^(libc\.|libc-|libm\.|ld-|libglib|libgobject|libgmodule|libgio|libpthread)/)
        return "C library, GLib, linker"
    file = room[symbol]
    for (i = 1; i <= rules; i++) {
        split(rule[i], pair, "=")
        if (index(file, pair[1]) == 1)
            return pair[2]
    }
    return "the rest"
}

END {
    for (i = 1; i in order; i++)
        if (spent[order[i]] > 0)
            print order[i], spent[order[i]] / limit
    print "all", all / limit
}

/* scan.c: looks for hidden metadata in bytes whose form nobody has told: private segments, trailers, unknown
 * maker notes, manifests. What begins like a known block is read as one; a video's place and coordinates in
 * text are told. */
#include "metadata/reading.h"

#include <string.h>

#define MOST_OF_A_KIND 8 /* blocks of one kind that are read out of one stretch of bytes */

/* `found` says whether it has read on to the end, so that there is nothing more of this kind to look for. */
typedef struct {
    const char *pattern;
    gsize length;
    gsize skip; /* from the start of the pattern to that of the block */
    gboolean (*found)(FgReading *reading, GBytes *rest, const char *where);
} Pattern;

static gboolean
found_exif(FgReading *reading, GBytes *rest, const char *where)
{
    g_autofree char *below = g_strconcat(where, "/exif:", NULL);
    fg_reading_copy(reading, FG_BLOCK_EXIF, rest, below);
    return FALSE;
}

/* A TIFF header is only eight bytes: what follows must look like a directory before it is read. */
static gboolean
found_tiff(FgReading *reading, GBytes *rest, const char *where)
{
    FgTiff tiff;
    if (fg_tiff_open(fg_cursor_bytes(rest, FG_BIG_ENDIAN), &tiff) && fg_ifd_is_likely(&tiff, tiff.first))
        found_exif(reading, rest, where);
    return FALSE;
}

static gboolean
found_xmp(FgReading *reading, GBytes *rest, const char *where)
{
    gsize length;
    const char *data = g_bytes_get_data(rest, &length);
    static const char end[] = "</rdf:RDF>";
    const char *last = memmem(data, length, end, sizeof end - 1);
    gsize size = last ? (gsize)(last - data) + sizeof end - 1 : length;
    /* From here to the end of the RDF the wrapper is left open; it is found again, and closed by recovery. */
    g_autoptr(GBytes) packet = g_bytes_new_from_bytes(rest, 0, size);
    g_autofree char *below = g_strconcat(where, "/xmp:", NULL);
    fg_reading_copy(reading, FG_BLOCK_XMP, packet, below);
    return FALSE;
}

static gboolean
found_irb(FgReading *reading, GBytes *rest, const char *where)
{
    g_autofree char *below = g_strconcat(where, "/iptc:", NULL);
    fg_reading_copy(reading, FG_BLOCK_IRB, rest, below);
    return TRUE;
}

/* ©xyz of QuickTime: two lengths, then ISO 6709, "+41.1408+017.5968/". */
static gboolean
found_place(FgReading *reading, GBytes *rest, const char *where)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(rest, &length);
    for (gsize i = 4; i + 2 < length && i < 12; i++)
        if ((data[i] == '+' || data[i] == '-') && g_ascii_isdigit((char)data[i + 1])) {
            g_autofree char *text = fg_text_decode(data + i, MIN(length - i, 40), NULL);
            char *end = strchr(text, '/');
            if (end)
                *end = '\0';
            if (!strpbrk(text, "123456789"))
                return TRUE; /* The camera knew no place. */
            fg_reading_personal(reading, "location.gps", where, text);
            return TRUE;
        }
    return FALSE;
}

static gboolean
found_name(FgReading *reading, GBytes *rest, const char *where)
{
    (void)rest;
    fg_reading_personal(reading, "location.gps", where, NULL);
    return TRUE;
}

static gboolean
found_document(FgReading *reading, GBytes *rest, const char *where)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(rest, &length);
    gsize end = 0;
    while (end < MIN(length, 64) && g_ascii_isgraph((char)data[end]) && data[end] != '"')
        end++;
    g_autofree char *id = g_strndup((const char *)data, end);
    fg_reading_personal(reading, "id.document", where, id);
    return TRUE;
}

static gboolean
found_picture(FgReading *reading, GBytes *rest, const char *where)
{
    /* Three bytes come about by chance; a picture with a size does not. */
    g_autoptr(FgContainer) picture = fg_container_read(rest, NULL);
    if (!picture || picture->width == 0)
        return FALSE;
    fg_reading_personal(reading, "preview.embedded", where, NULL);
    fg_reading_inside(reading, rest, where);
    return TRUE;
}

#define BYTES(text) text, sizeof(text) - 1
static const Pattern patterns[] = {
    {BYTES("Exif\0\0II"), 6, found_exif},
    {BYTES("Exif\0\0MM"), 6, found_exif},
    {BYTES("II*\0"), 0, found_tiff},
    {BYTES("MM\0*"), 0, found_tiff},
    {BYTES("<rdf:RDF"), 0, found_xmp},
    {BYTES("8BIM\4"), 0, found_irb},
    {BYTES("\xa9xyz"), 0, found_place},
    {BYTES("loci\0\0\0\0"), 0, found_name},
    {BYTES("com.apple.quicktime.location.ISO6709"), 0, found_name},
    {BYTES("GPSLatitude"), 0, found_name},
    {BYTES("xmp.did:"), 0, found_document},
    {BYTES("\xff\xd8\xff"), 0, found_picture},
};

/* Runs of ASCII in the bytes, for coordinates that are written out; at most so many bytes are looked at. */
static void
scan_text(FgReading *reading, const guint8 *data, gsize length, const char *where)
{
    static const gsize shortest = 12, ceiling = 1 << 20;
    gsize start = 0, limit = MIN(length, ceiling);
    for (gsize i = 0; i <= limit; i++) {
        if (i < limit && data[i] >= 0x20 && data[i] < 0x7f)
            continue;
        if (i - start >= shortest) {
            g_autofree char *text = g_strndup((const char *)data + start, i - start);
            fg_reading_text(reading, where, text);
        }
        start = i + 1;
    }
}

/* What stands between the word and its value: "# = ", "Number: ", "_no=\"". FALSE when no value follows. */
static gboolean
skip_to_value(FgCursor *at)
{
    static const char *const kinds[] = {"number", "num", "no.", "no", "nr", "#"};
    const char *text = (const char *)at->data;
    while (fg_cursor_left(at) && strchr(" _-", text[at->offset]) && text[at->offset])
        at->offset++;
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        const gsize length = strlen(kinds[i]);
        if (fg_cursor_left(at) >= length && g_ascii_strncasecmp(text + at->offset, kinds[i], length) == 0) {
            at->offset += length;
            break;
        }
    }
    gboolean divided = FALSE;
    for (; fg_cursor_left(at) && text[at->offset] && strchr(" \"'=:>", text[at->offset]); at->offset++)
        divided = divided || strchr("=:>", text[at->offset]);
    return divided;
}

/* The value: letters and digits, with a digit that is not 0. NULL for none; the caller frees. */
static char *
take_number(const FgCursor *at)
{
    const char *text = (const char *)at->data + at->offset;
    gsize length = 0;
    gboolean digit = FALSE;
    for (; length < MIN(fg_cursor_left(at), 40) && text[length] &&
           (g_ascii_isalnum(text[length]) || strchr("#-_./", text[length]));
         length++)
        digit = digit || (text[length] >= '1' && text[length] <= '9');
    return digit && length >= 2 ? g_strndup(text, length) : NULL;
}

/* Notes serial numbers that are named in a text: "Serial#=0042", "Serial Number: 0042". */
static void
scan_serials(FgReading *reading, const guint8 *data, gsize length, const char *where)
{
    static const gsize ceiling = 1 << 20;
    static const char word[] = "serial";
    FgCursor at = fg_cursor(data, MIN(length, ceiling), FG_BIG_ENDIAN);
    for (guint n = 0; n < MOST_OF_A_KIND && fg_cursor_left(&at) >= sizeof word;) {
        const char *text = (const char *)at.data + at.offset;
        if ((*text | 0x20) != 's' || g_ascii_strncasecmp(text, word, sizeof word - 1) != 0) {
            at.offset++;
            continue;
        }
        const gboolean lens = at.offset >= 5 && (g_ascii_strncasecmp(text - 4, "lens", 4) == 0 ||
                                                 g_ascii_strncasecmp(text - 5, "lens", 4) == 0);
        at.offset += sizeof word - 1;
        FgCursor value = at;
        g_autofree char *number = skip_to_value(&value) ? take_number(&value) : NULL;
        if (!number)
            continue;
        n++;
        fg_reading_personal(reading, lens ? "serial.lens" : "serial.body", where, number);
    }
}

/* Finds a pattern again and again; *exif_end is where the TIFF header of an EXIF block that was read begins,
 * plus one. */
static void
scan_pattern(FgReading *reading, GBytes *bytes, const Pattern *pattern, const char *where, gsize *exif_end)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    gsize from = 0;
    for (guint n = 0; n < MOST_OF_A_KIND; n++) {
        const guint8 *hit = memmem(data + from, length - from, pattern->pattern, pattern->length);
        if (!hit)
            return;
        gsize at = (gsize)(hit - data);
        from = at + 1;
        if (pattern->found == found_exif)
            *exif_end = MAX(*exif_end, at + pattern->skip + 1);
        else if (pattern->found == found_tiff && at + 1 == *exif_end)
            continue;
        g_autoptr(GBytes) rest =
            g_bytes_new_from_bytes(bytes, at + pattern->skip, length - at - pattern->skip);
        if (pattern->found(reading, rest, where))
            return;
    }
}

void
fg_scan(FgReading *reading, GBytes *bytes, const char *where)
{
    gsize length, exif_end = 0;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    if (length == 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(patterns); i++)
        scan_pattern(reading, bytes, &patterns[i], where, &exif_end);
    scan_text(reading, data, length, where);
    scan_serials(reading, data, length, where);
}

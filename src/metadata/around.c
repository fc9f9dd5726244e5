/* around.c: what stands around the picture and is none of the metadata blocks: comments, private segments,
 * trailers. */
#include "metadata/reading.h"

#include <string.h>

/* What encoders write into a comment of their own accord. */
static gboolean
is_encoder(const char *text)
{
    static const char *const marks[] = {
        "CREATOR: gd-jpeg", "LEAD Technologies", "AppleMark", "Created with",
        "File written by",  "Optimized by",      "Lavc",      "Intel(R) JPEG"};
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(text, marks[i]))
            return TRUE;
    return FALSE;
}

void
fg_comment_read(FgReading *reading, GBytes *comment, const char *where)
{
    gsize length = 0;
    const guint8 *data = g_bytes_get_data(comment, &length);
    if (length == 0)
        return;
    g_autofree char *decoded = fg_text_decode(data, length, NULL);
    g_autofree char *text = fg_text_trimmed(decoded);
    if (text && !fg_reading_prompt(reading, where, text)) {
        fg_reading_personal(reading, is_encoder(text) ? "personal.software" : "personal.comment", where,
                            text);
        fg_reading_text(reading, where, text);
    }
    if (length > 64)
        fg_reading_scan(reading, comment, where);
}

/* Segments and chunks that only tell a program how to work with the pixels. */
static gboolean
is_harmless(const FgPart *part)
{
    static const char *const names[] = {
        "Adobe",      "APP14 Adobe", "APP0 JFIF",  "APP0 AVI1",  "APP13 Adobe_CM", "chunk iDOT",
        "chunk vpAg", "chunk sPLT",  "chunk hIST", "chunk oFFs", "chunk orNT",     "chunk sTER",
        "chunk pCAL", "chunk sCAL",  "chunk acTL", "chunk fcTL", "chunk fdAT",     "chunk CgBI",
        "chunk caNv", "chunk gIFg",  "chunk gIFx", "chunk tXMP",
    };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_strcmp0(part->name, names[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The first run of readable text of some length, or NULL: enough to show a person what stands there. */
static char *
readable(const guint8 *data, gsize length)
{
    gsize start = 0, limit = MIN(length, 4096);
    for (gsize i = 0; i <= limit; i++) {
        if (i < limit && data[i] >= 0x20 && data[i] < 0x7f)
            continue;
        if (i - start >= 8)
            return g_strndup((const char *)data + start, i - start);
        start = i + 1;
    }
    return NULL;
}

static gboolean
is_blank(const guint8 *data, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (data[i] != 0)
            return FALSE;
    return TRUE;
}

/* Data of a maker's own, or somebody's text: nobody can vouch for it, so it counts as personal. */
void
fg_private_read(FgReading *reading, const FgPart *part)
{
    gsize length = 0;
    const guint8 *data = part->bytes ? g_bytes_get_data(part->bytes, &length) : NULL;
    g_autofree char *where = fg_container_where(part->name ? part->name : part->where);
    if (length == 0 || is_blank(data, length))
        return;
    /* Of a JPEG XL, what stands in no box is a segment of its former JPEG. */
    if (reading->format == FG_FORMAT_JPEG || (reading->format == FG_FORMAT_JXL && part->length == 0))
        fg_segment_read(reading, part, where);
    fg_reading_scan(reading, part->bytes, where);
    /* In a TIFF file these are tags, which the reader of directories has told already. */
    if (is_harmless(part) || reading->format == FG_FORMAT_TIFF)
        return;
    if (g_str_has_prefix(where, "container:chunk mk") || g_strcmp0(part->name, "chunk prVW") == 0) {
        fg_reading_personal(reading, "preview.embedded", where, NULL); /* Fireworks keeps its layers there. */
        return;
    }
    if (reading->format == FG_FORMAT_JXL && g_strcmp0(part->name, "jbrd") == 0) {
        fg_reading_note(reading, "container.aux-image", where,
                        "The file holds what its former JPEG is put together from, which can't be opened and "
                        "may hold comments.");
        return;
    }
    g_autofree char *text = g_strcmp0(part->name, "APP1 FLIR") == 0 ? NULL : readable(data, length);
    if (text && fg_reading_prompt(reading, where, text))
        return;
    fg_reading_personal(reading, text ? "personal.comment" : "makernote.present", where, text);
}

/* Marks of well-known trailers, for the message. */
static const struct {
    const char *mark;
    gsize length;
    const char *name;
} trailers[] = {
    {"SEFT", 4, "a Samsung trailer"},
    {"QDIOBS", 6, "a Samsung trailer"},
    {"CANON OPTIONAL DATA", 19, "a Canon recipe"},
    {"AXS!", 4, "an AFCP trailer"},
    {"AXS*", 4, "an AFCP trailer"},
    {"\xa1\xb2\xc3\xd4", 4, "a FotoStation trailer"},
    {"cbipcbbl", 8, "a Photo Mechanic trailer"},
    {"zmie~", 5, "a MIE trailer"},
    {"8db42d694ccc418790edff439fe026bf", 32, "an Insta360 trailer"},
    {"/NIKON APP", 10, "a Nikon trailer"},
    {"\x2a\x39\x48\x57\x66\x75\x84\x93\xa2\xb1", 10, "a Vivo trailer"},
    {"jxrs", 4, "a OnePlus trailer"},
    {"PK\3\4", 4, "a ZIP archive"},
    {"Rar!", 4, "a RAR archive"},
};

static gboolean
holds_video(const guint8 *data, gsize length)
{
    static const char *const brands[] = {"ftypmp4",  "ftypisom", "ftypqt  ", "ftypavc1",
                                         "ftypM4V ", "ftyp3gp",  "ftypMSNV", "ftypdash"};
    for (guint i = 0; i < G_N_ELEMENTS(brands); i++)
        if (memmem(data, length, brands[i], strlen(brands[i])))
            return TRUE;
    return FALSE;
}

void
fg_trailer_read(FgReading *reading, GBytes *trailer, const char *where)
{
    gsize length = 0;
    const guint8 *data = trailer ? g_bytes_get_data(trailer, &length) : NULL;
    if (length == 0)
        return;
    if (length <= 4096 && is_blank(data, length)) {
        fg_reading_personal_as(reading, FG_SEVERITY_INFO, "trailing.data", where, NULL);
        return;
    }
    if (holds_video(data, length)) {
        fg_reading_personal(reading, "trailing.motion", where, NULL);
    } else {
        const char *name = "data of unknown kind";
        for (guint i = 0; i < G_N_ELEMENTS(trailers); i++)
            if (memmem(data, length, trailers[i].mark, trailers[i].length)) {
                name = trailers[i].name;
                break;
            }
        fg_reading_note(reading, "trailing.data", where, "There is %s after the end of the picture.",
                        memcmp(data, "\xff\xd8", MIN(length, 2)) == 0 ? "another picture" : name);
    }
    fg_afcp_read(reading, trailer, where);
    fg_reading_inside(reading, trailer, where);
}

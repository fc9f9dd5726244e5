/* png_text.c: the texts of a PNG file: some state rights, some are personal, some hide blocks of other
 * formats. */
#include "metadata/reading.h"

#include <string.h>

/* Keywords of PNG text whose meaning is known; one that ends in '*' stands for all that begin so. Other
 * keywords are a free comment, a NULL id is nobody's concern. */
static const struct {
    const char *keyword, *id;
} keywords[] = {
    {"Software", "personal.software"},
    {"Creation Time", "time.precise"},
    {"CreationTime", "time.precise"},
    {"create-date", "time.precise"},
    {"modify-date", "time.precise"},
    {"date:*", "time.precise"},
    {"parameters", "personal.prompt"},
    {"prompt", "personal.prompt"},
    {"workflow", "personal.prompt"},
    {"Dream", "personal.prompt"},
    {"sd-metadata", "personal.prompt"},
    {"invokeai*", "personal.prompt"},
    {"exif:GPSVersion*", NULL},
    {"exif:GPS*", "location.gps"},
    {"exif:UserComment", "personal.comment"},
    {"exif:MakerNote", "makernote.present"},
    {"exif:*", NULL},
    {"tiff:*", NULL},
    {"icc:*", NULL},
    {"png:*", NULL},
    {"jpeg:*", NULL},
    {"photoshop:*", NULL},
    {"Disclaimer", NULL},
    {"Warning", NULL},
    {"Source", NULL},
    {"Title", NULL},
    {"Description", NULL},
};

/* Keywords that state rights beside the two of PNG's own, in any case: ImageMagick's names of EXIF and TIFF
 * tags, and what writers make of them. */
static const struct {
    const char *keyword, *states;
} rights_keywords[] = {
    {"Copyright", "Copyright"},
    {"exif:Copyright", "Copyright"},
    {"tiff:Copyright", "Copyright"},
    {"dc:rights", "Copyright"},
    {"Author", "Author"},
    {"Artist", "Author"},
    {"exif:Artist", "Author"},
    {"tiff:Artist", "Author"},
    {"dc:creator", "Author"},
    {"Copyright Notice", "Copyright"},
};

const char *
fg_png_text_right(const char *keyword)
{
    for (guint i = 0; i < G_N_ELEMENTS(rights_keywords); i++)
        if (g_ascii_strcasecmp(rights_keywords[i].keyword, keyword) == 0)
            return rights_keywords[i].states;
    return NULL;
}

static const char *
keyword_id(const char *keyword)
{
    if (fg_png_text_right(keyword))
        return NULL;
    if (strstr(keyword, "SerialNumber"))
        return strstr(keyword, "Lens") ? "serial.lens" : "serial.body";
    if (strstr(keyword, "atitude") || strstr(keyword, "ongitude"))
        return "location.gps";
    if (g_ascii_strcasecmp(keyword, "location") == 0 || g_ascii_strcasecmp(keyword, "city") == 0)
        return "location.text";
    for (guint i = 0; i < G_N_ELEMENTS(keywords); i++) {
        gsize length = strlen(keywords[i].keyword);
        gboolean open = keywords[i].keyword[length - 1] == '*';
        if (open ? strncmp(keyword, keywords[i].keyword, length - 1) == 0
                 : strcmp(keyword, keywords[i].keyword) == 0)
            return keywords[i].id;
    }
    return "personal.comment";
}

static FgSaid *
begin(FgReading *reading)
{
    FgSaid *said = &reading->said[FG_SAYS_PNG];
    said->present = TRUE;
    if (!said->rights) {
        said->rights = fg_rights_new();
        said->facts = fg_facts_new();
    }
    return said;
}

/* `where` ends in the keyword. */
static void
say_right(FgReading *reading, GBytes *value, const char *where)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(value, &length);
    g_autofree char *decoded = fg_text_decode(data, length, NULL);
    g_autofree char *text = fg_text_trimmed(decoded);
    FgSaid *said = begin(reading);
    if (!text)
        return;
    if (strcmp(fg_png_text_right(where + strlen("png:")), "Author") == 0) {
        fg_creators_split(text, &said->rights->creators);
    } else if (!said->rights->copyright) {
        said->notice_where = g_strdup(where);
        said->rights->copyright = g_strdup(text);
    }
}

static void
say_png(FgReading *reading, const FgPart *part, const char *text, const char *where)
{
    const char *keyword = part->name ? part->name : "";
    if (fg_png_text_right(keyword)) {
        /* Two that differ are as two blocks that do. */
        fg_reading_block(reading, FG_SAYS_PNG, say_right, part->bytes, where);
        return;
    }
    FgSaid *said = begin(reading);
    if (strcmp(keyword, "Title") == 0)
        fg_say(&said->facts->title, text);
    else if (strcmp(keyword, "Description") == 0)
        fg_say(&said->facts->caption, text);
    else if (strcmp(keyword, "Source") == 0)
        fg_say(&said->rights->source, text);
}

void
fg_png_text_read(FgReading *reading, const FgPart *part)
{
    gsize length = 0;
    const guint8 *data = part->bytes ? g_bytes_get_data(part->bytes, &length) : NULL;
    const char *keyword = part->name ? part->name : "";
    if (length == 0)
        return;
    g_autofree char *decoded = fg_text_decode(data, length, NULL);
    g_autofree char *text = fg_text_trimmed(decoded);
    g_autofree char *name = fg_text_printable(keyword);
    g_autofree char *where = g_strconcat("png:", name, NULL);
    if (!text)
        return;
    if (g_str_has_prefix(keyword, "Raw profile type ")) {
        /* The container has told those that are known blocks. */
        g_autoptr(GBytes) bytes = fg_raw_profile(part->bytes);
        if (bytes)
            fg_reading_scan(reading, bytes, "png:profile");
        return;
    }
    if (!fg_png_text_right(keyword) && fg_reading_prompt(reading, where, text))
        return;
    say_png(reading, part, text, where);
    const char *id = keyword_id(keyword);
    if (id)
        fg_reading_personal(reading, id, where, text);
    if (g_strcmp0(id, "time.precise") == 0)
        fg_reading_dated(reading, text);
    if (g_strcmp0(id, "personal.prompt") == 0)
        reading->generator_trace = TRUE;
    if (g_strcmp0(id, "location.gps") != 0)
        fg_reading_text(reading, where, text);
    if (length > 64 && (memmem(data, length, "<rdf:RDF", 8) || memmem(data, length, "Exif\0\0", 6)))
        fg_reading_scan(reading, part->bytes, where);
}

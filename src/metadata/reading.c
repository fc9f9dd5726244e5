/* reading.c: the notes that every reader takes. */
#include "metadata/reading.h"

#include <string.h>

/* A file of ten thousand comments is told of in so many lines. */
#define MOST_ALIKE 32
#define MOST_DATA 4096

void
fg_reading_clear(FgReading *reading)
{
    for (guint i = 0; i < FG_N_CARRIERS; i++) {
        FgSaid *said = &reading->said[i];
        g_free(said->notice_where);
        g_free(said->other_notice);
        fg_rights_free(said->rights);
        fg_facts_free(said->facts);
    }
    g_free(reading->data_mining);
    g_free(reading->extended_guid);
    g_free(reading->source_type);
    g_free(reading->origin);
    g_free(reading->origin_where);
}

/* In a thumbnail or a trailer, a missing digest or a broken date is nobody's concern; a coordinate is. Its
 * colours and further pictures count with it. */
static gboolean
counts_inside(const char *id)
{
    return fg_finding_tells(id) && !(fg_finding_traits(id)->keep & FG_KEEP_PICTURE);
}

/* The row of an id. The same few come again and again, and their literals are one each. */
static const FgFindingKind *
kind_of(FgReading *reading, const char *id)
{
    if (reading->last_id != id) {
        reading->last_kind = fg_finding_kind(id);
        reading->last_id = id;
    }
    return reading->last_kind;
}

/* One finding for an id and carrier is enough, since the personal data name every place; what stands beside
 * the carriers, as "container:trailer", is told place by place. */
static void
find_once(FgReading *reading, const FgFindingKind *kind, FgSeverity severity, const char *where,
          const char *place, const char *message)
{
    const char *colon = strchr(where, ':');
    gboolean carrier = colon && !g_str_has_prefix(where, "container:");
    gsize shared = carrier ? strlen(reading->within) + (gsize)(colon - where) + 1 : strlen(place) + 1;
    GPtrArray *findings = reading->metadata->findings;
    guint alike = 0;
    for (guint i = 0; i < findings->len; i++) {
        FgFinding *other = g_ptr_array_index(findings, i);
        if (other->id != kind->id)
            continue;
        if (++alike == MOST_ALIKE || strncmp(other->where, place, shared) == 0) {
            other->severity = MAX(other->severity, severity);
            return;
        }
    }
    g_ptr_array_add(findings, fg_finding_of(kind, severity, place, message));
}

void
fg_reading_note(FgReading *reading, const char *id, const char *where, const char *format, ...)
{
    if (reading->depth > 0 && !counts_inside(id))
        return;
    g_autofree char *place = g_strconcat(reading->within, where, NULL);
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    fg_finding_add(reading->metadata->findings, id, place, "%s", message);
}

void
fg_reading_tell(FgReading *reading, const char *id, const char *where)
{
    if (reading->depth > 0 && !counts_inside(id))
        return;
    const FgFindingKind *kind = kind_of(reading, id);
    g_autofree char *place = g_strconcat(reading->within, where, NULL);
    for (guint i = 0; i < reading->metadata->findings->len; i++) {
        const FgFinding *other = g_ptr_array_index(reading->metadata->findings, i);
        if (other->id == kind->id && strcmp(other->where, place) == 0)
            return;
    }
    g_ptr_array_add(reading->metadata->findings, fg_finding_of(kind, kind->severity, place, NULL));
}

static void
add_personal(FgReading *reading, const FgFindingKind *kind, FgSeverity severity, const char *where,
             const char *value, const char *message)
{
    g_assert(fg_finding_tells(kind->id));
    if (reading->depth > 0 && !counts_inside(kind->id))
        return;
    g_autofree char *place = g_strconcat(reading->within, where, NULL);
    find_once(reading, kind, severity, where, place, message);
    if (reading->metadata->personal->len >= MOST_DATA)
        return;
    FgPersonal *personal = g_new0(FgPersonal, 1);
    personal->id = kind->id;
    personal->where = g_steal_pointer(&place);
    personal->value = value ? fg_text_utf8(value, -1, NULL) : NULL;
    g_ptr_array_add(reading->metadata->personal, personal);
}

void
fg_reading_personal_as(FgReading *reading, FgSeverity severity, const char *id, const char *where,
                       const char *value)
{
    add_personal(reading, kind_of(reading, id), severity, where, value, NULL);
}

void
fg_reading_personal(FgReading *reading, const char *id, const char *where, const char *value)
{
    const FgFindingKind *kind = kind_of(reading, id);
    add_personal(reading, kind, kind->severity, where, value, NULL);
}

void
fg_reading_personal_told(FgReading *reading, const char *id, const char *where, const char *message)
{
    const FgFindingKind *kind = kind_of(reading, id);
    add_personal(reading, kind, kind->severity, where, NULL, message);
}

char *
fg_container_where(const char *name)
{
    g_autofree char *printable = fg_text_printable(name);
    return g_strconcat("container:", printable, NULL);
}

static FgReading
deeper_reading(const FgReading *reading, const char *within)
{
    return (FgReading){
        .readers = reading->readers,
        .metadata = reading->metadata,
        .depth = reading->depth + 1,
        .within = within,
        .pieces = reading->pieces,
        .pictures = reading->pictures,
        .inner = reading->inner,
        .marked = -1,
        .irb_flag = -1,
    };
}

/* Bounds how deep and how often a file can make us look again. */
static gboolean
may_go_deeper(FgReading *reading)
{
    if (reading->depth >= FG_READING_DEPTH || *reading->pieces == 0)
        return FALSE;
    (*reading->pieces)--;
    return TRUE;
}

void
fg_reading_copy(FgReading *reading, FgBlockKind kind, GBytes *block, const char *where)
{
    if (!may_go_deeper(reading))
        return;
    FgReading deeper = deeper_reading(reading, reading->within);
    reading->readers->block[kind](&deeper, block, where);
    fg_reading_inner(reading, &deeper);
    fg_reading_clear(&deeper);
}

void
fg_reading_scan(FgReading *reading, GBytes *bytes, const char *where)
{
    reading->readers->block[FG_BLOCK_ANY](reading, bytes, where);
}

void
fg_reading_inside(FgReading *reading, GBytes *bytes, const char *where)
{
    if (!may_go_deeper(reading))
        return;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    FgFormat format = length > 0 ? fg_sniff(data, length) : FG_FORMAT_UNKNOWN;
    g_autoptr(FgContainer) inner = fg_format_is_photo(format) ? fg_container_read(bytes, NULL) : NULL;
    if (!inner) {
        fg_reading_scan(reading, bytes, where);
        return;
    }
    if (reading->pictures) {
        FgPicture *picture = g_new0(FgPicture, 1);
        picture->where = g_strconcat(reading->within, where, NULL);
        picture->bytes = g_bytes_ref(bytes);
        picture->format = format;
        g_ptr_array_add(reading->pictures, picture);
    }
    g_autofree char *within = g_strconcat(reading->within, where, "/", NULL);
    FgReading deeper = deeper_reading(reading, within);
    reading->readers->container(&deeper, inner);
    fg_reading_inner(reading, &deeper);
    fg_reading_clear(&deeper);
}

/* Past white space and byte order marks, of which one was taken for Windows-1252 before. */
static const char *
skip_marks(const char *text)
{
    static const char mark[] = "\xEF\xBB\xBF", mistaken[] = "\u00EF\u00BB\u00BF";
    for (;;) {
        if (g_ascii_isspace(*text))
            text++;
        else if (g_str_has_prefix(text, mark))
            text += sizeof mark - 1;
        else if (g_str_has_prefix(text, mistaken))
            text += sizeof mistaken - 1;
        else
            return text;
    }
}

char *
fg_text_trimmed(const char *text)
{
    if (!text)
        return NULL;
    text = skip_marks(text);
    gsize length = strlen(text);
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    return length > 0 ? g_strndup(text, length) : NULL;
}

void
fg_say(char **field, const char *text)
{
    if (!*field)
        *field = fg_text_trimmed(text);
}

void
fg_say_more(char ***list, const char *text)
{
    guint length = *list ? g_strv_length(*list) : 0;
    char *trimmed = length < FG_READING_LIST ? fg_text_trimmed(text) : NULL;
    if (!trimmed)
        return;
    *list = g_renew(char *, *list, length + 2);
    (*list)[length] = trimmed;
    (*list)[length + 1] = NULL;
}

char *
fg_text_decode(const guint8 *bytes, gsize length, gboolean *latin1)
{
    const guint8 *end = length > 0 ? memchr(bytes, 0, length) : NULL;
    gsize size = end ? (gsize)(end - bytes) : length;
    gboolean valid = g_utf8_validate_len((const char *)bytes, size, NULL);
    if (latin1)
        *latin1 = !valid;
    return valid ? g_strndup((const char *)bytes, size) : fg_text_from_latin1(bytes, size);
}

/* Up to `width` digits at *at; -1 and nothing taken when there are fewer. */
static int
take_digits(const char **at, guint width)
{
    int value = 0;
    for (guint i = 0; i < width; i++) {
        if (!g_ascii_isdigit((*at)[i]))
            return -1;
        value = value * 10 + ((*at)[i] - '0');
    }
    *at += width;
    return value;
}

static void
skip_any(const char **at, const char *separators)
{
    if (**at && strchr(separators, **at))
        (*at)++;
}

gboolean
fg_date_parse(const char *text, char date[20])
{
    date[0] = '\0';
    while (g_ascii_isspace(*text))
        text++;
    int year = take_digits(&text, 4);
    if (year <= 0)
        return FALSE;
    g_snprintf(date, 20, "%04d", year);
    skip_any(&text, ":-/");
    int month = take_digits(&text, 2);
    skip_any(&text, ":-/");
    int day = take_digits(&text, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return TRUE;
    g_snprintf(date, 20, "%04d-%02d-%02d", year, month, day);
    skip_any(&text, " T");
    int hour = take_digits(&text, 2);
    skip_any(&text, ":");
    int minute = take_digits(&text, 2);
    skip_any(&text, ":");
    int second = take_digits(&text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return TRUE;
    /* A time to the minute is still a time; a leap second is read as the one before it. */
    g_snprintf(date, 20, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
               CLAMP(second, 0, 59));
    return TRUE;
}

void
fg_reading_dated(FgReading *reading, const char *text)
{
    char date[20];
    if (reading->depth == 0 && fg_date_parse(text, date))
        reading->latest_year = MAX(reading->latest_year, (int)g_ascii_strtoull(date, NULL, 10));
}

/* iptc_read.c: IPTC-IIM 4.2: a run of datasets, each 1C, record, number, length, data. */
#include "metadata/reading.h"

#include <string.h>

typedef struct {
    guint8 record, number; /* number 0: all of the record */
    const char *id;
} Row;

/* Record 2 and its neighbours that tell of places, people and work (docs/spec/metadata.md §3.2). */
static const Row rows[] = {
    {2, 26, "location.text"},     {2, 27, "location.text"},     {2, 90, "location.text"},
    {2, 92, "location.text"},     {2, 95, "location.text"},     {2, 100, "location.text"},
    {2, 101, "location.text"},    {2, 103, "workflow.id"},      {2, 118, "personal.contact"},
    {2, 122, "personal.name"},    {2, 65, "personal.software"}, {2, 125, "preview.embedded"},
    {2, 184, "workflow.id"},      {2, 185, "id.document"},      {2, 186, "id.document"},
    {2, 187, "id.document"},      {2, 188, "id.document"},      {2, 200, "preview.embedded"},
    {2, 201, "preview.embedded"}, {2, 202, "preview.embedded"}, {7, 0, "preview.embedded"},
    {8, 0, "preview.embedded"},   {9, 0, "preview.embedded"},   {240, 0, "personal.comment"},
};

static const char *
personal_id(guint8 record, guint8 number)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        if (rows[i].record == record && (rows[i].number == number || rows[i].number == 0))
            return rows[i].id;
    return NULL;
}

static gboolean
has_high_byte(const FgCursor *value)
{
    for (gsize i = value->offset; i < value->length; i++)
        if (value->data[i] >= 0x80)
            return TRUE;
    return FALSE;
}

/* The text of a dataset, trimmed; NULL when blank. *undeclared: it is UTF-8 that the block does not declare.
 */
static char *
take_text(const FgIimSet *set, FgIimCharset charset, gboolean *undeclared)
{
    gboolean utf8, narrow = charset == FG_IIM_UNDECLARED || charset == FG_IIM_LATIN1;
    g_autofree char *text = fg_iim_text(set, charset, &utf8);
    *undeclared = narrow && utf8 && has_high_byte(&set->value);
    return fg_text_trimmed(text);
}

typedef struct {
    char *date, *time;
} When;

static void
say_fields(const FgField *fields, gpointer base, guint8 number, const char *text)
{
    for (; fields->key; fields++)
        if (fields->iim.number == number && fields->kind == FG_KIND_TEXT)
            fg_say(fg_field_at(fields, base), text);
        else if (fields->iim.number == number && fields->kind == FG_KIND_LIST)
            fg_say_more(fg_field_at(fields, base), text);
}

static void
say_lines(FgSaid *said, const FgIimSet *set, const char *text, When *when)
{
    say_fields(fg_right_fields, said->rights, set->number, text);
    say_fields(fg_fact_fields, said->facts, set->number, text);
    if (set->number == 55)
        fg_say(&when->date, text);
    else if (set->number == 60)
        fg_say(&when->time, text);
}

/* Some generators leave what they were asked for in the caption. */
static gboolean
is_prompt(FgReading *reading, const char *where, const char *text)
{
    g_autofree char *place = g_strconcat(where, "2:120", NULL);
    return fg_reading_prompt(reading, place, text);
}

static void
read_dataset(FgReading *reading, const FgIimSet *set, FgIimCharset charset, const char *where, When *when)
{
    const char *id = personal_id(set->record, set->number);
    if (set->record == 1 || (set->record != 2 && !id))
        return;
    gboolean undeclared;
    g_autofree char *text = take_text(set, charset, &undeclared);
    gboolean notice = set->record == 2 && set->number == 116;
    gboolean location = text && set->record == 2 && fg_text_has_coordinates(text);
    g_autofree char *place = id || undeclared || notice || location
                                 ? g_strdup_printf("%s%u:%u", where, set->record, set->number)
                                 : NULL;
    FgSaid *said = &reading->said[FG_SAYS_IPTC];
    if (id && g_str_has_prefix(id, "preview.")) {
        /* The preview of record 2, and the object data of records 7 to 9, are pictures. */
        if (set->value.length > 0)
            fg_reading_personal(reading, id, place, NULL);
        g_autoptr(GBytes) bytes = g_bytes_new(set->value.data, set->value.length);
        fg_reading_inside(reading, bytes, place);
        return;
    }
    if (undeclared)
        fg_reading_tell(reading, "encoding.iim-undeclared-utf8", place);
    if (notice && !text)
        said->blank = TRUE;
    if (!text)
        return;
    if (id)
        fg_reading_personal(reading, id, place, text);
    if (set->record != 2 || (set->number == 120 && is_prompt(reading, where, text)))
        return;
    if (notice && !said->rights->copyright)
        said->notice_where = g_strdup(place);
    if (location)
        fg_reading_personal(reading, "location.gps", place, text);
    if (set->number == 55 || set->number == 62)
        fg_reading_dated(reading, text);
    say_lines(said, set, text, when);
}

static void
say_date(FgReading *reading, FgSaid *said, const When *when, const char *where)
{
    if (!when->date || said->facts->date[0])
        return;
    g_autofree char *both = g_strconcat(when->date, when->time ? "T" : NULL, when->time, NULL);
    if (fg_date_parse(both, said->facts->date) && strlen(said->facts->date) > 10) {
        g_autofree char *place = g_strconcat(where, "2:60", NULL);
        fg_reading_personal(reading, "time.precise", place, when->time);
        if (strpbrk(when->time, "+-"))
            fg_reading_personal(reading, "time.zone", place, when->time);
    }
}

/* The texts are shown as Latin-1, which is right for their ASCII letters alone. */
static void
tell_charset(FgReading *reading, const char *where)
{
    g_autofree char *place = g_strconcat(where, "1:90", NULL);
    fg_reading_note(reading, "encoding.mojibake", place,
                    "The IPTC texts are in a character set that can't be shown; their letters may be wrong.");
}

static void
read_datasets(FgReading *reading, GBytes *iim, const char *where)
{
    g_autoptr(GBytes) bytes = fg_iim_unswapped(iim);
    FgSaid *said = &reading->said[FG_SAYS_IPTC];
    said->present = TRUE;
    if (!said->rights) {
        said->rights = fg_rights_new();
        said->facts = fg_facts_new();
    }
    FgWalk walk = fg_walk(bytes);
    FgIimCharset charset = fg_iim_charset(walk.at);
    if (charset == FG_IIM_OTHER)
        tell_charset(reading, where);
    When when = {NULL, NULL};
    FgIimSet set;
    while (fg_iim_next(&walk, &set))
        read_dataset(reading, &set, charset, where, &when);
    say_date(reading, said, &when, where);
    g_free(when.date);
    g_free(when.time);
    if (!fg_is_sound(&walk.flaws)) {
        g_autofree char *block = g_strconcat(where, "block", NULL);
        fg_reading_note(reading, "structure.malformed", block,
                        "The IPTC block has datasets with wrong lengths.");
    }
}

/* The digest is of the first block that has anything in it. */
void
fg_iptc_read(FgReading *reading, GBytes *iim, const char *where)
{
    if (!reading->has_iim || !reading->has_content) {
        const FgCursor block = fg_cursor_bytes(iim, FG_BIG_ENDIAN);
        reading->has_content = fg_iim_has_any(block);
        fg_md5(block.data, block.length, reading->iim_digest);
    }
    reading->has_iim = TRUE;
    fg_reading_block(reading, FG_SAYS_IPTC, read_datasets, iim, where);
}

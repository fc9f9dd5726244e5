/* join.c: what several blocks of one kind state, as one. A file should have one of each; where it has more,
 * readers differ in which one they show, so that none may be lost. */
#include "metadata/reading.h"

#include <string.h>

static const char *const names[FG_N_CARRIERS] = {"EXIF", "IPTC", "XMP", "PNG text"};
static const char *const prefixes[FG_N_CARRIERS] = {"exif:", "iptc:", "xmp:", "png:"};

static void
differ(FgReading *reading, FgCarrierKind kind, const char *id, const char *name)
{
    g_autofree char *where = g_strconcat(prefixes[kind], "block", NULL);
    g_autofree char *thing = g_strconcat("the ", name, NULL);
    fg_reading_note(reading, id, where, "Two %s blocks of the file state different things: %s.", names[kind],
                    thing);
}

/* TRUE when both say something, and not the same. */
static gboolean
join_text(char **first, char **second)
{
    if (!*second || (*first && fg_notice_equal(*first, *second)))
        return FALSE;
    if (!*first) {
        *first = g_steal_pointer(second);
        return FALSE;
    }
    if (strlen(*first) > FG_READING_JOINED)
        return TRUE;
    char *joined = fg_text_joined(*first, *second);
    g_free(*first);
    *first = joined;
    return TRUE;
}

/* The same of two words of a vocabulary, of which the one that claims or reserves more counts. */
static gboolean
join_word(char **first, char **second)
{
    gboolean differs = *first && *second && strcmp(*first, *second) != 0;
    if (fg_word_is_stronger(*second, *first)) {
        g_free(*first);
        *first = g_steal_pointer(second);
    }
    return differs;
}

static gboolean
join_names(char ***first, char **second)
{
    gboolean differs = FALSE, had = *first != NULL;
    for (guint i = 0; second && second[i]; i++) {
        if (*first && g_strv_contains((const char *const *)*first, second[i]))
            continue;
        fg_say_more(first, second[i]);
        differs = had;
    }
    return differs;
}

static gboolean
join_languages(GPtrArray *first, const GPtrArray *second)
{
    gboolean differs = FALSE;
    for (guint i = 0; i < second->len; i++) {
        const FgLangText *text = second->pdata[i];
        FgLangText *same = NULL;
        for (guint k = 0; k < first->len && !same; k++)
            same = strcmp(((FgLangText *)first->pdata[k])->lang, text->lang) == 0 ? first->pdata[k] : NULL;
        if (!same) {
            g_ptr_array_add(first, fg_lang_text_new(text->lang, text->text));
            continue;
        }
        g_autofree char *copy = g_strdup(text->text);
        differs |= join_text(&same->text, &copy);
    }
    return differs;
}

static gboolean
same_licensor(const FgLicensor *a, const FgLicensor *b)
{
    const FgField *field = fg_licensor_fields;
    while (field->key && fg_field_equal(field, a, b))
        field++;
    return field->key == NULL;
}

static gboolean
join_licensors(GPtrArray *first, const GPtrArray *second)
{
    gboolean had = first->len > 0, differs = FALSE;
    for (guint i = 0; i < second->len && first->len < 16; i++) {
        gboolean known = FALSE;
        for (guint k = 0; k < first->len; k++)
            known = known || same_licensor(first->pdata[k], second->pdata[i]);
        if (!known)
            g_ptr_array_add(first, fg_licensor_dup(second->pdata[i]));
        differs |= had && !known;
    }
    return differs;
}

/* TRUE when both say something, and not the same. */
static gboolean
join_field(const FgField *field, FgRights *first, FgRights *second)
{
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        return (field->word ? join_word : join_text)(fg_field_at(field, first), fg_field_at(field, second));
    case FG_KIND_LIST:
        return join_names(fg_field_at(field, first), fg_field_list(field, second));
    case FG_KIND_LANGUAGES:
        return join_languages(fg_field_items(field, first), fg_field_items(field, second));
    case FG_KIND_LICENSORS:
        return join_licensors(fg_field_items(field, first), fg_field_items(field, second));
    default:
        return FALSE;
    }
}

static void
join_rights(FgReading *reading, FgCarrierKind kind, FgRights *first, FgRights *second)
{
    for (const FgField *field = fg_right_fields; field->key; field++)
        if (field->label && join_field(field, first, second))
            differ(reading, kind, field->conflict ? field->conflict : "structure.duplicate", field->label);
}

/* What a packet says of the whole file. A generated picture stays one, and a claim a claim. */
static void
join_words(FgReading *reading, FgCarrierKind kind, FgReading *further)
{
    if (join_word(&reading->data_mining, &further->data_mining))
        differ(reading, kind, "structure.duplicate", "data-mining reservation");
    if (reading->marked >= 0 && further->marked >= 0 && reading->marked != further->marked)
        differ(reading, kind, "structure.duplicate", "copyright mark");
    reading->marked = MAX(reading->marked, further->marked);
    reading->latest_year = MAX(reading->latest_year, further->latest_year);
    if (!reading->extended_guid)
        reading->extended_guid = g_steal_pointer(&further->extended_guid);
    join_word(&reading->source_type, &further->source_type);
    if (reading->orientation == 0)
        reading->orientation = further->orientation;
    if (reading->colour_space == 0)
        reading->colour_space = further->colour_space;
    reading->index_r03 |= further->index_r03;
    reading->embedded_expression |= further->embedded_expression;
    reading->linked_expression |= further->linked_expression;
    reading->generator_trace |= further->generator_trace;
}

/* What tells of a generator is no right, but may not be lost either. */
static void
join_generator(FgFacts *first, FgFacts *second)
{
    if (second->digital_source)
        fg_source_say(&first->digital_source, second->digital_source);
    join_text(&first->ai_system, &second->ai_system);
    join_text(&first->ai_system_version, &second->ai_system_version);
}

/* A notice keeps its name beside others: what is asked of each is asked of its block alone. */
static void
remember(FgReading *reading, const FgRights *rights)
{
    if (reading->blocks && reading->blocks->len < FG_READING_LIST && (rights->copyright || rights->owner))
        g_ptr_array_add(reading->blocks, fg_rights_dup(rights));
}

void
fg_said_tidy(FgSaid *said)
{
    char *notice = said->rights ? said->rights->copyright : NULL;
    if (!notice)
        return;
    said->rights->copyright = fg_notice_stated(notice);
    said->blank |= !said->rights->copyright;
    g_free(notice);
}

void
fg_reading_join(FgReading *reading, FgCarrierKind kind, FgReading *further)
{
    FgSaid *first = &reading->said[kind], *second = &further->said[kind];
    if (reading->n_joined++ >= FG_READING_BLOCKS) {
        g_autofree char *where = g_strconcat(prefixes[kind], "block", NULL);
        fg_reading_note(reading, "structure.duplicate", where,
                        "There are more %s blocks than are read for rights (%d).", names[kind],
                        FG_READING_BLOCKS);
        return;
    }
    fg_said_tidy(first);
    fg_said_tidy(second);
    join_words(reading, kind, further);
    first->blank |= second->blank;
    if (!second->rights)
        return;
    if (!first->rights) {
        first->rights = fg_rights_new();
        first->facts = fg_facts_new();
    }
    remember(reading, first->rights);
    remember(reading, second->rights);
    if (!first->notice_where)
        first->notice_where = g_steal_pointer(&second->notice_where);
    if (join_text(&first->other_notice, &second->other_notice))
        differ(reading, kind, "copyright.conflict", "copyright notice");
    join_rights(reading, kind, first->rights, second->rights);
    join_generator(first->facts, second->facts);
    /* Notices name its year. */
    if (!*first->facts->date)
        memcpy(first->facts->date, second->facts->date, sizeof first->facts->date);
}

void
fg_reading_block(FgReading *reading, FgCarrierKind kind, FgBlockReader reader, GBytes *block,
                 const char *where)
{
    if (!reading->said[kind].present) {
        reader(reading, block, where);
        return;
    }
    FgReading further = *reading;
    memset(further.said, 0, sizeof further.said);
    further.data_mining = further.extended_guid = further.source_type = NULL;
    further.origin = further.origin_where = NULL; /* of no block */
    further.marked = further.irb_flag = -1;
    reader(&further, block, where);
    fg_reading_join(reading, kind, &further);
    fg_reading_clear(&further);
}

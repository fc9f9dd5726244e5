/* stated.c: what a statement comes to, resolved once, so that every carrier says the same. */
#include "metadata/metadata_private.h"
#include "metadata/xmp_names.h"

#include <string.h>

/* docs/spec/metadata.md §1.4: in both languages, so that whoever reads a reservation understands it. */
static const struct {
    const char *lang, *text;
} reservation[] = {
    {"fr", "Fouille de textes et de données et entraînement d'IA réservés (art. L. 122-5-3 CPI ; art. 4(3) "
           "directive (UE) "
           "2019/790)."},
    {"en", "Text and data mining and AI training rights reserved (Art. 4(3) Directive (EU) 2019/790)."},
};

/* XML turns CR and CR LF into LF, so no carrier may hold them. */
static void
unify_line_ends(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (from[0] == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    *to = '\0';
}

/* The text as it may be written, or NULL when only blanks are left. */
static char *
stated_text(const char *text)
{
    if (!text)
        return NULL;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *legal = fg_text_legal_xml(valid);
    g_autofree char *stated = fg_text_nfc(legal);
    unify_line_ends(stated);
    g_strstrip(stated);
    return *stated ? g_steal_pointer(&stated) : NULL;
}

static void
restate(char **text)
{
    char *stated = stated_text(*text);
    g_free(*text);
    *text = stated;
}

/* Drops what is blank; a list without an entry is NULL. */
static void
restate_list(char ***list)
{
    g_autoptr(GPtrArray) stated = g_ptr_array_new();
    for (gsize i = 0; *list && (*list)[i]; i++) {
        char *text = stated_text((*list)[i]);
        if (text)
            g_ptr_array_add(stated, text);
    }
    g_strfreev(*list);
    *list = NULL;
    if (stated->len > 0) {
        g_ptr_array_add(stated, NULL);
        *list = (char **)g_ptr_array_free(g_steal_pointer(&stated), FALSE);
    }
}

static void
restate_languages(GPtrArray *texts)
{
    for (guint i = texts->len; i-- > 0;) {
        FgLangText *entry = g_ptr_array_index(texts, i);
        restate(&entry->lang);
        restate(&entry->text);
        if (!entry->text)
            g_ptr_array_remove_index(texts, i);
        else if (!entry->lang)
            entry->lang = g_strdup("x-default");
    }
}

static void
restate_licensors(GPtrArray *licensors)
{
    for (guint i = licensors->len; i-- > 0;) {
        gboolean empty = TRUE;
        for (const FgField *field = fg_licensor_fields; field->key; field++) {
            restate(fg_field_at(field, licensors->pdata[i]));
            empty = empty && fg_field_is_empty(field, licensors->pdata[i]);
        }
        if (empty)
            g_ptr_array_remove_index(licensors, i);
    }
    if (licensors->len > 3)
        g_ptr_array_set_size(licensors, 3);
}

static void
restate_fields(const FgField *fields, gpointer base)
{
    for (; fields->key; fields++)
        if (fields->kind == FG_KIND_TEXT)
            restate(fg_field_at(fields, base));
        else if (fields->kind == FG_KIND_LIST)
            restate_list(fg_field_at(fields, base));
        else if (fields->kind == FG_KIND_LANGUAGES)
            restate_languages(fg_field_items(fields, base));
        else if (fields->kind == FG_KIND_LICENSORS)
            restate_licensors(fg_field_items(fields, base));
}

/* A key of the vocabulary that we can write in full stays. A prohibition that refers to what we do not write
 * (an embedded or linked expression), or that a later vocabulary has, becomes the plain one: a reservation is
 * never weakened. What else is not known is no statement. */
static void
restate_data_mining(char **key)
{
    static const char *const ours[] = {
        "unspecified",
        "allowed",
        "prohibited",
        "prohibited-aimltraining",
        "prohibited-genaimltraining",
        "prohibited-exceptsearchengineindexing",
        "prohibited-seeconstraint",
        NULL,
    };
    if (!*key || g_strv_contains(ours, *key))
        return;
    char *plain = g_str_has_prefix(*key, "prohibited") ? g_strdup("prohibited") : NULL;
    g_free(*key);
    *key = plain;
}

/* What follows from what is stated. */
static void
complete_rights(FgRights *rights)
{
    if (rights->as_found)
        return;
    rights->marked = rights->copyright || rights->creators ? FG_MARKED_TRUE : FG_MARKED_UNSTATED;
    if (!rights->copyright && rights->creators)
        rights->copyright = g_strconcat("© ", rights->creators[0], NULL);
    if (!rights->owner && rights->creators)
        rights->owner = g_strdup(rights->creators[0]);
    if (rights->data_mining && fg_data_mining_reserves(rights->data_mining) &&
        rights->other_constraints->len == 0)
        for (guint i = 0; i < G_N_ELEMENTS(reservation); i++)
            g_ptr_array_add(rights->other_constraints,
                            fg_lang_text_new(reservation[i].lang, reservation[i].text));
}

/* A date and time, or the part of one that ends at the year, month, day, minute or second. */
static gboolean
is_date(const char *date)
{
    static const char shape[] = "0000-00-00T00:00:00";
    const gsize length = strlen(date);
    if (length != 4 && length != 7 && length != 10 && length != 16 && length != 19)
        return FALSE;
    for (gsize i = 0; i < length; i++)
        if (shape[i] == '0' ? !g_ascii_isdigit(date[i]) : date[i] != shape[i])
            return FALSE;

    /* What is cut off is filled up with the first of January, midnight, so that one check serves every
     * length. */
    char whole[] = "2000-01-01T00:00:00Z";
    memcpy(whole, date, length);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(whole, NULL);
    return time != NULL;
}

void
fg_resolve(FgRights *rights, FgFacts *facts)
{
    restate_fields(fg_right_fields, rights);
    restate_data_mining(&rights->data_mining);
    complete_rights(rights);
    if (!facts)
        return;
    restate_fields(fg_fact_fields, facts);
    if (!is_date(facts->date))
        facts->date[0] = '\0';
    /* A picture that says it was generated is never called a photograph by a profile. */
    fg_source_settle(rights, facts);
}

FgStated *
fg_statement_resolve(const FgStatement *statement)
{
    static const FgFacts nothing;
    const FgFacts *facts = statement->facts ? statement->facts : &nothing;
    FgStated *stated = g_new0(FgStated, 1);
    stated->borrowed = statement->resolved;
    if (statement->resolved) {
        stated->rights = (FgRights *)statement->rights;
        stated->facts = (FgFacts *)facts;
        return stated;
    }
    stated->rights = fg_rights_dup(statement->rights);
    stated->facts = fg_facts_dup(facts);
    fg_resolve(stated->rights, stated->facts);
    return stated;
}

void
fg_stated_free(FgStated *stated)
{
    if (stated && !stated->borrowed) {
        fg_rights_free(stated->rights);
        fg_facts_free(stated->facts);
    }
    g_free(stated);
}

char *
fg_creators_join(char *const *creators)
{
    if (!creators || !creators[0])
        return NULL;
    GString *joined = g_string_new(NULL);
    for (gsize i = 0; creators[i]; i++) {
        g_string_append(joined, i > 0 ? "; " : "");
        if (!strpbrk(creators[i], ";\"")) {
            g_string_append(joined, creators[i]);
            continue;
        }
        g_auto(GStrv) pieces = g_strsplit(creators[i], "\"", -1);
        g_autofree char *doubled = g_strjoinv("\"\"", pieces);
        g_string_append_printf(joined, "\"%s\"", doubled);
    }
    return g_string_free(joined, FALSE);
}

char *
fg_data_mining_uri(const char *key)
{
    return fg_field_uri(fg_right_of_property(FG_NS_PLUS, "DataMining"), key);
}

gboolean
fg_data_mining_reserves(const char *key)
{
    return strcmp(key, "allowed") != 0 && strcmp(key, "unspecified") != 0;
}

FgRights *
fg_rights_as_written(const FgRights *rights)
{
    FgRights *written = fg_rights_dup(rights);
    fg_resolve(written, NULL);
    return written;
}

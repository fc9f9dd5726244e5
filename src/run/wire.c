#include "run/run_private.h"

#include <string.h>

/* ---- Structs of texts, by tables of their members ---- */

typedef struct {
    const char *key;
    gsize offset;
} Member;

static char **
text_at(gpointer base, const Member *member)
{
    return (char **)(gpointer)((guint8 *)base + member->offset);
}

static void
put_text(GVariantDict *dict, const char *key, const char *text)
{
    if (!text)
        return;
    g_autofree char *valid = fg_text_utf8(text, -1, NULL);
    g_variant_dict_insert(dict, key, "s", valid);
}

static void
put_texts(GVariantDict *dict, gconstpointer base, const Member *members, gsize n)
{
    for (gsize i = 0; i < n; i++)
        put_text(dict, members[i].key, *text_at((gpointer)(guintptr)base, &members[i]));
}

static void
get_texts(GVariantDict *dict, gpointer base, const Member *members, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        char **place = text_at(base, &members[i]);
        g_clear_pointer(place, g_free);
        g_variant_dict_lookup(dict, members[i].key, "s", place);
    }
}

static void
put_list(GVariantDict *dict, const char *key, char *const *texts)
{
    if (!texts)
        return;
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE_STRING_ARRAY);
    for (; *texts; texts++) {
        g_autofree char *valid = fg_text_utf8(*texts, -1, NULL);
        g_variant_builder_add(&list, "s", valid);
    }
    g_variant_dict_insert_value(dict, key, g_variant_builder_end(&list));
}

static void
get_list(GVariantDict *dict, const char *key, char ***texts)
{
    g_clear_pointer(texts, g_strfreev);
    g_variant_dict_lookup(dict, key, "^as", texts);
}

/* ---- Facts ---- */

static const Member fact_texts[] = {
    {"title", offsetof(FgFacts, title)},
    {"headline", offsetof(FgFacts, headline)},
    {"caption", offsetof(FgFacts, caption)},
    {"alt", offsetof(FgFacts, alt)},
    {"extended-alt", offsetof(FgFacts, extended_alt)},
    {"make", offsetof(FgFacts, make)},
    {"model", offsetof(FgFacts, model)},
    {"lens", offsetof(FgFacts, lens)},
    {"country", offsetof(FgFacts, country)},
    {"country-code", offsetof(FgFacts, country_code)},
    {"state", offsetof(FgFacts, state)},
    {"city", offsetof(FgFacts, city)},
    {"digital-source", offsetof(FgFacts, digital_source)},
    {"ai-system", offsetof(FgFacts, ai_system)},
    {"ai-system-version", offsetof(FgFacts, ai_system_version)},
    {"ai-prompt", offsetof(FgFacts, ai_prompt)},
    {"ai-prompt-writer", offsetof(FgFacts, ai_prompt_writer)},
};

GVariant *
fg_wire_facts(const FgFacts *facts)
{
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
    put_texts(&dict, facts, fact_texts, G_N_ELEMENTS(fact_texts));
    put_list(&dict, "keywords", facts->keywords);
    put_text(&dict, "date", facts->date);
    g_variant_dict_insert(&dict, "exposure", "((uu)(uu)(uu)u)", facts->exposure_time.numerator,
                          facts->exposure_time.denominator, facts->f_number.numerator,
                          facts->f_number.denominator, facts->focal_length.numerator,
                          facts->focal_length.denominator, facts->iso);
    return g_variant_dict_end(&dict);
}

FgFacts *
fg_wire_facts_read(GVariant *wire)
{
    FgFacts *facts = fg_facts_new();
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(wire);
    get_texts(&dict, facts, fact_texts, G_N_ELEMENTS(fact_texts));
    get_list(&dict, "keywords", &facts->keywords);
    const char *date;
    if (g_variant_dict_lookup(&dict, "date", "&s", &date) && strlen(date) < sizeof facts->date)
        g_strlcpy(facts->date, date, sizeof facts->date);
    g_variant_dict_lookup(&dict, "exposure", "((uu)(uu)(uu)u)", &facts->exposure_time.numerator,
                          &facts->exposure_time.denominator, &facts->f_number.numerator,
                          &facts->f_number.denominator, &facts->focal_length.numerator,
                          &facts->focal_length.denominator, &facts->iso);
    return facts;
}

/* ---- Rights ---- */

static const Member right_texts[] = {
    {"owner", offsetof(FgRights, owner)},
    {"job-title", offsetof(FgRights, job_title)},
    {"copyright", offsetof(FgRights, copyright)},
    {"credit", offsetof(FgRights, credit)},
    {"source", offsetof(FgRights, source)},
    {"instructions", offsetof(FgRights, instructions)},
    {"web-statement", offsetof(FgRights, web_statement)},
    {"address", offsetof(FgRights, contact.address)},
    {"city", offsetof(FgRights, contact.city)},
    {"region", offsetof(FgRights, contact.region)},
    {"postal-code", offsetof(FgRights, contact.postal_code)},
    {"country", offsetof(FgRights, contact.country)},
    {"phone", offsetof(FgRights, contact.phone)},
    {"email", offsetof(FgRights, contact.email)},
    {"url", offsetof(FgRights, contact.url)},
    {"data-mining", offsetof(FgRights, data_mining)},
    {"tdm-policy", offsetof(FgRights, tdm_policy)},
    {"digital-source", offsetof(FgRights, digital_source)},
    {"cc-license", offsetof(FgRights, cc_license)},
    {"cc-attribution-name", offsetof(FgRights, cc_attribution_name)},
    {"cc-attribution-url", offsetof(FgRights, cc_attribution_url)},
    {"cc-more-permissions", offsetof(FgRights, cc_more_permissions)},
    {"copyright-status", offsetof(FgRights, copyright_status)},
};

static const Member licensor_texts[] = {
    {"name", offsetof(FgLicensor, name)},
    {"url", offsetof(FgLicensor, url)},
    {"email", offsetof(FgLicensor, email)},
    {"id", offsetof(FgLicensor, id)},
};

static void
put_lang_texts(GVariantDict *dict, const char *key, const GPtrArray *texts)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("a(ss)"));
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        g_autofree char *lang = fg_text_utf8(text->lang, -1, NULL),
                        *valid = fg_text_utf8(text->text, -1, NULL);
        g_variant_builder_add(&list, "(ss)", lang, valid);
    }
    g_variant_dict_insert_value(dict, key, g_variant_builder_end(&list));
}

static void
get_lang_texts(GVariantDict *dict, const char *key, GPtrArray *texts)
{
    g_autoptr(GVariantIter) list = NULL;
    const char *lang, *text;
    if (!g_variant_dict_lookup(dict, key, "a(ss)", &list))
        return;
    while (g_variant_iter_next(list, "(&s&s)", &lang, &text))
        g_ptr_array_add(texts, fg_lang_text_new(lang, text));
}

static void
put_licensors(GVariantDict *dict, const GPtrArray *licensors)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; licensors && i < licensors->len; i++) {
        g_auto(GVariantDict) one = G_VARIANT_DICT_INIT(NULL);
        put_texts(&one, licensors->pdata[i], licensor_texts, G_N_ELEMENTS(licensor_texts));
        g_variant_builder_add_value(&list, g_variant_dict_end(&one));
    }
    g_variant_dict_insert_value(dict, "licensors", g_variant_builder_end(&list));
}

static void
get_licensors(GVariantDict *dict, GPtrArray *licensors)
{
    g_autoptr(GVariantIter) list = NULL;
    GVariant *entry;
    if (!g_variant_dict_lookup(dict, "licensors", "aa{sv}", &list))
        return;
    while ((entry = g_variant_iter_next_value(list))) {
        g_auto(GVariantDict) one = G_VARIANT_DICT_INIT(entry);
        FgLicensor *licensor = g_new0(FgLicensor, 1);
        get_texts(&one, licensor, licensor_texts, G_N_ELEMENTS(licensor_texts));
        g_ptr_array_add(licensors, licensor);
        g_variant_unref(entry);
    }
}

static void
put_others(GVariantDict *dict, const GPtrArray *others)
{
    GVariantBuilder list;
    g_variant_builder_init(&list, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; others && i < others->len; i++)
        g_variant_builder_add_value(&list, fg_wire_rights(others->pdata[i]));
    g_variant_dict_insert_value(dict, "others", g_variant_builder_end(&list));
}

/* Those of the others are none: what comes from a process that reads photos is not followed without end. */
static void
get_others(GVariantDict *dict, FgRights *rights)
{
    g_autoptr(GVariantIter) list = NULL;
    GVariant *entry;
    if (!g_variant_dict_lookup(dict, "others", "aa{sv}", &list))
        return;
    while ((entry = g_variant_iter_next_value(list))) {
        g_auto(GVariantDict) one = G_VARIANT_DICT_INIT(entry);
        g_autoptr(FgRights) other = fg_rights_new();
        get_texts(&one, other, right_texts, G_N_ELEMENTS(right_texts));
        get_list(&one, "creators", &other->creators);
        fg_rights_add_other(rights, other);
        g_variant_unref(entry);
    }
}

GVariant *
fg_wire_rights(const FgRights *rights)
{
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);
    put_texts(&dict, rights, right_texts, G_N_ELEMENTS(right_texts));
    put_list(&dict, "creators", rights->creators);
    put_list(&dict, "aliases", rights->aliases);
    put_lang_texts(&dict, "terms", rights->terms);
    put_lang_texts(&dict, "other-constraints", rights->other_constraints);
    put_licensors(&dict, rights->licensors);
    if (rights->others)
        put_others(&dict, rights->others);
    g_variant_dict_insert(&dict, "year", "i", rights->year);
    g_variant_dict_insert(&dict, "as-found", "b", rights->as_found);
    g_variant_dict_insert(&dict, "marked", "u", (guint32)rights->marked);
    put_list(&dict, "named", rights->named);
    return g_variant_dict_end(&dict);
}

FgRights *
fg_wire_rights_read(GVariant *wire)
{
    FgRights *rights = fg_rights_new();
    g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(wire);
    get_texts(&dict, rights, right_texts, G_N_ELEMENTS(right_texts));
    get_list(&dict, "creators", &rights->creators);
    get_list(&dict, "aliases", &rights->aliases);
    get_lang_texts(&dict, "terms", rights->terms);
    get_lang_texts(&dict, "other-constraints", rights->other_constraints);
    get_licensors(&dict, rights->licensors);
    guint32 marked = FG_MARKED_UNSTATED;
    get_others(&dict, rights);
    g_variant_dict_lookup(&dict, "year", "i", &rights->year);
    g_variant_dict_lookup(&dict, "as-found", "b", &rights->as_found);
    g_variant_dict_lookup(&dict, "marked", "u", &marked);
    rights->marked = marked <= FG_MARKED_FALSE ? (FgMarked)marked : FG_MARKED_UNSTATED;
    get_list(&dict, "named", &rights->named);
    return rights;
}

/* ---- Rasters: width, height, bands and a zero, 32-bit little-endian, then the rows without gaps ---- */

#define RASTER_HEAD 16
#define LARGEST_SIDE 8192

GBytes *
fg_wire_raster(const FgRaster *raster)
{
    GByteArray *bytes = g_byte_array_new();
    const guint32 head[4] = {GUINT32_TO_LE((guint32)raster->width), GUINT32_TO_LE((guint32)raster->height),
                             GUINT32_TO_LE((guint32)raster->bands), 0};
    g_byte_array_append(bytes, (const guint8 *)head, sizeof head);
    for (int y = 0; y < raster->height; y++)
        g_byte_array_append(bytes, raster->data + (gsize)y * raster->stride,
                            (guint)(raster->width * raster->bands));
    return g_byte_array_free_to_bytes(bytes);
}

gboolean
fg_wire_raster_view(GBytes *bytes, FgRaster *view, GError **error)
{
    FgCursor at = fg_cursor_bytes(bytes, FG_LITTLE_ENDIAN);
    guint32 width, height, bands, zero;
    if (!fg_cursor_u32(&at, &width) || !fg_cursor_u32(&at, &height) || !fg_cursor_u32(&at, &bands) ||
        !fg_cursor_u32(&at, &zero) || width < 1 || height < 1 || width > LARGEST_SIDE ||
        height > LARGEST_SIDE || bands != 4 || fg_cursor_left(&at) != (gsize)width * height * bands)
        return fg_throw(error, FG_ERROR_LOGO, "a drawn logo is not what it should be");
    *view = (FgRaster){.width = (int)width,
                       .height = (int)height,
                       .bands = (int)bands,
                       .stride = (gsize)width * bands,
                       .data = (guint8 *)(guintptr)at.data + RASTER_HEAD};
    return TRUE;
}

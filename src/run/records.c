/* records.c: facts, rights and drawn logos on their way from process to process. */
#include "run/run_private.h"

#include <string.h>

/* ---- Structs of texts, by tables of their members ---- */

typedef struct {
    gsize offset;
} Member;

static char **
text_at(gpointer base, const Member *member)
{
    return (char **)(gpointer)((guint8 *)base + member->offset);
}

static void
put_members(GByteArray *record, gconstpointer base, const Member *members, gsize n)
{
    for (gsize i = 0; i < n; i++)
        fg_ipc_put_text(record, *text_at((gpointer)(guintptr)base, &members[i]));
}

static gboolean
get_members(FgCursor *at, gpointer base, const Member *members, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        char **place = text_at(base, &members[i]);
        g_clear_pointer(place, g_free);
        if (!fg_ipc_get_text(at, place))
            return FALSE;
    }
    return TRUE;
}

/* ---- Facts ---- */

static const Member fact_texts[] = {
    {offsetof(FgFacts, title)},
    {offsetof(FgFacts, headline)},
    {offsetof(FgFacts, caption)},
    {offsetof(FgFacts, alt)},
    {offsetof(FgFacts, extended_alt)},
    {offsetof(FgFacts, make)},
    {offsetof(FgFacts, model)},
    {offsetof(FgFacts, lens)},
    {offsetof(FgFacts, country)},
    {offsetof(FgFacts, country_code)},
    {offsetof(FgFacts, state)},
    {offsetof(FgFacts, city)},
    {offsetof(FgFacts, digital_source)},
    {offsetof(FgFacts, ai_system)},
    {offsetof(FgFacts, ai_system_version)},
    {offsetof(FgFacts, ai_prompt)},
    {offsetof(FgFacts, ai_prompt_writer)},
};

static void
put_rational(GByteArray *record, FgRational ratio)
{
    fg_ipc_put_u32(record, ratio.numerator);
    fg_ipc_put_u32(record, ratio.denominator);
}

static gboolean
get_rational(FgCursor *at, FgRational *ratio)
{
    return fg_cursor_u32(at, &ratio->numerator) && fg_cursor_u32(at, &ratio->denominator);
}

void
fg_put_facts(GByteArray *record, const FgFacts *facts)
{
    put_members(record, facts, fact_texts, G_N_ELEMENTS(fact_texts));
    fg_ipc_put_texts(record, (const char *const *)facts->keywords);
    fg_ipc_put_text(record, facts->date);
    put_rational(record, facts->exposure_time);
    put_rational(record, facts->f_number);
    put_rational(record, facts->focal_length);
    fg_ipc_put_u32(record, facts->iso);
}

FgFacts *
fg_get_facts(FgCursor *at)
{
    g_autoptr(FgFacts) facts = fg_facts_new();
    g_autofree char *date = NULL;
    if (!get_members(at, facts, fact_texts, G_N_ELEMENTS(fact_texts)) ||
        !fg_ipc_get_texts(at, &facts->keywords) || !fg_ipc_get_some_text(at, &date) ||
        strlen(date) >= sizeof facts->date || !get_rational(at, &facts->exposure_time) ||
        !get_rational(at, &facts->f_number) || !get_rational(at, &facts->focal_length) ||
        !fg_cursor_u32(at, &facts->iso))
        return NULL;
    g_strlcpy(facts->date, date, sizeof facts->date);
    return g_steal_pointer(&facts);
}

/* ---- Rights ---- */

static const Member right_texts[] = {
    {offsetof(FgRights, owner)},
    {offsetof(FgRights, job_title)},
    {offsetof(FgRights, copyright)},
    {offsetof(FgRights, credit)},
    {offsetof(FgRights, source)},
    {offsetof(FgRights, instructions)},
    {offsetof(FgRights, web_statement)},
    {offsetof(FgRights, contact.address)},
    {offsetof(FgRights, contact.city)},
    {offsetof(FgRights, contact.region)},
    {offsetof(FgRights, contact.postal_code)},
    {offsetof(FgRights, contact.country)},
    {offsetof(FgRights, contact.phone)},
    {offsetof(FgRights, contact.email)},
    {offsetof(FgRights, contact.url)},
    {offsetof(FgRights, data_mining)},
    {offsetof(FgRights, tdm_policy)},
    {offsetof(FgRights, digital_source)},
    {offsetof(FgRights, cc_license)},
    {offsetof(FgRights, cc_attribution_name)},
    {offsetof(FgRights, cc_attribution_url)},
    {offsetof(FgRights, cc_more_permissions)},
    {offsetof(FgRights, copyright_status)},
};

static const Member licensor_texts[] = {
    {offsetof(FgLicensor, name)},
    {offsetof(FgLicensor, url)},
    {offsetof(FgLicensor, email)},
    {offsetof(FgLicensor, id)},
};

static void
put_lang_texts(GByteArray *record, const GPtrArray *texts)
{
    fg_ipc_put_u32(record, texts ? texts->len : 0);
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        fg_ipc_put_text(record, text->lang);
        fg_ipc_put_text(record, text->text);
    }
}

static gboolean
get_lang_texts(FgCursor *at, GPtrArray *texts)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        g_autofree char *lang = NULL, *text = NULL;
        if (!fg_ipc_get_some_text(at, &lang) || !fg_ipc_get_some_text(at, &text))
            return FALSE;
        g_ptr_array_add(texts, fg_lang_text_new(lang, text));
    }
    return TRUE;
}

static gboolean
get_licensors(FgCursor *at, GPtrArray *licensors)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        FgLicensor *licensor = g_new0(FgLicensor, 1);
        g_ptr_array_add(licensors, licensor);
        if (!get_members(at, licensor, licensor_texts, G_N_ELEMENTS(licensor_texts)))
            return FALSE;
    }
    return TRUE;
}

/* Of the others, only what they say and who made it: what comes from a process that reads photos is not
 * followed without end. */
static void
put_other(GByteArray *record, const FgRights *other)
{
    put_members(record, other, right_texts, G_N_ELEMENTS(right_texts));
    fg_ipc_put_texts(record, (const char *const *)other->creators);
}

static gboolean
get_other(FgCursor *at, FgRights *rights)
{
    g_autoptr(FgRights) other = fg_rights_new();
    if (!get_members(at, other, right_texts, G_N_ELEMENTS(right_texts)) ||
        !fg_ipc_get_texts(at, &other->creators))
        return FALSE;
    fg_rights_add_other(rights, other);
    return TRUE;
}

static void
put_others(GByteArray *record, const GPtrArray *others)
{
    fg_ipc_put_u32(record, others ? others->len : 0);
    for (guint i = 0; others && i < others->len; i++)
        put_other(record, others->pdata[i]);
}

static gboolean
get_others(FgCursor *at, FgRights *rights)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!get_other(at, rights))
            return FALSE;
    return TRUE;
}

void
fg_put_rights(GByteArray *record, const FgRights *rights)
{
    put_members(record, rights, right_texts, G_N_ELEMENTS(right_texts));
    fg_ipc_put_texts(record, (const char *const *)rights->creators);
    fg_ipc_put_texts(record, (const char *const *)rights->aliases);
    put_lang_texts(record, rights->terms);
    put_lang_texts(record, rights->other_constraints);
    fg_ipc_put_u32(record, rights->licensors ? rights->licensors->len : 0);
    for (guint i = 0; rights->licensors && i < rights->licensors->len; i++)
        put_members(record, rights->licensors->pdata[i], licensor_texts, G_N_ELEMENTS(licensor_texts));
    put_others(record, rights->others);
    fg_ipc_put_u32(record, (guint32)rights->year);
    fg_ipc_put_u32(record, rights->as_found ? 1 : 0);
    fg_ipc_put_u32(record, (guint32)rights->marked);
    fg_ipc_put_texts(record, (const char *const *)rights->named);
}

FgRights *
fg_get_rights(FgCursor *at)
{
    g_autoptr(FgRights) rights = fg_rights_new();
    guint32 year, as_found, marked;
    if (!get_members(at, rights, right_texts, G_N_ELEMENTS(right_texts)) ||
        !fg_ipc_get_texts(at, &rights->creators) || !fg_ipc_get_texts(at, &rights->aliases) ||
        !get_lang_texts(at, rights->terms) || !get_lang_texts(at, rights->other_constraints) ||
        !get_licensors(at, rights->licensors) || !get_others(at, rights) ||
        !fg_ipc_get_choice(at, G_MAXINT, &year) || !fg_ipc_get_choice(at, 2, &as_found) ||
        !fg_ipc_get_choice(at, FG_MARKED_FALSE + 1, &marked) || !fg_ipc_get_texts(at, &rights->named))
        return NULL;
    rights->year = (int)year;
    rights->as_found = as_found != 0;
    rights->marked = (FgMarked)marked;
    return g_steal_pointer(&rights);
}

/* ---- Rasters: width, height, bands and a zero, 32-bit little-endian, then the rows without gaps ---- */

#define RASTER_HEAD 16
#define LARGEST_SIDE 8192

GBytes *
fg_raster_pack(const FgRaster *raster)
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
fg_raster_unpack(GBytes *bytes, FgRaster *view, GError **error)
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

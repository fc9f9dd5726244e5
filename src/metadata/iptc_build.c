/* iptc_build.c: our IPTC-IIM block and the Photoshop resources that carry it (docs/spec/metadata.md §1.9,
 * §2.1.1).
 *
 * IIM 4.2, as Photoshop and the Metadata Working Group use it. The digest lets a later reader tell whether
 * somebody changed the block without looking at the XMP beside it. */
#include "metadata/metadata_private.h"

#include <string.h>

/* A text of record 2; IIM limits count bytes, so it is cut at the last character that fits. A reader trims
 * blanks at the end, and what is written of its text again must be the same bytes. */
static void
put_text(GByteArray *iim, guint8 dataset, const char *text, gsize limit)
{
    if (!text)
        return;
    g_autofree char *cut = g_strchomp(fg_text_cut(text, limit));
    fg_iim_put(iim, 2, dataset, cut, strlen(cut));
}

static void
put_texts(GByteArray *iim, guint8 dataset, char *const *texts, gsize limit)
{
    for (gsize i = 0; texts && texts[i]; i++)
        put_text(iim, dataset, texts[i], limit);
}

/* 2:55 is a whole day, CCYYMMDD; a year alone can't be said. */
static void
put_date(GByteArray *iim, const char *date)
{
    if (strlen(date) < strlen("2026-05-01"))
        return;
    g_autofree char *day = g_strdup_printf("%.4s%.2s%.2s", date, date + 5, date + 8);
    fg_iim_put(iim, 2, 55, day, strlen(day));
}

/* What a row says in IIM, in at most `most` bytes where that is more than IIM allows. */
static void
put_field(GByteArray *iim, const FgField *field, gconstpointer base, gsize most)
{
    const gsize limit = MAX(most, field->iim.limit);
    if (field->kind == FG_KIND_TEXT)
        put_text(iim, field->iim.number, fg_field_text(field, base), limit);
    else if (field->kind == FG_KIND_LIST)
        put_texts(iim, field->iim.number, fg_field_list(field, base), limit);
    else if (field->kind == FG_KIND_DATE)
        put_date(iim, fg_field_at(field, base));
}

static void
put_numbered(GByteArray *iim, guint number, const FgField *fields, gconstpointer base, gsize most)
{
    for (; fields->key; fields++)
        if (fields->iim.number == number && fields->iim.limit > 0)
            put_field(iim, fields, base, most);
}

static GByteArray *
build_iim(const FgStated *stated, gboolean uncut)
{
    static const guint8 model_version[] = {0x00, 0x04};
    static const guint8 utf8[] = {0x1B, '%', 'G'};
    GByteArray *iim = g_byte_array_new();
    fg_iim_put(iim, 1, 0, model_version, sizeof model_version);
    fg_iim_put(iim, 1, 90, utf8, sizeof utf8);
    fg_iim_put(iim, 2, 0, model_version, sizeof model_version);
    for (guint number = 1; number <= G_MAXUINT8; number++) {
        put_numbered(iim, number, fg_fact_fields, stated->facts, 0);
        put_numbered(iim, number, fg_right_fields, stated->rights, uncut ? FG_IIM_LONGEST : 0);
    }
    return iim;
}

GBytes *
fg_iptc_build(const FgStatement *statement, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(statement);
    g_autoptr(GByteArray) iim = build_iim(stated, statement->uncut);
    if (iim->len > FG_IRB_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "IPTC would take %u bytes of %u", iim->len,
                             FG_IRB_MAX);

    guint8 digest[FG_MD5_SIZE];
    fg_md5(iim->data, iim->len, digest);
    GByteArray *irb = g_byte_array_new();
    fg_irb_put(irb, FG_IRB_IIM, iim->data, iim->len);
    if (stated->rights->marked != FG_MARKED_UNSTATED)
        fg_irb_put(irb, FG_IRB_FLAG, stated->rights->marked == FG_MARKED_TRUE ? "\x01" : "", 1);
    fg_irb_put(irb, FG_IRB_DIGEST, digest, sizeof digest);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(irb);
    if (g_bytes_get_size(bytes) > FG_IRB_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "IPTC would take %zu bytes of %u",
                             g_bytes_get_size(bytes), FG_IRB_MAX);
    return g_steal_pointer(&bytes);
}

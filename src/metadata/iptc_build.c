/* iptc_build.c: our IPTC-IIM block and the Photoshop resources that carry it (docs/spec/metadata.md §1.9,
 * §2.1.1).
 *
 * IIM 4.2, as Photoshop and the Metadata Working Group use it. The digest lets a later reader tell whether
 * somebody changed the block without looking at the XMP beside it. */
#include "metadata/metadata_private.h"

#include <string.h>

#define DATASET_MARKER 0x1C
#define DATASET_MAX 32767u /* beyond it IIM needs extended lengths, which many readers refuse */

static void
put_u16(GByteArray *to, gsize value)
{
    g_assert(value <= G_MAXUINT16);
    const guint8 bytes[] = {(guint8)(value >> 8), (guint8)value};
    g_byte_array_append(to, bytes, sizeof bytes);
}

static void
put_dataset(GByteArray *iim, guint8 record, guint8 dataset, const void *data, gsize length)
{
    g_assert(length <= DATASET_MAX);
    const guint8 head[] = {DATASET_MARKER, record, dataset};
    g_byte_array_append(iim, head, sizeof head);
    put_u16(iim, length);
    g_byte_array_append(iim, data, (guint)length);
}

/* A text of record 2; IIM limits count bytes, so it is cut at the last character that fits. A reader trims
 * blanks at the end, and what is written of its text again must be the same bytes. */
static void
put_text(GByteArray *iim, guint8 dataset, const char *text, gsize limit)
{
    if (!text)
        return;
    g_autofree char *cut = g_strchomp(fg_text_cut(text, limit));
    put_dataset(iim, 2, dataset, cut, strlen(cut));
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
    put_dataset(iim, 2, 55, day, strlen(day));
}

static GByteArray *
build_iim(const FgStated *stated, gboolean uncut)
{
    static const guint8 model_version[] = {0x00, 0x04};
    static const guint8 utf8[] = {0x1B, '%', 'G'};
    const FgRights *rights = stated->rights;
    const FgFacts *facts = stated->facts;
    const gsize most = uncut ? DATASET_MAX : 0;
    GByteArray *iim = g_byte_array_new();
    put_dataset(iim, 1, 0, model_version, sizeof model_version);
    put_dataset(iim, 1, 90, utf8, sizeof utf8);
    put_dataset(iim, 2, 0, model_version, sizeof model_version);
    put_text(iim, 5, facts->title, 64);
    put_texts(iim, 25, facts->keywords, 64);
    put_text(iim, 40, rights->instructions, MAX(most, 256));
    put_date(iim, facts->date);
    put_texts(iim, 80, rights->creators, MAX(most, 32));
    put_text(iim, 85, rights->job_title, MAX(most, 32));
    put_text(iim, 105, facts->headline, 256);
    put_text(iim, 110, rights->credit, MAX(most, 32));
    put_text(iim, 115, rights->source, MAX(most, 32));
    put_text(iim, 116, rights->copyright, MAX(most, 128));
    put_text(iim, 120, facts->caption, 2000);
    return iim;
}

static void
put_resource(GByteArray *irb, guint16 id, const void *data, gsize length)
{
    static const guint8 nothing[2];
    g_byte_array_append(irb, (const guint8 *)"8BIM", 4);
    put_u16(irb, id);
    g_byte_array_append(irb, nothing, 2); /* an empty name */
    put_u16(irb, length >> 16);
    put_u16(irb, length & 0xFFFF);
    g_byte_array_append(irb, data, (guint)length);
    g_byte_array_append(irb, nothing, length % 2);
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
    put_resource(irb, 0x0404, iim->data, iim->len);
    if (stated->rights->marked != FG_MARKED_UNSTATED)
        put_resource(irb, 0x040A, stated->rights->marked == FG_MARKED_TRUE ? "\x01" : "", 1);
    put_resource(irb, 0x0425, digest, sizeof digest);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(irb);
    if (g_bytes_get_size(bytes) > FG_IRB_MAX)
        return fg_throw_null(error, FG_ERROR_OVERSIZE, "IPTC would take %zu bytes of %u",
                             g_bytes_get_size(bytes), FG_IRB_MAX);
    return g_steal_pointer(&bytes);
}

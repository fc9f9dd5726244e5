/* recipe.c: one digest over everything but the photo's own bytes that decides what its files will be. */
#include "journal/journal_private.h"

#include <string.h>

/* A text with its length before it, so that no two lists of texts run together to the same bytes. */
static void
feed(GChecksum *digest, const char *text)
{
    g_autofree char *length = text ? g_strdup_printf("%zu:", strlen(text)) : g_strdup("-:");
    g_checksum_update(digest, (const guchar *)length, -1);
    if (text)
        g_checksum_update(digest, (const guchar *)text, -1);
}

static void
feed_number(GChecksum *digest, guint64 number)
{
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT ";", number);
    g_checksum_update(digest, (const guchar *)text, -1);
}

/* What a photo is given and keeps, all of it: a photo's own rights are in no profile's digest, and a sidecar
 * may have changed the facts without the photo. */
static void
feed_statement(GChecksum *digest, const FgRights *rights, const FgFacts *facts)
{
    g_autoptr(GByteArray) record = g_byte_array_new();
    feed_number(digest, (rights ? 1u : 0u) | (facts ? 2u : 0u));
    if (rights)
        fg_rights_pack(record, rights);
    if (facts)
        fg_facts_pack(record, facts);
    g_checksum_update(digest, record->data, (gssize)record->len);
}

static void
feed_derivative(GChecksum *digest, const FgDerivative *derivative)
{
    feed(digest, derivative->recipe->name);
    feed_number(digest, (guint64)derivative->size.width);
    feed_number(digest, (guint64)derivative->size.height);
    feed_number(digest, derivative->size.crop);
    feed_number(digest, derivative->marks->len);
    for (guint i = 0; i < derivative->marks->len; i++) {
        const FgPlannedMark *mark = derivative->marks->pdata[i];
        feed(digest, mark->spec->name);
        feed(digest, mark->text);
    }
    feed_number(digest, derivative->outputs->len);
    for (guint i = 0; i < derivative->outputs->len; i++) {
        const FgOutput *output = derivative->outputs->pdata[i];
        feed_number(digest, output->format);
        feed(digest, output->path);
    }
}

char *
fg_journal_recipe_digest(const FgPlanned *planned, const char *profile_digest, const char *environment)
{
    g_autoptr(GChecksum) digest = g_checksum_new(G_CHECKSUM_SHA256);
    feed(digest, profile_digest);
    feed(digest, environment);
    feed_number(digest, planned->photo->format);
    feed_number(digest, planned->photo->orientation);
    if (planned->photo->adobe_rgb)
        feed(digest, "adobe rgb");
    feed_statement(digest, planned->rights, planned->kept);
    if (planned->id) {
        gsize size;
        const guchar *id = g_bytes_get_data(planned->id, &size);
        feed_number(digest, size);
        g_checksum_update(digest, id, (gssize)size);
    }
    feed_number(digest, planned->derivatives ? planned->derivatives->len : 0);
    for (guint i = 0; planned->derivatives && i < planned->derivatives->len; i++)
        feed_derivative(digest, planned->derivatives->pdata[i]);
    return g_strdup(g_checksum_get_string(digest));
}

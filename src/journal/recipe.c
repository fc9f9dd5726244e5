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

static void
feed_strings(GChecksum *digest, char *const *strings)
{
    guint count = strings ? g_strv_length((char **)(guintptr)strings) : 0;
    feed_number(digest, count);
    for (guint i = 0; i < count; i++)
        feed(digest, strings[i]);
}

static void
feed_lang_texts(GChecksum *digest, const GPtrArray *texts)
{
    feed_number(digest, texts ? texts->len : 0);
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        feed(digest, text->lang);
        feed(digest, text->text);
    }
}

/* With a profile's own rights all but the notice is in the profile's digest; a photo's own rights are not. */
static void
feed_rights(GChecksum *digest, const FgRights *rights)
{
    feed_number(digest, rights != NULL);
    if (!rights)
        return;
    feed(digest, rights->copyright);
    feed_strings(digest, rights->creators);
    const char *const texts[] = {rights->owner,
                                 rights->job_title,
                                 rights->credit,
                                 rights->source,
                                 rights->instructions,
                                 rights->web_statement,
                                 rights->data_mining,
                                 rights->digital_source,
                                 rights->cc_license,
                                 rights->cc_attribution_name,
                                 rights->cc_attribution_url,
                                 rights->cc_more_permissions,
                                 rights->copyright_status};
    feed_number(digest, rights->as_found ? 1 : 0);
    feed_number(digest, rights->marked);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        feed(digest, texts[i]);
    feed_lang_texts(digest, rights->terms);
    feed_lang_texts(digest, rights->other_constraints);
    feed_number(digest, rights->licensors ? rights->licensors->len : 0);
    for (guint i = 0; rights->licensors && i < rights->licensors->len; i++) {
        const FgLicensor *licensor = rights->licensors->pdata[i];
        feed(digest, licensor->name);
        feed(digest, licensor->url);
        feed(digest, licensor->email);
    }
}

/* A sidecar may have changed them without the photo. */
static void
feed_facts(GChecksum *digest, const FgFacts *facts)
{
    feed_number(digest, facts != NULL);
    if (!facts)
        return;
    const char *const texts[] = {facts->title,        facts->headline,
                                 facts->caption,      facts->alt,
                                 facts->extended_alt, facts->date,
                                 facts->make,         facts->model,
                                 facts->lens,         facts->country,
                                 facts->country_code, facts->state,
                                 facts->city,         facts->digital_source,
                                 facts->ai_system,    facts->ai_system_version,
                                 facts->ai_prompt,    facts->ai_prompt_writer};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        feed(digest, texts[i]);
    feed_strings(digest, facts->keywords);
    const FgRational *const numbers[] = {&facts->exposure_time, &facts->f_number, &facts->focal_length};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        feed_number(digest, numbers[i]->numerator);
        feed_number(digest, numbers[i]->denominator);
    }
    feed_number(digest, facts->iso);
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
    feed_rights(digest, planned->rights);
    feed_facts(digest, planned->kept);
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

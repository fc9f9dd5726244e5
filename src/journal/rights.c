/* rights.c: the rights that all photos of a manifest have in common, as they are written into the files. */
#include "journal/journal_private.h"

static FgJson *
lang_texts(const GPtrArray *texts)
{
    FgJson *object = fg_json_object();
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        fg_json_set(object, text->lang, fg_json_string(text->text));
    }
    return object;
}

static FgJson *
licensors(const GPtrArray *list)
{
    FgJson *array = fg_json_array();
    for (guint i = 0; list && i < list->len; i++) {
        const FgLicensor *licensor = list->pdata[i];
        FgJson *object = fg_json_object();
        fg_json_set(object, "name", fg_json_string(licensor->name));
        fg_json_set(object, "url", fg_json_string(licensor->url));
        fg_json_set(object, "email", fg_json_string(licensor->email));
        fg_json_add(array, object);
    }
    return array;
}

/* The fields that are stated, of those that contact information may have. */
static FgJson *
contact_json(const FgContact *contact)
{
    const char *const fields[][2] = {
        {"address", contact->address}, {"city", contact->city},
        {"region", contact->region},   {"postal_code", contact->postal_code},
        {"country", contact->country}, {"phone", contact->phone},
        {"email", contact->email},     {"url", contact->url},
    };
    FgJson *object = fg_json_object();
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (fields[i][1])
            fg_json_set(object, fields[i][0], fg_json_string(fields[i][1]));
    return object;
}

/* A word of a profile as the controlled vocabulary that it is of has it. */
static FgJson *
vocabulary(const char *base, const char *key, gboolean upper)
{
    if (!key)
        return fg_json_null();
    g_autofree char *term = upper ? g_ascii_strup(key, -1) : g_strdup(key);
    g_autofree char *uri = g_strconcat(base, term, NULL);
    return fg_json_string(uri);
}

FgJson *
fg_manifest_rights(const FgRights *rights)
{
    FgJson *object = fg_json_object();
    const char *owner = rights->owner ? rights->owner : rights->creators ? rights->creators[0] : NULL;
    fg_json_set(object, "creator", fg_json_strings((const char *const *)rights->creators));
    fg_json_set(object, "owner", fg_json_string(owner));
    fg_json_set(object, "credit", fg_json_string(rights->credit));
    fg_json_set(object, "source", fg_json_string(rights->source));
    fg_json_set(object, "instructions", fg_json_string(rights->instructions));
    fg_json_set(object, "terms", lang_texts(rights->terms));
    fg_json_set(object, "web_statement", fg_json_string(rights->web_statement));
    fg_json_set(object, "licensor", licensors(rights->licensors));
    fg_json_set(object, "contact", contact_json(&rights->contact));
    fg_json_set(object, "data_mining",
                vocabulary("http://ns.useplus.org/ldf/vocab/DMI-", rights->data_mining, TRUE));
    fg_json_set(object, "other_constraints", lang_texts(rights->other_constraints));
    fg_json_set(object, "tdm_policy", fg_json_string(rights->tdm_policy));
    fg_json_set(object, "digital_source",
                vocabulary("http://cv.iptc.org/newscodes/digitalsourcetype/", rights->digital_source, FALSE));
    return object;
}

/* proof_rights.c: the rights as they stand in the files. */
#include "report/report_private.h"

#include <string.h>

enum { NOTICES_SHOWN = 4 };

static void
open_row(GString *html, const char *english, const char *french)
{
    g_string_append(html, "<div>");
    fg_html_say(html, "dt", english, french);
}

static void
append_value(GString *html, const char *lang, const char *text)
{
    g_string_append(html, "<dd dir=\"auto\"");
    fg_html_attribute(html, "lang", lang);
    g_string_append_c(html, '>');
    g_autofree char *url = fg_url_safe(text);
    if (url) {
        g_string_append(html, "<a rel=\"noreferrer\"");
        fg_html_attribute(html, "href", url);
        g_string_append_c(html, '>');
    }
    fg_html_append(html, text);
    g_string_append(html, url ? "</a></dd>" : "</dd>");
}

static void
append_text(GString *html, const FgJson *rights, const char *key, const char *english, const char *french)
{
    const char *text = fg_json_get_string(rights, key);
    if (!text || !*text)
        return;
    open_row(html, english, french);
    append_value(html, NULL, text);
    g_string_append(html, "</div>\n");
}

static void
append_list(GString *html, const FgJson *rights, const char *key, const char *english, const char *french)
{
    const FgJson *list = fg_json_get(rights, key);
    if (!fg_json_is_array(list) || fg_json_length(list) == 0)
        return;
    open_row(html, english, french);
    for (gsize i = 0; i < fg_json_length(list); i++) {
        const char *text = fg_json_string_value(fg_json_at(list, i));
        if (text)
            append_value(html, NULL, text);
    }
    g_string_append(html, "</div>\n");
}

static void
append_languages(GString *html, const FgJson *rights, const char *key, const char *english,
                 const char *french)
{
    FgJson *texts = fg_json_get(rights, key), *value;
    const char *lang;
    void *at = fg_json_is_object(texts) ? fg_json_next(texts, NULL, &lang, &value) : NULL;
    if (!at)
        return;
    open_row(html, english, french);
    for (; at; at = fg_json_next(texts, at, &lang, &value))
        if (fg_json_is_string(value))
            append_value(html, lang, fg_json_string_value(value));
    g_string_append(html, "</div>\n");
}

/* The texts of an object, in a row each. */
static void
append_object(GString *html, FgJson *object)
{
    const char *key;
    FgJson *value;
    for (void *at = fg_json_next(object, NULL, &key, &value); at; at = fg_json_next(object, at, &key, &value))
        if (fg_json_is_string(value) && *fg_json_string_value(value))
            append_value(html, NULL, fg_json_string_value(value));
}

static void
append_contacts(GString *html, const FgJson *rights)
{
    FgJson *contact = fg_json_get(rights, "contact"), *licensors = fg_json_get(rights, "licensor");
    if (fg_json_is_array(licensors) && fg_json_length(licensors) > 0) {
        open_row(html, "Licences from", "Licences auprès de");
        for (gsize i = 0; i < fg_json_length(licensors); i++)
            if (fg_json_is_object(fg_json_at(licensors, i)))
                append_object(html, fg_json_at(licensors, i));
        g_string_append(html, "</div>\n");
    }
    const char *key;
    FgJson *value;
    if (fg_json_is_object(contact) && fg_json_next(contact, NULL, &key, &value)) {
        open_row(html, "Contact", "Contact");
        append_object(html, contact);
        g_string_append(html, "</div>\n");
    }
}

static void
append_notices(GString *html, const FgPublished *published)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < published->photos->len; i++) {
        const FgPublishedPhoto *photo = published->photos->pdata[i];
        if (!photo->notice || !*photo->notice || !g_hash_table_add(seen, (gpointer)photo->notice))
            continue;
        guint n = g_hash_table_size(seen);
        if (n == 1)
            open_row(html, "Copyright notice", "Mention de droit d’auteur");
        if (n <= NOTICES_SHOWN)
            append_value(html, NULL, photo->notice);
        else if (n == NOTICES_SHOWN + 1)
            append_value(html, NULL, "…");
    }
    g_string_append(html, g_hash_table_size(seen) > 0 ? "</div>\n" : "");
}

static void
append_mining(GString *html, const FgJson *rights)
{
    static const FgWords values[] = {
        {"DMI-UNSPECIFIED", "Nothing is said", "Rien n’est dit"},
        {"DMI-ALLOWED", "Allowed", "Autorisée"},
        {"DMI-PROHIBITED-AIMLTRAINING", "Prohibited for AI training", "Interdite pour l’entraînement d’IA"},
        {"DMI-PROHIBITED-GENAIMLTRAINING", "Prohibited for generative AI training",
         "Interdite pour l’entraînement d’IA génératives"},
        {"DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "Prohibited, except for search engines",
         "Interdite, sauf aux moteurs de recherche"},
        {"DMI-PROHIBITED", "Prohibited", "Interdite"},
        {"DMI-PROHIBITED-SEECONSTRAINT", "Prohibited, as stated", "Interdite, selon les conditions"},
        {NULL, NULL, NULL},
    };
    const char *uri = fg_json_get_string(rights, "data_mining");
    const char *slash = uri ? strrchr(uri, '/') : NULL;
    if (!slash)
        return;
    const FgWords *words = fg_words_find(values, slash + 1);
    open_row(html, "Text and data mining", "Fouille de textes et de données");
    fg_html_say(html, "dd", words ? words->english : slash + 1, words ? words->french : slash + 1);
    g_string_append(html, "</div>\n");
}

void
fg_proof_append_rights(GString *html, const FgProof *proof)
{
    const FgJson *rights = proof->published->rights;
    if (proof->published->photos->len == 0)
        return;
    g_string_append(html, "<section class=\"sheetwide\" aria-labelledby=\"rights\">");
    fg_html_say(html, "h2 id=\"rights\"", "Rights, as written into each file",
                "Droits, tels qu’écrits dans chaque fichier");
    g_string_append(html, "<dl class=\"rights\">\n");
    append_list(html, rights, "creator", "Creator", "Auteur");
    append_text(html, rights, "owner", "Copyright owner", "Titulaire des droits");
    append_notices(html, proof->published);
    append_text(html, rights, "credit", "Credit", "Crédit");
    append_text(html, rights, "source", "Source", "Source");
    append_languages(html, rights, "terms", "Terms of use", "Conditions d’utilisation");
    append_text(html, rights, "instructions", "Instructions", "Instructions");
    append_text(html, rights, "web_statement", "Statement of rights", "Mentions légales");
    append_mining(html, rights);
    append_languages(html, rights, "other_constraints", "Other constraints", "Autres contraintes");
    append_text(html, rights, "tdm_policy", "Policy for data mining", "Politique de fouille de données");
    append_contacts(html, rights);
    g_string_append(html, "</dl></section>\n");
}

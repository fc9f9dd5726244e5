/* proof_words.c: a page says everything in English and holds the French beside it. */
#include "metadata/metadata.h"
#include "report/catalogue.h"
#include "report/language.h"
#include "report/report_private.h"

#include <string.h>

void
fg_html_say(GString *html, const char *tag, const char *english, const char *french)
{
    g_string_append_printf(html, "<%s", tag);
    fg_html_attribute(html, "data-fr", g_str_equal(english, french) ? NULL : french);
    g_string_append_c(html, '>');
    fg_html_append(html, english);
    /* A tag may come with attributes. */
    g_string_append_printf(html, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void
fg_html_say_bytes(GString *html, guint64 bytes)
{
    g_autofree char *size = fg_text_size(bytes);
    g_string_append_printf(html, "<data class=\"bytes\" value=\"%" G_GUINT64_FORMAT "\">%s</data>", bytes,
                           size);
}

const FgWords *
fg_words_find(const FgWords *table, const char *key)
{
    for (const FgWords *row = table; row->key; row++)
        if (g_str_equal(row->key, key))
            return row;
    return NULL;
}

FgWords
fg_words_removed(const char *id)
{
    const guint number = fg_finding_number(id);
    const char *words = number < FG_N_FINDINGS ? fg_finding_traits(id)->words : NULL;
    const char *english = words ? words : id;
    return (FgWords){id, english, fg_catalogue_word(fg_catalogue_french(), english)};
}

FgWords
fg_words_hdr(const char *name)
{
    const FgHdr hdr = fg_hdr_from_name(name);
    const char *words = hdr == FG_HDR_GAIN_MAP ? N_("gain map") : hdr == FG_HDR_PQ ? "PQ" : "HLG";
    return (FgWords){name, words, fg_catalogue_word(fg_catalogue_french(), words)};
}

gboolean
fg_removed_has(const FgJson *removed, const char *group)
{
    gsize length = strlen(group);
    for (gsize i = 0; fg_json_is_array(removed) && i < fg_json_length(removed); i++) {
        const char *id = fg_json_string_value(fg_json_at(removed, i));
        if (id && strncmp(id, group, length) == 0 && id[length] == '.')
            return TRUE;
    }
    return FALSE;
}

const FgWords fg_words_groups[] = {
    {"location", "Location", "Lieu"},
    {"serial", "Serial numbers", "Numéros de série"},
    {"personal", "Personal data", "Données personnelles"},
    {"makernote", "Maker notes", "Notes du fabricant"},
    {"preview", "Hidden previews", "Aperçus cachés"},
    {"history", "Editing history", "Historique"},
    {"trailing", "Trailing data", "Données en trop"},
    {NULL, NULL, NULL},
};

const FgWords *
fg_words_stage(const char *stage)
{
    static const FgWords stages[] = {
        {"read", N_("while it was read"), "à la lecture"},
        {"probe", N_("while its headers were read"), "à la lecture des en-têtes"},
        {"rights", N_("at the rights"), "à l'examen des droits"},
        {"plan", N_("at the plan"), "à la préparation"},
        {"decode", N_("while it was decoded"), "au décodage"},
        {"size", N_("while it was resized"), "à la mise à la taille"},
        {"mark", N_("while it was marked"), "au marquage"},
        {"encode", N_("while it was encoded"), "à l’encodage"},
        {"dress", N_("while the rights were written"), "à l’écriture des droits"},
        {"audit", N_("at the audit"), "au contrôle"},
        {"write", N_("while it was written"), "à l’écriture"},
        {"worker", N_("in its process"), "dans son processus"},
        {NULL, NULL, NULL},
    };
    return fg_words_find(stages, stage);
}

/* sidecar.c: the texts of an XMP file beside the photo win over those in it. */
#include "metadata/reading.h"

#include <string.h>

static void
win(char **ours, char **theirs)
{
    if (!*theirs)
        return;
    g_free(*ours);
    *ours = fg_text_nfc(*theirs);
}

gboolean
fg_metadata_apply_sidecar(FgFacts *facts, GBytes *xmp, GError **error)
{
    g_autoptr(FgFacts) found = fg_facts_new();
    if (!fg_xmp_read_facts(xmp, found))
        return fg_throw(error, FG_ERROR_MALFORMED, "the sidecar holds no XMP");
    win(&facts->title, &found->title);
    win(&facts->headline, &found->headline);
    win(&facts->caption, &found->caption);
    win(&facts->alt, &found->alt);
    win(&facts->extended_alt, &found->extended_alt);
    if (found->keywords) {
        g_strfreev(facts->keywords);
        facts->keywords = g_steal_pointer(&found->keywords);
    }
    win(&facts->ai_system, &found->ai_system);
    win(&facts->ai_system_version, &found->ai_system_version);
    win(&facts->ai_prompt, &found->ai_prompt);
    win(&facts->ai_prompt_writer, &found->ai_prompt_writer);
    if (found->digital_source) {
        char *source = g_strdup(fg_source_kept(facts->digital_source, found->digital_source));
        g_free(facts->digital_source);
        facts->digital_source = source;
    }
    fg_facts_drop_coordinates(facts);
    return TRUE;
}

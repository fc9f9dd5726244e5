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
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->sidecar && field->kind == FG_KIND_TEXT)
            win(fg_field_at(field, facts), fg_field_at(field, found));
        else if (field->sidecar && !fg_field_is_empty(field, found))
            fg_field_copy(field, facts, found);
    if (found->digital_source) {
        char *source = g_strdup(fg_source_kept(facts->digital_source, found->digital_source));
        g_free(facts->digital_source);
        facts->digital_source = source;
    }
    fg_facts_drop_coordinates(facts);
    return TRUE;
}

/* facts.c: what a photo says of itself, and how much of it may stay. */
#include "metadata/metadata_private.h"

FgFacts *
fg_facts_new(void)
{
    return g_new0(FgFacts, 1);
}

FgFacts *
fg_facts_dup(const FgFacts *facts)
{
    return fg_facts_kept(facts, G_MAXUINT);
}

void
fg_facts_free(FgFacts *facts)
{
    for (const FgField *field = fg_fact_fields; facts && field->key; field++)
        fg_field_clear(field, facts);
    g_free(facts);
}

/* The finest of the date groups decides; "2026-05-01" has ten characters. */
static gsize
date_length(guint keep)
{
    if (keep & FG_KEEP_DATE)
        return sizeof "2026-05-01T12:00:00" - 1;
    if (keep & FG_KEEP_DAY)
        return sizeof "2026-05-01" - 1;
    return keep & FG_KEEP_YEAR ? sizeof "2026" - 1 : 0;
}

FgFacts *
fg_facts_kept(const FgFacts *facts, guint keep)
{
    FgFacts *kept = fg_facts_new();
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->keep & (keep | FG_KEEP_ALWAYS))
            fg_field_copy(field, kept, facts);
    kept->date[date_length(keep)] = '\0';
    return kept;
}

/* keep.c: the groups of privacy.keep and their names. */
#include "metadata/metadata.h"

#include <string.h>

/* In the order of the bits: the name at index n is bit n. */
static const char *const names[] = {
    "title", "caption",  "keywords", "year", "day",    "date", "camera",
    "lens",  "exposure", "country",  "city", "prompt", NULL,
};
_Static_assert(1 << (G_N_ELEMENTS(names) - 2) == FG_KEEP_PROMPT, "every group has a name");

FgKeep
fg_keep_from_name(const char *name)
{
    for (guint bit = 0; names[bit]; bit++)
        if (strcmp(names[bit], name) == 0)
            return (FgKeep)(1 << bit);
    return 0;
}

const char *const *
fg_keep_names(void)
{
    return names;
}

guint
fg_facts_groups(const FgFacts *facts)
{
    guint groups = 0;
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->kind != FG_KIND_DATE && !fg_field_is_empty(field, facts))
            groups |= field->keep & ~FG_KEEP_ALWAYS;
    return groups | (strlen(facts->date) == sizeof facts->date - 1 ? FG_KEEP_DATE : 0u);
}

/* stronger.c: of two words of a vocabulary that the blocks of a file state, the one that must not be lost
 * (PLUS LDF 2.0.1; TDMRep; IPTC NewsCodes). */
#include "metadata/metadata_private.h"

#include <string.h>

/* Each with how much it claims or reserves among those that can stand in its place; all others: 0. */
static const struct {
    const char *word;
    guint strength;
} words[] = {
    {"true", 1},
    {"1", 1},
    {"t", 1},
    {"on", 1},
    {"CS-PRO", 1},
    {"DMI-ALLOWED", 1},
    {"DMI-PROHIBITED-SEECONSTRAINT", 2},
    {"DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", 2},
    {"DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", 2},
    {"DMI-PROHIBITED-GENAIMLTRAINING", 3},
    {"DMI-PROHIBITED-AIMLTRAINING", 4},
    {"DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", 5},
    {"DMI-PROHIBITED", 6},
};

static guint
strength_of(const char *value)
{
    const char *slash = strrchr(value, '/');
    g_autofree char *word = g_strstrip(g_strdup(slash ? slash + 1 : value));
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(words[i].word, word) == 0)
            return words[i].strength;
    return 0;
}

gboolean
fg_word_is_stronger(const char *second, const char *first)
{
    if (!first || !second)
        return second != NULL;
    if (strength_of(second) > strength_of(first))
        return TRUE;
    g_autofree char *told = NULL;
    fg_source_say(&told, first);
    g_autofree char *before = g_strdup(told);
    fg_source_say(&told, second);
    return g_strcmp0(told, before) != 0;
}

gboolean
fg_word_is_of_vocabulary(const char *property)
{
    static const char *const names[] = {"Marked",      "CopyrightStatus",   "DataMining",
                                        "reservation", "DigitalSourceType", "DigitalSourcefileType",
                                        NULL};
    return g_strv_contains(names, property);
}

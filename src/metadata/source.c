/* source.c: the digital source type (IPTC NewsCodes), of which what tells of a generator is never weakened
 * (docs/spec/metadata.md §1.5). */
#include "metadata/metadata_private.h"

#include <string.h>

/* How much a name tells of a generator. */
typedef enum {
    TELLS_NOTHING,
    TELLS_OF_ALGORITHM, /* enhanced, simulated or drawn from data by one */
    TELLS_OF_GENERATOR,
} Telling;

/* The vocabulary of 2024-10 with its retired names. */
static const struct {
    const char *name;
    Telling telling;
} names[] = {
    {"digitalCapture", TELLS_NOTHING},
    {"computationalCapture", TELLS_NOTHING},
    {"negativeFilm", TELLS_NOTHING},
    {"positiveFilm", TELLS_NOTHING},
    {"print", TELLS_NOTHING},
    {"humanEdits", TELLS_NOTHING},
    {"minorHumanEdits", TELLS_NOTHING},
    {"digitalCreation", TELLS_NOTHING},
    {"digitalArt", TELLS_NOTHING},
    {"screenCapture", TELLS_NOTHING},
    {"composite", TELLS_NOTHING},
    {"compositeCapture", TELLS_NOTHING},
    {"softwareImage", TELLS_OF_ALGORITHM},
    {"dataDrivenMedia", TELLS_OF_ALGORITHM},
    {"algorithmicallyEnhanced", TELLS_OF_ALGORITHM},
    {"virtualRecording", TELLS_OF_GENERATOR},
    {"compositeSynthetic", TELLS_OF_GENERATOR},
    {"compositeWithTrainedAlgorithmicMedia", TELLS_OF_GENERATOR},
    {"algorithmicMedia", TELLS_OF_GENERATOR},
    {"trainedAlgorithmicMedia", TELLS_OF_GENERATOR},
};

static Telling
telling_of(const char *name)
{
    for (guint i = 0; name && i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].telling;
    return TELLS_NOTHING;
}

char *
fg_source_name(const char *value)
{
    g_autofree char *rest = value ? g_strstrip(g_strdup(value)) : NULL;
    gsize length = rest ? strlen(rest) : 0;
    while (length > 0 && strchr("/#", rest[length - 1]))
        rest[--length] = '\0';
    if (length == 0)
        return NULL;
    const char *last = rest;
    for (const char *at = rest; *at; at++)
        if (strchr("/#:", *at)) /* a URI, or a QCode as "digsrctype:print" */
            last = at + 1;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(names[i].name, last) == 0)
            return g_strdup(names[i].name);
    return g_strdup(last);
}

const char *
fg_source_kept(const char *found, const char *asked)
{
    const Telling file = telling_of(found);
    if (!asked || file == TELLS_OF_GENERATOR)
        return found ? found : asked;
    return file > telling_of(asked) ? found : asked;
}

void
fg_source_say(char **fact, const char *value)
{
    g_autofree char *name = fg_source_name(value);
    if (telling_of(name) <= telling_of(*fact))
        return;
    g_free(*fact);
    *fact = g_steal_pointer(&name);
}

char *
fg_source_note(const char *found, const char *asked)
{
    const char *kept = fg_source_kept(found, asked);
    if (!asked || !kept || strcmp(kept, asked) == 0)
        return NULL;
    return g_strdup_printf(
        "it says of itself that it is %s, which stays: the profile's digital_source, %s, would say less",
        kept, asked);
}

/* check_words.c: leaks and vocabularies in a photographer's words. */
#include "report/card.h"

#include <string.h>

#include "metadata/metadata.h"
#include "report/language.h"

typedef struct {
    const char *key, *words;
} Words;

const char *
fg_leak_words(const char *id)
{
    const char *words = fg_finding_traits(id)->words;
    return words ? _(words) : NULL;
}

const char *
fg_mining_words(const char *uri)
{
    static const Words values[] = {
        {"DMI-UNSPECIFIED", N_("not reserved")},
        {"DMI-ALLOWED", N_("allowed")},
        {"DMI-PROHIBITED-AIMLTRAINING", N_("AI and machine learning training prohibited")},
        {"DMI-PROHIBITED-GENAIMLTRAINING", N_("generative AI training prohibited")},
        {"DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", N_("prohibited, but for search engines")},
        {"DMI-PROHIBITED", N_("prohibited")},
        {"DMI-PROHIBITED-SEECONSTRAINT", N_("prohibited, as its constraints say")},
        {"DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", N_("prohibited, as its embedded rights say")},
        {"DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", N_("prohibited, as its linked rights say")},
    };
    if (!uri)
        return _("not reserved");
    const char *slash = strrchr(uri, '/');
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (strcmp(values[i].key, slash ? slash + 1 : uri) == 0)
            return _(values[i].words);
    return _("a value that nobody knows");
}

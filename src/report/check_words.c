/* check_words.c: findings and vocabularies in a photographer's words. */
#include "report/card.h"

#include <string.h>

#include "report/language.h"

typedef struct {
    const char *key, *words;
} Words;

const char *
fg_leak_words(const char *id)
{
    static const Words leaks[] = {
        {"location.gps", N_("coordinates")},
        {"location.text", N_("the name of the place")},
        {"location.sensor", N_("altitude or direction")},
        {"serial.body", N_("camera serial number")},
        {"serial.lens", N_("lens serial number")},
        {"personal.owner", N_("camera owner's name")},
        {"personal.contact", N_("contact details")},
        {"personal.name", N_("names of the team")},
        {"personal.comment", N_("a free comment")},
        {"personal.host", N_("name of a computer")},
        {"personal.software", N_("software")},
        {"personal.prompt", N_("generator's prompt")},
        {"personal.face", N_("faces")},
        {"personal.person", N_("names of people shown")},
        {"id.unique", N_("id of the exposure")},
        {"id.document", N_("ids of documents")},
        {"history.edit", N_("editing history")},
        {"history.raw", N_("raw development settings")},
        {"workflow.id", N_("job number")},
        {"makernote.present", N_("maker note")},
        {"preview.embedded", N_("an embedded preview")},
        {"preview.unwatermarked", N_("a preview without the mark")},
        {"trailing.data", N_("data after the picture")},
        {"trailing.motion", N_("a video after the picture")},
        {"container.aux-image", N_("auxiliary pictures")},
        {"icc.device", N_("name of a screen or printer")},
        {"time.precise", N_("time of the exposure")},
        {"time.zone", N_("time zone")},
    };
    for (guint i = 0; i < G_N_ELEMENTS(leaks); i++)
        if (strcmp(leaks[i].key, id) == 0)
            return _(leaks[i].words);
    return NULL;
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

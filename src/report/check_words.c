/* check_words.c: findings and vocabularies in a photographer's words. */
#include "report/card.h"

#include <string.h>

typedef struct {
    const char *key, *words;
} Words;

const char *
fg_leak_words(const char *id)
{
    static const Words leaks[] = {
        {"location.gps", "coordinates"},
        {"location.text", "the name of the place"},
        {"location.sensor", "altitude or direction"},
        {"serial.body", "camera serial number"},
        {"serial.lens", "lens serial number"},
        {"personal.owner", "camera owner's name"},
        {"personal.contact", "contact details"},
        {"personal.name", "names of the team"},
        {"personal.comment", "a free comment"},
        {"personal.host", "name of a computer"},
        {"personal.software", "software"},
        {"personal.prompt", "generator's prompt"},
        {"personal.face", "faces"},
        {"personal.person", "names of people shown"},
        {"id.unique", "id of the exposure"},
        {"id.document", "ids of documents"},
        {"history.edit", "editing history"},
        {"history.raw", "raw development settings"},
        {"workflow.id", "job number"},
        {"makernote.present", "maker note"},
        {"preview.embedded", "an embedded preview"},
        {"preview.unwatermarked", "a preview without the mark"},
        {"trailing.data", "data after the picture"},
        {"trailing.motion", "a video after the picture"},
        {"container.aux-image", "auxiliary pictures"},
        {"icc.device", "name of a screen or printer"},
        {"time.precise", "time of the exposure"},
        {"time.zone", "time zone"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(leaks); i++)
        if (strcmp(leaks[i].key, id) == 0)
            return leaks[i].words;
    return NULL;
}

const char *
fg_mining_words(const char *uri)
{
    static const Words values[] = {
        {"DMI-UNSPECIFIED", "not reserved"},
        {"DMI-ALLOWED", "allowed"},
        {"DMI-PROHIBITED-AIMLTRAINING", "AI and machine learning training prohibited"},
        {"DMI-PROHIBITED-GENAIMLTRAINING", "generative AI training prohibited"},
        {"DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "prohibited, but for search engines"},
        {"DMI-PROHIBITED", "prohibited"},
        {"DMI-PROHIBITED-SEECONSTRAINT", "prohibited, as its constraints say"},
        {"DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", "prohibited, as its embedded rights say"},
        {"DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", "prohibited, as its linked rights say"},
    };
    if (!uri)
        return "not reserved";
    const char *slash = strrchr(uri, '/');
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (strcmp(values[i].key, slash ? slash + 1 : uri) == 0)
            return values[i].words;
    return "a value that nobody knows";
}

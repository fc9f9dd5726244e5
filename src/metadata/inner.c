/* inner.c: rights that are stated by what lies within the file: previews, trailers, copies of blocks, further
 * directories. They are none of the photo's own statements, but a notice of another's among them is one. */
#include "metadata/reading.h"

#define MOST_INNER 256u

void
fg_inner_free(gpointer data)
{
    FgInner *inner = data;
    g_free(inner->where);
    fg_rights_free(inner->rights);
    g_free(inner);
}

static void
add(FgReading *reading, char *taken_where, FgRights *taken_rights)
{
    FgInner *inner = g_new0(FgInner, 1);
    *inner = (FgInner){taken_where, taken_rights};
    if (reading->inner && reading->inner->len < MOST_INNER)
        g_ptr_array_add(reading->inner, inner);
    else
        fg_inner_free(inner);
}

void
fg_reading_inner(FgReading *reading, const FgReading *deeper)
{
    for (guint i = 0; i < FG_N_CARRIERS; i++) {
        const FgSaid *said = &deeper->said[i];
        if (!said->rights || (!said->rights->copyright && !said->rights->owner))
            continue;
        const char *where = said->notice_where ? said->notice_where : "container:preview";
        add(reading, g_strconcat(deeper->within, where, NULL), fg_rights_dup(said->rights));
    }
}

void
fg_reading_beside(FgReading *reading, const char *where, const char *notice)
{
    FgRights *rights = fg_rights_new();
    rights->copyright = g_strdup(notice);
    add(reading, g_strconcat(reading->within, where, NULL), rights);
}

/* rights.c: whose a photo is: the profile's creator's, or, when the profile names none, its own. */
#include <string.h>

#include "plan/plan_private.h"

/* What the profile states stands; what it leaves open is the photo's own word, but for the ways to reach
 * people: an address that a camera or a program put there was not put there to be published. Who made it,
 * whose it is and whether it is claimed are told by the photo alone; and of one that is given to all,
 * everything but how it came to be. */
static FgRights *
own_rights(const FgRights *stated, const FgRights *found, gboolean open)
{
    g_autoptr(FgRights) nothing = fg_rights_new();
    /* With the sentences that a reservation of the profile's comes with, since nothing is added to found
     * rights. */
    FgRights *ours = fg_rights_as_written(open ? nothing : stated);
    if (!ours->digital_source)
        ours->digital_source = g_strdup(stated->digital_source);
    for (const FgField *field = fg_right_fields; field->key; field++)
        if (field->own == FG_OWN_PHOTO || (field->own == FG_OWN_EITHER && fg_field_is_empty(field, ours)))
            fg_field_copy(field, ours, found);
    ours->as_found = TRUE;
    return ours;
}

static gboolean
throw_nobody(const FgProfile *profile, GError **error)
{
    if (profile->beside)
        return fg_throw(
            error, FG_ERROR_RIGHTS,
            "neither the profile %s nor the photo says whose it is, and ./filigrane.yaml is not read "
            "beside -p; write a profile with `extends: %s` and your rights",
            profile->name, profile->name);
    return fg_throw(error, FG_ERROR_RIGHTS,
                    "neither the profile nor the photo says whose it is; `filigrane init` writes a profile");
}

static gboolean
throw_foreign(const FgRights *found, GError **error)
{
    const char *whose = found->copyright ? found->copyright
                        : found->owner   ? found->owner
                                         : found->creators[0];
    g_autofree char *tidy = fg_text_tidy(whose);
    g_autofree char *cut = fg_text_cut(tidy, 120);
    g_autofree char *shown = fg_text_printable(cut);
    return fg_throw(error, FG_ERROR_FOREIGN, "it carries another owner's notice: \"%s\"", shown);
}

gboolean
fg_plan_rights(FgPlanned *planned, const FgProfile *profile, gboolean force, GError **error)
{
    const FgRights *stated = profile->rights, *found = planned->photo->rights;
    if (!stated->creators) {
        planned->own_rights = TRUE;
        if (!found || (!found->creators && !found->copyright))
            return throw_nobody(profile, error);
        planned->open = fg_rights_are_open(found);
        planned->rights = own_rights(stated, found, planned->open);
        return TRUE;
    }
    const FgRights *foreign = found && !force ? fg_rights_foreign(stated, found) : NULL;
    if (foreign) {
        planned->foreign_creators = fg_rights_foreign_creators(stated, found);
        return planned->foreign_creators ? fg_rights_throw_creators(planned->foreign_creators, error)
                                         : throw_foreign(foreign, error);
    }
    if (found && fg_rights_has_terms_of_others(stated, found))
        g_ptr_array_add(planned->warnings, g_strdup(FG_NOTE_TERMS));
    g_autofree char *stem = fg_photo_stem(planned->photo->source);
    planned->rights = fg_rights_for(profile, planned->photo->facts, stem, NULL, error);
    return planned->rights != NULL;
}

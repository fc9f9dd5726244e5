/* rights.c: the rights that all photos of a manifest have in common, as they are written into the files. */
#include "journal/journal_private.h"

FgJson *
fg_manifest_rights(const FgRights *rights)
{
    FgJson *object = fg_json_object();
    fg_rights_to_json(object, rights, FG_JSON_MANIFEST);
    return object;
}

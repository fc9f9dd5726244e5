/* photo.c: the life of FgPhoto. */
#include "plan/plan_private.h"

FgPhoto *
fg_photo_new(const char *path, const char *source)
{
    FgPhoto *photo = g_new0(FgPhoto, 1);
    photo->path = g_strdup(path);
    photo->source = g_strdup(source);
    photo->orientation = 1;
    return photo;
}

void
fg_photo_free(FgPhoto *photo)
{
    if (!photo)
        return;
    g_free(photo->path);
    g_free(photo->source);
    fg_facts_free(photo->facts);
    fg_rights_free(photo->rights);
    g_clear_pointer(&photo->removed, g_ptr_array_unref);
    g_clear_error(&photo->error);
    g_free(photo);
}

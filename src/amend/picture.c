/* picture.c: the compressed picture of a file, which must be the same before and after. */
#include "amend/amend_private.h"

#include <string.h>

gboolean
fg_amend_check_whole(const FgContainer *container, GError **error)
{
    if (container->complete || container->endless)
        return TRUE;
    return fg_container_verify(container, error)
               ? fg_throw(error, FG_ERROR_MALFORMED, "the file is cut short")
               : FALSE;
}

/* The compressed picture of a container, piece by piece. */
typedef struct {
    const FgContainer *container;
    guint next; /* part */
    guint64 at;
    guint64 left;
} Picture;

static void
find_piece(Picture *picture)
{
    while (picture->left == 0 && picture->next < picture->container->parts->len) {
        const FgPart *part = picture->container->parts->pdata[picture->next++];
        if (part->kind != FG_PART_PICTURE || part->name)
            continue;
        picture->at = part->offset;
        picture->left = part->length;
    }
}

/* Byte for byte, however the two are cut into pieces. */
static gboolean
match(const FgContainer *before, const FgContainer *after, GArray *copied)
{
    const guint8 *old = g_bytes_get_data(before->file, NULL), *new = g_bytes_get_data(after->file, NULL);
    Picture a = {.container = before}, b = {.container = after};
    for (;;) {
        find_piece(&a);
        find_piece(&b);
        const FgCopied stretch = {a.at, b.at, MIN(a.left, b.left)};
        if (stretch.length == 0)
            return a.left == b.left;
        if (memcmp(old + a.at, new + b.at, stretch.length) != 0)
            return FALSE;
        g_array_append_val(copied, stretch);
        a.at += stretch.length;
        b.at += stretch.length;
        a.left -= stretch.length;
        b.left -= stretch.length;
    }
}

gboolean
fg_amend_match_picture(const FgContainer *before, const FgContainer *after, GArray *copied, GError **error)
{
    if (before->width == after->width && before->height == after->height && match(before, after, copied))
        return TRUE;
    return fg_throw(error, FG_ERROR_INTERNAL, "the picture would not be the same");
}

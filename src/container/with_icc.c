/* with_icc.c: colour profiles in boxes changed where they stand, so that nothing else in a file moves. */
#include "container/container_private.h"

#include <string.h>

/* The same profile may stand in several boxes. */
static void
replace_each(guint8 *file, gsize length, GBytes *old, GBytes *by)
{
    gsize size, new_size;
    const guint8 *data = g_bytes_get_data(old, &size), *value = g_bytes_get_data(by, &new_size);
    for (guint8 *at = file; (at = memmem(at, length - (gsize)(at - file), data, size)); at += size) {
        memcpy(at, value, new_size);
        memset(at + new_size, 0, size - new_size);
        fg_store_u32(at, FG_BIG_ENDIAN, (guint32)size); /* of the profile, by its own header */
    }
}

GBytes *
fg_container_with_icc(const FgContainer *container, FgIccFor icc_for)
{
    gsize length;
    const guint8 *old = g_bytes_get_data(container->file, &length);
    g_autofree guint8 *file = NULL;
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_ICC || !part->bytes)
            continue;
        g_autoptr(GBytes) icc = icc_for(part);
        if (!icc || g_bytes_get_size(icc) > g_bytes_get_size(part->bytes))
            continue;
        if (!file)
            file = g_memdup2(old, length);
        replace_each(file, length, part->bytes, icc);
    }
    return file ? g_bytes_new_take(g_steal_pointer(&file), length) : g_bytes_ref(container->file);
}

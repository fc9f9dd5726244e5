/* tiff_rewrite.c: a TIFF with parts left out or replaced. While the EXIF part, which is the first directory
 * and all that hangs on it, stays, only tags change and nothing moves; when it goes, the file is laid out
 * anew. */
#include "container/tiff_private.h"

static void
tag_clear(FgTiffTag *tag)
{
    g_clear_pointer(&tag->value, g_bytes_unref);
}

static void
change(GArray *tags, guint tag, guint type, GBytes *value)
{
    for (guint i = 0; i < tags->len; i++)
        if (g_array_index(tags, FgTiffTag, i).tag == tag)
            return;
    FgTiffTag row = {(guint16)tag, (guint16)type, value ? g_bytes_ref(value) : NULL};
    g_array_append_val(tags, row);
}

/* The texts of the first directory of dress->exif. */
static void
change_exif(GArray *tags, GBytes *exif)
{
    FgTiff tiff;
    g_autoptr(FgIfdTable) ifd =
        exif && fg_tiff_open_plain(exif, &tiff) ? fg_ifd_table(&tiff, tiff.first) : NULL;
    for (guint i = 0; ifd && i < ifd->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(ifd->entries, FgIfdEntry, i);
        if (entry->type != FG_TIFF_ASCII)
            continue;
        g_autoptr(GBytes) value = fg_ifd_bytes(entry, exif);
        change(tags, entry->tag, entry->type, value);
    }
}

/* Takes the tags of the parts that go out; a page that goes would leave its bytes behind. */
static gboolean
change_parts(GArray *tags, const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
             GError **error)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        guint64 tag;
        if (part->kind == FG_PART_PICTURE || part->kind == FG_PART_EXIF ||
            fg_part_stays(part, keep, data, dress))
            continue;
        if (!g_str_has_prefix(part->where, "tag ") ||
            !g_ascii_string_to_unsigned(part->where + 4, 10, 1, G_MAXUINT16, &tag, NULL))
            return fg_throw(error, FG_ERROR_UNSUPPORTED, "%s can't be taken out alone", part->where);
        change(tags, (guint)tag, 0, NULL);
    }
    return TRUE;
}

GBytes *
fg_tiff_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
                GError **error)
{
    const FgPart *exif = fg_container_find(container, FG_PART_EXIF);
    if (!keep(exif, data))
        return fg_tiff_anew(container, keep, data, dress, error);
    g_autoptr(GArray) tags = g_array_new(FALSE, FALSE, sizeof(FgTiffTag));
    g_array_set_clear_func(tags, (GDestroyNotify)tag_clear);
    if (dress) {
        change_exif(tags, dress->exif);
        if (dress->xmp)
            change(tags, FG_TIFF_XMP, FG_TIFF_BYTE, dress->xmp);
        if (dress->irb) {
            g_autoptr(GBytes) iim = fg_dress_iim(dress);
            change(tags, FG_TIFF_IIM, FG_TIFF_UNDEFINED, iim);
            change(tags, FG_TIFF_IRB, FG_TIFF_BYTE, dress->irb);
        }
        if (dress->icc)
            change(tags, FG_TIFF_ICC, FG_TIFF_UNDEFINED, dress->icc);
    }
    if (!change_parts(tags, container, keep, data, dress, error))
        return NULL;
    if (!tags->len)
        return g_bytes_ref(container->file);
    return fg_tiff_amend(container->file, (const FgTiffTag *)(gconstpointer)tags->data, tags->len, error);
}

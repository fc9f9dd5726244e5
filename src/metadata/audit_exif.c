/* audit_exif.c: a walk over a finished EXIF block that knows nothing of how it was built.
 *
 * The block equals what was built, byte for byte; this walk makes sure that what was built is what
 * docs/spec/metadata.md §1.8 and the groups of privacy.keep allow, whatever a version of libexif may have put
 * in. */
#include "metadata/metadata_private.h"

#define EXIF_POINTER 0x8769
#define ENTRY_SIZE 12u

/* Ascending, as the entries are; IFD0 first. */
static const guint16 allowed_main[] = {
    0x010E, 0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x013B, 0x0213, 0x8298, EXIF_POINTER,
};
static const guint16 allowed_exif[] = {
    0x829A, 0x829D, 0x8827, 0x9000, 0x9003, 0x9101, 0x920A, 0xA000, 0xA001, 0xA002, 0xA003, 0xA434,
};

static gboolean
is_allowed(guint16 tag, gboolean main)
{
    const guint16 *list = main ? allowed_main : allowed_exif;
    const gsize count = main ? G_N_ELEMENTS(allowed_main) : G_N_ELEMENTS(allowed_exif);
    for (gsize i = 0; i < count; i++)
        if (list[i] == tag)
            return TRUE;
    return FALSE;
}

/* One directory: every tag allowed, in ascending order and so only once, and no directory after it. The place
 * of the EXIF directory goes to *pointer. */
static gboolean
walk(FgCursor at, guint32 offset, gboolean main, guint32 *pointer, GError **error)
{
    const char *name = main ? "IFD0" : "ExifIFD";
    guint16 count, last = 0;
    guint32 next;
    if (!fg_cursor_seek(&at, offset) || !fg_cursor_u16(&at, &count))
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s lies outside its block", name);
    for (guint16 i = 0; i < count; i++) {
        FgCursor entry;
        guint16 tag, type;
        guint32 components, value;
        if (!fg_cursor_take(&at, ENTRY_SIZE, &entry) || !fg_cursor_u16(&entry, &tag) ||
            !fg_cursor_u16(&entry, &type) || !fg_cursor_u32(&entry, &components) ||
            !fg_cursor_u32(&entry, &value))
            return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s is cut short", name);
        if (tag <= last || !is_allowed(tag, main))
            return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s holds the tag 0x%04X, which is not asked for",
                            name, tag);
        if (tag == EXIF_POINTER)
            *pointer = value;
        last = tag;
    }
    if (!fg_cursor_u32(&at, &next) || next != 0)
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s is followed by another directory", name);
    return TRUE;
}

gboolean
fg_exif_audit(GBytes *tiff, GError **error)
{
    FgCursor at = fg_cursor_bytes(tiff, FG_LITTLE_ENDIAN);
    guint32 offset, pointer = 0;
    if (!fg_cursor_match(&at, "II*\0", 4) || !fg_cursor_u32(&at, &offset))
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF is no TIFF stream of ours");
    return walk(at, offset, TRUE, &pointer, error) && walk(at, pointer, FALSE, &pointer, error);
}

/* audit_exif.c: a walk over a finished EXIF block that knows nothing of how it was built.
 *
 * The block equals what was built, byte for byte; this walk makes sure that what was built is what
 * docs/spec/metadata.md §1.8 and the groups of privacy.keep allow, whatever a version of libexif may have put
 * in. */
#include "metadata/metadata_private.h"

#define EXIF_POINTER 0x8769

/* What describes the picture; what a photo says of itself is in the rows of filigrane/fields.def. */
static const guint16 picture_main[] = {0x0112, 0x011A, 0x011B, 0x0128, 0x0213, EXIF_POINTER, 0};
static const guint16 picture_exif[] = {0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003, 0};

static gboolean
is_field(const FgField *fields, guint16 tag, gboolean main)
{
    while (fields->key && (main ? fields->ifd0 : fields->exif) != tag)
        fields++;
    return fields->key != NULL;
}

static gboolean
is_allowed(guint16 tag, gboolean main)
{
    for (const guint16 *list = main ? picture_main : picture_exif; *list; list++)
        if (*list == tag)
            return TRUE;
    return is_field(fg_right_fields, tag, main) || is_field(fg_fact_fields, tag, main);
}

/* One directory: every tag allowed, in ascending order and so only once, and no directory after it. The place
 * of the EXIF directory goes to *pointer. */
static gboolean
check(const FgTiff *tiff, guint64 offset, gboolean main, guint64 *pointer, GError **error)
{
    const char *name = main ? "IFD0" : "ExifIFD";
    guint16 last = 0;
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (!fg_ifd_begin(tiff, offset, &walk))
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s lies outside its block", name);
    for (; fg_ifd_next(&walk, &entry); last = entry.tag) {
        if (entry.tag <= last || !is_allowed(entry.tag, main))
            return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s holds the tag 0x%04X, which is not asked for",
                            name, entry.tag);
        if (entry.tag == EXIF_POINTER)
            fg_ifd_number(&entry, 0, pointer);
    }
    if (!fg_is_sound(&walk.flaws))
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s is cut short", name);
    if (fg_ifd_following(&walk) != 0)
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF %s is followed by another directory", name);
    return TRUE;
}

gboolean
fg_exif_audit(GBytes *block, GError **error)
{
    FgTiff tiff;
    guint64 pointer = 0;
    if (!fg_tiff_open(fg_cursor_bytes(block, FG_BIG_ENDIAN), &tiff) || tiff.magic != 42 ||
        tiff.whole.endian != FG_LITTLE_ENDIAN)
        return fg_throw(error, FG_ERROR_AUDIT, "EXIF is no TIFF stream of ours");
    return check(&tiff, tiff.first, TRUE, &pointer, error) && check(&tiff, pointer, FALSE, &pointer, error);
}

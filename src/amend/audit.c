/* audit.c: the last look at a finished file, by the process that holds the old one.
 *
 * Whoever read the old file may have been taken over by it. So the new one is read again, and has to be
 * whole, of the same kind, with a compressed picture of which every byte is the old file's, and it has to say
 * what was asked for. */
#include "amend/amend_private.h"

#include <string.h>
#include <unistd.h>

#define HEAD 4096 /* bytes that tell every kind of file */

static FgFormat
old_format(int old)
{
    guint8 head[HEAD];
    ssize_t length = pread(old, head, sizeof head, 0);
    return length > 0 ? fg_sniff(head, (gsize)length) : FG_FORMAT_UNKNOWN;
}

static gboolean
audit_picture(const FgContainer *container, const FgAmendment *amendment, GError **error)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == FG_PART_PICTURE && !part->name &&
            !fg_pieces_are_old(&amendment->pieces, part->offset, part->length))
            return fg_throw(error, FG_ERROR_AUDIT, "the picture would not be the same");
    }
    return TRUE;
}

static gboolean
audit_notice(const char *carrier, const char *found, const char *asked, GError **error)
{
    return fg_notice_equal(found, asked) ||
           fg_throw(error, FG_ERROR_AUDIT, "the copyright notice does not read back from %s", carrier);
}

/* What a stranger's reader would show, in the carriers that every format has. */
static gboolean
audit_rights(const FgContainer *container, const FgMetadata *metadata, const char *below,
             const FgAmendOptions *options, GError **error)
{
    g_autoptr(FgRights) asked = fg_tag_rights(options->profile, container, metadata->facts, below);
    g_autoptr(FgRights) written = fg_rights_as_written(asked);
    return audit_notice("EXIF", metadata->exif.notice, written->copyright, error) &&
           audit_notice("XMP", metadata->xmp.notice, written->copyright, error) &&
           (!fg_rights_is_foreign(written, metadata->rights) ||
            fg_throw(error, FG_ERROR_AUDIT, "another owner would stay in the file"));
}

gboolean
fg_amend_audit(GBytes *file, const char *below, const FgAmendOptions *options, const FgAmendment *amendment,
               GError **error)
{
    g_autoptr(GError) unreadable = NULL;
    g_autoptr(FgContainer) container = fg_container_read(file, &unreadable);
    if (!container)
        return fg_throw(error, FG_ERROR_AUDIT, "the finished file can't be read: %s", unreadable->message);
    if (container->format != old_format(amendment->old))
        return fg_throw(error, FG_ERROR_AUDIT, "the finished file is %s", fg_format_title(container->format));
    if (!fg_amend_check_whole(container, error) || !audit_picture(container, amendment, error))
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    return options->profile ? audit_rights(container, metadata, below, options, error)
                            : fg_scrub_check_gone(metadata, error);
}

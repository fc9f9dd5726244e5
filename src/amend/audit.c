/* audit.c: the last look at a finished file.
 *
 * Whoever read the old file may have been taken over by it. So the new one is read again, and has to be
 * whole, of the same kind, with a compressed picture of which every byte is the old file's, and it has to say
 * what was asked for. The process that holds the old file looks at the frame alone, by code that knows
 * lengths and names; what the blocks say is read behind walls, too, by a process that saw no old file. */
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

/* Nobody else writes to a draft, so that a map of it stays whole. */
GBytes *
fg_amend_map(const FgDraft *draft, GError **error)
{
    g_autoptr(GError) why = NULL;
    g_autoptr(GMappedFile) map = g_mapped_file_new_from_fd(draft->file, FALSE, &why);
    return map ? g_mapped_file_get_bytes(map)
               : fg_throw_null(error, FG_ERROR_OUTPUT, "can't be read again: %s", why->message);
}

/* Only a file that had no end mark may come out without one. */
static gboolean
was_endless(int old)
{
    g_autoptr(GMappedFile) map = old >= 0 ? g_mapped_file_new_from_fd(old, FALSE, NULL) : NULL;
    g_autoptr(GBytes) file = map ? g_mapped_file_get_bytes(map) : NULL;
    g_autoptr(FgContainer) container = file ? fg_container_read(file, NULL) : NULL;
    return container && container->endless;
}

static gboolean
audit_frame(GBytes *file, const FgAmendment *amendment, GError **error)
{
    g_autoptr(GError) unreadable = NULL;
    g_autoptr(FgContainer) container = fg_container_read(file, &unreadable);
    if (!container)
        return fg_throw(error, FG_ERROR_AUDIT, "the finished file can't be read: %s", unreadable->message);
    if (container->format != old_format(amendment->old))
        return fg_throw(error, FG_ERROR_AUDIT, "the finished file is %s", fg_format_title(container->format));
    if (container->endless && !was_endless(amendment->old))
        return fg_throw(error, FG_ERROR_AUDIT, "the finished file has no end mark");
    return fg_amend_check_whole(container, error) && audit_picture(container, amendment, error);
}

gboolean
fg_amend_audit(const FgDraft *draft, const char *below, const FgAmendOptions *options,
               const FgAmendment *amendment, GError **error)
{
    g_autoptr(GBytes) file = fg_amend_map(draft, error);
    if (!file || !audit_frame(file, amendment, error))
        return FALSE;
    return options->reader ? fg_amend_reader_audit(options->reader, draft, below, error)
                           : fg_amend_audit_words(file, below, options, error);
}

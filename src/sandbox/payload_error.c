/* payload_error.c: an error on its way from a child to its parent: its code, and its message. */
#include "sandbox/sandbox.h"

void
fg_put_error(GByteArray *record, const GError *error)
{
    fg_put_le32(record, (guint32)(error->domain == FG_ERROR ? error->code : FG_ERROR_INTERNAL));
    fg_ipc_put_text(record, error->message);
}

GError *
fg_get_error(FgCursor *at)
{
    guint32 code;
    g_autofree char *message = NULL;
    GError *error = NULL;
    if (!fg_cursor_u32(at, &code) || !fg_ipc_get_some_text(at, &message)) {
        fg_throw_no_answer(&error);
        return error;
    }
    /* A child knows of its photo and of what it could not load, not of disks and runs: a hijacked one must
     * not stop the others. */
    gboolean own = code == FG_ERROR_FONT || code == FG_ERROR_LOGO || code == FG_ERROR_MODULE ||
                   code == FG_ERROR_SIGNED || (code >= FG_ERROR_UNREADABLE && code <= FG_ERROR_WORKER);
    g_autofree char *printable = fg_text_printable(message);
    return g_error_new_literal(FG_ERROR, (gint)(own ? code : FG_ERROR_WORKER), printable);
}

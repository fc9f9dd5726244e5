/* payload_error.c: an error on its way from a child to its parent. */
#include "sandbox/sandbox.h"

GVariant *
fg_payload_error(const GError *error)
{
    gboolean ours = error->domain == FG_ERROR;
    g_autofree char *message = fg_text_utf8(error->message, -1, NULL);
    return g_variant_new(FG_PAYLOAD_ERROR, (guint32)(ours ? error->code : FG_ERROR_INTERNAL), message);
}

GError *
fg_payload_error_read(GVariant *header)
{
    guint32 code;
    const char *message;
    g_variant_get(header, "(u&s)", &code, &message);
    /* A child knows of its photo and of what it could not load, not of disks and runs: a hijacked one must
     * not stop the others. */
    gboolean own = code == FG_ERROR_FONT || code == FG_ERROR_LOGO || code == FG_ERROR_MODULE ||
                   (code >= FG_ERROR_UNREADABLE && code <= FG_ERROR_WORKER);
    g_autofree char *printable = fg_text_printable(message);
    return g_error_new_literal(FG_ERROR, (gint)(own ? code : FG_ERROR_WORKER), printable);
}

#include "base/throw.h"

#include <errno.h>

gboolean
fg_throw(GError **error, FgErrorCode code, const char *format, ...)
{
    if (!error)
        return FALSE;
    va_list list;
    va_start(list, format);
    GError *made = g_error_new_valist(FG_ERROR, (gint)code, format, list);
    va_end(list);
    g_propagate_error(error, made);
    return FALSE;
}

/* What stands in the way of one name, and not of all others in the folder or on the disk. */
static gboolean
is_of_one_name(int errnum)
{
    static const int found[] = {EACCES, EPERM,        EISDIR, ETXTBSY, ENOTDIR, EEXIST, ENOTEMPTY,
                                EBUSY,  ENAMETOOLONG, ELOOP,  EINVAL,  EILSEQ,  ENOENT};
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++)
        if (errnum == found[i])
            return TRUE;
    return FALSE;
}

static FgErrorCode
code_of_errno(int errnum, FgErrorCode otherwise)
{
    switch (errnum) {
    case ENOSPC:
    case EDQUOT:
        return FG_ERROR_SPACE;
    case ENOMEM:
        return FG_ERROR_MEMORY;
    default:
        return otherwise == FG_ERROR_OUTPUT && is_of_one_name(errnum) ? FG_ERROR_TARGET : otherwise;
    }
}

gboolean
fg_throw_errno(GError **error, FgErrorCode code, int errnum, const char *format, ...)
{
    if (!error)
        return FALSE;
    va_list list;
    va_start(list, format);
    g_autofree char *what = g_strdup_vprintf(format, list);
    va_end(list);
    return fg_throw(error, code_of_errno(errnum, code), "%s: %s", what, g_strerror(errnum));
}

/* record.c: a check as a record, from the process that reads hostile files to the one that tells of them. */
#include "check/check_private.h"

#include <string.h>

/* ---- Out ---- */

/* What the table says of it need not be said again. */
static void
put_finding(GByteArray *bytes, const FgFinding *finding)
{
    guint32 number = fg_finding_number(finding->id);
    fg_put_le32(bytes, number);
    fg_put_le32(bytes, finding->severity);
    fg_ipc_put_text(bytes, finding->where);
    fg_ipc_put_text(bytes, finding->message != fg_finding_kinds()[number].meaning ? finding->message : NULL);
}

static void
put_rights(GByteArray *bytes, const FgCheck *check)
{
    fg_rights_pack(bytes, check->rights);
    fg_put_le32(bytes, (guint32)(check->marked + 1));
    fg_ipc_put_text(bytes, check->data_mining);
    fg_ipc_put_text(bytes, check->source_exif);
    fg_ipc_put_text(bytes, check->source_iptc);
    fg_ipc_put_text(bytes, check->source_xmp);
    fg_ipc_put_text(bytes, check->source_png);
}

static void
put_findings(GByteArray *bytes, const FgCheck *check)
{
    fg_put_le32(bytes, check->personal->len);
    for (guint i = 0; i < check->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(check->personal, i);
        fg_put_le32(bytes, fg_finding_number(personal->id));
        fg_ipc_put_text(bytes, personal->where);
        fg_ipc_put_text(bytes, personal->value);
    }
    fg_put_le32(bytes, check->findings->len);
    for (guint i = 0; i < check->findings->len; i++)
        put_finding(bytes, check->findings->pdata[i]);
}

void
fg_check_pack(GByteArray *bytes, const FgCheck *check)
{
    fg_put_le32(bytes, check->format ? fg_format_from_name(check->format) : FG_FORMAT_UNKNOWN);
    fg_put_le32(bytes, check->width);
    fg_put_le32(bytes, check->height);
    fg_put_le32(bytes, fg_hdr_from_name(check->hdr));
    put_rights(bytes, check);
    put_findings(bytes, check);
    fg_put_le32(bytes, check->verdict);
}

/* ---- In ---- */

static gboolean
get_rights(FgCursor *at, FgCheck *check)
{
    guint32 marked = 0;
    g_clear_pointer(&check->rights, fg_rights_free);
    check->rights = fg_rights_unpack(at);
    gboolean fine = check->rights && fg_ipc_get_choice(at, 3, &marked) &&
                    fg_ipc_get_text(at, &check->data_mining) && fg_ipc_get_text(at, &check->source_exif) &&
                    fg_ipc_get_text(at, &check->source_iptc) && fg_ipc_get_text(at, &check->source_xmp) &&
                    fg_ipc_get_text(at, &check->source_png);
    check->marked = (gint)marked - 1;
    return fine;
}

static gboolean
get_personal(FgCursor *at, GPtrArray *list)
{
    guint32 number;
    FgPersonal *personal = g_new0(FgPersonal, 1);
    g_ptr_array_add(list, personal);
    if (!fg_ipc_get_choice(at, FG_N_FINDINGS, &number) || !fg_ipc_get_some_text(at, &personal->where) ||
        !fg_ipc_get_text(at, &personal->value))
        return FALSE;
    personal->id = fg_finding_kinds()[number].id;
    return TRUE;
}

static gboolean
get_finding(FgCursor *at, GPtrArray *list)
{
    guint32 number, severity;
    const char *where, *message;
    if (!fg_ipc_get_choice(at, FG_N_FINDINGS, &number) ||
        !fg_ipc_get_choice(at, FG_SEVERITY_ERROR + 1, &severity) || !fg_ipc_get_bytes(at, &where) || !where ||
        !fg_ipc_get_bytes(at, &message))
        return FALSE;
    g_autofree char *place = g_utf8_validate(where, -1, NULL) ? NULL : g_utf8_make_valid(where, -1);
    g_autofree char *words =
        !message || g_utf8_validate(message, -1, NULL) ? NULL : g_utf8_make_valid(message, -1);
    g_ptr_array_add(list, fg_finding_of(&fg_finding_kinds()[number], (FgSeverity)severity,
                                        place ? place : where, words ? words : message));
    return TRUE;
}

static gboolean
get_findings(FgCursor *at, FgCheck *check)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!get_personal(at, check->personal))
            return FALSE;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!get_finding(at, check->findings))
            return FALSE;
    return TRUE;
}

FgCheck *
fg_check_unpack(FgCursor *at, const char *path)
{
    g_autoptr(FgCheck) check = fg_check_new(path);
    guint32 format, hdr, verdict;
    if (!fg_ipc_get_choice(at, FG_N_FORMATS, &format) || !fg_cursor_u32(at, &check->width) ||
        !fg_cursor_u32(at, &check->height) || !fg_ipc_get_choice(at, FG_N_HDR, &hdr) ||
        !get_rights(at, check) || !get_findings(at, check) ||
        !fg_ipc_get_choice(at, FG_UNREADABLE + 1, &verdict))
        return NULL;
    check->format = format != FG_FORMAT_UNKNOWN ? fg_format_name((FgFormat)format) : NULL;
    check->hdr = fg_hdr_name((FgHdr)hdr);
    check->verdict = (FgVerdict)verdict;
    return g_steal_pointer(&check);
}

/* wire.c: a check as bytes, from the process that reads hostile files to the one that tells of them.
 *
 * All numbers are little-endian. A text is its length and one more, 32-bit, then its bytes and a NUL; 0 is no
 * text. A list is the number of its items, 32-bit, then the items. */
#include "check/check_private.h"

#include <string.h>

/* ---- Out ---- */

static void
put_u32(GByteArray *bytes, guint32 number)
{
    const guint32 wire = GUINT32_TO_LE(number);
    g_byte_array_append(bytes, (const guint8 *)&wire, sizeof wire);
}

static void
put_text(GByteArray *bytes, const char *text)
{
    guint32 length = text ? (guint32)strlen(text) + 1 : 0;
    put_u32(bytes, length);
    if (text)
        g_byte_array_append(bytes, (const guint8 *)text, length);
}

static void
put_texts(GByteArray *bytes, char *const *texts)
{
    guint32 count = texts ? g_strv_length((char **)texts) : 0;
    put_u32(bytes, count);
    for (guint32 i = 0; i < count; i++)
        put_text(bytes, texts[i]);
}

/* The number of an id in the table, which both ends have. */
static guint32
number_of(const char *id)
{
    const FgFindingKind *kinds = fg_finding_kinds();
    guint32 number = 0;
    while (kinds[number].id != id)
        g_assert(kinds[number++].id != NULL);
    return number;
}

/* What the table says of it need not be said again. */
static void
put_finding(GByteArray *bytes, const FgFinding *finding)
{
    guint32 number = number_of(finding->id);
    put_u32(bytes, number);
    put_u32(bytes, finding->severity);
    put_text(bytes, finding->where);
    put_text(bytes, finding->message != fg_finding_kinds()[number].meaning ? finding->message : NULL);
}

static void
put_rights(GByteArray *bytes, const FgCheck *check)
{
    put_text(bytes, check->notice);
    put_texts(bytes, check->creators);
    put_text(bytes, check->credit);
    put_u32(bytes, check->terms->len);
    for (guint i = 0; i < check->terms->len; i++) {
        const FgLangText *text = g_ptr_array_index(check->terms, i);
        put_text(bytes, text->lang);
        put_text(bytes, text->text);
    }
    put_text(bytes, check->web_statement);
    put_u32(bytes, check->licensors->len);
    for (guint i = 0; i < check->licensors->len; i++) {
        const FgLicensor *licensor = g_ptr_array_index(check->licensors, i);
        put_text(bytes, licensor->name);
        put_text(bytes, licensor->url);
        put_text(bytes, licensor->email);
        put_text(bytes, licensor->id);
    }
    put_u32(bytes, (guint32)(check->marked + 1));
    put_text(bytes, check->data_mining);
    put_text(bytes, check->source_exif);
    put_text(bytes, check->source_iptc);
    put_text(bytes, check->source_xmp);
    put_text(bytes, check->source_png);
}

static void
put_findings(GByteArray *bytes, const FgCheck *check)
{
    put_u32(bytes, check->personal->len);
    for (guint i = 0; i < check->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(check->personal, i);
        put_u32(bytes, number_of(personal->id));
        put_text(bytes, personal->where);
        put_text(bytes, personal->value);
    }
    put_u32(bytes, check->findings->len);
    for (guint i = 0; i < check->findings->len; i++)
        put_finding(bytes, check->findings->pdata[i]);
}

void
fg_check_pack(GByteArray *bytes, const FgCheck *check)
{
    put_u32(bytes, check->format ? fg_format_from_name(check->format) : FG_FORMAT_UNKNOWN);
    put_u32(bytes, check->width);
    put_u32(bytes, check->height);
    put_rights(bytes, check);
    put_findings(bytes, check);
    put_u32(bytes, check->verdict);
}

/* ---- In ---- */

/* A number below `limit`. */
static gboolean
get_choice(FgCursor *at, guint32 limit, guint32 *number)
{
    return fg_cursor_u32(at, number) && *number < limit;
}

/* A text where it lies, of which nothing is sure but its end. */
static gboolean
get_bytes(FgCursor *at, const char **text)
{
    guint32 length;
    FgCursor bytes;
    *text = NULL;
    if (!fg_cursor_u32(at, &length) || length == 0)
        return length == 0;
    if (!fg_cursor_take(at, length, &bytes) || bytes.data[length - 1] != '\0')
        return FALSE;
    *text = (const char *)bytes.data;
    return TRUE;
}

static gboolean
get_text(FgCursor *at, char **text)
{
    const char *bytes;
    if (!get_bytes(at, &bytes))
        return FALSE;
    *text = bytes ? fg_text_utf8(bytes, -1, NULL) : NULL;
    return TRUE;
}

/* A text that is never missing. */
static gboolean
get_some_text(FgCursor *at, char **text)
{
    return get_text(at, text) && *text;
}

static gboolean
get_texts(FgCursor *at, char ***texts)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    for (guint32 i = 0; i < count; i++) {
        char *text = NULL;
        if (!get_some_text(at, &text))
            return FALSE;
        g_ptr_array_add(list, text);
    }
    if (count > 0) {
        g_ptr_array_add(list, NULL);
        *texts = (char **)g_ptr_array_steal(list, NULL);
    }
    return TRUE;
}

static gboolean
get_terms(FgCursor *at, GPtrArray *terms)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        FgLangText *text = g_new0(FgLangText, 1);
        g_ptr_array_add(terms, text);
        if (!get_some_text(at, &text->lang) || !get_some_text(at, &text->text))
            return FALSE;
    }
    return TRUE;
}

static gboolean
get_licensors(FgCursor *at, GPtrArray *licensors)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        FgLicensor *licensor = g_new0(FgLicensor, 1);
        g_ptr_array_add(licensors, licensor);
        if (!get_text(at, &licensor->name) || !get_text(at, &licensor->url) ||
            !get_text(at, &licensor->email) || !get_text(at, &licensor->id))
            return FALSE;
    }
    return TRUE;
}

static gboolean
get_rights(FgCursor *at, FgCheck *check)
{
    guint32 marked = 0;
    gboolean fine = get_text(at, &check->notice) && get_texts(at, &check->creators) &&
                    get_text(at, &check->credit) && get_terms(at, check->terms) &&
                    get_text(at, &check->web_statement) && get_licensors(at, check->licensors) &&
                    get_choice(at, 3, &marked) && get_text(at, &check->data_mining) &&
                    get_text(at, &check->source_exif) && get_text(at, &check->source_iptc) &&
                    get_text(at, &check->source_xmp) && get_text(at, &check->source_png);
    check->marked = (gint)marked - 1;
    return fine;
}

static guint32
count_kinds(void)
{
    guint32 count = 0;
    while (fg_finding_kinds()[count].id)
        count++;
    return count;
}

static gboolean
get_personal(FgCursor *at, guint32 kinds, GPtrArray *list)
{
    guint32 number;
    FgPersonal *personal = g_new0(FgPersonal, 1);
    g_ptr_array_add(list, personal);
    if (!get_choice(at, kinds, &number) || !get_some_text(at, &personal->where) ||
        !get_text(at, &personal->value))
        return FALSE;
    personal->id = fg_finding_kinds()[number].id;
    return TRUE;
}

static gboolean
get_finding(FgCursor *at, guint32 kinds, GPtrArray *list)
{
    guint32 number, severity;
    const char *where, *message;
    if (!get_choice(at, kinds, &number) || !get_choice(at, FG_SEVERITY_ERROR + 1, &severity) ||
        !get_bytes(at, &where) || !where || !get_bytes(at, &message))
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
    guint32 count, kinds = count_kinds();
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!get_personal(at, kinds, check->personal))
            return FALSE;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++)
        if (!get_finding(at, kinds, check->findings))
            return FALSE;
    return TRUE;
}

FgCheck *
fg_check_unpack(FgCursor *at, const char *path)
{
    g_autoptr(FgCheck) check = fg_check_new(path);
    guint32 format, verdict;
    if (!get_choice(at, FG_N_FORMATS, &format) || !fg_cursor_u32(at, &check->width) ||
        !fg_cursor_u32(at, &check->height) || !get_rights(at, check) || !get_findings(at, check) ||
        !get_choice(at, FG_UNREADABLE + 1, &verdict))
        return NULL;
    check->format = format != FG_FORMAT_UNKNOWN ? fg_format_name((FgFormat)format) : NULL;
    check->verdict = (FgVerdict)verdict;
    return g_steal_pointer(&check);
}

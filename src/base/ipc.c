/* ipc.c: numbers and texts as bytes, and back. */
#include "base/ipc.h"

#include <string.h>

#include "base/text.h"

/* ---- Out ---- */

void
fg_ipc_put_double(GByteArray *record, double number)
{
    guint64 bits;
    memcpy(&bits, &number, sizeof bits);
    bits = GUINT64_TO_LE(bits);
    g_byte_array_append(record, (const guint8 *)&bits, sizeof bits);
}

void
fg_ipc_put_text(GByteArray *record, const char *text)
{
    guint32 length = text ? (guint32)strlen(text) + 1 : 0;
    fg_put_le32(record, length);
    if (text)
        g_byte_array_append(record, (const guint8 *)text, length);
}

void
fg_ipc_put_texts(GByteArray *record, const char *const *texts)
{
    guint32 count = 0;
    while (texts && texts[count])
        count++;
    fg_put_le32(record, count);
    for (guint32 i = 0; i < count; i++)
        fg_ipc_put_text(record, texts[i]);
}

/* ---- In ---- */

gboolean
fg_ipc_get_choice(FgCursor *at, guint32 limit, guint32 *number)
{
    return fg_cursor_u32(at, number) && *number < limit;
}

gboolean
fg_ipc_get_bytes(FgCursor *at, const char **text)
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

gboolean
fg_ipc_get_text(FgCursor *at, char **text)
{
    const char *bytes;
    *text = NULL;
    if (!fg_ipc_get_bytes(at, &bytes))
        return FALSE;
    *text = bytes ? fg_text_utf8(bytes, -1, NULL) : NULL;
    return TRUE;
}

gboolean
fg_ipc_get_some_text(FgCursor *at, char **text)
{
    return fg_ipc_get_text(at, text) && *text;
}

gboolean
fg_ipc_get_texts(FgCursor *at, char ***texts)
{
    guint32 count;
    *texts = NULL;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
    for (guint32 i = 0; i < count; i++) {
        char *text = NULL;
        if (!fg_ipc_get_some_text(at, &text))
            return FALSE;
        g_ptr_array_add(list, text);
    }
    if (count == 0)
        return TRUE;
    g_ptr_array_add(list, NULL);
    *texts = (char **)g_ptr_array_steal(list, NULL);
    return TRUE;
}

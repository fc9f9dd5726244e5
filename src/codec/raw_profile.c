/* raw_profile.c: blocks that stand as text in PNG, as ImageMagick began to write them ("Raw profile type
 * exif", docs/spec/metadata.md §2.2). */
#include "codec/codec.h"

/* Blank lines may stand before the name; the name and the count of bytes have a line each. */
static gboolean
skip_head(FgCursor *at)
{
    guint lines = 0;
    while (fg_cursor_match(at, "\n", 1) || fg_cursor_match(at, "\r", 1) || fg_cursor_match(at, " ", 1))
        ;
    for (guint8 byte; lines < 2 && fg_cursor_u8(at, &byte);)
        lines += byte == '\n';
    return lines == 2;
}

GBytes *
fg_raw_profile(GBytes *text)
{
    FgCursor at = fg_cursor_bytes(text, FG_BIG_ENDIAN);
    if (!skip_head(&at))
        return NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new((guint)(fg_cursor_left(&at) / 2));
    int high = -1;
    for (gsize i = at.offset; i < at.length; i++) {
        int digit = g_ascii_xdigit_value((char)at.data[i]);
        if (digit < 0)
            continue;
        if (high >= 0)
            fg_put_u8(bytes, (guint)(high << 4 | digit));
        high = high < 0 ? digit : -1;
    }
    return bytes->len > 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&bytes)) : NULL;
}

char *
fg_raw_profile_text(const char *name, GBytes *block, gsize *length)
{
    enum { LINE = 36 }; /* bytes */
    gsize size;
    const guint8 *data = g_bytes_get_data(block, &size);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "\n%s\n%8zu", name, size);
    for (gsize i = 0; i < size; i++)
        g_string_append_printf(text, "%s%02x", i % LINE == 0 ? "\n" : "", data[i]);
    g_string_append_c(text, '\n');
    *length = text->len;
    return g_string_free(text, FALSE);
}

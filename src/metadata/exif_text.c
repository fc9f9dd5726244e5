/* exif_text.c: values of EXIF as text: those that say their own character set (Exif 3.0 §4.6.6, UserComment),
 * and those that are UTF-16 by custom (XPTitle and its kin). What writers say of the set, and what they then
 * write, are two things: each form is told by its bytes, too. */
#include "metadata/exif_read.h"

#include <string.h>

char *
fg_exif_where(const FgExifReader *reader, guint16 tag)
{
    return g_strdup_printf("%s%s/0x%04X", reader->where, fg_ifd_name(reader->ifd), tag);
}

/* Without the NULs that fill up its end. */
static gsize
text_length(const guint8 *data, gsize length)
{
    while (length > 0 && data[length - 1] == 0)
        length--;
    return length;
}

/* Kana alone, in either order, look like two ASCII characters each, of which every other one is the same. */
static gboolean
is_kana(const guint8 *data, gsize length)
{
    for (gsize side = 0; side < 2; side++) {
        gsize i = side;
        while (i < length && data[i] == 0x30)
            i += 2;
        if (length >= 4 && length % 2 == 0 && i >= length)
            return TRUE;
    }
    return FALSE;
}

/* UTF-16 of any text with a blank or Latin letter in it holds NULs, and that of all else is no UTF-8, or as
 * good as never. */
static gboolean
is_narrow(const guint8 *data, gsize length)
{
    return length > 0 && !memchr(data, 0, length) && g_utf8_validate_len((const char *)data, length, NULL) &&
           !is_kana(data, length);
}

static gboolean
has_mark(const guint8 *data, gsize length)
{
    return length >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
}

/* From the first character to the next NUL, behind which some writers leave what was in memory. */
static char *
read_utf16(const guint8 *data, gsize length, FgEndian endian)
{
    for (; length >= 2 && data[0] == 0 && data[1] == 0; data += 2)
        length -= 2;
    gsize end = 0;
    while (end + 1 < length && (data[end] != 0 || data[end + 1] != 0))
        end += 2;
    if (end + 1 == length && data[end] == 0)
        end++; /* the first half of a NUL */
    else if (end + 1 == length)
        end = length;
    if (end == 0)
        return NULL;
    if (!has_mark(data, end))
        endian = fg_text_wide_order(data, end, endian);
    g_autofree char *text = fg_text_from_wide(data, end, 2, endian);
    return fg_text_trimmed(text);
}

char *
fg_exif_wide(const guint8 *data, gsize length, FgEndian endian)
{
    gsize narrow = text_length(data, length);
    if (!is_narrow(data, narrow))
        return read_utf16(data, length, endian);
    gboolean mark = narrow >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0;
    g_autofree char *text = fg_text_decode(data + (mark ? 3 : 0), narrow - (mark ? 3 : 0), NULL);
    return fg_text_trimmed(text);
}

/* Every other byte of at least two letters is NUL, or there is a mark. */
static gboolean
looks_wide(const guint8 *data, gsize length)
{
    if (has_mark(data, length))
        return TRUE;
    return length >= 4 && (data[0] == 0) != (data[1] == 0) && (data[2] == 0) != (data[3] == 0) &&
           (data[0] == 0) == (data[2] == 0);
}

/* Eight bytes: a word in any case, filled up with NULs or blanks. */
static gboolean
take_set(FgCursor *at, const char *word)
{
    gsize length = strlen(word);
    const guint8 *name = at->data + at->offset;
    if (fg_cursor_left(at) < 8 || g_ascii_strncasecmp((const char *)name, word, length) != 0)
        return FALSE;
    for (gsize i = length; i < 8; i++)
        if (name[i] != 0 && name[i] != ' ')
            return FALSE;
    return fg_cursor_skip(at, 8);
}

static char *
read_jis(const guint8 *data, gsize length, gboolean *whole)
{
    length = text_length(data, length);
    gboolean narrow = is_narrow(data, length) && !memchr(data, 0x1b, length);
    g_autofree char *text =
        narrow ? fg_text_decode(data, length, NULL) : fg_text_from_jis(data, length, whole);
    return fg_text_trimmed(text);
}

char *
fg_exif_comment(const FgIfdEntry *entry, gboolean *whole)
{
    FgCursor at = entry->value;
    *whole = TRUE;
    gboolean wide = take_set(&at, "UNICODE"), jis = !wide && take_set(&at, "JIS");
    if (!wide && !jis && !take_set(&at, "ASCII"))
        take_set(&at, "");
    const guint8 *data = at.data + at.offset;
    gsize length = fg_cursor_left(&at);
    if (wide || looks_wide(data, length))
        return fg_exif_wide(data, length, at.endian);
    if (jis)
        return read_jis(data, length, whole);
    while (length > 0 && *data == 0) {
        data++;
        length--;
    }
    g_autofree char *text = fg_text_decode(data, length, NULL);
    return fg_text_trimmed(text);
}

/* Numbers of an entry, at most eight, separated by spaces. */
static char *
print_numbers(const FgIfdEntry *entry)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint64 i = 0; i < MIN(entry->count, 8); i++) {
        guint64 number;
        guint32 numerator, denominator;
        const char *gap = i > 0 ? " " : "";
        if (fg_ifd_number(entry, i, &number))
            g_string_append_printf(text, "%s%" G_GUINT64_FORMAT, gap, number);
        else if (fg_ifd_rational(entry, i, &numerator, &denominator))
            g_string_append_printf(text, "%s%u/%u", gap, numerator, denominator);
    }
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

static gboolean
is_text(const guint8 *data, gsize length)
{
    gsize end = 0;
    while (end < length && data[end] != 0)
        end++;
    for (gsize i = 0; i < end; i++)
        if (data[i] < 0x20 && !g_ascii_isspace(data[i]))
            return FALSE;
    return end > 0 && g_utf8_validate_len((const char *)data, end, NULL);
}

char *
fg_exif_text(const FgIfdEntry *entry, gboolean *latin1)
{
    if (latin1)
        *latin1 = FALSE;
    gboolean bytes = entry->type == FG_TIFF_BYTE || entry->type == FG_TIFF_UNDEFINED;
    gboolean ascii = entry->type == FG_TIFF_ASCII || entry->type == FG_TIFF_UTF8;
    if (!ascii && !(bytes && is_text(entry->value.data, entry->value.length)))
        return print_numbers(entry);
    g_autofree char *text = fg_text_decode(entry->value.data, entry->value.length, latin1);
    return fg_text_trimmed(text);
}

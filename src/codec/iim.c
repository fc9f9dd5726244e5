/* iim.c: IPTC-IIM blocks: how datasets follow each other, and in which character set their texts are
 * (IIM 4.2). */
#include "codec/codec_private.h"

#include <string.h>

/* A length with its top bit set is the number of bytes that hold the length (IIM 4.2 §1.5). */
static gboolean
read_length(FgCursor *at, guint64 *length)
{
    guint16 plain;
    if (!fg_cursor_u16(at, &plain))
        return FALSE;
    *length = plain;
    if ((plain & 0x8000) == 0)
        return TRUE;
    guint bytes = plain & 0x7fff;
    if (bytes == 0 || bytes > 8)
        return FALSE;
    *length = 0;
    for (guint i = 0; i < bytes; i++) {
        guint8 byte;
        if (!fg_cursor_u8(at, &byte))
            return FALSE;
        *length = *length << 8 | byte;
    }
    return TRUE;
}

gboolean
fg_iim_next(FgWalk *walk, FgIimSet *set)
{
    FgCursor *at = &walk->at;
    while (fg_cursor_left(at) >= 5) {
        FgCursor start = *at;
        guint64 length;
        if (fg_cursor_match(at, "\x1c", 1) && fg_cursor_u8(at, &set->record) &&
            fg_cursor_u8(at, &set->number) && read_length(at, &length)) {
            if (length > fg_cursor_left(at))
                fg_flaw(&walk->flaws, &walk->flaws.cut, start.offset);
            return fg_cursor_take(at, MIN(length, fg_cursor_left(at)), &set->value);
        }
        /* Padding with zeros is common; what else stands here is a fault, and a dataset may follow it. */
        *at = start;
        guint8 byte;
        if (fg_cursor_u8(at, &byte) && byte != 0)
            fg_flaw(&walk->flaws, &walk->flaws.strays, start.offset);
    }
    return FALSE;
}

gboolean
fg_iim_has_any(FgCursor iim)
{
    FgWalk walk = fg_walk_over(iim);
    FgIimSet set;
    return fg_iim_next(&walk, &set);
}

void
fg_iim_put(GByteArray *out, guint8 record, guint8 number, const void *data, gsize length)
{
    g_assert(length <= FG_IIM_LONGEST);
    fg_put_u8(out, 0x1c);
    fg_put_u8(out, record);
    fg_put_u8(out, number);
    fg_put_be16(out, (guint)length);
    g_byte_array_append(out, data, (guint)length);
}

GBytes *
fg_iim_unswapped(GBytes *iim)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(iim, &length);
    if (length < 8 || data[0] == 0x1c || data[3] != 0x1c)
        return g_bytes_ref(iim);
    guint8 *turned = g_malloc(length);
    for (gsize i = 0; i < length; i++)
        turned[i] = (i ^ 3) < length ? data[i ^ 3] : 0;
    return g_bytes_new_take(turned, length);
}

/* What ISO 2022 escape sequences stand for, in the order of their length; "" ends the list. The last byte of
 * a Unicode form is its level. */
static const struct {
    const char *escape, *levels; /* levels: one of these bytes follows */
    FgIimCharset charset;
} escapes[] = {
    {"\x1b%", "G", FG_IIM_UTF8},     {"\x1b%/", "GHI", FG_IIM_UTF8},     {"\x1b%/", "@CEJKL", FG_IIM_UTF16},
    {"\x1b%/", "ADF", FG_IIM_UTF32}, {"\x1b-", "A", FG_IIM_LATIN1},      {"\x1b.", "A", FG_IIM_LATIN1},
    {"\x1b/", "A", FG_IIM_LATIN1},   {"\x1b(", "B@", FG_IIM_UNDECLARED}, {"\x1b$", "@B", FG_IIM_JIS},
    {"\x1b$(", "@B", FG_IIM_JIS},    {"\x1b$)", "@B", FG_IIM_JIS},       {"\x1b$*", "@B", FG_IIM_JIS},
    {"\x1b(", "JI", FG_IIM_JIS},     {"\x1b)", "I", FG_IIM_JIS},
};

/* The first sequence that is not ASCII's counts; one that is not known makes the texts unreadable. */
static FgIimCharset
declared(FgCursor at)
{
    FgIimCharset charset = FG_IIM_UNDECLARED;
    while (fg_cursor_left(&at) > 0 && charset == FG_IIM_UNDECLARED) {
        gboolean known = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(escapes) && !known; i++) {
            FgCursor ahead = at;
            guint8 level;
            known = fg_cursor_match(&ahead, escapes[i].escape, strlen(escapes[i].escape)) &&
                    fg_cursor_u8(&ahead, &level) && level && strchr(escapes[i].levels, level);
            if (known) {
                charset = escapes[i].charset;
                at = ahead;
            }
        }
        if (!known && fg_cursor_peek(&at, "\x1b", 1))
            return FG_IIM_OTHER;
        if (!known)
            fg_cursor_skip(&at, 1);
    }
    return charset;
}

FgIimCharset
fg_iim_charset(FgCursor iim)
{
    FgWalk walk = fg_walk_over(iim);
    FgIimSet set;
    while (fg_iim_next(&walk, &set) && set.record <= 1)
        if (set.record == 1 && set.number == 90)
            return declared(set.value);
    return FG_IIM_UNDECLARED;
}

char *
fg_iim_text(const FgIimSet *set, FgIimCharset charset, gboolean *utf8)
{
    const guint8 *data = set->value.data + set->value.offset;
    gsize length = fg_cursor_left(&set->value);
    if (utf8)
        *utf8 = FALSE;
    if (charset == FG_IIM_UTF16 || charset == FG_IIM_UTF32)
        return fg_text_from_wide(data, length, charset == FG_IIM_UTF16 ? 2 : 4, FG_BIG_ENDIAN);
    const guint8 *end = length > 0 ? memchr(data, 0, length) : NULL;
    length = end ? (gsize)(end - data) : length;
    if (g_utf8_validate_len((const char *)data, length, NULL) &&
        (charset != FG_IIM_JIS || length == 0 || !memchr(data, 0x1b, length))) {
        if (utf8)
            *utf8 = TRUE;
        return g_strndup((const char *)data, length);
    }
    return charset == FG_IIM_JIS ? fg_text_from_jis(data, length, NULL) : fg_text_from_latin1(data, length);
}

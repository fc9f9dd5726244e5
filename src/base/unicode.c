#include "base/unicode.h"

#include <string.h>

#define NO_CHARACTER 0xfffd

static void
put(GString *text, gunichar c)
{
    if (c == 0)
        c = ' ';
    if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        c = NO_CHARACTER;
    if (c < 0x80)
        g_string_append_c(text, (char)c);
    else
        g_string_append_unichar(text, c);
}

/* ---- UTF-16 and UTF-32 (Unicode 15 §3.9, §3.10) ---- */

static gboolean
take_unit(FgCursor *at, guint unit, guint32 *value)
{
    guint16 narrow;
    if (unit == 4)
        return fg_cursor_u32(at, value);
    if (!fg_cursor_u16(at, &narrow))
        return FALSE;
    *value = narrow;
    return TRUE;
}

/* The second half of a pair, if it follows. */
static gboolean
take_low_surrogate(FgCursor *at, guint16 *low)
{
    FgCursor ahead = *at;
    if (!fg_cursor_u16(&ahead, low) || *low < 0xdc00 || *low > 0xdfff)
        return FALSE;
    *at = ahead;
    return TRUE;
}

char *
fg_text_from_wide(const guint8 *bytes, gsize length, guint unit, FgEndian endian)
{
    g_assert(unit == 2 || unit == 4);
    FgCursor at = fg_cursor(bytes, length, endian);
    if (fg_cursor_match(&at, unit == 2 ? "\xff\xfe" : "\xff\xfe\0\0", unit))
        at.endian = FG_LITTLE_ENDIAN;
    else if (fg_cursor_match(&at, unit == 2 ? "\xfe\xff" : "\0\0\xfe\xff", unit))
        at.endian = FG_BIG_ENDIAN;
    GString *text = g_string_sized_new(length / unit + 1);
    guint32 value;
    guint16 low;
    while (take_unit(&at, unit, &value)) {
        if (unit == 2 && value >= 0xd800 && value <= 0xdbff && take_low_surrogate(&at, &low))
            value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00u);
        put(text, value);
    }
    if (fg_cursor_left(&at) > 0)
        put(text, NO_CHARACTER);
    return g_string_free(text, FALSE);
}

FgEndian
fg_text_wide_order(const guint8 *bytes, gsize length, FgEndian endian)
{
    gsize little = 0, big = 0;
    for (gsize i = 0; i + 1 < length; i += 2) {
        little += bytes[i] != 0 && bytes[i + 1] == 0;
        big += bytes[i] == 0 && bytes[i + 1] != 0;
    }
    return little == big ? endian : little > big ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
}

/* ---- JIS X 0201, JIS X 0208 (ISO-2022-JP: RFC 1468) ---- */

/* Row 1 of JIS X 0208, cells 1 to 94. */
static const guint16 punctuation[94] = {
    0x3000, 0x3001, 0x3002, 0xff0c, 0xff0e, 0x30fb, 0xff1a, 0xff1b, 0xff1f, 0xff01, 0x309b, 0x309c,
    0x00b4, 0xff40, 0x00a8, 0xff3e, 0xffe3, 0xff3f, 0x30fd, 0x30fe, 0x309d, 0x309e, 0x3003, 0x4edd,
    0x3005, 0x3006, 0x3007, 0x30fc, 0x2015, 0x2010, 0xff0f, 0xff3c, 0x301c, 0x2016, 0xff5c, 0x2026,
    0x2025, 0x2018, 0x2019, 0x201c, 0x201d, 0xff08, 0xff09, 0x3014, 0x3015, 0xff3b, 0xff3d, 0xff5b,
    0xff5d, 0x3008, 0x3009, 0x300a, 0x300b, 0x300c, 0x300d, 0x300e, 0x300f, 0x3010, 0x3011, 0xff0b,
    0x2212, 0x00b1, 0x00d7, 0x00f7, 0xff1d, 0x2260, 0xff1c, 0xff1e, 0x2266, 0x2267, 0x221e, 0x2234,
    0x2642, 0x2640, 0x00b0, 0x2032, 0x2033, 0x2103, 0xffe5, 0xff04, 0x00a2, 0x00a3, 0xff05, 0xff03,
    0xff06, 0xff0a, 0xff20, 0x00a7, 0x2606, 0x2605, 0x25cb, 0x25cf, 0x25ce, 0x25c7,
};

/* Rows whose cells stand in the order of Unicode, from one cell to another. */
static const struct {
    guint8 row, from, to;
    guint16 first;
} runs[] = {
    {3, 16, 25, 0xff10}, {3, 33, 58, 0xff21}, {3, 65, 90, 0xff41}, {4, 1, 83, 0x3041},  {5, 1, 86, 0x30a1},
    {6, 1, 17, 0x0391},  {6, 18, 24, 0x03a3}, {6, 33, 49, 0x03b1}, {6, 50, 56, 0x03c3}, {7, 1, 6, 0x0410},
    {7, 7, 7, 0x0401},   {7, 8, 33, 0x0416},  {7, 49, 54, 0x0430}, {7, 55, 55, 0x0451}, {7, 56, 81, 0x0436},
};

typedef struct {
    GString *text;
    gboolean whole;
} Jis;

static void
put_unknown(Jis *jis)
{
    put(jis->text, NO_CHARACTER);
    jis->whole = FALSE;
}

/* A cell of JIS X 0208, row and cell from 1. */
static void
put_cell(Jis *jis, guint row, guint cell)
{
    if (row == 1 && cell >= 1 && cell <= G_N_ELEMENTS(punctuation)) {
        put(jis->text, punctuation[cell - 1]);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(runs); i++)
        if (runs[i].row == row && cell >= runs[i].from && cell <= runs[i].to) {
            put(jis->text, runs[i].first + (gunichar)(cell - runs[i].from));
            return;
        }
    put_unknown(jis);
}

/* Half-width katakana of JIS X 0201, A1 to DF. */
static gboolean
is_katakana(guint8 byte)
{
    return byte >= 0xa1 && byte <= 0xdf;
}

static void
put_katakana(Jis *jis, guint8 byte)
{
    put(jis->text, 0xff61u + (byte - 0xa1u));
}

typedef enum { ROMAN, KATAKANA, DOUBLE } JisSet;

/* ESC ( B, ESC ( J, ESC ( I, ESC $ @ and ESC $ B choose a set; others are of sets that are not known. */
static gboolean
take_escape(FgCursor *at, JisSet *set)
{
    if (fg_cursor_match(at, "\x1b(B", 3) || fg_cursor_match(at, "\x1b(J", 3))
        *set = ROMAN;
    else if (fg_cursor_match(at, "\x1b(I", 3))
        *set = KATAKANA;
    else if (fg_cursor_match(at, "\x1b$@", 3) || fg_cursor_match(at, "\x1b$B", 3))
        *set = DOUBLE;
    else
        return FALSE;
    return TRUE;
}

static void
read_7bit(Jis *jis, FgCursor at)
{
    JisSet set = ROMAN;
    guint8 byte, second;
    while (fg_cursor_left(&at) > 0) {
        if (take_escape(&at, &set) || !fg_cursor_u8(&at, &byte))
            continue;
        if (byte <= 0x20)
            put(jis->text, byte == 0x1b ? NO_CHARACTER : byte);
        else if (set == DOUBLE && byte < 0x7f && fg_cursor_u8(&at, &second))
            put_cell(jis, byte - 0x20u, second - 0x20u);
        else if (set == KATAKANA && is_katakana((guint8)(byte | 0x80)))
            put_katakana(jis, (guint8)(byte | 0x80));
        else if (set == ROMAN && byte < 0x7f)
            put(jis->text, byte);
        else
            put_unknown(jis);
        jis->whole = jis->whole && byte != 0x1b;
    }
}

/* FALSE when the bytes are none of EUC-JP. */
static gboolean
read_euc(Jis *jis, FgCursor at)
{
    guint8 byte, second, third;
    while (fg_cursor_u8(&at, &byte)) {
        if (byte < 0x80) {
            put(jis->text, byte);
            continue;
        }
        if (!fg_cursor_u8(&at, &second) || second < 0xa1 || second == 0xff)
            return FALSE;
        if (byte == 0x8e && is_katakana(second))
            put_katakana(jis, second);
        else if (byte == 0x8f && fg_cursor_u8(&at, &third) && third >= 0xa1)
            put_unknown(jis); /* JIS X 0212 */
        else if (byte >= 0xa1 && byte != 0xff)
            put_cell(jis, byte - 0xa0u, second - 0xa0u);
        else
            return FALSE;
    }
    return TRUE;
}

static void
read_shift(Jis *jis, FgCursor at)
{
    guint8 byte, second;
    while (fg_cursor_u8(&at, &byte)) {
        gboolean lead = (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xef);
        if (byte < 0x80) {
            put(jis->text, byte);
        } else if (is_katakana(byte)) {
            put_katakana(jis, byte);
        } else if (lead && fg_cursor_u8(&at, &second) && second >= 0x40 && second != 0x7f && second <= 0xfc) {
            /* Two rows share a first byte; the second one tells which, and its cell. */
            guint row = (byte - (byte >= 0xe0 ? 0xc1u : 0x81u)) * 2 + 1;
            guint cell = second - (second >= 0x80 ? 0x40u : 0x3fu);
            put_cell(jis, cell > 94 ? row + 1 : row, cell > 94 ? cell - 94 : cell);
        } else {
            put_unknown(jis);
        }
    }
}

char *
fg_text_from_jis(const guint8 *bytes, gsize length, gboolean *whole)
{
    FgCursor at = fg_cursor(bytes, length, FG_BIG_ENDIAN);
    Jis jis = {g_string_sized_new(length), TRUE};
    if (length > 0 && memchr(bytes, 0x1b, length)) {
        read_7bit(&jis, at);
    } else if (!read_euc(&jis, at)) {
        g_string_truncate(jis.text, 0);
        jis.whole = TRUE;
        read_shift(&jis, at);
    }
    if (whole)
        *whole = jis.whole;
    return g_string_free(jis.text, FALSE);
}

/* fuzz_ifd.c: a TIFF stream: each value lies in it, a directory written anew says the same, and one that is
 * thinned out has lost what was to go and nothing else.
 * room: codec */
#include "codec/codec.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean
has_odd_tag(const FgIfdEntry *entry, gpointer data)
{
    (*(guint *)data)++;
    return entry->tag % 2 == 1;
}

static void
check_thinned(const FgTiff *tiff, guint64 offset, guint expected)
{
    g_autofree guint8 *bytes = g_memdup2(tiff->whole.data, tiff->whole.length);
    FgTiff copy = *tiff;
    copy.whole.data = bytes;
    guint seen = 0;
    fg_ifd_thin(&copy, bytes, offset, has_odd_tag, &seen);
    g_assert(seen == expected);
    FgIfdWalk walk;
    FgIfdEntry entry;
    g_assert(fg_ifd_begin(&copy, offset, &walk));
    while (!walk.flaws.beyond && fg_ifd_next(&walk, &entry))
        g_assert(entry.tag % 2 == 0);
}

static void
check_written(const FgIfdTable *table)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_autoptr(GArray) rows = fg_ifd_rows_new();
    for (guint i = 0; i < table->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(table->entries, FgIfdEntry, i);
        if (entry->value.length < 4096)
            fg_ifd_add(rows, entry->tag, entry->type, entry->count, fg_ifd_value_in(entry, FG_BIG_ENDIAN));
    }
    fg_put_text(out, "MM");
    fg_put_be16(out, 42);
    fg_put_be32(out, 8);
    const guint32 begin = fg_ifd_put(out, FG_BIG_ENDIAN, rows, 0, NULL);
    FgTiff tiff;
    g_assert(begin == 8 && fg_tiff_open(fg_cursor(out->data, out->len, FG_BIG_ENDIAN), &tiff));
    g_autoptr(FgIfdTable) again = fg_ifd_table(&tiff, begin);
    g_assert(again && fg_is_sound(&again->flaws));
    for (guint i = 0; i < again->entries->len; i++) {
        const FgIfdEntry *entry = &g_array_index(again->entries, FgIfdEntry, i);
        const FgIfdEntry *old = fg_ifd_look_up(table, entry->tag);
        guint64 left, right;
        g_assert(old);
        for (guint64 n = 0; n < 4 && fg_ifd_number(entry, n, &left); n++)
            g_assert(old->value.length >= 4096 || (fg_ifd_number(old, n, &right) && left == right));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FgTiff tiff;
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (!fg_tiff_open(fg_cursor(data, size, FG_BIG_ENDIAN), &tiff))
        return 0;
    guint64 offset = tiff.first;
    for (guint pages = 0; pages < 8 && fg_ifd_begin(&tiff, offset, &walk); pages++) {
        guint count = 0;
        for (; fg_ifd_next(&walk, &entry); count++) {
            g_assert(entry.flaw != FG_IFD_SOUND || entry.value.length == entry.size);
            g_assert(entry.value.length == 0 ||
                     (entry.value.data >= data && entry.value.data + entry.value.length <= data + size));
        }
        (void)fg_ifd_bias(&tiff, offset, 8, size);
        check_thinned(&tiff, offset, count);
        g_autoptr(FgIfdTable) table = fg_ifd_table(&tiff, offset);
        g_assert(!table == (walk.flaws.cut || walk.flaws.beyond));
        if (table && !tiff.big)
            check_written(table);
        offset = fg_ifd_following(&walk);
    }
    return 0;
}

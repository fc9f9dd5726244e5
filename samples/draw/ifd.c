/* ifd.c: TIFF directories, built in memory. */
#include "ifd.h"

#include <string.h>

enum { BYTE = 1, ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5 };

typedef struct {
    guint16 tag, type;
    guint32 count;
    GBytes *value;    /* in the byte order of the file */
    gboolean outside; /* the value is written apart and the entry holds its offset as one LONG */
    Ifd *child;
} Entry;

struct Ifd {
    GPtrArray *entries; /* of Entry */
};

static void
entry_free(gpointer data)
{
    Entry *entry = data;
    g_clear_pointer(&entry->value, g_bytes_unref);
    g_clear_pointer(&entry->child, ifd_free);
    g_free(entry);
}

Ifd *
ifd_new(void)
{
    Ifd *ifd = g_new0(Ifd, 1);
    ifd->entries = g_ptr_array_new_with_free_func(entry_free);
    return ifd;
}

void
ifd_free(Ifd *ifd)
{
    g_ptr_array_unref(ifd->entries);
    g_free(ifd);
}

static Entry *
add(Ifd *ifd, guint16 tag, guint16 type, guint32 count, const void *data, gsize length)
{
    Entry *entry = g_new0(Entry, 1);
    *entry = (Entry){.tag = tag, .type = type, .count = count, .value = g_bytes_new(data, length)};
    g_ptr_array_add(ifd->entries, entry);
    return entry;
}

void
ifd_text(Ifd *ifd, guint16 tag, const char *text)
{
    if (text)
        add(ifd, tag, ASCII, (guint32)strlen(text) + 1, text, strlen(text) + 1);
}

void
ifd_byte(Ifd *ifd, guint16 tag, guint8 value)
{
    add(ifd, tag, BYTE, 1, &value, 1);
}

void
ifd_shorts(Ifd *ifd, guint16 tag, const guint16 *values, guint count)
{
    g_autofree guint16 *little = g_new(guint16, count);
    for (guint i = 0; i < count; i++)
        little[i] = GUINT16_TO_LE(values[i]);
    add(ifd, tag, SHORT, count, little, count * sizeof *little);
}

void
ifd_short(Ifd *ifd, guint16 tag, guint16 value)
{
    ifd_shorts(ifd, tag, &value, 1);
}

void
ifd_long(Ifd *ifd, guint16 tag, guint32 value)
{
    value = GUINT32_TO_LE(value);
    add(ifd, tag, LONG, 1, &value, sizeof value);
}

void
ifd_rationals(Ifd *ifd, guint16 tag, const guint32 *pairs, guint count)
{
    g_autofree guint32 *little = g_new(guint32, count * 2);
    for (guint i = 0; i < count * 2; i++)
        little[i] = GUINT32_TO_LE(pairs[i]);
    add(ifd, tag, RATIONAL, count, little, count * 2 * sizeof *little);
}

void
ifd_bytes(Ifd *ifd, guint16 tag, guint16 type, const void *data, gsize length)
{
    add(ifd, tag, type, (guint32)length, data, length);
}

void
ifd_data(Ifd *ifd, guint16 offset_tag, guint16 length_tag, GBytes *data)
{
    gsize length;
    const void *bytes = g_bytes_get_data(data, &length);
    add(ifd, offset_tag, LONG, 1, bytes, length)->outside = TRUE;
    ifd_long(ifd, length_tag, (guint32)length);
}

void
ifd_child(Ifd *ifd, guint16 tag, Ifd *taken)
{
    add(ifd, tag, LONG, 1, "", 0)->child = taken;
}

static int
by_tag(gconstpointer a, gconstpointer b)
{
    return (*(Entry *const *)a)->tag - (*(Entry *const *)b)->tag;
}

static void
put16(GByteArray *out, guint16 value)
{
    value = GUINT16_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void
put32(GByteArray *out, guint32 value)
{
    value = GUINT32_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void
patch32(GByteArray *out, guint at, guint32 value)
{
    value = GUINT32_TO_LE(value);
    memcpy(out->data + at, &value, sizeof value);
}

static void
align(GByteArray *out)
{
    if (out->len % 2)
        g_byte_array_append(out, (const guint8 *)"", 1);
}

/* Writes a directory and all that hangs on it; returns where its pointer to the next one stands. */
static guint
write_ifd(GByteArray *out, const Ifd *ifd)
{
    g_ptr_array_sort(ifd->entries, by_tag);
    guint start = out->len, count = ifd->entries->len;
    put16(out, (guint16)count);
    for (guint i = 0; i < count; i++) {
        const Entry *entry = ifd->entries->pdata[i];
        gsize length;
        const guint8 *value = g_bytes_get_data(entry->value, &length);
        put16(out, entry->tag);
        put16(out, entry->type);
        put32(out, entry->count);
        put32(out, 0);
        if (!entry->outside && length <= 4 && length > 0)
            memcpy(out->data + out->len - 4, value, length);
    }
    guint next = out->len;
    put32(out, 0);
    for (guint i = 0; i < count; i++) {
        const Entry *entry = ifd->entries->pdata[i];
        gsize length;
        const guint8 *value = g_bytes_get_data(entry->value, &length);
        if (!entry->child && !entry->outside && length <= 4)
            continue;
        align(out);
        patch32(out, start + 2 + 12 * i + 8, out->len);
        if (entry->child)
            write_ifd(out, entry->child);
        else
            g_byte_array_append(out, value, (guint)length);
    }
    align(out);
    return next;
}

GBytes *
ifd_stream(const Ifd *first, const Ifd *next)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)"II*\0\10\0\0\0", 8);
    guint pointer = write_ifd(out, first);
    if (next) {
        patch32(out, pointer, out->len);
        write_ifd(out, next);
    }
    return g_byte_array_free_to_bytes(out);
}

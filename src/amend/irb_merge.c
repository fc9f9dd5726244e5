/* irb_merge.c: our IPTC datasets among those of a file, and the Photoshop resources around them (IIM 4.2;
 * docs/spec/metadata.md §1.9, §2.1.1). */
#include "amend/amend_private.h"

#include <string.h>

#define IIM_ID 0x0404
#define FLAG_ID 0x040A
#define DIGEST_ID 0x0425
#define CHARSET 0x015A /* 1:90 */

typedef struct {
    guint16 key; /* record and dataset */
    FgCursor value;
} Dataset;

typedef struct {
    FgCursor head; /* signature, number and name, as they are */
    guint16 id;
    FgCursor data;
} Resource;

static gboolean
next_dataset(FgCursor *at, Dataset *dataset)
{
    FgCursor here = *at;
    guint16 size;
    if (!fg_cursor_match(&here, "\x1c", 1) || !fg_cursor_u16(&here, &dataset->key) ||
        !fg_cursor_u16(&here, &size))
        return FALSE;
    guint64 length = size;
    if (size & 0x8000) { /* Extended: so many bytes of length follow. */
        length = 0;
        for (guint i = 0; i < (size & 0x7fffu); i++) {
            guint8 byte;
            if (i >= 4 || !fg_cursor_u8(&here, &byte))
                return FALSE;
            length = length << 8 | byte;
        }
    }
    if (!fg_cursor_take(&here, length, &dataset->value))
        return FALSE;
    *at = here;
    return TRUE;
}

/* Resources have signatures of their programs, names padded to even, and data padded to even. */
static gboolean
next_resource(FgCursor *at, Resource *resource)
{
    FgCursor here = *at, head;
    guint8 name;
    guint32 size;
    if (!fg_cursor_skip(&here, 4) || !fg_cursor_u16(&here, &resource->id) || !fg_cursor_u8(&here, &name) ||
        !fg_cursor_skip(&here, name | 1u))
        return FALSE;
    head = *at;
    if (!fg_cursor_take(&head, here.offset - at->offset, &resource->head) || !fg_cursor_u32(&here, &size) ||
        !fg_cursor_take(&here, size, &resource->data))
        return FALSE;
    fg_cursor_skip(&here, size & 1);
    *at = here;
    return TRUE;
}

static gboolean
find_resource(GBytes *irb, guint16 id, FgCursor *data)
{
    FgCursor at = irb ? fg_cursor_bytes(irb, FG_BIG_ENDIAN) : (FgCursor){0};
    Resource resource;
    while (next_resource(&at, &resource)) {
        if (resource.id == id) {
            *data = resource.data;
            return TRUE;
        }
    }
    return FALSE;
}

static const guint8 *
rest_of(const FgCursor *at)
{
    return at->data + at->offset;
}

static void
put16(GByteArray *out, guint value)
{
    guint8 bytes[2] = {(guint8)(value >> 8), (guint8)value};
    g_byte_array_append(out, bytes, sizeof bytes);
}

static void
put_dataset(GByteArray *out, guint16 key, const void *data, gsize length)
{
    g_byte_array_append(out, (const guint8 *)"\x1c", 1);
    put16(out, key);
    put16(out, (guint)length);
    g_byte_array_append(out, data, (guint)length);
}

/* The block says UTF-8 from now on, so that texts in another form are turned into it. Binary datasets
 * (versions, previews) are of records and numbers that hold no text. */
static void
put_theirs(GByteArray *out, const Dataset *dataset, gboolean utf8)
{
    gsize length = fg_cursor_left(&dataset->value);
    const guint8 *data = rest_of(&dataset->value);
    guint number = dataset->key & 0xff;
    gboolean text = dataset->key >> 8 == 2 && number != 0 && number < 200;
    if (length > 0x7fff)
        return; /* A preview, or a text that no reader of the short form can take. */
    if (!text || utf8 || g_utf8_validate_len((const char *)data, length, NULL)) {
        put_dataset(out, dataset->key, data, length);
        return;
    }
    g_autofree char *turned = fg_text_from_latin1(data, length);
    put_dataset(out, dataset->key, turned, MIN(strlen(turned), 0x7fff));
}

static gboolean
says(const FgCursor *iim, guint16 key)
{
    FgCursor at = *iim;
    Dataset dataset;
    while (next_dataset(&at, &dataset))
        if (dataset.key == key)
            return TRUE;
    return FALSE;
}

static gboolean
is_utf8(const FgCursor *iim)
{
    FgCursor at = *iim;
    Dataset dataset;
    while (next_dataset(&at, &dataset))
        if (dataset.key == CHARSET)
            return fg_cursor_peek(&dataset.value, "\x1b%", 2);
    return FALSE;
}

/* Both blocks are in the order of their numbers, or nearly: ours come before the first of theirs that is
 * higher. */
static GByteArray *
merge_datasets(const FgCursor *theirs, const FgCursor *ours)
{
    GByteArray *out = g_byte_array_new();
    FgCursor left = *theirs, right = *ours;
    Dataset mine, dataset;
    gboolean more = next_dataset(&right, &mine), utf8 = is_utf8(theirs);
    while (next_dataset(&left, &dataset)) {
        while (more && mine.key <= dataset.key) {
            put_dataset(out, mine.key, rest_of(&mine.value), fg_cursor_left(&mine.value));
            more = next_dataset(&right, &mine);
        }
        if (!says(ours, dataset.key))
            put_theirs(out, &dataset, utf8);
    }
    for (; more; more = next_dataset(&right, &mine))
        put_dataset(out, mine.key, rest_of(&mine.value), fg_cursor_left(&mine.value));
    return out;
}

static void
put_resource(GByteArray *out, const Resource *resource)
{
    gsize length = fg_cursor_left(&resource->data);
    g_byte_array_append(out, rest_of(&resource->head), (guint)fg_cursor_left(&resource->head));
    put16(out, (guint)(length >> 16));
    put16(out, length & 0xffff);
    g_byte_array_append(out, rest_of(&resource->data), (guint)length);
    if (length & 1)
        g_byte_array_append(out, (const guint8 *)"", 1);
}

static void
put_block(GByteArray *out, guint16 id, const void *data, gsize length)
{
    guint8 head[8] = {'8', 'B', 'I', 'M', (guint8)(id >> 8), (guint8)id};
    Resource resource = {fg_cursor(head, sizeof head, FG_BIG_ENDIAN), id,
                         fg_cursor(data, length, FG_BIG_ENDIAN)};
    put_resource(out, &resource);
}

GBytes *
fg_irb_merge(GBytes *theirs, GBytes *iim, GBytes *ours)
{
    FgCursor old = iim ? fg_cursor_bytes(iim, FG_BIG_ENDIAN) : (FgCursor){0}, mine = {0}, flag;
    find_resource(theirs, IIM_ID, &old);
    find_resource(ours, IIM_ID, &mine);
    g_autoptr(GByteArray) merged = merge_datasets(&old, &mine);
    guint8 digest[FG_MD5_SIZE];
    fg_md5(merged->data, merged->len, digest);

    GByteArray *out = g_byte_array_new();
    put_block(out, IIM_ID, merged->data, merged->len);
    if (find_resource(ours, FLAG_ID, &flag))
        put_block(out, FLAG_ID, rest_of(&flag), fg_cursor_left(&flag));
    put_block(out, DIGEST_ID, digest, sizeof digest);
    FgCursor at = theirs ? fg_cursor_bytes(theirs, FG_BIG_ENDIAN) : (FgCursor){0};
    Resource resource;
    while (next_resource(&at, &resource))
        if (resource.id != IIM_ID && resource.id != FLAG_ID && resource.id != DIGEST_ID)
            put_resource(out, &resource);
    return g_byte_array_free_to_bytes(out);
}

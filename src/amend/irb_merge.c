/* irb_merge.c: our IPTC datasets among those of a file, and the Photoshop resources around them (IIM 4.2;
 * docs/spec/metadata.md §1.9, §2.1.1). */
#include "amend/amend_private.h"

#include <string.h>

#define IIM_ID 0x0404
#define FLAG_ID 0x040A
#define DIGEST_ID 0x0425
#define ADDRESS_ID 0x040B
#define MOST_DATASETS 65536u /* no honest file has as many */
#define MOST_ADDRESSES 16

/* A dataset of the file's, in the order in which it will stand. */
typedef struct {
    guint16 key; /* record and dataset */
    guint block; /* of which of the file's blocks */
    char *text;  /* as it will be written; NULL: `value` is, as it stands */
    FgCursor value;
} Dataset;

static gboolean
find_resource(GBytes *irb, guint16 id, FgCursor *data)
{
    FgCursor at = irb ? fg_cursor_bytes(irb, FG_BIG_ENDIAN) : (FgCursor){0};
    FgIrbResource resource;
    gboolean sound = TRUE;
    while (fg_irb_next(&at, &resource, &sound)) {
        if (resource.id == id) {
            *data = resource.value;
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

static guint16
key_of(const FgIptcSet *set)
{
    return (guint16)(set->record << 8 | set->number);
}

static gboolean
says(const FgCursor *iim, guint16 key)
{
    FgCursor at = *iim;
    FgIptcSet set;
    gboolean sound = TRUE;
    while (fg_iptc_next(&at, &set, &sound))
        if (key_of(&set) == key)
            return TRUE;
    return FALSE;
}

static void
clear_dataset(gpointer data)
{
    g_free(((Dataset *)data)->text);
}

/* The block says UTF-8 from now on, so that texts in another form are turned into it. Binary datasets
 * (versions, previews) are of records and numbers that hold no text. */
static Dataset
dataset_of(const FgIptcSet *set, FgIptcCharset charset, guint block)
{
    gboolean text = set->record == 2 && set->number != 0 && set->number < 200;
    gsize length = fg_cursor_left(&set->value);
    gboolean wide = charset == FG_IPTC_UTF16 || charset == FG_IPTC_UTF32 || charset == FG_IPTC_JIS;
    gboolean fine = !text || (!wide && g_utf8_validate_len((const char *)rest_of(&set->value), length, NULL));
    return (Dataset){key_of(set), block, fine ? NULL : fg_iptc_text(set, charset, NULL), set->value};
}

static gboolean
is_same(const Dataset *a, const Dataset *b)
{
    const void *left = a->text ? (const void *)a->text : rest_of(&a->value);
    const void *right = b->text ? (const void *)b->text : rest_of(&b->value);
    gsize length = a->text ? strlen(a->text) : fg_cursor_left(&a->value);
    return length == (b->text ? strlen(b->text) : fg_cursor_left(&b->value)) &&
           (length == 0 || memcmp(left, right, length) == 0);
}

/* What an earlier block says already is not said twice; the envelope and the version are of one block alone.
 */
static gboolean
is_said(const GArray *sets, const Dataset *one)
{
    gboolean envelope = one->key >> 8 == 1 || one->key == 0x0200;
    for (guint i = 0; i < sets->len; i++) {
        const Dataset *other = &g_array_index(sets, Dataset, i);
        if (other->block < one->block && other->key == one->key && (envelope || is_same(other, one)))
            return TRUE;
    }
    return FALSE;
}

/* Instructions, by-line and its title, credit, source, notice. */
static gboolean
states_right(guint16 key)
{
    static const guint8 numbers[] = {40, 80, 85, 110, 115, 116};
    return key >> 8 == 2 && memchr(numbers, key & 0xff, sizeof numbers) != NULL;
}

/* Ours, and what their rights must give way to. */
typedef struct {
    const FgCursor *iim;
    gboolean alone;
} Ours;

/* The datasets of a block that ours do not replace. */
static void
add_block(GArray *sets, FgCursor at, const Ours *ours, guint block)
{
    FgIptcCharset charset = fg_iptc_charset(at);
    FgIptcSet set;
    gboolean sound = TRUE;
    while (sets->len < MOST_DATASETS && fg_iptc_next(&at, &set, &sound)) {
        /* A preview, or a text that no reader of the short form can take. */
        if (fg_cursor_left(&set.value) > 0x7fff || says(ours->iim, key_of(&set)) ||
            (ours->alone && states_right(key_of(&set))))
            continue;
        Dataset one = dataset_of(&set, charset, block);
        if (is_said(sets, &one))
            clear_dataset(&one);
        else
            g_array_append_val(sets, one);
    }
}

static gint
by_key(gconstpointer left, gconstpointer right)
{
    return (gint)((const Dataset *)left)->key - (gint)((const Dataset *)right)->key;
}

/* All blocks of the file, the one outside of the resources first. */
static GArray *
their_datasets(GBytes *theirs, GBytes *iim, const Ours *ours)
{
    GArray *sets = g_array_new(FALSE, FALSE, sizeof(Dataset));
    g_array_set_clear_func(sets, clear_dataset);
    guint blocks = 0;
    if (iim)
        add_block(sets, fg_cursor_bytes(iim, FG_BIG_ENDIAN), ours, blocks++);
    FgCursor at = theirs ? fg_cursor_bytes(theirs, FG_BIG_ENDIAN) : (FgCursor){0};
    FgIrbResource resource;
    gboolean sound = TRUE;
    while (fg_irb_next(&at, &resource, &sound))
        if (resource.id == IIM_ID)
            add_block(sets, resource.value, ours, blocks++);
    if (blocks > 1)
        g_array_sort(sets, by_key); /* Equals stay in their order. */
    return sets;
}

/* Both are in the order of their numbers, or nearly: ours come before the first of theirs that is higher. */
static GByteArray *
merge_datasets(const GArray *theirs, FgCursor ours)
{
    GByteArray *out = g_byte_array_new();
    FgIptcSet mine;
    gboolean sound = TRUE, more = fg_iptc_next(&ours, &mine, &sound);
    for (guint i = 0; i < theirs->len; i++) {
        const Dataset *set = &g_array_index(theirs, Dataset, i);
        for (; more && key_of(&mine) <= set->key; more = fg_iptc_next(&ours, &mine, &sound))
            put_dataset(out, key_of(&mine), rest_of(&mine.value), fg_cursor_left(&mine.value));
        if (set->text)
            put_dataset(out, set->key, set->text, MIN(strlen(set->text), 0x7fff));
        else
            put_dataset(out, set->key, rest_of(&set->value), fg_cursor_left(&set->value));
    }
    for (; more; more = fg_iptc_next(&ours, &mine, &sound))
        put_dataset(out, key_of(&mine), rest_of(&mine.value), fg_cursor_left(&mine.value));
    return out;
}

static void
put_resource(GByteArray *out, const FgIrbResource *resource)
{
    gsize length = fg_cursor_left(&resource->value);
    g_byte_array_append(out, rest_of(&resource->head), (guint)fg_cursor_left(&resource->head));
    put16(out, (guint)(length >> 16));
    put16(out, length & 0xffff);
    g_byte_array_append(out, rest_of(&resource->value), (guint)length);
    if (length & 1)
        g_byte_array_append(out, (const guint8 *)"", 1);
}

static void
put_block(GByteArray *out, guint16 id, const void *data, gsize length)
{
    guint8 head[8] = {'8', 'B', 'I', 'M', (guint8)(id >> 8), (guint8)id};
    FgIrbResource resource = {fg_cursor(head, sizeof head, FG_BIG_ENDIAN), id,
                              fg_cursor(data, length, FG_BIG_ENDIAN)};
    put_resource(out, &resource);
}

GBytes *
fg_irb_merge(GBytes *theirs, GBytes *iim, GBytes *ours, gboolean alone)
{
    FgCursor mine = {0}, flag;
    find_resource(ours, IIM_ID, &mine);
    g_autoptr(GBytes) bare = iim ? fg_iptc_unswapped(iim) : NULL;
    const Ours what = {&mine, alone};
    g_autoptr(GArray) sets = their_datasets(theirs, bare, &what);
    g_autoptr(GByteArray) merged = merge_datasets(sets, mine);
    guint8 digest[FG_MD5_SIZE];
    fg_md5(merged->data, merged->len, digest);

    GByteArray *out = g_byte_array_new();
    put_block(out, IIM_ID, merged->data, merged->len);
    if (find_resource(ours, FLAG_ID, &flag))
        put_block(out, FLAG_ID, rest_of(&flag), fg_cursor_left(&flag));
    put_block(out, DIGEST_ID, digest, sizeof digest);
    FgCursor at = theirs ? fg_cursor_bytes(theirs, FG_BIG_ENDIAN) : (FgCursor){0};
    FgIrbResource resource;
    gboolean sound = TRUE;
    while (fg_irb_next(&at, &resource, &sound))
        if (resource.id != IIM_ID && resource.id != FLAG_ID && resource.id != DIGEST_ID &&
            !(alone && resource.id == ADDRESS_ID))
            put_resource(out, &resource);
    return g_byte_array_free_to_bytes(out);
}

/* The first block with datasets, which a digest is of; else the first. */
static FgCursor
digested(GBytes *irb)
{
    FgCursor at = irb ? fg_cursor_bytes(irb, FG_BIG_ENDIAN) : (FgCursor){0}, iim = {0};
    FgIrbResource resource;
    gboolean sound = TRUE;
    while (fg_irb_next(&at, &resource, &sound)) {
        if (resource.id != IIM_ID)
            continue;
        if (memchr(rest_of(&resource.value), 0x1c, fg_cursor_left(&resource.value)))
            return resource.value;
        if (!iim.data)
            iim = resource.value;
    }
    return iim;
}

/* Whether a digest says that nobody has changed the block since. */
static gboolean
fits(const FgCursor *digest, GBytes *irb)
{
    FgCursor iim = digested(irb);
    guint8 now[FG_MD5_SIZE];
    fg_md5(rest_of(&iim), fg_cursor_left(&iim), now);
    return fg_cursor_left(digest) == sizeof now && memcmp(rest_of(digest), now, sizeof now) == 0;
}

/* Of several flags the one that claims. */
static void
put_flag(GByteArray *out, GBytes *theirs)
{
    FgCursor at = theirs ? fg_cursor_bytes(theirs, FG_BIG_ENDIAN) : (FgCursor){0}, flag = {0};
    FgIrbResource resource;
    gboolean sound = TRUE, found = FALSE, claims = FALSE;
    while (!claims && fg_irb_next(&at, &resource, &sound)) {
        if (resource.id != FLAG_ID)
            continue;
        claims = fg_cursor_left(&resource.value) > 0 && *rest_of(&resource.value) != 0;
        if (claims || !found)
            flag = resource.value;
        found = TRUE;
    }
    if (found)
        put_block(out, FLAG_ID, rest_of(&flag), fg_cursor_left(&flag));
}

/* Every address of rights, each once. */
static void
put_addresses(GByteArray *out, GBytes *theirs)
{
    FgCursor at = theirs ? fg_cursor_bytes(theirs, FG_BIG_ENDIAN) : (FgCursor){0};
    FgIrbResource resource;
    gboolean sound = TRUE;
    g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    while (seen->len < MOST_ADDRESSES && fg_irb_next(&at, &resource, &sound)) {
        if (resource.id != ADDRESS_ID)
            continue;
        g_autoptr(GBytes) one = g_bytes_new(rest_of(&resource.value), fg_cursor_left(&resource.value));
        if (g_ptr_array_find_with_equal_func(seen, one, g_bytes_equal, NULL))
            continue;
        put_block(out, ADDRESS_ID, rest_of(&resource.value), fg_cursor_left(&resource.value));
        g_ptr_array_add(seen, g_steal_pointer(&one));
    }
}

GBytes *
fg_irb_as_it_was(GBytes *theirs, GBytes *ours)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    FgCursor digest, mine;
    if (find_resource(ours, IIM_ID, &mine))
        put_block(out, IIM_ID, rest_of(&mine), fg_cursor_left(&mine));
    put_flag(out, theirs);
    put_addresses(out, theirs);
    if (out->len > 0 && find_resource(theirs, DIGEST_ID, &digest) && find_resource(ours, DIGEST_ID, &mine)) {
        const FgCursor *kept = fits(&digest, theirs) ? &mine : &digest;
        put_block(out, DIGEST_ID, rest_of(kept), fg_cursor_left(kept));
    }
    return out->len > 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&out)) : NULL;
}

/* irb_merge.c: our IPTC datasets among those of a file, and the Photoshop resources around them (IIM 4.2;
 * docs/spec/metadata.md §1.9, §2.1.1). */
#include "amend/amend_private.h"

#include <string.h>

#define MOST_DATASETS 65536u /* no honest file has as many */
#define MOST_ADDRESSES 16

/* A dataset of the file's, in the order in which it will stand. */
typedef struct {
    guint16 key; /* record and dataset */
    guint block; /* of which of the file's blocks */
    char *text;  /* as it will be written; NULL: `value` is, as it stands */
    FgCursor value;
} Dataset;

static guint16
key_of(const FgIimSet *set)
{
    return (guint16)(set->record << 8 | set->number);
}

static gboolean
says(const FgCursor *iim, guint16 key)
{
    FgWalk walk = fg_walk_over(*iim);
    FgIimSet set;
    while (fg_iim_next(&walk, &set))
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
dataset_of(const FgIimSet *set, FgIimCharset charset, guint block)
{
    gboolean text = set->record == 2 && set->number != 0 && set->number < 200;
    gsize length = set->value.length;
    gboolean wide = charset == FG_IIM_UTF16 || charset == FG_IIM_UTF32 || charset == FG_IIM_JIS;
    gboolean fine = !text || (!wide && g_utf8_validate_len((const char *)set->value.data, length, NULL));
    return (Dataset){key_of(set), block, fine ? NULL : fg_iim_text(set, charset, NULL), set->value};
}

static gboolean
is_same(const Dataset *a, const Dataset *b)
{
    const void *left = a->text ? (const void *)a->text : a->value.data;
    const void *right = b->text ? (const void *)b->text : b->value.data;
    gsize length = a->text ? strlen(a->text) : a->value.length;
    return length == (b->text ? strlen(b->text) : b->value.length) &&
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

static gboolean
states_right(guint16 key)
{
    return key >> 8 == 2 && fg_right_of_dataset((guint8)(key & 0xff)) != NULL;
}

/* Ours, and what their rights must give way to. */
typedef struct {
    const FgCursor *iim;
    gboolean alone;
} Ours;

/* The datasets of a block that ours do not replace. */
static void
add_block(GArray *sets, FgCursor iim, const Ours *ours, guint block)
{
    FgIimCharset charset = fg_iim_charset(iim);
    FgWalk walk = fg_walk_over(iim);
    FgIimSet set;
    while (sets->len < MOST_DATASETS && fg_iim_next(&walk, &set)) {
        /* A preview, or a text that no reader of the short form can take. */
        if (set.value.length > FG_IIM_LONGEST || says(ours->iim, key_of(&set)) ||
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
    FgWalk walk = fg_walk(theirs);
    FgIrbResource resource;
    while (fg_irb_next(&walk, &resource))
        if (resource.id == FG_IRB_IIM)
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
    FgWalk walk = fg_walk_over(ours);
    FgIimSet mine;
    gboolean more = fg_iim_next(&walk, &mine);
    for (guint i = 0; i < theirs->len; i++) {
        const Dataset *set = &g_array_index(theirs, Dataset, i);
        const guint8 record = (guint8)(set->key >> 8), number = (guint8)set->key;
        for (; more && key_of(&mine) <= set->key; more = fg_iim_next(&walk, &mine))
            fg_iim_put(out, mine.record, mine.number, mine.value.data, mine.value.length);
        if (set->text)
            fg_iim_put(out, record, number, set->text, MIN(strlen(set->text), FG_IIM_LONGEST));
        else
            fg_iim_put(out, record, number, set->value.data, set->value.length);
    }
    for (; more; more = fg_iim_next(&walk, &mine))
        fg_iim_put(out, mine.record, mine.number, mine.value.data, mine.value.length);
    return out;
}

static guint
count_of(const FgContainer *container, FgPartKind kind)
{
    guint count = 0;
    for (guint i = 0; i < container->parts->len; i++)
        count += ((const FgPart *)container->parts->pdata[i])->kind == kind;
    return count;
}

GBytes *
fg_irb_of(const FgContainer *container)
{
    const FgPart *first = fg_container_find(container, FG_PART_IRB);
    if (!fg_format_traits(container->format)->texts && count_of(container, FG_PART_IRB) < 2 &&
        count_of(container, FG_PART_IIM) < 2)
        return first ? g_bytes_ref(first->bytes) : NULL;
    g_autoptr(GByteArray) all = g_byte_array_new();
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        FgIrbResource resource;
        FgWalk walk = fg_walk(part->kind == FG_PART_IRB ? part->bytes : NULL);
        while (fg_irb_next(&walk, &resource)) /* One that is cut must not go on in the next block. */
            fg_irb_put_as_is(all, &resource);
        if (part->kind == FG_PART_IIM && part->bytes) {
            g_autoptr(GBytes) iim = fg_iim_unswapped(part->bytes);
            gsize length;
            const void *data = g_bytes_get_data(iim, &length);
            fg_irb_put(all, FG_IRB_IIM, data, length);
        }
    }
    return all->len > 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&all)) : NULL;
}

GBytes *
fg_irb_merge(GBytes *theirs, GBytes *iim, GBytes *ours, gboolean alone)
{
    FgIrbResource mine = {0}, flag;
    fg_irb_find(ours, FG_IRB_IIM, &mine);
    g_autoptr(GBytes) bare = iim ? fg_iim_unswapped(iim) : NULL;
    const Ours what = {&mine.value, alone};
    g_autoptr(GArray) sets = their_datasets(theirs, bare, &what);
    g_autoptr(GByteArray) merged = merge_datasets(sets, mine.value);
    guint8 digest[FG_MD5_SIZE];
    fg_md5(merged->data, merged->len, digest);

    GByteArray *out = g_byte_array_new();
    fg_irb_put(out, FG_IRB_IIM, merged->data, merged->len);
    if (fg_irb_find(ours, FG_IRB_FLAG, &flag))
        fg_irb_put(out, FG_IRB_FLAG, flag.value.data, flag.value.length);
    fg_irb_put(out, FG_IRB_DIGEST, digest, sizeof digest);
    FgWalk walk = fg_walk(theirs);
    FgIrbResource resource;
    while (fg_irb_next(&walk, &resource))
        if (resource.id != FG_IRB_IIM && resource.id != FG_IRB_FLAG && resource.id != FG_IRB_DIGEST &&
            !(alone && resource.id == FG_IRB_URL))
            fg_irb_put_as_is(out, &resource);
    return g_byte_array_free_to_bytes(out);
}

/* The first block with datasets, which a digest is of; else the first. */
static FgCursor
digested(GBytes *irb)
{
    FgCursor iim = {0};
    FgWalk walk = fg_walk(irb);
    FgIrbResource resource;
    while (fg_irb_next(&walk, &resource)) {
        if (resource.id != FG_IRB_IIM)
            continue;
        if (fg_iim_has_any(resource.value))
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
    fg_md5(iim.data, iim.length, now);
    return digest->length == sizeof now && memcmp(digest->data, now, sizeof now) == 0;
}

/* Of several flags the one that claims. */
static void
put_flag(GByteArray *out, GBytes *theirs)
{
    FgCursor flag = {0};
    FgWalk walk = fg_walk(theirs);
    FgIrbResource resource;
    gboolean found = FALSE, claims = FALSE;
    while (!claims && fg_irb_next(&walk, &resource)) {
        if (resource.id != FG_IRB_FLAG)
            continue;
        claims = resource.value.length > 0 && *resource.value.data != 0;
        if (claims || !found)
            flag = resource.value;
        found = TRUE;
    }
    if (found)
        fg_irb_put(out, FG_IRB_FLAG, flag.data, flag.length);
}

/* Every address of rights, each once. */
static void
put_addresses(GByteArray *out, GBytes *theirs)
{
    FgWalk walk = fg_walk(theirs);
    FgIrbResource resource;
    g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    while (seen->len < MOST_ADDRESSES && fg_irb_next(&walk, &resource)) {
        if (resource.id != FG_IRB_URL)
            continue;
        g_autoptr(GBytes) one = g_bytes_new(resource.value.data, resource.value.length);
        if (g_ptr_array_find_with_equal_func(seen, one, g_bytes_equal, NULL))
            continue;
        fg_irb_put(out, FG_IRB_URL, resource.value.data, resource.value.length);
        g_ptr_array_add(seen, g_steal_pointer(&one));
    }
}

GBytes *
fg_irb_as_it_was(GBytes *theirs, GBytes *ours)
{
    g_autoptr(GByteArray) out = g_byte_array_new();
    FgIrbResource digest, mine;
    if (fg_irb_find(ours, FG_IRB_IIM, &mine))
        fg_irb_put(out, FG_IRB_IIM, mine.value.data, mine.value.length);
    put_flag(out, theirs);
    put_addresses(out, theirs);
    if (out->len > 0 && fg_irb_find(theirs, FG_IRB_DIGEST, &digest) &&
        fg_irb_find(ours, FG_IRB_DIGEST, &mine)) {
        const FgCursor *kept = fits(&digest.value, theirs) ? &mine.value : &digest.value;
        fg_irb_put(out, FG_IRB_DIGEST, kept->data, kept->length);
    }
    return out->len > 0 ? g_byte_array_free_to_bytes(g_steal_pointer(&out)) : NULL;
}

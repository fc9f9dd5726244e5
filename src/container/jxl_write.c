/* jxl_write.c: boxes of a JPEG XL file copied, left out and written anew. */
#include "container/jxl_private.h"

static const guint8 type_box[20] = {0,   0,   0, 20, 'f', 't', 'y', 'p', 'j', 'x',
                                    'l', ' ', 0, 0,  0,   0,   'j', 'x', 'l', ' '};

/* One of our blocks, until it is written. */
typedef struct {
    GBytes *block; /* NULL: there is none, or it is written */
    guint32 type;
    gboolean packed; /* as the box was that it takes the place of */
} Pending;

typedef struct {
    FgKeepPart keep;
    gpointer data;
    const FgDress *dress;
    const FgPart *exif, *xmp; /* those that stay, since they are what is to be written */
    GHashTable *parts;        /* offset -> FgPart */
} Choice;

/* The first box of a kind, or NULL. */
static const FgPart *
first_box(const FgContainer *container, FgPartKind kind)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == kind && part->length > 0)
            return part;
    }
    return NULL;
}

/* The first box of a kind when it holds this very block: it stays where it is, and needs no writing. */
static const FgPart *
held(const FgContainer *container, FgPartKind kind, GBytes *block)
{
    const FgPart *part = block ? first_box(container, kind) : NULL;
    return part && g_bytes_equal(part->bytes, block) ? part : NULL;
}

static Pending
pending_of(const FgContainer *container, FgPartKind kind, guint32 type, GBytes *block)
{
    const FgPart *part = first_box(container, kind);
    return (Pending){block, type, part && part->packed};
}

static void
put_pending(GByteArray *out, Pending *pending)
{
    if (!pending->block)
        return;
    fg_jxl_put_block(out, pending->type, pending->packed, pending->block);
    pending->block = NULL;
}

/* Boxes around a codestream that has none, since it can't hold blocks alone. */
static GBytes *
wrap(const FgContainer *container, Pending *exif, Pending *xmp)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, fg_jxl_signature, sizeof fg_jxl_signature);
    g_byte_array_append(out, type_box, sizeof type_box);
    put_pending(out, exif);
    put_pending(out, xmp);
    guint begun = fg_box_begin(out, JXL_JXLC);
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == FG_PART_PICTURE && !part->name)
            fg_put_span(out, container, part->offset, part->length);
    }
    fg_box_end(out, begun);
    return g_byte_array_free_to_bytes(out);
}

GBytes *
fg_jxl_dress(const FgContainer *naked, const FgDress *dress, GError **error)
{
    Pending exif = {dress ? dress->exif : NULL, JXL_EXIF, FALSE},
            xmp = {dress ? dress->xmp : NULL, JXL_XML, FALSE};
    return fg_jxl_verify(naked, error) ? wrap(naked, &exif, &xmp) : NULL;
}

/* Whoever writes rights or takes something out would have it come back with the JPEG, which is put together
 * from what it was. So a rewrite with blocks never leaves what that takes. */
static gboolean
box_stays(const Choice *choice, const FgBox *box)
{
    const FgPart *part = g_hash_table_lookup(choice->parts, GSIZE_TO_POINTER(box->span.offset));
    if (box->type == JXL_JBRD && choice->dress)
        return FALSE;
    return !part || part == choice->exif || part == choice->xmp ||
           fg_part_stays(part, choice->keep, choice->data, choice->dress);
}

/* The boxes but for the picture's, by where they begin. */
static GHashTable *
parts_by_offset(const FgContainer *container)
{
    GHashTable *parts = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_PICTURE && part->length > 0)
            g_hash_table_insert(parts, GSIZE_TO_POINTER(part->offset), part);
    }
    return parts;
}

/* A block goes in the place of the first of its kind, so that those that stay are still further ones; else
 * before the picture. */
static void
copy_box(GByteArray *out, const FgContainer *container, const Choice *choice, const FgBox *box, Pending *exif,
         Pending *xmp)
{
    const guint32 type = fg_jxl_true_type(box);
    const gboolean picture = type == JXL_JXLC || type == JXL_JXLP;
    if (picture || type == JXL_EXIF)
        put_pending(out, exif);
    if (picture || type == JXL_XML)
        put_pending(out, xmp);
    if (box_stays(choice, box))
        fg_put_span(out, container, box->span.offset, box->span.length);
}

GBytes *
fg_jxl_rewrite(const FgContainer *container, FgKeepPart keep, gpointer data, const FgDress *dress,
               GError **error)
{
    FgCursor at = fg_cursor_bytes(container->file, FG_BIG_ENDIAN);
    Choice choice = {keep, data, dress, NULL, NULL, NULL};
    choice.exif = dress ? held(container, FG_PART_EXIF, dress->exif) : NULL;
    choice.xmp = dress ? held(container, FG_PART_XMP, dress->xmp) : NULL;
    Pending exif = pending_of(container, FG_PART_EXIF, JXL_EXIF, dress && !choice.exif ? dress->exif : NULL);
    Pending xmp = pending_of(container, FG_PART_XMP, JXL_XML, dress && !choice.xmp ? dress->xmp : NULL);
    if (!fg_cursor_peek(&at, fg_jxl_signature, sizeof fg_jxl_signature))
        return exif.block || xmp.block ? wrap(container, &exif, &xmp) : g_bytes_ref(container->file);
    if (at.length > G_MAXUINT32 / 2)
        return fg_throw_null(error, FG_ERROR_UNSUPPORTED, "the file is larger than 2 GiB");
    g_autoptr(GHashTable) parts = parts_by_offset(container);
    choice.parts = parts;
    GByteArray *out = g_byte_array_sized_new((guint)at.length);
    FgBox box;
    for (guint i = 0; i < FG_BOX_CEILING && fg_box_next(&at, &box); i++)
        copy_box(out, container, &choice, &box, &exif, &xmp);
    const FgPart *tail = g_hash_table_lookup(parts, GSIZE_TO_POINTER(at.offset));
    if (tail && fg_part_stays(tail, keep, data, dress))
        fg_put_span(out, container, tail->offset, tail->length);
    return g_byte_array_free_to_bytes(out);
}

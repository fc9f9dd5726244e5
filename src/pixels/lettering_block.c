/* The flat block: a head, the glyphs, the distances. One machine writes and reads it, so numbers are native.
 */
#include "pixels/lettering_private.h"

#include <math.h>
#include <string.h>

#define MAGIC 0x31474c46u /* "FLG1" */
#define PAD_SHARE 0.1     /* of the em: the farthest distance that is kept */

typedef struct {
    guint32 magic, n_glyphs, n_lines, n_clusters;
    float em, cap_height, ascent, descent, width, height, left, stroke, spread;
    guint32 distance_length;
} Head;

G_STATIC_ASSERT(sizeof(Head) % 8 == 0);
G_STATIC_ASSERT(sizeof(FgGlyph) == 24);

FgLetteringBuilder *
fg_lettering_builder_new(double em)
{
    FgLetteringBuilder *builder = g_new0(FgLetteringBuilder, 1);
    builder->glyphs = g_array_new(FALSE, FALSE, sizeof(FgGlyph));
    builder->distance = g_byte_array_new();
    builder->head.em = (float)em;
    builder->head.spread = (float)(em * PAD_SHARE);
    builder->left = builder->top = 1e9;
    builder->right = builder->bottom = -1e9;
    return builder;
}

void
fg_lettering_builder_free(FgLetteringBuilder *builder)
{
    if (!builder)
        return;
    g_array_unref(builder->glyphs);
    g_byte_array_unref(builder->distance);
    g_free(builder);
}

int
fg_lettering_builder_pad(const FgLetteringBuilder *builder)
{
    return (int)ceilf(builder->head.spread) + 2;
}

/* Adds to the ink's box, area and length of outline. The outline's length is the sum of the coverage's slope.
 */
static void
measure(FgLetteringBuilder *builder, const FgGlyph *glyph, const guint8 *coverage, gsize stride)
{
    for (int y = 0; y + 1 < glyph->height; y++)
        for (int x = 0; x + 1 < glyph->width; x++) {
            const guint8 *at = coverage + (gsize)y * stride + x;
            int gx = at[1] - at[0], gy = at[stride] - at[0];
            builder->area += at[0] / 255.0;
            builder->outline += sqrt((double)(gx * gx + gy * gy)) / 255.0;
            if (at[0] < 64)
                continue;
            builder->left = MIN(builder->left, (double)glyph->x + x);
            builder->right = MAX(builder->right, (double)glyph->x + x + 1);
            builder->top = MIN(builder->top, (double)glyph->y + y);
            builder->bottom = MAX(builder->bottom, (double)glyph->y + y + 1);
        }
}

void
fg_lettering_builder_add(FgLetteringBuilder *builder, FgGlyph glyph, const guint8 *coverage, gsize stride)
{
    gsize size = (gsize)glyph.width * glyph.height;
    measure(builder, &glyph, coverage, stride);
    glyph.offset = builder->distance->len;
    g_byte_array_set_size(builder->distance, (guint)(glyph.offset + size));
    fg_distance_field(coverage, glyph.width, glyph.height, stride, (double)builder->head.spread,
                      builder->distance->data + glyph.offset);
    g_array_append_val(builder->glyphs, glyph);
}

GBytes *
fg_lettering_builder_end(FgLetteringBuilder *builder)
{
    const FgLettering *from = &builder->head;
    Head head = {.magic = MAGIC,
                 .n_glyphs = builder->glyphs->len,
                 .n_lines = from->n_lines,
                 .n_clusters = from->n_clusters,
                 .em = from->em,
                 .cap_height = from->cap_height,
                 .ascent = (float)-builder->top,
                 .descent = (float)builder->bottom,
                 .width = (float)(builder->right - builder->left),
                 .height = (float)(builder->bottom - builder->top),
                 .left = (float)builder->left,
                 .stroke = (float)(2 * builder->area / MAX(builder->outline, 1.0)),
                 .spread = from->spread,
                 .distance_length = builder->distance->len};
    GByteArray *block = g_byte_array_sized_new((guint)sizeof head + builder->distance->len);
    g_byte_array_append(block, (const guint8 *)&head, sizeof head);
    g_byte_array_append(block, (const guint8 *)builder->glyphs->data, head.n_glyphs * (guint)sizeof(FgGlyph));
    g_byte_array_append(block, builder->distance->data, builder->distance->len);
    return g_byte_array_free_to_bytes(block);
}

/* True for an ordinary number that lies in a range which a drawing can have. */
static gboolean
within(float value, float low, float high)
{
    return value >= low && value <= high; /* FALSE for NaN */
}

static gboolean
head_is_sound(const Head *head, gsize length)
{
    const float far = 1e6f;
    return head->magic == MAGIC && head->n_glyphs >= 1 && head->n_glyphs <= FG_LETTERING_MAX_GLYPHS &&
           head->n_lines >= 1 && head->n_lines <= FG_LETTERING_MAX_GLYPHS && head->n_clusters >= 1 &&
           head->n_clusters <= head->n_glyphs && within(head->em, 1, FG_LETTERING_MAX_EM) &&
           within(head->cap_height, head->em * 0.01f, head->em * 4) && within(head->ascent, -far, far) &&
           within(head->descent, -far, far) && within(head->width, 1, far) && within(head->height, 1, far) &&
           within(head->left, -far, far) && within(head->stroke, 0.01f, head->em * 4) &&
           within(head->spread, head->em * 0.01f, head->em) &&
           length == sizeof *head + (gsize)head->n_glyphs * sizeof(FgGlyph) + head->distance_length;
}

static gboolean
glyph_is_sound(const FgGlyph *glyph, const Head *head)
{
    const float far = 1e6f;
    gsize size = (gsize)glyph->width * glyph->height;
    return size > 0 && size <= head->distance_length && glyph->offset <= head->distance_length - size &&
           within(glyph->x, -far, far) && within(glyph->y, -far, far) && within(glyph->advance, -far, far) &&
           glyph->line < head->n_lines && glyph->cluster < head->n_clusters;
}

gboolean
fg_lettering_view(GBytes *block, FgLettering *view, GError **error)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(block, &length);
    Head head;
    if (length < sizeof head || (guintptr)data % 8 != 0)
        return fg_throw(error, FG_ERROR_INTERNAL, "the lettering has %zu bytes, or is not aligned", length);
    memcpy(&head, data, sizeof head);
    if (!head_is_sound(&head, length))
        return fg_throw(error, FG_ERROR_INTERNAL, "the lettering's head is damaged");
    const FgGlyph *glyphs = (const FgGlyph *)(const void *)(data + sizeof head);
    for (guint32 i = 0; i < head.n_glyphs; i++)
        if (!glyph_is_sound(&glyphs[i], &head) || (i > 0 && glyphs[i].cluster != glyphs[i - 1].cluster &&
                                                   glyphs[i].cluster != glyphs[i - 1].cluster + 1))
            return fg_throw(error, FG_ERROR_INTERNAL, "glyph %u of the lettering is damaged", i);
    *view = (FgLettering){.n_glyphs = head.n_glyphs,
                          .n_lines = head.n_lines,
                          .n_clusters = head.n_clusters,
                          .em = head.em,
                          .cap_height = head.cap_height,
                          .ascent = head.ascent,
                          .descent = head.descent,
                          .width = head.width,
                          .height = head.height,
                          .left = head.left,
                          .stroke = head.stroke,
                          .spread = head.spread,
                          .glyphs = glyphs,
                          .distance = data + sizeof head + head.n_glyphs * sizeof(FgGlyph),
                          .distance_length = head.distance_length};
    return TRUE;
}

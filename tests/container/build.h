/* build.h: small whole files, byte by byte, for the tests of JPEG, PNG and WebP. Nothing here is the code
 * under test but CRC and deflate, which have witnesses of their own. */
#ifndef FG_TEST_BUILD_H
#define FG_TEST_BUILD_H

#include <string.h>

#include "container/container.h"
#include "support/fixtures.h"

#define BYTES(literal) (literal), (sizeof(literal) - 1)

static inline void
add(GByteArray *out, const void *data, gsize length)
{
    g_byte_array_append(out, data, (guint)length);
}

static inline void
add_number(GByteArray *out, guint64 value, guint size, gboolean big)
{
    for (guint i = 0; i < size; i++) {
        guint8 byte = (guint8)(value >> (8 * (big ? size - 1 - i : i)));
        add(out, &byte, 1);
    }
}

static inline GBytes *
done(GByteArray *out)
{
    return g_byte_array_free_to_bytes(out);
}

/* A TIFF stream that holds nothing but a copyright notice. */
static inline GBytes *
build_tiff(const char *notice)
{
    GByteArray *out = g_byte_array_new();
    gsize size = strlen(notice) + 1;
    add(out, BYTES("II*\0\x08\0\0\0\x01\0\x98\x82\x02\0"));
    add_number(out, size, 4, FALSE);
    add_number(out, 26, 4, FALSE);
    add_number(out, 0, 4, FALSE);
    add(out, notice, size);
    return done(out);
}

static inline GBytes *
build_xmp(const char *notice)
{
    char *text = g_strdup_printf(
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
        "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:rights><rdf:Alt>"
        "<rdf:li "
        "xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>\n"
        "<?xpacket end=\"r\"?>",
        notice);
    return g_bytes_new_take(text, strlen(text));
}

/* Photoshop resources with the copyright flag alone. */
static inline GBytes *
build_irb(void)
{
    return g_bytes_new(BYTES("8BIM\x04\x0A\0\0\0\0\0\x01\x01\0"));
}

static inline void
add_segment(GByteArray *out, guint8 marker, const void *head, gsize head_size, const void *data, gsize size)
{
    add_number(out, 0xFF00u | marker, 2, TRUE);
    add_number(out, head_size + size + 2, 2, TRUE);
    add(out, head, head_size);
    add(out, data, size);
}

/* What follows the application's segments: a grey square of 8 x 8, baseline or in two scans with `between` in
 * the middle, which may be NULL. */
static inline void
add_jpeg_picture(GByteArray *out, gboolean progressive, GByteArray *between)
{
    guint8 table[65] = {0};
    memset(table + 1, 1, 64);
    add_segment(out, 0xDB, table, sizeof table, NULL, 0);
    add_segment(out, progressive ? 0xC2 : 0xC0, BYTES("\x08\0\x08\0\x08\x01\x01\x11\0"), NULL, 0);
    static const guint8 codes[18] = {[1] = 1}; /* one code, "0", for the value 0 */
    add_segment(out, 0xC4, codes, sizeof codes, NULL, 0);
    static const guint8 ac_codes[18] = {[0] = 0x10, [1] = 1};
    add_segment(out, 0xC4, ac_codes, sizeof ac_codes, NULL, 0);
    if (progressive) {
        add_segment(out, 0xDA, BYTES("\x01\x01\0\0\0\x01"), NULL, 0);
        add(out, BYTES("\x7F"));
        if (between)
            add(out, between->data, between->len);
        add_segment(out, 0xDA, BYTES("\x01\x01\0\0\0\x10"), NULL, 0);
        add(out, BYTES("\x7F"));
    } else {
        add_segment(out, 0xDA, BYTES("\x01\x01\0\0\x3F\0"), NULL, 0);
        add(out, BYTES("\x3F"));
    }
    add(out, BYTES("\xFF\xD9"));
}

/* A whole JPEG with these segments after SOI. */
static inline GBytes *
build_jpeg(GByteArray *segments)
{
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("\xFF\xD8"));
    if (segments)
        add(out, segments->data, segments->len);
    add_jpeg_picture(out, FALSE, NULL);
    return done(out);
}

static inline void
add_chunk(GByteArray *out, const char *type, const void *data, gsize size)
{
    add_number(out, size, 4, TRUE);
    guint start = out->len;
    add(out, type, 4);
    add(out, data, size);
    add_number(out, fg_crc32(0, out->data + start, out->len - start), 4, TRUE);
}

/* A whole PNG, 8 x 8 and grey, with these chunks before and after its data, which is in two IDAT. */
static inline GBytes *
build_png(GByteArray *before, GByteArray *after)
{
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("\x89PNG\r\n\x1A\n"));
    add_chunk(out, "IHDR", BYTES("\0\0\0\x08\0\0\0\x08\x08\0\0\0\0"));
    if (before)
        add(out, before->data, before->len);
    guint8 rows[8 * 9] = {0};
    g_autoptr(GBytes) packed = fg_deflate(rows, sizeof rows);
    gsize size;
    const guint8 *data = g_bytes_get_data(packed, &size);
    add_chunk(out, "IDAT", data, 5);
    add_chunk(out, "IDAT", data + 5, size - 5);
    if (after)
        add(out, after->data, after->len);
    add_chunk(out, "IEND", NULL, 0);
    return done(out);
}

static inline void
add_riff(GByteArray *out, const char *type, const void *data, gsize size)
{
    add(out, type, 4);
    add_number(out, size, 4, FALSE);
    add(out, data, size);
    if (size & 1)
        add(out, BYTES("\0"));
}

/* Squares of 16 x 16: lossy, lossless, lossless with transparency, the transparency of a lossy one. */
#define WEBP_LOSSY                                                                                           \
    "\x70\x01\x00\x9d\x01\x2a\x10\x00\x10\x00\x02\xc0\x4c\x25\x94\x02\x74\x01\xa0\x00\x00\xea\x63\xb5\x9a"   \
    "\xbc\x00\x00"
#define WEBP_LOSSLESS "\x2f\x0f\xc0\x03\x00\x07\x50\xc1\xe2\x95\xb1\xff\x81\x88\xe8\x7f\x00"
#define WEBP_LOSSLESS_ALPHA "\x2f\x0f\xc0\x03\x10\x07\x50\xc1\xe2\x95\xb1\xc8\x81\x88\xe8\x7f\x00"
#define WEBP_ALPHA "\x01\x07\x50\xe4\x88\x08\x44\x44\xff\x03"

/* A RIFF of these chunks. */
static inline GBytes *
build_webp(GByteArray *chunks)
{
    GByteArray *out = g_byte_array_new();
    add(out, BYTES("RIFF"));
    add_number(out, chunks->len + 4, 4, FALSE);
    add(out, BYTES("WEBP"));
    add(out, chunks->data, chunks->len);
    return done(out);
}

static inline gboolean
keep_all(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return TRUE;
}

static inline gboolean
keep_none(const FgPart *part, gpointer data)
{
    (void)part;
    (void)data;
    return FALSE;
}

static inline void
assert_same_bytes(GBytes *a, GBytes *b)
{
    assert_non_null(a);
    assert_non_null(b);
    assert_int_equal(g_bytes_get_size(a), g_bytes_get_size(b));
    assert_memory_equal(g_bytes_get_data(a, NULL), g_bytes_get_data(b, NULL), g_bytes_get_size(a));
}

static inline void
assert_payload(const FgPart *part, const void *data, gsize size)
{
    assert_non_null(part);
    assert_non_null(part->bytes);
    assert_int_equal(g_bytes_get_size(part->bytes), size);
    assert_memory_equal(g_bytes_get_data(part->bytes, NULL), data, size);
}

static inline FgContainer *
read_ok(GBytes *file)
{
    g_autoptr(GError) error = NULL;
    FgContainer *container = fg_container_read(file, &error);
    if (!container)
        fail_msg("%s", error->message);
    return container;
}

static inline guint
count_parts(const FgContainer *container, FgPartKind kind)
{
    guint count = 0;
    for (guint i = 0; i < container->parts->len; i++)
        count += ((const FgPart *)container->parts->pdata[i])->kind == kind;
    return count;
}

/* The kinds of all parts, a letter each, in the order of the file. */
static inline char *
kinds_of(const FgContainer *container)
{
    static const char letters[] = "PEXxBMITCtA2#$?"; /* in the order of FgPartKind */
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < container->parts->len; i++)
        g_string_append_c(text, letters[((const FgPart *)container->parts->pdata[i])->kind]);
    return g_string_free(text, FALSE);
}

/* No fault was found, and the picture's end. */
static inline void
assert_sound(const FgContainer *container)
{
    for (guint i = 0; i < container->faults->len; i++)
        fail_msg("unexpected fault: %s", (char *)container->faults->pdata[i]);
    assert_true(container->complete);
}

#endif

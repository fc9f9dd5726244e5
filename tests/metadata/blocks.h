/* blocks.h: metadata blocks put together byte by byte, as cameras and programs of all ages write them, so
 * that the readers are judged without the code that builds our own. */
#ifndef FG_TESTS_BLOCKS_H
#define FG_TESTS_BLOCKS_H

#include "metadata/reading.h"
#include "support/fixtures.h"

#include <string.h>

typedef struct {
    guint16 tag, type;
    guint32 count;
    const void *data; /* count values, in the order of bytes of the block */
    guint32 length;
} Entry;

#define ASCII(tag, text)                                                                                     \
    {                                                                                                        \
        tag, 2, sizeof(text), text, sizeof(text)                                                             \
    }
#define BYTES(tag, type, count, text)                                                                        \
    {                                                                                                        \
        tag, type, count, text, sizeof(text) - 1                                                             \
    }
#define POINTER(tag, ifd)                                                                                    \
    {                                                                                                        \
        tag, 4, 0xffffffffu, NULL, ifd                                                                       \
    }

typedef struct {
    const Entry *entries;
    guint count;
} Ifd;

#define IFD(entries)                                                                                         \
    {                                                                                                        \
        entries, G_N_ELEMENTS(entries)                                                                       \
    }

static inline void
put(GByteArray *out, gboolean big, guint64 value, guint size)
{
    for (guint i = 0; i < size; i++) {
        guint8 byte = (guint8)(value >> 8 * (big ? size - 1 - i : i));
        g_byte_array_append(out, &byte, 1);
    }
}

/* A TIFF stream of some directories, one after the other; POINTER(tag, n) points to directory n, and `chain`
 * is the directory that follows the first (0: none). */
static inline GBytes *
tiff_block(gboolean big, const Ifd *ifds, guint n_ifds, guint chain)
{
    guint32 offset[8], at = 8;
    g_assert_true(n_ifds <= 8);
    for (guint i = 0; i < n_ifds; i++) {
        offset[i] = at;
        at += 2 + 12 * ifds[i].count + 4;
        for (guint j = 0; j < ifds[i].count; j++)
            if (ifds[i].entries[j].data && ifds[i].entries[j].length > 4)
                at += (ifds[i].entries[j].length + 1) & ~1u;
    }
    GByteArray *out = g_byte_array_new();
    g_byte_array_append(out, (const guint8 *)(big ? "MM\0*" : "II*\0"), 4);
    put(out, big, 8, 4);
    for (guint i = 0; i < n_ifds; i++) {
        put(out, big, ifds[i].count, 2);
        guint32 data = offset[i] + 2 + 12 * ifds[i].count + 4;
        for (guint j = 0; j < ifds[i].count; j++) {
            const Entry *entry = &ifds[i].entries[j];
            put(out, big, entry->tag, 2);
            put(out, big, entry->type, 2);
            put(out, big, entry->data ? entry->count : 1, 4);
            if (!entry->data) {
                put(out, big, offset[entry->length], 4);
            } else if (entry->length > 4) {
                put(out, big, data, 4);
                data += (entry->length + 1) & ~1u;
            } else {
                guint8 field[4] = {0};
                memcpy(field, entry->data, entry->length);
                g_byte_array_append(out, field, 4);
            }
        }
        put(out, big, i == 0 && chain ? offset[chain] : 0, 4);
        for (guint j = 0; j < ifds[i].count; j++) {
            const Entry *entry = &ifds[i].entries[j];
            if (!entry->data || entry->length <= 4)
                continue;
            g_byte_array_append(out, entry->data, entry->length);
            if (entry->length % 2)
                g_byte_array_append(out, (const guint8 *)"", 1);
        }
    }
    return g_byte_array_free_to_bytes(out);
}

/* 41° 8' 27.2" N, 17° 35' 48" E, in both orders of bytes. */
#define LATITUDE_LE "\x29\0\0\0\1\0\0\0\x08\0\0\0\1\0\0\0\x10\1\0\0\x0a\0\0\0"
#define LONGITUDE_LE "\x11\0\0\0\1\0\0\0\x23\0\0\0\1\0\0\0\x30\0\0\0\1\0\0\0"
#define LATITUDE_BE "\0\0\0\x29\0\0\0\1\0\0\0\x08\0\0\0\1\0\0\1\x10\0\0\0\x0a"
#define LONGITUDE_BE "\0\0\0\x11\0\0\0\1\0\0\0\x23\0\0\0\1\0\0\0\x30\0\0\0\1"

static inline GBytes *
gps_block(gboolean big)
{
    const Entry ifd0[] = {ASCII(0x010f, "Hostile"), POINTER(0x8825, 1)};
    const Entry gps[] = {
        BYTES(0x0000, 1, 4, "\2\3\0\0"),
        ASCII(0x0001, "N"),
        {0x0002, 5, 3, big ? LATITUDE_BE : LATITUDE_LE, 24},
        ASCII(0x0003, "E"),
        {0x0004, 5, 3, big ? LONGITUDE_BE : LONGITUDE_LE, 24},
    };
    const Ifd ifds[] = {IFD(ifd0), IFD(gps)};
    return tiff_block(big, ifds, 2, 0);
}

static inline void
put_dataset(GByteArray *out, guint8 record, guint8 number, const void *data, gsize length)
{
    const guint8 head[] = {0x1c, record, number, (guint8)(length >> 8), (guint8)length};
    g_byte_array_append(out, head, sizeof head);
    g_byte_array_append(out, data, (guint)length);
}

static inline void
put_resource(GByteArray *out, guint16 id, GBytes *value)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(value, &length);
    g_byte_array_append(out, (const guint8 *)"8BIM", 4);
    put(out, TRUE, id, 2);
    put(out, TRUE, 0, 2);
    put(out, TRUE, length, 4);
    g_byte_array_append(out, data, (guint)length);
    if (length % 2)
        g_byte_array_append(out, (const guint8 *)"", 1);
}

#define XMP_HEAD                                                                                             \
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta "                          \
    "xmlns:x=\"adobe:ns:meta/\">"                                                                            \
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "    \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:exif=\"http://ns.adobe.com/exif/1.0/\" "            \
    "xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\" "                                                \
    "xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\" "                                                     \
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpGImg=\"http://ns.adobe.com/xap/1.0/g/img/\" "       \
    "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" "                                                       \
    "xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\" "                                               \
    "xmlns:xmpNote=\"http://ns.adobe.com/xmp/note/\" "                                                       \
    "xmlns:crs=\"http://ns.adobe.com/camera-raw-settings/1.0/\" "                                            \
    "xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\" "                                    \
    "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" "                                     \
    "xmlns:mwg-rs=\"http://www.metadataworkinggroup.com/schemas/regions/\" "                                 \
    "xmlns:drone-dji=\"http://www.dji.com/drone-dji/1.0/\" xmlns:aux=\"http://ns.adobe.com/exif/1.0/aux/\" " \
    "xmlns:GCamera=\"http://ns.google.com/photos/1.0/camera/\" xmlns:my=\"http://example.com/mine/\" "

static inline char *
packet_text(const char *attributes, const char *inner)
{
    return g_strconcat(XMP_HEAD, attributes, ">", inner,
                       "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>", NULL);
}

static inline GBytes *
packet(const char *attributes, const char *inner)
{
    char *text = packet_text(attributes, inner);
    return g_bytes_new_take(text, strlen(text));
}

/* A container that nobody has parsed: format, size, and the parts that a test adds. */
static inline FgContainer *
bare_container(FgFormat format)
{
    FgContainer *container = g_new0(FgContainer, 1);
    container->format = format;
    container->file = g_bytes_new(NULL, 0);
    container->width = 4000;
    container->height = 3000;
    container->complete = TRUE;
    container->parts = g_ptr_array_new();
    container->faults = g_ptr_array_new();
    return container;
}

static inline FgPart *
add_part(FgContainer *container, FgPartKind kind, const char *name, GBytes *taken)
{
    FgPart *part = g_new0(FgPart, 1);
    part->kind = kind;
    part->where = g_strdup("here");
    part->name = g_strdup(name);
    part->bytes = taken;
    g_ptr_array_add(container->parts, part);
    return part;
}

static inline void
free_bare(FgContainer *container)
{
    for (guint i = 0; i < container->parts->len; i++) {
        FgPart *part = g_ptr_array_index(container->parts, i);
        g_free(part->where);
        g_free(part->name);
        g_bytes_unref(part->bytes);
        g_free(part);
    }
    g_ptr_array_unref(container->parts);
    g_ptr_array_unref(container->faults);
    g_bytes_unref(container->file);
    g_free(container);
}

/* Reads one block as the only part of a file. */
static inline FgMetadata *
read_block(FgFormat format, FgPartKind kind, GBytes *taken)
{
    FgContainer *container = bare_container(format);
    add_part(container, kind, NULL, taken);
    FgMetadata *metadata = fg_metadata_read(container);
    free_bare(container);
    return metadata;
}

static inline const FgFinding *
find(const FgMetadata *metadata, const char *id)
{
    for (guint i = 0; i < metadata->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(metadata->findings, i);
        if (strcmp(finding->id, id) == 0)
            return finding;
    }
    return NULL;
}

/* The value of the first personal datum of an id, "" when it has none, NULL when there is no such datum. */
static inline const char *
value_of(const FgMetadata *metadata, const char *id)
{
    for (guint i = 0; i < metadata->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(metadata->personal, i);
        if (strcmp(personal->id, id) == 0)
            return personal->value ? personal->value : "";
    }
    return NULL;
}

static inline const char *
where_of(const FgMetadata *metadata, const char *id)
{
    const FgFinding *finding = find(metadata, id);
    return finding ? finding->where : NULL;
}

static inline gboolean
has_personal(const FgMetadata *metadata, const char *where, const char *value)
{
    for (guint i = 0; i < metadata->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(metadata->personal, i);
        if (strcmp(personal->where, where) == 0 && g_strcmp0(personal->value, value) == 0)
            return TRUE;
    }
    return FALSE;
}

#endif

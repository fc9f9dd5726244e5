/* irb_read.c: Photoshop image resources: a signature, a number, a name, a length, data; each padded to even.
 */
#include "metadata/reading.h"

#include <string.h>

gboolean
fg_irb_next(FgCursor *at, FgIrbResource *resource, gboolean *sound)
{
    static const char *const signatures[] = {"8BIM", "MeSa", "PHUT", "AgHg", "DCSR"};
    while (fg_cursor_left(at) >= 8) {
        FgCursor start = *at;
        gboolean found = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(signatures) && !found; i++)
            found = fg_cursor_match(at, signatures[i], 4);
        if (!found) {
            guint8 byte;
            if (fg_cursor_u8(at, &byte) && byte != 0)
                *sound = FALSE;
            continue;
        }
        guint8 name;
        guint32 size;
        if (!fg_cursor_u16(at, &resource->id) || !fg_cursor_u8(at, &name) ||
            !fg_cursor_skip(at, name + (name % 2 == 0 ? 1u : 0u)) ||
            !fg_cursor_take(&start, at->offset - start.offset, &resource->head) ||
            !fg_cursor_u32(at, &size)) {
            *sound = FALSE;
            continue;
        }
        if (size > fg_cursor_left(at))
            *sound = FALSE;
        guint64 length = MIN(size, fg_cursor_left(at));
        fg_cursor_take(at, length, &resource->value);
        if (length % 2 == 1)
            fg_cursor_match(at, "", 1);
        return TRUE;
    }
    return FALSE;
}

/* 28 bytes of header, then a JPEG (0x040C) or raw pixels in the order of old versions (0x0409). */
static void
read_thumbnail(FgReading *reading, const FgIrbResource *resource, GBytes *bytes, const char *where)
{
    fg_reading_personal(reading, "preview.embedded", where, NULL);
    if (resource->value.length <= 28)
        return;
    g_autoptr(GBytes) picture = g_bytes_new_from_bytes(bytes, 28, resource->value.length - 28);
    fg_reading_inside(reading, picture, where);
}

static void
read_url(FgReading *reading, const FgIrbResource *resource)
{
    FgSaid *said = &reading->said[FG_SAYS_IPTC];
    if (!said->rights) {
        said->rights = fg_rights_new();
        said->facts = fg_facts_new();
    }
    if (resource->value.length > 0) {
        g_autofree char *url = fg_text_decode(resource->value.data, resource->value.length, NULL);
        char **address = &said->rights->web_statement;
        if (*address && strlen(*address) > FG_READING_ADDRESSES)
            return;
        g_autofree char *both = *address ? fg_text_joined(*address, url) : g_strdup(url);
        g_free(*address);
        *address = fg_text_trimmed(both);
    }
}

/* Print settings name printers, and through them people and offices. */
static void
read_printer(FgReading *reading, GBytes *bytes, const char *where)
{
    gsize length;
    const char *data = g_bytes_get_data(bytes, &length);
    static const char *const traces[] = {"com.apple.print", "P\0r\0i\0n\0t", "rinterName", "\0p\0r\0i\0n\0t"};
    static const gsize sizes[] = {15, 9, 10, 10};
    for (guint i = 0; i < G_N_ELEMENTS(traces); i++)
        if (data && memmem(data, length, traces[i], sizes[i])) {
            fg_reading_personal(reading, "personal.host", where, NULL);
            return;
        }
}

/* What the block states, which no finding has to name. FALSE when it is something else. */
static gboolean
read_statement(FgReading *reading, const FgIrbResource *resource, GBytes *bytes, const char *prefix)
{
    switch (resource->id) {
    case 0x0404:
        fg_iptc_read(reading, bytes, prefix);
        return TRUE;
    case 0x0425:
        if (resource->value.length == sizeof reading->stored_digest && !reading->has_digest) {
            memcpy(reading->stored_digest, resource->value.data, sizeof reading->stored_digest);
            reading->has_digest = TRUE;
        }
        return TRUE;
    case 0x040a:
        if (resource->value.length > 0)
            reading->irb_flag = MAX(reading->irb_flag, resource->value.data[0] != 0 ? 1 : 0);
        return TRUE;
    case 0x040b:
        read_url(reading, resource);
        return TRUE;
    default:
        return FALSE;
    }
}

static void
read_resource(FgReading *reading, const FgIrbResource *resource, GBytes *irb, const char *prefix)
{
    g_autoptr(GBytes) bytes = fg_cursor_slice(&resource->value, irb);
    if (read_statement(reading, resource, bytes, prefix))
        return;
    g_autofree char *where = g_strdup_printf("%sIRB/0x%04X", prefix, resource->id);
    g_autofree char *below = g_strconcat(where, "/", NULL);
    switch (resource->id) {
    case 0x0409:
    case 0x040c:
        read_thumbnail(reading, resource, bytes, where);
        break;
    case 0x0422:
    case 0x0423:
        if (resource->value.length > 0)
            fg_reading_copy(reading, fg_exif_read, bytes, below);
        break;
    case 0x0424:
        if (resource->value.length > 0)
            fg_reading_copy(reading, fg_xmp_read, bytes, below);
        break;
    case 0x03e9:
    case 0x03ea:
    case 0x043a:
    case 0x043b:
        read_printer(reading, bytes, where);
        break;
    default:
        if (resource->value.length >= 64)
            fg_scan(reading, bytes, where);
    }
}

void
fg_irb_read(FgReading *reading, GBytes *irb, const char *where)
{
    FgCursor at = fg_cursor_bytes(irb, FG_BIG_ENDIAN);
    FgIrbResource resource;
    gboolean sound = TRUE;
    while (fg_irb_next(&at, &resource, &sound))
        read_resource(reading, &resource, irb, where);
    if (!sound) {
        g_autofree char *block = g_strconcat(where, "block", NULL);
        fg_reading_note(reading, "structure.malformed", block,
                        "The Photoshop block has resources of wrong lengths.");
    }
}

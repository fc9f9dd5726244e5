/* irb_read.c: what Photoshop image resources state and tell. */
#include "metadata/reading.h"

#include <string.h>

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
    case FG_IRB_IIM:
        fg_iptc_read(reading, bytes, prefix);
        return TRUE;
    case FG_IRB_DIGEST:
        if (resource->value.length == sizeof reading->stored_digest && !reading->has_digest) {
            memcpy(reading->stored_digest, resource->value.data, sizeof reading->stored_digest);
            reading->has_digest = TRUE;
        }
        return TRUE;
    case FG_IRB_FLAG:
        if (resource->value.length > 0)
            reading->irb_flag = MAX(reading->irb_flag, resource->value.data[0] != 0 ? 1 : 0);
        return TRUE;
    case FG_IRB_URL:
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
            fg_reading_copy(reading, FG_BLOCK_EXIF, bytes, below);
        break;
    case 0x0424:
        if (resource->value.length > 0)
            fg_reading_copy(reading, FG_BLOCK_XMP, bytes, below);
        break;
    case 0x03e9:
    case 0x03ea:
    case 0x043a:
    case 0x043b:
        read_printer(reading, bytes, where);
        break;
    default:
        if (resource->value.length >= 64)
            fg_reading_scan(reading, bytes, where);
    }
}

void
fg_irb_read(FgReading *reading, GBytes *irb, const char *where)
{
    FgWalk walk = fg_walk(irb);
    FgIrbResource resource;
    while (fg_irb_next(&walk, &resource))
        read_resource(reading, &resource, irb, where);
    if (!fg_is_sound(&walk.flaws)) {
        g_autofree char *block = g_strconcat(where, "block", NULL);
        fg_reading_note(reading, "structure.malformed", block,
                        "The Photoshop block has resources of wrong lengths.");
    }
}

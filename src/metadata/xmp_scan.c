/* xmp_scan.c: what a packet gives away where it can't be read, and behind its end. */
#include "metadata/reading.h"
#include "metadata/xmp_walk.h"

#include <string.h>

/* Properties whose names give them away, in a text or in the bytes that it was made of. */
static void
scan_names(FgReading *reading, const char *text, const void *data, gsize size, const char *where)
{
    static const char *const names[][2] = {
        {"GPSLatitude", "location.gps"},       {"GPSLongitude", "location.gps"},
        {"GpsLatitude", "location.gps"},       {"photoshop:City", "location.text"},
        {"LocationCreated", "location.text"},  {"LocationShown", "location.text"},
        {"SerialNumber", "serial.body"},       {"OwnerName", "personal.owner"},
        {"PersonInImage", "personal.person"},  {"mwg-rs:", "personal.face"},
        {"xmpGImg:image", "preview.embedded"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strstr(text, names[i][0]) || memmem(data, size, names[i][0], strlen(names[i][0]))) {
            g_autofree char *place = g_strconcat(where, names[i][0], NULL);
            fg_reading_personal(reading, names[i][1], place, NULL);
        }
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    fg_reading_text(reading, whole, text);
}

/* A packet that no parser can read. */
void
fg_xmp_scan(FgReading *reading, GBytes *packet, const char *where)
{
    gsize length, size;
    gboolean sound;
    const void *data = g_bytes_get_data(packet, &size);
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (text) {
        scan_names(reading, text, data, size, where);
        return;
    }
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    fg_reading_scan(reading, packet, whole);
}

/* Bytes behind the packet's end state nothing, but they may leak. */
void
fg_xmp_read_rest(FgReading *reading, const char *rest, const char *where)
{
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    fg_reading_note(reading, "xmp.malformed", whole, "There are bytes behind the end of the XMP packet.");
    scan_names(reading, rest, rest, strlen(rest), where);
    g_autoptr(GBytes) bytes = g_bytes_new(rest, strlen(rest));
    fg_reading_scan(reading, bytes, whole);
}

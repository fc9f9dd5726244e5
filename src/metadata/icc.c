/* icc.c: what a colour profile tells of a device or a person (ICC.1:2022 §7.2, §9; Apple's mmod, vcgt, ndin).
 */
#include "metadata/reading.h"

#include <string.h>

/* Tags that only calibration of one's own device makes; mmod holds the serial number of a monitor. */
static gboolean
is_device_tag(const guint8 *tag)
{
    static const char *const tags[] = {"mmod", "vcgt", "ndin", "meta", "MSRM"};
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++)
        if (memcmp(tag, tags[i], 4) == 0)
            return TRUE;
    return FALSE;
}

static const char *
device_trace(GBytes *profile)
{
    FgCursor at = fg_cursor_bytes(profile, FG_BIG_ENDIAN);
    guint32 count;
    if (!fg_cursor_seek(&at, 128) || !fg_cursor_u32(&at, &count))
        return NULL;
    for (guint32 i = 0; i < MIN(count, 256); i++) {
        FgCursor row;
        if (!fg_cursor_take(&at, 12, &row))
            break;
        if (is_device_tag(row.data))
            return "The colour profile was made on one device and holds its calibration.";
    }
    gsize length;
    const char *data = g_bytes_get_data(profile, &length);
    /* "Color LCD - Marie's iMac": a name with an owner in it, in eight bits or sixteen. */
    static const char apostrophe[] = "\0'\0s\0 ";
    if (memmem(data, length, "'s ", 3) || memmem(data, length, apostrophe, sizeof apostrophe - 1))
        return "The colour profile names a device and its owner.";
    return NULL;
}

void
fg_icc_read(FgReading *reading, GBytes *profile, guint32 width, guint32 height, const char *where)
{
    gsize length = g_bytes_get_size(profile);
    const char *trace = device_trace(profile);
    if (trace)
        fg_reading_note(reading, "icc.device", where, "%s", trace);
    if (length > 4096 && MAX(width, height) > 0 && MAX(width, height) <= 640)
        fg_reading_tell(reading, "icc.large", where);
}

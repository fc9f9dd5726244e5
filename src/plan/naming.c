/* naming.c: what files are called, and what a photo is called by the keyed variations. */
#include <string.h>

#include "plan/plan_private.h"

char *
fg_plan_output_name(const char *pattern, const char *stem, const char *name, const FgSize *size,
                    FgFormat format)
{
    const FgFields fields = {.stem = stem,
                             .name = name,
                             .width = size->width,
                             .height = size->height,
                             .ext = fg_format_extension(format)};
    return fg_fields_expand(pattern, &fields);
}

/* The manifest, which names it, and a web address are UTF-8: a byte that is none becomes "_FE", so that names
 * that differ in such bytes alone still differ. */
static char *
in_utf8(const char *path)
{
    GString *text = g_string_new(NULL);
    const char *bad;
    while (!g_utf8_validate(path, -1, &bad)) {
        g_string_append_len(text, path, bad - path);
        g_string_append_printf(text, "_%02X", (guint8)*bad);
        path = bad + 1;
    }
    g_string_append(text, path);
    return g_string_free(text, FALSE);
}

char *
fg_plan_output_path(const char *source, const char *name)
{
    const char *slash = strrchr(source, '/');
    g_autofree char *folder = slash ? g_strndup(source, (gsize)(slash + 1 - source)) : g_strdup("");
    g_autofree char *path = g_strconcat(folder, name, NULL);
    return in_utf8(path);
}

GBytes *
fg_plan_id(const FgPhoto *photo)
{
    g_autofree char *stem = fg_photo_stem(photo->source);
    g_autofree char *nfc = fg_text_nfc(stem);
    const char *date = photo->facts ? photo->facts->date : "";
    g_autoptr(GString) id = g_string_new(nfc);
    g_string_append_c(id, '\0');
    /* A year or a day alone is no time; what is known to the second tells two photos of one name apart. */
    if (strlen(date) == strlen("2026-05-01T12:00:00"))
        g_string_append(id, date);
    return g_bytes_new(id->str, id->len);
}

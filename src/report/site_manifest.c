/* site_manifest.c: the manifest as the pages read it. It may have been edited by anyone, and what it says
 * goes into HTML, URLs and paths, so an entry that filigrane can't have written is an error that names it,
 * not a line of a page. */
#include "report/report_private.h"

#include <string.h>

enum { MAJOR = 1, EDGE_MAX = 1 << 20 };
#define MANIFEST_CEILING ((guint64)1 << 30)

static gboolean
leads_below(const char *path)
{
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    for (guint i = 0; steps[i]; i++)
        if (!*steps[i] || g_str_equal(steps[i], ".") || g_str_equal(steps[i], ".."))
            return FALSE;
    return steps[0] != NULL;
}

static gboolean
read_size(const FgJson *object, int *width, int *height)
{
    gint64 w = fg_json_get_integer(object, "width", 0), h = fg_json_get_integer(object, "height", 0);
    *width = (int)CLAMP(w, 0, EDGE_MAX);
    *height = (int)CLAMP(h, 0, EDGE_MAX);
    return w >= 1 && w <= EDGE_MAX && h >= 1 && h <= EDGE_MAX;
}

static gboolean
read_file(const FgJson *entry, FgPublishedFile *file)
{
    const char *format = fg_json_get_string(entry, "format");
    gint64 bytes = fg_json_get_integer(entry, "bytes", -1);
    file->name = fg_json_get_string(entry, "name");
    file->path = fg_json_get_string(entry, "path");
    file->sha256 = fg_json_get_string(entry, "sha256");
    file->format = format ? fg_format_from_name(format) : FG_FORMAT_UNKNOWN;
    file->bytes = (guint64)MAX(bytes, 0);
    file->marks = fg_json_get(entry, "marks");
    return file->name && file->path && leads_below(file->path) && file->sha256 && bytes >= 0 &&
           file->format != FG_FORMAT_UNKNOWN && read_size(entry, &file->width, &file->height);
}

static const char *
colour_of(const FgJson *entry)
{
    const char *colour = fg_json_get_string(entry, "colour");
    if (!colour || *colour != '#' || strlen(colour) != 7 || strspn(colour + 1, "0123456789abcdefABCDEF") != 6)
        return NULL;
    return colour;
}

static const char *
placeholder_of(const FgJson *entry)
{
    static const char *const starts[] = {"data:image/webp;base64,", "data:image/png;base64,",
                                         "data:image/jpeg;base64,"};
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    const char *uri = fg_json_get_string(entry, "placeholder");
    for (guint i = 0; uri && i < G_N_ELEMENTS(starts); i++)
        if (g_str_has_prefix(uri, starts[i])) {
            const char *data = uri + strlen(starts[i]);
            return *data && strspn(data, base64) == strlen(data) ? uri : NULL;
        }
    return NULL;
}

static void
photo_free(gpointer data)
{
    FgPublishedPhoto *photo = data;
    g_free((gpointer)photo->files);
    g_free(photo);
}

/* A JPEG XL from which the JPEG beside it can be had back is for archives: no page shows it. */
static gboolean
is_twin(const FgJson *entry)
{
    return fg_json_get_boolean(entry, "twin", FALSE);
}

static gboolean
read_files(const FgJson *list, FgPublishedPhoto *photo)
{
    photo->n_files = (guint)fg_json_length(list);
    if (!fg_json_is_array(list) || photo->n_files == 0)
        return FALSE;
    const guint listed = photo->n_files;
    FgPublishedFile *files = g_new0(FgPublishedFile, listed);
    photo->files = files;
    photo->n_files = 0;
    for (guint i = 0; i < listed; i++) {
        FgPublishedFile *file = &files[photo->n_files];
        if (!read_file(fg_json_at(list, i), file))
            return FALSE;
        photo->n_files += is_twin(fg_json_at(list, i)) ? 0 : 1;
    }
    return photo->n_files > 0;
}

static gboolean
read_photo(const FgJson *entry, FgPublishedPhoto *photo)
{
    photo->source = fg_json_get_string(entry, "source");
    photo->sha256 = fg_json_get_string(entry, "sha256");
    photo->notice = fg_json_get_string(entry, "notice");
    photo->title = fg_json_get_string(entry, "title");
    photo->caption = fg_json_get_string(entry, "caption");
    photo->alt = fg_json_get_string(entry, "alt");
    photo->date = fg_json_get_string(entry, "date");
    photo->colour = colour_of(entry);
    photo->placeholder = placeholder_of(entry);
    photo->removed = fg_json_get(entry, "removed");
    photo->hdr = fg_hdr_name(fg_hdr_from_name(fg_json_get_string(entry, "hdr")));
    return photo->source && leads_below(photo->source) && photo->sha256 &&
           read_size(entry, &photo->width, &photo->height) &&
           read_files(fg_json_get(entry, "derivatives"), photo);
}

static gboolean
read_photos(FgPublished *published, GError **error)
{
    const FgJson *list = fg_json_get(published->document, "photos");
    published->photos = g_ptr_array_new_with_free_func(photo_free);
    for (gsize i = 0; i < fg_json_length(list); i++) {
        const FgJson *entry = fg_json_at(list, i);
        FgPublishedPhoto *photo = g_new0(FgPublishedPhoto, 1);
        g_ptr_array_add(published->photos, photo);
        if (read_photo(entry, photo))
            continue;
        const char *source = fg_json_get_string(entry, "source");
        g_autofree char *name = source ? fg_text_printable(source) : g_strdup("no source");
        return fg_throw(error, FG_ERROR_MANIFEST, "entry %zu (%s) is none that filigrane writes", i + 1,
                        name);
    }
    return TRUE;
}

static gboolean
read_document(FgPublished *published, GBytes *bytes, GError **error)
{
    gsize length;
    const void *text = g_bytes_get_data(bytes, &length);
    published->document = fg_json_parse(text, length, error);
    if (!published->document)
        return FALSE;
    gint64 major = fg_json_get_integer(published->document, "filigrane", 0);
    if (major < 1 || !fg_json_is_array(fg_json_get(published->document, "photos")))
        return fg_throw(error, FG_ERROR_MANIFEST, "this is no manifest of filigrane");
    if (major != MAJOR)
        return fg_throw(error, FG_ERROR_MANIFEST,
                        "version %" G_GINT64_FORMAT " of the manifest is not known here, only %d", major,
                        MAJOR);
    const char *profile = fg_json_get_string(published->document, "profile");
    published->profile = profile ? profile : "";
    published->rights = fg_json_get(published->document, "rights");
    published->failed = fg_json_get(published->document, "failed");
    return read_photos(published, error);
}

FgPublished *
fg_published_read(const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, "filigrane.json", NULL);
    g_autofree char *shown = fg_text_printable(path);
    g_autoptr(GError) fault = NULL;
    g_autoptr(GBytes) bytes = fg_file_read(path, MANIFEST_CEILING, &fault);
    if (!bytes)
        return fg_throw_null(error, FG_ERROR_PATH, "%s: %s; is this a folder that publish filled?", shown,
                             fault->message);
    g_autoptr(FgPublished) published = g_new0(FgPublished, 1);
    if (!read_document(published, bytes, error))
        return g_prefix_error(error, "%s: ", shown), NULL;
    return g_steal_pointer(&published);
}

void
fg_published_free(FgPublished *published)
{
    if (!published)
        return;
    g_clear_pointer(&published->photos, g_ptr_array_unref);
    fg_json_free(published->document);
    g_free(published);
}

gboolean
fg_published_is_whole(const FgPublishedPhoto *photo, const FgPublishedFile *file)
{
    /* A derivative's sides are rounded, so its shape may be off by less than a pixel on either. */
    gint64 across = ABS((gint64)file->width * photo->height - (gint64)file->height * photo->width);
    return across <= MAX(photo->width, photo->height);
}

const char *
fg_published_alt(const FgPublishedPhoto *photo)
{
    const char *const texts[] = {photo->alt, photo->caption, photo->title};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i] && *texts[i])
            return texts[i];
    return "";
}

FgMining
fg_published_mining(const FgPublished *published)
{
    const char *uri = fg_json_get_string(published->rights, "data_mining");
    const char *slash = uri ? strrchr(uri, '/') : NULL;
    if (!slash)
        return FG_MINING_UNSAID;
    if (g_str_equal(slash + 1, "DMI-ALLOWED"))
        return FG_MINING_ALLOWED;
    return g_str_has_prefix(slash + 1, "DMI-PROHIBITED") ? FG_MINING_RESERVED : FG_MINING_UNSAID;
}

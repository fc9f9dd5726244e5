/* site_pictures.c: a <picture> for each photo. */
#include "report/report_private.h"

/* The files of one format that a browser may choose from: of one shape, each width once, narrow to wide. */
static GPtrArray *
candidates(const FgPublishedPhoto *photo, const FgPublishedFile *shape, FgFormat format)
{
    const FgPublishedPhoto like = {.width = shape->width, .height = shape->height};
    GPtrArray *files = g_ptr_array_new();
    for (guint i = 0; i < photo->n_files; i++) {
        const FgPublishedFile *file = &photo->files[i];
        if (file->format != format ||
            !(fg_published_is_whole(photo, shape) ? fg_published_is_whole(photo, file)
                                                  : fg_published_is_whole(&like, file)))
            continue;
        guint at = 0;
        while (at < files->len && ((FgPublishedFile *)files->pdata[at])->width < file->width)
            at++;
        if (at == files->len || ((FgPublishedFile *)files->pdata[at])->width != file->width)
            g_ptr_array_insert(files, (gint)at, (gpointer)file);
    }
    return files;
}

/* The largest file of the photo's own shape, or of any when all are crops. */
static const FgPublishedFile *
leading_shape(const FgPublishedPhoto *photo)
{
    const FgPublishedFile *best = &photo->files[0];
    for (guint i = 1; i < photo->n_files; i++) {
        const FgPublishedFile *file = &photo->files[i];
        gboolean whole = fg_published_is_whole(photo, file), had = fg_published_is_whole(photo, best);
        if (whole != had ? whole : (gint64)file->width * file->height > (gint64)best->width * best->height)
            best = file;
    }
    return best;
}

static void
append_srcset(GString *html, const GPtrArray *files, const FgSiteBase *base)
{
    g_string_append(html, " srcset=\"");
    for (guint i = 0; i < files->len; i++) {
        const FgPublishedFile *file = files->pdata[i];
        g_autofree char *path = fg_url_path(file->path);
        g_autofree char *url = g_strconcat(base->url, path, NULL);
        g_string_append(html, i > 0 ? ", " : "");
        fg_html_append(html, url);
        g_string_append_printf(html, " %dw", file->width);
    }
    const FgPublishedFile *widest = files->pdata[files->len - 1];
    g_string_append_printf(html, "\" sizes=\"(min-width: %dpx) %dpx, 100vw\"", widest->width, widest->width);
}

static void
append_background(GString *html, const FgPublishedPhoto *photo)
{
    if (!photo->colour && !photo->placeholder)
        return;
    g_string_append(html, " style=\"background:");
    if (photo->colour)
        g_string_append_printf(html, " %s", photo->colour);
    if (photo->placeholder)
        g_string_append_printf(html, " url(%s) center / cover no-repeat", photo->placeholder);
    g_string_append_c(html, '"');
}

/* What browsers take that know neither AVIF nor WebP, and programs that look at `src` alone. */
static void
append_img(GString *html, const FgPublishedPhoto *photo, const GPtrArray *files, const FgSiteBase *base)
{
    const FgPublishedFile *widest = files->pdata[files->len - 1];
    g_autofree char *path = fg_url_path(widest->path);
    g_autofree char *url = g_strconcat(base->url, path, NULL);
    g_string_append(html, "  <img");
    fg_html_attribute(html, "src", url);
    append_srcset(html, files, base);
    g_string_append_printf(html, " width=\"%d\" height=\"%d\"", widest->width, widest->height);
    fg_html_attribute(html, "alt", fg_published_alt(photo));
    g_string_append(html, " loading=\"lazy\" decoding=\"async\"");
    append_background(html, photo);
    g_string_append(html, ">\n");
}

static void
append_picture(GString *html, const FgPublishedPhoto *photo, const FgSiteBase *base)
{
    /* The best that a browser knows comes first. A PNG is the fallback only where there is no JPEG. */
    static const struct {
        FgFormat format;
        const char *type;
    } sources[] = {{FG_FORMAT_AVIF, "image/avif"}, {FG_FORMAT_WEBP, "image/webp"}};
    static const FgFormat fallbacks[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    const FgPublishedFile *shape = leading_shape(photo);
    FgFormat fallback = shape->format;
    for (guint i = G_N_ELEMENTS(fallbacks); i-- > 0;) {
        g_autoptr(GPtrArray) files = candidates(photo, shape, fallbacks[i]);
        if (files->len > 0)
            fallback = fallbacks[i];
    }
    g_string_append(html, "<picture");
    fg_html_attribute(html, "data-source", photo->source);
    g_string_append(html, ">\n");
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_autoptr(GPtrArray) files = candidates(photo, shape, sources[i].format);
        if (files->len == 0 || sources[i].format == fallback)
            continue;
        g_string_append_printf(html, "  <source type=\"%s\"", sources[i].type);
        append_srcset(html, files, base);
        g_string_append(html, ">\n");
    }
    g_autoptr(GPtrArray) files = candidates(photo, shape, fallback);
    append_img(html, photo, files, base);
    g_string_append(html, "</picture>\n");
}

static void
append_reservation(GString *html, const FgPublished *published)
{
    FgMining mining = fg_published_mining(published);
    if (mining == FG_MINING_UNSAID)
        return;
    g_string_append_printf(html, "<meta name=\"tdm-reservation\" content=\"%d\">\n",
                           mining == FG_MINING_RESERVED);
    g_autofree char *policy = fg_url_safe(fg_json_get_string(published->rights, "tdm_policy"));
    if (mining != FG_MINING_RESERVED || !policy)
        return;
    g_string_append(html, "<meta name=\"tdm-policy\"");
    fg_html_attribute(html, "content", policy);
    g_string_append(html, ">\n");
}

char *
fg_site_pictures(const FgPublished *published, const FgSiteBase *base)
{
    GString *html = g_string_new("<!doctype html>\n<meta charset=\"utf-8\">\n"
                                 "<meta name=\"viewport\" content=\"width=device-width\">\n"
                                 "<title>Pictures</title>\n");
    append_reservation(html, published);
    g_string_append(html, "<style>img { max-width: 100%; height: auto }</style>\n");
    for (guint i = 0; i < published->photos->len; i++)
        append_picture(html, published->photos->pdata[i], base);
    return g_string_free(html, FALSE);
}

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

/* The format that <img> shows: a PNG only where there is no JPEG. */
static FgFormat
fallback_of(const FgPublishedPhoto *photo, const FgPublishedFile *shape)
{
    FgFormat best = shape->format;
    guint8 least = G_MAXUINT8;
    for (guint format = 0; format < FG_N_FORMATS; format++) {
        const guint8 rank = fg_format_traits((FgFormat)format)->fallback;
        if (rank == 0 || rank >= least)
            continue;
        g_autoptr(GPtrArray) files = candidates(photo, shape, (FgFormat)format);
        if (files->len > 0) {
            best = (FgFormat)format;
            least = rank;
        }
    }
    return best;
}

/* One of the formats that a browser chooses from. */
static void
append_source(GString *html, const FgPublishedPhoto *photo, const FgPublishedFile *shape, FgFormat format,
              const FgSiteBase *base)
{
    g_autoptr(GPtrArray) files = candidates(photo, shape, format);
    if (files->len == 0)
        return;
    g_string_append_printf(html, "  <source type=\"%s\"", fg_format_traits(format)->mime);
    append_srcset(html, files, base);
    g_string_append(html, ">\n");
}

static void
append_picture(GString *html, const FgPublishedPhoto *photo, const FgSiteBase *base)
{
    const FgPublishedFile *shape = leading_shape(photo);
    const FgFormat fallback = fallback_of(photo, shape);
    g_string_append(html, "<picture");
    fg_html_attribute(html, "data-source", photo->source);
    g_string_append(html, ">\n");
    /* The best that a browser knows comes first. */
    for (guint rank = 1; rank < FG_N_FORMATS; rank++)
        for (guint format = 0; format < FG_N_FORMATS; format++)
            if (fg_format_traits((FgFormat)format)->source == rank && (FgFormat)format != fallback)
                append_source(html, photo, shape, (FgFormat)format, base);
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

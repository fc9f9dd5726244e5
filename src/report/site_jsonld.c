/* site_jsonld.c: schema.org ImageObjects as Google Images asks for them (docs/spec/metadata.md §1.6): one for
 * each URL. */
#include "report/report_private.h"

static void
set_text(FgJson *object, const char *key, const char *text)
{
    if (text && *text)
        fg_json_set(object, key, fg_json_string(text));
}

static void
set_url(FgJson *object, const char *key, const char *text)
{
    g_autofree char *url = fg_url_safe(text);
    set_text(object, key, url);
}

static FgJson *
person(const char *name)
{
    FgJson *object = fg_json_object();
    fg_json_set(object, "@type", fg_json_string("Person"));
    fg_json_set(object, "name", fg_json_string(name));
    return object;
}

static void
set_creator(FgJson *object, const FgJson *rights)
{
    const FgJson *names = fg_json_get(rights, "creator");
    g_autoptr(FgJson) people = fg_json_array();
    for (gsize i = 0; fg_json_is_array(names) && i < fg_json_length(names); i++) {
        const char *name = fg_json_string_value(fg_json_at(names, i));
        if (name && *name)
            fg_json_add(people, person(name));
    }
    if (fg_json_length(people) > 0)
        fg_json_set(object, "creator",
                    fg_json_ref(fg_json_length(people) == 1 ? fg_json_at(people, 0) : people));
}

/* The first licensor that has a page. */
static const char *
licence_page(const FgJson *rights)
{
    const FgJson *list = fg_json_get(rights, "licensor");
    for (gsize i = 0; fg_json_is_array(list) && i < fg_json_length(list); i++) {
        const char *url = fg_json_get_string(fg_json_at(list, i), "url");
        if (url)
            return url;
    }
    return NULL;
}

static FgJson *
image_object(const FgPublished *published, const FgPublishedPhoto *photo, const FgPublishedFile *file,
             const FgSiteBase *base)
{
    g_autofree char *path = fg_url_path(file->path);
    g_autofree char *url = g_strconcat(base->url, path, NULL);
    g_autofree char *type = g_strconcat("image/", fg_format_name(file->format), NULL);
    FgJson *object = fg_json_object();
    fg_json_set(object, "@context", fg_json_string("https://schema.org/"));
    fg_json_set(object, "@type", fg_json_string("ImageObject"));
    fg_json_set(object, "contentUrl", fg_json_string(url));
    set_url(object, "license", fg_json_get_string(published->rights, "web_statement"));
    set_url(object, "acquireLicensePage", licence_page(published->rights));
    set_text(object, "creditText", fg_json_get_string(published->rights, "credit"));
    set_creator(object, published->rights);
    set_text(object, "copyrightNotice", photo->notice);
    set_text(object, "name", photo->title);
    set_text(object, "caption", photo->caption);
    fg_json_set(object, "encodingFormat", fg_json_string(type));
    fg_json_set(object, "width", fg_json_integer(file->width));
    fg_json_set(object, "height", fg_json_integer(file->height));
    return object;
}

char *
fg_site_jsonld(const FgPublished *published, const FgSiteBase *base)
{
    g_autoptr(FgJson) objects = fg_json_array();
    for (guint i = 0; i < published->photos->len; i++) {
        const FgPublishedPhoto *photo = published->photos->pdata[i];
        for (guint j = 0; j < photo->n_files; j++)
            fg_json_add(objects, image_object(published, photo, &photo->files[j], base));
    }
    return fg_json_for_script(objects);
}

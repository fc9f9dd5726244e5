/* report_private.h: what the pages for a site and for a proof share: the manifest as they read it, and text
 * escaped for where it stands. */
#ifndef FG_REPORT_PRIVATE_H
#define FG_REPORT_PRIVATE_H

#include "base/base.h"
#include "container/container.h"
#include "filigrane/report.h"

/* ---- site_manifest.c ---- */

/* All text is borrowed from the document. */
typedef struct {
    const char *name, *path, *sha256; /* never NULL; `path` leads below the folder and nowhere else */
    FgFormat format;
    int width, height; /* at least 1 */
    guint64 bytes;
    const FgJson *marks; /* an array of names */
} FgPublishedFile;

typedef struct {
    const char *source, *sha256;                       /* never NULL */
    const char *notice, *title, *caption, *alt, *date; /* NULL when not known */
    const char *colour;                                /* "#6b7a8c", or NULL */
    const char *placeholder;      /* a data: URI with nothing but base64 in it, or NULL */
    int width, height;            /* at least 1 */
    const FgJson *removed;        /* an array of finding ids */
    const FgPublishedFile *files; /* n_files of them, at least 1 */
    guint n_files;
} FgPublishedPhoto;

typedef struct {
    FgJson *document;
    const char *profile;  /* never NULL */
    const FgJson *rights; /* an object */
    const FgJson *failed; /* an array of objects */
    GPtrArray *photos;    /* of FgPublishedPhoto */
} FgPublished;

/* Reads DIR/filigrane.json and holds each entry against what the format promises. FG_ERROR_PATH when it can't
 * be read, FG_ERROR_MANIFEST when it is none, or of an unknown major version. */
FgPublished *fg_published_read(const char *dir, GError **error);
void fg_published_free(FgPublished *published);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgPublished, fg_published_free)

/* Whether a file shows the whole photo, in its own shape, and not a crop of another one. */
gboolean fg_published_is_whole(const FgPublishedPhoto *photo, const FgPublishedFile *file);

/* What someone who does not see the photo should be told: alt text, else caption, else title, else "". */
const char *fg_published_alt(const FgPublishedPhoto *photo);

/* What the rights say of text and data mining (METADATA.md section 5). A reservation of a part (AI training)
 * counts as one: the channels of a site have no word for a part, and silence would be read as consent. */
typedef enum { FG_MINING_UNSAID, FG_MINING_ALLOWED, FG_MINING_RESERVED } FgMining;
FgMining fg_published_mining(const FgPublished *published);

/* ---- site_escape.c: the caller frees what is returned ---- */

/* Appends text for the content of an element or an attribute's value in double quotes. Control characters,
 * which HTML can't hold, go. */
void fg_html_append(GString *html, const char *text);

/* ` name="value"`; nothing for a NULL value. */
void fg_html_attribute(GString *html, const char *name, const char *value);

/* A path of bytes, percent-encoded but for its slashes. */
char *fg_url_path(const char *path);

/* An absolute http or https URL with every byte encoded that has a meaning in a configuration file, or NULL
 * when the text is none. */
char *fg_url_safe(const char *text);

/* JSON that can stand in a <script> element. */
char *fg_json_for_script(const FgJson *value);

/* A regular expression that matches these bytes, for PCRE (nginx, Apache) and RE2 (Caddy) alike; it has no
 * quote, blank or brace. */
char *fg_regex_literal(const char *text);

/* ---- site_base.c ---- */

/* Where the pictures will be. */
typedef struct {
    char *url;    /* "https://example.org/photos/" */
    char *origin; /* "https://example.org" */
    char *path;   /* "/photos/", percent-encoded */
    char *plain;  /* the same decoded, as a server compares it */
} FgSiteBase;

/* FG_ERROR_USAGE when the text is no absolute http or https URL of a folder. */
gboolean fg_site_base_parse(const char *text, FgSiteBase *base, GError **error);
void fg_site_base_clear(FgSiteBase *base);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgSiteBase, fg_site_base_clear)

/* ---- The files of a site; the caller frees. ---- */

char *fg_site_pictures(const FgPublished *published, const FgSiteBase *base);
char *fg_site_jsonld(const FgPublished *published, const FgSiteBase *base);
char *fg_site_tdmrep(const FgPublished *published, const FgSiteBase *base);
char *fg_site_robots(const FgPublished *published, const FgSiteBase *base);

/* How each robots.txt of ours begins, so that no other is written over. */
#define FG_ROBOTS_OPENING "# filigrane: "
char *fg_site_nginx(const FgPublished *published, const FgSiteBase *base);
char *fg_site_apache(const FgPublished *published, const FgSiteBase *base);
char *fg_site_caddy(const FgPublished *published, const FgSiteBase *base);
char *fg_site_headers(const FgPublished *published, const FgSiteBase *base);

#endif

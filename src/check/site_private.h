/* site_private.h: what the files that look at a site's pages share. */
#ifndef FG_SITE_PRIVATE_H
#define FG_SITE_PRIVATE_H

#include "base/base.h"

/* How sure a page is that what it names is a picture. */
typedef enum {
    FG_NAMED_PICTURE, /* <img src>, srcset, poster: it can be nothing else */
    FG_NAMED_FILE,    /* CSS url(), JSON-LD, <source src>: its ending decides */
} FgNamed;

/* Is told of each address in the order of the page; `address` is as a browser reads it, entities resolved. */
typedef void (*FgSiteListener)(const char *address, FgNamed named, guint line, gpointer data);

/* ---- site_html.c: a scanner that takes any bytes for HTML, as browsers do ---- */

/* Every address of a picture in src, srcset, poster, <style>, style attributes and JSON-LD. *base (may be
 * NULL) is set to the href of the first <base>, else NULL; the caller frees it. */
void fg_site_scan_html(GBytes *page, FgSiteListener listener, gpointer data, char **base);

/* ---- site_values.c ---- */

/* Every url() of a style sheet, or of a part of one whose first line is `line`. */
void fg_site_scan_css(const char *css, gsize length, guint line, FgSiteListener listener, gpointer data);

/* Every address of a srcset attribute (HTML, images in srcset attributes). */
void fg_site_scan_srcset(const char *srcset, guint line, FgSiteListener listener, gpointer data);

/* Every text of a JSON-LD block that could be the address of a file. */
void fg_site_scan_json(const char *json, gsize length, guint line, FgSiteListener listener, gpointer data);

/* ---- site_address.c ---- */

/* Whether an address ends as the files of pictures do. */
gboolean fg_site_is_picture(const char *address);

/* The path below the site's folder that an address leads to, from a page at `page` (below the folder too)
 * with a <base> or NULL, when the folder is served at `base_url` (NULL: at the root of an unknown host). NULL
 * when it leads to another site, to no file, or to what no file can be called. The caller frees. */
char *fg_site_path(const char *address, const char *page, const char *base, const char *base_url);

/* Whether an address of the page's is one of another host. */
gboolean fg_site_is_elsewhere(const char *address, const char *base, const char *base_url);

/* An absolute http or https address with a host. */
gboolean fg_site_is_web(const char *base_url);

#endif

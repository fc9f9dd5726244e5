/* report_private.h: what the pages for a site and for a proof share: the manifest as they read it, and text
 * escaped for where it stands. */
#ifndef FG_REPORT_PRIVATE_H
#define FG_REPORT_PRIVATE_H

#include "base/base.h"
#include "container/container.h"
#include "filigrane/report.h"

/* What the kernel offers against hostile photos, in the user's language (publish_text.c). The caller frees.
 */
char *fg_report_protection(void);

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
    const char *hdr;                                   /* "gain-map", "pq", "hlg", or NULL */
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

/* What the rights say of text and data mining (docs/spec/metadata.md §5). A reservation of a part (AI
 * training) counts as one: the channels of a site have no word for a part, and silence would be read as
 * consent. */
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

/* ---- A proof ---- */

/* What a page shows of a photo beside its entry; both may be missing. */
typedef struct {
    const FgPublishedFile *file; /* the derivative that is shown */
    GBytes *picture;             /* its bytes */
    GBytes *before;              /* a WebP of the photo without marks */
} FgProofPhoto;

typedef struct {
    FgPublished *published;
    FgProofPhoto *photos; /* one for each of published->photos */
    GPtrArray *notes;     /* of char *: what could not be shown, and why */
    gboolean compared;    /* the page shows originals */
} FgProof;

/* Chooses a derivative of each photo and reads it, and holds it against the manifest's digest
 * (proof_pictures.c). */
void fg_proof_read_pictures(FgProof *proof, const char *dir);

/* Makes the pictures without marks from a folder of originals (proof_before.c), in sandboxed processes. */
gboolean fg_proof_make_befores(FgProof *proof, const char *originals, const gint *interrupted,
                               GError **error);

/* The page (proof_page.c); the caller frees. */
char *fg_proof_page(const FgProof *proof);

/* Parts of it (proof_photo.c, proof_rights.c, proof_files.c). */
void fg_proof_append_photo(GString *html, const FgProof *proof, guint index);
void fg_proof_append_rights(GString *html, const FgProof *proof);
void fg_proof_append_files(GString *html, const FgProof *proof);
void fg_proof_append_problems(GString *html, const FgProof *proof);

/* Whether one of the ids is of a group: "location.gps" of "location". */
gboolean fg_removed_has(const FgJson *removed, const char *group);

/* ---- proof_words.c: a page says everything in English and in French. ---- */

typedef struct {
    const char *key, *english, *french;
} FgWords;

/* `<TAG data-fr="french">english</TAG>`, without attributes of its own when the two are equal. */
void fg_html_say(GString *html, const char *tag, const char *english, const char *french);

/* A row of a table that ends with a NULL key; NULL for none. */
const FgWords *fg_words_find(const FgWords *table, const char *key);

/* What was removed, by finding id, as a photographer calls it; an id without words stands for itself. And the
 * few groups that a filter offers (`key` is the start of the ids). */
FgWords fg_words_removed(const char *id);

/* The words for "gain-map", "pq" or "hlg" of a manifest. */
FgWords fg_words_hdr(const char *hdr);
extern const FgWords fg_words_groups[];

/* Steps of the work, by the name that a failure has. */
const FgWords *fg_words_stage(const char *stage);

/* Bytes as "412 KB", in an element that the page's script puts into French. */
void fg_html_say_bytes(GString *html, guint64 bytes);

/* The page as it is written. */
extern const char fg_proof_html[], fg_proof_css[], fg_proof_js[];

#endif

/* publish_private.h: finding the photos, and the key that varies their marks. */
#ifndef FG_PUBLISH_PRIVATE_H
#define FG_PUBLISH_PRIVATE_H

#include "filigrane/publish.h"
#include "plan/plan.h"

/* What the INPUTs hold. */
typedef struct {
    GPtrArray *photos;  /* of FgPhoto; one that was named but is no photo has its error set */
    guint empty_inputs; /* INPUTs without a photo */
    guint folder_inputs;
    gboolean unreadable; /* a folder, or a part of one, could not be read: nothing may be pruned */
} FgFound;

typedef struct {
    void (*skipped)(const char *path, const char *kind, gpointer data); /* may be NULL */
    void (*note)(const char *text, gboolean warning, gpointer data);    /* may be NULL */
    gpointer data;
} FgFindListener;

/* Walks the INPUTs in byte order of names; kinds are told by content. Hidden files, `out` and what lies in
 * it, and links that lead out of a walked folder are left out; a sidecar is no photo and is not told of. A
 * photo that two INPUTs reach by one name below them is taken once. FG_ERROR_PATH when an INPUT is missing or
 * is `out` itself. */
gboolean fg_find(const char *const *inputs, const char *out, gboolean recurse, const FgFindListener *listener,
                 FgFound *found, GError **error);
void fg_found_clear(FgFound *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgFound, fg_found_clear)

/* The key of the marks' variation: FILIGRANE_KEY (hex), else filigrane/key in the user's config folder, else
 * one derived from the rights, which *predictable tells. FG_ERROR_USAGE for a bad FILIGRANE_KEY,
 * FG_ERROR_PATH for a bad file. */
GBytes *fg_key_load(const FgRights *rights, gboolean *predictable, GError **error);

#endif

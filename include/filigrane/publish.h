/* publish.h: photos in, web-ready marked and tagged derivatives out.
 *
 *     FgPublishOptions options = FG_PUBLISH_DEFAULTS;
 *     options.inputs = (const char *[]){"shoot", NULL};
 *     options.out = "web";
 *     options.profile = profile;
 *     FgPublishTotals totals;
 *     if (!fg_publish(&options, NULL, NULL, &totals, &error)) …
 *
 * Not reentrant: it forks processes, so call it from a program with one thread. */
#ifndef FILIGRANE_PUBLISH_H
#define FILIGRANE_PUBLISH_H

#include "filigrane/profile.h"

G_BEGIN_DECLS

typedef struct FgOutcome FgOutcome;

typedef struct {
    const char *const *inputs; /* photos and folders, NULL-terminated */
    const char *out;
    FgProfile *profile;
    guint jobs;          /* 0: the processors */
    guint64 memory;      /* bytes; 0: half of what is free */
    guint max_failures;  /* 0: no limit */
    guint shard, shards; /* shards 0: no sharding */
    gboolean no_recurse, dry_run, force, force_rights, prune;
    const gint *interrupted; /* set by the caller's signal handler, may be NULL */
} FgPublishOptions;

#define FG_PUBLISH_DEFAULTS ((FgPublishOptions){0})

typedef struct {
    guint photos; /* planned */
    guint done, unchanged, declined, failed;
    guint files;                       /* derivatives written by this run */
    guint files_whole;                 /* derivatives that the manifest names for these photos */
    guint pruned;                      /* by a dry run: those that would be */
    guint left_over, left_over_photos; /* files of photos that are gone, which stay without `prune` */
    guint64 bytes;                     /* of the derivatives written */
    double seconds;                    /* wall */
    guint empty_inputs;                /* INPUTs that held no photo */
    GHashTable *skipped;               /* format title (char *) -> GUINT_TO_POINTER(count) */
    GPtrArray *set_aside; /* of char *: folders in an INPUT that were left out since publish filled them */
    GHashTable *removed;  /* finding id (char *) -> GUINT_TO_POINTER(photos) */
    GHashTable *hdr;      /* of the photos done: "gain-map", "pq", "hlg" -> GUINT_TO_POINTER(photos) */
    GPtrArray *creators;  /* of char *, each once: whom photos name that were refused for it; NULL for none */
} FgPublishTotals;

FG_API void fg_publish_totals_clear(FgPublishTotals *totals);

/* All may be NULL. `progress` is told what is in hand; `outcome` hears of every photo in plan order;
 * `skipped` of each file that is no photo; `note` of one-line remarks and warnings; `planned` of each file
 * that a dry run would write, and `doomed` of each that it would prune. */
typedef struct {
    void (*progress)(guint done, guint total, const char *source, gpointer data);
    void (*outcome)(const FgOutcome *outcome, gpointer data);
    void (*skipped)(const char *path, const char *kind, gpointer data);
    void (*planned)(const char *source, const char *path, int width, int height, gpointer data);
    void (*note)(const char *text, gboolean warning, gpointer data);
    void (*doomed)(const char *path, gpointer data);
} FgPublishListener;

/* FALSE only when nothing was done (codes with exit 2) or the work could not go on (exit 3, 130); failures of
 * single photos are in *totals, which the caller clears in any case. One run at a time writes into a folder,
 * or the shards of one: another waits, and tells `note` for which file. */
FG_API gboolean fg_publish(const FgPublishOptions *options, const FgPublishListener *listener, gpointer data,
                           FgPublishTotals *totals, GError **error);

/* Tries the fonts and the logos of a profile's marks, as fg_publish does before any photo. FG_ERROR_FONT or
 * FG_ERROR_LOGO with the place in the profile. */
FG_API gboolean fg_publish_check_marks(const FgProfile *profile, GError **error);

/* Joins the parts of all shards in the folder `out` into its manifest, once no other run writes into it. Of
 * the options `interrupted` counts beside it, of the listener `note` alone; both may be NULL. */
FG_API gboolean fg_publish_merge(const FgPublishOptions *options, const FgPublishListener *listener,
                                 gpointer data, GError **error);

/* What a first profile is made of. `creator` is required; NULL or "" elsewhere leaves the setting out. */
typedef struct {
    const char *creator, *owner;
    const char *web_statement; /* page that states the rights */
    const char *licence_page;  /* page where a licence can be asked for */
    const char *email;
    const char *language; /* of the terms: "en" (default) or "fr" */
} FgInitAnswers;

/* Writes a commented filigrane.yaml into `folder` (made if missing; never over one that is there), and a
 * random key into the user's config folder when there is none. *profile and *key are the paths, the caller's;
 * *key is NULL when there was one. FG_ERROR_PATH when a profile is there already, FG_ERROR_PROFILE when an
 * answer is none that a profile can hold. */
FG_API gboolean fg_init(const char *folder, const FgInitAnswers *answers, char **profile, char **key,
                        GError **error);

/* The answers given so far, held against the settings that they become; nothing is written. The error begins
 * with the option of `filigrane init` that stands for the answer. */
FG_API gboolean fg_init_check(const FgInitAnswers *answers, GError **error);

/* The key alone, as fg_init makes it; *key is NULL when there was one. */
FG_API gboolean fg_init_key(char **key, GError **error);

G_END_DECLS

#endif

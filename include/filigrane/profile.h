/* profile.h: what a photographer wants, loaded once and frozen. */
#ifndef FILIGRANE_PROFILE_H
#define FILIGRANE_PROFILE_H

#include "filigrane/metadata.h"

G_BEGIN_DECLS

typedef struct FgProfile FgProfile;

/* Loads a profile by name or path (NULL: ./filigrane.yaml if there is one, else the built-in `gallery`),
 * follows `extends`, then applies `overrides` ("rights.creator=Jane", NULL-terminated, may be NULL) whose
 * values are YAML. FG_ERROR_PROFILE with file:line:column, key and what was expected, a line for each mistake
 * (lines that begin with a space quote the file); FG_ERROR_PATH when there is no such profile, with the names
 * that there are. */
FG_API FgProfile *fg_profile_load(const char *name, const char *const *overrides, GError **error);
FG_API FgProfile *fg_profile_ref(const FgProfile *profile);
FG_API void fg_profile_unref(FgProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgProfile, fg_profile_unref)

FG_API const char *fg_profile_name(const FgProfile *profile);       /* "gallery", or the file's stem */
FG_API const FgRights *fg_profile_rights(const FgProfile *profile); /* never NULL */

/* TRUE when nobody chose it: no profile was named and there was no ./filigrane.yaml. */
FG_API gboolean fg_profile_is_assumed(const FgProfile *profile);

/* The whole profile as YAML, defaults filled in; it loads again to the same profile. The caller frees. */
FG_API char *fg_profile_explain(const FgProfile *profile);

/* The names that -p finds, each with where it was found and its first comment line; free with
 * g_ptr_array_unref. */
typedef struct {
    char *name, *path, *summary;
} FgProfileEntry;
FG_API GPtrArray *fg_profile_list(void);

/* The one of `names` (separated by '|') that a misspelt word was probably meant to be, or NULL. The caller
 * frees. */
FG_API char *fg_nearest(const char *word, const char *names);

/* One row of the table of settings, for documentation; ends with a NULL key. */
typedef struct {
    const char *key;      /* "quality.jpeg", "marks.*.size" */
    const char *type;     /* "integer", "share", "text", … */
    const char *range;    /* "1..100" */
    const char *standard; /* default as YAML, or NULL */
    const char *help;
} FgSettingHelp;
FG_API const FgSettingHelp *fg_profile_settings(void);

G_END_DECLS

#endif

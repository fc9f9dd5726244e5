/* json.h: the house's own small view of jansson, so that no other room includes it.
 *
 * Values are built bottom-up; fg_json_set and fg_json_add take the value they are given. Text must be UTF-8;
 * text that is not has its bad bytes replaced by U+FFFD. Keys keep their order. */
#ifndef FG_JSON_H
#define FG_JSON_H

#include <glib.h>

typedef struct json_t FgJson;

FgJson *fg_json_object(void);
FgJson *fg_json_array(void);
FgJson *fg_json_null(void);
FgJson *fg_json_string(const char *text); /* NULL gives null */
FgJson *fg_json_integer(gint64 value);
FgJson *fg_json_number(double value); /* rounded to six significant decimals, so that it prints short */
FgJson *fg_json_boolean(gboolean value);
FgJson *fg_json_strings(const char *const *texts); /* an array; NULL gives [] */
FgJson *fg_json_ref(FgJson *value);
void fg_json_free(FgJson *value); /* drops a reference; NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgJson, fg_json_free)

void fg_json_set(FgJson *object, const char *key, FgJson *taken);
void fg_json_add(FgJson *array, FgJson *taken);

/* Reading. A missing member or one of another type gives NULL, 0, FALSE or the fallback; results are
 * borrowed. */
FgJson *fg_json_get(const FgJson *object, const char *key);
const char *fg_json_get_string(const FgJson *object, const char *key);
gint64 fg_json_get_integer(const FgJson *object, const char *key, gint64 fallback);
gboolean fg_json_get_boolean(const FgJson *object, const char *key, gboolean fallback);
gsize fg_json_length(const FgJson *array);
FgJson *fg_json_at(const FgJson *array, gsize index);
gboolean fg_json_is_object(const FgJson *value);
gboolean fg_json_is_array(const FgJson *value);
gboolean fg_json_is_string(const FgJson *value);
const char *fg_json_string_value(const FgJson *value);

/* Walks the members of an object in their order: start with iterator NULL; returns NULL after the last. */
void *fg_json_next(FgJson *object, void *iterator, const char **key, FgJson **value);

/* One line, or indented by two spaces with a newline at the end. The caller frees. */
char *fg_json_print(const FgJson *value);
char *fg_json_print_pretty(const FgJson *value);

/* Depth and size bounded; FG_ERROR_MANIFEST with line and column. */
FgJson *fg_json_parse(const void *text, gsize length, GError **error);

#endif

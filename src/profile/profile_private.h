/* profile_private.h: what the files of this room share.
 *
 *     name ─ find ─► YAML text ─ tree ─► nodes ─ merge (extends, --set) ─► one tree ─ schema ─► FgProfile
 *
 * A node remembers the file, line and column it came from, so that every complaint can point there. */
#ifndef FG_PROFILE_PRIVATE_H
#define FG_PROFILE_PRIVATE_H

#include "profile/profile.h"

/* Marks a part of a message, so that the whole can be shown in the user's language. */
#define N_(text) text

/* ---- tree.c: one YAML document as nodes. ---- */

typedef enum { FG_NODE_SCALAR, FG_NODE_LIST, FG_NODE_MAP } FgNodeKind;

typedef struct FgNode {
    gint refs;
    FgNodeKind kind;
    GRefString *file;   /* as messages show it */
    GRefString *folder; /* absolute: what a path in the file is relative to */
    guint line, column; /* from 1 */
    char *text;         /* of a scalar */
    gboolean plain;     /* a scalar without quotes */
    GPtrArray *keys;    /* of a map: scalars, in order */
    GPtrArray *items;   /* of a map: its values; of a list: its entries */
} FgNode;

/* Parses one document: no alias, anchor or tag, no key twice, not empty, bounded in depth and size. `file` is
 * its name in messages; paths in it are below `folder` (NULL: the working folder). */
FgNode *fg_tree_parse(const char *file, const char *folder, const char *yaml, gsize length, GError **error);

/* What is wrong with YAML that can't be parsed, in plain words, with the line (syntax.c). */
struct yaml_parser_s;
gboolean fg_syntax_throw(const struct yaml_parser_s *yaml, const char *file, const char *text, gsize length,
                         GError **error);

/* A node without content, from the same place as another one. */
FgNode *fg_node_like(FgNodeKind kind, const FgNode *other);
FgNode *fg_node_ref(FgNode *node);
void fg_node_unref(FgNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgNode, fg_node_unref)

/* Adds a pair to a map, or replaces the value of its key; takes neither reference. */
void fg_node_set(FgNode *map, FgNode *key, FgNode *value);

/* The value of a key, borrowed; NULL when it is not there. */
FgNode *fg_node_get(const FgNode *map, const char *key);

/* An unquoted null: it stands for a key that is not there. */
gboolean fg_node_is_null(const FgNode *node);

/* The "file" of a value that nobody wrote. */
#define FG_STANDARD "default"

/* "a map", "a list", "the number 42", "\"text\"", for "expected …, not …". */
char *fg_node_describe(const FgNode *node);

/* A text of the profile as a message may show it: printable, short, in quotes. */
char *fg_show(const char *text);

/* Fails with "file:line:column: path: …"; the path may be NULL. */
gboolean fg_node_throw(const FgNode *node, const char *path, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* ---- units.c: scalars as YAML 1.1 and the profile read them. Each says FALSE to what it does not know. ----
 */

gboolean fg_scalar_is_null(const char *text);
gboolean fg_scalar_boolean(const char *text, gboolean *value);
gboolean fg_scalar_integer(const char *text, gint64 *value);
gboolean fg_scalar_number(const char *text, double *value);
gboolean fg_scalar_share(const char *text, double *value);               /* "2.5%" is 0.025 */
gboolean fg_scalar_scaled(const char *text, guint unit, guint64 *value); /* "4G" in units of 1000 or 1024 */
char *fg_scaled_print(guint64 value, guint unit);                        /* "4G"; exact */
char *fg_number_print(double value); /* short, with a point in every locale */
char *fg_quote(const char *text);    /* as a YAML string in double quotes */

/* Where something stands, "profile.yaml:3:1". A setting of the command line has a name and no place, and
 * `file` says so by how it begins. */
#define FG_OVERRIDE "--set "
char *fg_place(const char *file, gsize line, gsize column);

/* ---- merge.c, find.c: where the tree comes from. ---- */

/* `over` on top of `base`: maps key by key, all else replaced. `path` is "" for the whole. */
FgNode *fg_merge(FgNode *base, FgNode *over, const char *path);

/* The tree of "rights.creator=Jane". */
FgNode *fg_override_parse(const char *override, GError **error);

/* A profile that was found but not parsed. */
typedef struct {
    char *name;     /* its stem */
    char *path;     /* as shown */
    char *identity; /* the same for two ways to one file */
    char *folder;   /* what paths in it are relative to */
    GBytes *text;
} FgSource;
void fg_source_free(FgSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgSource, fg_source_free)

/* What is taken when none is named. */
#define FG_OWN_PROFILE "filigrane.yaml"

/* By name or file; `folder` is what a relative file is below (NULL: the working folder). NULL for `name`: the
 * profile to use when none is named. FG_ERROR_PATH. */
FgSource *fg_source_find(const char *name, const char *folder, GError **error);

/* The whole tree of a source, `extends` followed. */
FgNode *fg_source_tree(FgSource *source, GError **error);

/* The profiles in profiles/ of the source tree, compiled in; ends with a NULL name. */
typedef struct {
    const char *name;
    const unsigned char *text;
    gsize length;
} FgBuiltin;
extern const FgBuiltin fg_builtins[];

/* ---- schema.c, figures.c, texts.c, compound.c: the table of settings and what its types do. ---- */

typedef struct FgRow FgRow;
typedef struct FgRead FgRead;

typedef struct {
    /* Reads a node into the field; the node is NULL (or null) only for types that have children. */
    gboolean (*read)(const FgRead *at, FgNode *node, void *field, GError **error);
    /* Prints the value as flow YAML, NULL when it is not set; types with children print nothing here. */
    char *(*print)(const FgRow *row, const void *field);
    gboolean parent; /* has children, which explain.c walks */
    gboolean whole;  /* a map that `extends` and --set replace whole */
} FgType;

struct FgRow {
    const FgSettingHelp *help;
    const FgType *type;
    gsize offset; /* in the struct of the rows with the same prefix */
};

/* Where a reader stands. */
struct FgRead {
    FgProfile *profile;
    const FgRow *row;
    const char *path; /* "marks.signature.size" */
};

extern const FgType fg_type_text, fg_type_texts, fg_type_fields, fg_type_notice, fg_type_languages,
    fg_type_url, fg_type_email, fg_type_name, fg_type_names, fg_type_fonts, fg_type_path, fg_type_pattern,
    fg_type_integer, fg_type_number, fg_type_share, fg_type_count, fg_type_bytes, fg_type_boolean,
    fg_type_choice, fg_type_word, fg_type_source, fg_type_groups, fg_type_formats, fg_type_section,
    fg_type_contact, fg_type_rights, fg_type_extends, fg_type_marks, fg_type_derivatives, fg_type_licensors;

/* The rows right below a prefix ("rights", "marks.*", "derivatives[]", "" for the top), in order: call with
 * NULL first. */
const FgRow *fg_row_below(const char *prefix, const FgRow *previous);

/* The row of a path as a user writes it ("marks.veil.size", "derivatives[0].name"); NULL for none. */
const FgRow *fg_row_of(const char *path);

/* The last part of a row's key. */
const char *fg_row_leaf(const FgRow *row);

/* Reads a map by the rows below `prefix` into the struct at `base`; a missing map (NULL) gives the defaults.
 * Goes on after a mistake, and tells all of them. */
gboolean fg_map_read(FgProfile *profile, const char *prefix, const char *path, FgNode *map, void *base,
                     GError **error);

/* Adds a mistake (taken) to those before it: one error, a line each, as many as a screen holds. */
void fg_mistakes_add(GError **mistakes, GError *mistake);

/* Reads a whole tree. */
FgProfile *fg_schema_read(FgNode *tree, const char *name, GError **error);

/* A default that depends on what the mark is ("5" for the visibility of tiles), or the row's own. */
const char *fg_row_standard(const FgRow *row, const void *base);

/* The position of a word among names separated by '|', or -1; and the word at a position (the caller frees).
 */
int fg_choice_index(const char *names, const char *word);
char *fg_choice_word(const char *names, guint index);

/* A list's or a text's entries as texts; both are taken. Checks each text. */
gboolean fg_texts_read(const FgRead *at, FgNode *node, char ***texts, GError **error);
char *fg_texts_print(char *const *texts);

/* A scalar that holds text: NFC, trimmed, not empty, no control characters. */
char *fg_text_read(const FgRead *at, const FgNode *node, GError **error);

/* A value as flow YAML, NULL when it is not set. With `content`, a file stands there by the digest of its
 * content, not by its path. */
char *fg_row_print(const FgRow *row, const void *field, gboolean content);

/* The rows below a prefix as a flow map, "{name: large, long_edge: 2048}"; what is not set is left out. */
char *fg_flow_print(const char *prefix, const void *base, gboolean content);

/* ---- life.c ---- */

FgProfile *fg_profile_new(const char *name);
void fg_recipe_free(FgRecipe *recipe);

#endif

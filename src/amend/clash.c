/* clash.c: what would be lost in a folder of many files is found before anything is written. */
#include "amend/amend_private.h"

#include <string.h>

typedef struct {
    const char *out;
    GHashTable *files;   /* device and inode -> FgAmendInput, of all that are to be read */
    GHashTable *targets; /* where they go, as the least discerning file system sees it -> FgAmendInput */
} Places;

/* NULL when there is no such file. */
static char *
identity(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                                    (guint64)info.st_dev, (guint64)info.st_ino)
                                  : NULL;
}

static gboolean
is_same_file(const char *a, const char *b)
{
    g_autofree char *one = identity(a), *other = identity(b);
    return one && g_strcmp0(one, other) == 0;
}

/* An input must not take the place of another one. That of itself is refused when it is written. */
static gboolean
spare_inputs(const Places *places, const FgAmendInput *input, GError **error)
{
    g_autofree char *target = g_build_filename(places->out, input->below, NULL), *there = identity(target);
    const FgAmendInput *lost = there ? g_hash_table_lookup(places->files, there) : NULL;
    if (!lost || is_same_file(lost->path, input->path))
        return TRUE;
    g_autofree char *one = fg_text_printable(input->path), *two = fg_text_printable(lost->path);
    return fg_throw(error, FG_ERROR_CLASH, "%s would be written over %s; write to another folder", one, two);
}

/* Two inputs must not take the same place. */
static gboolean
keep_apart(const Places *places, const FgAmendInput *input, GError **error)
{
    g_autofree char *key =
        g_utf8_validate(input->below, -1, NULL) ? fg_text_fold(input->below, TRUE) : g_strdup(input->below);
    const FgAmendInput *first = g_hash_table_lookup(places->targets, key);
    if (!first) {
        g_hash_table_insert(places->targets, g_steal_pointer(&key), (gpointer)(guintptr)input);
        return TRUE;
    }
    if (is_same_file(first->path, input->path))
        return TRUE;
    g_autofree char *one = fg_text_printable(first->path), *two = fg_text_printable(input->path);
    g_autofree char *both = fg_text_printable(input->below);
    return fg_throw(error, FG_ERROR_CLASH,
                    "%s and %s would both become %s; rename one, or name the folder above both", one, two,
                    both);
}

/* That no file can be made is better said once, before any file is read. */
static gboolean
check_out(const FgAmendOptions *options, GError **error)
{
    g_autofree char *file = g_build_filename(options->out, "file", NULL),
                    *shown = fg_text_printable(options->out);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    if (!fg_folder_takes_files(options->out, error))
        return FALSE;
    if (options->dry_run ||
        (fg_folder_make(options->out, error) && fg_draft_begin(&draft, file, 0600, error)))
        return TRUE;
    g_prefix_error(error, "%s: ", shown);
    return FALSE;
}

gboolean
fg_amend_check_places(const FgAmendInput *inputs, gsize count, const FgAmendOptions *options, GError **error)
{
    if (!options->out || strcmp(options->out, "-") == 0)
        return TRUE;
    g_autoptr(GHashTable) files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const Places places = {.out = options->out, .files = files, .targets = targets};
    for (gsize i = 0; i < count; i++) {
        char *file = identity(inputs[i].path);
        if (file)
            g_hash_table_insert(files, file, (gpointer)(guintptr)&inputs[i]);
    }
    for (gsize i = 0; i < count; i++)
        if (!spare_inputs(&places, &inputs[i], error) || !keep_apart(&places, &inputs[i], error))
            return FALSE;
    return check_out(options, error);
}

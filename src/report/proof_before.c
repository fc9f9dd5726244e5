/* proof_before.c: photos without their marks. An original is untrusted bytes, so it goes where all originals
 * go: through publish, in sandboxed processes, with a profile that marks nothing, into a folder that is gone
 * afterwards. */
#include "profile/profile.h"
#include "report/report_private.h"

#include <errno.h>

#include <glib/gstdio.h>

static FgProfile *
bare_profile(GError **error)
{
    static const char *const overrides[] = {
        "rights.creator=proof", "quality.webp=78",
        "derivatives=[{name: before, long_edge: 1280, formats: [webp], marks: []}]", NULL};
    return fg_profile_load("archive", overrides, error);
}

/* The folder is ours and no one else's; links in it would be removed, not followed. */
static void
remove_tree(const char *path)
{
    GStatBuf info;
    if (g_lstat(path, &info) != 0)
        return;
    if (S_ISDIR(info.st_mode)) {
        g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
        for (const char *name; dir && (name = g_dir_read_name(dir));) {
            g_autofree char *below = g_build_filename(path, name, NULL);
            remove_tree(below);
        }
    }
    g_remove(path);
}

static char *
stem_of(const char *source)
{
    g_autofree char *stem = fg_photo_stem(source);
    return fg_text_fold(stem, TRUE);
}

/* Photos are named one by one and land side by side, so a round takes those whose names differ: most often,
 * all. */
static GPtrArray *
next_round(const FgProof *proof, GArray *waiting)
{
    g_autoptr(GHashTable) stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *indexes = g_ptr_array_new();
    for (guint i = 0; i < waiting->len;) {
        guint index = g_array_index(waiting, guint, i);
        const FgPublishedPhoto *photo = proof->published->photos->pdata[index];
        if (g_hash_table_add(stems, stem_of(photo->source))) {
            g_ptr_array_add(indexes, GUINT_TO_POINTER(index));
            g_array_remove_index(waiting, i);
        } else {
            i++;
        }
    }
    return indexes;
}

static void
take_photo(FgProof *proof, guint index, const FgPublished *made, const char *folder)
{
    const FgPublishedPhoto *photo = proof->published->photos->pdata[index];
    g_autofree char *name = g_path_get_basename(photo->source);
    for (guint i = 0; i < made->photos->len; i++) {
        const FgPublishedPhoto *bare = made->photos->pdata[i];
        if (!g_str_equal(bare->source, name))
            continue;
        g_autofree char *path = g_build_filename(folder, bare->files[0].path, NULL);
        if (g_str_equal(bare->sha256, photo->sha256))
            proof->photos[index].before = fg_file_read(path, 0, NULL);
        else
            g_ptr_array_add(
                proof->notes,
                g_strdup_printf("%s: the original is not the one that was published", photo->source));
        return;
    }
    g_ptr_array_add(proof->notes, g_strdup_printf("%s: the original can't be read", photo->source));
}

static gboolean
run_round(FgProof *proof, const GPtrArray *indexes, const char *originals, const char *folder,
          FgProfile *profile, const gint *interrupted, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free), present = g_ptr_array_new();
    for (guint i = 0; i < indexes->len; i++) {
        const FgPublishedPhoto *photo = proof->published->photos->pdata[GPOINTER_TO_UINT(indexes->pdata[i])];
        g_autofree char *path = g_build_filename(originals, photo->source, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            g_ptr_array_add(present, indexes->pdata[i]);
            g_ptr_array_add(paths, g_steal_pointer(&path));
        } else {
            g_ptr_array_add(proof->notes, g_strdup_printf("%s: there is no original", photo->source));
        }
    }
    if (present->len == 0)
        return TRUE;
    g_ptr_array_add(paths, NULL);
    FgPublishOptions options = FG_PUBLISH_DEFAULTS;
    options.inputs = (const char *const *)paths->pdata;
    options.out = folder;
    options.profile = profile;
    options.force_rights = TRUE;
    options.interrupted = interrupted;
    FgPublishTotals totals = {0};
    gboolean done = fg_publish(&options, NULL, NULL, &totals, error);
    fg_publish_totals_clear(&totals);
    g_autoptr(FgPublished) made = done ? fg_published_read(folder, error) : NULL;
    for (guint i = 0; made && i < present->len; i++)
        take_photo(proof, GPOINTER_TO_UINT(present->pdata[i]), made, folder);
    return made != NULL;
}

static gboolean
run_rounds(FgProof *proof, const char *originals, const char *scratch, const gint *interrupted,
           GError **error)
{
    g_autoptr(FgProfile) profile = bare_profile(error);
    if (!profile)
        return FALSE;
    g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < proof->published->photos->len; i++)
        g_array_append_val(waiting, i);
    for (guint round = 0; waiting->len > 0; round++) {
        g_autoptr(GPtrArray) indexes = next_round(proof, waiting);
        g_autofree char *name = g_strdup_printf("%u", round);
        g_autofree char *folder = g_build_filename(scratch, name, NULL);
        if (!run_round(proof, indexes, originals, folder, profile, interrupted, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
fg_proof_make_befores(FgProof *proof, const char *originals, const gint *interrupted, GError **error)
{
    g_autofree char *shown = fg_text_printable(originals);
    if (!g_file_test(originals, G_FILE_TEST_IS_DIR))
        return fg_throw(error, FG_ERROR_PATH, "%s: no such folder of originals", shown);
    g_autofree char *scratch = g_dir_make_tmp("filigrane-proof-XXXXXX", NULL);
    if (!scratch)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "no temporary folder");
    gboolean done = run_rounds(proof, originals, scratch, interrupted, error);
    remove_tree(scratch);
    proof->compared = TRUE;
    return done;
}

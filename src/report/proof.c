/* proof.c: one page that shows what was published. */
#include "report/report_private.h"

#include <stdlib.h>
#include <string.h>

/* A page inside DIR would be served with the pictures, and taken for one of them. */
static gboolean
page_is_outside(const char *dir, const char *page, GError **error)
{
    g_autofree char *shown = fg_text_printable(page);
    g_autofree char *folder = g_path_get_dirname(page);
    char *inside = realpath(dir, NULL), *where = realpath(folder, NULL);
    gboolean found = where != NULL;
    gsize length = inside ? strlen(inside) : 0;
    gboolean within = inside && where && strncmp(where, inside, length) == 0 &&
                      (where[length] == '\0' || where[length] == '/' || g_str_equal(inside, "/"));
    free(inside);
    free(where);
    if (!found) {
        g_autofree char *missing = fg_text_printable(folder);
        return fg_throw(error, FG_ERROR_PATH, "%s: there is no folder %s for this page", shown, missing);
    }
    if (g_file_test(page, G_FILE_TEST_IS_DIR))
        return fg_throw(error, FG_ERROR_PATH, "%s is a folder: name the page in it, such as %s/proof.html",
                        shown, shown);
    if (within)
        return fg_throw(error, FG_ERROR_PATH,
                        "%s would lie among the published files: name a page elsewhere with -o", shown);
    return TRUE;
}

static void
proof_clear(FgProof *proof)
{
    for (guint i = 0; proof->photos && i < proof->published->photos->len; i++) {
        g_bytes_unref(proof->photos[i].picture);
        g_bytes_unref(proof->photos[i].before);
    }
    g_free(proof->photos);
    fg_published_free(proof->published);
    g_clear_pointer(&proof->notes, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgProof, proof_clear)

gboolean
fg_proof_write(const FgProofOptions *options, FgProofTotals *totals, GError **error)
{
    *totals = (FgProofTotals){0};
    g_auto(FgProof) proof = {.notes = g_ptr_array_new_with_free_func(g_free)};
    proof.published = fg_published_read(options->dir, error);
    if (!proof.published)
        return FALSE;
    proof.photos = g_new0(FgProofPhoto, proof.published->photos->len);
    if (!page_is_outside(options->dir, options->page, error))
        return FALSE;
    fg_proof_read_pictures(&proof, options->dir);
    if (options->originals && !fg_proof_make_befores(&proof, options->originals, options->interrupted, error))
        return FALSE;
    char *page = fg_proof_page(&proof);
    gsize length = strlen(page);
    g_autoptr(GBytes) bytes = g_bytes_new_take(page, length);
    if (!fg_file_replace(options->page, bytes, 0644, error)) {
        g_autofree char *shown = fg_text_printable(options->page);
        g_prefix_error(error, "%s: ", shown);
        return FALSE;
    }
    totals->photos = proof.published->photos->len;
    totals->bytes = length;
    totals->notes = g_steal_pointer(&proof.notes);
    return TRUE;
}

void
fg_proof_totals_clear(FgProofTotals *totals)
{
    g_clear_pointer(&totals->notes, g_ptr_array_unref);
}

/* proof_pictures.c: the derivative of each photo that its proof shows: the published file itself, byte for
 * byte, so that nothing is decoded here and what is seen is what is out there. */
#include "report/report_private.h"

/* A page of thousands of photos takes smaller files, so that a browser can still open it. */
#define BUDGET ((guint64)64 << 20)

static int
long_edge(const FgPublishedFile *file)
{
    return MAX(file->width, file->height);
}

/* The lightest that every browser of these years shows comes first. */
static guint
rank(FgFormat format)
{
    const guint8 shown = fg_format_traits(format)->shown;
    return shown > 0 ? shown : G_MAXUINT;
}

/* Of the whole photo before a crop; large enough before too small; near the target; of a format that all
 * show. */
static gboolean
is_better(const FgPublishedPhoto *photo, const FgPublishedFile *a, const FgPublishedFile *b, int target)
{
    gboolean whole[] = {fg_published_is_whole(photo, a), fg_published_is_whole(photo, b)};
    if (whole[0] != whole[1])
        return whole[0];
    gboolean enough[] = {long_edge(a) >= target, long_edge(b) >= target};
    if (enough[0] != enough[1])
        return enough[0];
    if (long_edge(a) != long_edge(b))
        return (long_edge(a) < long_edge(b)) == enough[0];
    return rank(a->format) < rank(b->format);
}

static const FgPublishedFile *
choose(const FgPublishedPhoto *photo, int target)
{
    const FgPublishedFile *best = &photo->files[0];
    for (guint i = 1; i < photo->n_files; i++)
        if (is_better(photo, &photo->files[i], best, target))
            best = &photo->files[i];
    return best;
}

static void
choose_all(FgProof *proof)
{
    static const int targets[] = {1280, 960, 640, 320};
    for (guint t = 0; t < G_N_ELEMENTS(targets); t++) {
        guint64 total = 0;
        for (guint i = 0; i < proof->published->photos->len; i++) {
            proof->photos[i].file = choose(proof->published->photos->pdata[i], targets[t]);
            total += proof->photos[i].file->bytes;
        }
        if (total <= BUDGET)
            return;
    }
}

/* NULL, and why in *fault, when the file is not what the manifest says. */
static GBytes *
read_whole(const char *dir, const FgPublishedFile *file, GError **fault)
{
    g_autofree char *path = g_build_filename(dir, file->path, NULL);
    g_autoptr(GBytes) bytes = fg_file_read(path, 0, fault);
    if (!bytes)
        return NULL;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    g_autofree char *digest = length == file->bytes ? fg_sha256_hex(data, length) : NULL;
    if (g_strcmp0(digest, file->sha256) != 0)
        return fg_throw_null(fault, FG_ERROR_MALFORMED, "changed since it was published");
    return g_steal_pointer(&bytes);
}

void
fg_proof_read_pictures(FgProof *proof, const char *dir)
{
    choose_all(proof);
    for (guint i = 0; i < proof->published->photos->len; i++) {
        FgProofPhoto *photo = &proof->photos[i];
        g_autoptr(GError) fault = NULL;
        photo->picture = read_whole(dir, photo->file, &fault);
        if (!photo->picture)
            g_ptr_array_add(proof->notes, g_strdup_printf("%s: %s", photo->file->path, fault->message));
    }
}

#include "run/run_private.h"

#include <string.h>

/* The prober reads what a photo says of itself before it is decoded. It is one process for all photos, since
 * starting one for each would cost more than the reading; when it dies, the photo in hand fails and the next
 * has a new prober. */

#define LARGEST_ANSWER ((gsize)64 << 20)

/* ---- In the child ---- */

/* What the file gives away. */
static void
put_ids(GByteArray *record, const FgMetadata *metadata)
{
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < metadata->findings->len; i++) {
        const char *id = ((const FgFinding *)metadata->findings->pdata[i])->id;
        if (fg_finding_tells(id))
            g_hash_table_add(ids, (gpointer)(guintptr)id);
    }
    if (g_hash_table_contains(ids, "c2pa.present"))
        g_hash_table_add(ids, (gpointer)(guintptr) "c2pa.removed");
    g_autofree const char **list = (const char **)g_hash_table_get_keys_as_array(ids, NULL);
    fg_ipc_put_texts(record, list);
}

static gboolean
apply_sidecar(FgFacts *facts, int fd, GError **error)
{
    g_autoptr(GBytes) xmp = fg_file_read_fd(fd, error);
    g_autoptr(GError) cause = NULL;
    if (!xmp || fg_metadata_apply_sidecar(facts, xmp, &cause))
        return xmp != NULL;
    if (!g_error_matches(cause, FG_ERROR, FG_ERROR_MALFORMED))
        return g_propagate_error(error, g_steal_pointer(&cause)), FALSE;
    return fg_throw(error, FG_ERROR_SIDECAR, "%s", cause->message);
}

/* How much there is of each kind of block: the largest, but all of XMP, since an extended packet goes on
 * where the main one ends. A TIFF is its EXIF: no block of it. */
static FgLimits
weigh_blocks(const FgContainer *container)
{
    FgLimits weight = {0};
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        guint64 size = part->bytes ? g_bytes_get_size(part->bytes) : 0;
        if (part->kind == FG_PART_EXIF && container->format != FG_FORMAT_TIFF)
            weight.exif = MAX(weight.exif, size);
        else if (part->kind == FG_PART_ICC)
            weight.icc = MAX(weight.icc, size);
        else if (part->kind == FG_PART_XMP || part->kind == FG_PART_XMP_EXTENDED)
            weight.xmp += size;
    }
    return weight;
}

static gboolean
is_over(guint64 weight, guint64 limit)
{
    return limit > 0 && weight > limit;
}

/* Libraries take seconds over blocks that no camera writes; so these go no further. */
static gboolean
check_blocks(const FgContainer *container, const FgLimits *limits, GError **error)
{
    const FgLimits weight = weigh_blocks(container);
    if (is_over(weight.exif, limits->exif))
        return fg_throw(error, FG_ERROR_LIMIT,
                        "has an EXIF block of %" G_GUINT64_FORMAT " bytes, the limit is %" G_GUINT64_FORMAT
                        " (limits.exif)",
                        weight.exif, limits->exif);
    if (is_over(weight.xmp, limits->xmp))
        return fg_throw(error, FG_ERROR_LIMIT,
                        "has XMP of %" G_GUINT64_FORMAT " bytes, the limit is %" G_GUINT64_FORMAT
                        " (limits.xmp)",
                        weight.xmp, limits->xmp);
    if (is_over(weight.icc, limits->icc))
        return fg_throw(error, FG_ERROR_LIMIT,
                        "has a colour profile of %" G_GUINT64_FORMAT " bytes, the limit is %" G_GUINT64_FORMAT
                        " (limits.icc)",
                        weight.icc, limits->icc);
    return TRUE;
}

static gboolean
probe(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
      GError **error)
{
    const FgLimits *limits = data;
    (void)question;
    if (n_fds < 1)
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without a photo");
    g_autoptr(GBytes) file = fg_file_read_fd(fds[0], error);
    if (!file)
        return FALSE;
    g_autoptr(FgContainer) container = fg_container_read(file, error);
    if (!container)
        return FALSE;
    if (!fg_format_is_photo(container->format))
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "is %s, which can't be published",
                        fg_format_title(container->format));
    if (!check_blocks(container, limits, error))
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    if (n_fds > 1 && !apply_sidecar(metadata->facts, fds[1], error))
        return FALSE;
    gboolean turns = fg_format_traits(container->format)->boxed;
    guint8 orientation = turns || container->orientation ? container->orientation : metadata->orientation;
    gboolean sideways = orientation >= 5 && orientation <= 8;
    GByteArray *record = g_byte_array_new();
    fg_put_le32(record, container->format);
    fg_put_le32(record, sideways ? container->height : container->width);
    fg_put_le32(record, sideways ? container->width : container->height);
    fg_put_le32(record, turns ? 1 : orientation);
    fg_put_le32(record, container->bands);
    fg_put_le32(record, container->progressive ? 1 : 0);
    fg_put_le32(record, metadata->adobe_rgb ? 1 : 0);
    fg_put_le32(record, metadata->hdr);
    fg_put_le32(record, container->endless ? 1 : 0);
    fg_facts_pack(record, metadata->facts);
    fg_rights_pack(record, metadata->rights);
    put_ids(record, metadata);
    *answer = fg_payload(record);
    return TRUE;
}

static gboolean
enter_prober(gconstpointer data, GError **error)
{
    (void)data;
    (void)error;
    fg_sandbox_enter(&FG_SANDBOX_NO_FILES);
    return TRUE;
}

static const FgServiceKind prober = {
    .name = "fg-prober",
    .ceiling = LARGEST_ANSWER,
    .copies = 2, /* mapped, and a compressed block of it unpacked */
    .enter = enter_prober,
    .reply = probe,
};

/* ---- In the parent ---- */

static int
compare_ids(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean
check_probed(const FgPhoto *photo, const FgLimits *limits, GError **error)
{
    if (!fg_format_is_photo(photo->format) || photo->orientation < 1 || photo->orientation > 8)
        return fg_throw_no_answer(error);
    if (photo->width == 0 || photo->height == 0)
        return fg_throw(error, FG_ERROR_MALFORMED, "its header does not say how large the picture is");
    guint64 pixels = (guint64)photo->width * photo->height;
    if (limits->pixels > 0 && pixels > limits->pixels)
        return fg_throw(error, FG_ERROR_LIMIT,
                        "has %u x %u pixels, the limit is %" G_GUINT64_FORMAT " million in all", photo->width,
                        photo->height, limits->pixels / 1000000);
    return TRUE;
}

static gboolean
get_ids(FgCursor *at, GPtrArray *ids)
{
    g_auto(GStrv) texts = NULL;
    if (!fg_ipc_get_texts(at, &texts))
        return FALSE;
    for (char **id = texts; id && *id; id++) {
        const guint number = fg_finding_number(*id);
        if (number >= FG_N_FINDINGS)
            return FALSE;
        g_ptr_array_add(ids, (gpointer)(guintptr)fg_finding_kinds()[number].id);
    }
    g_ptr_array_sort(ids, compare_ids);
    return TRUE;
}

static gboolean
get_photo(FgCursor at, FgPhoto *photo)
{
    guint32 format, orientation, bands, progressive, adobe_rgb, hdr, endless;
    if (!fg_ipc_get_choice(&at, FG_N_FORMATS, &format) || !fg_cursor_u32(&at, &photo->width) ||
        !fg_cursor_u32(&at, &photo->height) || !fg_ipc_get_choice(&at, 9, &orientation) ||
        !fg_ipc_get_choice(&at, 256, &bands) || !fg_ipc_get_choice(&at, 2, &progressive) ||
        !fg_ipc_get_choice(&at, 2, &adobe_rgb) || !fg_ipc_get_choice(&at, FG_N_HDR, &hdr) ||
        !fg_ipc_get_choice(&at, 2, &endless))
        return FALSE;
    photo->format = (FgFormat)format;
    photo->orientation = (guint8)orientation;
    photo->bands = (guint8)bands;
    photo->progressive = progressive != 0;
    photo->adobe_rgb = adobe_rgb != 0;
    photo->hdr = (FgHdr)hdr;
    photo->endless = endless != 0;
    g_clear_pointer(&photo->facts, fg_facts_free);
    g_clear_pointer(&photo->rights, fg_rights_free);
    g_clear_pointer(&photo->removed, g_ptr_array_unref);
    photo->removed = g_ptr_array_new();
    return (photo->facts = fg_facts_unpack(&at)) && (photo->rights = fg_rights_unpack(&at)) &&
           get_ids(&at, photo->removed);
}

static gboolean
take_answer(FgPhoto *photo, const FgPayload *answer, const FgLimits *limits, GError **error)
{
    return get_photo(fg_payload_record(answer), photo) ? check_probed(photo, limits, error)
                                                       : fg_throw_no_answer(error);
}

/* photo.jpg.xmp, as raw developers write, says more exactly which file it means than photo.xmp does. *sidecar
 * is -1 when there is none; its name goes into *base, the caller's. FG_ERROR_LIMIT: what is too large to be
 * read must not be passed over, since its words would be missing. */
static gboolean
open_sidecar(const char *path, const FgLimits *limits, int *sidecar, char **base, GError **error)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    gboolean has_stem = dot && dot > (slash ? slash + 1 : path);
    g_autofree char *stem = g_strndup(path, has_stem ? (gsize)(dot - path) : strlen(path));
    static const char *const endings[] = {".xmp", ".XMP"};
    const char *const names[] = {path, stem};
    for (gsize i = 0; i < 4; i++) {
        g_autofree char *name = g_strconcat(names[i / 2], endings[i % 2], NULL);
        struct stat info;
        *sidecar = fg_file_open(name, 0, &info, NULL);
        if (*sidecar < 0)
            continue;
        *base = g_path_get_basename(name);
        if (!is_over((guint64)info.st_size, limits->xmp))
            return TRUE;
        g_autofree char *shown = fg_text_printable(*base);
        return fg_throw(error, FG_ERROR_LIMIT,
                        "its sidecar %s has %" G_GUINT64_FORMAT " bytes, the limit is %" G_GUINT64_FORMAT
                        " (limits.xmp)",
                        shown, (guint64)info.st_size, limits->xmp);
    }
    return TRUE;
}

/* The process that reads knows no names. */
static gboolean
throw_named(const char *sidecar, GError *cause, GError **error)
{
    if (!sidecar || !g_error_matches(cause, FG_ERROR, FG_ERROR_SIDECAR))
        return g_propagate_error(error, cause), FALSE;
    g_autofree char *shown = fg_text_printable(sidecar);
    fg_throw(error, FG_ERROR_SIDECAR, "its sidecar %s: %s", shown, cause->message);
    g_error_free(cause);
    return FALSE;
}

static gboolean
probe_one(FgPhoto *photo, FgService *service, const FgLimits *limits, GError **error)
{
    photo->stage = "read";
    struct stat info;
    g_auto(FgFd) fd = fg_file_open(photo->path, limits->bytes, &info, error);
    if (fd < 0)
        return FALSE;
    photo->size = info.st_size;
    photo->mtime_ns = (gint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    photo->ctime_ns = (gint64)info.st_ctim.tv_sec * 1000000000 + info.st_ctim.tv_nsec;
    photo->inode = info.st_ino;

    photo->stage = "probe";
    g_autofree char *name = NULL;
    g_auto(FgFd) sidecar = -1;
    if (!open_sidecar(photo->path, limits, &sidecar, &name, error))
        return FALSE;
    const int fds[] = {fd, sidecar};
    g_auto(FgPayload) question = fg_payload(NULL), answer = {0};
    guint seconds = limits->seconds > 0 ? limits->seconds : 60;
    GError *cause = NULL;
    if (!fg_service_ask(service, &question, fds, sidecar >= 0 ? 2 : 1, seconds, &answer, &cause))
        return throw_named(name, cause, error);
    return take_answer(photo, &answer, limits, error);
}

gboolean
fg_probe(GPtrArray *photos, const FgLimits *limits, void (*tick)(gsize done, gpointer data), gpointer data,
         GError **error)
{
    FgServiceKind kind = prober;
    kind.memory = limits->memory;
    kind.data = limits;
    g_auto(FgService) service = fg_service(&kind);
    for (guint i = 0; i < photos->len; i++) {
        FgPhoto *photo = photos->pdata[i];
        g_clear_error(&photo->error);
        if (probe_one(photo, &service, limits, &photo->error))
            photo->stage = NULL;
        else if (photo->error->code == FG_ERROR_MEMORY && service.process.pid == 0) {
            /* No process can be had, for this photo or any other. */
            g_propagate_error(error, g_steal_pointer(&photo->error));
            return FALSE;
        }
        if (tick)
            tick(i + 1, data);
    }
    return TRUE;
}

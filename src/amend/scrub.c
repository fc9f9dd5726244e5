/* scrub.c: everything personal taken out of a file. The blocks are not edited: they are built anew from the
 * rights that the file states and the facts that may stay, and nothing else of the old ones is copied. */
#include "amend/amend_private.h"

#include <string.h>

/* The colour profile stays, and so do the pages of a TIFF that are no smaller copies of the first. */
static gboolean
keep_part(const FgPart *part, gpointer data)
{
    const FgContainer *container = data;
    if (part->kind == FG_PART_ICC)
        return TRUE;
    return container->format == FG_FORMAT_TIFF && part->kind == FG_PART_AUXILIARY &&
           g_strcmp0(part->name, "page") == 0;
}

/* Findings that scrub is there for. Others speak of rights, of form, or of what a person asked to keep. */
static gboolean
is_personal(const char *id)
{
    static const char *const kinds[] = {"location.", "serial.",   "personal.", "makernote.",
                                        "preview.",  "trailing.", "id.",       "history.",
                                        "workflow.", "time.",     "icc.",      "container."};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(id, kinds[i]))
            return TRUE;
    return FALSE;
}

/* Findings that nothing which is kept can cause. */
static gboolean
must_be_gone(const char *id)
{
    static const char *const kinds[] = {
        "location.gps",  "serial.",         "makernote.",     "preview.", "trailing.",
        "personal.face", "personal.person", "personal.owner", "history.", "id."};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(id, kinds[i]))
            return TRUE;
    return FALSE;
}

static gboolean
has_finding(const FgMetadata *metadata, const char *id)
{
    for (guint i = 0; i < metadata->findings->len; i++)
        if (strcmp(((const FgFinding *)metadata->findings->pdata[i])->id, id) == 0)
            return TRUE;
    return FALSE;
}

static int
compare_ids(gconstpointer left, gconstpointer right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* What was found before and is not found any more, each once. */
static GPtrArray *
removed_ids(const FgMetadata *before, const FgMetadata *after)
{
    GPtrArray *ids = g_ptr_array_new();
    for (guint i = 0; i < before->findings->len; i++) {
        const FgFinding *finding = before->findings->pdata[i];
        if (is_personal(finding->id) && !has_finding(after, finding->id) &&
            !g_ptr_array_find(ids, finding->id, NULL))
            g_ptr_array_add(ids, (gpointer)finding->id);
    }
    g_ptr_array_sort(ids, compare_ids);
    return ids;
}

/* A picture that its packet gives to the public is not to be called reserved. Photoshop's own flag says as
 * much of every picture that was never marked, and does not count. */
static GBytes *
keep_unmarked(GBytes *taken_xmp, const FgMetadata *metadata, const FgPart *old)
{
    g_autoptr(GBytes) xmp = taken_xmp;
    gsize length = 0;
    const char *packet = old && old->bytes ? g_bytes_get_data(old->bytes, &length) : NULL;
    gboolean public = metadata->marked == 0 && packet && g_strstr_len(packet, (gssize)length, ":Marked");
    if (!xmp || !public)
        return g_steal_pointer(&xmp);
    GString *text = g_string_new_len(g_bytes_get_data(xmp, NULL), (gssize)g_bytes_get_size(xmp));
    g_string_replace(text, "<xmpRights:Marked>True<", "<xmpRights:Marked>False<", 1);
    return g_string_free_to_bytes(text);
}

/* What our model knows of the rights, and what it has no words for. */
static GBytes *
xmp_block(const FgContainer *container, const FgMetadata *metadata, const FgStatement *statement,
          GError **error)
{
    const FgPart *old = fg_container_find(container, FG_PART_XMP);
    g_autoptr(GBytes) rest = old && old->bytes ? fg_xmp_other_rights(old->bytes) : NULL;
    return keep_unmarked(fg_xmp_merge(rest, statement, error), metadata, old);
}

/* A block that says nothing is left out. */
static GBytes *
unless_empty(GBytes *taken_block, GBytes *empty)
{
    g_autoptr(GBytes) block = taken_block;
    return block && empty && g_bytes_equal(block, empty) ? NULL : g_steal_pointer(&block);
}

static GBytes *
scrubbed(const FgContainer *container, const FgMetadata *metadata, guint keep, GError **error)
{
    g_autoptr(FgFacts) facts = fg_facts_kept(metadata->facts, keep);
    g_autoptr(FgRights) nobody = fg_rights_new();
    FgStatement statement = {
        .rights = metadata->rights,
        .facts = facts,
        .width = container->width,
        .height = container->height,
        .format = container->format,
        .srgb = TRUE,
    };
    FgStatement nothing = statement;
    nothing.rights = nobody;
    nothing.facts = NULL;
    g_autoptr(FgOwnedDress) ours = fg_metadata_dress(&statement, error);
    g_autoptr(FgOwnedDress) empty = ours ? fg_metadata_dress(&nothing, error) : NULL;
    if (!empty)
        return NULL;
    const FgPart *old = fg_container_find(container, FG_PART_EXIF);
    g_autoptr(GBytes) packet = xmp_block(container, metadata, &statement, error);
    if (!packet)
        return NULL;
    g_autoptr(GBytes) exif =
        unless_empty(fg_exif_carry(ours->dress.exif, old ? old->bytes : NULL), empty->dress.exif);
    g_autoptr(GBytes) xmp = unless_empty(g_bytes_ref(packet), empty->dress.xmp);
    g_autoptr(GBytes) irb =
        ours->dress.irb ? unless_empty(g_bytes_ref(ours->dress.irb), empty->dress.irb) : NULL;
    FgDress dress = {.exif = exif, .xmp = xmp, .irb = irb, .texts = ours->dress.texts};
    return fg_container_rewrite(container, keep_part, (gpointer)container, &dress, error);
}

gboolean
fg_scrub_check_gone(const FgMetadata *after, GError **error)
{
    for (guint i = 0; i < after->findings->len; i++) {
        const FgFinding *finding = after->findings->pdata[i];
        if (must_be_gone(finding->id))
            return fg_throw(error, FG_ERROR_AUDIT, "%s would stay in %s", finding->id, finding->where);
    }
    return TRUE;
}

gboolean
fg_scrub_remake(GBytes *before, const FgAmendOptions *options, FgRemade *made, GError **error)
{
    g_autoptr(FgContainer) container = fg_container_read(before, error);
    if (!container || !fg_amend_check_whole(container, error))
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    made->file = scrubbed(container, metadata, options->keep, error);
    g_autoptr(FgContainer) again = made->file ? fg_container_read(made->file, error) : NULL;
    made->copied = g_array_new(FALSE, FALSE, sizeof(FgCopied));
    if (!again || !fg_amend_match_picture(container, again, made->copied, error))
        return FALSE;
    g_autoptr(FgMetadata) left = fg_metadata_read(again);
    if (!fg_scrub_check_gone(left, error))
        return FALSE;
    made->removed = removed_ids(metadata, left);
    return TRUE;
}

gboolean
fg_scrub_file(const char *path, const char *below, const FgAmendOptions *options, FgAmendResult *result,
              GError **error)
{
    *result = (FgAmendResult){0};
    g_auto(FgAmendment) made = {.old = -1};
    g_assert(options->profile == NULL);
    if (!fg_amend_make(path, below, options, &made, error))
        return FALSE;
    result->removed = g_ptr_array_ref(made.removed);
    return fg_amend_put(path, below, options, &made, result, error);
}

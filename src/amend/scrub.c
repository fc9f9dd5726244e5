/* scrub.c: everything personal taken out of a file. The blocks are not edited: they are built anew from the
 * rights that the file states and the facts that may stay, and nothing else of the old ones is copied. */
#include "amend/amend_private.h"

#include <string.h>

/* The colours stay, and so do the pages of a TIFF that are no smaller copies of the first. */
static gboolean
keep_part(const FgPart *part, gpointer data)
{
    const FgContainer *container = data;
    if (part->kind == FG_PART_ICC)
        return TRUE;
    return container->format == FG_FORMAT_TIFF && part->kind == FG_PART_AUXILIARY &&
           g_strcmp0(part->name, "page") == 0;
}

/* Findings that nothing which is kept can cause. */
static gboolean
must_be_gone(const char *id)
{
    return fg_finding_tells(id) && fg_finding_traits(id)->keep == 0;
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
        if (fg_finding_tells(finding->id) && !has_finding(after, finding->id) &&
            !g_ptr_array_find(ids, finding->id, NULL))
            g_ptr_array_add(ids, (gpointer)finding->id);
    }
    g_ptr_array_sort(ids, compare_ids);
    return ids;
}

/* ---- What stays ----
 *
 * Each carrier keeps what it said itself: nothing is concluded from one for another, since a file that is
 * only to lose something must not come to state more than it did. */

typedef struct {
    const FgContainer *container;
    const FgMetadata *metadata;
    guint keep;
    FgRights *nobody; /* states nothing */
} Scrub;

static void
fill(const FgField *field, FgFacts *facts, const FgFacts *found)
{
    if (fg_field_is_empty(field, facts))
        fg_field_copy(field, facts, found);
}

/* The facts of one carrier that stay. */
static FgFacts *
own_facts(const Scrub *scrub, const FgCarrier *carrier)
{
    static const FgFacts none;
    return fg_facts_kept(carrier->facts ? carrier->facts : &none, scrub->keep);
}

/* What the camera's names stand in beside EXIF has no form that we write. */
static FgFacts *
exif_facts(const Scrub *scrub)
{
    g_autoptr(FgFacts) all = fg_facts_kept(scrub->metadata->facts, scrub->keep);
    FgFacts *facts = own_facts(scrub, &scrub->metadata->exif);
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->kind == FG_KIND_TEXT && (field->ifd0 || field->exif) && !field->xmp.ns)
            fill(field, facts, all);
    return facts;
}

/* Whether a carrier that was asked for a field says it in its own form. */
static gboolean
is_told(const FgField *field, const FgFacts *exif, const FgFacts *iptc)
{
    if (field->kind == FG_KIND_DATE) /* EXIF has no day without a time, IIM no year without a day. */
        return strlen(exif->date) == sizeof exif->date - 1 || strlen(iptc->date) >= strlen("2026-05-01");
    return ((field->ifd0 || field->exif) && !fg_field_is_empty(field, exif)) ||
           (field->iim.limit > 0 && !fg_field_is_empty(field, iptc));
}

/* What was asked to stay and what no other carrier can say any more, XMP says: a place, a day without its
 * time, a text of PNG. */
static FgFacts *
xmp_facts(const Scrub *scrub, const FgFacts *exif, const FgFacts *iptc)
{
    g_autoptr(FgFacts) all = fg_facts_kept(scrub->metadata->facts, scrub->keep);
    FgFacts *facts = own_facts(scrub, &scrub->metadata->xmp);
    for (const FgField *field = fg_fact_fields; field->key; field++)
        if (field->xmp.ns && !is_told(field, exif, iptc))
            fill(field, facts, all);
    return facts;
}

static FgStatement
statement_of(const Scrub *scrub, const FgRights *rights, const FgFacts *facts)
{
    return (FgStatement){
        .rights = rights ? rights : scrub->nobody,
        .facts = facts,
        .width = scrub->container->width,
        .height = scrub->container->height,
        .format = scrub->container->format,
        .srgb = TRUE,
    };
}

/* A block that says nothing is left out. */
static GBytes *
unless_empty(GBytes *taken_block, GBytes *empty)
{
    g_autoptr(GBytes) block = taken_block;
    return block && empty && g_bytes_equal(block, empty) ? NULL : g_steal_pointer(&block);
}

/* Each EXIF block of the file, borrowed. The caller frees the list. */
static GPtrArray *
exif_originals(const FgContainer *container)
{
    GPtrArray *originals = g_ptr_array_new();
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == FG_PART_EXIF && part->bytes)
            g_ptr_array_add(originals, part->bytes);
    }
    return originals;
}

/* NULL without an error: nothing of it stays. */
static GBytes *
exif_block(const Scrub *scrub, const FgFacts *facts, GError **error)
{
    g_autoptr(GPtrArray) originals = exif_originals(scrub->container);
    GBytes *old = originals->len > 0 ? originals->pdata[0] : NULL;
    FgStatement statement = statement_of(scrub, scrub->metadata->exif.rights, facts);
    statement.index_r03 = scrub->metadata->index_r03;
    const FgStatement nothing = statement_of(scrub, NULL, NULL);
    g_autoptr(GBytes) block = fg_exif_build(&statement, error);
    g_autoptr(GBytes) empty = block ? fg_exif_build(&nothing, error) : NULL;
    if (!empty)
        return NULL;
    g_autoptr(GBytes) carried = fg_exif_carry(block, old);
    if (g_bytes_equal(carried, empty))
        return NULL;
    return fg_exif_as_it_was(carried, originals, error);
}

/* The properties of all packets as they stand in the file; where one can't be parsed, what could be read of
 * them. */
static GBytes *
xmp_block(const Scrub *scrub, FgFacts *facts, GError **error)
{
    g_autoptr(GError) malformed = NULL;
    g_autoptr(GBytes) theirs = fg_metadata_xmp(scrub->container, &malformed);
    g_autoptr(GBytes) rights = theirs ? fg_xmp_rights(theirs, &malformed) : NULL;
    if (!malformed) { /* They stand among the rights. */
        g_clear_pointer(&facts->digital_source, g_free);
        g_clear_pointer(&facts->ai_system, g_free);
        g_clear_pointer(&facts->ai_system_version, g_free);
    }
    const FgStatement nothing = statement_of(scrub, NULL, NULL);
    const FgStatement statement = statement_of(scrub, malformed ? scrub->metadata->xmp.rights : NULL, facts);
    g_autoptr(GBytes) empty = fg_xmp_build(&nothing, error);
    g_autoptr(GBytes) ours = empty ? fg_xmp_build(&statement, error) : NULL;
    if (!ours)
        return NULL;
    if (g_bytes_equal(ours, empty))
        return g_steal_pointer(&rights);
    return fg_xmp_merge(rights, &statement, FALSE, error);
}

static GBytes *
irb_block(const Scrub *scrub, const FgFacts *facts, GError **error)
{
    g_autoptr(GBytes) old = fg_irb_of(scrub->container);
    if (!old && !fg_format_traits(scrub->container->format)->irb)
        return NULL;
    FgStatement statement = statement_of(scrub, scrub->metadata->iptc.rights, facts);
    const FgStatement nothing = statement_of(scrub, NULL, NULL);
    statement.uncut = TRUE;
    GBytes *ours = fg_iptc_build(&statement, error);
    g_autoptr(GBytes) empty = ours ? fg_iptc_build(&nothing, error) : NULL;
    if (!empty)
        return NULL;
    g_autoptr(GBytes) stated = unless_empty(ours, empty);
    return fg_irb_as_it_was(old, stated);
}

static GBytes *
rewritten(const Scrub *scrub, GError **error)
{
    const FgContainer *container = scrub->container;
    g_autoptr(GError) failure = NULL;
    g_autoptr(FgFacts) of_exif = exif_facts(scrub);
    g_autoptr(FgFacts) of_iptc = own_facts(scrub, &scrub->metadata->iptc);
    g_autoptr(FgFacts) of_xmp = xmp_facts(scrub, of_exif, of_iptc);
    g_autoptr(GBytes) exif = exif_block(scrub, of_exif, &failure);
    g_autoptr(GBytes) xmp = failure ? NULL : xmp_block(scrub, of_xmp, &failure);
    g_autoptr(GBytes) irb = failure ? NULL : irb_block(scrub, of_iptc, &failure);
    const FgStatement png = statement_of(scrub, scrub->metadata->png.rights, NULL);
    g_autoptr(FgOwnedDress) texts = failure ? NULL : fg_metadata_dress(&png, &failure);
    if (!texts) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    const FgPart *profile = fg_container_find(container, FG_PART_ICC);
    g_autoptr(GBytes) icc =
        profile && !fg_format_traits(container->format)->boxed ? fg_icc_clean_for(profile) : NULL;
    FgDress dress = {
        .exif = exif, .xmp = xmp, .irb = irb, .icc = icc, .same_colours = TRUE, .texts = texts->dress.texts};
    return fg_container_rewrite(container, keep_part, (gpointer)container, &dress, error);
}

static GBytes *
scrubbed(const FgContainer *container, const FgMetadata *metadata, guint keep, GError **error)
{
    g_autoptr(FgRights) nobody = fg_rights_new();
    nobody->as_found = TRUE;
    g_autoptr(GBytes) file = fg_format_traits(container->format)->boxed
                                 ? fg_container_with_icc(container, fg_icc_clean_for)
                                 : g_bytes_ref(container->file);
    g_autoptr(FgContainer) again = file != container->file ? fg_container_read(file, error) : NULL;
    if (file != container->file && !again)
        return NULL;
    const Scrub scrub = {again ? again : container, metadata, keep, nobody};
    return rewritten(&scrub, error);
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

/* What alone told of a generator, or made the picture what it was on a screen, is not lost in silence. */
static void
tell(const FgContainer *container, const FgMetadata *before, const FgMetadata *after, FgRemade *made)
{
    FgTold *told = &made->told;
    if (container->endless)
        fg_told_add(told, FG_NOTE_ENDLESS);
    fg_told_of_jpeg(told, container);
    if (has_finding(before, "c2pa.present")) {
        g_ptr_array_add(made->removed, (gpointer) "c2pa.removed");
        g_ptr_array_sort(made->removed, compare_ids);
        fg_told_add(told, FG_NOTE_DROPPED);
    }
    if (before->hdr == FG_HDR_GAIN_MAP && after->hdr != FG_HDR_GAIN_MAP)
        fg_told_add(told, "its gain map does not stay in it: what is left shows without HDR");
    if (before->facts->credentials == FG_CREDENTIALS_TELL) {
        g_autofree char *lost = g_strdup_printf(
            "they alone said that it is %s, which the file does not say any more: `filigrane tag "
            "--drop-credentials` before scrub writes that into its XMP",
            before->facts->digital_source);
        fg_told_add(told, lost);
    }
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
    tell(container, metadata, left, made);
    return TRUE;
}

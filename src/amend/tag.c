/* tag.c: the rights of a profile written into a file, in which all else stays as it was. */
#include "amend/amend_private.h"

#include <string.h>

#define MOST_TAGS 16

/* What a rewrite leaves out. */
typedef struct {
    const char *const *texts; /* ours of PNG: keyword, text, ... */
    gboolean credentials;
} Leaves;

/* A signature goes where it is to, and what states under another keyword what one of our texts of PNG does.
 */
static gboolean
keep_part(const FgPart *part, gpointer data)
{
    const Leaves *leaves = data;
    const char *right = part->kind == FG_PART_TEXT && part->name ? fg_png_text_right(part->name) : NULL;
    for (const char *const *text = leaves->texts; right && text && text[0]; text += 2)
        if (strcmp(text[0], right) == 0)
            return FALSE;
    return part->kind != FG_PART_C2PA || !leaves->credentials;
}

/* The tags of EXIF that state rights; returns how many. */
static guint
tags_of_rights(guint16 tags[MOST_TAGS])
{
    guint count = 0;
    tags[count++] = 0xA437; /* Photographer of Exif 3.0, which repeats Artist */
    for (const FgField *field = fg_right_fields; field->key && count < MOST_TAGS; field++)
        if (field->ifd0)
            tags[count++] = field->ifd0;
    return count;
}

/* A further EXIF block would say of the rights what it said before, and so would the blocks of a page that is
 * not the first. */
static GBytes *
without_rights(const FgContainer *container)
{
    guint16 tags[MOST_TAGS];
    guint count = tags_of_rights(tags);
    return fg_container_without_tags(container, tags, count);
}

/* Of a block that breaks off, a second one may be the rest, and one over several segments can't be changed
 * where it stands. */
static gboolean
check_exif(const FgContainer *container, GError **error)
{
    const FgPart *first = NULL;
    for (guint i = 0; i < container->parts->len && container->format == FG_FORMAT_JPEG; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind != FG_PART_EXIF)
            continue;
        if (first && !part->further)
            return fg_throw(error, FG_ERROR_UNSUPPORTED,
                            "the second EXIF block, in %s, lies in several segments and can't be changed",
                            part->where);
        if (first && fg_exif_is_cut(first->bytes))
            return fg_throw(error, FG_ERROR_UNSUPPORTED,
                            "the EXIF block in %s breaks off, and that in %s does not go on where it ends",
                            first->where, part->where);
        first = first ? first : part;
    }
    return TRUE;
}

/* Notice and creator as our own block has them, put into the file's. In a TIFF that is the file itself, and
 * the container merges a block of these two. */
static GBytes *
exif_block(const FgContainer *container, const FgStatement *statement, GError **error)
{
    g_autoptr(GBytes) ours = fg_exif_build(statement, error);
    if (!ours)
        return NULL;
    FgTiffTag tags[MOST_TAGS];
    guint count = 0;
    for (const FgField *field = fg_right_fields; field->key && count < MOST_TAGS; field++) {
        GBytes *value = field->ifd0 ? fg_exif_value(ours, FG_EXIF_IFD0, field->ifd0) : NULL;
        if (value)
            tags[count++] = (FgTiffTag){field->ifd0, FG_TIFF_ASCII, value};
    }
    const FgPart *part =
        container->format == FG_FORMAT_TIFF ? NULL : fg_container_find(container, FG_PART_EXIF);
    guint16 rights[MOST_TAGS];
    guint n_rights = tags_of_rights(rights);
    g_autoptr(GBytes) mended = part ? fg_exif_without_tags(part->bytes, rights, n_rights) : NULL;
    GBytes *block = fg_tiff_amend(mended, tags, count, error);
    while (count > 0)
        g_bytes_unref(tags[--count].value);
    return block;
}

static GBytes *
xmp_block(const FgContainer *container, const FgStatement *statement, gboolean alone, GError **error)
{
    GError *failure = NULL;
    g_autoptr(GBytes) theirs = fg_metadata_xmp(container, &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return NULL;
    }
    return fg_xmp_merge(theirs, statement, alone, error);
}

/* `built` is ours where the format has such a block as a matter of course. NULL without an error: neither has
 * the file one. */
static GBytes *
irb_block(const FgContainer *container, const FgStatement *statement, GBytes *built, gboolean alone,
          GError **error)
{
    const gboolean irb = fg_format_traits(container->format)->irb;
    g_autoptr(GBytes) theirs = fg_irb_of(container);
    if (!irb && !theirs)
        return NULL;
    g_autoptr(GBytes) ours = built ? g_bytes_ref(built) : fg_iptc_build(statement, error);
    const FgPart *iim = irb ? fg_container_find(container, FG_PART_IIM) : NULL;
    return ours ? fg_irb_merge(theirs, iim ? iim->bytes : NULL, ours, alone) : NULL;
}

/* `base` is the file without what its further blocks say of rights, which ours are made of. */
static GBytes *
tagged(const FgContainer *container, const FgContainer *base, const FgRights *rights, gboolean alone,
       gboolean drops_credentials, GError **error)
{
    FgStatement statement = {
        .rights = rights,
        .width = container->width,
        .height = container->height,
        .format = container->format,
        .srgb = TRUE,
        .resolved = TRUE,
    };
    g_autoptr(FgOwnedDress) ours = fg_metadata_dress(&statement, error);
    g_autoptr(GBytes) exif = ours ? exif_block(container, &statement, error) : NULL;
    g_autoptr(GBytes) xmp = exif ? xmp_block(container, &statement, alone, error) : NULL;
    if (!xmp)
        return NULL;
    GError *failure = NULL;
    g_autoptr(GBytes) irb = irb_block(container, &statement, ours->dress.irb, alone, &failure);
    if (failure) {
        g_propagate_error(error, failure);
        return NULL;
    }
    FgDress dress = {
        .exif = exif, .xmp = xmp, .irb = irb, .texts = ours->dress.texts, .beside_further = TRUE};
    Leaves leaves = {(const char *const *)dress.texts, drops_credentials};
    return fg_container_rewrite(base, keep_part, &leaves, &dress, error);
}

/* A notice is told at once, of the block that states it; creators are told by the parent, which gathers their
 * names. */
static gboolean
refuse(const FgRights *ours, const FgRights *found, const FgRights *foreign, FgTold *told, GError **error)
{
    told->foreign_creators = fg_rights_foreign_creators(ours, found);
    if (told->foreign_creators)
        return TRUE;
    g_autofree char *notice =
        foreign->copyright ? fg_text_printable(foreign->copyright) : g_strdup("another owner");
    return fg_throw(error, FG_ERROR_FOREIGN, "it carries another owner's notice: \"%s\"", notice);
}

static void
tell(const FgContainer *container, const FgRights *ours, const FgFacts *facts, gboolean nameless,
     FgTold *told)
{
    g_autofree char *stays = fg_source_note(facts, ours->digital_source);
    if (container->endless)
        fg_told_add(told, FG_NOTE_ENDLESS);
    if (facts->credentials != FG_CREDENTIALS_NONE)
        fg_told_add(told, FG_NOTE_DROPPED);
    fg_told_of_jpeg(told, container);
    if (stays)
        fg_told_add(told, stays);
    if (nameless)
        fg_told_add(told, FG_NOTE_TERMS);
}

/* What is the same stays signed. */
static gboolean
check_signature(GBytes *before, const FgRemade *made, const FgFacts *facts, const FgAmendOptions *options,
                GError **error)
{
    return facts->credentials == FG_CREDENTIALS_NONE || options->drop_credentials ||
           g_bytes_equal(before, made->file) ||
           fg_throw(
               error, FG_ERROR_SIGNED,
               "this file is signed (Content Credentials, C2PA), and a change of its metadata would break "
               "the signature");
}

gboolean
fg_tag_remake(GBytes *before, const char *below, const FgAmendOptions *options, FgRemade *made,
              GError **error)
{
    const FgProfile *profile = options->profile;
    if (!profile->rights->creators)
        return fg_throw(error, FG_ERROR_RIGHTS, "the profile states no rights.creator");
    g_autoptr(FgContainer) container = fg_container_read(before, error);
    if (!container || !fg_amend_check_whole(container, error) || !check_exif(container, error))
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    const FgRights *foreign = fg_rights_foreign(profile->rights, metadata->rights);
    if (foreign && !options->force_rights)
        return refuse(profile->rights, metadata->rights, foreign, &made->told, error);
    const gboolean nameless = fg_rights_has_terms_of_others(profile->rights, metadata->rights);
    g_autofree char *stem = fg_photo_stem(below);
    g_autoptr(FgRights) rights = fg_rights_for(profile, metadata->facts, stem, NULL, error);
    if (!rights)
        return FALSE;
    fg_resolve(rights, NULL);
    g_autoptr(GBytes) mended = without_rights(container);
    gboolean differs = mended != container->file;
    g_autoptr(FgContainer) base = differs ? fg_container_read(mended, error) : NULL;
    if (differs && !base)
        return FALSE;
    made->file = tagged(container, base ? base : container, rights, foreign || nameless,
                        options->drop_credentials, error);
    if (!made->file || !check_signature(before, made, metadata->facts, options, error))
        return FALSE;
    if (!g_bytes_equal(before, made->file))
        tell(container, profile->rights, metadata->facts, nameless, &made->told);
    g_autoptr(FgContainer) again = fg_container_read(made->file, error);
    made->copied = g_array_new(FALSE, FALSE, sizeof(FgCopied));
    return again && fg_amend_match_picture(container, again, made->copied, error);
}

/* audit_words.c: what a finished file says, in whatever blocks: what was asked for. */
#include "amend/amend_private.h"

static gboolean
audit_notice(const char *carrier, const char *found, const char *asked, GError **error)
{
    return fg_notice_equal(found, asked) ||
           fg_throw(error, FG_ERROR_AUDIT, "the copyright notice does not read back from %s", carrier);
}

/* What a stranger's reader would show, in the carriers that every format has. */
static gboolean
audit_rights(const FgMetadata *metadata, const char *below, const FgAmendOptions *options, GError **error)
{
    g_autofree char *stem = fg_photo_stem(below);
    g_autoptr(FgRights) written = fg_rights_for(options->profile, metadata->facts, stem, NULL, error);
    if (!written)
        return FALSE;
    fg_resolve(written, NULL);
    if (options->drop_credentials && metadata->facts->credentials != FG_CREDENTIALS_NONE)
        return fg_throw(error, FG_ERROR_AUDIT, "c2pa.present would stay");
    return audit_notice("EXIF", metadata->exif.notice, written->copyright, error) &&
           audit_notice("XMP", metadata->xmp.notice, written->copyright, error) &&
           (!fg_rights_is_foreign(written, metadata->rights) ||
            fg_throw(error, FG_ERROR_AUDIT,
                     "another owner would stay in a preview, a trailer or a copy of a block within the file; "
                     "scrub it first"));
}

gboolean
fg_amend_audit_words(GBytes *file, const char *below, const FgAmendOptions *options, GError **error)
{
    g_autoptr(FgContainer) container = fg_container_read(file, error);
    if (!container)
        return FALSE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    return options->profile ? audit_rights(metadata, below, options, error)
                            : fg_scrub_check_gone(metadata, error);
}

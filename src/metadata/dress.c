/* dress.c: all blocks that a file of one format carries, put together. */
#include "metadata/metadata_private.h"

static void
add_text(GPtrArray *texts, const char *keyword, const char *value)
{
    if (!value)
        return;
    g_ptr_array_add(texts, g_strdup(keyword));
    g_ptr_array_add(texts, g_strdup(value));
}

/* PNG has texts of its own, which are shown by programs that know neither EXIF nor XMP. */
static void
add_texts(FgOwnedDress *owned, const FgRights *rights)
{
    g_autofree char *author = fg_creators_join(rights->creators);
    add_text(owned->owned, "Copyright", rights->copyright);
    add_text(owned->owned, "Author", author);
    if (owned->owned->len == 0)
        return;
    g_ptr_array_add(owned->owned, NULL);
    owned->dress.texts = (const char *const *)owned->owned->pdata;
}

FgOwnedDress *
fg_metadata_dress(const FgStatement *asked, GError **error)
{
    g_autoptr(FgStated) stated = fg_statement_resolve(asked);
    FgStatement once = *asked;
    const FgStatement *statement = &once;
    once.rights = stated->rights;
    once.facts = stated->facts;
    once.resolved = TRUE;
    g_autoptr(FgOwnedDress) owned = g_new0(FgOwnedDress, 1);
    owned->owned = g_ptr_array_new_with_free_func(g_free);
    owned->dress.exif = fg_exif_build(statement, error);
    if (!owned->dress.exif)
        return NULL;
    owned->dress.xmp = fg_xmp_build(statement, error);
    if (!owned->dress.xmp)
        return NULL;
    const FgFormatTraits *format = fg_format_traits(statement->format);
    if (format->irb) {
        owned->dress.irb = fg_iptc_build(statement, error);
        if (!owned->dress.irb)
            return NULL;
    }
    if (format->texts)
        add_texts(owned, stated->rights);
    return g_steal_pointer(&owned);
}

void
fg_owned_dress_free(FgOwnedDress *owned)
{
    if (!owned)
        return;
    g_clear_pointer(&owned->dress.exif, g_bytes_unref);
    g_clear_pointer(&owned->dress.xmp, g_bytes_unref);
    g_clear_pointer(&owned->dress.irb, g_bytes_unref);
    g_ptr_array_unref(owned->owned);
    g_free(owned);
}

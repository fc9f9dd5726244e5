#include "run/run_private.h"

#include "pixels/pixels.h"

/* fontconfig crashes when it gets no memory, and the parent must not: it asks in a process that may die. No
 * walls are around it, for it may write the caches that spare all others the reading of every font. */

#define LOOKING_SECONDS 60
#define LARGEST_CACHE ((gsize)256 << 20) /* of a folder of fonts */

/* ---- In the child ---- */

static void
enter_open(gconstpointer data)
{
    (void)data;
}

/* The fonts of marks with a text; marks often share theirs: each list stands here once. */
static GPtrArray *
font_lists(const FgProfile *profile)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GPtrArray *lists = g_ptr_array_new();
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        if (spec->text && spec->fonts && g_hash_table_add(known, g_strjoinv("\n", spec->fonts)))
            g_ptr_array_add(lists, spec->fonts);
    }
    return lists;
}

static gboolean
identify(gconstpointer data, const FgParcel *question, const int *fds, guint n_fds, FgParcel *answer,
         GError **error)
{
    (void)question;
    (void)fds;
    (void)n_fds;
    (void)error;
    g_autoptr(GPtrArray) lists = font_lists(data);
    GVariantBuilder identities;
    g_variant_builder_init(&identities, G_VARIANT_TYPE("as"));
    for (guint i = 0; i < lists->len; i++) {
        g_autofree char *identity = fg_fonts_identity(lists->pdata[i]);
        g_variant_builder_add(&identities, "s", identity);
    }
    *answer = fg_parcel(g_variant_new("(as)", &identities));
    return TRUE;
}

static gboolean
name_all(gconstpointer data, const FgParcel *question, const int *fds, guint n_fds, FgParcel *answer,
         GError **error)
{
    (void)data;
    (void)question;
    (void)fds;
    (void)n_fds;
    (void)error;
    g_auto(GStrv) names = fg_fonts_names();
    GVariantBuilder sound; /* a name may be in any encoding */
    g_variant_builder_init(&sound, G_VARIANT_TYPE("as"));
    for (char **name = names; *name; name++)
        if (g_utf8_validate(*name, -1, NULL))
            g_variant_builder_add(&sound, "s", *name);
    *answer = fg_parcel(g_variant_new("(as)", &sound));
    return TRUE;
}

/* ---- In the parent ---- */

static char **
ask(const FgProfile *profile, FgServiceKind kind, GError **error)
{
    kind.name = "fg-fonts";
    kind.question = "()";
    kind.answer = "(as)";
    kind.environment = TRUE;
    kind.ceiling = LARGEST_CACHE;
    kind.data = profile;
    kind.enter = enter_open;
    g_auto(FgService) service = fg_service(&kind);
    g_auto(FgParcel) question = fg_parcel(g_variant_new("()")), answer = {0};
    g_autoptr(GError) cause = NULL;
    char **words = NULL;
    if (fg_service_ask(&service, &question, NULL, 0, LOOKING_SECONDS, &answer, &cause))
        g_variant_get(answer.header, "(^as)", &words);
    else
        fg_throw(error, FG_ERROR_MEMORY, "the fonts can't be looked up: %s", cause->message);
    return words;
}

char **
fg_run_fonts_identities(const FgProfile *profile, GError **error)
{
    g_autoptr(GPtrArray) lists = font_lists(profile);
    return lists->len > 0 ? ask(profile, (FgServiceKind){.reply = identify}, error) : g_new0(char *, 1);
}

char **
fg_run_fonts_names(const FgProfile *profile, GError **error)
{
    return ask(profile, (FgServiceKind){.reply = name_all}, error);
}

#include "run/run_private.h"

/* What fonts there are is asked of the typesetter, which has them open: fontconfig crashes when it gets no
 * memory, and the parent must not. */

#define LOOKING_SECONDS 60 /* for the first time on a machine, when every font is read */

/* ---- In the typesetter ---- */

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

void
fg_fonts_identify(const FgProfile *profile, GByteArray *answer)
{
    g_autoptr(GPtrArray) lists = font_lists(profile);
    g_autoptr(GPtrArray) identities = g_ptr_array_new_null_terminated(lists->len, g_free, TRUE);
    for (guint i = 0; i < lists->len; i++)
        g_ptr_array_add(identities, fg_fonts_identity(lists->pdata[i]));
    fg_ipc_put_texts(answer, (const char *const *)identities->pdata);
}

/* A name may be in any encoding; those that are not UTF-8 can't be typed into a profile. */
void
fg_fonts_name_all(GByteArray *answer)
{
    g_auto(GStrv) names = fg_fonts_names();
    g_autoptr(GPtrArray) sound = g_ptr_array_new();
    for (char **name = names; *name; name++)
        if (g_utf8_validate(*name, -1, NULL))
            g_ptr_array_add(sound, *name);
    g_ptr_array_add(sound, NULL);
    fg_ipc_put_texts(answer, (const char *const *)sound->pdata);
}

/* ---- In the parent ---- */

static char **
ask(FgDrawings *drawings, FgAsks about, GError **error)
{
    g_auto(FgPayload) answer = {0};
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) words = NULL;
    GByteArray *question = g_byte_array_new();
    fg_ipc_put_u32(question, about);
    if (fg_drawings_ask(drawings, question, LOOKING_SECONDS, &answer, &cause)) {
        FgCursor at = fg_payload_record(&answer);
        if (!fg_ipc_get_texts(&at, &words))
            return fg_throw_no_answer(error), NULL;
        return words ? g_steal_pointer(&words) : g_new0(char *, 1);
    }
    if (cause->code == FG_ERROR_WORKER)
        return fg_throw_null(error, FG_ERROR_MEMORY, "the fonts can't be looked up: %s", cause->message);
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

char **
fg_drawings_font_identities(FgDrawings *drawings, GError **error)
{
    g_autoptr(GPtrArray) lists = font_lists(fg_drawings_profile(drawings));
    return lists->len > 0 ? ask(drawings, FG_ASKS_IDENTITIES, error) : g_new0(char *, 1);
}

char **
fg_drawings_font_names(FgDrawings *drawings, GError **error)
{
    return ask(drawings, FG_ASKS_NAMES, error);
}

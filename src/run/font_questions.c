/* font_questions.c: what fonts there are is asked of the typesetter, which has them open: fontconfig crashes
 * when it gets no memory, and the parent must not. */
#include "run/run_private.h"

#define LOOKING_SECONDS 60 /* for the first time on a machine, when every font is read */

static char **
ask(FgDrawings *drawings, FgAsks about, GError **error)
{
    g_auto(FgPayload) answer = {0};
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) words = NULL;
    GByteArray *question = g_byte_array_new();
    fg_put_le32(question, about);
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
    g_autoptr(GPtrArray) lists = fg_fonts_lists(fg_drawings_profile(drawings));
    return lists->len > 0 ? ask(drawings, FG_ASKS_IDENTITIES, error) : g_new0(char *, 1);
}

char **
fg_drawings_font_names(FgDrawings *drawings, GError **error)
{
    return ask(drawings, FG_ASKS_NAMES, error);
}

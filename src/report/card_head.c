/* card_head.c: the first line of a card: whether the file passes, its path, its format and its size. */
#include "report/card.h"

#include "base/base.h"
#include "container/container.h"
#include "report/language.h"

#define SIGN_AND_GAPS 4 /* columns beside path and format */

static void
append_inked(GString *card, const FgReportStyle *style, const char *text, FgInk ink)
{
    g_string_append(card, fg_ink(style, ink));
    g_string_append(card, text);
    g_string_append(card, fg_ink(style, FG_INK_PLAIN));
}

/* "JPEG 640 × 427", or the half of it that is known. */
static void
append_form(GString *form, const FgCheck *check)
{
    if (check->format)
        g_string_append(form, fg_format_title(fg_format_from_name(check->format)));
    if (check->width == 0 || check->height == 0)
        return;
    g_string_append(form, form->len > 0 ? " " : "");
    fg_append_number(form, check->width);
    g_string_append(form, " × ");
    fg_append_number(form, check->height);
}

void
fg_card_head(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    static const FgInk inks[] = {FG_INK_GOOD, FG_INK_ERROR, FG_INK_ERROR};
    static const char *const signs[] = {"✓", "✗", "?"};
    /* All of a path is shown, for it is what a person copies. */
    g_autofree char *path = fg_text_printable(check->path);
    append_inked(card, style, signs[check->verdict], inks[check->verdict]);
    g_string_append_c(card, ' ');
    append_inked(card, style, path, FG_INK_BOLD);
    g_autoptr(GString) form = g_string_new(NULL);
    append_form(form, check);
    glong taken = g_utf8_strlen(path, -1) + g_utf8_strlen(form->str, -1) + SIGN_AND_GAPS;
    if (form->len > 0) {
        g_string_append(card, taken > style->columns ? "\n  " : "  ");
        g_string_append_len(card, form->str, (gssize)form->len);
    }
    g_string_append_c(card, '\n');
}

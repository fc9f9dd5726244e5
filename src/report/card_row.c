/* card_row.c: a label and a text that wraps below itself. */
#include "report/card.h"

#include <string.h>

#include "base/base.h"

#define LABEL 11 /* "unreadable" and a blank */

FgInk
fg_ink_of(FgSeverity severity)
{
    static const FgInk inks[] = {FG_INK_DIM, FG_INK_WARNING, FG_INK_ERROR};
    return inks[severity];
}

const char *
fg_ink(const FgReportStyle *style, FgInk ink)
{
    static const char *const codes[] = {"\033[0m", "\033[2m", "\033[1m", "\033[32m", "\033[33m", "\033[31m"};
    return style->colour ? codes[ink] : "";
}

/* Columns of a terminal: marks that combine take none, letters of East Asia two; neither lies before U+0300.
 */
static int
columns_of(gunichar c)
{
    return c < 0x300 ? 1 : g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* The end of the longest start of `text` that fits: before a blank if there is one, else anywhere. No
 * character has fewer bytes than columns, so that most texts fit at a glance. */
static const char *
line_end(const char *text, int room)
{
    gsize length = strlen(text);
    if (length <= (gsize)room)
        return text + length;
    const char *blank = NULL, *at = text;
    for (int taken = 0; *at; at = g_utf8_next_char(at)) {
        taken += columns_of(g_utf8_get_char(at));
        if (*at == ' ' && taken <= room + 1)
            blank = at;
        if (taken > room)
            return blank && blank > text ? blank : at > text ? at : g_utf8_next_char(at);
    }
    return at;
}

/* Visible ASCII with one blank between words, as most texts are: it is tidy and safe as it stands. */
static gboolean
is_plain(const char *text)
{
    char before = ' ';
    for (; *text; before = *text++)
        if (*text < ' ' || *text > '~' || (*text == ' ' && before == ' '))
            return FALSE;
    return before != ' ';
}

static char *
safe_of(const char *text)
{
    g_autofree char *tidy = fg_text_tidy(text);
    return fg_text_printable(tidy);
}

static void
add_blanks(GString *card, int count)
{
    static const char blanks[2 + LABEL + 1] = "             ";
    g_string_append_len(card, blanks, CLAMP(count, 1, 2 + LABEL));
}

static void
add_label(GString *card, const FgReportStyle *style, const char *label, FgInk ink)
{
    add_blanks(card, 2);
    g_string_append(card, fg_ink(style, ink));
    g_string_append(card, label);
    g_string_append(card, fg_ink(style, FG_INK_PLAIN));
    add_blanks(card, LABEL - (int)g_utf8_strlen(label, -1));
}

static void
add_line(GString *card, const FgReportStyle *style, const char *text, const char *end, FgInk ink,
         gboolean cut)
{
    gboolean inked = ink != FG_INK_PLAIN;
    g_string_append(card, inked ? fg_ink(style, ink) : "");
    g_string_append_len(card, text, end - text);
    g_string_append(card, cut ? " …" : "");
    g_string_append(card, inked ? fg_ink(style, FG_INK_PLAIN) : "");
    g_string_append_c(card, '\n');
}

void
fg_card_row(GString *card, const FgReportStyle *style, const char *label, FgInk label_ink, const char *text,
            FgInk ink, guint most)
{
    g_autofree char *safe = is_plain(text) ? NULL : safe_of(text);
    int room = MAX((style->columns > 0 ? style->columns : 80) - 2 - LABEL, 20);
    add_label(card, style, label, label_ink);
    const char *at = safe ? safe : text;
    for (guint line = 1;; line++) {
        if (line > 1)
            add_blanks(card, 2 + LABEL);
        const char *end = line_end(at, room);
        gboolean cut = *end && line == most;
        if (cut)
            end = line_end(at, room - 2);
        add_line(card, style, at, end, ink, cut);
        if (!*end || cut)
            return;
        at = *end == ' ' ? end + 1 : end;
    }
}

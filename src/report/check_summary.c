/* check_summary.c: many files on one screen: how many pass, and which findings they have. */
#include "report/card.h"

#include <string.h>

#include "base/base.h"
#include "report/language.h"

#define SCREEN_ROWS 20 /* of findings; a terminal of 24 lines then holds the summary and the prompt */

typedef struct {
    const char *id;
    FgSeverity severity; /* the worst that it has in any file */
    guint files;
} Tally;

static Tally *
tally_of(GArray *tallies, const char *id)
{
    for (guint i = 0; i < tallies->len; i++)
        if (strcmp(g_array_index(tallies, Tally, i).id, id) == 0)
            return &g_array_index(tallies, Tally, i);
    const Tally tally = {.id = id};
    g_array_append_val(tallies, tally);
    return &g_array_index(tallies, Tally, tallies->len - 1);
}

static void
count_file(GArray *tallies, const FgCheck *check)
{
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        Tally *tally = tally_of(tallies, finding->id);
        tally->severity = MAX(tally->severity, finding->severity);
        tally->files += fg_finding_is_repeated(check, i) ? 0 : 1;
    }
}

/* The worst first, then the most frequent, then by id. */
static gint
compare(gconstpointer left, gconstpointer right)
{
    const Tally *a = left, *b = right;
    if (a->severity != b->severity)
        return a->severity < b->severity ? 1 : -1;
    if (a->files != b->files)
        return a->files < b->files ? 1 : -1;
    return strcmp(a->id, b->id);
}

static void
add_verdicts(GString *text, const GPtrArray *checks, const FgReportStyle *style)
{
    guint counts[3] = {0};
    for (guint i = 0; i < checks->len; i++)
        counts[((const FgCheck *)g_ptr_array_index(checks, i))->verdict]++;
    g_autofree char *files = fg_report_count(checks->len, "file", "files");
    g_autofree char *passes = fg_report_count(counts[FG_PASS], "passes", "pass");
    g_autofree char *fails = fg_report_count(counts[FG_FAIL], "fails", "fail");
    g_string_append_printf(text, _("%s%s%s: %s, %s"), fg_ink(style, FG_INK_BOLD), files,
                           fg_ink(style, FG_INK_PLAIN), passes, fails);
    if (counts[FG_UNREADABLE] > 0) {
        g_autofree char *unreadable =
            fg_report_count(counts[FG_UNREADABLE], "unreadable file", "unreadable files");
        g_string_append_printf(text, ", %s", unreadable);
    }
    g_string_append_c(text, '\n');
}

static void
add_tally(GString *text, const FgReportStyle *style, const char *label, const Tally *tally)
{
    g_string_append_printf(text, "  %s%s%*s%s%5u  %s\n", fg_ink(style, fg_ink_of(tally->severity)), label,
                           MAX(11 - (int)g_utf8_strlen(label, -1), 0), "", fg_ink(style, FG_INK_PLAIN),
                           tally->files, tally->id);
}

char *
fg_report_check_summary(const GPtrArray *checks, const FgReportStyle *style)
{
    static const char *const labels[] = {N_("remarks"), N_("warnings"), N_("errors")};
    GString *text = g_string_new(NULL);
    g_autoptr(GArray) tallies = g_array_new(FALSE, FALSE, sizeof(Tally));
    for (guint i = 0; i < checks->len; i++)
        count_file(tallies, g_ptr_array_index(checks, i));
    g_array_sort(tallies, compare);
    add_verdicts(text, checks, style);
    guint most = style->verbose || tallies->len <= SCREEN_ROWS ? tallies->len : SCREEN_ROWS - 1;
    for (guint i = 0; i < most; i++) {
        const Tally *tally = &g_array_index(tallies, Tally, i);
        gboolean first = i == 0 || g_array_index(tallies, Tally, i - 1).severity != tally->severity;
        add_tally(text, style, first ? _(labels[tally->severity]) : "", tally);
    }
    if (most < tallies->len) {
        g_autofree char *count = fg_report_count(tallies->len - most, "more", "more");
        g_string_append_printf(text, _("  %sand %s; -v tells all%s\n"), fg_ink(style, FG_INK_DIM), count,
                               fg_ink(style, FG_INK_PLAIN));
    }
    return g_string_free(text, FALSE);
}

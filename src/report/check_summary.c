/* check_summary.c: many files on one screen: how many pass, and which findings they have. */
#include "report/card.h"

#include <string.h>

#include "base/base.h"
#include "report/language.h"

#define SCREEN_ROWS 20 /* of findings; a terminal of 24 lines then holds the summary and the prompt */

typedef struct {
    const char *id;      /* of a finding; static */
    FgSeverity severity; /* the worst that it has in any file */
    guint files;
} Row;

struct FgReportTally {
    guint files, verdicts[3];
    GArray *rows; /* of Row */
};

FgReportTally *
fg_report_tally_new(void)
{
    FgReportTally *tally = g_new0(FgReportTally, 1);
    tally->rows = g_array_new(FALSE, FALSE, sizeof(Row));
    return tally;
}

void
fg_report_tally_free(FgReportTally *tally)
{
    if (!tally)
        return;
    g_array_unref(tally->rows);
    g_free(tally);
}

static Row *
row_of(GArray *rows, const char *id)
{
    for (guint i = 0; i < rows->len; i++)
        if (strcmp(g_array_index(rows, Row, i).id, id) == 0)
            return &g_array_index(rows, Row, i);
    const Row row = {.id = id};
    g_array_append_val(rows, row);
    return &g_array_index(rows, Row, rows->len - 1);
}

void
fg_report_tally_add(FgReportTally *tally, const FgCheck *check)
{
    tally->files++;
    tally->verdicts[check->verdict]++;
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        Row *row = row_of(tally->rows, finding->id);
        row->severity = MAX(row->severity, finding->severity);
        row->files += fg_finding_is_repeated(check, i) ? 0 : 1;
    }
}

/* The worst first, then the most frequent, then by id. */
static gint
compare(gconstpointer left, gconstpointer right)
{
    const Row *a = left, *b = right;
    if (a->severity != b->severity)
        return a->severity < b->severity ? 1 : -1;
    if (a->files != b->files)
        return a->files < b->files ? 1 : -1;
    return strcmp(a->id, b->id);
}

static void
add_verdicts(GString *text, const FgReportTally *tally, const FgReportStyle *style)
{
    const guint *counts = tally->verdicts;
    g_autofree char *files = fg_report_count(tally->files, "file", "files");
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
add_row(GString *text, const FgReportStyle *style, const char *label, const Row *row)
{
    g_string_append_printf(text, "  %s%s%*s%s%5u  %s\n", fg_ink(style, fg_ink_of(row->severity)), label,
                           MAX(11 - (int)g_utf8_strlen(label, -1), 0), "", fg_ink(style, FG_INK_PLAIN),
                           row->files, row->id);
}

char *
fg_report_tally_summary(const FgReportTally *tally, const FgReportStyle *style)
{
    static const char *const labels[] = {N_("remarks"), N_("warnings"), N_("errors")};
    GString *text = g_string_new(NULL);
    g_autoptr(GArray) rows = g_array_copy(tally->rows);
    g_array_sort(rows, compare);
    add_verdicts(text, tally, style);
    guint most = style->verbose || rows->len <= SCREEN_ROWS ? rows->len : SCREEN_ROWS - 1;
    for (guint i = 0; i < most; i++) {
        const Row *row = &g_array_index(rows, Row, i);
        gboolean first = i == 0 || g_array_index(rows, Row, i - 1).severity != row->severity;
        add_row(text, style, first ? _(labels[row->severity]) : "", row);
    }
    if (most < rows->len) {
        g_autofree char *count = fg_report_count(rows->len - most, "more", "more");
        g_string_append_printf(text, _("  %sand %s; -v tells all%s\n"), fg_ink(style, FG_INK_DIM), count,
                               fg_ink(style, FG_INK_PLAIN));
    }
    return g_string_free(text, FALSE);
}

char *
fg_report_check_summary(const GPtrArray *checks, const FgReportStyle *style)
{
    g_autoptr(FgReportTally) tally = fg_report_tally_new();
    for (guint i = 0; i < checks->len; i++)
        fg_report_tally_add(tally, g_ptr_array_index(checks, i));
    return fg_report_tally_summary(tally, style);
}

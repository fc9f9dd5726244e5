/* check_summary.c: many files in a few lines: how many pass, and which findings they have. */
#include <string.h>

#include "base/base.h"
#include "filigrane/report.h"

typedef struct {
    const char *id;
    FgSeverity severity; /* the worst that it has in any file */
    guint files;
} Tally;

static void
count_file(GArray *tallies, const FgCheck *check)
{
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        gboolean before = FALSE;
        for (guint j = 0; j < i && !before; j++)
            before = strcmp(((const FgFinding *)g_ptr_array_index(check->findings, j))->id, finding->id) == 0;
        guint at = 0;
        while (at < tallies->len && strcmp(g_array_index(tallies, Tally, at).id, finding->id) != 0)
            at++;
        if (at == tallies->len) {
            Tally tally = {.id = finding->id};
            g_array_append_val(tallies, tally);
        }
        Tally *tally = &g_array_index(tallies, Tally, at);
        tally->severity = MAX(tally->severity, finding->severity);
        tally->files += before ? 0 : 1;
    }
}

/* The most frequent first, then by id. */
static gint
compare(gconstpointer left, gconstpointer right)
{
    const Tally *a = left, *b = right;
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
    g_autofree char *files = fg_text_count(checks->len, "file", "files");
    const char *bold = style->colour ? "\033[1m" : "", *plain = style->colour ? "\033[0m" : "";
    g_string_append_printf(text, "%s%s%s: %u %s, %u %s", bold, files, plain, counts[FG_PASS],
                           counts[FG_PASS] == 1 ? "passes" : "pass", counts[FG_FAIL],
                           counts[FG_FAIL] == 1 ? "fails" : "fail");
    if (counts[FG_UNREADABLE] > 0)
        g_string_append_printf(text, ", %u unreadable", counts[FG_UNREADABLE]);
    g_string_append_c(text, '\n');
}

char *
fg_report_check_summary(const GPtrArray *checks, const FgReportStyle *style)
{
    static const char *const labels[] = {"remarks", "warnings", "errors"};
    static const char *const colours[] = {"\033[2m", "\033[33m", "\033[31m"};
    GString *text = g_string_new(NULL);
    g_autoptr(GArray) tallies = g_array_new(FALSE, FALSE, sizeof(Tally));
    for (guint i = 0; i < checks->len; i++)
        count_file(tallies, g_ptr_array_index(checks, i));
    g_array_sort(tallies, compare);
    add_verdicts(text, checks, style);
    for (int severity = FG_SEVERITY_ERROR; severity >= FG_SEVERITY_INFO; severity--) {
        const char *label = labels[severity];
        for (guint i = 0; i < tallies->len; i++) {
            const Tally *tally = &g_array_index(tallies, Tally, i);
            if ((int)tally->severity != severity)
                continue;
            g_string_append_printf(text, "  %s%-9s%s %5u  %s\n", style->colour ? colours[severity] : "",
                                   label, style->colour ? "\033[0m" : "", tally->files, tally->id);
            label = "";
        }
    }
    return g_string_free(text, FALSE);
}

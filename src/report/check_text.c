/* check_text.c: the card of one file for a person: whose it is, what may be done with it, what it leaks; at
 * most ten lines. */
#include <string.h>

#include "base/base.h"
#include "container/container.h"
#include "filigrane/report.h"

#define MOST_FINDINGS 4 /* that a card lists; when there are more, the last of these lines names the rest */
#define LABEL 11        /* "AI, mining" and a blank */

static const char *
paint(const FgReportStyle *style, const char *code)
{
    return style->colour ? code : "";
}

static const char *
severity_colour(const FgReportStyle *style, FgSeverity severity)
{
    static const char *const codes[] = {"\033[2m", "\033[33m", "\033[31m"};
    return paint(style, codes[severity]);
}

/* One line safe for a terminal, cut to `room` characters. */
static char *
line_of(const char *text, int room)
{
    g_autofree char *tidy = fg_text_tidy(text);
    g_autofree char *safe = fg_text_printable(tidy);
    if (g_utf8_strlen(safe, -1) <= room)
        return g_steal_pointer(&safe);
    g_autofree char *cut = g_utf8_substring(safe, 0, MAX(room - 1, 1));
    return g_strconcat(g_strchomp(cut), "…", NULL);
}

static int
room_of(const FgReportStyle *style, int taken)
{
    int columns = style->columns > 0 ? style->columns : 80;
    return MAX(columns - taken, 20);
}

static void
add_row(GString *card, const FgReportStyle *style, const char *label, const char *value)
{
    g_autofree char *line = line_of(value, room_of(style, LABEL + 2));
    g_string_append_printf(card, "  %s%-*s%s%s\n", paint(style, "\033[2m"), LABEL, label,
                           paint(style, "\033[0m"), line);
}

static void
add_head(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    static const char *const colours[] = {"\033[1;32m", "\033[1;31m", "\033[1;35m"};
    static const char *const signs[] = {"✓", "✗", "?"};
    /* The end of a path says more than its start; all of it is shown, for it is what a person copies. */
    g_autofree char *path = fg_text_printable(check->path);
    g_string_append_printf(card, "%s%s%s %s%s%s", paint(style, colours[check->verdict]),
                           signs[check->verdict], paint(style, "\033[0m"), paint(style, "\033[1m"), path,
                           paint(style, "\033[0m"));
    if (check->format)
        g_string_append_printf(card, "  %s", fg_format_title(fg_format_from_name(check->format)));
    if (check->width > 0 && check->height > 0)
        g_string_append_printf(card, " %u × %u", check->width, check->height);
    g_string_append_c(card, '\n');
}

/* What plus:DataMining comes to, in words. */
static const char *
mining_words(const char *uri)
{
    static const struct {
        const char *key, *words;
    } values[] = {
        {"DMI-UNSPECIFIED", "not reserved"},
        {"DMI-ALLOWED", "allowed"},
        {"DMI-PROHIBITED-AIMLTRAINING", "AI and machine learning training prohibited"},
        {"DMI-PROHIBITED-GENAIMLTRAINING", "generative AI training prohibited"},
        {"DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING", "prohibited, but for search engines"},
        {"DMI-PROHIBITED", "prohibited"},
        {"DMI-PROHIBITED-SEECONSTRAINT", "prohibited, as its constraints say"},
        {"DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR", "prohibited, as its embedded rights say"},
        {"DMI-PROHIBITED-SEELINKEDRIGHTSEXPR", "prohibited, as its linked rights say"},
    };
    if (!uri)
        return "not reserved";
    const char *slash = strrchr(uri, '/');
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        if (strcmp(values[i].key, slash ? slash + 1 : uri) == 0)
            return values[i].words;
    return "a value that nobody knows";
}

static void
add_rights(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *creators = check->creators ? g_strjoinv(", ", check->creators) : NULL;
    const char *licence = check->web_statement;
    for (guint i = 0; i < check->licensors->len && !licence; i++)
        licence = ((const FgLicensor *)g_ptr_array_index(check->licensors, i))->url;
    add_row(card, style, "notice", check->notice ? check->notice : "none");
    add_row(card, style, "creator", creators ? creators : "none");
    add_row(card, style, "licence", licence ? licence : "no link");
    add_row(card, style, "AI, mining", mining_words(check->data_mining));
}

/* The values of an id, each once, for one who asked to see them. */
static char *
values_of(const FgCheck *check, const char *id)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (guint i = 0; i < check->personal->len && values->len < 3; i++) {
        const FgPersonal *personal = g_ptr_array_index(check->personal, i);
        if (strcmp(personal->id, id) == 0 && personal->value &&
            !g_ptr_array_find_with_equal_func(values, personal->value, g_str_equal, NULL))
            g_ptr_array_add(values, personal->value);
    }
    if (values->len == 0)
        return NULL;
    g_ptr_array_add(values, NULL);
    return g_strjoinv(", ", (char **)values->pdata);
}

/* Where an id was found: the first place, and how many more. */
static char *
places_of(const FgCheck *check, guint first)
{
    const FgFinding *finding = g_ptr_array_index(check->findings, first);
    guint more = 0;
    for (guint i = first + 1; i < check->findings->len; i++)
        more += strcmp(((const FgFinding *)g_ptr_array_index(check->findings, i))->id, finding->id) == 0;
    return more == 0 ? g_strdup(finding->where) : g_strdup_printf("%s and %u more", finding->where, more);
}

/* The place is said where there is room for it; half a place helps nobody. */
static void
add_finding(GString *card, const FgCheck *check, guint index, const FgReportStyle *style)
{
    enum { ID = 22 };
    const FgFinding *finding = g_ptr_array_index(check->findings, index);
    g_autofree char *places = places_of(check, index);
    g_autofree char *values = style->show_values ? values_of(check, finding->id) : NULL;
    g_autofree char *text = g_strconcat(finding->message, values ? " " : NULL, values, NULL);
    g_autofree char *placed = g_strdup_printf("%s [%s]", text, places);
    int room = room_of(style, 2 + LABEL + ID);
    g_autofree char *line = line_of(g_utf8_strlen(placed, -1) <= room ? placed : text, room);
    g_string_append_printf(card, "  %s%-*s%s%-*s%s\n", severity_colour(style, finding->severity), LABEL,
                           fg_severity_name(finding->severity), paint(style, "\033[0m"), ID, finding->id,
                           line);
}

static gboolean
told_before(const FgCheck *check, guint index)
{
    const FgFinding *finding = g_ptr_array_index(check->findings, index);
    for (guint i = 0; i < index; i++)
        if (strcmp(((const FgFinding *)g_ptr_array_index(check->findings, i))->id, finding->id) == 0)
            return TRUE;
    return FALSE;
}

/* The errors and warnings, the first of each id, by their index. */
static GArray *
first_findings(const FgCheck *check)
{
    GArray *firsts = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        if (finding->severity > FG_SEVERITY_INFO && !told_before(check, i))
            g_array_append_val(firsts, i);
    }
    return firsts;
}

static void
add_findings(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    g_autoptr(GArray) firsts = first_findings(check);
    guint told = firsts->len > MOST_FINDINGS ? MOST_FINDINGS - 1 : firsts->len;
    for (guint i = 0; i < told; i++)
        add_finding(card, check, g_array_index(firsts, guint, i), style);
    g_autoptr(GString) rest = g_string_new(NULL);
    for (guint i = told; i < firsts->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, g_array_index(firsts, guint, i));
        g_string_append_printf(rest, "%s%s", rest->len > 0 ? ", " : "", finding->id);
    }
    if (rest->len > 0)
        add_row(card, style, "and", rest->str);
}

/* "fails: 2 errors, 1 warning, 5 remarks". */
static void
add_verdict(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    static const char *const words[] = {"passes", "fails"};
    guint counts[3] = {0};
    for (guint i = 0; i < check->findings->len; i++)
        counts[((const FgFinding *)g_ptr_array_index(check->findings, i))->severity]++;
    g_autofree char *errors = fg_text_count(counts[FG_SEVERITY_ERROR], "error", "errors");
    g_autofree char *warnings = fg_text_count(counts[FG_SEVERITY_WARNING], "warning", "warnings");
    g_autofree char *remarks = fg_text_count(counts[FG_SEVERITY_INFO], "remark", "remarks");
    gboolean strict = style->strict && counts[FG_SEVERITY_WARNING] > 0 && counts[FG_SEVERITY_ERROR] == 0;
    g_string_append_printf(card, "  %s%s%s: %s, %s, %s%s\n", paint(style, "\033[1m"), words[check->verdict],
                           paint(style, "\033[0m"), errors, warnings, remarks,
                           strict ? " (warnings count)" : "");
}

char *
fg_report_check_card(const FgCheck *check, const FgReportStyle *style)
{
    GString *card = g_string_new(NULL);
    add_head(card, check, style);
    if (check->verdict == FG_UNREADABLE) {
        const FgFinding *finding = check->findings->len > 0 ? g_ptr_array_index(check->findings, 0) : NULL;
        add_row(card, style, "unreadable", finding ? finding->message : "");
        return g_string_free(card, FALSE);
    }
    add_rights(card, check, style);
    add_findings(card, check, style);
    add_verdict(card, check, style);
    return g_string_free(card, FALSE);
}

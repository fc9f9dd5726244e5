/* check_text.c: the card of one file for a person: whose it is, what may be done with it, what it leaks;
 * about ten lines, or all there is to say when asked for more. */
#include "report/card.h"

#include <string.h>

#include "base/base.h"
#include "report/language.h"
#include "report/report_private.h"

#define CARD_LINES 10
#define CARD_BYTES 500    /* of most cards */
#define ROW_LINES 2       /* of one row of a card */
#define FULL_ROW_LINES 50 /* when all is asked for */
#define MOST_VALUES 8     /* of one kind of personal data */

static guint
row_lines(const FgReportStyle *style)
{
    return style->verbose ? FULL_ROW_LINES : ROW_LINES;
}

gboolean
fg_finding_is_repeated(const FgCheck *check, guint index)
{
    const FgFinding *finding = g_ptr_array_index(check->findings, index);
    for (guint i = 0; i < index; i++)
        if (strcmp(((const FgFinding *)g_ptr_array_index(check->findings, i))->id, finding->id) == 0)
            return TRUE;
    return FALSE;
}

/* ---- Rights ---- */

static void
add_field(GString *card, const FgReportStyle *style, const char *label, const char *text)
{
    if (text)
        fg_card_row(card, style, label, FG_INK_DIM, text, FG_INK_PLAIN, row_lines(style));
}

/* What is missing takes the ink of the finding that says so. */
static void
add_right(GString *card, const FgCheck *check, const FgReportStyle *style, const char *label,
          const char *text, const char *otherwise, const char *id)
{
    FgInk ink = FG_INK_PLAIN;
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        if (strcmp(finding->id, id) == 0)
            ink = fg_ink_of(finding->severity);
    }
    fg_card_row(card, style, label, FG_INK_DIM, text ? text : otherwise, ink, row_lines(style));
}

static const char *
licence_of(const FgCheck *check)
{
    const char *licence = check->rights->web_statement;
    for (guint i = 0; i < check->rights->licensors->len && !licence; i++)
        licence = ((const FgLicensor *)g_ptr_array_index(check->rights->licensors, i))->url;
    return licence;
}

static void
add_more_rights(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    add_field(card, style, _("credit"), check->rights->credit);
    for (guint i = 0; i < check->rights->terms->len; i++) {
        const FgLangText *terms = g_ptr_array_index(check->rights->terms, i);
        g_autofree char *text = g_strdup_printf("%s (%s)", terms->text, terms->lang);
        add_field(card, style, i == 0 ? _("terms") : "", text);
    }
    for (guint i = 0; i < check->rights->licensors->len; i++) {
        const FgLicensor *licensor = g_ptr_array_index(check->rights->licensors, i);
        const char *const facts[] = {licensor->name, licensor->email, licensor->url};
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint j = 0; j < G_N_ELEMENTS(facts); j++)
            g_string_append_printf(text, "%s%s", facts[j] && text->len > 0 ? ", " : "",
                                   facts[j] ? facts[j] : "");
        add_field(card, style, i == 0 ? _("licensor") : "", text->str);
    }
}

static void
add_rights(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *creators = check->rights->creators ? g_strjoinv(", ", check->rights->creators) : NULL;
    add_right(card, check, style, _("notice"), check->rights->copyright, _("none"), "copyright.missing");
    add_right(card, check, style, _("creator"), creators, _("nobody"), "creator.missing");
    add_right(card, check, style, _("licence"), licence_of(check), _("no link"),
              "rights.webstatement-missing");
    add_right(card, check, style, _("AI/mining"), fg_mining_words(check->data_mining), NULL,
              "tdm.unreserved");
    if (style->verbose)
        add_more_rights(card, check, style);
}

/* What a page of the web or an album would not show. */
static void
add_hdr(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    if (check->hdr)
        add_field(card, style, "HDR", _(fg_words_hdr(check->hdr).english));
}

/* The rows above say that nothing is there; a finding that says it again would say nothing new. */
static gboolean
is_told_by_rights(const FgCheck *check, const char *id)
{
    return strcmp(id, "copyright.missing") == 0 || strcmp(id, "creator.missing") == 0 ||
           strcmp(id, "tdm.unreserved") == 0 ||
           (strcmp(id, "rights.webstatement-missing") == 0 && !licence_of(check));
}

/* ---- Leaks ---- */

/* " (Jane Doe, 45.1 N)": the values of an id, each once, for one who asked to see them. */
static void
append_values(GString *row, const FgCheck *check, const char *id)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (guint i = 0; i < check->personal->len && values->len < MOST_VALUES; i++) {
        const FgPersonal *personal = g_ptr_array_index(check->personal, i);
        if (strcmp(personal->id, id) == 0 && personal->value &&
            !g_ptr_array_find_with_equal_func(values, personal->value, g_str_equal, NULL))
            g_ptr_array_add(values, personal->value);
    }
    for (guint i = 0; i < values->len; i++)
        g_string_append_printf(row, "%s%s%s", i == 0 ? " (" : ", ", (const char *)values->pdata[i],
                               i + 1 == values->len ? ")" : "");
}

/* What the file gives away at one severity, in one row. */
static char *
leaks_of(const FgCheck *check, FgSeverity severity, const FgReportStyle *style)
{
    GString *row = g_string_new(NULL);
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        const char *words = finding->severity == severity ? fg_leak_words(finding->id) : NULL;
        if (!words || fg_finding_is_repeated(check, i))
            continue;
        g_string_append_printf(row, "%s%s", row->len > 0 ? ", " : "", words);
        if (style->show_values)
            append_values(row, check, finding->id);
    }
    return g_string_free(row, FALSE);
}

/* Errors first; remarks only for one who wants all. */
static void
add_leaks(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    const char *label = N_("leaks");
    int last = style->verbose ? FG_SEVERITY_INFO : FG_SEVERITY_WARNING;
    guint most = style->show_values ? FULL_ROW_LINES : row_lines(style);
    for (int severity = FG_SEVERITY_ERROR; severity >= last; severity--) {
        g_autofree char *row = leaks_of(check, (FgSeverity)severity, style);
        if (!*row)
            continue;
        fg_card_row(card, style, _(label), FG_INK_DIM, row, fg_ink_of((FgSeverity)severity), most);
        label = N_("also");
    }
    if (strcmp(label, "leaks") == 0)
        fg_card_row(card, style, _(label), FG_INK_DIM, _("nothing"), FG_INK_PLAIN, 1);
}

/* ---- Findings ---- */

/* "location.gps in exif:GPS/0x0002, exif:GPS/0x0004". */
static void
add_places(GString *card, const FgCheck *check, guint first, const FgReportStyle *style)
{
    const FgFinding *finding = g_ptr_array_index(check->findings, first);
    g_autoptr(GString) places = g_string_new(finding->id);
    for (guint i = first; i < check->findings->len; i++) {
        const FgFinding *other = g_ptr_array_index(check->findings, i);
        if (strcmp(other->id, finding->id) == 0)
            g_string_append_printf(places, "%s%s", i == first ? _(" in ") : ", ", other->where);
    }
    fg_card_row(card, style, "", FG_INK_DIM, places->str, FG_INK_DIM, FULL_ROW_LINES);
}

static FgSeverity
severity_of(const FgCheck *check, guint index)
{
    return ((const FgFinding *)g_ptr_array_index(check->findings, index))->severity;
}

static gboolean
is_listed(const FgCheck *check, guint index, const FgReportStyle *style)
{
    const FgFinding *finding = g_ptr_array_index(check->findings, index);
    if (fg_finding_is_repeated(check, index))
        return FALSE;
    return style->verbose || finding->severity == FG_SEVERITY_ERROR ||
           (finding->severity == FG_SEVERITY_WARNING && !fg_leak_words(finding->id) &&
            !is_told_by_rights(check, finding->id));
}

static guint
count_lines(const GString *card)
{
    guint lines = 0;
    for (gsize i = 0; i < card->len; i++)
        lines += card->str[i] == '\n';
    return lines;
}

/* Every error, for it is why the file fails; then as many as the card has lines left for, and at least two;
 * all of them for one who wants all. */
static void
add_findings(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    guint listed = 0, errors = 0, told = 0, lines = count_lines(card);
    for (guint i = 0; i < check->findings->len; i++) {
        gboolean one = is_listed(check, i, style);
        listed += one ? 1 : 0;
        errors += one && severity_of(check, i) == FG_SEVERITY_ERROR ? 1 : 0;
    }
    guint most = MAX(2, CARD_LINES - 1 - MIN(lines, CARD_LINES - 1));
    most = style->verbose || listed <= most ? listed : MAX(errors, most - 1);
    for (guint i = 0; i < check->findings->len && told < most; i++) {
        if (!is_listed(check, i, style))
            continue;
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        gboolean remark = finding->severity == FG_SEVERITY_INFO;
        g_autofree char *message = fg_report_message(finding->message);
        const char *label = remark ? "remark" : fg_severity_name(finding->severity);
        fg_card_row(card, style, _(label), fg_ink_of(finding->severity), message, FG_INK_PLAIN,
                    row_lines(style));
        if (style->verbose)
            add_places(card, check, i, style);
        told++;
    }
    if (told == listed)
        return;
    g_autofree char *count = fg_report_count(listed - told, "more", "more");
    g_autofree char *more = g_strdup_printf(_("%s; -v tells all"), count);
    fg_card_row(card, style, _("and"), FG_INK_DIM, more, FG_INK_DIM, 1);
}

/* "2 errors, 1 warning, 5 remarks". */
static char *
count_findings(const FgCheck *check, const FgReportStyle *style)
{
    guint counts[3] = {0};
    for (guint i = 0; i < check->findings->len; i++)
        counts[((const FgFinding *)g_ptr_array_index(check->findings, i))->severity]++;
    g_autofree char *errors = fg_report_count(counts[FG_SEVERITY_ERROR], "error", "errors");
    g_autofree char *warnings = fg_report_count(counts[FG_SEVERITY_WARNING], "warning", "warnings");
    g_autofree char *remarks = fg_report_count(counts[FG_SEVERITY_INFO], "remark", "remarks");
    gboolean strict = style->strict && counts[FG_SEVERITY_WARNING] > 0 && counts[FG_SEVERITY_ERROR] == 0;
    return g_strconcat(errors, ", ", warnings, ", ", remarks, strict ? _(" (warnings count)") : "", NULL);
}

/* "fails      2 errors, 1 warning, 5 remarks". */
static void
add_verdict(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *text = count_findings(check, style);
    gboolean passes = check->verdict == FG_PASS;
    fg_card_row(card, style, passes ? _("passes") : _("fails"), passes ? FG_INK_GOOD : FG_INK_ERROR, text,
                FG_INK_PLAIN, 1);
}

/* What makes the file fail: an error, or a warning where these count. */
static gboolean
is_to_blame(const FgCheck *check, guint index, const FgReportStyle *style)
{
    return severity_of(check, index) >= (style->strict ? FG_SEVERITY_WARNING : FG_SEVERITY_ERROR);
}

/* The picture itself is cut or broken: nothing is written into such a file. */
static gboolean
is_damage(const FgFinding *finding)
{
    return finding->severity == FG_SEVERITY_ERROR && strcmp(finding->id, "structure.malformed") == 0;
}

/* What mends the file: our own commands, where they take it. Another owner's notice is not ours to write
 * over.
 */
static const char *
remedy_of(const FgCheck *check, const FgReportStyle *style)
{
    gboolean leaks = FALSE, rights = FALSE, foreign = FALSE;
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        if (is_damage(finding))
            return fg_error_hint(FG_ERROR_MALFORMED);
        if (!is_to_blame(check, i, style))
            continue;
        leaks = leaks || fg_leak_words(finding->id);
        foreign = foreign || strcmp(finding->id, "copyright.foreign") == 0;
        rights =
            rights || g_str_has_prefix(finding->id, "copyright.") || g_str_has_prefix(finding->id, "rights.");
    }
    rights = rights && !foreign;
    return leaks && rights ? N_("filigrane scrub removes what leaks, filigrane tag writes your rights")
           : leaks         ? N_("filigrane scrub removes what leaks")
           : rights        ? N_("filigrane tag writes your rights")
                           : NULL;
}

static void
add_remedy(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    const char *remedy = remedy_of(check, style);
    if (remedy)
        fg_card_row(card, style, _("remedy"), FG_INK_DIM, _(remedy), FG_INK_PLAIN, row_lines(style));
}

/* Where a site names the picture. */
static void
add_page(GString *card, const FgCheck *check, const FgReportStyle *style)
{
    if (!check->page)
        return;
    g_autofree char *place = g_strdup_printf("%s:%u", check->page, check->line);
    add_field(card, style, _("page"), place);
}

/* A picture that is not there has no rights to speak of. */
static gboolean
is_missing(const FgCheck *check)
{
    return check->findings->len == 1 &&
           strcmp(((const FgFinding *)check->findings->pdata[0])->id, "site.missing") == 0;
}

static char *
unreadable_because(const FgCheck *check)
{
    const FgFinding *finding = check->findings->len > 0 ? g_ptr_array_index(check->findings, 0) : NULL;
    return fg_report_message(finding ? finding->message : "");
}

/* "2 errors, 1 warning, 5 remarks; the first: The file holds coordinates." */
static char *
fails_because(const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *counts = count_findings(check, style);
    for (guint i = 0; i < check->findings->len; i++) {
        if (!is_to_blame(check, i, style))
            continue;
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        g_autofree char *message = fg_report_message(finding->message);
        return g_strdup_printf(_("%s; the first: %s"), counts, message);
    }
    return g_steal_pointer(&counts);
}

char *
fg_report_check_verdict(const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *why =
        check->verdict == FG_UNREADABLE ? unreadable_because(check) : fails_because(check, style);
    const char *const verdicts[] = {_("passes"), _("fails"), _("unreadable")};
    return g_strconcat(verdicts[check->verdict], _(": "), why, NULL);
}

char *
fg_report_check_card(const FgCheck *check, const FgReportStyle *style)
{
    GString *card = g_string_sized_new(CARD_BYTES);
    fg_card_head(card, check, style);
    if (check->verdict == FG_UNREADABLE) {
        g_autofree char *why = unreadable_because(check);
        fg_card_row(card, style, _("unreadable"), FG_INK_ERROR, why, FG_INK_PLAIN, row_lines(style));
        return g_string_free(card, FALSE);
    }
    add_page(card, check, style);
    if (!is_missing(check)) {
        add_rights(card, check, style);
        add_hdr(card, check, style);
        add_leaks(card, check, style);
    }
    add_findings(card, check, style);
    add_verdict(card, check, style);
    add_remedy(card, check, style);
    return g_string_free(card, FALSE);
}

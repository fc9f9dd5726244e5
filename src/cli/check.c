#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
    FgCommon common;
    char *profile;
    char **set;
    char *site, *base_url;
    gboolean json, sarif, strict, show_values, previews;
} Options;

#define MEMBER(name) G_STRUCT_OFFSET(Options, name)

static const FgOption options[] = {
    {"profile", 'p', FG_OPTION_TEXT, MEMBER(profile), "PROFILE",
     "compare with the rights that this profile asks for"},
    {"set", 0, FG_OPTION_LIST, MEMBER(set), "KEY=VALUE", "change one setting of the profile; repeatable"},
    {"strict", 0, FG_OPTION_FLAG, MEMBER(strict), NULL, "warnings count as errors"},
    {"json", 0, FG_OPTION_FLAG, MEMBER(json), NULL, "one JSON object a file, in the order given"},
    {"sarif", 0, FG_OPTION_FLAG, MEMBER(sarif), NULL, "SARIF 2.1.0, for code-scanning pages"},
    {"show-values", 0, FG_OPTION_FLAG, MEMBER(show_values), NULL, "show personal values too"},
    {"previews", 0, FG_OPTION_FLAG, MEMBER(previews), NULL, "compare embedded previews with the picture"},
    {"site", 0, FG_OPTION_TEXT, MEMBER(site), "HTML_DIR",
     "check every picture that the pages of a site name, and that none is missing"},
    {"base-url", 0, FG_OPTION_TEXT, MEMBER(base_url), "URL", "where the site's folder is served"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

typedef struct {
    FgVerdict verdict;
    char *path, *text;
} Card;

static void
clear_card(gpointer data)
{
    Card *card = data;
    g_free(card->path);
    g_free(card->text);
}

static int
worst_first(gconstpointer a, gconstpointer b)
{
    const Card *first = a, *second = b;
    if (first->verdict != second->verdict)
        return (int)second->verdict - (int)first->verdict;
    return g_strcmp0(first->path, second->path);
}

typedef enum { AS_NOTHING, AS_CARDS, AS_JSON, AS_SARIF } Form;

typedef struct {
    const FgReportStyle *style;
    Form form;
    gboolean passed;
    gboolean names;       /* failing files are named on standard error, too */
    guint elsewhere;      /* pictures of a site that lie on other hosts */
    GArray *cards;        /* of Card */
    FgReportTally *tally; /* of the files that have a card */
    GPtrArray *checks;    /* of FgCheck, for SARIF */
} Results;

static void
name_failure(const FgCheck *check, const FgReportStyle *style)
{
    g_autofree char *path = fg_report_path(check->path);
    g_autofree char *verdict = fg_report_check_verdict(check, style);
    fprintf(stderr, _("filigrane check: %s: %s\n"), path, verdict);
}

static void
take_card(FgCheck *check, Results *results)
{
    fg_report_tally_add(results->tally, check);
    Card card = {.verdict = check->verdict, .text = fg_report_check_card(check, results->style)};
    card.path = g_steal_pointer(&check->path);
    g_array_append_val(results->cards, card);
}

/* A JSON line leaves as soon as its file is checked; cards and SARIF want all files first. */
static void
take_check(FgCheck *check, gpointer data)
{
    Results *results = data;
    results->passed = results->passed && check->verdict == FG_PASS;
    if (results->names && check->verdict != FG_PASS)
        name_failure(check, results->style);
    if (results->form == AS_SARIF) {
        g_ptr_array_add(results->checks, check);
        return;
    }
    if (results->form == AS_CARDS)
        take_card(check, results);
    g_autofree char *line = results->form == AS_JSON ? fg_report_check_json(check, results->style) : NULL;
    if (line)
        puts(line);
    fg_check_free(check);
}

static void
print_cards(const Results *results)
{
    g_array_sort(results->cards, worst_first);
    for (guint i = 0; i < results->cards->len; i++)
        fputs(g_array_index(results->cards, Card, i).text, stdout);
    if (results->cards->len > 1) {
        g_autofree char *summary = fg_report_tally_summary(results->tally, results->style);
        fputs(summary, stdout);
    }
}

/* What nobody looked at is said, so that it is not taken for clean. */
static void
print_elsewhere(guint count)
{
    if (count == 0)
        return;
    g_autofree char *pictures = fg_report_count(count, "picture", "pictures");
    printf(_("%s on other hosts not looked at\n"), pictures);
}

static int
check_words(const Options *given)
{
    gboolean named = given->common.operands && given->common.operands[0];
    if (given->site && named)
        return fg_complain_usage("check", "--site takes one folder and no PATH");
    if (given->base_url && !given->site)
        return fg_complain_usage("check", "--base-url goes with --site");
    if (!given->site && !named)
        return fg_complain_usage("check", "no PATH: name files or folders, or - for standard input");
    if (given->json && given->sarif)
        return fg_complain_usage("check", "--json and --sarif do not go together");
    if (given->set && !given->profile)
        return fg_complain_usage("check", "--set changes a profile: name it with -p");
    return 0;
}

/* Returns the exit code of what could not be done, or 0. */
static int
check_all(const Options *given, const FgCheckOptions *check, Results *results)
{
    g_autoptr(GError) error = NULL;
    if (given->site)
        return fg_check_site(given->site, given->base_url, check, take_check, results, &results->elsewhere,
                             &error)
                   ? 0
                   : fg_complain("check", error);
    guint files;
    if (!fg_check_paths(given->common.operands, check, take_check, results, &files, &error))
        return fg_complain("check", error);
    if (files > 0)
        return 0;
    fputs(_("filigrane check: there is no photo in what was named\n"), stderr);
    return 1;
}

static int
run_check(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    int status = check_words(given);
    if (status != 0)
        return status;
    g_autoptr(FgProfile) profile = NULL;
    if (given->profile && !(profile = fg_command_profile_load("check", given->profile, given->set, &status)))
        return status;
    FgCheckOptions check = {.profile = profile, .strict = given->strict, .previews = given->previews};
    FgReportStyle style = terminal->results;
    style.show_values = given->show_values;
    style.strict = given->strict;
    style.verbose = terminal->verbose;
    g_autoptr(GPtrArray) checks = g_ptr_array_new_with_free_func((GDestroyNotify)fg_check_free);
    g_autoptr(GArray) cards = g_array_new(FALSE, FALSE, sizeof(Card));
    g_array_set_clear_func(cards, clear_card);
    g_autoptr(FgReportTally) tally = fg_report_tally_new();
    /* On a terminal the cards name them. */
    gboolean on_screen = isatty(STDOUT_FILENO) && isatty(STDERR_FILENO) && !terminal->quiet;
    Form form = given->json ? AS_JSON : given->sarif ? AS_SARIF : terminal->quiet ? AS_NOTHING : AS_CARDS;
    Results results = {
        .style = &style, .form = form, .passed = TRUE, .cards = cards, .tally = tally, .checks = checks};
    results.names = !on_screen || given->json || given->sarif;
    status = check_all(given, &check, &results);
    if (status != 0)
        return status;
    if (form == AS_SARIF) {
        g_autofree char *sarif = fg_report_check_sarif(checks, &style);
        fputs(sarif, stdout);
    } else if (form == AS_CARDS) {
        print_cards(&results);
        print_elsewhere(results.elsewhere);
    }
    return results.passed ? 0 : 1;
}

const FgCommand fg_command_check = {
    .name = "check",
    .synopsis = "(PATH... | --site HTML_DIR) [OPTION]...",
    .summary = "says each file's copyright tag, its rights, and what it leaks",
    .details =
        "Without a profile: is there a notice and a creator, do EXIF, IPTC and XMP agree, is there location "
        "or\n"
        "other personal data. With -p: does the file carry exactly the rights that the profile asks for, "
        "and\n"
        "nothing that it does not keep. No pixel is decoded; any file off the web is safe to check.\n\n"
        "Exit codes: 0 every file passes; 1 an error-level finding or an unreadable file; 2 wrong usage.",
    .options = options,
    .size = sizeof(Options),
    .run = run_check,
};

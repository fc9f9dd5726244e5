#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    FgCommon common;
    char *profile;
    char **set;
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
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static int
worst_first(gconstpointer a, gconstpointer b)
{
    const FgCheck *first = *(const FgCheck *const *)a, *second = *(const FgCheck *const *)b;
    if (first->verdict != second->verdict)
        return (int)second->verdict - (int)first->verdict;
    return g_strcmp0(first->path, second->path);
}

typedef struct {
    const FgReportStyle *style;
    gboolean json, passed;
    GPtrArray *checks; /* of FgCheck */
} Results;

/* A JSON line leaves as soon as its file is checked; cards and SARIF want all files first. */
static void
take_check(FgCheck *check, gpointer data)
{
    Results *results = data;
    results->passed = results->passed && check->verdict == FG_PASS;
    if (!results->json) {
        g_ptr_array_add(results->checks, check);
        return;
    }
    g_autofree char *line = fg_report_check_json(check, results->style);
    puts(line);
    fg_check_free(check);
}

static void
print_cards(GPtrArray *checks, const FgTerminal *terminal, const FgReportStyle *style)
{
    g_ptr_array_sort(checks, worst_first);
    for (guint i = 0; i < checks->len; i++) {
        const FgCheck *check = checks->pdata[i];
        if (terminal->quiet && check->verdict == FG_PASS)
            continue;
        g_autofree char *card = fg_report_check_card(check, style);
        fputs(card, stdout);
    }
    if (checks->len > 1 && !terminal->quiet) {
        g_autofree char *summary = fg_report_check_summary(checks, style);
        fputs(summary, stdout);
    }
}

static int
run_check(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    int status = 0;
    if (!given->common.operands || !given->common.operands[0])
        return fg_complain_usage("check", "no PATH: name files or folders, or - for standard input");
    if (given->json && given->sarif)
        return fg_complain_usage("check", "--json and --sarif do not go together");
    if (given->set && !given->profile)
        return fg_complain_usage("check", "--set changes a profile: name it with -p");
    g_autoptr(FgProfile) profile = NULL;
    if (given->profile && !(profile = fg_command_profile_load("check", given->profile, given->set, &status)))
        return status;

    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) paths = fg_check_find((const char *const *)given->common.operands, TRUE, &error);
    if (!paths)
        return fg_complain("check", error);
    if (paths->len == 0) {
        fputs(_("filigrane check: there is no photo in what was named\n"), stderr);
        return 1;
    }
    FgCheckOptions check = {.profile = profile, .strict = given->strict, .previews = given->previews};
    FgReportStyle style = terminal->results;
    style.show_values = given->show_values;
    style.strict = given->strict;
    style.verbose = terminal->verbose;
    g_ptr_array_add(paths, NULL);
    g_autoptr(GPtrArray) checks = g_ptr_array_new_with_free_func((GDestroyNotify)fg_check_free);
    Results results = {.style = &style, .json = given->json, .passed = TRUE, .checks = checks};
    if (!fg_check_files((char **)paths->pdata, &check, take_check, &results, &error))
        return fg_complain("check", error);
    if (given->sarif) {
        g_autofree char *sarif = fg_report_check_sarif(checks, &style);
        fputs(sarif, stdout);
    } else if (!given->json) {
        print_cards(checks, terminal, &style);
    }
    return results.passed ? 0 : 1;
}

const FgCommand fg_command_check = {
    .name = "check",
    .synopsis = "PATH... [OPTION]...",
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

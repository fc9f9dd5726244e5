#include "cli/amend.h"

#include <string.h>

typedef struct {
    FgAmendWords words;
    char **keep;
} Options;

static const FgOption options[] = {
    {"keep", 0, FG_OPTION_LIST, G_STRUCT_OFFSET(Options, keep), "GROUP",
     "let a group stay, as camera or caption (see privacy.keep); repeatable"},
    FG_AMEND_ROWS(Options),
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static int
unknown_group(const char *name)
{
    g_autofree char *nearest =
        fg_nearest(name, "title|caption|keywords|year|day|date|camera|lens|exposure|country|city|prompt");
    g_autofree char *shown = fg_report_path(name);
    if (strchr(name, ','))
        return fg_complain_usage("scrub", "--keep %s: it takes one group; repeat --keep for each", shown);
    if (nearest)
        return fg_complain_usage("scrub", "--keep %s: there is no such group; did you mean %s?", shown,
                                 nearest);
    return fg_complain_usage("scrub",
                             "--keep %s: there is no such group; there are title, caption, keywords, "
                             "year, day, date, camera, lens, exposure, country, city, prompt",
                             shown);
}

static int
run_scrub(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    FgAmendOptions amend = {0};
    for (char **name = given->keep; name && *name; name++) {
        guint group = fg_amend_group(*name);
        if (!group)
            return unknown_group(*name);
        amend.keep |= group;
    }
    return fg_amend_run("scrub", &given->words, &amend, fg_scrub_file, terminal);
}

const FgCommand fg_command_scrub = {
    .name = "scrub",
    .synopsis = "FILE... (-o DIR | --in-place) [OPTION]...",
    .summary = "removes location and other personal data without touching a pixel",
    .details =
        "Rights, colour profile and orientation stay; location, serial numbers, owner and people's names, "
        "maker\n"
        "notes, hidden previews and trailing data go. Running it twice changes nothing the second time.",
    .options = options,
    .size = sizeof(Options),
    .run = run_scrub,
};

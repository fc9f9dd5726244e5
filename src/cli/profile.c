#include "cli/command.h"

#include <stdio.h>
#include <unistd.h>

typedef struct {
    FgCommon common;
    char **set;
} Options;

static const FgOption options[] = {
    {"set", 0, FG_OPTION_LIST, G_STRUCT_OFFSET(Options, set), "KEY=VALUE",
     "change one setting before showing; repeatable"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

/* A profile and what it is for. A terminal gets it broken between words; a program, which completes names by
 * it, a line a profile. */
static void
print_entry(const FgProfileEntry *entry, int columns)
{
    enum { NAME_COLUMNS = 12 };
    g_auto(GStrv) words = g_strsplit(entry->summary && *entry->summary ? _(entry->summary) : "", " ", -1);
    printf("%-*s", NAME_COLUMNS, entry->name);
    int at = MAX(NAME_COLUMNS, (int)g_utf8_strlen(entry->name, -1));
    for (char **word = words; *word; word++) {
        int length = (int)g_utf8_strlen(*word, -1);
        if (at + 1 + length > columns) {
            printf("\n%*s", NAME_COLUMNS, "");
            at = NAME_COLUMNS;
        }
        printf(" %s", *word);
        at += 1 + length;
    }
    putchar('\n');
}

static int
list_profiles(const FgTerminal *terminal)
{
    g_autoptr(GPtrArray) entries = fg_profile_list();
    int columns = isatty(STDOUT_FILENO) ? terminal->results.columns : G_MAXINT;
    for (guint i = 0; i < entries->len; i++)
        print_entry(entries->pdata[i], columns);
    puts(_("\n'filigrane profile NAME' shows one whole; 'filigrane init' writes one of yours."));
    return 0;
}

static int
run_profile(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    char **operands = given->common.operands;
    if (!operands || !operands[0])
        return list_profiles(terminal);
    if (operands[1])
        return fg_complain_usage("profile", "one NAME or FILE at a time");
    int status = 0;
    g_autoptr(FgProfile) profile = fg_command_profile_load("profile", operands[0], given->set, &status);
    if (!profile)
        return status;
    g_autoptr(GError) error = NULL;
    if (!fg_publish_check_marks(profile, &error))
        return fg_complain("profile", error);
    g_autofree char *text = fg_profile_explain(profile);
    fputs(text, stdout);
    return 0;
}

const FgCommand fg_command_profile = {
    .name = "profile",
    .synopsis = "[NAME|FILE] [OPTION]...",
    .summary = "lists the profiles; shows one whole, defaults filled in, or says what is wrong in it",
    .details = NULL,
    .options = options,
    .size = sizeof(Options),
    .takes_one = TRUE,
    .run = run_profile,
};

#include "cli/command.h"

#include <stdio.h>

typedef struct {
    FgCommon common;
    char **set;
} Options;

static const FgOption options[] = {
    {"set", 0, FG_OPTION_LIST, G_STRUCT_OFFSET(Options, set), "KEY=VALUE",
     "change one setting before showing; repeatable"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static int
list_profiles(void)
{
    g_autoptr(GPtrArray) entries = fg_profile_list();
    for (guint i = 0; i < entries->len; i++) {
        const FgProfileEntry *entry = entries->pdata[i];
        printf("%-12s %s\n", entry->name, entry->summary ? entry->summary : "");
    }
    puts(_("\n'filigrane profile NAME' shows one whole; copy it to filigrane.yaml and make it yours."));
    return 0;
}

static int
run_profile(const void *values, const FgTerminal *terminal)
{
    (void)terminal;
    const Options *given = values;
    char **operands = given->common.operands;
    if (!operands || !operands[0])
        return list_profiles();
    if (operands[1])
        return fg_complain_usage("profile", "one NAME or FILE at a time");
    int status = 0;
    g_autoptr(FgProfile) profile = fg_command_profile_load("profile", operands[0], given->set, &status);
    if (!profile)
        return status;
    g_autofree char *text = fg_profile_explain(profile);
    fputs(text, stdout);
    g_autoptr(GError) error = NULL;
    return fg_publish_check_marks(profile, &error) ? 0 : fg_complain("profile", error);
}

const FgCommand fg_command_profile = {
    .name = "profile",
    .synopsis = "[NAME|FILE] [OPTION]...",
    .summary = "lists the profiles; shows one whole, defaults filled in, or says what is wrong in it",
    .details = NULL,
    .options = options,
    .size = sizeof(Options),
    .run = run_profile,
};

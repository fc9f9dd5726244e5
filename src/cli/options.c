/* options.c: the options that every command takes. */
#include "cli/command.h"

/* The first row is for commands that take many paths; the others take it and don't list it. */
static const FgOption common_options[] = {
    {"from0", '0', FG_OPTION_TEXT, G_STRUCT_OFFSET(FgCommon, from0), "FILE",
     "read more paths from FILE, separated by NUL; - is standard input"},
    {"quiet", 'q', FG_OPTION_FLAG, G_STRUCT_OFFSET(FgCommon, quiet), NULL, "no progress and no summary"},
    {"verbose", 'v', FG_OPTION_FLAG, G_STRUCT_OFFSET(FgCommon, verbose), NULL, "say more"},
    {"color", 0, FG_OPTION_TEXT, G_STRUCT_OFFSET(FgCommon, colour), "WHEN", "auto, always or never"},
    {"help", 'h', FG_OPTION_FLAG, G_STRUCT_OFFSET(FgCommon, help), NULL, "this page"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

const FgOption *
fg_common_options(void)
{
    return common_options;
}

const FgOption *
fg_shown_options(const FgCommand *command)
{
    return command->takes_one ? common_options + 1 : common_options;
}

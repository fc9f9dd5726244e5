/* command.c: the table of commands. */
#include "cli/command.h"

const FgCommand *const *
fg_commands(void)
{
    static const FgCommand *const commands[] = {
        &fg_command_publish, &fg_command_check,   &fg_command_tag,
        &fg_command_scrub,   &fg_command_proof,   &fg_command_site,
        &fg_command_init,    &fg_command_profile, NULL,
    };
    return commands;
}

const FgCommand *
fg_command_find(const char *name)
{
    for (const FgCommand *const *command = fg_commands(); *command; command++)
        if (g_str_equal((*command)->name, name))
            return *command;
    return NULL;
}

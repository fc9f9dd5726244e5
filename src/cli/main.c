/* filigrane: the program is a table of commands. */
#include "cli/command.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static void
print_usage(FILE *out)
{
    fg_help_text(
        out, _("usage: filigrane COMMAND [OPTION]... [FILE]...\n\n"
               "Makes what a photographer puts on the web: resized, marked, tagged with copyright, free of "
               "personal data.\n\n"
               "Commands:"));
    fg_help_commands(out);
    fg_help_text(out,
                 _("\n'filigrane help COMMAND' tells all of one; 'filigrane --version' what it runs on."));
    fg_help_text(out, _("Start with: filigrane publish SHOOT -o WEB"));
}

static int
unknown_command(const char *word)
{
    g_autoptr(GString) known = g_string_new("help|--help|--version");
    for (const FgCommand *const *command = fg_commands(); *command; command++)
        g_string_append_printf(known, "|%s", (*command)->name);
    g_autofree char *nearest = fg_nearest(word, known->str);
    g_autofree char *shown = fg_report_path(word);
    if (nearest)
        fprintf(stderr, _("filigrane: there is no command '%s'; did you mean '%s'?\n"), shown, nearest);
    else if (*word == '-')
        fprintf(stderr, _("filigrane: '%s' stands where a command is wanted: options come after it\n"),
                shown);
    else
        fprintf(stderr, _("filigrane: there is no command '%s'\n"), shown);
    fputs(_("  'filigrane --help' lists the commands.\n"), stderr);
    return 2;
}

static int
help(char **words)
{
    if (!words[0]) {
        print_usage(stdout);
        return 0;
    }
    const FgCommand *command = fg_command_find(words[0]);
    if (!command)
        return unknown_command(words[0]);
    fg_command_help(command);
    return 0;
}

static int
version(void)
{
    g_autofree char *text = fg_report_version();
    fputs(text, stdout);
    return 0;
}

/* What could not be written must not look like success: a report on a full disk is no report. */
static int
close_output(int status)
{
    enum { INTERRUPTED = 128 }; /* A terminal that hung up takes nothing any more; the signal is the news. */
    if ((fflush(stdout) == 0 && !ferror(stdout)) || status > INTERRUPTED)
        return status;
    fprintf(stderr, _("filigrane: standard output: %s\n"), g_strerror(errno));
    return 3;
}

static int
run(char **words)
{
    const char *word = words[0];
    if (!word) {
        print_usage(stderr);
        return 2;
    }
    if (g_str_equal(word, "--version") || g_str_equal(word, "-V"))
        return version();
    if (g_str_equal(word, "--help") || g_str_equal(word, "-h"))
        return help(words + g_strv_length(words));
    if (g_str_equal(word, "help"))
        return help(words + 1);
    const FgCommand *command = fg_command_find(word);
    return command ? fg_command_run(command, words + 1) : unknown_command(word);
}

int
main(int argc, char **argv)
{
    /* Names of files may be of any language; numbers and the messages of libraries stay those of the C
     * locale. */
    setlocale(LC_CTYPE, "");
    fg_memory_watch();
    /* A file that grows over `ulimit -f` is an error of that file, told with its name. */
    signal(SIGXFSZ, SIG_IGN);
    return close_output(run(argv + MIN(argc, 1)));
}

/* complain.c: what goes wrong before or beside the work, told on standard error. */
#include "cli/command.h"

void
fg_tell(const char *command, const char *message)
{
    g_autofree char *text = fg_report_message(message);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        /* What a message quotes is indented, and belongs to the line above. */
        if (**line == ' ')
            fprintf(stderr, "%s\n", *line);
        else
            fprintf(stderr, _("filigrane %s: %s\n"), command, *line);
}

/* Where the command's own options are told. */
static void
show_help(const char *command)
{
    fprintf(stderr, _("  'filigrane %s --help' shows the options.\n"), command);
}

int
fg_complain(const char *command, const GError *error)
{
    const char *hint = error->domain == FG_ERROR ? fg_error_hint((FgErrorCode)error->code) : NULL;
    fg_tell(command, error->message);
    if (g_error_matches(error, FG_ERROR, FG_ERROR_USAGE))
        show_help(command);
    else if (hint)
        fprintf(stderr, "  %s\n", _(hint));
    return error->domain == FG_ERROR ? fg_error_exit_code((FgErrorCode)error->code) : 2;
}

int
fg_complain_usage(const char *command, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(_(format), list);
    va_end(list);
    fprintf(stderr, _("filigrane %s: %s\n"), command, message);
    show_help(command);
    return 2;
}

int
fg_check_folder(const char *command, const char *out)
{
    if (!g_file_test(out, G_FILE_TEST_EXISTS) || g_file_test(out, G_FILE_TEST_IS_DIR))
        return 0;
    g_autofree char *shown = fg_report_path(out);
    return fg_complain_usage(command, "-o %s is a file, not a folder", shown);
}

gboolean
fg_parse_size(const char *text, guint64 *bytes)
{
    char *end = NULL;
    guint64 value = g_ascii_strtoull(text, &end, 10);
    if (end == text || *text == '-')
        return FALSE;
    static const char units[] = "KMGT";
    guint shift = 0;
    if (*end) {
        const char *unit = strchr(units, g_ascii_toupper(*end));
        if (!unit || end[1])
            return FALSE;
        shift = 10 * (guint)(unit - units + 1);
    }
    if (value == 0 || value > (G_MAXUINT64 >> shift))
        return FALSE;
    *bytes = value << shift;
    return TRUE;
}

FgProfile *
fg_command_profile_load(const char *command, const char *name, char **overrides, int *status)
{
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(name, (const char *const *)overrides, &error);
    if (!profile)
        *status = fg_complain(command, error);
    return profile;
}

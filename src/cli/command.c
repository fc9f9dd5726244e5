#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

void
fg_tell(const char *command, const char *message)
{
    g_autofree char *text = fg_report_message(message);
    fprintf(stderr, _("filigrane %s: %s\n"), command, text);
}

int
fg_complain(const char *command, const GError *error)
{
    const char *hint = error->domain == FG_ERROR ? fg_error_hint((FgErrorCode)error->code) : NULL;
    fg_tell(command, error->message);
    if (hint)
        fprintf(stderr, "  %s\n", _(hint));
    return error->domain == FG_ERROR ? fg_error_exit_code((FgErrorCode)error->code) : 2;
}

void
fg_failures_add(FgFailures *failures, const GError *error)
{
    if (error->domain == FG_ERROR)
        failures->counts[error->code]++;
}

void
fg_failures_advise(const FgFailures *failures, const char *one, const char *many)
{
    for (guint code = 0; code < FG_N_ERRORS; code++) {
        const char *hint = failures->counts[code] > 0 ? fg_error_hint((FgErrorCode)code) : NULL;
        if (!hint)
            continue;
        g_autofree char *count = fg_report_count(failures->counts[code], one, many);
        fprintf(stderr, "  %s%s%s\n", count, _(": "), _(hint));
    }
}

int
fg_complain_usage(const char *command, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(_(format), list);
    va_end(list);
    fprintf(stderr, _("filigrane %s: %s\n  'filigrane %s --help' shows the options.\n"), command, message,
            command);
    return 2;
}

static const GOptionArg argument_of[] = {
    [FG_OPTION_FLAG] = G_OPTION_ARG_NONE,
    [FG_OPTION_NUMBER] = G_OPTION_ARG_INT,
    /* Paths and texts are bytes: the locale must not decide whether "--set rights.creator=Élodie" is
       understood. */
    [FG_OPTION_TEXT] = G_OPTION_ARG_FILENAME,
    [FG_OPTION_LIST] = G_OPTION_ARG_FILENAME_ARRAY,
};

static void
add_entries(GArray *entries, const FgOption *options, void *values)
{
    for (const FgOption *option = options; option->name; option++) {
        GOptionEntry entry = {option->name,
                              option->letter,
                              G_OPTION_FLAG_NONE,
                              argument_of[option->kind],
int
fg_check_folder(const char *command, const char *out)
{
    if (!g_file_test(out, G_FILE_TEST_EXISTS) || g_file_test(out, G_FILE_TEST_IS_DIR))
        return 0;
    g_autofree char *shown = fg_report_path(out);
    return fg_complain_usage(command, "-o %s is a file, not a folder", shown);
}

                              (char *)values + option->offset,
                              option->help,
                              option->value};
        g_array_append_val(entries, entry);
    }
}

static void
free_values(const FgOption *options, void *values)
{
    for (const FgOption *option = options; option->name; option++) {
        void *member = (char *)values + option->offset;
        if (option->kind == FG_OPTION_TEXT)
            g_free(*(char **)member);
        else if (option->kind == FG_OPTION_LIST)
            g_strfreev(*(char ***)member);
    }
}

/* True for "-j2": the letter of an option that takes a value, and the value behind it without a blank. */
static gboolean
has_value_attached(const char *word, const GOptionEntry *entries)
{
    if (word[0] != '-' || word[1] == '-' || word[1] == '\0' || word[2] == '\0')
        return FALSE;
    for (const GOptionEntry *entry = entries; entry->long_name; entry++)
        if (entry->short_name == word[1])
            return entry->arg != G_OPTION_ARG_NONE;
    return FALSE;
}

/* The vector for the parser, which eats it, first word included, and knows "-j 2" only. */
static char **
spread_words(char **words, const GOptionEntry *entries)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    gboolean options = TRUE;
    g_strv_builder_add(builder, "filigrane");
    for (char **word = words; *word; word++) {
        options = options && !g_str_equal(*word, "--");
        if (options && has_value_attached(*word, entries)) {
            const char letter[] = {'-', (*word)[1], '\0'};
            g_strv_builder_add(builder, letter);
            g_strv_builder_add(builder, *word + 2);
        } else {
            g_strv_builder_add(builder, *word);
        }
    }
    return g_strv_builder_end(builder);
}

static gboolean
parse(const FgCommand *command, char **words, void *values, GError **error)
{
    FgCommon *common = values;
    g_autoptr(GArray) entries = g_array_new(TRUE, FALSE, sizeof(GOptionEntry));
    add_entries(entries, command->options, values);
    add_entries(entries, common_options, values);
    GOptionEntry rest = {G_OPTION_REMAINING,
                         0,
                         G_OPTION_FLAG_NONE,
                         G_OPTION_ARG_FILENAME_ARRAY,
                         &common->operands,
                         NULL,
                         NULL};
    g_array_append_val(entries, rest);

    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, (const GOptionEntry *)(void *)entries->data, NULL);
    g_auto(GStrv) vector = spread_words(words, (const GOptionEntry *)(void *)entries->data);
    return g_option_context_parse_strv(context, &vector, error);
}

/* Appends the NUL-separated paths of --from0 to the operands. */
static gboolean
read_from0(FgCommon *common, GError **error)
{
    g_autofree char *data = NULL;
    gsize length = 0;
    const char *path = g_str_equal(common->from0, "-") ? "/dev/stdin" : common->from0;
    if (!g_file_get_contents(path, &data, &length, error))
        return FALSE;
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (common->operands)
        g_strv_builder_addv(builder, (const char **)common->operands);
    for (gsize at = 0; at < length; at += strlen(data + at) + 1)
        if (data[at])
            g_strv_builder_add(builder, data + at);
    g_strfreev(common->operands);
    common->operands = g_strv_builder_end(builder);
    return TRUE;
}

static int
complain_from0(const char *command, const GError *error)
{
    g_autofree char *why = fg_report_message(error->message);
    return fg_complain_usage(command, "--from0: %s", why);
}

static int
run_parsed(const FgCommand *command, FgCommon *common)
{
    g_autoptr(GError) error = NULL;
    FgTerminal terminal;
    if (common->help) {
        fg_command_help(command);
        return 0;
    }
    if (!fg_terminal_init(&terminal, common->colour, common->quiet, common->verbose))
        return fg_complain_usage(command->name, "--color takes auto, always or never, not '%s'",
                                 common->colour);
    if (common->from0 && !read_from0(common, &error))
        return complain_from0(command->name, error);
    return command->run(common, &terminal);
}

int
fg_command_run(const FgCommand *command, char **words)
{
    g_autoptr(GError) error = NULL;
    int wrong = fg_words_check(command, words);
    if (wrong != 0)
        return wrong;
    FgCommon *values = g_malloc0(command->size);
    int status = parse(command, words, values, &error)
                     ? run_parsed(command, values)
                     : fg_complain_usage(command->name, "%s", error->message);
    free_values(command->options, values);
    free_values(common_options, values);
    g_strfreev(values->operands);
    g_free(values);
    return status;
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

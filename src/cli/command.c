#include "cli/command.h"

#include <errno.h>
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

void
fg_failures_add(FgFailures *failures, const GError *error)
{
    if (error->domain == FG_ERROR)
        failures->counts[error->code]++;
}

void
fg_failures_add_creators(FgFailures *failures, char *const *creators)
{
    if (creators && !failures->creators)
        failures->creators = g_ptr_array_new_with_free_func(g_free);
    for (; creators && *creators; creators++)
        if (!g_ptr_array_find_with_equal_func(failures->creators, *creators, g_str_equal, NULL))
            g_ptr_array_add(failures->creators, g_strdup(*creators));
}

void
fg_failures_clear(FgFailures *failures)
{
    g_clear_pointer(&failures->creators, g_ptr_array_unref);
}

/* A name as it stands in a list of YAML: bare, unless a sign in it would mean something there. */
static char *
yaml_name(const char *name)
{
    g_autofree char *shown = fg_report_path(name);
    const char *at = shown;
    gboolean bare = g_unichar_isalpha(g_utf8_get_char(at));
    for (; bare && *at; at = g_utf8_next_char(at)) {
        const gunichar sign = g_utf8_get_char(at);
        bare = g_unichar_isalnum(sign) || g_unichar_ismark(sign) || sign == ' ' || sign == '.' ||
               sign == '-' || sign == '\'' || sign == 0x2019;
    }
    static const char *const words[] = {"yes", "no", "on", "off", "true", "false", "null", "y", "n", NULL};
    g_autofree char *lower = g_ascii_strdown(shown, -1);
    if (bare && !g_strv_contains(words, lower))
        return g_steal_pointer(&shown);
    g_autoptr(GString) quoted = g_string_new(shown);
    g_string_replace(quoted, "'", "''", 0);
    return g_strdup_printf("'%s'", quoted->str);
}

/* The line to add to a profile, for all photos of the run. */
static void
advise_creators(const FgFailures *failures)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < failures->creators->len; i++) {
        g_autofree char *name = yaml_name(failures->creators->pdata[i]);
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", name);
    }
    fprintf(stderr, _("  If these creators are you or yours, add to the profile's rights:  aliases: [%s]\n"),
            list->str);
}

void
fg_failures_advise(const FgFailures *failures, const char *one, const char *many)
{
    if (failures->creators)
        advise_creators(failures);
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

/* All that a list holds, and a NUL after it; NULL and errno when it can't be read. */
static GByteArray *
read_list(const char *path)
{
    FILE *list = g_str_equal(path, "-") ? stdin : fopen(path, "rb");
    if (!list)
        return NULL;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    guint8 chunk[4096];
    gsize got;
    while ((got = fread(chunk, 1, sizeof chunk, list)) > 0)
        g_byte_array_append(bytes, chunk, (guint)got);
    int failure = ferror(list) ? errno : 0;
    if (list != stdin)
        fclose(list);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    errno = failure;
    return failure == 0 ? g_steal_pointer(&bytes) : NULL;
}

/* Appends the NUL-separated paths of --from0 to the operands; the exit code. */
static int
read_from0(const char *command, FgCommon *common)
{
    g_autofree char *shown = fg_report_path(common->from0);
    g_autoptr(GByteArray) list = read_list(common->from0);
    if (!list) {
        g_autofree char *why = fg_report_message(g_strerror(errno));
        return fg_complain_usage(command, "--from0 can't read '%s': %s", shown, why);
    }
    const char *data = (const char *)list->data;
    gsize length = list->len - 1;
    if (strlen(data) == length && strchr(data, '\n') && !g_file_test(data, G_FILE_TEST_EXISTS))
        return fg_complain_usage(command,
                                 "--from0 wants a NUL after each path, as find -print0 writes it; "
                                 "'%s' has a line for each",
                                 shown);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (common->operands)
        g_strv_builder_addv(builder, (const char **)common->operands);
    for (gsize at = 0; at < length; at += strlen(data + at) + 1)
        if (data[at])
            g_strv_builder_add(builder, data + at);
    g_strfreev(common->operands);
    common->operands = g_strv_builder_end(builder);
    return 0;
}

static int
run_parsed(const FgCommand *command, FgCommon *common)
{
    FgTerminal terminal;
    if (common->help) {
        fg_command_help(command);
        return 0;
    }
    if (!fg_terminal_init(&terminal, common->colour, common->quiet, common->verbose))
        return fg_complain_usage(command->name, "--color takes auto, always or never, not '%s'",
                                 common->colour);
    int status = common->from0 ? read_from0(command->name, common) : 0;
    return status == 0 ? command->run(common, &terminal) : status;
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

/* parse.c: the words after a command become its options, and it runs. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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
    add_entries(entries, fg_common_options(), values);
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
    free_values(fg_common_options(), values);
    g_strfreev(values->operands);
    g_free(values);
    return status;
}

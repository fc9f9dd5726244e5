/* words.c: what is wrong with a command line, in the user's language and with the option that was probably
 * meant. What passes here, GLib can parse. */
#include "cli/command.h"

#include <string.h>

static const FgOption *
find_letter(const FgCommand *command, char letter)
{
    const FgOption *const tables[] = {command->options, fg_common_options()};
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const FgOption *option = tables[i]; option->name; option++)
            if (option->letter == letter)
                return option;
    return NULL;
}

static const FgOption *
find_name(const FgCommand *command, const char *name)
{
    const FgOption *const tables[] = {command->options, fg_common_options()};
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const FgOption *option = tables[i]; option->name; option++)
            if (g_str_equal(option->name, name))
                return option;
    return NULL;
}

static int
unknown_option(const FgCommand *command, const char *name)
{
    const FgOption *const tables[] = {command->options, fg_common_options()};
    g_autoptr(GString) known = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const FgOption *option = tables[i]; option->name; option++)
            g_string_append_printf(known, "%s%s", known->len > 0 ? "|" : "", option->name);
    g_autofree char *nearest = fg_nearest(name, known->str);
    g_autofree char *shown = fg_report_path(name);
    return nearest ? fg_complain_usage(command->name, "there is no option --%s; did you mean --%s?", shown,
                                       nearest)
                   : fg_complain_usage(command->name, "there is no option --%s", shown);
}

/* `shown` is the option as it was written. */
static int
check_value(const FgCommand *command, const FgOption *option, const char *shown, const char *value)
{
    guint64 number;
    if (!value)
        return fg_complain_usage(command->name, "%s wants a value: %s %s", shown, shown, option->value);
    if (option->kind == FG_OPTION_NUMBER &&
        !g_ascii_string_to_unsigned(value, 10, 1, G_MAXINT, &number, NULL)) {
        g_autofree char *text = fg_report_path(value);
        return fg_complain_usage(command->name, "%s takes a whole number from 1 on, not '%s'", shown, text);
    }
    return 0;
}

/* "--name", "--name=value", "--name value". */
static int
check_long(const FgCommand *command, char ***words)
{
    const char *word = **words + strlen("--"), *sign = strchr(word, '=');
    g_autofree char *name = sign ? g_strndup(word, (gsize)(sign - word)) : g_strdup(word);
    const FgOption *option = find_name(command, name);
    if (!option)
        return unknown_option(command, name);
    g_autofree char *shown = g_strconcat("--", name, NULL);
    if (option->kind == FG_OPTION_FLAG)
        return sign ? fg_complain_usage(command->name, "%s takes no value", shown) : 0;
    if (!sign && (*words)[1])
        ++*words;
    else if (!sign)
        return check_value(command, option, shown, NULL);
    return check_value(command, option, shown, sign ? sign + 1 : **words);
}

/* "-q", "-qv", "-j2", "-j 2". */
static int
check_short(const FgCommand *command, char ***words)
{
    for (const char *letter = **words + 1; *letter; letter++) {
        const FgOption *option = find_letter(command, *letter);
        if (!option) {
            g_autofree char *shown = fg_report_path(**words);
            return fg_complain_usage(command->name, "there is no option %s", shown);
        }
        if (option->kind == FG_OPTION_FLAG)
            continue;
        const char shown[] = {'-', *letter, '\0'};
        const char *value = letter[1] ? letter + 1 : NULL;
        if (!value && (*words)[1])
            value = *++*words;
        return check_value(command, option, shown, value);
    }
    return 0;
}

int
fg_words_check(const FgCommand *command, char **words)
{
    int status = 0;
    for (; *words && !g_str_equal(*words, "--") && status == 0; words++)
        if (g_str_has_prefix(*words, "--"))
            status = check_long(command, &words);
        else if (**words == '-' && (*words)[1])
            status = check_short(command, &words);
    return status;
}

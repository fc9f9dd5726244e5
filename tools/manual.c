/* manual: fills the templates of man/ and completions/ from the tables that the program parses its words
 * with, so that help, manual and completion can't say different things.
 *
 *     manual < man/filigrane-publish.1 > build/man/filigrane-publish.1
 *
 * A line that is a comment of roff or of the shell and begins with @NAME, as `.\" @options publish` or
 * `# @keys`, is replaced; all others pass as they are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

/* ---- mdoc ---- */

/* Text: no escape, no request, quotes that can be copied, and each sentence on a line of its own. */
static void
put_roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++)
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '\'')
            fputs("\\(aq", stdout);
        else if (*text == '~')
            fputs("\\(ti", stdout);
        else if (g_str_has_prefix(text, ". ") && g_ascii_isupper(text[2])) {
            fputs(".\n", stdout);
            text++;
        } else if (*text == '-' && text[1] == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
}

static void
put_roff_option(const FgOption *option)
{
    fputs(".It ", stdout);
    if (option->letter)
        printf("Fl %c , ", option->letter);
    printf("Fl \\-%s", option->name);
    if (option->value)
        printf(" Ar %s", option->value);
    fputs("\n", stdout);
    put_roff(option->help);
    puts(".");
}

static void
put_options(const FgCommand *command)
{
    puts(".Bl -tag -width indent");
    for (const FgOption *option = command->options; option->name; option++)
        put_roff_option(option);
    for (const FgOption *option = fg_shown_options(command); option->name; option++)
        put_roff_option(option);
    puts(".El");
}

static void
put_summary(const FgCommand *command)
{
    printf(".Nm filigrane-%s\n.Nd %s\n", command->name, command->summary);
}

static void
put_synopsis(const FgCommand *command)
{
    printf(".Nm filigrane %s\n", command->name);
    put_roff(command->synopsis);
    putchar('\n');
}

static void
put_commands(const FgCommand *command)
{
    (void)command;
    puts(".Bl -tag -width indent");
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        printf(".It Xr filigrane-%s 1\n", (*each)->name);
        put_roff((*each)->summary);
        puts(".");
    }
    puts(".El");
}

/* A row that others lie below has no value of its own. */
static gboolean
is_section(const FgSettingHelp *row)
{
    gsize length = strlen(row->key);
    const char *next = row[1].key;
    return next && strncmp(next, row->key, length) == 0 && (next[length] == '.' || next[length] == '[');
}

static void
put_setting(const FgSettingHelp *row)
{
    printf(".It Ic %s\n", row->key);
    put_roff(row->help);
    putchar('\n');
    const char *range = row->range ? row->range : row->type;
    if (is_section(row) || strcmp(range, row->key) == 0)
        return;
    g_auto(GStrv) words = g_strsplit(range, "|", -1);
    g_autofree char *takes = g_strjoinv(", ", words);
    fputs(".br\nTakes: ", stdout);
    put_roff(takes);
    if (row->standard) {
        fputs("; default ", stdout);
        put_roff(row->standard);
    }
    puts(".");
}

static void
put_settings(const FgCommand *command)
{
    (void)command;
    puts(".Bl -tag -width indent");
    for (const FgSettingHelp *row = fg_profile_settings(); row->key; row++)
        put_setting(row);
    puts(".El");
}

/* ---- Completions ---- */

/* The first operand of a synopsis, "[DIR]" as DIR; a NAME that stands alone is a profile's. */
static char *
operand_of(const FgCommand *command)
{
    const char *start = command->synopsis + strspn(command->synopsis, "([");
    g_autofree char *word = g_strndup(start, strspn(start, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    return g_strdup(strcmp(word, "NAME") == 0 ? "PROFILE" : word);
}

static void
put_bash_kinds(const FgOption *options)
{
    for (const FgOption *option = options; option->name; option++)
        if (option->value) {
            fputs("                ", stdout);
            if (option->letter)
                printf("-%c | ", option->letter);
            printf("--%s) kind='%s' ;;\n", option->name, option->value);
        }
}

static void
put_bash_flags(const FgOption *options)
{
    for (const FgOption *option = options; option->name; option++) {
        printf(" --%s", option->name);
        if (option->letter)
            printf(" -%c", option->letter);
    }
}

static void
put_bash_cases(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        g_autofree char *operand = operand_of(*each);
        printf("        %s)\n            operand=%s flags='", (*each)->name, operand);
        put_bash_flags((*each)->options);
        put_bash_flags(fg_shown_options(*each));
        puts("'\n            case $prev in");
        put_bash_kinds((*each)->options);
        put_bash_kinds(fg_shown_options(*each));
        puts("            esac\n            ;;");
    }
}

/* Help within single quotes of a shell; in zsh, brackets and colons would end it. */
static char *
quoted(const char *help, const char *special)
{
    GString *text = g_string_new(NULL);
    for (; *help; help++)
        if (*help == '\'')
            g_string_append(text, "'\\''");
        else {
            if (strchr(special, *help))
                g_string_append_c(text, '\\');
            g_string_append_c(text, *help);
        }
    return g_string_free(text, FALSE);
}

static void
put_zsh_options(const FgOption *options)
{
    for (const FgOption *option = options; option->name; option++) {
        g_autofree char *help = quoted(option->help, "[]:\\");
        const char *equals = option->value ? "=" : "";
        fputs("                ", stdout);
        if (option->kind == FG_OPTION_LIST)
            printf("'*--%s%s", option->name, equals);
        else if (option->letter)
            printf("'(-%c --%s)'{-%c%s,--%s%s}'", option->letter, option->name, option->letter,
                   option->value ? "+" : "", option->name, equals);
        else
            printf("'--%s%s", option->name, equals);
        printf("[%s]", help);
        if (option->value) {
            g_autofree char *kind = quoted(option->value, "");
            printf(":%s:_filigrane_value %s", kind, kind);
        }
        puts("' \\");
    }
}

static void
put_zsh_cases(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        g_autofree char *operand = operand_of(*each);
        printf("        %s)\n            _arguments -s -S \\\n", (*each)->name);
        put_zsh_options((*each)->options);
        put_zsh_options(fg_shown_options(*each));
        printf("                '*:%s:_filigrane_value %s'\n            ;;\n", operand, operand);
    }
}

static void
put_zsh_commands(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        g_autofree char *help = quoted((*each)->summary, ":\\");
        printf("        '%s:%s'\n", (*each)->name, help);
    }
}

static void
put_fish_options(const char *command, const FgOption *options)
{
    for (const FgOption *option = options; option->name; option++) {
        g_autofree char *help = quoted(option->help, "\\");
        printf("complete -c filigrane -n '__fish_seen_subcommand_from %s' -l %s", command, option->name);
        if (option->letter)
            printf(" -s %c", option->letter);
        if (option->value)
            printf(" -x -a '(__filigrane_value %s)'", option->value);
        printf(" -d '%s'\n", help);
    }
}

static void
put_fish_lines(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        const char *name = (*each)->name;
        g_autofree char *operand = operand_of(*each);
        g_autofree char *help = quoted((*each)->summary, "\\");
        printf("complete -c filigrane -n __fish_use_subcommand -a %s -d '%s'\n", name, help);
        printf("complete -c filigrane -n '__fish_seen_subcommand_from %s' -a '(__filigrane_value %s)'\n",
               name, operand);
        put_fish_options(name, (*each)->options);
        put_fish_options(name, fg_shown_options(*each));
    }
}

/* Words for a string of the shell, one a line. */
static void
put_names(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++)
        puts((*each)->name);
    puts("help");
}

/* What --set can change: a value, not a section, and nothing under a name of the user's choice. */
static void
put_keys(const FgCommand *command)
{
    (void)command;
    for (const FgSettingHelp *row = fg_profile_settings(); row->key; row++)
        if (!is_section(row) && !strpbrk(row->key, "*["))
            printf("%s=\n", row->key);
}

static void
put_groups(const FgCommand *command)
{
    (void)command;
    for (const FgSettingHelp *row = fg_profile_settings(); row->key; row++)
        if (strcmp(row->key, "privacy.keep") == 0) {
            g_auto(GStrv) words = g_strsplit(row->range, "|", -1);
            for (char **word = words; *word; word++)
                puts(*word);
        }
}

/* ---- Texts to translate that stand in tables ---- */

static void
put_text(const char *text)
{
    if (!text)
        return;
    fputs("_(\"", stdout);
    for (; *text; text++)
        if (*text == '\n')
            fputs("\\n", stdout);
        else if (strchr("\"\\", *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    puts("\")");
}

static void
put_strings(const FgCommand *command)
{
    (void)command;
    for (const FgCommand *const *each = fg_commands(); *each; each++) {
        put_text((*each)->summary);
        put_text((*each)->details);
        for (const FgOption *option = (*each)->options; option->name; option++)
            put_text(option->help);
    }
    for (const FgOption *option = fg_common_options(); option->name; option++)
        put_text(option->help);
    for (int code = 0; code < FG_N_ERRORS; code++)
        put_text(fg_error_hint((FgErrorCode)code));
    for (int severity = FG_SEVERITY_INFO; severity <= FG_SEVERITY_ERROR; severity++)
        put_text(fg_severity_name((FgSeverity)severity));
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        put_text(kind->meaning);
}

/* ---- Templates ---- */

static const struct {
    const char *name;
    void (*put)(const FgCommand *command);
} directives[] = {
    {"summary", put_summary},
    {"synopsis", put_synopsis},
    {"options", put_options},
    {"commands", put_commands},
    {"settings", put_settings},
    {"bash-cases", put_bash_cases},
    {"zsh-commands", put_zsh_commands},
    {"zsh-cases", put_zsh_cases},
    {"fish-lines", put_fish_lines},
    {"names", put_names},
    {"keys", put_keys},
    {"groups", put_groups},
    {"strings", put_strings},
};

static gboolean
put_directive(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 2);
    const FgCommand *command = words[1] ? fg_command_find(words[1]) : NULL;
    for (guint i = 0; i < G_N_ELEMENTS(directives); i++)
        if (strcmp(directives[i].name, words[0]) == 0 && !words[1] == !command) {
            directives[i].put(command);
            return TRUE;
        }
    fprintf(stderr, "manual: @%s is not known\n", text);
    return FALSE;
}

int
main(void)
{
    char line[4096];
    gboolean good = TRUE;
    while (good && fgets(line, sizeof line, stdin)) {
        const char *rest = line;
        if (g_str_has_prefix(line, ".\\\" @") || g_str_has_prefix(line, "# @"))
            rest = strchr(line, '@');
        if (*rest == '@')
            good = put_directive(g_strchomp((char *)rest + 1));
        else
            fputs(line, stdout);
    }
    return good && fflush(stdout) == 0 ? 0 : 1;
}

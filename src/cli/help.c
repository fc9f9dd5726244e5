/* help.c: the pages of --help, broken between words where the terminal ends. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

enum { OPTION_COLUMNS = 26, COMMAND_COLUMNS = 11 };

/* Where a line stands. */
typedef struct {
    FILE *out;
    int at, indent, columns;
} Line;

/* Prints words, the first with a blank before it unless the line is empty. */
static void
print_words(Line *line, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (char **word = words; *word; word++) {
        int length = (int)g_utf8_strlen(*word, -1);
        gboolean first = line->at <= line->indent;
        if (length == 0)
            continue;
        if (!first && line->at + 1 + length > line->columns) {
            fprintf(line->out, "\n%*s", line->indent, "");
            line->at = line->indent;
            first = TRUE;
        }
        fprintf(line->out, "%s%s", first ? "" : " ", *word);
        line->at += length + !first;
    }
}

void
fg_help_row(FILE *out, const char *head, int indent, const char *text)
{
    Line line = {.out = out, .indent = indent, .columns = fg_terminal_columns(fileno(out))};
    fprintf(out, "%s%*s", head, MAX(indent - (int)g_utf8_strlen(head, -1), 1), "");
    line.at = MAX(indent, (int)g_utf8_strlen(head, -1) + 1);
    print_words(&line, text);
    fputc('\n', out);
}

/* "  file    what it is": where the second part begins. */
static gsize
hanging(const char *text)
{
    const char *gap = strstr(text + strspn(text, " "), "  ");
    return gap ? (gsize)(gap - text) + strspn(gap, " ") : strspn(text, " ");
}

void
fg_help_text(FILE *out, const char *text)
{
    Line line = {.out = out, .columns = fg_terminal_columns(fileno(out))};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **each = lines; *each; each++) {
        gboolean row = **each == ' ', blank = !**each;
        if (line.at > 0 && (row || blank)) {
            fputc('\n', out);
            line.at = 0;
        }
        if (row) {
            gsize indent = hanging(*each);
            g_autofree char *head = g_strchomp(g_strndup(*each, indent));
            fg_help_row(out, head, (int)indent, *each + indent);
        } else if (blank) {
            fputc('\n', out);
        } else {
            print_words(&line, *each);
        }
    }
    if (line.at > 0)
        fputc('\n', out);
}

static void
print_options(const FgOption *options)
{
    for (const FgOption *option = options; option->name; option++) {
        g_autofree char *letter =
            option->letter ? g_strdup_printf("-%c, ", option->letter) : g_strdup("    ");
        g_autofree char *head = g_strdup_printf("  %s--%s%s%s", letter, option->name,
                                                option->value ? " " : "", option->value ? option->value : "");
        fg_help_row(stdout, head, OPTION_COLUMNS + 1, _(option->help));
    }
}

void
fg_command_help(const FgCommand *command)
{
    printf(_("usage: filigrane %s %s\n"), command->name, command->synopsis);
    putchar('\n');
    fg_help_text(stdout, _(command->summary));
    if (command->details) {
        putchar('\n');
        fg_help_text(stdout, _(command->details));
    }
    puts(_("\nOptions:"));
    print_options(command->options);
    print_options(fg_shown_options(command));
}

void
fg_help_commands(FILE *out)
{
    for (const FgCommand *const *command = fg_commands(); *command; command++) {
        g_autofree char *head = g_strconcat("  ", (*command)->name, NULL);
        fg_help_row(out, head, COMMAND_COLUMNS + 1, _((*command)->summary));
    }
}

#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    FgCommon common;
    char *creator, *owner, *web_statement, *licence_page, *email, *language;
} Options;

#define MEMBER(name) G_STRUCT_OFFSET(Options, name)

static const FgOption options[] = {
    {"creator", 0, FG_OPTION_TEXT, MEMBER(creator), "NAME", "who took the photos"},
    {"owner", 0, FG_OPTION_TEXT, MEMBER(owner), "NAME", "who owns the rights; default: the creator"},
    {"web-statement", 0, FG_OPTION_TEXT, MEMBER(web_statement), "URL", "the page that states your rights"},
    {"licence-page", 0, FG_OPTION_TEXT, MEMBER(licence_page), "URL",
     "the page where a licence can be asked for"},
    {"email", 0, FG_OPTION_TEXT, MEMBER(email), "ADDRESS", "a public address, written into every file"},
    {"language", 0, FG_OPTION_TEXT, MEMBER(language), "LANG", "of the notice and the terms: en or fr"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

/* Asks unless the option was given; an empty answer leaves the setting out. */
static char *
ask(const char *given, const char *question)
{
    if (given)
        return g_strdup(given);
    char line[1024];
    printf("%s: ", _(question));
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        line[0] = '\0';
    return g_strdup(g_strstrip(line));
}

static int
write_profile(const char *folder, const FgInitAnswers *answers, const FgTerminal *terminal)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *profile = NULL, *key = NULL;
    if (!fg_init(folder, answers, &profile, &key, &error))
        return fg_complain("init", error);
    if (!terminal->quiet) {
        printf(_("%s is your profile; each line says what it is for.\n"), profile);
        if (key) {
            printf(_("%s is your key: it varies the marks, keep it secret and keep a copy.\n"), key);
            puts(_("What was published without it is done again by the next publish: its marks change."));
        }
        puts(_("Now: filigrane publish SHOOT -o WEB"));
    }
    return 0;
}

static int
run_init(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    char **operands = given->common.operands;
    if (operands && operands[0] && operands[1])
        return fg_complain_usage("init", "one DIR at a time");
    const char *folder = operands && operands[0] ? operands[0] : ".";
    gboolean asks = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!asks) {
        if (!given->creator)
            return fg_complain_usage("init", "--creator is missing (without a terminal nothing is asked)");
        FgInitAnswers answers = {given->creator,      given->owner, given->web_statement,
                                 given->licence_page, given->email, given->language};
        return write_profile(folder, &answers, terminal);
    }
    puts(_("Six questions; an empty answer leaves the setting out."));
    g_autofree char *creator = ask(given->creator, "1. Who takes the photos? (name, required)");
    g_autofree char *owner = ask(given->owner, "2. Who owns the rights? (company or name; empty: the same)");
    g_autofree char *web = ask(given->web_statement, "3. Which page states your rights? (https://...)");
    g_autofree char *licence = ask(given->licence_page, "4. Where can a licence be asked for? (https://...)");
    g_autofree char *email = ask(given->email, "5. A public e-mail address? (it is written into every file)");
    g_autofree char *language = ask(given->language, "6. Language of the notice? (en or fr)");
    FgInitAnswers answers = {creator, owner, web, licence, email, language};
    return write_profile(folder, &answers, terminal);
}

const FgCommand fg_command_init = {
    .name = "init",
    .synopsis = "[DIR] [OPTION]...",
    .summary = "writes a commented profile for you, and a key",
    .details = "Asks six questions at a terminal; elsewhere it takes the options. DIR/filigrane.yaml is "
               "never overwritten,\n"
               "nor is a key that is there.",
    .options = options,
    .size = sizeof(Options),
    .run = run_init,
};

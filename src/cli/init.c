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

#define ANSWER(name) G_STRUCT_OFFSET(FgInitAnswers, name)

static const struct {
    const char *option, *text;
    gsize given, answer;
} questions[] = {
    {"--creator", N_("1. Who takes the photos? (name, required)"), MEMBER(creator), ANSWER(creator)},
    {"--owner", N_("2. Who owns the rights? (company or name; empty: the same)"), MEMBER(owner),
     ANSWER(owner)},
    {"--web-statement", N_("3. Which page states your rights? (https://...)"), MEMBER(web_statement),
     ANSWER(web_statement)},
    {"--licence-page", N_("4. Where can a licence be asked for? (https://...)"), MEMBER(licence_page),
     ANSWER(licence_page)},
    {"--email", N_("5. A public e-mail address? (it is written into every file)"), MEMBER(email),
     ANSWER(email)},
    {"--language", N_("6. Language of the notice? (en or fr; empty: en)"), MEMBER(language),
     ANSWER(language)},
};

/* The answer is the option's, or what is typed, which `typed` keeps; an empty one leaves the setting out.
 * FALSE when it can't be asked for, or not again. */
static gboolean
answer(guint i, const Options *given, FgInitAnswers *answers, GPtrArray *typed)
{
    const char **slot = (const char **)G_STRUCT_MEMBER_P(answers, questions[i].answer);
    const char *option = G_STRUCT_MEMBER(char *, given, questions[i].given);
    if (option) {
        *slot = option;
        return FALSE;
    }
    char line[1024];
    printf("%s: ", _(questions[i].text));
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        return FALSE;
    *slot = g_strdup(g_strstrip(line));
    g_ptr_array_add(typed, (gpointer)*slot);
    return TRUE;
}

/* The question to ask again: the one whose answer an error complains of, by the option that it names first.
 * What an option says is not asked for. */
static guint
question_of(const GError *error, const Options *given, const FgInitAnswers *answers)
{
    gboolean named = answers->creator && *answers->creator;
    guint i = 0;
    while (named && i < G_N_ELEMENTS(questions) && !g_str_has_prefix(error->message, questions[i].option))
        i++;
    gboolean known = i < G_N_ELEMENTS(questions) && !G_STRUCT_MEMBER(char *, given, questions[i].given);
    return known ? i : G_N_ELEMENTS(questions);
}

static void
tell(const char *profile, const char *key, const FgTerminal *terminal)
{
    if (terminal->quiet)
        return;
    printf(_("%s is your profile; each line says what it is for.\n"), profile);
    if (key) {
        printf(_("%s is your key: it varies the marks, keep it secret and keep a copy.\n"), key);
        puts(_("What was published without it is done again by the next publish: its marks change."));
    }
    puts(_("Now: filigrane publish SHOOT -o WEB"));
}

/* Nobody answers six questions to hear that there is a profile already. */
static gboolean
is_free(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "filigrane.yaml", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    g_set_error(error, FG_ERROR, FG_ERROR_PATH, "%s is there already: edit it, or remove it first", path);
    return FALSE;
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
    if (!asks && !given->creator)
        return fg_complain_usage("init", "--creator is missing (without a terminal nothing is asked)");
    FgInitAnswers answers = {given->creator,      given->owner, given->web_statement,
                             given->licence_page, given->email, given->language};
    g_autoptr(GPtrArray) typed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    if (!is_free(folder, &error))
        return fg_complain("init", error);
    if (asks)
        puts(_("Six questions; an empty answer leaves the setting out."));
    for (guint i = 0; asks && i < G_N_ELEMENTS(questions); i++)
        answer(i, given, &answers, typed);
    /* Who is asked in French most likely wants a French notice. */
    if (asks && (!answers.language || !*answers.language))
        answers.language = _("en");
    g_autofree char *profile = NULL, *key = NULL;
    while (!fg_init(folder, &answers, &profile, &key, &error)) {
        guint i = asks ? question_of(error, given, &answers) : G_N_ELEMENTS(questions);
        g_autofree char *message = fg_report_message(error->message);
        if (i < G_N_ELEMENTS(questions))
            puts(message);
        if (i == G_N_ELEMENTS(questions) || !answer(i, given, &answers, typed))
            return fg_complain("init", error);
        g_clear_error(&error);
    }
    tell(profile, key, terminal);
    return 0;
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

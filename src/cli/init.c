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

/* `wrong` says what is wrong with an answer; where it is NULL the profile's own complaint does. */
static const struct {
    const char *text, *wrong;
    gsize given, answer;
} questions[] = {
    {N_("1. Who takes the photos? (name, required)"), NULL, MEMBER(creator), ANSWER(creator)},
    {N_("2. Who owns the rights? (company or name; empty: the same)"), NULL, MEMBER(owner), ANSWER(owner)},
    {N_("3. Which page states your rights? (https://...)"),
     N_("\"%s\" is no address of a page, such as https://example.org/rights."), MEMBER(web_statement),
     ANSWER(web_statement)},
    {N_("4. Where can a licence be asked for? (https://...)"),
     N_("\"%s\" is no address of a page, such as https://example.org/rights."), MEMBER(licence_page),
     ANSWER(licence_page)},
    {N_("5. A public e-mail address? (it is written into every file)"),
     N_("\"%s\" is no e-mail address, such as jane@example.org."), MEMBER(email), ANSWER(email)},
    {N_("6. Language of the notice? (en or fr; empty: en)"),
     N_("The notice can be in English (en) or French (fr), not in \"%s\"."), MEMBER(language),
     ANSWER(language)},
};

static gboolean
is_given(const Options *given, guint i)
{
    return G_STRUCT_MEMBER(char *, given, questions[i].given) != NULL;
}

static const char **
slot_of(FgInitAnswers *answers, guint i)
{
    return (const char **)G_STRUCT_MEMBER_P(answers, questions[i].answer);
}

/* The address that was meant when nothing but its scheme is missing, or NULL. */
static char *
with_scheme(FgInitAnswers *answers, guint i)
{
    const char **slot = slot_of(answers, i), *typed = *slot;
    if (!strchr(typed, '.') || strpbrk(typed, ":@"))
        return NULL;
    g_autofree char *address = g_strconcat("https://", typed, NULL);
    *slot = address;
    gboolean fits = fg_init_check(answers, NULL);
    *slot = typed;
    return fits ? g_steal_pointer(&address) : NULL;
}

/* Whether an answer can stand; if not, says why. *offer is what an empty answer then stands for, or NULL. */
static gboolean
accepts(FgInitAnswers *answers, guint i, char **offer)
{
    g_autoptr(GError) error = NULL;
    g_clear_pointer(offer, g_free);
    if (!answers->creator || !*answers->creator) {
        puts(_("A name is needed here: it stands in every notice."));
        return FALSE;
    }
    if (fg_init_check(answers, &error))
        return TRUE;
    g_autofree char *shown = fg_report_path(*slot_of(answers, i));
    *offer = with_scheme(answers, i);
    if (*offer) {
        printf(_("An address begins with https://. Press Enter for %s, or type another.\n"), *offer);
    } else if (questions[i].wrong) {
        printf(_(questions[i].wrong), shown);
        putchar('\n');
    } else {
        const char *message = strstr(error->message, ": ");
        g_autofree char *text = fg_report_message(message ? message + strlen(": ") : error->message);
        puts(text);
    }
    return FALSE;
}

/* Asks until the answer can stand; `typed` keeps it. An empty one leaves the setting out. FALSE at the end of
 * the input. */
static gboolean
ask(FgInitAnswers *answers, guint i, GPtrArray *typed)
{
    g_autofree char *offer = NULL;
    do {
        char line[1024];
        printf("%s%s", _(questions[i].text), _(": "));
        fflush(stdout);
        if (!fgets(line, sizeof line, stdin))
            return FALSE;
        char *answer = g_strdup(*g_strstrip(line) || !offer ? line : offer);
        g_ptr_array_add(typed, answer);
        *slot_of(answers, i) = answer;
    } while (!accepts(answers, i, &offer));
    return TRUE;
}

/* Asks what no option says. FALSE at the end of the input. */
static gboolean
ask_all(const Options *given, FgInitAnswers *answers, GPtrArray *typed)
{
    puts(_("Six questions; an empty answer leaves the setting out."));
    for (guint i = 0; i < G_N_ELEMENTS(questions); i++)
        if (!is_given(given, i) && !ask(answers, i, typed))
            return FALSE;
    /* Who is asked in French most likely wants a French notice. */
    if (!answers->language || !*answers->language)
        answers->language = _("en");
    return TRUE;
}

static void
tell_key(const char *key)
{
    g_autofree char *shown = fg_report_path(key);
    printf(_("%s is your key: it varies the marks, keep it secret and keep a copy.\n"), shown);
    puts(_("What was published without it is done again by the next publish: its marks change."));
}

/* A word that a shell takes as it stands is not quoted. */
static char *
shell_word(const char *word)
{
    for (const char *c = word; *c; c++)
        if (!g_ascii_isalnum(*c) && !strchr("/._-", *c))
            return g_shell_quote(word);
    return g_strdup(word);
}

static void
tell(const char *folder, const char *profile, const char *key)
{
    g_autofree char *shown = fg_report_path(profile);
    g_autofree char *there = g_canonicalize_filename(folder, NULL);
    g_autofree char *here = g_get_current_dir();
    g_autofree char *word = shell_word(profile);
    printf(_("%s is your profile; each line says what it is for.\n"), shown);
    if (key)
        tell_key(key);
    if (g_str_equal(here, there))
        puts(_("Now: filigrane publish SHOOT -o WEB"));
    else
        printf(_("Now: filigrane publish SHOOT -o WEB -p %s\n"), word);
}

/* Nobody answers six questions to hear that there is a profile already; what can be missing beside one is
 * the key. */
static int
complete(const char *profile, const Options *given, const FgTerminal *terminal)
{
    g_autofree char *key = NULL;
    g_autofree char *shown = fg_report_path(profile);
    g_autoptr(GError) error = NULL;
    gboolean bare = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(questions); i++)
        bare = bare && !is_given(given, i);
    if (bare && !fg_init_key(&key, &error))
        return fg_complain("init", error);
    if (!key) {
        g_set_error(&error, FG_ERROR, FG_ERROR_PATH, "%s is there already: edit it, or remove it first",
                    shown);
        return fg_complain("init", error);
    }
    if (!terminal->quiet) {
        printf(_("%s is there already and stays as it is; the key was missing.\n"), shown);
        tell_key(key);
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
    g_autofree char *there = g_build_filename(folder, "filigrane.yaml", NULL);
    if (g_file_test(there, G_FILE_TEST_EXISTS))
        return complete(there, given, terminal);
    gboolean asks = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!asks && !given->creator)
        return fg_complain_usage("init", "--creator is missing (without a terminal nothing is asked)");
    if (given->creator && !*given->creator)
        return fg_complain_usage("init", "the creator's name is missing");
    FgInitAnswers answers = {given->creator,      given->owner, given->web_statement,
                             given->licence_page, given->email, given->language};
    g_autoptr(GPtrArray) typed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    if (!fg_init_check(&answers, &error))
        return fg_complain("init", error);
    if (asks && !ask_all(given, &answers, typed)) {
        putchar('\n');
        return fg_complain_usage("init", "not all questions were answered: nothing was written");
    }
    g_autofree char *profile = NULL, *key = NULL;
    if (!fg_init(folder, &answers, &profile, &key, &error))
        return fg_complain("init", error);
    if (!terminal->quiet)
        tell(folder, profile, key);
    return 0;
}

const FgCommand fg_command_init = {
    .name = "init",
    .synopsis = "[DIR] [OPTION]...",
    .summary = "writes a commented profile for you, and a key",
    .details = "Asks six questions at a terminal; elsewhere it takes the options. DIR/filigrane.yaml is "
               "never overwritten,\n"
               "nor is a key that is there; where nothing but the key is missing, 'filigrane init' makes it.",
    .options = options,
    .size = sizeof(Options),
    .takes_one = TRUE,
    .run = run_init,
};

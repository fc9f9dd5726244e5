#include "cli/amend.h"

#include <stdio.h>
#include <string.h>

static int
check_words(const char *command, const FgAmendWords *words)
{
    char **operands = words->common.operands;
    if (!operands || !operands[0])
        return fg_complain_usage(command, "no FILE: name files or folders, or - for standard input");
    if (!words->out && !words->in_place)
        return fg_complain_usage(command, "say where to: -o DIR, -o - or --in-place");
    if (words->out && words->in_place)
        return fg_complain_usage(command, "-o and --in-place do not go together");
    if (words->backup && !words->in_place)
        return fg_complain_usage(command, "--backup goes with --in-place");
    if (g_strcmp0(words->out, "-") == 0 && operands[1])
        return fg_complain_usage(command, "-o - takes one FILE");
    return words->out && !g_str_equal(words->out, "-") ? fg_check_folder(command, words->out) : 0;
}

/* The path of a file below the operand it was found in. */
static const char *
below_operand(const char *path, const char *operand)
{
    gsize length = strlen(operand);
    if (strncmp(path, operand, length) == 0 &&
        (path[length] == '/' || (length > 0 && operand[length - 1] == '/'))) {
        path += length;
        return path + strspn(path, "/");
    }
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

typedef struct {
    guint files, changed, failed;
    FgFailures failures;
} Tally;

/* "location.gps, serial.body"; NULL for none. */
static char *
join_ids(const GPtrArray *ids)
{
    g_autoptr(GString) joined = g_string_new(NULL);
    for (guint i = 0; ids && i < ids->len; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? ", " : "", (const char *)ids->pdata[i]);
    return joined->len > 0 ? g_string_free(g_steal_pointer(&joined), FALSE) : NULL;
}

static void
print_result(const char *name, const FgAmendResult *result, gboolean dry_run, gboolean verbose)
{
    g_autofree char *gone = verbose ? join_ids(result->removed) : NULL;
    if (result->status == FG_AS_IT_WAS)
        printf(_("%s: as it was\n"), name);
    else if (gone)
        printf(dry_run ? _("%s: would change, without %s\n") : _("%s: changed, without %s\n"), name, gone);
    else
        printf(dry_run ? _("%s: would change\n") : _("%s: changed\n"), name);
}

static void
tell_notes(const char *command, const FgAmendResult *result)
{
    for (guint i = 0; result->notes && i < result->notes->len; i++)
        fg_tell(command, result->notes->pdata[i]);
}

static int
amend_one(const char *command, const char *path, const char *operand, const FgAmendOptions *options,
          FgAmendFile amend, const FgTerminal *terminal, Tally *tally)
{
    g_autoptr(GError) error = NULL;
    FgAmendResult result = {0};
    int status = 0;
    tally->files++;
    g_autofree char *name = fg_report_path(path);
    gboolean fine = amend(path, below_operand(path, operand), options, &result, &error);
    tell_notes(command, &result);
    if (!fine) {
        g_autofree char *message = g_strdup_printf("%s: %s", name, error->message);
        fg_tell(command, message);
        /* A photo that fails, or whose place is taken, does not end the batch; a full disk does. */
        status = error->domain == FG_ERROR ? fg_error_exit_code((FgErrorCode)error->code) : 1;
        status = status == 3 && error->code != FG_ERROR_TARGET ? 3 : 1;
        tally->failed++;
        fg_failures_add(&tally->failures, error);
        fg_failures_add_creators(&tally->failures, result.creators);
    } else {
        tally->changed += result.status == FG_AMENDED;
        if (!terminal->quiet && g_strcmp0(options->out, "-") != 0 && (terminal->verbose || options->dry_run))
            print_result(name, &result, options->dry_run, terminal->verbose);
    }
    fg_amend_result_clear(&result);
    return status;
}

/* What one FILE of the command line stands for. */
typedef struct {
    const char *operand;
    GPtrArray *paths;
} Found;

static void
found_clear(gpointer data)
{
    g_ptr_array_unref(((Found *)data)->paths);
}

/* All is found before anything is done, so that a path that is not there leaves all as it was. */
static GArray *
find_all(char *const *operands, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Found));
    g_array_set_clear_func(all, found_clear);
    for (; *operands; operands++) {
        const char *named[] = {*operands, NULL};
        const Found found = {*operands, fg_check_find(named, TRUE, error)};
        if (!found.paths)
            return NULL;
        g_array_append_val(all, found);
    }
    return g_steal_pointer(&all);
}

/* What is kept of a file in a walked folder stays what it is. */
static gboolean
is_kept(const char *path, const char *operand)
{
    return fg_check_is_kept(path) && !g_str_equal(path, operand);
}

static gboolean
check_places(const GArray *all, const FgAmendOptions *options, GError **error)
{
    g_autoptr(GArray) inputs = g_array_new(FALSE, FALSE, sizeof(FgAmendInput));
    for (guint i = 0; i < all->len; i++) {
        const Found *found = &g_array_index(all, Found, i);
        for (guint j = 0; j < found->paths->len; j++) {
            const char *path = found->paths->pdata[j];
            const FgAmendInput input = {path, below_operand(path, found->operand)};
            if (!is_kept(path, found->operand))
                g_array_append_val(inputs, input);
        }
    }
    return fg_amend_check_places((const FgAmendInput *)(gpointer)inputs->data, inputs->len, options, error);
}

static int
amend_found(const char *command, const Found *found, const FgAmendOptions *options, FgAmendFile amend,
            const FgTerminal *terminal, Tally *tally)
{
    int status = 0;
    if (found->paths->len == 0) {
        g_autofree char *name = fg_report_path(found->operand);
        fprintf(stderr, _("filigrane %s: %s holds no photo\n"), command, name);
        status = 1;
    }
    for (guint i = 0; i < found->paths->len && status != 3; i++) {
        const char *path = found->paths->pdata[i];
        if (is_kept(path, found->operand))
            continue;
        int one = amend_one(command, path, found->operand, options, amend, terminal, tally);
        status = MAX(status, one);
    }
    return status;
}

static void
print_tally(const FgAmendWords *words, const Tally *tally)
{
    g_autofree char *files = fg_report_count(tally->files, "file", "files");
    printf(words->dry_run ? _("%s: %u would change, %u as they were, %u failed\n")
                          : _("%s: %u changed, %u as they were, %u failed\n"),
           files, tally->changed, tally->files - tally->changed - tally->failed, tally->failed);
}

int
fg_amend_run(const char *command, const FgAmendWords *words, FgAmendOptions *options, FgAmendFile amend,
             const FgTerminal *terminal)
{
    g_autoptr(GError) error = NULL;
    int status = check_words(command, words);
    if (status != 0)
        return status;
    g_autoptr(GArray) all = find_all(words->common.operands, &error);
    if (!all)
        return fg_complain(command, error);
    options->out = words->out;
    options->in_place = words->in_place;
    options->backup = words->backup;
    options->dry_run = words->dry_run;
    if (!check_places(all, options, &error))
        return fg_complain(command, error);
    g_autoptr(FgAmendReader) reader = fg_amend_reader_new(options);
    options->reader = reader;
    Tally tally = {0};
    for (guint i = 0; i < all->len && status != 3; i++) {
        int one = amend_found(command, &g_array_index(all, Found, i), options, amend, terminal, &tally);
        status = MAX(status, one);
    }
    if (!fg_amend_reader_finish(reader, &error))
        status = MAX(status, fg_complain(command, error));
    fg_failures_advise(&tally.failures, "file", "files");
    fg_failures_clear(&tally.failures);
    if (!terminal->quiet && g_strcmp0(words->out, "-") != 0)
        print_tally(words, &tally);
    return status;
}

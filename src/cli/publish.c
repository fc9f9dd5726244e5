#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

typedef struct {
    FgCommon common;
    char *out, *profile, *memory, *shard;
    char **set;
    gint jobs, max_failures;
    gboolean no_recurse, dry_run, force, force_rights, prune, merge, json;
} Options;

enum { JOBS_MOST = 1024 };
#define MEMORY_LEAST ((guint64)64 << 20) /* as the profile's limits.memory */

#define MEMBER(name) G_STRUCT_OFFSET(Options, name)

static const FgOption options[] = {
    {"output", 'o', FG_OPTION_TEXT, MEMBER(out), "DIR", "the folder that is filled (required)"},
    {"profile", 'p', FG_OPTION_TEXT, MEMBER(profile), "PROFILE",
     "a name or a file; default ./filigrane.yaml, else gallery"},
    {"set", 0, FG_OPTION_LIST, MEMBER(set), "KEY=VALUE",
     "change one setting, as rights.creator=Jane; repeatable"},
    {"jobs", 'j', FG_OPTION_NUMBER, MEMBER(jobs), "N", "photos at a time; default: the processors"},
    {"memory", 0, FG_OPTION_TEXT, MEMBER(memory), "SIZE",
     "budget for all photos in hand, as 4G; default: half of what is free"},
    {"no-recurse", 0, FG_OPTION_FLAG, MEMBER(no_recurse), NULL, "leave out folders within folders"},
    {"dry-run", 0, FG_OPTION_FLAG, MEMBER(dry_run), NULL, "say what would be written, write nothing"},
    {"force", 0, FG_OPTION_FLAG, MEMBER(force), NULL, "do all photos, changed or not"},
    {"force-rights", 0, FG_OPTION_FLAG, MEMBER(force_rights), NULL,
     "publish photos that carry another owner's notice"},
    {"prune", 0, FG_OPTION_FLAG, MEMBER(prune), NULL, "remove files whose photo or recipe is gone"},
    {"max-failures", 0, FG_OPTION_NUMBER, MEMBER(max_failures), "N", "stop after N failed photos"},
    {"shard", 0, FG_OPTION_TEXT, MEMBER(shard), "K/N", "do the K-th of N parts"},
    {"merge", 0, FG_OPTION_FLAG, MEMBER(merge), NULL, "join the parts of all shards in DIR"},
    {"json", 0, FG_OPTION_FLAG, MEMBER(json), NULL, "one JSON object a photo, then a summary"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

/* What the listeners of one run share. */
typedef struct {
    const Options *options;
    const FgTerminal *terminal;
    FgProgress progress;
    FgFailures failures;
} Run;

static void
show_progress(guint done, guint total, const char *source, gpointer data)
{
    Run *run = data;
    fg_progress_show(&run->progress, done, total, source);
}

/* What lies deeper than a path may be long can't be asked for, but was found. */
static gboolean
may_be_there(const char *path)
{
    return access(path, F_OK) == 0 || errno == ENAMETOOLONG;
}

/* A photo as a person can open it: its source is its path below an INPUT. */
static char *
path_of(char *const *inputs, const char *source)
{
    for (; *inputs; inputs++) {
        g_autofree char *name = g_path_get_basename(*inputs),
                        *below = g_build_filename(*inputs, source, NULL);
        if (may_be_there(below))
            return g_steal_pointer(&below);
        if (g_str_equal(name, source) && g_file_test(*inputs, G_FILE_TEST_IS_REGULAR))
            return g_strdup(*inputs);
    }
    return g_strdup(source);
}

static void
tell_outcome(const FgOutcome *outcome, gpointer data)
{
    Run *run = data;
    const GError *error = fg_report_outcome_error(outcome);
    if (error) {
        g_autofree char *path = path_of(run->options->common.operands, fg_report_outcome_source(outcome));
        g_autofree char *failure = fg_report_outcome_failure(outcome, path);
        fg_progress_clear(&run->progress);
        fputs(failure, stderr);
        fg_failures_add(&run->failures, error);
    }
    if (run->options->json) {
        g_autofree char *line = fg_report_outcome_json(outcome);
        puts(line);
    }
}

static void
tell_skipped(const char *path, const char *kind, gpointer data)
{
    Run *run = data;
    if (!run->terminal->verbose)
        return;
    fg_progress_clear(&run->progress);
    g_autofree char *line = fg_report_skipped(path, kind);
    fputs(line, stderr);
}

static void
tell_planned(const char *source, const char *path, int width, int height, gpointer data)
{
    Run *run = data;
    if (run->options->json || run->terminal->quiet)
        return;
    g_autofree char *line = fg_report_planned(source, path, width, height);
    fputs(line, stdout);
}

static void
tell_doomed(const char *path, gpointer data)
{
    Run *run = data;
    if (run->options->json || !run->terminal->verbose)
        return;
    g_autofree char *line = fg_report_doomed(path);
    fputs(line, stdout);
}

static void
tell_note(const char *text, gboolean warning, gpointer data)
{
    Run *run = data;
    if (run->terminal->quiet && !warning)
        return;
    fg_progress_clear(&run->progress);
    g_autofree char *message = fg_report_message(text);
    g_autofree char *marked = g_strconcat(warning ? _("warning: ") : "", message, NULL);
    fprintf(stderr, _("filigrane %s: %s\n"), fg_command_publish.name, marked);
}

static gboolean
parse_shard(const char *text, guint *k, guint *n)
{
    g_auto(GStrv) words = g_strsplit(text, "/", 3);
    guint64 first, second;
    if (g_strv_length(words) != 2 || !g_ascii_string_to_unsigned(words[0], 10, 1, 9999, &first, NULL) ||
        !g_ascii_string_to_unsigned(words[1], 10, first, 9999, &second, NULL))
        return FALSE;
    *k = (guint)first;
    *n = (guint)second;
    return TRUE;
}

static int
check_memory(const char *text, guint64 *memory)
{
    const char *name = fg_command_publish.name;
    if (!fg_parse_size(text, memory))
        return fg_complain_usage(name, "--memory takes a size such as 1536M or 4G, not '%s'", text);
    if (*memory < MEMORY_LEAST)
        return fg_complain_usage(
            name, "--memory %s is too little for one photo: it takes a size such as 1536M or 4G", text);
    return 0;
}

/* What can be said of the words alone. */
static int
check_words(const Options *given, FgPublishOptions *publish)
{
    const char *name = fg_command_publish.name;
    if (!given->out)
        return fg_complain_usage(name, "-o DIR is missing: where should the pictures go?");
    if (!given->merge && (!given->common.operands || !given->common.operands[0]))
        return fg_complain_usage(name, "no INPUT: name photos or folders");
    if (given->merge && given->common.operands && given->common.operands[0])
        return fg_complain_usage(name, "--merge takes no INPUT");
    if (given->merge && (given->shard || given->prune || given->dry_run))
        return fg_complain_usage(name, "--merge goes with -o alone");
    if (given->shard && given->prune)
        return fg_complain_usage(name, "--prune does not go with --shard: prune in a run over all photos");
    if (given->shard && !parse_shard(given->shard, &publish->shard, &publish->shards))
        return fg_complain_usage(name, "--shard takes K/N with 1 <= K <= N <= 9999, not '%s'", given->shard);
    if (given->jobs > JOBS_MOST)
        return fg_complain_usage(name, "-j takes 1 to %d, not %d", JOBS_MOST, given->jobs);
    if (given->max_failures && given->dry_run)
        return fg_complain_usage(name, "--max-failures does not go with --dry-run, which tries no photo");
    return given->memory ? check_memory(given->memory, &publish->memory) : 0;
}

static void
print_totals(const Run *run, const FgPublishTotals *totals)
{
    if (run->options->json) {
        g_autofree char *line = fg_report_publish_json(totals);
        puts(line);
    } else if (!run->terminal->quiet) {
        g_autofree char *text = fg_report_publish_summary(totals, run->options->out, run->options->dry_run,
                                                          &run->terminal->results);
        fputs(text, stdout);
    }
}

static void
advise(FgFailures *failures, const FgPublishTotals *totals)
{
    for (guint i = 0; totals->creators && i < totals->creators->len; i++) {
        char *const one[] = {totals->creators->pdata[i], NULL};
        fg_failures_add_creators(failures, one);
    }
    fg_failures_advise(failures, "photo", "photos");
    fg_failures_clear(failures);
}

/* What ended a run: a signal is told by its number. */
static int
ending_of(const GError *error, const gint *interrupted)
{
    int status = fg_complain(fg_command_publish.name, error), number = g_atomic_int_get(interrupted);
    return g_error_matches(error, FG_ERROR, FG_ERROR_INTERRUPTED) && number ? 128 + number : status;
}

static int
merge_parts(const Options *given, const FgTerminal *terminal)
{
    static const FgPublishListener listener = {.note = tell_note};
    const FgPublishOptions merge = {.out = given->out, .interrupted = fg_signals_watch()};
    g_autoptr(GError) error = NULL;
    Run run = {.options = given, .terminal = terminal};
    return fg_publish_merge(&merge, &listener, &run, &error) ? 0 : ending_of(error, merge.interrupted);
}

static int
run_publish(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    FgPublishOptions publish = FG_PUBLISH_DEFAULTS;
    int status = check_words(given, &publish);
    if (status == 0)
        status = fg_check_folder("publish", given->out);
    if (status != 0)
        return status;
    if (given->merge)
        return merge_parts(given, terminal);
    g_autoptr(FgProfile) profile = fg_command_profile_load("publish", given->profile, given->set, &status);
    if (!profile)
        return status;

    publish.inputs = (const char *const *)given->common.operands;
    publish.out = given->out;
    publish.profile = profile;
    publish.jobs = (guint)given->jobs;
    publish.max_failures = (guint)given->max_failures;
    publish.no_recurse = given->no_recurse;
    publish.dry_run = given->dry_run;
    publish.force = given->force;
    publish.force_rights = given->force_rights;
    publish.prune = given->prune;
    publish.interrupted = fg_signals_watch();

    Run run = {.options = given, .terminal = terminal};
    fg_progress_init(&run.progress, terminal);
    static const FgPublishListener listener = {show_progress, tell_outcome, tell_skipped,
                                               tell_planned,  tell_note,    tell_doomed};
    g_autoptr(GError) error = NULL;
    FgPublishTotals totals = {0};
    gboolean ended = fg_publish(&publish, &listener, &run, &totals, &error);
    fg_progress_clear(&run.progress);
    advise(&run.failures, &totals);
    if (!ended) {
        status = ending_of(error, publish.interrupted);
    } else {
        print_totals(&run, &totals);
        status = totals.failed > 0 || totals.empty_inputs > 0 ? 1 : 0;
    }
    fg_publish_totals_clear(&totals);
    return status;
}

const FgCommand fg_command_publish = {
    .name = "publish",
    .synopsis = "INPUT... -o DIR [OPTION]...",
    .summary = "photos or folders in, web-ready marked and tagged pictures out",
    .details =
        "Each photo is decoded once, turned upright, converted to sRGB, made in the sizes and formats of "
        "the\n"
        "profile, marked, freed of personal data, tagged with your rights, and put in place whole. "
        "Originals\n"
        "are never changed. DIR/filigrane.json says what was made; a second run does only what changed.\n\n"
        "Exit codes: 0 all done; 1 a photo failed; 2 nothing was done; 3 the work could not go on;\n"
        "129, 130 or 143 interrupted, the same command resumes.",
    .options = options,
    .size = sizeof(Options),
    .run = run_publish,
};

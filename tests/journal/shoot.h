/* shoot.h: a plan over photos that need not be pictures, and the files that a run would have made of them. */
#ifndef FG_TEST_SHOOT_H
#define FG_TEST_SHOOT_H

#include <string.h>

#include <glib/gstdio.h>

#include "journal/journal.h"
#include "support/fixtures.h"

typedef struct {
    char *top, *in, *out;
    FgProfile *profile;
    GPtrArray *photos; /* of FgPhoto */
    FgPlan *plan;
} Shoot;

static inline void
write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static inline char *
read_text(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static inline GBytes *
read_bytes(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    GBytes *bytes = fg_file_read(path, 0, NULL);
    assert_non_null(bytes);
    return bytes;
}

static inline gboolean
exists(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static inline Shoot *
shoot_new(void)
{
    Shoot *shoot = g_new0(Shoot, 1);
    shoot->top = fg_scratch();
    shoot->in = g_build_filename(shoot->top, "in", NULL);
    shoot->out = g_build_filename(shoot->top, "out", NULL);
    g_mkdir(shoot->in, 0755);
    g_mkdir(shoot->out, 0755);
    write_text(shoot->top, "p.yaml",
               "rights: { creator: Jane, copyright: \"(c) {creator}\", terms: { en: ask first } }\n"
               "marks: {}\n"
               "derivatives:\n"
               "  - { name: large, long_edge: 200, formats: [jpeg, webp] }\n"
               "  - { name: thumb, long_edge: 100, formats: [jpeg] }\n");
    g_autofree char *path = g_build_filename(shoot->top, "p.yaml", NULL);
    g_autoptr(GError) error = NULL;
    shoot->profile = fg_profile_load(path, NULL, &error);
    if (!shoot->profile)
        fail_msg("%s", error->message);
    shoot->photos = g_ptr_array_new_with_free_func((GDestroyNotify)fg_photo_free);
    return shoot;
}

static inline void
shoot_free(Shoot *shoot)
{
    g_clear_pointer(&shoot->plan, fg_plan_free);
    g_ptr_array_unref(shoot->photos);
    fg_profile_unref(shoot->profile);
    g_free(shoot->top);
    g_free(shoot->in);
    g_free(shoot->out);
    g_free(shoot);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shoot, shoot_free)

static inline void
shoot_stat(FgPhoto *photo)
{
    struct stat info;
    assert_int_equal(stat(photo->path, &info), 0);
    photo->size = info.st_size;
    photo->mtime_ns = (gint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    photo->ctime_ns = (gint64)info.st_ctim.tv_sec * 1000000000 + info.st_ctim.tv_nsec;
    photo->inode = info.st_ino;
}

static inline FgPhoto *
shoot_add(Shoot *shoot, const char *folder, const char *source, const char *content)
{
    write_text(folder, source, content);
    g_autofree char *path = g_build_filename(folder, source, NULL);
    FgPhoto *photo = fg_photo_new(path, source);
    shoot_stat(photo);
    photo->format = FG_FORMAT_JPEG;
    photo->width = 400;
    photo->height = 300;
    photo->orientation = 1;
    photo->facts = fg_facts_new();
    photo->rights = fg_rights_new();
    photo->removed = g_ptr_array_new();
    g_ptr_array_add(shoot->photos, photo);
    return photo;
}

static inline FgPlan *
shoot_plan(Shoot *shoot)
{
    g_autoptr(GError) error = NULL;
    const FgPlanOptions options = {0};
    g_clear_pointer(&shoot->plan, fg_plan_free);
    shoot->plan = fg_plan_new(shoot->profile, shoot->photos, &options, &error);
    if (!shoot->plan)
        fail_msg("%s", error->message);
    return shoot->plan;
}

static inline const FgPlanned *
shoot_planned(const Shoot *shoot, const char *source)
{
    for (guint i = 0; i < shoot->plan->photos->len; i++) {
        const FgPlanned *planned = shoot->plan->photos->pdata[i];
        if (g_str_equal(planned->photo->source, source))
            return planned;
    }
    fail_msg("%s is not planned", source);
    return NULL;
}

/* Writes the planned files of a photo and says so. */
static inline FgOutcome *
shoot_do(const Shoot *shoot, const FgPlanned *planned)
{
    FgOutcome *outcome = fg_outcome_new(planned->photo->source);
    g_autofree char *content = NULL;
    gsize length;
    assert_true(g_file_get_contents(planned->photo->path, &content, &length, NULL));
    outcome->status = FG_DONE;
    outcome->sha256 = fg_sha256_hex(content, length);
    outcome->width = planned->photo->width;
    outcome->height = planned->photo->height;
    outcome->notice = g_strdup("(c) Jane");
    outcome->colour = g_strdup("#102030");
    outcome->placeholder = g_strdup("data:image/webp;base64,AAAA");
    g_ptr_array_add(outcome->removed, (gpointer)(guintptr)g_intern_string("location.gps"));
    for (guint d = 0; d < planned->derivatives->len; d++) {
        const FgDerivative *derivative = planned->derivatives->pdata[d];
        for (guint o = 0; o < derivative->outputs->len; o++) {
            const FgOutput *output = derivative->outputs->pdata[o];
            FgProduct *product = g_new0(FgProduct, 1);
            product->name = g_strdup(derivative->recipe->name);
            product->path = g_strdup(output->path);
            product->format = output->format;
            product->width = derivative->size.width;
            product->height = derivative->size.height;
            product->bytes = length;
            product->sha256 = g_strdup(outcome->sha256);
            product->marks = g_new0(char *, 1);
            write_text(shoot->out, output->path, content);
            g_ptr_array_add(outcome->products, product);
        }
    }
    return outcome;
}

static inline FgOutcome *
shoot_fail(const FgPlanned *planned)
{
    FgOutcome *outcome = fg_outcome_new(planned->photo->source);
    outcome->status = FG_FAILED;
    outcome->stage = "decode";
    fg_throw(&outcome->error, FG_ERROR_MALFORMED, "%s is cut", planned->photo->path);
    return outcome;
}

static inline FgJournal *
shoot_open(const Shoot *shoot, guint k, guint n)
{
    g_autoptr(GError) error = NULL;
    FgJournal *journal = fg_journal_open(shoot->out, k, n, &error);
    if (!journal)
        fail_msg("%s", error->message);
    return journal;
}

/* The same with its manifest, as for a run that has something to do. */
static inline FgJournal *
shoot_read(const Shoot *shoot, guint k, guint n)
{
    FgJournal *journal = shoot_open(shoot, k, n);
    assert_true(fg_journal_read(journal, NULL));
    return journal;
}

/* Puts one text in the place of another in a file of the output folder, and says how often. */
static inline guint
shoot_edit(const Shoot *shoot, const char *name, const char *from, const char *to)
{
    g_autofree char *text = read_text(shoot->out, name);
    g_autoptr(GString) edited = g_string_new(text);
    guint count = g_string_replace(edited, from, to, 0);
    write_text(shoot->out, name, edited->str);
    return count;
}

/* One run over all planned photos: what is unchanged is left, all else is done but `failing`. Returns how
 * many were done. */
static inline guint
shoot_run(Shoot *shoot, const char *failing, const char *environment)
{
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    const FgPlan *plan = shoot_plan(shoot);
    guint done = 0;
    for (guint i = 0; i < plan->photos->len; i++) {
        const FgPlanned *planned = plan->photos->pdata[i];
        g_autofree char *recipe = fg_journal_recipe_digest(planned, "profile", environment);
        g_autoptr(FgOutcome) outcome = NULL;
        if (failing && g_str_equal(failing, planned->photo->source))
            outcome = shoot_fail(planned);
        else
            outcome = fg_journal_unchanged(journal, planned, recipe);
        if (!outcome) {
            outcome = shoot_do(shoot, planned);
            done++;
        }
        fg_journal_add(journal, planned, outcome, recipe);
    }
    g_autoptr(GError) error = NULL;
    if (!fg_journal_save(journal, plan, &error))
        fail_msg("%s", error->message);
    return done;
}

static inline FgJson *
shoot_manifest(const Shoot *shoot)
{
    g_autofree char *text = read_text(shoot->out, "filigrane.json");
    assert_non_null(text);
    FgJson *manifest = fg_json_parse(text, strlen(text), NULL);
    assert_non_null(manifest);
    return manifest;
}

/* The sources of "photos" or "failed", joined by blanks. */
static inline char *
shoot_sources(const Shoot *shoot, const char *list)
{
    g_autoptr(FgJson) manifest = shoot_manifest(shoot);
    const FgJson *items = fg_json_get(manifest, list);
    g_autoptr(GPtrArray) sources = g_ptr_array_new();
    for (gsize i = 0; i < fg_json_length(items); i++)
        g_ptr_array_add(sources, (gpointer)(guintptr)fg_json_get_string(fg_json_at(items, i), "source"));
    g_ptr_array_add(sources, NULL);
    return g_strjoinv(" ", (char **)sources->pdata);
}

#endif

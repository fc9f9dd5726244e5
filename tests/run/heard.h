/* heard.h: what a listener of a run heard, and runs of three photos, for the tests of run. */
#ifndef FG_HEARD_H
#define FG_HEARD_H

#include "run/tiny.h"

#include <string.h>

/* What a listener heard. */
typedef struct {
    GPtrArray *outcomes; /* of FgOutcome-derived lines: "a.jpg done", "b.jpg failed decode" */
    GPtrArray *messages; /* of char *, of failures */
    GPtrArray *digests;  /* of char *, of all products in order */
    GPtrArray *measures; /* of double *, visibilities */
    GPtrArray *warnings; /* of char * */
    guint started;
} Heard;

static inline Heard
heard_new(void)
{
    return (Heard){.outcomes = g_ptr_array_new_with_free_func(g_free),
                   .messages = g_ptr_array_new_with_free_func(g_free),
                   .digests = g_ptr_array_new_with_free_func(g_free),
                   .measures = g_ptr_array_new_with_free_func(g_free),
                   .warnings = g_ptr_array_new_with_free_func(g_free)};
}

static inline void
heard_clear(Heard *heard)
{
    g_ptr_array_unref(heard->outcomes);
    g_ptr_array_unref(heard->messages);
    g_ptr_array_unref(heard->digests);
    g_ptr_array_unref(heard->measures);
    g_ptr_array_unref(heard->warnings);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Heard, heard_clear)

static inline void
hear(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    Heard *heard = data;
    assert_non_null(planned);
    if (!outcome) {
        heard->started++;
        return;
    }
    assert_string_equal(outcome->source, planned->photo->source);
    g_ptr_array_add(heard->outcomes,
                    g_strdup_printf("%s %s%s%s", outcome->source, fg_status_name(outcome->status),
                                    outcome->stage ? " " : "", outcome->stage ? outcome->stage : ""));
    if (outcome->error)
        g_ptr_array_add(heard->messages, g_strdup(outcome->error->message));
    for (guint i = 0; i < outcome->products->len; i++)
        g_ptr_array_add(heard->digests, g_strdup(((const FgProduct *)outcome->products->pdata[i])->sha256));
    for (guint i = 0; i < outcome->measures->len; i++)
        g_ptr_array_add(
            heard->measures,
            g_memdup2(&((const FgMeasure *)outcome->measures->pdata[i])->visibility, sizeof(double)));
    for (guint i = 0; i < outcome->warnings->len; i++)
        g_ptr_array_add(heard->warnings, g_strdup(outcome->warnings->pdata[i]));
}

static inline char *
joined(GPtrArray *texts)
{
    g_autoptr(GPtrArray) copy = g_ptr_array_copy(texts, NULL, NULL);
    g_ptr_array_set_free_func(copy, NULL);
    g_ptr_array_add(copy, NULL);
    return g_strjoinv("\n", (char **)copy->pdata);
}

static inline void
heard_all(const Heard *heard, const char *expected)
{
    g_autofree char *lines = joined(heard->outcomes);
    if (!g_str_equal(lines, expected)) {
        g_autofree char *messages = joined(heard->messages);
        print_message("messages: %s\n", messages);
    }
    assert_string_equal(lines, expected);
}

static const guint8 key[] = "a key for tests";

/* Tries the marks of a profile with drawings of its own. */
static inline gboolean
check_marks(const FgProfile *profile, GError **error)
{
    g_autoptr(FgDrawings) drawings = fg_drawings_new(profile);
    return fg_drawings_check(drawings, error);
}

static inline FgRunOptions
options_for(const char *out)
{
    return (FgRunOptions){
        .out = out, .jobs = 2, .memory = G_GUINT64_CONSTANT(1) << 30, .key = key, .key_length = sizeof key};
}

/* Three sound photos of 640 x 480 and what becomes of them. */
static inline Tiny *
three(const char *folder, const char *font)
{
    GPtrArray *photos = tiny_photos();
    static const char *const names[] = {"a.jpg", "b.jpg", "c.jpg"};
    for (guint i = 0; i < 3; i++)
        g_ptr_array_add(photos, tiny_photo(folder, names[i], tiny_picture(640, 480, i)));
    return tiny_new(photos, font);
}

static inline guint
count_entries(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    guint count = 0;
    while (folder && g_dir_read_name(folder))
        count++;
    return count;
}

#endif

/* aside.c: files are read, and what becomes of them is built, behind walls. What comes back is bytes of which
 * the parent believes nothing but that they are the new file; it holds the old one, and writes.
 *
 * The question is where the file lies below its folder. The answer is one byte that says whether the file
 * stays as it is, the count of removed findings and the number of each in the table, 32-bit little-endian,
 * then the file unless it stays. */
#include "amend/amend_private.h"

#include <string.h>
#include <unistd.h>

#define SECONDS 120
#define LARGEST_ANSWER ((gsize)5 << 30)
#define LARGEST_GROWTH ((gsize)4 << 20) /* All that is written are a few blocks of 64 KiB. */

struct FgAmendReader {
    FgAsideKind kind;
    FgAside *aside;
};

void
fg_amendment_clear(FgAmendment *amendment)
{
    g_clear_pointer(&amendment->before, g_bytes_unref);
    g_clear_pointer(&amendment->after, g_bytes_unref);
    g_clear_pointer(&amendment->removed, g_ptr_array_unref);
}

static gboolean
make(GBytes *before, const char *below, const FgAmendOptions *options, FgAmendment *made, GError **error)
{
    made->before = g_bytes_ref(before);
    made->after = options->profile ? fg_tag_bytes(before, below, options, error)
                                   : fg_scrub_bytes(before, options->keep, &made->removed, error);
    return made->after != NULL;
}

/* ---- Behind the walls ---- */

static void
put_u32(GString *bytes, guint32 number)
{
    const guint32 wire = GUINT32_TO_LE(number);
    g_string_append_len(bytes, (const char *)&wire, sizeof wire);
}

static guint32
number_of(const char *id)
{
    const FgFindingKind *kinds = fg_finding_kinds();
    guint32 number = 0;
    while (strcmp(kinds[number].id, id) != 0)
        number++;
    return number;
}

static GBytes *
work(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    g_auto(FgAmendment) made = {0};
    g_autoptr(GBytes) before = n_files == 1 ? fg_file_read_fd(files[0], error) : NULL;
    const char *below = g_bytes_get_data(question, NULL);
    if (!before || !make(before, below, data, &made, error))
        return NULL;
    GString *answer = g_string_new(NULL); /* A byte array ends at 4 GiB. */
    gboolean same = g_bytes_equal(before, made.after);
    g_string_append_c(answer, same ? 1 : 0);
    put_u32(answer, made.removed ? made.removed->len : 0);
    for (guint i = 0; made.removed && i < made.removed->len; i++)
        put_u32(answer, number_of(made.removed->pdata[i]));
    if (!same)
        g_string_append_len(answer, g_bytes_get_data(made.after, NULL), (gssize)g_bytes_get_size(made.after));
    return g_string_free_to_bytes(answer);
}

/* ---- Before them ---- */

FgAmendReader *
fg_amend_reader_new(const FgAmendOptions *options)
{
    FgAmendReader *reader = g_new0(FgAmendReader, 1);
    reader->kind = (FgAsideKind){
        .name = "fg-amend",
        .seconds = SECONDS,
        .ceiling = LARGEST_ANSWER,
        .data = options,
        .work = work,
    };
    reader->aside = fg_aside_new(&reader->kind);
    return reader;
}

void
fg_amend_reader_free(FgAmendReader *reader)
{
    if (!reader)
        return;
    fg_aside_free(reader->aside);
    g_free(reader);
}

static gboolean
take_removed(FgCursor *at, GPtrArray *removed)
{
    const FgFindingKind *kinds = fg_finding_kinds();
    guint32 count, number, known = 0;
    while (kinds[known].id)
        known++;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        if (!fg_cursor_u32(at, &number) || number >= known)
            return FALSE;
        g_ptr_array_add(removed, (gpointer)(guintptr)kinds[number].id);
    }
    return TRUE;
}

/* A file of the same kind, and of no size that such a change could not come to. */
static gboolean
is_plausible(GBytes *before, GBytes *after)
{
    gsize old_size, new_size;
    const void *old = g_bytes_get_data(before, &old_size), *new = g_bytes_get_data(after, &new_size);
    return new_size > 0 && new_size <= old_size + LARGEST_GROWTH &&
           fg_sniff(old, old_size) == fg_sniff(new, new_size);
}

static gboolean
take_answer(GBytes *answer, FgAmendment *made, GError **error)
{
    FgCursor at = fg_cursor_bytes(answer, FG_LITTLE_ENDIAN);
    guint8 same;
    made->removed = g_ptr_array_new();
    if (fg_cursor_u8(&at, &same) && take_removed(&at, made->removed)) {
        made->after = same ? g_bytes_ref(made->before) : fg_cursor_slice(&at, answer);
        if (same || is_plausible(made->before, made->after))
            return TRUE;
    }
    return fg_throw(error, FG_ERROR_WORKER, "the process said something else than an answer");
}

static gboolean
ask(FgAmendReader *reader, int fd, const char *path, const char *below, FgAmendment *made, GError **error)
{
    /* A stream can be read only once, and its end is not the process's to wait for. */
    int file = strcmp(path, "-") == 0 ? fg_aside_file(made->before, error) : dup(fd);
    if (file < 0)
        return FALSE;
    g_autoptr(GBytes) question = g_bytes_new(below, strlen(below) + 1);
    g_autoptr(GBytes) answer = fg_aside_ask(reader->aside, question, &file, 1, error);
    close(file);
    if (answer)
        return take_answer(answer, made, error);
    if (g_error_matches(error ? *error : NULL, FG_ERROR, FG_ERROR_WORKER))
        g_prefix_error(error, "while it was read: ");
    return FALSE;
}

gboolean
fg_amend_make(const char *path, const char *below, const FgAmendOptions *options, FgAmendment *made,
              GError **error)
{
    int fd = fg_amend_open(path, options, error);
    if (fd < 0)
        return FALSE;
    g_autoptr(GBytes) before = fg_file_read_fd(fd, error);
    gboolean fine = before != NULL;
    if (fine && options->reader) {
        made->before = g_bytes_ref(before);
        fine = ask(options->reader, fd, path, below, made, error);
    } else if (fine) {
        fine = make(before, below, options, made, error);
    }
    close(fd);
    return fine;
}

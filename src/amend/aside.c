/* aside.c: files are read, and what becomes of them is built, behind walls. What comes back is how the
 * new file is put together, of which the parent believes nothing; it holds the old one, writes, and looks at
 * what it wrote.
 *
 * The question is where the file lies below its folder. The answer is one byte that says whether the file
 * stays as it is, the count of removed findings and the number of each in the table, the lines that are to be
 * said and the creators that it is refused for, each with its count and every text with its length, all
 * 32-bit little-endian, then the pieces. */
#include "amend/amend_private.h"

#include <string.h>
#include <unistd.h>

#define SECONDS 120
#define LARGEST_ANSWER ((gsize)5 << 30)
#define MOST_TEXTS 64
#define LONGEST_TEXT 1024
#define LARGEST_VERDICT ((gsize)64 << 10)

struct FgAmendReader {
    FgSandboxTaskKind kind, auditor_kind;
    FgSandboxTask *aside, *auditor; /* auditor: reads the finished file, and never the old one */
    FgDraft owed;                   /* a file whose folder is still to be synced, if it has one */
    GHashTable *entered;            /* folders that were asked for, by path */
};

void
fg_amendment_clear(FgAmendment *amendment)
{
    if (amendment->old >= 0)
        close(amendment->old);
    amendment->old = -1;
    fg_pieces_clear(&amendment->pieces);
    g_clear_pointer(&amendment->removed, g_ptr_array_unref);
    fg_told_clear(&amendment->told);
}

void
fg_remade_clear(FgRemade *made)
{
    g_clear_pointer(&made->file, g_bytes_unref);
    g_clear_pointer(&made->copied, g_array_unref);
    g_clear_pointer(&made->removed, g_ptr_array_unref);
    fg_told_clear(&made->told);
}

/* In this process. */
static gboolean
make(int file, const char *below, const FgAmendOptions *options, FgAmendment *amendment, GError **error)
{
    g_auto(FgRemade) made = {0};
    g_autoptr(GBytes) before = fg_file_read_fd(file, error);
    if (!before || !(options->profile ? fg_tag_remake(before, below, options, &made, error)
                                      : fg_scrub_remake(before, options, &made, error)))
        return FALSE;
    amendment->told = made.told;
    made.told = (FgTold){0};
    if (!made.file) { /* It is refused. */
        amendment->same = TRUE;
        amendment->pieces = fg_pieces_same(g_bytes_get_size(before));
        return TRUE;
    }
    amendment->same = g_bytes_equal(before, made.file);
    amendment->pieces =
        amendment->same ? fg_pieces_same(g_bytes_get_size(before)) : fg_pieces_of(before, &made);
    amendment->removed = g_steal_pointer(&made.removed);
    return TRUE;
}

/* ---- Behind the walls ---- */

static void
put_texts(GByteArray *bytes, char *const *texts)
{
    guint count = texts ? MIN(g_strv_length((char **)texts), MOST_TEXTS) : 0;
    fg_put_le32(bytes, count);
    for (guint i = 0; i < count; i++) {
        g_autofree char *cut = fg_text_cut(texts[i], LONGEST_TEXT);
        fg_ipc_put_text(bytes, cut);
    }
}

static GBytes *
work(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    g_auto(FgAmendment) made = {.old = -1};
    const char *below = g_bytes_get_data(question, NULL);
    if (n_files != 1)
        return fg_throw_null(error, FG_ERROR_INTERNAL, "a question without a file");
    if (!make(files[0], below, data, &made, error))
        return NULL;
    GByteArray *answer = g_byte_array_new();
    const guint8 same = made.same ? 1 : 0;
    g_byte_array_append(answer, &same, 1);
    fg_put_le32(answer, made.removed ? made.removed->len : 0);
    for (guint i = 0; made.removed && i < made.removed->len; i++)
        fg_put_le32(answer, fg_finding_number(made.removed->pdata[i]));
    put_texts(answer, made.told.notes);
    put_texts(answer, made.told.foreign_creators);
    return fg_pieces_pack(&made.pieces, answer);
}

/* The question is the same, of the finished file; there is no answer but an error. */
static GBytes *
audit(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    if (n_files != 1)
        return fg_throw_null(error, FG_ERROR_INTERNAL, "a question without a file");
    g_autoptr(GBytes) file = fg_file_read_fd(files[0], error);
    gboolean fine = file && fg_amend_audit_words(file, g_bytes_get_data(question, NULL), data, error);
    return fine ? g_bytes_new(NULL, 0) : NULL;
}

/* ---- Before them ---- */

FgAmendReader *
fg_amend_reader_new(const FgAmendOptions *options)
{
    FgAmendReader *reader = g_new0(FgAmendReader, 1);
    reader->owed = FG_NO_DRAFT;
    reader->entered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    reader->kind = (FgSandboxTaskKind){
        .name = "fg-amend",
        .seconds = SECONDS,
        .ceiling = LARGEST_ANSWER,
        .data = options,
        .work = work,
    };
    reader->auditor_kind = (FgSandboxTaskKind){
        .name = "fg-auditor",
        .seconds = SECONDS,
        .ceiling = LARGEST_VERDICT,
        .data = options,
        .work = audit,
    };
    reader->aside = fg_sandbox_task_new(&reader->kind);
    reader->auditor = fg_sandbox_task_new(&reader->auditor_kind);
    return reader;
}

void
fg_amend_reader_free(FgAmendReader *reader)
{
    if (!reader)
        return;
    fg_amend_reader_finish(reader, NULL);
    fg_sandbox_task_free(reader->aside);
    fg_sandbox_task_free(reader->auditor);
    g_hash_table_unref(reader->entered);
    g_free(reader);
}

gboolean
fg_amend_reader_finish(FgAmendReader *reader, GError **error)
{
    gboolean fine = reader->owed.folder < 0 || fg_draft_settle(&reader->owed, error);
    fg_draft_clear(&reader->owed);
    return fine;
}

gboolean
fg_amend_reader_enters(FgAmendReader *reader, const char *folder)
{
    return g_hash_table_add(reader->entered, g_strdup(folder));
}

static gboolean
is_same_folder(const FgDraft *a, const FgDraft *b)
{
    struct stat one, other;
    return a->folder >= 0 && b->folder >= 0 && fstat(a->folder, &one) == 0 && fstat(b->folder, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

gboolean
fg_amend_reader_owe(FgAmendReader *reader, FgDraft *placed, GError **error)
{
    if (is_same_folder(&reader->owed, placed))
        return TRUE;
    gboolean fine = fg_amend_reader_finish(reader, error);
    reader->owed = *placed;
    *placed = FG_NO_DRAFT;
    return fine;
}

static gboolean
take_removed(FgCursor *at, GPtrArray *removed)
{
    const FgFindingKind *kinds = fg_finding_kinds();
    guint32 count, number;
    if (!fg_cursor_u32(at, &count))
        return FALSE;
    for (guint32 i = 0; i < count; i++) {
        if (!fg_cursor_u32(at, &number) || number >= FG_N_FINDINGS)
            return FALSE;
        g_ptr_array_add(removed, (gpointer)(guintptr)kinds[number].id);
    }
    return TRUE;
}

/* NULL for none. What is in them is anybody's text, made printable. */
static gboolean
take_texts(FgCursor *at, char ***texts)
{
    if (!fg_ipc_get_texts(at, texts))
        return FALSE;
    for (guint i = 0; *texts && (*texts)[i]; i++) {
        char *text = (*texts)[i];
        if (i >= MOST_TEXTS || strlen(text) > LONGEST_TEXT)
            return FALSE;
        (*texts)[i] = fg_text_printable(text);
        g_free(text);
    }
    return TRUE;
}

static gboolean
take_answer(GBytes *answer, FgAmendment *made, GError **error)
{
    FgCursor at = fg_cursor_bytes(answer, FG_LITTLE_ENDIAN);
    guint8 same;
    made->removed = g_ptr_array_new();
    if (fg_cursor_u8(&at, &same) && take_removed(&at, made->removed) && take_texts(&at, &made->told.notes) &&
        take_texts(&at, &made->told.foreign_creators) &&
        fg_pieces_unpack(&at, answer, (guint64)made->info.st_size, &made->pieces)) {
        made->same = same != 0;
        return TRUE;
    }
    return fg_throw_no_answer(error);
}

/* One of the two processes about a file. */
static GBytes *
ask(FgSandboxTask *aside, const char *below, int file, GError **error)
{
    g_autoptr(GBytes) question = g_bytes_new(below, strlen(below) + 1);
    GError *failure = NULL;
    GBytes *answer = fg_sandbox_task_ask(aside, question, &file, 1, &failure);
    if (g_error_matches(failure, FG_ERROR, FG_ERROR_WORKER))
        g_prefix_error(&failure, "while it was read: ");
    if (failure)
        g_propagate_error(error, failure);
    return answer;
}

static gboolean
read_aside(FgAmendReader *reader, const char *below, FgAmendment *made, GError **error)
{
    g_autoptr(GBytes) answer = ask(reader->aside, below, made->old, error);
    return answer && take_answer(answer, made, error);
}

gboolean
fg_amend_reader_audit(FgAmendReader *reader, const FgDraft *draft, const char *below, GError **error)
{
    int file = fg_draft_reader(draft, error);
    if (file < 0)
        return FALSE;
    g_autoptr(GBytes) answer = ask(reader->auditor, below, file, error);
    close(file);
    return answer != NULL;
}

gboolean
fg_amend_make(const char *path, const char *below, const FgAmendOptions *options, FgAmendment *made,
              GError **error)
{
    made->old = fg_amend_open(path, options, &made->info, error);
    if (made->old < 0)
        return FALSE;
    return options->reader ? read_aside(options->reader, below, made, error)
                           : make(made->old, below, options, made, error);
}

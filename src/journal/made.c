/* made.c: .filigrane/made, which says of a picture that it is ours before it has its name.
 *
 * A line a picture: its SHA-256, the first 16 digits of the SHA-256 of the rest of the line, and its path
 * below the output folder, with bytes that a line can't hold as %XX. Lines are only appended, and are there
 * for good before the picture is; so a run that was killed finds its own pictures again, and a line that was
 * torn by a power cut says nothing. */
#include "journal/journal_private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MADE_CEILING ((guint64)1 << 30)
enum { DIGEST = 2 * FG_SHA256_SIZE, CHECK = 16, LEAST_TO_TRIM = 64 << 10 };

/* All of ASCII that is printable but '%', so that a line can be read and searched by a person. */
#define PRINTABLE " !\"#$&'()*+,/:;<=>?@[\\]^`{|}"

char *
fg_made_path(const char *out, guint k, guint n)
{
    g_autofree char *name = n ? g_strdup_printf("made.%u-of-%u", k, n) : g_strdup("made");
    return g_build_filename(out, ".filigrane", name, NULL);
}

/* ---- Lines ---- */

static void
put_check(const char *sha256, const char *escaped, char check[CHECK + 1])
{
    g_autofree char *text = g_strconcat(sha256, " ", escaped, NULL);
    g_autofree char *digest = fg_sha256_hex(text, strlen(text));
    g_strlcpy(check, digest, CHECK + 1);
}

void
fg_made_put(GString *to, const char *sha256, const char *path)
{
    char check[CHECK + 1];
    g_autofree char *escaped = g_uri_escape_string(path, PRINTABLE, TRUE);
    put_check(sha256, escaped, check);
    g_string_append_printf(to, "%s %s %s\n", sha256, check, escaped);
}

/* The path of a line, without its end, and its digest; FALSE when it is none of ours or was torn. */
static gboolean
read_line(const char *line, gsize length, char sha256[DIGEST + 1], char **path)
{
    char check[CHECK + 1];
    const gsize head = DIGEST + 1 + CHECK + 1;
    if (length <= head || line[DIGEST] != ' ' || line[head - 1] != ' ')
        return FALSE;
    g_strlcpy(sha256, line, DIGEST + 1);
    if (strspn(sha256, "0123456789abcdef") != DIGEST)
        return FALSE;
    g_autofree char *escaped = g_strndup(line + head, length - head);
    put_check(sha256, escaped, check);
    if (strlen(escaped) != length - head || strncmp(check, line + DIGEST + 1, CHECK) != 0)
        return FALSE;
    *path = g_uri_unescape_string(escaped, NULL);
    if (*path && fg_path_is_below(*path))
        return TRUE;
    g_clear_pointer(path, g_free);
    return FALSE;
}

void
fg_made_read(GBytes *bytes, FgMadeLine each, gpointer data)
{
    gsize length;
    const char *at = g_bytes_get_data(bytes, &length), *end = at + length;
    while (at < end) {
        const char *stop = memchr(at, '\n', (gsize)(end - at));
        if (!stop)
            return; /* The last line is whole only with its end. */
        char sha256[DIGEST + 1];
        g_autofree char *path = NULL;
        if (read_line(at, (gsize)(stop - at), sha256, &path))
            each(path, sha256, data);
        at = stop + 1;
    }
}

void
fg_made_load(const char *path, FgMadeLine each, gpointer data)
{
    g_autoptr(GBytes) bytes = fg_file_read(path, MADE_CEILING, NULL);
    if (bytes)
        fg_made_read(bytes, each, data);
}

/* Without the list no photo can have its files, whatever is the matter with it. */
static gboolean
blame_list(GError **error)
{
    if (error && g_error_matches(*error, FG_ERROR, FG_ERROR_TARGET))
        (*error)->code = FG_ERROR_OUTPUT;
    return g_prefix_error(error, "%s: ", ".filigrane/made"), FALSE;
}

/* ---- Appending ---- */

/* Opens the file for appending; what a cut left of a line is ended, so that the next one is a line of its
 * own. */
static int
open_made(const FgJournal *journal, GError **error)
{
    g_autofree char *path = fg_made_path(journal->out, journal->k, journal->n);
    g_autofree char *folder = g_path_get_dirname(path);
    if (!fg_folder_make(folder, error))
        return -1;
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    struct stat info;
    char last = '\n';
    gboolean fine = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                    (info.st_size == 0 || pread(fd, &last, 1, info.st_size - 1) == 1) &&
                    (last == '\n' || write(fd, "\n", 1) == 1);
    if (!fine)
        fg_throw_errno(error, FG_ERROR_OUTPUT, errno ? errno : EINVAL, "can't be opened");
    else if (info.st_size > 0 || fg_folder_sync(folder, error))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

static gboolean
append(int fd, const GString *lines, GError **error)
{
    for (gsize done = 0; done < lines->len;) {
        ssize_t count = write(fd, lines->str + done, lines->len - done);
        if (count < 0 && errno != EINTR)
            return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be written");
        done += count > 0 ? (gsize)count : 0;
    }
    return fdatasync(fd) == 0 || errno == EINVAL ||
           fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "can't be synced");
}

gboolean
fg_journal_announce(FgJournal *journal, const GPtrArray *products, GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    for (guint i = 0; i < products->len; i++) {
        const FgProduct *product = products->pdata[i];
        fg_made_put(lines, product->sha256, product->path);
    }
    if (journal->made < 0)
        journal->made = open_made(journal, error);
    if (journal->made >= 0 && append(journal->made, lines, error))
        return TRUE;
    return blame_list(error);
}

/* ---- Joining and trimming ---- */

gboolean
fg_made_join(FgJournal *journal, guint k, guint n, GError **error)
{
    g_autofree char *path = fg_made_path(journal->out, k, n);
    g_autoptr(GBytes) bytes = fg_file_read(path, MADE_CEILING, NULL);
    if (!bytes || g_bytes_get_size(bytes) == 0)
        return TRUE;
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autoptr(GString) lines = g_string_new_len(text, (gssize)length);
    if (journal->made < 0)
        journal->made = open_made(journal, error);
    if (journal->made >= 0 && append(journal->made, lines, error))
        return TRUE;
    return blame_list(error);
}

/* The digests that were last said of a path: that of the picture, and that of the one before, should the last
 * have got no name. */
typedef struct {
    char last[DIGEST + 1], before[DIGEST + 1];
} Said;

static void
keep_last(const char *path, const char *sha256, gpointer data)
{
    Said *said = g_hash_table_lookup(data, path);
    if (!said)
        g_hash_table_insert(data, g_strdup(path), said = g_new0(Said, 1));
    if (g_str_equal(said->last, sha256))
        return;
    g_strlcpy(said->before, said->last, sizeof said->before);
    g_strlcpy(said->last, sha256, sizeof said->last);
}

static GBytes *
print_said(const FgJournal *journal, GHashTable *said)
{
    GString *lines = g_string_new(NULL);
    g_autoptr(GPtrArray) paths = fg_sources_sorted(said);
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *whole = g_build_filename(journal->out, paths->pdata[i], NULL);
        const Said *one = g_hash_table_lookup(said, paths->pdata[i]);
        struct stat info;
        if (lstat(whole, &info) != 0 && (errno == ENOENT || errno == ENOTDIR))
            continue;
        if (one->before[0])
            fg_made_put(lines, one->before, paths->pdata[i]);
        fg_made_put(lines, one->last, paths->pdata[i]);
    }
    return g_string_free_to_bytes(lines);
}

/* How long the file is when each picture that is remembered has one line. */
static goffset
length_wanted(const FgJournal *journal)
{
    goffset length = LEAST_TO_TRIM;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, journal->states);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const FgState *state = value;
        for (guint i = 0; i < state->files->len; i++)
            length +=
                DIGEST + CHECK + 3 + (goffset)strlen(((const FgStateFile *)state->files->pdata[i])->path);
    }
    return length;
}

gboolean
fg_journal_trim_made(FgJournal *journal, gboolean pruned, GError **error)
{
    g_autofree char *path = fg_made_path(journal->out, journal->k, journal->n);
    struct stat info;
    if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) ||
        (!pruned && (journal->made < 0 || info.st_size <= 2 * length_wanted(journal))))
        return TRUE;
    if (journal->made >= 0)
        close(journal->made);
    journal->made = -1;
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    fg_made_load(path, keep_last, said);
    g_autoptr(GBytes) lines = print_said(journal, said);
    if (fg_file_replace(path, lines, 0666, error))
        return TRUE;
    return blame_list(error);
}

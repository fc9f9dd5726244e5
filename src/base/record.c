#include "base/record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/files.h"
#include "base/throw.h"

#define HEAD "filigrane draft 1\n"
#define WRITING "writing\n"
#define MOST (sizeof HEAD + 2 * (FG_RECORD_DIGEST + 1) + NAME_MAX)

_Static_assert(sizeof FG_DRAFT_RECORD == sizeof FG_DRAFT_SUFFIX, "a record's name is as long as its draft's");

void
fg_record_clear(FgRecord *record)
{
    g_clear_pointer(&record->name, g_free);
}

/* ---- Names ---- */

static void
change_ending(const char *name, const char *ending, char changed[FG_DRAFT_NAME + 1])
{
    const gsize stem = FG_DRAFT_NAME - strlen(ending);
    g_snprintf(changed, FG_DRAFT_NAME + 1, "%.*s%s", (int)stem, name, ending);
}

void
fg_record_name(const char *name, char record[FG_DRAFT_NAME + 1])
{
    change_ending(name, FG_DRAFT_RECORD, record);
}

void
fg_record_draft(const char *record, char name[FG_DRAFT_NAME + 1])
{
    change_ending(record, FG_DRAFT_SUFFIX, name);
}

gboolean
fg_name_is_record(const char *name)
{
    char draft[FG_DRAFT_NAME + 1];
    if (strlen(name) != FG_DRAFT_NAME || !g_str_has_suffix(name, FG_DRAFT_RECORD))
        return FALSE;
    fg_record_draft(name, draft);
    return fg_file_is_temporary(draft);
}

/* ---- Writing ---- */

int
fg_record_begin(FgDraft *draft, gboolean writing)
{
    char name[FG_DRAFT_NAME + 1];
    const char *text = HEAD WRITING;
    if (!fg_draft_name(draft->name))
        return EAGAIN;
    fg_record_name(draft->name, name);
    draft->record =
        openat(draft->folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (draft->record < 0) {
        int failure = errno == EEXIST || errno == EINTR ? EAGAIN : errno;
        draft->name[0] = '\0';
        return failure;
    }
    struct stat info;
    if (flock(draft->record, LOCK_EX) == 0 && (fstat(draft->record, &info) != 0 || info.st_nlink == 0)) {
        fg_record_remove(draft); /* A sweeper came between the two. */
        return EAGAIN;
    }
    if (!writing || write(draft->record, text, strlen(text)) == (ssize_t)strlen(text))
        return 0;
    int failure = errno;
    fg_record_remove(draft);
    return failure == EAGAIN ? EIO : failure;
}

gboolean
fg_record_write(const FgDraft *draft, const char *draft_digest, const char *former_digest, const char *name,
                GError **error)
{
    g_autofree char *text = g_strdup_printf(HEAD "%s\n%s\n%s", draft_digest, former_digest, name);
    const gsize length = strlen(text);
    /* One call, so that a kill leaves what it said before or all of it. */
    ssize_t written = pwrite(draft->record, text, length, 0);
    if (written < 0 || (gsize)written != length)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, written < 0 ? errno : ENOSPC, "can't be written");
    return TRUE;
}

void
fg_record_remove(FgDraft *draft)
{
    char name[FG_DRAFT_NAME + 1];
    if (draft->record < 0)
        return;
    fg_record_name(draft->name, name);
    unlinkat(draft->folder, name, 0);
    close(draft->record);
    draft->record = -1;
    draft->name[0] = '\0';
}

/* ---- Reading ---- */

/* A line of hex digits at the start; NULL when there is none, else what is behind it. */
static const char *
take_digest(const char *text, char digest[FG_RECORD_DIGEST + 1])
{
    if (!text || strspn(text, "0123456789abcdef") != FG_RECORD_DIGEST || text[FG_RECORD_DIGEST] != '\n')
        return NULL;
    g_strlcpy(digest, text, FG_RECORD_DIGEST + 1);
    return text + FG_RECORD_DIGEST + 1;
}

static gboolean
is_plain_name(const char *name)
{
    return *name && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

FgRecord
fg_record_read(int file)
{
    FgRecord record = {.state = FG_RECORD_FOREIGN};
    char text[MOST + 2];
    ssize_t length = pread(file, text, MOST + 1, 0);
    if (length == 0)
        record.state = FG_RECORD_EMPTY;
    if (length <= 0 || (gsize)length > MOST || memchr(text, 0, (gsize)length))
        return record;
    text[length] = '\0';
    if (!g_str_has_prefix(text, HEAD))
        return record;
    const char *rest = text + strlen(HEAD);
    if (strcmp(rest, WRITING) == 0) {
        record.state = FG_RECORD_WRITING;
        return record;
    }
    rest = take_digest(take_digest(rest, record.draft), record.former);
    if (rest && is_plain_name(rest)) {
        record.state = FG_RECORD_WHOLE;
        record.name = g_strdup(rest);
    }
    return record;
}

/* record.h: what lies beside the draft of a file that is rewritten while others may write to it, so that who
 * finds both after a kill knows what the draft's name holds.
 *
 * The record has the draft's name with another ending, is there before the draft has its name, and is locked
 * while the process lives. Its lines:
 *
 *     filigrane draft 1
 *     writing
 *
 * of a draft that grows under its name, which nothing else can hold yet; and, once it is whole,
 *
 *     filigrane draft 1
 *     SHA-256 of the draft
 *     SHA-256 of the file that it replaces
 *     name of that file, up to the end
 *
 * An empty one was made by a process that died there, or by a file system that lost power. */
#ifndef FG_RECORD_H
#define FG_RECORD_H

#include "base/draft.h"

#define FG_RECORD_DIGEST 64 /* characters of SHA-256 in hex */

typedef enum { FG_RECORD_FOREIGN, FG_RECORD_EMPTY, FG_RECORD_WRITING, FG_RECORD_WHOLE } FgRecordState;

typedef struct {
    FgRecordState state;
    char draft[FG_RECORD_DIGEST + 1], former[FG_RECORD_DIGEST + 1];
    char *name;
} FgRecord;

void fg_record_clear(FgRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgRecord, fg_record_clear)

/* Gives the draft a name and makes the record of it, with `writing` or empty. Returns 0, EAGAIN when it is to
 * be tried again, or what went wrong. */
int fg_record_begin(FgDraft *draft, gboolean writing);

/* Says what the draft is and what it replaces. `name` is in the draft's folder. */
gboolean fg_record_write(const FgDraft *draft, const char *draft_digest, const char *former_digest,
                         const char *name, GError **error);

/* Takes away a draft's record, if it has one. */
void fg_record_remove(FgDraft *draft);

/* What an open record says; it is anybody's, and may hold anything. */
FgRecord fg_record_read(int file);

/* The name of the record of a draft, and back; `name` is a temporary name. */
void fg_record_name(const char *name, char record[FG_DRAFT_NAME + 1]);
void fg_record_draft(const char *record, char name[FG_DRAFT_NAME + 1]);
gboolean fg_name_is_record(const char *name);

#endif

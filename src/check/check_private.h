/* check_private.h: what the files of this room share. */
#ifndef FG_CHECK_PRIVATE_H
#define FG_CHECK_PRIVATE_H

#include "base/base.h"
#include "container/container.h"
#include "filigrane/check.h"
#include "metadata/metadata.h"
#include "profile/profile.h"
#include "sandbox/sandbox.h"

/* ---- file.c ---- */

FgCheck *fg_check_new(const char *path);

/* Makes it the check of a file that can't be read, and returns it. */
FgCheck *fg_check_unreadable(FgCheck *check, const GError *error);

/* Bytes that a file may have. */
guint64 fg_check_ceiling(const FgCheckOptions *options);

/* Opens a file that is to be checked. Returns a descriptor and its stat, or -1. */
int fg_check_open(const char *path, const FgCheckOptions *options, struct stat *info, GError **error);

/* Judges a file; of the path, the name alone counts, which a {stem} in a notice is asked of. */
FgCheck *fg_check_bytes(const char *path, GBytes *file, const FgCheckOptions *options);

/* Sorts the findings and decides the verdict, after findings were added. */
void fg_check_settle(FgCheck *check, const FgCheckOptions *options);

/* ---- finding.c ---- */

/* Adds a finding of the default severity, with the meaning of its id when `message` is NULL. */
void fg_check_add(GPtrArray *findings, const char *id, const char *where, const char *message);

/* ---- find.c ---- */

/* By content. What can't be opened or read may be one: it is taken, and then told as unreadable. */
gboolean fg_check_may_be_photo(const char *path);
gboolean fg_check_holds_photo(const char *path, int fd);

/* Visits the files in a folder and `depth` folders below it, in byte order of names, without backups and
 * links; a folder that can't be read is visited itself. Returns FALSE as soon as a visit does. */
typedef gboolean (*FgCheckVisit)(const char *path, gpointer data);
gboolean fg_check_walk(const char *path, guint depth, FgCheckVisit visit, gpointer data);
#define FG_CHECK_DEPTH 128

/* The names in a folder in byte order, without hidden ones and what we were about to write; NULL when it
 * can't be read. */
GPtrArray *fg_check_list(const char *path);

/* ---- record.c: a check as a record. The reader expects anything. ---- */

void fg_check_pack(GByteArray *bytes, const FgCheck *check);

/* The check at the cursor, which moves past it; NULL when there is none. */
FgCheck *fg_check_unpack(FgCursor *at, const char *path);

/* ---- room.c: memory for small files, which other processes see and can't change ---- */

typedef struct {
    guint8 *filled;      /* here they are put; only this process has it */
    const guint8 *shown; /* here they are found, by processes that are started later, too */
    gsize used;
} FgRoom;

/* Where no such memory can be had nothing fits in, and all goes on without. */
FgRoom fg_room(void);
void fg_room_clear(FgRoom *room);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgRoom, fg_room_clear)

/* Reads an open file of `size` bytes to a place of its own. FALSE when it is too large, or can't be read. */
gboolean fg_room_take(FgRoom *room, int fd, guint64 size, guint32 *offset, guint32 *length);
gboolean fg_room_is_full(const FgRoom *room);
void fg_room_empty(FgRoom *room);

/* ---- aside.c ---- */

/* What the process in the sandbox does with a file of a name: its packed check is added to the answer. */
typedef void (*FgCheckLook)(GByteArray *answer, const char *name, GBytes *file,
                            const FgCheckOptions *options);
void fg_check_look(GByteArray *answer, const char *name, GBytes *file, const FgCheckOptions *options);

/* Files on their way through the process: they are added, read many at a time, and told in their order. */
typedef struct FgBatch FgBatch;
FgBatch *fg_batch_new(FgCheckLook look, const FgCheckOptions *options, FgCheckListener listener,
                      gpointer data);
void fg_batch_free(FgBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgBatch, fg_batch_free)

/* Opens a file, or standard input for "-". Returns a descriptor and its stat, or -1. */
int fg_batch_open(const FgBatch *batch, const char *path, struct stat *info, GError **error);

/* Takes over the descriptor; with -1 the file is told with the error `unreadable`. FALSE when no process can
 * be had. */
gboolean fg_batch_add(FgBatch *batch, const char *path, int fd, guint64 size, const GError *unreadable,
                      GError **error);

/* Reads and tells those that are left. */
gboolean fg_batch_finish(FgBatch *batch, GError **error);

/* fg_check_files, with what is done. */
gboolean fg_check_with(FgCheckLook look, char *const *paths, const FgCheckOptions *options,
                       FgCheckListener listener, gpointer data, GError **error);

/* ---- previews.c ---- */

/* A process that compares pictures. */
FgSandboxTask *fg_previews_new(void);

/* Adds preview.unwatermarked for each embedded picture that shows what the file shows. */
void fg_previews_compare(FgSandboxTask *previews, int fd, FgCheck *check);

/* ---- scene.c: do two pictures show the same? ---- */

#define FG_SCENE_SIDE 48

/* Light and dark of a picture, without its large shades and its fine detail, so that size, compression, tone
 * and a mark over it change little: mean 0, length 1; all 0 for a picture without structure. */
typedef struct {
    float cell[FG_SCENE_SIDE * FG_SCENE_SIDE];
} FgScene;

/* From -1 to 1, the best over quarter turns, black bars and cut edges. */
double fg_scene_likeness(const FgRaster *first, const FgRaster *second);
#define FG_SCENE_SAME 0.6

/* ---- rules.c and agree.c ---- */

/* What a profile asks of a file of this name: changes the severity of what it does not let pass, and adds
 * rights.differs, copyright.foreign, format.not-allowed and size.not-allowed. */
void fg_rules_apply(const FgProfile *profile, const char *path, const FgContainer *container,
                    const FgMetadata *metadata, GPtrArray *findings);

/* rights.differs for each statement that is not the profile's (agree.c). */
void fg_rules_rights(const FgProfile *profile, const char *path, const FgContainer *container,
                     const FgMetadata *metadata, GPtrArray *findings);

/* Errors first, else in the order they were found. */
void fg_rules_sort(GPtrArray *findings);

FgVerdict fg_rules_verdict(const GPtrArray *findings, gboolean strict);

#endif

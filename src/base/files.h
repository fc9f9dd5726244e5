/* files.h: reads without trusting, writes without tearing.
 *
 * Paths are bytes, as the system has them. Inputs are opened O_NONBLOCK and must be regular files, so that a
 * FIFO or a device never blocks; outputs are written beside their final name, synced, renamed over it, and
 * the folder synced, so that a name never points to half a file. */
#ifndef FG_FILES_H
#define FG_FILES_H

#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Closes a descriptor that is scoped with g_auto(FgFd); -1 is none. */
typedef int FgFd;
static inline void
fg_fd_clear(FgFd *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgFd, fg_fd_clear)

/* Opens a regular file read-only. Returns the descriptor (the caller closes it) and its stat, or -1.
 * FG_ERROR_UNREADABLE when it can't be opened or is no regular file; FG_ERROR_LIMIT over `ceiling` bytes (0:
 * none). */
int fg_file_open(const char *path, guint64 ceiling, struct stat *info, GError **error);

/* All bytes of an open file; the descriptor stays the caller's. A large one is mapped, and ends the process
 * with SIGBUS should it shrink: read what others can write to behind walls. Standard input, which is no
 * walled process's, is never mapped. */
GBytes *fg_file_read_fd(int fd, GError **error);

/* Opens, reads into memory, closes: a file that shrinks meanwhile is short, and harms nobody. */
GBytes *fg_file_read(const char *path, guint64 ceiling, GError **error);

/* SHA-256 of what a file holds, piece by piece, as lower-case hex; the caller frees. */
char *fg_file_sha256(const char *path, GError **error);

/* Puts `bytes` at `path` whole: temporary name in the same folder, fsync, rename, fsync of the folder. `mode`
 * is masked by the umask. The temporary name is short and does not grow with the name of the file. Leaves
 * nothing behind on failure. FG_ERROR_SPACE, FG_ERROR_OUTPUT. */
gboolean fg_file_replace(const char *path, GBytes *bytes, mode_t mode, GError **error);

/* The same but for the sync of the folder, which comes once for many files: fg_folder_sync. Until then a
 * power cut may bring back what the name held before, whole. */
gboolean fg_file_place(const char *path, GBytes *bytes, mode_t mode, GError **error);

/* The same where nothing has the name; FG_ERROR_CLASH when something has come to have it. */
gboolean fg_file_place_new(const char *path, GBytes *bytes, mode_t mode, GError **error);

/* Makes sure that the names in a folder survive a power cut. FG_ERROR_OUTPUT. */
gboolean fg_folder_sync(const char *path, GError **error);

/* Makes a folder and its parents (0755 & ~umask), each of them there for good. FG_ERROR_SPACE,
 * FG_ERROR_OUTPUT. */
gboolean fg_folder_make(const char *path, GError **error);

/* True when files can be made in a folder or, where it is not there yet, in the nearest one above it.
 * FG_ERROR_OUTPUT or FG_ERROR_TARGET with the folder's name. */
gboolean fg_folder_takes_files(const char *path, GError **error);

/* True when the base name is one that fg_file_replace gives to a temporary file. */
gboolean fg_file_is_temporary(const char *name);

#endif

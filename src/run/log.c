/* log.c: what the libraries of a worker have to say. */
#include "run/run_private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LOG_READ 65536

int
fg_job_open_log(GError **error)
{
    int log = g_getenv("FILIGRANE_DEBUG") ? dup(STDERR_FILENO) : memfd_create("filigrane-log", MFD_CLOEXEC);
    if (log < 0)
        fg_throw_errno(error, FG_ERROR_MEMORY, errno, "can't make a log");
    return log;
}

gboolean
fg_job_speaks_of_memory(const char *text)
{
    static const char *const words[] = {"failed to allocate", "out of memory", "annot allocate memory",
                                        "nsufficient memory", "bad_alloc"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(text, words[i]))
            return TRUE;
    return FALSE;
}

gboolean
fg_job_log_speaks_of_memory(int log)
{
    g_autofree char *text = g_malloc(LOG_READ + 1);
    ssize_t length = pread(log, text, LOG_READ, 0);
    text[MAX(length, 0)] = '\0';
    return fg_job_speaks_of_memory(text);
}

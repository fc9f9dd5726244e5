/* memory.c: when the program itself gets no memory. GLib then says so and ends the process with a signal;
 * what was finished is in place by then, and the user is owed a line and the exit code of work that can't go
 * on. */
#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A message that could not even be put together is none. */
static gboolean
is_of_memory(const char *message)
{
    return !message || strstr(message, "failed to allocate") || strstr(message, "creating thread");
}

static void
hear(const char *domain, GLogLevelFlags level, const char *message, gpointer words)
{
    if (!(level & G_LOG_LEVEL_ERROR) || !is_of_memory(message)) {
        g_log_default_handler(domain, level, message, NULL);
        return;
    }
    /* Nothing here may ask for memory. */
    fflush(stdout);
    ssize_t written = write(STDERR_FILENO, words, strlen(words));
    (void)written;
    _exit(3);
}

void
fg_memory_watch(void)
{
    static const char words[] = N_("filigrane: out of memory; what was finished is in place\n");
    /* To look the words up in the user's language takes memory, too. */
    g_log_set_default_handler(hear, (gpointer)(guintptr)words);
    g_log_set_default_handler(hear, (gpointer)(guintptr)_(words));
}

#include "cli/terminal.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int
fg_terminal_columns(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

static gboolean
wants_colour(int fd, const char *when)
{
    if (g_str_equal(when, "always"))
        return TRUE;
    const char *no_color = g_getenv("NO_COLOR");
    if (g_str_equal(when, "never") || (no_color && *no_color))
        return FALSE;
    return isatty(fd) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

gboolean
fg_terminal_init(FgTerminal *terminal, const char *colour, gboolean quiet, gboolean verbose)
{
    const char *when = colour ? colour : "auto";
    if (!g_str_equal(when, "auto") && !g_str_equal(when, "always") && !g_str_equal(when, "never"))
        return FALSE;
    *terminal = (FgTerminal){
        .quiet = quiet,
        .verbose = verbose,
        .interactive = isatty(STDERR_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0,
        .results = {.colour = wants_colour(STDOUT_FILENO, when),
                    .verbose = verbose,
                    .columns = fg_terminal_columns(STDOUT_FILENO)},
        .errors = {.colour = wants_colour(STDERR_FILENO, when),
                   .columns = fg_terminal_columns(STDERR_FILENO)},
    };
    return TRUE;
}

void
fg_progress_init(FgProgress *progress, const FgTerminal *terminal)
{
    *progress = (FgProgress){.terminal = terminal, .started = g_get_monotonic_time()};
    progress->printed = progress->started;
}

static char *
time_left(const FgProgress *progress, gint64 now, guint done, guint total)
{
    double seconds = (double)(now - progress->started) / 1e6 / done * (total - done);
    if (seconds < 90)
        return g_strdup_printf(_("%.0f s left"), seconds);
    if (seconds < 5400)
        return g_strdup_printf(_("%.0f min left"), seconds / 60);
    return g_strdup_printf(_("%.1f h left"), seconds / 3600);
}

/* The part of the line that changes with the photo in hand takes what the fixed part leaves. */
static void
draw_bar(const FgProgress *progress, guint done, guint total, const char *rate, const char *left,
         const char *source)
{
    enum { WIDTH = 20 };
    char bar[WIDTH + 1];
    guint filled = total ? (guint)((guint64)done * WIDTH / total) : 0;
    for (guint i = 0; i < WIDTH; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[WIDTH] = '\0';
    g_autofree char *fixed = g_strdup_printf("[%s] %u/%u  %s  %s  ", bar, done, total, rate, left);
    int room = progress->terminal->errors.columns - (int)g_utf8_strlen(fixed, -1) - 1;
    glong length = g_utf8_validate(source, -1, NULL) ? g_utf8_strlen(source, -1) : 0;
    g_autofree char *name = room > 8 && length > 0
                                ? g_utf8_substring(source, length > room ? length - room : 0, length)
                                : g_strdup("");
    fprintf(stderr, "\r\033[K%s%s", fixed, name);
    fflush(stderr);
}

void
fg_progress_show(FgProgress *progress, guint done, guint total, const char *source)
{
    enum { BAR_INTERVAL = 100000, LINE_INTERVAL = 5000000 };
    if (progress->terminal->quiet || total == 0)
        return;
    gint64 now = g_get_monotonic_time();
    gint64 interval = progress->terminal->interactive ? BAR_INTERVAL : LINE_INTERVAL;
    if (now - progress->printed < interval)
        return;
    progress->printed = now;
    double elapsed = (double)(now - progress->started) / 1e6;
    g_autofree char *rate = fg_report_rate(done / elapsed);
    g_autofree char *left = done > 0 ? time_left(progress, now, done, total) : g_strdup("");
    if (progress->terminal->interactive) {
        draw_bar(progress, done, total, rate, left, source ? source : "");
        progress->drawn = TRUE;
    } else {
        fprintf(stderr, _("%u of %u photos, %s%s%s\n"), done, total, rate, *left ? ", " : "", left);
    }
}

void
fg_progress_clear(FgProgress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = FALSE;
}

/* A signal handler can reach nothing but static storage. */
static gint caught;

static void
remember(int signal_number)
{
    g_atomic_int_set(&caught, signal_number);
}

const gint *
fg_signals_watch(void)
{
    struct sigaction action = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A terminal that goes says so twice, by the kernel and by the shell; nohup has it ignored. */
    const struct sigaction hangup = {.sa_handler = remember};
    struct sigaction former;
    if (sigaction(SIGHUP, NULL, &former) == 0 && former.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &hangup, NULL);
    return &caught;
}

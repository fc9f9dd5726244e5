/* terminal.h: what is known of the screen, the progress line, and what stops a run: signals, and no memory.
 */
#ifndef FG_TERMINAL_H
#define FG_TERMINAL_H

#include <filigrane/report.h>
#include <glib.h>

/* A text in the language of the user. */
#define _(text) fg_report_word(text)
#define N_(text) text

typedef struct {
    gboolean quiet, verbose;
    gboolean interactive;  /* standard error is a terminal */
    FgReportStyle results; /* for standard output */
    FgReportStyle errors;  /* for standard error */
} FgTerminal;

/* The width of a terminal, or 80. */
int fg_terminal_columns(int fd);

/* `colour` is "auto", "always" or "never"; NULL is auto. FALSE for another word. */
gboolean fg_terminal_init(FgTerminal *terminal, const char *colour, gboolean quiet, gboolean verbose);

/* The progress of a run: a bar that is redrawn on a terminal, a line every few seconds elsewhere, nothing
 * when quiet. */
typedef struct {
    const FgTerminal *terminal;
    gint64 started, printed; /* monotonic, in µs */
    gboolean drawn;          /* a bar stands on the last line */
} FgProgress;

void fg_progress_init(FgProgress *progress, const FgTerminal *terminal);
void fg_progress_show(FgProgress *progress, guint done, guint total, const char *source);
void fg_progress_clear(FgProgress *progress);

/* Ends the program with one line and exit code 3 when it gets no memory. */
void fg_memory_watch(void);

/* Installs handlers for SIGINT, SIGTERM and, unless it is ignored, SIGHUP that remember the signal; returns
 * where it is remembered (0: none yet). */
const gint *fg_signals_watch(void);

#endif

/* command.h: a command is a const object; its options are rows that are parsed, printed by --help and freed
 * alike. */
#ifndef FG_COMMAND_H
#define FG_COMMAND_H

#include "cli/terminal.h"
#include <filigrane/filigrane.h>
#include <stdio.h>

typedef enum {
    FG_OPTION_FLAG,   /* gboolean */
    FG_OPTION_NUMBER, /* gint, from 1 on; 0 when not given */
    FG_OPTION_TEXT,   /* char *, bytes as given */
    FG_OPTION_LIST,   /* char **, may be repeated */
} FgOptionKind;

typedef struct {
    const char *name; /* "dry-run"; NULL ends the rows */
    char letter;      /* 'o', or 0 */
    FgOptionKind kind;
    gsize offset;      /* of the member in the options struct */
    const char *value; /* "DIR" in the help; NULL for a flag */
    const char *help;
} FgOption;

/* The first member of every options struct: what all commands take. */
typedef struct {
    gboolean help, quiet, verbose;
    char *colour;
    char *from0;
    char **operands;
} FgCommon;

typedef struct {
    const char *name;
    const char *synopsis; /* "INPUT... -o DIR [OPTION]..." */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs of the help, ready to print */
    const FgOption *options;
    gsize size;         /* of the options struct, which starts with an FgCommon */
    gboolean takes_one; /* operand at most: a list of paths makes no sense */
    int (*run)(const void *options, const FgTerminal *terminal);
} FgCommand;

extern const FgCommand fg_command_publish, fg_command_check, fg_command_tag, fg_command_scrub,
    fg_command_init, fg_command_profile, fg_command_proof, fg_command_site;

/* Ends with NULL. */
const FgCommand *const *fg_commands(void);
const FgCommand *fg_command_find(const char *name);
/* The rows that every command has after its own, and those of them that its help lists. */
const FgOption *fg_common_options(void);
const FgOption *fg_shown_options(const FgCommand *command);

/* Parses the words after the command's name, runs it, frees. Returns the exit code. */
int fg_command_run(const FgCommand *command, char **words);
void fg_command_help(const FgCommand *command);

/* ---- help.c: broken between words at the width of the terminal. ---- */

/* "  head      text", the text from a column on. */
void fg_help_row(FILE *out, const char *head, int indent, const char *text);
/* Paragraphs, whose lines flow together, and rows, which begin with a blank. */
void fg_help_text(FILE *out, const char *text);
/* The commands and what they do. */
void fg_help_commands(FILE *out);

/* What is wrong with the words after a command's name, told with what was probably meant; 2, or 0 when they
 * can be parsed (words.c). */
int fg_words_check(const FgCommand *command, char **words);

/* Prints "filigrane COMMAND: message" to standard error. The message is that of an error or a note, in
 * English; it comes out in the user's language. */
void fg_tell(const char *command, const char *message);

/* Prints an error to standard error and returns its exit code. */
int fg_complain(const char *command, const GError *error);

/* How many photos failed for which kind of reason, so that the advice for a kind is given once, after all of
 * them. */
typedef struct {
    guint counts[FG_N_ERRORS];
    GPtrArray
        *creators; /* of char *: whom the photos name that are none of the profile's; NULL before the first */
} FgFailures;
void fg_failures_add(FgFailures *failures, const GError *error);
/* Takes down creators (NULL for none), each once, for the line of a profile that would own them. */
void fg_failures_add_creators(FgFailures *failures, char *const *creators);
/* Prints "  3 photos: what to do" to standard error, a line a kind; the nouns are those of fg_report_count.
 */
void fg_failures_advise(const FgFailures *failures, const char *one, const char *many);
void fg_failures_clear(FgFailures *failures);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgFailures, fg_failures_clear)

/* A command line that is wrong: prints the message, in the user's language, and where help is; returns 2. */
int fg_complain_usage(const char *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* 0, or the same complaint when what `-o` names is there and no folder. */
int fg_check_folder(const char *command, const char *out);

/* "1536M" to bytes (units of 1024). */
gboolean fg_parse_size(const char *text, guint64 *bytes);

/* Loads the profile that -p and --set ask for; NULL and a printed error when it is wrong. */
FgProfile *fg_command_profile_load(const char *command, const char *name, char **overrides, int *status);

#endif

/* amend.h: what the commands tag and scrub share: where the files go, and the walk over them. */
#ifndef FG_CLI_AMEND_H
#define FG_CLI_AMEND_H

#include "cli/command.h"

typedef struct {
    FgCommon common;
    char *out;
    gboolean in_place, backup, dry_run, json;
} FgAmendWords;

/* The rows that both commands have; the struct of each starts with an FgAmendWords. */
#define FG_AMEND_ROWS(STRUCT)                                                                                \
    {"output",       'o',                                                                                    \
     FG_OPTION_TEXT, G_STRUCT_OFFSET(STRUCT, words.out),                                                     \
     "DIR",          "write the files below DIR; - is standard output"},                                     \
        {"in-place",     0,                                                                                  \
         FG_OPTION_FLAG, G_STRUCT_OFFSET(STRUCT, words.in_place),                                            \
         NULL,           "rewrite the files themselves"},                                                    \
        {"backup",       0,                                                                                  \
         FG_OPTION_FLAG, G_STRUCT_OFFSET(STRUCT, words.backup),                                              \
         NULL,           "with --in-place: keep FILE.orig, or FILE.1.orig where that is taken"},             \
    {                                                                                                        \
        "dry-run", 0, FG_OPTION_FLAG, G_STRUCT_OFFSET(STRUCT, words.dry_run), NULL,                          \
            "say what would change, write nothing"                                                           \
    }

typedef gboolean (*FgAmendFile)(const char *path, const char *below, const FgAmendOptions *options,
                                FgAmendResult *result, GError **error);

/* Checks the words, finds the files, amends each, prints a line each and a summary; returns the exit code. */
int fg_amend_run(const char *command, const FgAmendWords *words, FgAmendOptions *options, FgAmendFile amend,
                 const FgTerminal *terminal);

#endif

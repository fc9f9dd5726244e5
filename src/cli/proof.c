#include "cli/command.h"

#include <stdio.h>

typedef struct {
    FgCommon common;
    char *page, *originals;
} Options;

static const FgOption options[] = {
    {"output", 'o', FG_OPTION_TEXT, G_STRUCT_OFFSET(Options, page), "PAGE.html",
     "the page, never inside DIR; default proof.html"},
    {"originals", 0, FG_OPTION_TEXT, G_STRUCT_OFFSET(Options, originals), "DIR",
     "the folder that was published, to show the photos without their marks, too"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static void
print_totals(const FgProofTotals *totals, const char *page, const FgTerminal *terminal)
{
    for (guint i = 0; i < totals->notes->len; i++) {
        g_autofree char *note = fg_report_path(totals->notes->pdata[i]);
        fg_tell("proof", note);
    }
    if (terminal->quiet)
        return;
    g_autofree char *shown = fg_report_path(page);
    g_autofree char *size = fg_report_size(totals->bytes);
    g_autofree char *photos = fg_report_count(totals->photos, "photo", "photos");
    printf(_("Wrote %s: %s, %s\n"), shown, photos, size);
}

static int
run_proof(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    char **operands = given->common.operands;
    if (!operands || !operands[0] || operands[1])
        return fg_complain_usage("proof", "name one DIR, a folder that publish filled");
    FgProofOptions proof = {.dir = operands[0],
                            .page = given->page ? given->page : "proof.html",
                            .originals = given->originals,
                            .interrupted = fg_signals_watch()};
    g_autoptr(GError) error = NULL;
    FgProofTotals totals;
    if (!fg_proof_write(&proof, &totals, &error)) {
        int status = fg_complain("proof", error);
        gint signal = g_atomic_int_get(proof.interrupted);
        return g_error_matches(error, FG_ERROR, FG_ERROR_INTERRUPTED) && signal ? 128 + signal : status;
    }
    print_totals(&totals, proof.page, terminal);
    int status = totals.notes->len > 0 ? 1 : 0;
    fg_proof_totals_clear(&totals);
    return status;
}

const FgCommand fg_command_proof = {
    .name = "proof",
    .synopsis = "DIR [OPTION]...",
    .summary = "one self-contained page of what was published, to look at and to send",
    .details =
        "The page shows the pictures as they were published, their marks and rights, what was removed from\n"
        "each photo, sizes and bytes, and what failed. It holds all that it needs, asks for nothing, and "
        "opens\n"
        "in any browser, in English or French. With --originals it also holds the photos without their "
        "marks:\n"
        "keep such a page to yourself.\n\n"
        "Exit codes: 0 all done; 1 a picture could not be shown; 2 nothing was written; 3 the work could not "
        "go\n"
        "on; 129, 130 or 143 interrupted.",
    .options = options,
    .size = sizeof(Options),
    .takes_one = TRUE,
    .run = run_proof,
};

/* report.h: what was found and done, as text for a person, JSON for a program, SARIF for a code-scanning
 * page. */
#ifndef FILIGRANE_REPORT_H
#define FILIGRANE_REPORT_H

#include "filigrane/check.h"
#include "filigrane/publish.h"

G_BEGIN_DECLS

typedef struct {
    gboolean colour;      /* ANSI colours */
    int columns;          /* of the terminal; 80 when unknown */
    gboolean show_values; /* personal values are shown */
    gboolean strict;      /* warnings count as errors */
    gboolean verbose;     /* all findings, and where */
} FgReportStyle;

/* Texts for people come in the language of the user (LC_ALL, LC_MESSAGES, LANG, LANGUAGE) where there is a
 * catalogue; JSON, SARIF and all that is written into files are the same everywhere.
 * A text of the program itself, constant, in that language; and a count with its noun: "1 photo", "3 photos",
 * which the caller frees. */
FG_API const char *fg_report_word(const char *english) G_GNUC_FORMAT(1);
FG_API char *fg_report_count(guint64 count, const char *one, const char *many);
/* The message of an error or a note, which is English, in that language; names and figures in it stay. The
 * caller frees. */
FG_API char *fg_report_message(const char *english);
/* "412 KB", "1.2 s", "3.4 photos/s"; the caller frees. */
FG_API char *fg_report_size(guint64 bytes);
FG_API char *fg_report_duration(double seconds);
FG_API char *fg_report_rate(double photos_a_second);

/* The caller frees all results; texts end with a newline, JSON is one line without. */
FG_API char *fg_report_check_card(const FgCheck *check, const FgReportStyle *style);
/* "fails: 2 errors, 1 warning, 0 remarks", or why the file can't be read; without a newline. */
FG_API char *fg_report_check_verdict(const FgCheck *check, const FgReportStyle *style);
FG_API char *fg_report_check_json(const FgCheck *check, const FgReportStyle *style);
/* A summary of many files counts them one by one, so that no check need be kept for it; of those that are
 * kept, it is the summary of a list. */
typedef struct FgReportTally FgReportTally;
FG_API FgReportTally *fg_report_tally_new(void);
FG_API void fg_report_tally_add(FgReportTally *tally, const FgCheck *check);
FG_API void fg_report_tally_free(FgReportTally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgReportTally, fg_report_tally_free)
FG_API char *fg_report_tally_summary(const FgReportTally *tally, const FgReportStyle *style);
FG_API char *fg_report_check_summary(const GPtrArray *checks, const FgReportStyle *style);
FG_API char *fg_report_check_sarif(const GPtrArray *checks, const FgReportStyle *style);

FG_API char *fg_report_outcome_json(const FgOutcome *outcome);
/* Whose outcome it is, and why it failed: NULL for one that did not. Both are the outcome's. */
FG_API const char *fg_report_outcome_source(const FgOutcome *outcome);
FG_API const GError *fg_report_outcome_error(const FgOutcome *outcome);
/* One line of a failure for standard error, "failed: path: message (stage)". `path` is how a person knows the
 * photo; what can be done about it is fg_error_hint's. */
FG_API char *fg_report_outcome_failure(const FgOutcome *outcome, const char *path);
/* "skipped x.cr2 (RAW)" and "would write a-640.jpg (640x427) from a.jpg", one line each. */
FG_API char *fg_report_skipped(const char *path, const char *kind);
FG_API char *fg_report_planned(const char *source, const char *path, int width, int height);
/* "would remove b-640.jpg", one line. */
FG_API char *fg_report_doomed(const char *path);
/* A path, safe to print on one line whatever bytes it has. */
FG_API char *fg_report_path(const char *path);
FG_API char *fg_report_publish_json(const FgPublishTotals *totals);
FG_API char *fg_report_publish_summary(const FgPublishTotals *totals, const char *out, gboolean dry_run,
                                       const FgReportStyle *style);

/* What --version says: product, libraries, protection of this kernel. */
FG_API char *fg_report_version(void);

/* Writes what a site needs beside the pictures into the folder `out`, from DIR/filigrane.json alone:
 * <picture> markup, JSON-LD, the reservation of text and data mining, and server headers. `base_url` is where
 * the files of `dir` will be. FG_ERROR_USAGE for a base that is no http(s) address of a folder; FG_ERROR_PATH
 * when there is no manifest, or `out` has a robots.txt of someone else; FG_ERROR_MANIFEST; FG_ERROR_OUTPUT,
 * FG_ERROR_SPACE. */
typedef struct {
    guint photos, files; /* in the manifest; written */
    guint without_alt;   /* photos that have no text to be read aloud */
} FgSiteTotals;
FG_API gboolean fg_site_write(const char *dir, const char *base_url, const char *out, FgSiteTotals *totals,
                              GError **error);

/* Writes one HTML page that shows what was published into `dir`: pictures, rights, what was removed, what
 * failed. It holds all that it needs and asks for nothing. FG_ERROR_PATH when there is no manifest, or the
 * page would lie inside `dir`; FG_ERROR_MANIFEST; FG_ERROR_OUTPUT, FG_ERROR_SPACE; FG_ERROR_INTERRUPTED. */
typedef struct {
    const char *dir, *page;
    const char *originals;   /* the folder INPUT of publish, for before and after; may be NULL */
    const gint *interrupted; /* set by the caller's signal handler, may be NULL */
} FgProofOptions;

typedef struct {
    guint photos;
    guint64 bytes;    /* of the page */
    GPtrArray *notes; /* of char *: each picture that could not be shown, and why */
} FgProofTotals;

FG_API void fg_proof_totals_clear(FgProofTotals *totals);
FG_API gboolean fg_proof_write(const FgProofOptions *options, FgProofTotals *totals, GError **error);

G_END_DECLS

#endif

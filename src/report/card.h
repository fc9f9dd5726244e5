/* card.h: what the files of the card of `check` share: rows that wrap, and the words for what was found. */
#ifndef FG_REPORT_CARD_H
#define FG_REPORT_CARD_H

#include "filigrane/report.h"

typedef enum { FG_INK_PLAIN, FG_INK_DIM, FG_INK_BOLD, FG_INK_GOOD, FG_INK_WARNING, FG_INK_ERROR } FgInk;

/* The ink of a finding. */
FgInk fg_ink_of(FgSeverity severity);

/* ---- card_row.c ---- */

/* The escape that starts an ink, or "" when no colour is wanted. FG_INK_PLAIN ends all others. */
const char *fg_ink(const FgReportStyle *style, FgInk ink);

/* Appends "  label      text": safe for a terminal, wrapped at blanks to the width of the screen, and cut
 * after `most` lines. */
void fg_card_row(GString *card, const FgReportStyle *style, const char *label, FgInk label_ink,
                 const char *text, FgInk ink, guint most);

/* ---- card_head.c ---- */

/* Appends "✓ path  JPEG 640 × 427", the format on a line of its own where the two are too long for one. */
void fg_card_head(GString *card, const FgCheck *check, const FgReportStyle *style);

/* ---- check_words.c ---- */

/* What a finding says that a file gives away: "coordinates"; NULL for one that is about something else. */
const char *fg_leak_words(const char *id);

/* What a value of plus:DataMining comes to; NULL is no value. */
const char *fg_mining_words(const char *uri);

/* ---- check_text.c ---- */

/* True when an earlier finding of the file has the same id. */
gboolean fg_finding_is_repeated(const FgCheck *check, guint index);

#endif

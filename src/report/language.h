/* language.h: marks a text for translation; po/ holds the catalogues. */
#ifndef FG_REPORT_LANGUAGE_H
#define FG_REPORT_LANGUAGE_H

#include "filigrane/report.h"

/* Looks a text up; and marks one in a constant table, to be looked up where it is shown. */
#define _(text) fg_report_word(text)
#define N_(text) text

/* Appends a number; of all that a card says, these are the most. */
void fg_append_number(GString *text, guint64 number);

#endif

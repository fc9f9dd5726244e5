/* catalogue.h: messages of failures in another language.
 *
 * All rooms throw in English, and what a manifest or a program keeps of it stays so, whoever ran the command.
 * A person reads it translated, at the moment when it is shown. By then the names and figures are filled in,
 * so that gettext, which wants the very text, can't find it: a catalogue finds the format that a message was
 * made of by its shape.
 *
 *     g_autofree char *text = fg_catalogue_message(french, "a.jpg: has 9 x 9 pixels, the limit is 4");
 *
 * Words that are shown as they are written are looked up as gettext would. It is read once and never changes,
 * so that threads may share it. */
#ifndef FG_REPORT_CATALOGUE_H
#define FG_REPORT_CATALOGUE_H

#include <glib.h>

typedef struct FgCatalogue FgCatalogue;

/* From the bytes of a .mo file, as msgfmt writes it; NULL when they are none. */
FgCatalogue *fg_catalogue_new(GBytes *bytes);
void fg_catalogue_free(FgCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgCatalogue, fg_catalogue_free)

/* The message in the catalogue's language, part by part where it is made of several ("a.jpg: can't be read:
 * No such file"); what it does not know stays as it is. NULL for the catalogue changes nothing. The caller
 * frees. */
char *fg_catalogue_message(const FgCatalogue *catalogue, const char *english);

/* A text as the catalogue has it, with nothing filled in; `english` itself where it is not known or the
 * catalogue is NULL. Borrowed, and there as long as the catalogue. */
const char *fg_catalogue_word(const FgCatalogue *catalogue, const char *english);

/* A noun in the number of the count, likewise. */
const char *fg_catalogue_noun(const FgCatalogue *catalogue, guint64 count, const char *one, const char *many);

/* The French one, for a page that says everything in two languages; borrowed, and there for good; NULL where
 * there is none (language.c). */
const FgCatalogue *fg_catalogue_french(void);

#endif

/* text.h: text as people mean it: one form, safe to print, cut at a character. Results are the caller's
 * unless said. */
#ifndef FG_TEXT_H
#define FG_TEXT_H

#include <glib.h>

/* NFC of valid UTF-8. */
char *fg_text_nfc(const char *text);

/* For comparing: NFC, case folded. With `accents` FALSE, accents are dropped too. */
char *fg_text_fold(const char *text, gboolean accents);

/* White space runs become one space, ends are trimmed. */
char *fg_text_tidy(const char *text);

/* Drops what XML 1.0 can't hold (C0 controls but TAB, LF, CR; U+FFFE, U+FFFF). */
char *fg_text_legal_xml(const char *text);

/* Safe for a terminal or one line of a log: control characters, bidirectional overrides and bad bytes as \xNN
 * or \u{NNNN}; printable UTF-8 as it is. */
char *fg_text_printable(const char *bytes);

/* Valid UTF-8 with U+FFFD for each bad byte; *changed says whether there was one (may be NULL). */
char *fg_text_utf8(const char *bytes, gssize length, gboolean *changed);

/* Windows-1252 (a superset of printable Latin-1) to UTF-8; undefined bytes map to the C1 control of that
 * number. */
char *fg_text_from_latin1(const guint8 *bytes, gsize length);

/* The longest prefix of at most `limit` bytes that ends at a character. */
char *fg_text_cut(const char *text, gsize limit);

/* Two texts as one: "first; second", or the one that holds the other. */
char *fg_text_joined(const char *first, const char *second);

/* "1.4 MB", "312 KB", "3 min 20 s", in the C locale. */
char *fg_text_size(guint64 bytes);
char *fg_text_duration(double seconds);

/* "1 photo", "3 photos". */
char *fg_text_count(guint64 count, const char *one, const char *many);

#endif

/* xml_scan.h: the words of plain XML, read and decoded where they stand.
 *
 * The text ends with a NUL, which no word holds, so that every loop stops there. Each function moves *at past
 * what it takes, and returns FALSE for what is not plain; then *at is of no use any more, but for
 * fg_xml_take. */
#ifndef FG_XML_SCAN_H
#define FG_XML_SCAN_H

#include <glib.h>

/* A name as it stands: prefix and local part, which become texts when what follows was looked at. */
typedef struct {
    char *prefix; /* NULL: none */
    char *local, *end;
} FgXmlName;

static inline gboolean
fg_xml_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

void fg_xml_skip_blanks(char **at);

/* Takes these very bytes if they stand there. */
gboolean fg_xml_take(char **at, const char *expected);

gboolean fg_xml_take_name(char **at, FgXmlName *name);

/* Makes texts of the parts of a name, once the byte behind it is not needed any more. */
void fg_xml_end_name(const FgXmlName *name);

/* A reference at '&', written to *to, which is never past what it is written from: the shortest reference to
 * a character of n bytes is longer than n. */
gboolean fg_xml_take_reference(char **at, char **to);

/* A value in quotes, of which a text is made. */
gboolean fg_xml_take_value(char **at, const char **value);

#endif

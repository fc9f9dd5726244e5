/* metadata_private.h: what the files of this room share and nobody else opens. */
#ifndef FG_METADATA_PRIVATE_H
#define FG_METADATA_PRIVATE_H

#include "metadata/metadata.h"

/* The row of the table for an id. An id that is not in the table is a programming mistake and asserts. */
const FgFindingKind *fg_finding_kind(const char *id);

/* Adds a finding of the default severity of its id. `where` is "carrier:path"; the message is for a person
 * and never holds a personal value. Nothing is added when the same id, place and message are there already.
 */
void fg_finding_add(GPtrArray *findings, const char *id, const char *where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* Adds a personal datum, and its finding with the meaning of the id as message. `value` is copied as valid
 * UTF-8 (NULL when there is nothing to show, as for a maker note). */
void fg_personal_add(FgMetadata *metadata, const char *id, const char *where, const char *value);

/* Base addresses of the two controlled vocabularies (PLUS LDF 2.0.1; IPTC NewsCodes). */
#define FG_PLUS_VOCABULARY "http://ns.useplus.org/ldf/vocab/"
#define FG_SOURCE_TYPES "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* "prohibited-aimltraining" to its URI; the caller frees. NULL for NULL. */
char *fg_data_mining_uri(const char *key);

/* True when a key reserves text and data mining, at least in part: any but "allowed" and "unspecified". */
gboolean fg_data_mining_reserves(const char *key);

/* The notice that is written: rights->copyright, else "© {first creator}", else NULL. NFC; the caller frees.
 */
char *fg_rights_notice(const FgRights *rights);

/* NFC, legal in XML, trimmed; NULL for NULL and for text of only blanks, so that absent and empty are one
 * thing. The caller frees. Every text that is written passes here once. */
char *fg_text_stated(const char *text);

#endif

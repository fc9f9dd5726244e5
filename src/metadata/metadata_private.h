/* metadata_private.h: what the files of this room share and nobody else opens. */
#ifndef FG_METADATA_PRIVATE_H
#define FG_METADATA_PRIVATE_H

#include "codec/codec.h"
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

/* True when no notice, owner or creator is stated but placeholders. */
gboolean fg_rights_name_nobody(const FgRights *found);

/* The sign, as all of its spellings are read. */
#define FG_COPYRIGHT_SIGN "©"

/* A notice folded, white space collapsed, every way to write the sign in front as one "© ", full stops at the
 * end dropped. The caller frees. */
char *fg_notice_normal(const char *notice);

/* True when `cut` is `whole` cut at `limit` bytes, as IIM does (docs/spec/metadata.md §1.9). */
gboolean fg_notice_is_cut(const char *cut, const char *whole, gsize limit);

/* A notice without what programs leave before it or in its place: a byte order mark, the name "x-default" of
 * a language. NULL when nothing is left; the caller frees. */
char *fg_notice_stated(const char *notice);

/* What a text said before libvips wrote it into itself, as "Jane Doe (Jane Doe, ASCII, 9 components, 9
 * bytes)". NULL for all other texts; the caller frees. */
char *fg_text_undoubled(const char *text);

/* True for a notice that libvips or a print of libexif has doubled. */
gboolean fg_notice_is_mangled(const char *notice);

/* Base addresses of the two controlled vocabularies (PLUS LDF 2.0.1; IPTC NewsCodes). */
#define FG_PLUS_VOCABULARY "http://ns.useplus.org/ldf/vocab/"
#define FG_SOURCE_TYPES "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* The NewsCode name of a digital source type in whatever form a file has it, spelt as the vocabulary does
 * where it is one of it: "https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia/" to its
 * last part. NULL for none; the caller frees. */
char *fg_source_name(const char *value);

/* Sets *fact to the name in a value that tells more of a generator than it did; nothing else is a fact. */
void fg_source_say(char **fact, const char *value);

/* The same of a part of the picture, or of what it was made from: there a generated one makes it a picture
 * with generated parts. */
void fg_source_say_part(char **fact, const char *value);

/* Whether a NewsCode name says that a picture was generated, in whole or in parts; whether a value says that
 * a camera or a scanner took it. */
gboolean fg_source_is_generated(const char *name);
gboolean fg_source_is_captured(const char *value);

/* True when the second of two values of one property claims or reserves more than the first: of a mark, a
 * copyright status, a reservation of data mining, or a digital source type. No word of a vocabulary can hold
 * two, as a text can. */
gboolean fg_word_is_stronger(const char *second, const char *first);

/* True for the properties of that kind, by their names in XMP. */
gboolean fg_word_is_of_vocabulary(const char *property);

/* True for the name of a member of a licensor in PLUS. */
gboolean fg_licensor_has(const char *property);

/* "prohibited-aimltraining" to its URI; the caller frees. */
char *fg_data_mining_uri(const char *key);

/* True when a key reserves text and data mining, at least in part: any but "allowed" and "unspecified". */
gboolean fg_data_mining_reserves(const char *key);

/* What a statement comes to (fg_resolve). */
typedef struct {
    FgRights *rights;
    FgFacts *facts;
    gboolean borrowed; /* from a statement that was resolved */
} FgStated;

FgStated *fg_statement_resolve(const FgStatement *statement);
void fg_stated_free(FgStated *stated);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgStated, fg_stated_free)

/* The creators in one text as MWG joins them: "; " between, a name that holds a semicolon or a quote in
 * quotes. NULL for none; the caller frees. */
char *fg_creators_join(char *const *creators);

/* Walks an EXIF block of ours: every tag allowed, no second directory. FG_ERROR_AUDIT names the first that is
 * not. */
gboolean fg_exif_audit(GBytes *tiff, GError **error);

/* The largest blocks that a JPEG segment holds beside its signature; the same ceiling in every format, so
 * that a photo's rights fit all its derivatives or none. */
#define FG_SEGMENT_MAX 65533u
#define FG_EXIF_MAX (FG_SEGMENT_MAX - 6u) /* Exif 0 0 */
#define FG_XMP_MAX (FG_SEGMENT_MAX - 29u) /* the namespace and its NUL */
#define FG_IRB_MAX (FG_SEGMENT_MAX - 14u) /* Photoshop 3.0 and its NUL */

#endif

/* metadata: the meaning of the blocks that container finds: rights, facts of the photo, personal data,
 * findings.
 *
 * Read: `fg_metadata_read` looks at every part of a container and gives one FgMetadata; it never fails, since
 * what is broken is a finding. Write: `fg_metadata_dress` builds our EXIF, XMP, IIM and PNG text from nothing
 * but FgRights and the kept facts. Audit: `fg_metadata_audit` reads finished bytes again and allows only what
 * was asked for.
 *
 * libexif builds EXIF, libxml2 reads XMP (no network, no DTD, no entities); hostile EXIF, IIM and IRB are
 * walked with FgCursor. Nothing here is global or locale-dependent. */
#ifndef FG_METADATA_H
#define FG_METADATA_H

#include "base/base.h"
#include "container/container.h"
#include "filigrane/metadata.h"

/* The groups of privacy.keep (docs/spec/contract.md §8.6), as bits. */
typedef enum {
    FG_KEEP_TITLE = 1 << 0,
    FG_KEEP_CAPTION = 1 << 1,
    FG_KEEP_KEYWORDS = 1 << 2,
    FG_KEEP_YEAR = 1 << 3,
    FG_KEEP_DAY = 1 << 4,
    FG_KEEP_DATE = 1 << 5,
    FG_KEEP_CAMERA = 1 << 6,
    FG_KEEP_LENS = 1 << 7,
    FG_KEEP_EXPOSURE = 1 << 8,
    FG_KEEP_COUNTRY = 1 << 9,
    FG_KEEP_CITY = 1 << 10,
    FG_KEEP_PROMPT = 1 << 11,
} FgKeep;

/* "title" to its bit, 0 for none; the names in a NULL-terminated list for messages. */
#define FG_KEEP_PICTURE (1u << 31) /* no group: what stays with a picture that is not touched */
FgKeep fg_keep_from_name(const char *name);
const char *const *fg_keep_names(void);

typedef struct {
    guint32 numerator, denominator;
} FgRational; /* denominator 0: absent */

#define FG_KEEP_ALWAYS (1u << 30) /* no group: stays whatever is kept */

#define FG_MEMBER_RATIONAL(name) FgRational name;
#define FG_MEMBER_COUNT(name) guint32 name; /* 0: absent */
#define FG_MEMBER_DATE(name) char name[20];

/* What the Content Credentials (C2PA) of a file come to, whose signature is not verified. */
typedef enum {
    FG_CREDENTIALS_NONE,   /* there are none */
    FG_CREDENTIALS_SILENT, /* they tell nothing of a generator that its XMP does not */
    FG_CREDENTIALS_TELL,   /* facts->digital_source is their word */
    FG_CREDENTIALS_UNREAD, /* they can't be read whole: what they tell is not known */
    FG_N_CREDENTIALS
} FgCredentials;

/* What a photo says of itself and may be kept: a member for each FACT of filigrane/fields.def. */
typedef struct {
#define FACT(member, kind, ...) FG_MEMBER_##kind(member)
#include "filigrane/fields.def"
} FgFacts;

/* ---- The rows of filigrane/fields.def (fields.c) ---- */

typedef enum {
    FG_KIND_TEXT,
    FG_KIND_LIST,
    FG_KIND_LANGUAGES, /* of FgLangText */
    FG_KIND_LICENSORS, /* of FgLicensor */
    FG_KIND_CONTACT,   /* its members are rows of their own, which follow it */
    FG_KIND_NUMBER,
    FG_KIND_FLAG,
    FG_KIND_MARKED,
    FG_KIND_OTHERS, /* of FgRights */
    FG_KIND_RATIONAL,
    FG_KIND_COUNT,
    FG_KIND_DATE,
} FgFieldKind;

/* Whose word counts when a photo keeps its own rights. */
typedef enum {
    FG_OWN_PROFILE, /* the profile's alone */
    FG_OWN_EITHER,  /* the profile's, and what it leaves open the photo's */
    FG_OWN_PHOTO,   /* the photo's alone */
} FgOwn;

/* In which JSON a field stands, as bits; where a file does not state it, it is null or empty there. */
typedef enum {
    FG_JSON_MANIFEST = 1 << 0,
    FG_JSON_CHECK = 1 << 1,
    FG_JSON_BOTH = FG_JSON_MANIFEST | FG_JSON_CHECK,
    FG_JSON_STATED = 1 << 2, /* beside one of these: only where it is stated */
} FgJsonUse;

/* How a property is written: as it is; as a language alternative; in a list, which is ordered or not. */
typedef enum { FG_FORM_PLAIN, FG_FORM_ALT, FG_FORM_SEQ, FG_FORM_BAG } FgForm;

/* A property of XMP, or a member of one that is a structure. */
typedef struct {
    guint8 ns; /* FgXmpNs; 0: none */
    const char *property, *member;
} FgXmpName;

typedef struct {
    const char *key; /* as in a profile and in JSON: "credit", "contact.city"; NULL ends the rows */
    gsize offset;    /* in FgRights, FgFacts or FgLicensor */
    guint8 kind;     /* FgFieldKind */
    gboolean stated; /* a profile can state it */
    FgOwn own;
    guint json;           /* FgJsonUse; of rights and licensors */
    guint keep;           /* FgKeep bits, each of which lets it pass; of facts */
    gboolean sidecar;     /* an XMP file beside the photo has the last word */
    const char *label;    /* what a finding calls it; NULL: two carriers or blocks are not compared */
    const char *conflict; /* the finding when two blocks differ; NULL: structure.duplicate */
    guint16 ifd0, exif;   /* the tag in either directory; 0: none */
    struct {
        guint8 number; /* the dataset of record 2; 0: none */
        guint16 limit; /* in bytes; 0: it is read and never written */
    } iim;
    const char *png;    /* the keyword of a text of PNG that says the same */
    FgXmpName xmp;      /* as it is written and read */
    FgXmpName older[2]; /* read alone */
    FgForm form;
    gboolean late;          /* written after the others of its namespace or structure */
    gboolean word;          /* of a vocabulary: of two words the stronger counts */
    const char *vocabulary; /* what stands before the word in XMP; what a file has is read by hand */
    gboolean upper;         /* the vocabulary has it in capitals */
    gboolean beside;        /* may stay beside the rights of somebody else's */
} FgField;

/* Each ends with a row without a key. Rows of the contact are among those of the rights. */
extern const FgField fg_right_fields[], fg_licensor_fields[], fg_fact_fields[];

/* The value of a field in a struct. */
#define fg_field_text(field, base) (*(char **)fg_field_at(field, base))
#define fg_field_list(field, base) (*(char ***)fg_field_at(field, base))
#define fg_field_items(field, base) (*(GPtrArray **)fg_field_at(field, base))
gpointer fg_field_at(const FgField *field, gconstpointer base);

/* True when nothing is stated there. */
gboolean fg_field_is_empty(const FgField *field, gconstpointer base);

gboolean fg_field_equal(const FgField *field, gconstpointer a, gconstpointer b);
void fg_field_clear(const FgField *field, gpointer base);

/* What `from` has there, in the place of what `to` has; both of one struct. */
void fg_field_copy(const FgField *field, gpointer to, gconstpointer from);

/* A word as its vocabulary has it: "prohibited" to its URI. The caller frees. */
char *fg_field_uri(const FgField *field, const char *word);

/* Where a finding says that a property is: "xmp:dc:rights". The caller frees. */
char *fg_xmp_where(const FgXmpName *name);

/* The right that stands in this dataset of record 2, in this property of XMP; NULL for none. */
const FgField *fg_right_of_dataset(guint8 number);
const FgField *fg_right_of_property(guint8 ns, const char *property);

/* Adds the fields of this use to an object. */
void fg_rights_to_json(FgJson *object, const FgRights *rights, FgJsonUse use);

/* As a record (base/ipc.h), and back: NULL when it is none. The reader expects anything. */
void fg_rights_pack(GByteArray *record, const FgRights *rights);
FgRights *fg_rights_unpack(FgCursor *at);
void fg_facts_pack(GByteArray *record, const FgFacts *facts);
FgFacts *fg_facts_unpack(FgCursor *at);

FgFacts *fg_facts_new(void);
FgFacts *fg_facts_dup(const FgFacts *facts);
void fg_facts_free(FgFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgFacts, fg_facts_free)

/* The groups that can let a finding stay (findings.def) and that these facts hold something of. */
guint fg_facts_groups(const FgFacts *facts);

/* A copy that holds only the groups of `keep`; the date cut to year, day or second. */
FgFacts *fg_facts_kept(const FgFacts *facts, guint keep);

/* What a finding is about; a column of findings.def. */
typedef enum {
    FG_FAMILY_LEAK,      /* who, where, with what, or another picture: what `check -p` takes as an error */
    FG_FAMILY_TRACE,     /* what ties a photo to others, to its making, to a minute; also given away */
    FG_FAMILY_RIGHTS,    /* whose the photo is, and on what terms */
    FG_FAMILY_STRUCTURE, /* a form that no file of ours has */
    FG_FAMILY_REMARK,    /* all else, which may be true of a file of ours */
} FgFindingFamily;

/* The columns of findings.def beside those of FgFindingKind. */
typedef struct {
    FgFindingFamily family;
    guint keep;        /* FgKeep bits, each of which may let it stay; 0 for none */
    const char *where; /* at places that have this in them; NULL when keep is 0 */
    const char *words; /* "camera serial number", untranslated; NULL for what gives nothing away */
    const char *sort;  /* "serial numbers", likewise */
} FgFindingTraits;

enum {
    FG_N_FINDINGS = 0
#define FINDING(...) +1
#define TELLS(...) +1
#define KEPT(...) +1
#include "metadata/findings.def"
};

/* The row of an id in fg_finding_kinds(), FG_N_FINDINGS for an unknown one; that number is the same in all
 * processes of a run. The others take known ids only. */
guint fg_finding_number(const char *id);
const FgFindingTraits *fg_finding_traits(const char *id);

/* TRUE when a finding says that a file gives something away: a leak or a trace. */
gboolean fg_finding_tells(const char *id);

/* TRUE when one of the groups `keep` allows the finding where it is. */
gboolean fg_finding_is_kept(const FgFinding *finding, guint keep);

/* Findings and personal data. `id` must be one of fg_finding_kinds(); a NULL message is the meaning of the
 * id; `value` may be NULL. */
FgFinding *fg_finding_new(const char *id, const char *where, const char *message);
FgFinding *fg_finding_of(const FgFindingKind *kind, FgSeverity severity, const char *where,
                         const char *message);
FgFinding *fg_finding_dup(const FgFinding *finding);
void fg_finding_free(FgFinding *finding);
FgPersonal *fg_personal_new(const char *id, const char *where, const char *value);
void fg_personal_free(FgPersonal *personal);

/* What one carrier says. */
typedef struct {
    gboolean present; /* the carrier is in the file at all */
    char *notice;     /* as decoded, trimmed; NULL when absent or blank */
    char **creators;  /* NULL when absent */
    char *credit;
    FgRights *rights; /* all that it says of rights, as found, and of the photo; NULL when absent */
    FgFacts *facts;
} FgCarrier;

typedef struct {
    FgCarrier exif, iptc, xmp, png;
    FgRights *rights;   /* reconciled (docs/spec/metadata.md §4.2); never NULL, fields may be */
    gint marked;        /* xmpRights:Marked or the IRB flag: 1, 0, -1 absent */
    char *data_mining;  /* the URI as found, or NULL */
    FgFacts *facts;     /* never NULL */
    guint8 orientation; /* the EXIF tag, 1..8; 1 when absent */
    gboolean index_r03; /* EXIF's InteroperabilityIndex: the option file of DCF, Adobe RGB */
    gboolean adobe_rgb; /* EXIF says so as DCF has it; counts where no colours are stated otherwise */
    gboolean has_icc;
    FgHdr hdr;           /* by its container, else by XMP of the picture or of one within it */
    GPtrArray *personal; /* of FgPersonal */
    GPtrArray *findings; /* of FgFinding, with default severities */
} FgMetadata;

FgMetadata *fg_metadata_read(const FgContainer *container);
void fg_metadata_free(FgMetadata *metadata);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgMetadata, fg_metadata_free)

/* A picture inside of a file, at the place that its finding names. */
typedef struct {
    char *where;
    GBytes *bytes;
    FgFormat format;
} FgPicture;

/* The pictures that stand in a file beside its own and are whole files by themselves: thumbnails in EXIF and
 * Photoshop blocks, pictures after the end, previews in maker notes. */
GPtrArray *fg_metadata_pictures(const FgContainer *container);

/* The text fields of a sidecar XMP file win over those of the photo; one that spells coordinates leaves none.
 * FG_ERROR_MALFORMED when it is no XMP. */
gboolean fg_metadata_apply_sidecar(FgFacts *facts, GBytes *xmp, GError **error);

/* Whether a file is somebody else's. By its notice: neither the owner, a creator nor an alias is in it as
 * words of its own (folded, accents dropped), nor equals the owner that is stated beside it, or, without one,
 * a creator. By its creators: one that any carrier names is none of these. A file that states none of all
 * this is nobody's. */
gboolean fg_rights_is_foreign(const FgRights *ours, const FgRights *found);

/* Which of them is: `found` itself, or what a single block of the file states (found->others); NULL for none.
 * Borrowed. The function above asks whether there is one. */
const FgRights *fg_rights_foreign(const FgRights *ours, const FgRights *found);

/* Adds a copy of notice, owner and creators of `other` to rights->others. */
void fg_rights_add_other(FgRights *rights, const FgRights *other);

/* The creators of a file that are none of ours; placeholders, which cameras and programs leave, don't count.
 * NULL for none; the caller frees. */
char **fg_rights_foreign_creators(const FgRights *ours, const FgRights *found);

/* FG_ERROR_FOREIGN that names them. */
gboolean fg_rights_throw_creators(char *const *creators, GError **error);

/* Whether a file that names nobody, neither in a notice nor as owner or creator, has usage terms, a licensor,
 * a web statement or a licence that are not ours. */
gboolean fg_rights_has_terms_of_others(const FgRights *ours, const FgRights *found);

/* True when a file gives its picture to the public, or to all on the terms of a Creative Commons licence: no
 * claim may be made of it that it does not make itself. */
gboolean fg_rights_are_open(const FgRights *found);

/* True when a text claims a copyright: it has a sign ©, or begins with one of its other spellings. */
gboolean fg_text_claims(const char *text);

/* The digital source that a file ends with which says `found` (a NewsCode name or NULL) where `asked` is
 * asked for: never one that tells less of a generator. Borrowed from either. */
const char *fg_source_kept(const char *found, const char *asked);

/* The same in rights that are to be written, by the facts of the file; none where the file has Content
 * Credentials that can't be read and nothing else tells of a generator. */
void fg_source_settle(FgRights *rights, const FgFacts *facts);

/* The line for whoever asked for another source (NULL: for none) than the file keeps, that another carrier
 * than XMP states, or that can't be known; NULL when there is nothing to say. The caller frees. */
char *fg_source_note(const FgFacts *facts, const char *asked);

/* The line for a file that fg_rights_has_terms_of_others. */
#define FG_NOTE_TERMS                                                                                        \
    "its usage terms, licensor or web statement were somebody else's: yours stand there alone now"

/* The colour profile of a part without what it tells beside its colours, and of a PNG the profile as it is
 * when only its name there tells; NULL: it stays. The caller frees. */
GBytes *fg_icc_clean_for(const FgPart *part);

/* "Copyright" or "Author" for the keyword of a PNG text that states one of them under whatever name; NULL for
 * all others. */
const char *fg_png_text_right(const char *keyword);

/* True when two notices are equal after the normalisation of docs/spec/metadata.md §4.3; in `pattern` (all
 * other fields resolved) FG_ANY_YEAR matches four digits, the same wherever it stands, or none and one space
 * beside it, and FG_ANY_STEM any text, where it stands first. NULL equals only NULL. */
#define FG_ANY_YEAR "{year}"
#define FG_ANY_STEM "{stem}"
gboolean fg_notice_equal(const char *a, const char *b);
gboolean fg_notice_matches(const char *notice, const char *pattern);

/* Everything that is written into one file. */
typedef struct {
    const FgRights *rights; /* copyright resolved */
    const FgFacts *facts;   /* only what is kept; may be NULL */
    guint32 width, height;
    FgFormat format;
    gboolean srgb;      /* the pixels are sRGB (always, in what is published) */
    gboolean index_r03; /* the file's own EXIF says by R03 that they are Adobe RGB, and goes on to */
    gboolean uncut;     /* rights in IPTC keep the length that they have, beyond the limits of IIM 4.2 */
    gboolean resolved;  /* both went through fg_resolve, and are taken as they are */
    gboolean twin;      /* a JPEG XL from which a JPEG that states this can be had back (fg_metadata_audit) */
} FgStatement;

/* Makes of rights and facts (which may be NULL) what every file and carrier gets of them: each text in NFC,
 * legal in XML, trimmed, its line ends LF, and NULL when nothing is left; the notice "© {creator}" when none
 * is stated; the owner the first creator; the sentences of the reservation when a reservation has none; the
 * file's own digital source before the profile's; a date that is none dropped. Twice is once. */
void fg_resolve(FgRights *rights, FgFacts *facts);

/* The rights as a file gets them: text settled, the owner and the sentences of a reservation filled in. The
 * copyright stays what it is. The caller frees. */
FgRights *fg_rights_as_written(const FgRights *rights);

/* Our blocks for a file of statement->format: EXIF and XMP always, Photoshop resources for JPEG and TIFF,
 * texts for PNG, never a colour profile. FG_ERROR_OVERSIZE when a block would not fit a JPEG segment, in
 * every format alike. */
typedef struct {
    FgDress dress;    /* its blocks are owned here; for container */
    GPtrArray *owned; /* the strings of dress.texts */
} FgOwnedDress;
FgOwnedDress *fg_metadata_dress(const FgStatement *statement, GError **error);
void fg_owned_dress_free(FgOwnedDress *dress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgOwnedDress, fg_owned_dress_free)

/* The single blocks, for tests and `tag`. */
GBytes *fg_exif_build(const FgStatement *statement, GError **error);
GBytes *fg_iptc_build(const FgStatement *statement, GError **error); /* IRB: 0x0404, 0x040A, 0x0425 */
GBytes *fg_xmp_build(const FgStatement *statement, GError **error);

/* Our properties in a packet of a file, all else in it as it was; merging twice is merging once. `alone`: no
 * other word of whose the picture is and on what terms stays beside ours; a reservation of data mining and
 * what tells of a generator do. NULL for a packet: ours alone. FG_ERROR_MALFORMED when the packet is no XMP,
 * FG_ERROR_OVERSIZE. */
GBytes *fg_xmp_merge(GBytes *packet, const FgStatement *statement, gboolean alone, GError **error);

/* A packet of the rights that a file's packet states, each property as it stands there with all its languages
 * and members, and of nothing else; NULL when there are none. FG_ERROR_MALFORMED when it is no XMP. */
GBytes *fg_xmp_rights(GBytes *packet, GError **error);

/* All XMP packets of a file as one: the first, and what the others state beside it. Where they state one text
 * in two ways, both stand in it. NULL without an error when the file has none; the very packet when it has
 * one. FG_ERROR_MALFORMED when one of several is no XMP. */
GBytes *fg_metadata_xmp(const FgContainer *container, GError **error);

/* Reads finished bytes with the reader above and compares: format, size, exactly these rights and facts, no
 * location., serial., personal., makernote., preview., trailing. finding, no fault of structure,
 * orientation 1. FG_ERROR_AUDIT names the first thing that should not be there, FG_ERROR_MALFORMED when it
 * can't be read. */
gboolean fg_metadata_audit(GBytes *file, const FgStatement *statement, GError **error);

#endif

/* metadata.h: rights as one model, findings as one list.
 *
 * FgRights is what a profile states and what is written into a file; FgFinding is what an inspection says of
 * one. */
#ifndef FILIGRANE_METADATA_H
#define FILIGRANE_METADATA_H

#include "filigrane/base.h"

G_BEGIN_DECLS

/* A text in one language; lang is a BCP 47 tag, or "x-default" where a file gives no other. */
typedef struct {
    char *lang;
    char *text;
} FgLangText;

/* The C type of each kind of field, for the structs that are made of the rows of filigrane/fields.def. */
#define FG_MEMBER_TEXT(name) char *name;  /* UTF-8 in NFC; NULL: not stated */
#define FG_MEMBER_LIST(name) char **name; /* NULL-terminated, or NULL */
#define FG_MEMBER_LANGUAGES(name) GPtrArray *name;
#define FG_MEMBER_LICENSORS(name) GPtrArray *name;
#define FG_MEMBER_CONTACT(name) FgContact name;
#define FG_MEMBER_NUMBER(name) int name;
#define FG_MEMBER_FLAG(name) gboolean name;
#define FG_MEMBER_MARKED(name) FgMarked name;
#define FG_MEMBER_OTHERS(name) GPtrArray *name;

typedef struct {
#define LICENSOR(member, ...) FG_MEMBER_TEXT(member)
#include "filigrane/fields.def"
} FgLicensor;

typedef struct {
#define CONTACT(member, ...) FG_MEMBER_TEXT(member)
#include "filigrane/fields.def"
} FgContact;

/* xmpRights:Marked: protected, public domain, or nothing said. */
typedef enum { FG_MARKED_UNSTATED, FG_MARKED_TRUE, FG_MARKED_FALSE } FgMarked;

/* The rights of a photo (IPTC Photo Metadata Standard, PLUS, XMP Rights): a member for each row of
 * filigrane/fields.def, which says what it is. NULL or empty: not stated. */
typedef struct {
#define RIGHT(key, member, kind, ...) FG_MEMBER_##kind(member)
#define FOUND(member, kind, ...) FG_MEMBER_##kind(member)
#include "filigrane/fields.def"
} FgRights;

FG_API FgRights *fg_rights_new(void);
FG_API FgRights *fg_rights_dup(const FgRights *rights);
FG_API void fg_rights_free(FgRights *rights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FgRights, fg_rights_free)

/* Members of the lists in FgRights, which own and free them. Neither argument of the first may be NULL; both
 * are copied, as are the texts of a licensor, each of which may be NULL. */
FG_API FgLangText *fg_lang_text_new(const char *lang, const char *text);
FG_API void fg_lang_text_free(FgLangText *text);
FG_API FgLicensor *fg_licensor_dup(const FgLicensor *licensor);
FG_API void fg_licensor_free(FgLicensor *licensor);

typedef enum { FG_SEVERITY_INFO, FG_SEVERITY_WARNING, FG_SEVERITY_ERROR } FgSeverity;
FG_API const char *fg_severity_name(FgSeverity severity); /* "info", "warning", "error" */

/* One thing that an inspection found. */
typedef struct {
    const char *id; /* static; docs/spec/metadata.md §4.4: "location.gps" */
    FgSeverity severity;
    const char *message; /* for a person; never holds a personal value */
    const char *where;   /* "carrier:path", as "exif:GPS/0x0002", "xmp:dc:rights", "container:trailer" */
} FgFinding;             /* one piece of memory with its texts */

/* One personal datum. */
typedef struct {
    const char *id; /* static, the id of its finding */
    char *where;
    char *value; /* UTF-8; shown only when asked for */
} FgPersonal;

/* Every finding id with its default severity and a one-line meaning, for SARIF rules and documentation; ends
 * with a NULL id. */
typedef struct {
    const char *id;
    FgSeverity severity;
    const char *meaning;
} FgFindingKind;
FG_API const FgFindingKind *fg_finding_kinds(void);

G_END_DECLS

#endif

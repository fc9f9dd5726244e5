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

typedef struct {
    char *name, *url, *email, *id;
} FgLicensor;

typedef struct {
    char *address, *city, *region, *postal_code, *country, *phone, *email, *url;
} FgContact;

/* xmpRights:Marked: protected, public domain, or nothing said. */
typedef enum { FG_MARKED_UNSTATED, FG_MARKED_TRUE, FG_MARKED_FALSE } FgMarked;

/* The rights of a photo (IPTC Photo Metadata Standard, PLUS, XMP Rights). NULL or empty: not stated. All text
 * is UTF-8 in NFC. In a profile `copyright` may hold {fields}; in rights that are written it is resolved. */
typedef struct {
    char **creators; /* in order; NULL-terminated, or NULL */
    char *owner;     /* copyright owner; default the first creator */
    char **aliases;  /* other spellings of the owner, for telling a foreign notice */
    char *job_title; /* of the creator */
    char *copyright; /* the notice */
    char *credit;
    char *source;
    char *instructions;
    GPtrArray *terms;     /* of FgLangText: usage terms; the first is also x-default */
    char *web_statement;  /* absolute http(s) URL */
    GPtrArray *licensors; /* of FgLicensor, at most three */
    FgContact contact;
    char *data_mining;            /* the PLUS key in lower case without "DMI-": "prohibited" */
    GPtrArray *other_constraints; /* of FgLangText */
    char *tdm_policy;             /* URL, for site files only */
    char *digital_source;         /* a NewsCode name: "digitalCapture" */
    int year;                     /* for {year} when a photo has no date; 0 none */

    /* What a file says of itself. Such rights are written as they are: nothing is concluded from them, no
     * notice from a creator and no owner from either. A profile states none of these. */
    gboolean as_found;
    FgMarked marked;
    char *cc_license, *cc_attribution_name, *cc_attribution_url, *cc_more_permissions; /* ccREL */
    char *copyright_status; /* plus:CopyrightStatus, a URI */
    char **named;           /* each creator that any carrier names, however they differ */
    GPtrArray *others; /* of FgRights: notice, owner and creators of single blocks of a file that state others
                          than these; for telling a foreign notice */
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

/* base.h: what every other header of filigrane stands on: the mark of a public function, and how a failure is
 * told.
 *
 * A function that can fail takes a `GError **` last and returns FALSE or NULL exactly when it sets it. All
 * errors are of the one domain FG_ERROR; each code has a row in a table that says what it means to a program
 * (slug), to a shell (exit code) and to a person (hint). */
#ifndef FILIGRANE_BASE_H
#define FILIGRANE_BASE_H

#include <glib.h>

#define FG_API __attribute__((visibility("default")))

G_BEGIN_DECLS

typedef enum {
    FG_ERROR_USAGE,       /* the command line is wrong */
    FG_ERROR_PATH,        /* an input or output path is missing or impossible */
    FG_ERROR_PROFILE,     /* the profile is wrong: message begins with file:line:column */
    FG_ERROR_CLASH,       /* two files would have one path */
    FG_ERROR_FONT,        /* a font or a glyph of a fixed text is missing */
    FG_ERROR_LOGO,        /* a logo can't be drawn */
    FG_ERROR_MANIFEST,    /* a manifest is not one, or of an unknown major version */
    FG_ERROR_UNREADABLE,  /* the file can't be opened or read, or is no regular file */
    FG_ERROR_UNSUPPORTED, /* the file is none of the formats that the command takes */
    FG_ERROR_MALFORMED,   /* the file breaks its format's rules or is cut short */
    FG_ERROR_SIDECAR,     /* the XMP file beside the photo can't be read */
    FG_ERROR_LIMIT,       /* the file exceeds a limit of the profile */
    FG_ERROR_COLOUR,      /* its colours can't be converted */
    FG_ERROR_RIGHTS,      /* there is no creator or notice to write */
    FG_ERROR_FOREIGN,     /* the file carries another owner's notice */
    FG_ERROR_UNMARKED,    /* a picture would go out without the marks that it is to carry */
    FG_ERROR_GLYPH,       /* a glyph of this photo's own text is missing */
    FG_ERROR_MARK,        /* the mark would not be visible */
    FG_ERROR_ENCODE,      /* the encoder refused */
    FG_ERROR_OVERSIZE,    /* metadata would not fit its container */
    FG_ERROR_AUDIT,       /* a finished file holds what the plan does not allow */
    FG_ERROR_WORKER,      /* the photo's process died or ran out of time */
    FG_ERROR_OUTPUT,      /* a file can't be written */
    FG_ERROR_SPACE,       /* the disk or quota is full */
    FG_ERROR_MEMORY,      /* not enough memory */
    FG_ERROR_INTERRUPTED, /* SIGINT, SIGTERM or SIGHUP */
    FG_ERROR_MODULE,      /* a part of filigrane is missing or of another version */
    FG_ERROR_INTERNAL,    /* a promise inside filigrane was broken */
    FG_ERROR_TARGET,      /* one file can't be written where it belongs; others can */
    FG_ERROR_SIGNED,      /* the file has a signature that a change would break */
    FG_N_ERRORS
} FgErrorCode;

#define FG_ERROR (fg_error_quark())
FG_API GQuark fg_error_quark(void);

/* The stable id of a kind of failure, as in JSON ("file.unreadable"); its exit code when it ends a run
 * (docs/spec/contract.md §2.3: 1, 2, 3, 130); and what a person can do about it, or NULL. All constant; code
 * must be below FG_N_ERRORS. */
FG_API const char *fg_error_slug(FgErrorCode code);
FG_API int fg_error_exit_code(FgErrorCode code);
FG_API const char *fg_error_hint(FgErrorCode code);

/* The library's version, "0.2.0". */
FG_API const char *fg_version(void);

G_END_DECLS

#endif

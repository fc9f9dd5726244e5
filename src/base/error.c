#include "filigrane/base.h"

G_DEFINE_QUARK(filigrane, fg_error)

/* A row a code, in the order of FgErrorCode. */
static const struct {
    FgErrorCode code;
    int exit_code;
    const char *slug, *hint;
} kinds[] = {
    {FG_ERROR_USAGE, 2, "usage", NULL},
    {FG_ERROR_PATH, 2, "path.missing", NULL},
    {FG_ERROR_PROFILE, 2, "profile.invalid", NULL},
    {FG_ERROR_CLASH, 2, "path.clash", NULL},
    {FG_ERROR_FONT, 2, "font.missing", "install the font, or name another in the mark's `font`"},
    {FG_ERROR_LOGO, 2, "logo.unusable",
     "a logo is a PNG with transparency, or an SVG that needs no other file"},
    {FG_ERROR_MANIFEST, 2, "manifest.invalid", "publish the photos again to have a new manifest"},
    {FG_ERROR_UNREADABLE, 1, "file.unreadable", NULL},
    {FG_ERROR_UNSUPPORTED, 1, "file.unsupported",
     "put the photo itself there, as JPEG, PNG, TIFF, WebP, HEIC, AVIF or JPEG XL, or take the file away"},
    {FG_ERROR_MALFORMED, 1, "file.unreadable",
     "the file is damaged: take it from the camera or a backup again"},
    {FG_ERROR_SIDECAR, 1, "sidecar.unreadable", "repair the sidecar or delete it"},
    {FG_ERROR_LIMIT, 1, "file.too-large",
     "raise the profile's `limits` if the photo is meant to be that large"},
    {FG_ERROR_COLOUR, 1, "colour.unconvertible", "export the photo with an sRGB profile"},
    {FG_ERROR_RIGHTS, 1, "rights.missing",
     "your name belongs into rights.creator of the profile; filigrane init writes one"},
    {FG_ERROR_FOREIGN, 1, "copyright.foreign",
     "if that is you under another name, add it to rights.aliases; otherwise leave the photo out "
     "(--force-rights only with the owner's leave)"},
    {FG_ERROR_UNMARKED, 1, "mark.missing", NULL},
    {FG_ERROR_GLYPH, 1, "mark.glyph", "name a font that has the character in the mark's `font`"},
    {FG_ERROR_MARK, 1, "mark.invisible", "try another place, tone or visibility for the mark"},
    {FG_ERROR_ENCODE, 1, "encode.failed", NULL},
    {FG_ERROR_OVERSIZE, 1, "metadata.too-large", "shorten the texts of the rights or of the caption"},
    {FG_ERROR_AUDIT, 1, "audit.leak", "no file was written; please report this as a fault of filigrane"},
    {FG_ERROR_WORKER, 1, "worker.died", "raise the profile's `limits` if the photo is sound"},
    {FG_ERROR_OUTPUT, 3, "output.failed", NULL},
    {FG_ERROR_SPACE, 3, "disk.full", "free some space and run the same command again"},
    {FG_ERROR_MEMORY, 3, "memory.short", "make fewer photos at a time with -j"},
    {FG_ERROR_INTERRUPTED, 130, "interrupted", "the same command goes on from here"},
    {FG_ERROR_MODULE, 2, "installation.incomplete",
     "the installation is incomplete: install filigrane again"},
    {FG_ERROR_INTERNAL, 3, "internal", "please report this as a fault of filigrane"},
    {FG_ERROR_TARGET, 3, "output.failed",
     "move away what stands there or make it writable, then run the same command again"},
    {FG_ERROR_SIGNED, 1, "c2pa.signed",
     "--drop-credentials takes the signature out and keeps what it says of a generator; or leave the file as "
     "it is"},
};
_Static_assert(G_N_ELEMENTS(kinds) == FG_N_ERRORS, "every kind of failure has a row");

const char *
fg_error_slug(FgErrorCode code)
{
    g_assert((guint)code < FG_N_ERRORS && kinds[code].code == code);
    return kinds[code].slug;
}

int
fg_error_exit_code(FgErrorCode code)
{
    g_assert((guint)code < FG_N_ERRORS && kinds[code].code == code);
    return kinds[code].exit_code;
}

const char *
fg_error_hint(FgErrorCode code)
{
    g_assert((guint)code < FG_N_ERRORS && kinds[code].code == code);
    return kinds[code].hint;
}

const char *
fg_version(void)
{
    return FG_VERSION;
}

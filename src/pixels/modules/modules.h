/* modules.h: how the library reaches what is in its modules.
 *
 * libvips alone brings a hundred libraries, which take many times as long to load as most commands take to
 * run. So the library links none of the large ones: each stands behind a module, a shared object of which the
 * library takes one table. A module brings along what it needs of the floors below; nothing else crosses. */
#ifndef FG_MODULES_H
#define FG_MODULES_H

#include "pixels/pixels_private.h"

/* The name of the table in each module. */
#define FG_MODULE_TABLE "fg_module"
#define FG_MODULE_EXPORT __attribute__((visibility("default")))

/* Every table begins like this. */
typedef struct {
    const char *version;               /* of the filigrane that it was built for */
    gboolean (*start)(GError **error); /* what is to be done before the first use; may be NULL */
} FgModuleHead;

typedef struct {
    FgModuleHead head;
    const char *(*version)(void);
    GBytes *(*press_profile)(void);
    const FgDecoder *decoder;
} FgVipsModule;

typedef struct {
    FgModuleHead head;
    const char *(*version)(void);
    const FgDecoder *decoder;
    __typeof__(fg_encode_avif) *encode_avif;
} FgHeifModule;

typedef struct {
    FgModuleHead head;
    const char *(*version)(void);
    const FgDecoder *decoder;
    __typeof__(fg_encode_jxl) *encode_jxl;
    __typeof__(fg_jxl_twin) *twin;
} FgJxlModule;

typedef struct {
    FgModuleHead head;
    const char *(*pango_version)(void);
    const char *(*cairo_version)(void);
    __typeof__(fg_lettering_set) *set;
    __typeof__(fg_fonts_identity) *identity;
    __typeof__(fg_fonts_names) *names;
    __typeof__(fg_fonts_places) *places;
} FgLettersModule;

typedef struct {
    FgModuleHead head;
    const char *(*version)(void);
    __typeof__(fg_logo_draw) *draw;
} FgLogosModule;

#endif

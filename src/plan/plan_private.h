/* plan_private.h: what the files of this room share. */
#ifndef FG_PLAN_PRIVATE_H
#define FG_PLAN_PRIVATE_H

#include "plan/plan.h"

/* ---- size.c ---- */

typedef struct {
    const FgRecipe *recipe;
    FgSize size;
} FgSizedRecipe;

/* The sizes that a profile makes of a photo, of FgSizedRecipe, in the order of the recipes. */
GArray *fg_plan_sizes(const FgProfile *profile, guint32 width, guint32 height);

/* ---- naming.c ---- */

/* Where a file goes below the output folder: the folder of the source and the name. */
char *fg_plan_output_path(const char *source, const char *name);

/* NFC(stem), a zero byte, the capture time when it is known to the second. */
GBytes *fg_plan_id(const FgPhoto *photo);

/* ---- rights.c ---- */

/* Fills in planned->rights and own_rights. FG_ERROR_RIGHTS, FG_ERROR_FOREIGN. */
gboolean fg_plan_rights(FgPlanned *planned, const FgProfile *profile, gboolean force, GError **error);

/* ---- clash.c ---- */

gboolean fg_plan_check_clashes(const FgPlan *plan, const char *out, GError **error);

/* ---- memory.c ---- */

guint64 fg_plan_memory(const FgPlanned *planned);

#endif

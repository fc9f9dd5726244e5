/* rules.c: severity and verdict: what a profile lets pass, and what it does not. */
#include "check/check_private.h"

#include <string.h>

/* What one entry of the profile can come out as: its own size at most, for nothing is upscaled, and a photo
 * that is smaller keeps its size. */
static gboolean
fits_recipe(const FgRecipe *recipe, guint32 width, guint32 height)
{
    if (recipe->long_edge > 0)
        return MAX(width, height) <= (guint32)recipe->long_edge;
    return (recipe->width == 0 || width <= (guint32)recipe->width) &&
           (recipe->height == 0 || height <= (guint32)recipe->height);
}

static void
check_shape(const FgProfile *profile, const FgContainer *container, GPtrArray *findings)
{
    gboolean format = FALSE, size = FALSE;
    for (guint i = 0; i < profile->recipes->len; i++) {
        const FgRecipe *recipe = g_ptr_array_index(profile->recipes, i);
        format = format || fg_recipe_makes(recipe, container->format);
        size = size || fits_recipe(recipe, container->width, container->height);
    }
    if (profile->recipes->len == 0)
        return;
    if (!format)
        fg_check_add(findings, "format.not-allowed", "container:format", NULL);
    if (!size) {
        g_autofree char *message = g_strdup_printf("%ux%u is larger than any size of the profile.",
                                                   container->width, container->height);
        fg_check_add(findings, "size.not-allowed", "container:size", message);
    }
}

void
fg_rules_apply(const FgProfile *profile, const char *path, const FgContainer *container,
               const FgMetadata *metadata, GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        FgFinding *finding = g_ptr_array_index(findings, i);
        if (fg_finding_is_kept(finding, profile->keep))
            finding->severity = FG_SEVERITY_INFO;
        else if (fg_finding_traits(finding->id)->family == FG_FAMILY_LEAK)
            finding->severity = FG_SEVERITY_ERROR;
    }
    check_shape(profile, container, findings);
    if (profile->rights->creators) {
        if (fg_rights_is_foreign(profile->rights, metadata->rights))
            fg_check_add(findings, "copyright.foreign", "xmp:dc:rights", NULL);
        fg_rules_rights(profile, path, container, metadata, findings);
    }
}

void
fg_rules_sort(GPtrArray *findings)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_sized_new(findings->len);
    for (int severity = FG_SEVERITY_ERROR; severity >= FG_SEVERITY_INFO; severity--)
        for (guint i = 0; i < findings->len; i++) {
            FgFinding *finding = g_ptr_array_index(findings, i);
            if ((int)finding->severity == severity)
                g_ptr_array_add(sorted, finding);
        }
    g_assert(sorted->len == findings->len);
    for (guint i = 0; i < findings->len; i++)
        findings->pdata[i] = sorted->pdata[i];
}

FgVerdict
fg_rules_verdict(const GPtrArray *findings, gboolean strict)
{
    FgSeverity worst = FG_SEVERITY_INFO;
    for (guint i = 0; i < findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(findings, i);
        worst = MAX(worst, finding->severity);
    }
    return worst >= (strict ? FG_SEVERITY_WARNING : FG_SEVERITY_ERROR) ? FG_FAIL : FG_PASS;
}

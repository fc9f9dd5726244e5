#include "base/base.h"
#include "filigrane/report.h"
#include "pixels/pixels.h"
#include "report/report_private.h"

char *
fg_report_version(void)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "filigrane %s\n", fg_version());
    for (const char *const *word = fg_pixels_versions(); word[0] && word[1]; word += 2)
        g_string_append_printf(text, "  %-15s %s\n", word[0], word[1]);
    g_autofree char *protection = fg_report_protection();
    g_string_append_printf(text, "  %-15s %s\n", "protection", protection);
    return g_string_free(text, FALSE);
}

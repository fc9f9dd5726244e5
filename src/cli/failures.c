/* failures.c: what helps against the failures of a run, once for each kind. */
#include "cli/command.h"

void
fg_failures_add(FgFailures *failures, const GError *error)
{
    if (error->domain == FG_ERROR)
        failures->counts[error->code]++;
}

void
fg_failures_add_creators(FgFailures *failures, char *const *creators)
{
    if (creators && !failures->creators)
        failures->creators = g_ptr_array_new_with_free_func(g_free);
    for (; creators && *creators; creators++)
        if (!g_ptr_array_find_with_equal_func(failures->creators, *creators, g_str_equal, NULL))
            g_ptr_array_add(failures->creators, g_strdup(*creators));
}

void
fg_failures_clear(FgFailures *failures)
{
    g_clear_pointer(&failures->creators, g_ptr_array_unref);
}

/* A name as it stands in a list of YAML: bare, unless a sign in it would mean something there. */
static char *
yaml_name(const char *name)
{
    g_autofree char *shown = fg_report_path(name);
    const char *at = shown;
    gboolean bare = g_unichar_isalpha(g_utf8_get_char(at));
    for (; bare && *at; at = g_utf8_next_char(at)) {
        const gunichar sign = g_utf8_get_char(at);
        bare = g_unichar_isalnum(sign) || g_unichar_ismark(sign) || sign == ' ' || sign == '.' ||
               sign == '-' || sign == '\'' || sign == 0x2019;
    }
    static const char *const words[] = {"yes", "no", "on", "off", "true", "false", "null", "y", "n", NULL};
    g_autofree char *lower = g_ascii_strdown(shown, -1);
    if (bare && !g_strv_contains(words, lower))
        return g_steal_pointer(&shown);
    g_autoptr(GString) quoted = g_string_new(shown);
    g_string_replace(quoted, "'", "''", 0);
    return g_strdup_printf("'%s'", quoted->str);
}

/* The line to add to a profile, for all photos of the run. */
static void
advise_creators(const FgFailures *failures)
{
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < failures->creators->len; i++) {
        g_autofree char *name = yaml_name(failures->creators->pdata[i]);
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", name);
    }
    fprintf(stderr, _("  If these creators are you or yours, add to the profile's rights:  aliases: [%s]\n"),
            list->str);
}

void
fg_failures_advise(const FgFailures *failures, const char *one, const char *many)
{
    if (failures->creators)
        advise_creators(failures);
    for (guint code = 0; code < FG_N_ERRORS; code++) {
        const char *hint = failures->counts[code] > 0 ? fg_error_hint((FgErrorCode)code) : NULL;
        if (!hint)
            continue;
        g_autofree char *count = fg_report_count(failures->counts[code], one, many);
        fprintf(stderr, "  %s%s%s\n", count, _(": "), _(hint));
    }
}

/* publish: makes the web pictures of a folder with libfiligrane, and says what became of each photo.
 *     cc publish.c -o publish $(pkg-config --cflags --libs filigrane) && ./publish SHOOT WEB NAME */
#include <filigrane/filigrane.h>
#include <stdio.h>

static void
tell(const FgOutcome *outcome, gpointer data)
{
    (void)data;
    g_autofree char *line = fg_report_outcome_json(outcome);
    puts(line);
}

int
main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    g_autoptr(GError) error = NULL;
    g_autofree char *creator = g_strconcat("rights.creator=", argv[3], NULL);
    g_autoptr(FgProfile) profile = fg_profile_load("discreet", (const char *[]){creator, NULL}, &error);
    FgPublishOptions options = FG_PUBLISH_DEFAULTS;
    options.inputs = (const char *[]){argv[1], NULL};
    options.out = argv[2];
    options.profile = profile;
    FgPublishTotals totals = {0};
    if (!profile || !fg_publish(&options, &(FgPublishListener){.outcome = tell}, NULL, &totals, &error))
        return fprintf(stderr, "%s\n", error->message), 2;
    fg_publish_totals_clear(&totals);
    return totals.failed > 0;
}

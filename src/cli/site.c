#include "cli/command.h"

#include <stdio.h>

typedef struct {
    FgCommon common;
    char *base_url, *out;
} Options;

static const FgOption options[] = {
    {"base-url", 0, FG_OPTION_TEXT, G_STRUCT_OFFSET(Options, base_url), "URL",
     "where the files of DIR will be, as https://example.org/photos/ (required)"},
    {"output", 'o', FG_OPTION_TEXT, G_STRUCT_OFFSET(Options, out), "OUT",
     "the folder that is filled (required)"},
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static int
run_site(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    char **operands = given->common.operands;
    if (!operands || !operands[0] || operands[1])
        return fg_complain_usage("site", "name one DIR, a folder that publish filled");
    if (!given->base_url)
        return fg_complain_usage("site", "--base-url URL is missing: where will the pictures be?");
    if (!given->out)
        return fg_complain_usage("site", "-o OUT is missing: where should the files go?");
    int status = fg_check_folder("site", given->out);
    if (status != 0)
        return status;
    g_autoptr(GError) error = NULL;
    FgSiteTotals totals;
    if (!fg_site_write(operands[0], given->base_url, given->out, &totals, &error))
        return fg_complain("site", error);
    if (totals.without_alt > 0) {
        fprintf(stderr, _("filigrane site: warning: without alt text, caption or title: %u of %u photos\n"),
                totals.without_alt, totals.photos);
        fputs(_("  Give the photo a caption, or a sidecar STEM.xmp beside it one, and publish again.\n"),
              stderr);
    }
    g_autofree char *out = fg_report_path(given->out);
    g_autofree char *photos = fg_report_count(totals.photos, "photo", "photos");
    if (!terminal->quiet)
        printf(_("Wrote %u files for %s into %s\n"), totals.files, photos, out);
    return 0;
}

const FgCommand fg_command_site = {
    .name = "site",
    .synopsis = "DIR --base-url URL -o OUT [OPTION]...",
    .summary = "what a site needs beside the pictures: markup, JSON-LD, reservations, server headers",
    .details = "Reads DIR/filigrane.json and nothing else, and writes into OUT:\n"
               "  pictures.html               a <picture> for each photo\n"
               "  images.jsonld               an ImageObject for each file, with its licence\n"
               "  .well-known/tdmrep.json     the reservation of text and data mining\n"
               "  robots.txt                  lines for the site's own robots.txt\n"
               "  headers/                    the same reservation for nginx, Apache, Caddy, Netlify and "
               "Cloudflare\n\n"
               "Exit codes: 0 all done; 2 nothing was written; 3 the work could not go on.",
    .options = options,
    .size = sizeof(Options),
    .takes_one = TRUE,
    .run = run_site,
};

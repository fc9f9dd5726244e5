/* fuzz_html.c: any bytes are a page: every address that is found leads into the folder, or nowhere.
 * room: check */
#include "check/site_private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take_address(const char *address, FgNamed named, guint line, gpointer data)
{
    (void)named;
    guint *last = data;
    g_assert(line > 0);
    *last = line;
    fg_site_is_picture(address);
    g_autofree char *path = fg_site_path(address, "a/page.html", NULL, "https://example.org/b/");
    g_assert(!path || (*path && *path != '/' && !g_str_has_prefix(path, "../")));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guint last = 0;
    g_autoptr(GBytes) page = g_bytes_new(data, size);
    g_autofree char *base = NULL;
    fg_site_scan_html(page, take_address, &last, &base);
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autofree char *path = fg_site_path(text, "a/page.html", base, NULL);
    g_assert(!path || (*path && *path != '/' && !g_str_has_prefix(path, "../")));
    return 0;
}

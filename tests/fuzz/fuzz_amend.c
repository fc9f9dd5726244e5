/* fuzz_amend.c: any file scrubbed and tagged; doing either twice must change nothing, and nothing may crash.
 * room: amend */
#include "amend/amend_private.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
scrub(GBytes *file)
{
    g_autoptr(GPtrArray) removed = NULL, again = NULL;
    g_autoptr(GBytes) clean = fg_scrub_bytes(file, 0, &removed, NULL);
    g_autoptr(GBytes) same = clean ? fg_scrub_bytes(clean, 0, &again, NULL) : NULL;
    if (clean && (!same || !g_bytes_equal(clean, same)))
        abort();
}

static void
tag(GBytes *file)
{
    char *creators[] = {(char *)"Ariane", NULL};
    g_autoptr(FgRights) rights = fg_rights_new();
    rights->creators = g_strdupv(creators);
    FgProfile profile = {.rights = rights};
    FgAmendOptions options = {.profile = &profile, .force_rights = TRUE};
    g_autoptr(GBytes) tagged = fg_tag_bytes(file, "x.jpg", &options, NULL);
    g_autoptr(GBytes) same = tagged ? fg_tag_bytes(tagged, "x.jpg", &options, NULL) : NULL;
    if (tagged && (!same || !g_bytes_equal(tagged, same)))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    scrub(file);
    tag(file);
    return 0;
}

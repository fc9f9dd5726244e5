/* fuzz_made.c: any list of what was made: what is taken from it stays in the folder, and is read again as it
 * was. room: journal */
#include "journal/journal_private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
take(const char *path, const char *sha256, gpointer data)
{
    g_assert(fg_path_is_below(path) && strlen(sha256) == 2 * FG_SHA256_SIZE);
    fg_made_put(data, sha256, path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GString) lines = g_string_new(NULL), again = g_string_new(NULL);
    g_autoptr(GBytes) file = g_bytes_new(data, size);
    fg_made_read(file, take, lines);
    /* The bytes as the path of a line that is whole. */
    g_autofree char *path = g_strndup((const char *)data, size);
    static const char sha256[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    if (fg_path_is_below(path))
        fg_made_put(lines, sha256, path);
    g_autoptr(GBytes) written = g_bytes_new(lines->str, lines->len);
    fg_made_read(written, take, again);
    g_assert(g_string_equal(lines, again));
    return 0;
}

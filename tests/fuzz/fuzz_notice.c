/* fuzz_notice.c: two notices from strangers, compared in every way there is.
 * room: metadata */
#include "metadata/metadata.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
judge(const char *notice, const char *name)
{
    g_autoptr(FgRights) ours = fg_rights_new();
    g_autoptr(FgRights) found = fg_rights_new();
    ours->creators = g_strdupv((char *[]){(char *)name, NULL});
    found->copyright = g_strdup(notice);
    found->owner = g_strdup(name);
    /* An owner that is ours by name is never foreign, whatever the notice says, unless the name is blank. */
    g_autofree char *tidy = fg_text_tidy(name);
    g_autofree char *folded = fg_text_fold(tidy, FALSE);
    g_assert(!*folded || !fg_rights_is_foreign(ours, found));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const uint8_t *line = memchr(data, '\n', size);
    const size_t first = line ? (size_t)(line - data) : size;
    g_autofree char *left = g_utf8_make_valid((const char *)data, (gssize)first);
    g_autofree char *right =
        line ? g_utf8_make_valid((const char *)line + 1, (gssize)(size - first - 1)) : g_strdup("");

    g_assert(fg_notice_equal(left, left));
    g_assert(fg_notice_equal(left, right) == fg_notice_equal(right, left));
    /* What is equal matches, since a pattern without {year} is a notice. */
    g_assert(!fg_notice_equal(left, right) || strstr(right, "{year}") || fg_notice_matches(left, right));
    (void)fg_notice_matches(right, left);
    judge(left, right);
    return 0;
}

/* Colour profiles without what they tell beside their colours. That the colours stay, truth/profiles shows by
 * lcms. */
#include "metadata/icc.h"
#include "support/fixtures.h"

#include <string.h>

typedef struct {
    const char *signature, *value;
    guint size;
} Row;

/* A profile of these tags, with bytes behind it that its header does not count. */
static GBytes *
profile(const Row *rows, guint count, const char *behind)
{
    GByteArray *out = g_byte_array_new();
    g_byte_array_set_size(out, FG_ICC_HEADER);
    memset(out->data, 0, out->len);
    memcpy(out->data + 8, "\2\20\0\0mntrRGB XYZ ", 16);
    memcpy(out->data + 36, "acsp", 4);
    memcpy(out->data + 48, "EVILTWIN", 8);
    fg_put_be32(out, count);
    guint32 at = FG_ICC_HEADER + 4 + count * 12;
    for (guint i = 0; i < count; i++) {
        fg_put_text(out, rows[i].signature);
        fg_put_be32(out, at);
        fg_put_be32(out, rows[i].size);
        at += rows[i].size;
    }
    for (guint i = 0; i < count; i++)
        g_byte_array_append(out, (const guint8 *)rows[i].value, rows[i].size);
    fg_store_u32(out->data, FG_BIG_ENDIAN, out->len);
    fg_put_text(out, behind);
    return g_byte_array_free_to_bytes(out);
}

static const Row desc = {"desc", "desc\0\0\0\0\0\0\0\5sRGB\0\0\0\0", 20};
static const Row curve = {"rTRC", "curv\0\0\0\0\0\0\0\1\2\63\0\0", 16};
static const Row secret = {"DevD", "text\0\0\0\0Marie Dupont", 20};

static void
a_plain_profile_stays(void **state)
{
    (void)state;
    const Row rows[] = {desc, curve};
    g_autoptr(GBytes) plain = profile(rows, 2, ""), padded = profile(rows, 2, "");
    assert_null(fg_icc_trace(plain));
    assert_null(fg_icc_clean(plain));
    assert_null(fg_icc_clean(padded));
}

static void
private_tags_and_bytes_behind_go(void **state)
{
    (void)state;
    const Row rows[] = {desc, secret, curve};
    g_autoptr(GBytes) behind = profile(rows, 1, "Marie"), private = profile(rows, 3, "");
    g_autoptr(GBytes) short_one = fg_icc_clean(behind), clean = fg_icc_clean(private);
    assert_string_equal(fg_icc_trace(behind), "There are bytes behind the end of the colour profile.");
    assert_string_equal(fg_icc_trace(private), "The colour profile holds a private text.");
    assert_false(fg_bytes_hold(short_one, "Marie"));
    assert_false(fg_bytes_hold(clean, "Marie"));
    assert_true(fg_bytes_hold(clean, "sRGB"));
    assert_null(fg_icc_trace(clean));
    FgIcc icc;
    assert_true(fg_icc_open(clean, &icc));
    assert_int_equal(icc.n_tags, 2);
    assert_memory_equal(icc.bytes.data + icc.tags[1].offset, curve.value, curve.size);
}

static void
the_name_of_a_screen_goes_with_its_signature(void **state)
{
    (void)state;
    const Row screen = {"desc", "desc\0\0\0\0\0\0\0\10iMac 27\0", 20};
    const Row rows[] = {screen, curve};
    g_autoptr(GBytes) named = profile(rows, 2, "");
    g_autoptr(GBytes) clean = fg_icc_clean(named);
    assert_non_null(clean);
    assert_false(fg_bytes_hold(clean, "iMac"));
    assert_false(fg_bytes_hold(clean, "EVILTWIN"));
    assert_null(fg_icc_trace(clean));
    assert_true(fg_icc_name_tells("Color LCD Marie iMac"));
    assert_false(fg_icc_name_tells("kCGColorSpaceDisplayP3"));
    assert_false(fg_icc_name_tells("ICC Profile"));
}

/* A description of version 4 in two languages: the second names the owner. */
static void
a_name_in_another_language_goes_too(void **state)
{
    (void)state;
    static const char german[] = "\0M\0a\0r\0i\0e\0'\0s\0 \0P\0C";
    const Row texts = {"desc",
                       "mluc\0\0\0\0\0\0\0\2\0\0\0\14"
                       "enUS\0\0\0\10\0\0\0\50"
                       "deDE\0\0\0\24\0\0\0\60"
                       "\0s\0R\0G\0B\0M\0a\0r\0i\0e\0'\0s\0 \0P\0C",
                       68};
    const Row rows[] = {texts, curve};
    g_autoptr(GBytes) named = profile(rows, 2, "");
    g_autoptr(GBytes) clean = fg_icc_clean(named);
    assert_non_null(clean);
    gsize length;
    const void *data = g_bytes_get_data(clean, &length);
    assert_null(memmem(data, length, german, sizeof german - 1));
    g_autoptr(GBytes) again = fg_icc_clean(clean);
    assert_null(again);
}

/* The name that a cleaned one gets is no device's: whatever the space, it is cleaned once. */
static void
a_cleaned_profile_of_any_space_is_clean(void **state)
{
    (void)state;
    const Row screen = {"desc", "desc\0\0\0\0\0\0\0\10iMac 27\0", 20};
    const Row rows[] = {screen, curve};
    static const char *const spaces[] = {"RGB ", "GRAY", "CMYK", "Lab "};
    for (guint i = 0; i < G_N_ELEMENTS(spaces); i++) {
        g_autoptr(GBytes) named = profile(rows, 2, "");
        memcpy((guint8 *)(guintptr)g_bytes_get_data(named, NULL) + 16, spaces[i], 4);
        g_autoptr(GBytes) clean = fg_icc_clean(named);
        assert_non_null(clean);
        assert_null(fg_icc_trace(clean));
    }
}

/* Each tag's value is all that stands behind the table, and one byte less than the last one's. */
static void
values_that_overlap_do_not_make_it_grow(void **state)
{
    (void)state;
    const guint count = 200, size = 4000, table = FG_ICC_HEADER + 4 + count * 12;
    const Row rows[] = {desc, curve};
    g_autoptr(GBytes) head = profile(rows, 2, "");
    g_autoptr(GByteArray) out = g_byte_array_new();
    g_byte_array_append(out, g_bytes_get_data(head, NULL), FG_ICC_HEADER);
    fg_put_be32(out, count);
    for (guint i = 0; i < count; i++) {
        fg_put_text(out, "A2B0");
        fg_put_be32(out, table);
        fg_put_be32(out, size - i);
    }
    g_byte_array_set_size(out, table + size);
    memset(out->data + table, 0, size);
    fg_store_u32(out->data, FG_BIG_ENDIAN, out->len);
    fg_put_text(out, "Marie");
    g_autoptr(GBytes) overlapping = g_bytes_new(out->data, out->len);
    assert_non_null(fg_icc_trace(overlapping));
    assert_null(fg_icc_clean(overlapping));
}

static void
what_is_no_profile_is_left_alone(void **state)
{
    (void)state;
    const Row rows[] = {desc, secret};
    g_autoptr(GBytes) whole = profile(rows, 2, "");
    for (gsize length = 0; length < g_bytes_get_size(whole); length++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, length);
        assert_null(fg_icc_clean(cut));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_profile_stays),
        cmocka_unit_test(private_tags_and_bytes_behind_go),
        cmocka_unit_test(the_name_of_a_screen_goes_with_its_signature),
        cmocka_unit_test(a_name_in_another_language_goes_too),
        cmocka_unit_test(a_cleaned_profile_of_any_space_is_clean),
        cmocka_unit_test(values_that_overlap_do_not_make_it_grow),
        cmocka_unit_test(what_is_no_profile_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

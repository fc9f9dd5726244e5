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

static gboolean
holds(GBytes *bytes, const char *text)
{
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    return memmem(data, length, text, strlen(text)) != NULL;
}

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
    assert_false(holds(short_one, "Marie"));
    assert_false(holds(clean, "Marie"));
    assert_true(holds(clean, "sRGB"));
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
    assert_false(holds(clean, "iMac"));
    assert_false(holds(clean, "EVILTWIN"));
    assert_null(fg_icc_trace(clean));
    assert_true(fg_icc_name_tells("Color LCD Marie iMac"));
    assert_false(fg_icc_name_tells("kCGColorSpaceDisplayP3"));
    assert_false(fg_icc_name_tells("ICC Profile"));
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
        cmocka_unit_test(what_is_no_profile_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

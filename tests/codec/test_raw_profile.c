/* test_raw_profile.c: blocks in hexadecimal. */
#include "codec/codec.h"
#include "support/fixtures.h"

#include <string.h>

static GBytes *
decoded(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    return fg_raw_profile(bytes);
}

static void
digits_are_taken_whatever_stands_among_them(void **state)
{
    (void)state;
    static const char *const texts[] = {"\nexif\n 3\n616263\n", "exif\n 3\n616263",
                                        "\r\n \nexif\r\n 3\r\n61 6 2\r\n63\r\n", "\nexif\n 99\n61}}6263}}$6"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GBytes) bytes = decoded(texts[i]);
        assert_non_null(bytes);
        assert_int_equal(g_bytes_get_size(bytes), 3);
        assert_memory_equal(g_bytes_get_data(bytes, NULL), "abc", 3);
    }
}

static void
what_is_no_profile_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"",        "\n\n\n",     "exif",      "exif 616263",
                                        "exif\n3", "exif\n3\nx", "exif\n3\n6"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_null(decoded(texts[i]));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_taken_whatever_stands_among_them),
        cmocka_unit_test(what_is_no_profile_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

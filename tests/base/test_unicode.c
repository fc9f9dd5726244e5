/* test_unicode.c: text of other forms, converted without opening anything. */
#include "base/base.h"
#include "support/fixtures.h"

#include <string.h>

/* Compares and frees what the function gave. */
static void
gives(char *found, const char *expected)
{
    assert_string_equal(found, expected);
    g_free(found);
}

#define WIDE(text, unit, endian) fg_text_from_wide((const guint8 *)(text), sizeof(text) - 1, unit, endian)

static void
both_orders_and_both_widths_give_the_same(void **state)
{
    (void)state;
    gives(WIDE("\xa9\0 \0J\0\xe9\0", 2, FG_LITTLE_ENDIAN), "© Jé");
    gives(WIDE("\0\xa9\0 \0J\0\xe9", 2, FG_BIG_ENDIAN), "© Jé");
    gives(WIDE("\xa9\0\0\0J\0\0\0", 4, FG_LITTLE_ENDIAN), "©J");
    gives(WIDE("\0\0\0\xa9\0\0\0J", 4, FG_BIG_ENDIAN), "©J");
    gives(WIDE("\0\1\xf6\0", 4, FG_BIG_ENDIAN), "\xf0\x9f\x98\x80");
}

static void
a_mark_is_believed_and_dropped(void **state)
{
    (void)state;
    gives(WIDE("\xff\xfeJ\0", 2, FG_BIG_ENDIAN), "J");
    gives(WIDE("\xfe\xff\0J", 2, FG_LITTLE_ENDIAN), "J");
    gives(WIDE("\xff\xfe\0\0J\0\0\0", 4, FG_BIG_ENDIAN), "J");
    gives(WIDE("\0\0\xfe\xff\0\0\0J", 4, FG_LITTLE_ENDIAN), "J");
}

static void
pairs_are_one_character_and_halves_are_none(void **state)
{
    (void)state;
    gives(WIDE("\xd8\x3d\xde\0", 2, FG_BIG_ENDIAN), "\xf0\x9f\x98\x80");
    gives(WIDE("\xd8\x3d\0J", 2, FG_BIG_ENDIAN), "\xef\xbf\xbdJ");
    gives(WIDE("\xde\0\0J", 2, FG_BIG_ENDIAN), "\xef\xbf\xbdJ");
    gives(WIDE("\xd8\x3d\xd8\x3d\xde\0", 2, FG_BIG_ENDIAN), "\xef\xbf\xbd\xf0\x9f\x98\x80");
    gives(WIDE("\xd8\x3d", 2, FG_BIG_ENDIAN), "\xef\xbf\xbd");
    gives(WIDE("\0\0\xd8\x3d", 4, FG_BIG_ENDIAN), "\xef\xbf\xbd");
    gives(WIDE("\0\x11\0\0", 4, FG_BIG_ENDIAN), "\xef\xbf\xbd");
    gives(WIDE("\xff\xff\xff\xff", 4, FG_BIG_ENDIAN), "\xef\xbf\xbd");
}

static void
odd_lengths_and_nuls_hide_nothing(void **state)
{
    (void)state;
    gives(WIDE("J\0K", 2, FG_LITTLE_ENDIAN), "J\xef\xbf\xbd");
    gives(WIDE("J\0\0\0K\0", 4, FG_LITTLE_ENDIAN), "J\xef\xbf\xbd");
    gives(WIDE("J\0\0\0K\0", 2, FG_LITTLE_ENDIAN), "J K");
    gives(WIDE("", 2, FG_LITTLE_ENDIAN), "");
    gives(fg_text_from_wide(NULL, 0, 4, FG_BIG_ENDIAN), "");
}

static void
bytes_that_are_not_aligned_are_read(void **state)
{
    (void)state;
    for (gsize shift = 0; shift < 4; shift++) {
        g_autofree guint8 *room = g_malloc(shift + 8);
        memcpy(room + shift, "\0J\0\xe9\0K\0L", 8);
        gives(fg_text_from_wide(room + shift, 8, 2, FG_BIG_ENDIAN), "JéKL");
    }
}

static void
latin_letters_show_the_order(void **state)
{
    (void)state;
    assert_int_equal(fg_text_wide_order((const guint8 *)"\0J\0K", 4, FG_LITTLE_ENDIAN), FG_BIG_ENDIAN);
    assert_int_equal(fg_text_wide_order((const guint8 *)"J\0K\0", 4, FG_BIG_ENDIAN), FG_LITTLE_ENDIAN);
    assert_int_equal(fg_text_wide_order((const guint8 *)"\x30\x42", 2, FG_BIG_ENDIAN), FG_BIG_ENDIAN);
}

#define JIS(text, whole) fg_text_from_jis((const guint8 *)(text), sizeof(text) - 1, whole)

static void
kana_and_latin_of_the_three_forms_are_read(void **state)
{
    (void)state;
    gboolean whole = FALSE;
    gives(JIS("\x1b$B%+%a%i\x1b(B 45.1, 5.7", &whole), "カメラ 45.1, 5.7");
    assert_true(whole);
    gives(JIS("\x83J\x83\x81\x83\x89 45.1", &whole), "カメラ 45.1"); /* Shift-JIS */
    assert_true(whole);
    gives(JIS("\xa5\xab\xa5\xe1\xa5\xe9 45.1", &whole), "カメラ 45.1"); /* EUC-JP */
    assert_true(whole);
    gives(JIS("\xb6\xd2\xd7", &whole), "\xef\xbd\xb6\xef\xbe\x92\xef\xbe\x97"); /* half width */
    gives(JIS("\x1b(I62W\x1b(B.", &whole), "\xef\xbd\xb6\xef\xbd\xb2\xef\xbe\x97.");
    gives(JIS("\x1b$B#4#8!k!l\x1b(B", &whole), "４８°′");
    gives(JIS("\x1b$B&!&X'!'q\x1b(B", &whole), "\u0391\u03c9\u0410\u044f");
    gives(JIS("plain", &whole), "plain");
    assert_true(whole);
}

static void
what_is_not_known_is_told(void **state)
{
    (void)state;
    gboolean whole = TRUE;
    gives(JIS("\x1b$B0!\x1b(B 45.1", &whole), "\xef\xbf\xbd 45.1"); /* a kanji */
    assert_false(whole);
    gives(JIS("\x88\x9f 45.1", &whole), "\xef\xbf\xbd 45.1");
    assert_false(whole);
    gives(JIS("\x1b$A#@", &whole), "\xef\xbf\xbd$A#@"); /* an escape of another standard */
    assert_false(whole);
    gives(JIS("\x81", &whole), "\xef\xbf\xbd");
    assert_false(whole);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_orders_and_both_widths_give_the_same),
        cmocka_unit_test(a_mark_is_believed_and_dropped),
        cmocka_unit_test(pairs_are_one_character_and_halves_are_none),
        cmocka_unit_test(odd_lengths_and_nuls_hide_nothing),
        cmocka_unit_test(bytes_that_are_not_aligned_are_read),
        cmocka_unit_test(latin_letters_show_the_order),
        cmocka_unit_test(kana_and_latin_of_the_three_forms_are_read),
        cmocka_unit_test(what_is_not_known_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Where the key comes from. The user's config folder is read once a process, so each test says where it is
 * first. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "publish/publish_private.h"
#include "support/fixtures.h"

#define KEY_A "000102030405060708090a0b0c0d0e0f"
#define KEY_B "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"

static char *config;

static void
put_key_file(const char *text, mode_t mode)
{
    g_autofree char *folder = g_build_filename(config, "filigrane", NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    g_mkdir_with_parents(folder, 0700);
    g_unlink(path);
    if (!text)
        return;
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_chmod(path, mode);
}

static FgKey
find(const char *environment, const char *file, mode_t mode)
{
    g_autoptr(FgRights) rights = fg_rights_new();
    rights->owner = g_strdup("Jane");
    if (environment)
        g_setenv("FILIGRANE_KEY", environment, TRUE);
    else
        g_unsetenv("FILIGRANE_KEY");
    put_key_file(file, mode);
    FgKey key;
    g_autoptr(GError) error = NULL;
    if (!fg_key_find(rights, &key, &error))
        fail_msg("%s", error->message);
    return key;
}

static void
the_environment_wins_over_the_file_and_the_file_over_the_rights(void **state)
{
    (void)state;
    g_auto(FgKey) first = find(KEY_A, KEY_B, 0600), second = find(NULL, " " KEY_B "\n", 0600);
    g_auto(FgKey) third = find(NULL, NULL, 0);
    const guint8 *bytes = g_bytes_get_data(first.secret, NULL);
    assert_int_equal(g_bytes_get_size(first.secret), 16);
    assert_int_equal(bytes[15], 0x0F);
    bytes = g_bytes_get_data(second.secret, NULL);
    assert_int_equal(bytes[15], 0xFF);
    assert_false(first.derived || second.derived || second.exposed);
    assert_true(third.derived);
    assert_int_equal(g_bytes_get_size(third.secret), 32);
}

static void
a_file_that_others_can_read_is_told_of(void **state)
{
    (void)state;
    g_auto(FgKey) key = find(NULL, KEY_A, 0644);
    assert_true(key.exposed);
}

static void
the_check_value_tells_keys_apart_and_does_not_hold_them(void **state)
{
    (void)state;
    g_auto(FgKey) first = find(KEY_A, NULL, 0), second = find(KEY_B, NULL, 0);
    g_autofree char *a = fg_key_check_value(&first), *again = fg_key_check_value(&first);
    g_autofree char *b = fg_key_check_value(&second);
    assert_string_equal(a, again);
    assert_string_not_equal(a, b);
    assert_null(strstr(a, "00010203"));
}

static void
what_is_no_key_is_refused_without_being_repeated(void **state)
{
    (void)state;
    static const char *const keys[] = {"secret words", "0011", KEY_A "0", KEY_A "zz"};
    g_autoptr(FgRights) rights = fg_rights_new();
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_setenv("FILIGRANE_KEY", keys[i], TRUE);
        FgKey key;
        g_autoptr(GError) error = NULL;
        assert_false(fg_key_find(rights, &key, &error));
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PROFILE));
        assert_non_null(strstr(error->message, "filigrane init"));
        assert_null(strstr(error->message, keys[i]));
    }
}

static void
shards_share_the_sources_as_the_contract_says(void **state)
{
    (void)state;
    /* The first eight bytes of the SHA-256 of "abc" are ba7816bf8f01cfea. */
    assert_int_equal(fg_publish_shard_of("abc", 7), G_GUINT64_CONSTANT(0xba7816bf8f01cfea) % 7 + 1);
    assert_int_equal(fg_publish_shard_of("abc", 1), 1);
}

int
main(void)
{
    config = fg_scratch();
    g_setenv("XDG_CONFIG_HOME", config, TRUE);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_environment_wins_over_the_file_and_the_file_over_the_rights),
        cmocka_unit_test(a_file_that_others_can_read_is_told_of),
        cmocka_unit_test(the_check_value_tells_keys_apart_and_does_not_hold_them),
        cmocka_unit_test(what_is_no_key_is_refused_without_being_repeated),
        cmocka_unit_test(shards_share_the_sources_as_the_contract_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

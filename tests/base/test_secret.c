#include "base/base.h"
#include "support/fixtures.h"

#include <sys/wait.h>
#include <unistd.h>

static void
a_secret_is_what_was_given(void **state)
{
    (void)state;
    g_autoptr(GBytes) secret = fg_secret_take(g_strdup("open sesame"), 11);
    g_autoptr(GBytes) expected = g_bytes_new("open sesame", 11);
    assert_true(g_bytes_equal(secret, expected));
    g_autoptr(GBytes) none = fg_secret_take(NULL, 0);
    assert_int_equal(g_bytes_get_size(none), 0);
}

static void
a_child_finds_nothing_there(void **state)
{
    (void)state;
    g_autoptr(GBytes) secret = fg_secret_take(g_strdup("open sesame"), 11);
    const guint8 *data = g_bytes_get_data(secret, NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(data[0] == 0 && data[10] == 0 ? 0 : 1);
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(data[0], 'o');
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_what_was_given),
        cmocka_unit_test(a_child_finds_nothing_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "base/base.h"
#include "support/fixtures.h"

#include <errno.h>

static void
every_failure_has_a_slug_and_a_documented_exit_code(void **state)
{
    (void)state;
    for (guint code = 0; code < FG_N_ERRORS; code++) {
        assert_non_null(strchr(fg_error_slug(code), '\0'));
        assert_true(strlen(fg_error_slug(code)) > 0);
        int status = fg_error_exit_code(code);
        assert_true(status == 1 || status == 2 || status == 3 || status == 130);
    }
}

static void
the_ids_of_the_contract_are_spelt_as_it_spells_them(void **state)
{
    (void)state;
    assert_string_equal(fg_error_slug(FG_ERROR_UNREADABLE), "file.unreadable");
    assert_string_equal(fg_error_slug(FG_ERROR_MALFORMED), "file.unreadable");
    assert_string_equal(fg_error_slug(FG_ERROR_FOREIGN), "copyright.foreign");
    assert_int_equal(fg_error_exit_code(FG_ERROR_PROFILE), 2);
    assert_int_equal(fg_error_exit_code(FG_ERROR_SPACE), 3);
    assert_int_equal(fg_error_exit_code(FG_ERROR_INTERRUPTED), 130);
}

static void
a_throw_sets_the_error_and_returns_false(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_false(fg_throw(&error, FG_ERROR_MALFORMED, "segment %u", 4));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    assert_string_equal(error->message, "segment 4");
    assert_false(fg_throw(NULL, FG_ERROR_MALFORMED, "nobody asks"));
}

static void
a_full_disk_is_told_from_other_failures_and_from_one_name_that_is_taken(void **state)
{
    (void)state;
    g_autoptr(GError) full = NULL, quota = NULL, other = NULL, name = NULL, input = NULL;
    fg_throw_errno(&full, FG_ERROR_OUTPUT, ENOSPC, "can't be written");
    fg_throw_errno(&quota, FG_ERROR_OUTPUT, EDQUOT, "can't be written");
    fg_throw_errno(&other, FG_ERROR_OUTPUT, EROFS, "can't be written");
    fg_throw_errno(&name, FG_ERROR_OUTPUT, EISDIR, "can't be put in place");
    fg_throw_errno(&input, FG_ERROR_UNREADABLE, EACCES, "can't be opened");
    assert_int_equal(full->code, FG_ERROR_SPACE);
    assert_int_equal(quota->code, FG_ERROR_SPACE);
    assert_int_equal(other->code, FG_ERROR_OUTPUT);
    assert_int_equal(name->code, FG_ERROR_TARGET);
    assert_int_equal(input->code, FG_ERROR_UNREADABLE);
    assert_true(g_str_has_prefix(other->message, "can't be written: "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_has_a_slug_and_a_documented_exit_code),
        cmocka_unit_test(the_ids_of_the_contract_are_spelt_as_it_spells_them),
        cmocka_unit_test(a_throw_sets_the_error_and_returns_false),
        cmocka_unit_test(a_full_disk_is_told_from_other_failures_and_from_one_name_that_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

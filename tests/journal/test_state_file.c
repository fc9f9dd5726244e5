/* .filigrane/state: what it holds comes back, and what is not whole is not believed. */
#include "journal/shoot.h"

#include "journal/journal_private.h"

static FgJournal *
journal_of(const Shoot *shoot)
{
    g_autofree char *nowhere = g_build_filename(shoot->top, "nowhere", NULL);
    return fg_journal_open(nowhere, 0, 0, NULL);
}

/* The bytes of the state after a run over two photos, one of which failed. */
static GBytes *
state_after_a_run(Shoot *shoot)
{
    shoot_add(shoot, shoot->in, "caf\xC3\xA9/a.jpg", "a");
    shoot_add(shoot, shoot->in, "b.jpg", "b");
    shoot_run(shoot, "b.jpg", "env");
    return read_bytes(shoot->out, ".filigrane/state");
}

static void
what_is_written_reads_back_and_writes_the_same(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    g_autoptr(GBytes) bytes = state_after_a_run(shoot);
    g_autoptr(FgJournal) journal = journal_of(shoot);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    assert_true(fg_state_read(journal, data, length));
    const FgState *done = g_hash_table_lookup(journal->states, "caf\xC3\xA9/a.jpg");
    const FgState *failed = g_hash_table_lookup(journal->states, "b.jpg");
    assert_int_equal(done->n_named, 3);
    assert_false(done->failed);
    assert_true(failed->failed);
    assert_null(failed->recipe);
    g_autoptr(GBytes) again = fg_state_write(journal, NULL);
    assert_true(g_bytes_equal(again, bytes));
}

static void
a_byte_that_differs_or_lacks_makes_it_no_state(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    g_autoptr(GBytes) bytes = state_after_a_run(shoot);
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_autofree guint8 *damaged = g_memdup2(data, length);
    for (gsize i = 0; i < length; i++) {
        g_autoptr(FgJournal) journal = journal_of(shoot);
        damaged[i] ^= 0x20;
        assert_false(fg_state_read(journal, damaged, length));
        damaged[i] ^= 0x20;
        assert_false(fg_state_read(journal, damaged, i));
        assert_int_equal(g_hash_table_size(journal->states), 0);
    }
}

static void
a_file_that_leads_out_of_the_folder_is_not_remembered(void **state)
{
    (void)state;
    static const char *const paths[] = {"/etc/passwd", "../x", "a/../../x", "a//x", "./x", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(Shoot) shoot = shoot_new();
        g_autoptr(FgJournal) journal = journal_of(shoot), again = journal_of(shoot);
        FgState *forged = fg_state_new();
        fg_state_set_file(forged, shoot->out, paths[i]);
        g_hash_table_insert(journal->states, g_strdup("x.jpg"), forged);
        g_autoptr(GBytes) bytes = fg_state_write(journal, NULL);
        gsize length;
        const void *data = g_bytes_get_data(bytes, &length);
        assert_false(fg_state_read(again, data, length));
        assert_int_equal(g_hash_table_size(again->states), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back_and_writes_the_same),
        cmocka_unit_test(a_byte_that_differs_or_lacks_makes_it_no_state),
        cmocka_unit_test(a_file_that_leads_out_of_the_folder_is_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

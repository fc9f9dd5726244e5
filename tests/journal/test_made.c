/* .filigrane/made: whose the files in the output folder are. */
#include "journal/journal_private.h"
#include "journal/shoot.h"

#include <unistd.h>

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static void
hear(const char *path, const char *sha256, gpointer data)
{
    g_string_append_printf(data, "%s=%.2s;", path, sha256);
}

static char *
heard(const char *text, gsize length)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, length);
    GString *said = g_string_new(NULL);
    fg_made_read(bytes, hear, said);
    return g_string_free(said, FALSE);
}

static void
a_line_is_read_as_it_was_written(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "a-2048.jpg", "sub/b c.webp", "100%.jpg", "a\nb.jpg", "\xC3\xA9t\xC3\xA9.avif",
        "\xFF.jpg",   "a\tb%0A.png",  "~-_.()[]"};
    g_autoptr(GString) lines = g_string_new(NULL), expected = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        fg_made_put(lines, i % 2 ? SHA : OTHER, paths[i]);
        g_string_append_printf(expected, "%s=%s;", paths[i], i % 2 ? "01" : "fe");
    }
    guint ends = 0;
    for (const char *at = lines->str; (at = strchr(at, '\n')); at++)
        ends++;
    assert_int_equal(ends, G_N_ELEMENTS(paths));
    g_autofree char *read = heard(lines->str, lines->len);
    assert_string_equal(read, expected->str);
}

static void
a_torn_or_changed_line_says_nothing(void **state)
{
    (void)state;
    g_autoptr(GString) line = g_string_new(NULL);
    fg_made_put(line, SHA, "a-2048.jpg");
    for (gsize length = 0; length < line->len; length++) {
        g_autofree char *read = heard(line->str, length);
        assert_string_equal(read, "");
        if (length + 1 == line->len)
            break;
        /* The end of a line that was torn, and one that came after it. */
        g_autoptr(GString) torn = g_string_new_len(line->str, (gssize)length);
        g_string_append_c(torn, '\n');
        fg_made_put(torn, OTHER, "b.jpg");
        g_autofree char *rest = heard(torn->str, torn->len);
        assert_string_equal(rest, "b.jpg=fe;");
    }
    for (gsize i = 0; i + 1 < line->len; i++) {
        g_autofree char *changed = g_strdup(line->str);
        changed[i] = changed[i] == '0' ? '1' : '0';
        g_autofree char *read = heard(changed, line->len);
        assert_string_equal(read, "");
    }
    g_autoptr(GString) zeros = g_string_new(line->str);
    g_string_append_len(zeros, "\0\0\0\0\0\0", 6);
    g_autofree char *read = heard(zeros->str, zeros->len);
    assert_string_equal(read, "a-2048.jpg=01;");
}

static void
a_path_out_of_the_folder_is_never_ours(void **state)
{
    (void)state;
    static const char *const paths[] = {"../a.jpg", "/a.jpg", "sub/../../a.jpg", "", "sub//a.jpg", "."};
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        fg_made_put(line, SHA, paths[i]);
        g_autofree char *read = heard(line->str, line->len);
        assert_string_equal(read, "");
    }
}

/* Says of one file what a run says before it gets its name, in a run that then ends without a word. */
static void
announce(const Shoot *shoot, guint k, guint n, const char *path, const char *content)
{
    g_autoptr(FgJournal) journal = shoot_read(shoot, k, n);
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    FgProduct *product = g_new0(FgProduct, 1);
    product->path = g_strdup(path);
    product->sha256 = fg_sha256_hex(content, strlen(content));
    g_ptr_array_add(outcome->products, product);
    g_autoptr(GError) error = NULL;
    if (!fg_journal_announce(journal, outcome->products, &error))
        fail_msg("%s", error->message);
}

static FgStanding
standing(const Shoot *shoot, const char *path)
{
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    return fg_journal_standing(journal, path);
}

static void
what_was_announced_is_ours_after_the_run_was_killed(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    write_text(shoot->out, "a-100.jpg", "pixels");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_STRANGER);
    announce(shoot, 0, 0, "a-100.jpg", "former pixels");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_CHANGED);
    announce(shoot, 0, 0, "a-100.jpg", "pixels");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
    write_text(shoot->out, "b-100.jpg", "pixels");
    assert_int_equal(standing(shoot, "b-100.jpg"), FG_STANDS_STRANGER);
    announce(shoot, 2, 3, "b-100.jpg", "pixels");
    assert_int_equal(standing(shoot, "b-100.jpg"), FG_STANDS_OURS);
}

static void
a_line_after_a_torn_one_is_whole(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    write_text(shoot->out, "a-100.jpg", "pixels");
    write_text(shoot->out, ".filigrane/made", "0123456789abc");
    announce(shoot, 0, 0, "a-100.jpg", "pixels");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
}

static void
manifest_and_state_name_what_is_ours_each_alone(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
    write_text(shoot->out, "a-200.jpg", "changed");
    assert_int_equal(standing(shoot, "a-200.jpg"), FG_STANDS_CHANGED);
    write_text(shoot->out, "other.jpg", "a");
    assert_int_equal(standing(shoot, "other.jpg"), FG_STANDS_STRANGER);
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    g_autofree char *path = g_build_filename(shoot->out, "filigrane.json", NULL);
    g_unlink(path);
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
    write_text(shoot->out, "filigrane.json", manifest);
    g_autofree char *memory = g_build_filename(shoot->out, ".filigrane/state", NULL);
    g_unlink(memory);
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
    g_unlink(path);
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_STRANGER);
}

static void
a_notice_is_known_of_the_files_that_an_entry_names(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    assert_string_equal(fg_journal_notice(journal, "a-100.jpg"), "(c) Jane");
    assert_null(fg_journal_notice(journal, "b-100.jpg"));
    assert_true(fg_journal_names(journal, "a-200.webp"));
    assert_false(fg_journal_names(journal, "A-200.webp"));
}

static void
a_path_that_leads_to_a_source_is_known(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    g_autofree char *within = g_build_filename(shoot->out, "selection", NULL);
    shoot_add(shoot, within, "day/a.jpg", "a");
    shoot_run(shoot, NULL, "env");
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    assert_true(fg_journal_is_source(journal, "selection/day/a.jpg"));
    assert_false(fg_journal_is_source(journal, "day/a.jpg"));
    assert_false(fg_journal_is_source(journal, "selection/a.jpg"));
}

static void
a_merge_takes_over_what_the_shards_said(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "a.jpg", "a");
    for (guint k = 1; k <= 2; k++) {
        g_autofree char *name = g_strdup_printf("lost-%u.jpg", k);
        g_autoptr(FgJournal) journal = shoot_read(shoot, k, 2);
        write_text(shoot->out, name, "pixels");
        announce(shoot, k, 2, name, "pixels");
        assert_true(fg_journal_save(journal, shoot_plan(shoot), NULL));
    }
    assert_true(fg_journal_merge(shoot->out, NULL));
    assert_false(exists(shoot->out, ".filigrane/made.1-of-2"));
    assert_int_equal(standing(shoot, "lost-1.jpg"), FG_STANDS_OURS);
    assert_int_equal(standing(shoot, "lost-2.jpg"), FG_STANDS_OURS);
}

static void
what_is_gone_is_dropped_and_the_last_digests_stay(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    write_text(shoot->out, "a-100.jpg", "pixels 2");
    for (guint i = 0; i < 4; i++) {
        g_autofree char *content = g_strdup_printf("pixels %u", i);
        announce(shoot, 0, 0, "a-100.jpg", content);
        announce(shoot, 0, 0, "gone.jpg", content);
    }
    g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
    assert_true(fg_journal_trim_made(journal, FALSE, NULL));
    g_autofree char *before = read_text(shoot->out, ".filigrane/made");
    assert_non_null(strstr(before, "gone.jpg"));
    assert_true(fg_journal_trim_made(journal, TRUE, NULL));
    g_autofree char *after = read_text(shoot->out, ".filigrane/made");
    assert_null(strstr(after, "gone.jpg"));
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_OURS);
    write_text(shoot->out, "a-100.jpg", "pixels 0");
    assert_int_equal(standing(shoot, "a-100.jpg"), FG_STANDS_CHANGED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_read_as_it_was_written),
        cmocka_unit_test(a_torn_or_changed_line_says_nothing),
        cmocka_unit_test(a_path_out_of_the_folder_is_never_ours),
        cmocka_unit_test(what_was_announced_is_ours_after_the_run_was_killed),
        cmocka_unit_test(a_line_after_a_torn_one_is_whole),
        cmocka_unit_test(manifest_and_state_name_what_is_ours_each_alone),
        cmocka_unit_test(a_notice_is_known_of_the_files_that_an_entry_names),
        cmocka_unit_test(a_path_that_leads_to_a_source_is_known),
        cmocka_unit_test(a_merge_takes_over_what_the_shards_said),
        cmocka_unit_test(what_is_gone_is_dropped_and_the_last_digests_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

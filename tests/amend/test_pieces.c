/* test_pieces.c: what a file becomes crosses the border as pieces, and no lie in them is taken. */
#include "amend/amend_private.h"
#include "support/fixtures.h"

#include <string.h>
#include <unistd.h>

/* A row of a list of pieces as it comes over the border. */
typedef struct {
    guint8 old;
    guint64 length, from;
} Row;

static void
put(GByteArray *out, guint64 number, guint size)
{
    const guint64 wire = GUINT64_TO_LE(number);
    g_byte_array_append(out, (const guint8 *)&wire, size);
}

/* Whether rows and fresh bytes are taken for pieces of a file of `size` bytes. */
static gboolean
is_taken(const Row *rows, guint count, const char *fresh, guint64 size)
{
    GByteArray *out = g_byte_array_new();
    put(out, count, 4);
    for (guint i = 0; i < count; i++) {
        put(out, rows[i].old, 1);
        put(out, rows[i].length, 8);
        if (rows[i].old)
            put(out, rows[i].from, 8);
    }
    g_byte_array_append(out, (const guint8 *)fresh, (guint)strlen(fresh));
    g_autoptr(GBytes) answer = g_byte_array_free_to_bytes(out);
    g_auto(FgPieces) pieces = {0};
    FgCursor at = fg_cursor_bytes(answer, FG_LITTLE_ENDIAN);
    return fg_pieces_unpack(&at, answer, size, &pieces);
}

static void
only_what_lies_in_the_old_file_or_came_along_is_taken(void **state)
{
    (void)state;
    const Row fine[] = {{1, 10, 90}, {0, 4, 0}, {1, 100, 0}};
    assert_true(is_taken(fine, 3, "abcd", 100));
    static const Row lies[] = {
        {1, 11, 90},         {1, 1, 101}, {1, G_MAXUINT64, 2}, {1, 2, G_MAXUINT64}, {0, 5, 0},
        {0, G_MAXUINT64, 0}, {0, 3, 0},   {1, 0, 0},           {2, 4, 0},
    };
    for (guint i = 0; i < G_N_ELEMENTS(lies); i++)
        assert_false(is_taken(&lies[i], 1, lies[i].old == 1 ? "" : "abcd", 100));
    assert_false(is_taken(fine, 3, "abcde", 100));
    assert_false(is_taken(fine, 2, "", 100));
}

static void
a_few_words_cannot_ask_for_a_file_that_fills_the_disk(void **state)
{
    (void)state;
    Row rows[64];
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        rows[i] = (Row){1, 1 << 20, 0};
    assert_false(is_taken(rows, G_N_ELEMENTS(rows), "", 1 << 20));
}

/* A file of patterned bytes, so that every place is known by what stands there. */
static GBytes *
pattern(gsize length, guint seed)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    guint8 *bytes = g_malloc(length);
    for (gsize i = 0; i < length; i++)
        bytes[i] = (guint8)g_rand_int(random);
    return g_bytes_new_take(bytes, length);
}

static void
append(GByteArray *out, GBytes *bytes)
{
    g_byte_array_append(out, g_bytes_get_data(bytes, NULL), (guint)g_bytes_get_size(bytes));
}

static void
only_what_is_new_crosses_the_border(void **state)
{
    (void)state;
    g_autoptr(GBytes) head = pattern(300, 1), picture = pattern(60000, 2), film = pattern(50000, 3);
    g_autoptr(GBytes) other = pattern(700, 4);
    GByteArray *old = g_byte_array_new(), *new = g_byte_array_new();
    append(old, head), append(old, picture), append(old, film);
    append(new, other), append(new, picture), append(new, film);
    g_autoptr(GBytes) before = g_byte_array_free_to_bytes(old);
    g_auto(FgRemade) made = {.file = g_byte_array_free_to_bytes(new),
                             .copied = g_array_new(FALSE, FALSE, sizeof(FgCopied))};
    const FgCopied copied = {300, 700, 60000};
    g_array_append_val(made.copied, copied);
    g_auto(FgPieces) pieces = fg_pieces_of(before, &made);
    assert_true(g_bytes_equal(pieces.fresh, other));
    assert_true(fg_pieces_are_old(&pieces, 700, 110000));
    assert_false(fg_pieces_are_old(&pieces, 699, 2));
    assert_false(fg_pieces_are_old(&pieces, 700, 110001));
}

static void
pictures_that_overlap_or_stand_in_another_order_come_out_right(void **state)
{
    (void)state;
    g_autoptr(GBytes) a = pattern(9000, 1), b = pattern(8000, 2);
    GByteArray *old = g_byte_array_new(), *new = g_byte_array_new();
    append(old, a), append(old, b);
    append(new, b), append(new, a);
    g_autoptr(GBytes) before = g_byte_array_free_to_bytes(old);
    g_auto(FgRemade) made = {.file = g_byte_array_free_to_bytes(new),
                             .copied = g_array_new(FALSE, FALSE, sizeof(FgCopied))};
    const FgCopied copied[] = {{0, 8000, 9000}, {9000, 0, 8000}, {10000, 1000, 3000}, {16000, 7000, 1000}};
    g_array_append_vals(made.copied, copied, G_N_ELEMENTS(copied));
    g_auto(FgPieces) pieces = fg_pieces_of(before, &made);
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "old", NULL);
    fg_spill(path, before);
    struct stat info;
    int fd = fg_file_open(path, 0, &info, NULL);
    g_auto(FgDraft) draft = FG_NO_DRAFT;
    assert_true(fg_draft_begin(&draft, path, 0600, NULL) && fg_pieces_write(&pieces, fd, &draft, NULL) &&
                fg_draft_place(&draft, path, NULL));
    g_autoptr(GBytes) found = fg_slurp(path);
    assert_true(g_bytes_equal(found, made.file));
    assert_int_equal(g_bytes_get_size(pieces.fresh), 0);
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_lies_in_the_old_file_or_came_along_is_taken),
        cmocka_unit_test(a_few_words_cannot_ask_for_a_file_that_fills_the_disk),
        cmocka_unit_test(only_what_is_new_crosses_the_border),
        cmocka_unit_test(pictures_that_overlap_or_stand_in_another_order_come_out_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

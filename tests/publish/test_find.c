/* From INPUTs to photos. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/publish_private.h"
#include "support/fixtures.h"

#define JPEG "\xFF\xD8\xFF\xE0 and so on"

typedef struct {
    char *top, *in, *out;
    GString *skipped, *notes;
    const char *known, *published; /* sources that were photos before: as it is, and as it was */
} Tree;

static void
put(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(parent, 0755), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static Tree *
tree_new(void)
{
    Tree *tree = g_new0(Tree, 1);
    tree->top = fg_scratch();
    tree->in = g_build_filename(tree->top, "in", NULL);
    tree->out = g_build_filename(tree->in, "web", NULL);
    assert_int_equal(g_mkdir_with_parents(tree->out, 0755), 0);
    tree->skipped = g_string_new(NULL);
    tree->notes = g_string_new(NULL);
    return tree;
}

static void
tree_free(Tree *tree)
{
    g_free(tree->top);
    g_free(tree->in);
    g_free(tree->out);
    g_string_free(tree->skipped, TRUE);
    g_string_free(tree->notes, TRUE);
    g_free(tree);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

static void
hear_skipped(const char *path, const char *kind, gpointer data)
{
    g_autofree char *name = g_path_get_basename(path);
    g_string_append_printf(((Tree *)data)->skipped, "%s: %s; ", name, kind);
}

static void
hear_note(const char *text, gboolean warning, gpointer data)
{
    assert_true(warning);
    g_string_append_printf(((Tree *)data)->notes, "%s; ", text);
}

static gboolean
was_published(const char *source, gpointer data)
{
    return !g_strcmp0(source, ((const Tree *)data)->published);
}

static gboolean
is_known(const char *source, const struct stat *info, gpointer data)
{
    assert_true(S_ISREG(info->st_mode));
    return !g_strcmp0(source, ((const Tree *)data)->known);
}

static FgFound *
find(Tree *tree, gboolean recurse, GError **error, ...)
{
    g_autoptr(GPtrArray) inputs = g_ptr_array_new();
    va_list list;
    va_start(list, error);
    for (char *input; (input = va_arg(list, char *));)
        g_ptr_array_add(inputs, input);
    va_end(list);
    g_ptr_array_add(inputs, NULL);
    const FgFindListener listener = {hear_skipped, hear_note, is_known, was_published, tree};
    return fg_find((const char *const *)inputs->pdata, tree->out, recurse, &listener, error);
}

static char *
sources(const FgFound *found)
{
    assert_non_null(found);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < found->photos->len; i++)
        g_string_append_printf(text, "%s ", ((const FgPhoto *)found->photos->pdata[i])->source);
    return g_string_free(text, FALSE);
}

static void
a_folder_is_walked_in_byte_order_without_what_is_hidden(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "b.jpg", JPEG);
    put(tree->in, "B.jpg", JPEG);
    put(tree->in, "a/z.jpg", JPEG);
    put(tree->in, "a.jpg", JPEG);
    put(tree->in, ".hidden.jpg", JPEG);
    put(tree->in, ".thumbnails/c.jpg", JPEG);
    put(tree->out, "b-640.jpg", JPEG);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "B.jpg a/z.jpg a.jpg b.jpg ");
    assert_int_equal(found->folders->len, 2);
    g_autoptr(FgFound) flat = find(tree, FALSE, NULL, tree->in, NULL);
    g_autofree char *top = sources(flat);
    assert_string_equal(top, "B.jpg a.jpg b.jpg ");
}

static void
photos_are_known_by_their_content(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "photo.txt", JPEG);
    put(tree->in, "text.jpg", "hello");
    put(tree->in, "x.gif", "GIF89a");
    put(tree->in, "y.cr2", "II*\x01 is cut short here");
    put(tree->in, "x.xmp", "<x:xmpmeta/>");
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "photo.txt text.jpg ");
    assert_string_equal(tree->skipped->str, "x.gif: GIF; y.cr2: other; ");
    assert_string_equal(tree->notes->str, "");
}

static void
a_file_given_by_name_is_taken_whatever_it_is(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "sub/notes.txt", "hello");
    g_autofree char *path = g_build_filename(tree->in, "sub/notes.txt", NULL);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, path, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "notes.txt ");
    assert_int_equal(found->folders->len, 1);
}

static void
links_are_followed_inside_the_folder_alone(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "real.jpg", JPEG);
    put(tree->top, "outside.jpg", JPEG);
    put(tree->top, "in-neighbour/near.jpg", JPEG);
    const char *const links[][2] = {
        {"real.jpg", "inside.jpg"},  {"../outside.jpg", "out.jpg"}, {"../in-neighbour/near.jpg", "near.jpg"},
        {"nowhere", "dangling.jpg"}, {"loop.jpg", "loop.jpg"},      {"..", "up"},
        {"/dev/zero", "zero.jpg"}};
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autofree char *path = g_build_filename(tree->in, links[i][1], NULL);
        assert_int_equal(symlink(links[i][0], path), 0);
    }
    g_autofree char *fifo = g_build_filename(tree->in, "fifo.jpg", NULL);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "inside.jpg real.jpg ");
    assert_string_equal(
        tree->skipped->str,
        "dangling.jpg: link to nothing; fifo.jpg: FIFO; loop.jpg: link in a loop; near.jpg: link "
        "out of the folder; out.jpg: link out of the folder; up: link to a folder; zero.jpg: link "
        "to a device; ");
    /* By name all links are followed. */
    g_autofree char *out_link = g_build_filename(tree->in, "out.jpg", NULL);
    g_autoptr(FgFound) named = find(tree, TRUE, NULL, out_link, NULL);
    g_autofree char *one = sources(named);
    assert_string_equal(one, "out.jpg ");
}

static void
a_photo_that_two_inputs_name_is_done_once(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "a.jpg", JPEG);
    put(tree->top, "other/a.jpg", JPEG);
    g_autofree char *same = g_build_filename(tree->in, "a.jpg", NULL);
    g_autofree char *other = g_build_filename(tree->top, "other", NULL);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, same, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "a.jpg ");
    /* Another photo of that name is not passed over: the plan will speak of it. */
    g_autoptr(FgFound) both = find(tree, TRUE, NULL, tree->in, other, NULL);
    g_autofree char *two = sources(both);
    assert_string_equal(two, "a.jpg a.jpg ");
}

static void
what_is_wrong_with_an_input_is_said_before_all_else(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    g_autofree char *missing = g_build_filename(tree->in, "missing", NULL);
    g_autoptr(GError) error = NULL;
    assert_null(find(tree, TRUE, &error, missing, NULL));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
    g_clear_error(&error);
    g_autofree char *roundabout = g_build_filename(tree->in, ".", "web", "..", "web", NULL);
    assert_null(find(tree, TRUE, &error, roundabout, NULL));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
}

static void
a_folder_without_a_photo_is_counted(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    assert_int_equal(found->empty_inputs, 1);
    assert_non_null(strstr(tree->notes->str, "no photo"));
}

static void
what_can_not_be_read_is_taken_so_that_it_fails_by_name(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "closed/a.jpg", JPEG);
    put(tree->in, "secret.jpg", JPEG);
    g_autofree char *closed = g_build_filename(tree->in, "closed", NULL);
    g_autofree char *secret = g_build_filename(tree->in, "secret.jpg", NULL);
    g_chmod(closed, 0);
    g_chmod(secret, 0);
    fg_bind_by_modes(TRUE);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    fg_bind_by_modes(FALSE);
    g_chmod(closed, 0755);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "closed secret.jpg ");
    assert_true(found->unreadable);
}

static void
what_is_known_is_not_looked_into(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "a/x", "no photo");
    put(tree->in, "a/y", "no photo");
    tree->known = "a/x";
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "a/x ");
    assert_int_equal(((const FgPhoto *)found->photos->pdata[0])->size, strlen("no photo"));
}

static void
what_was_published_and_is_no_photo_any_more_is_taken(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    put(tree->in, "a", "no photo");
    put(tree->in, "b", "no photo");
    tree->published = "a";
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, NULL);
    g_autofree char *all = sources(found);
    assert_string_equal(all, "a ");
}

static void
a_folder_without_a_photo_is_not_believed_to_be_whole(void **state)
{
    (void)state;
    g_autoptr(Tree) tree = tree_new();
    g_autofree char *other = g_build_filename(tree->top, "other", NULL);
    put(tree->in, "a.jpg", "");
    put(tree->in, "b.txt", "text");
    put(other, "a.jpg", JPEG);
    g_autoptr(FgFound) found = find(tree, TRUE, NULL, tree->in, other, NULL);
    assert_int_equal(found->folders->len, 3);
    assert_int_equal(found->living->len, 2);
    assert_string_equal(found->living->pdata[0], other);
    assert_null(found->living->pdata[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_walked_in_byte_order_without_what_is_hidden),
        cmocka_unit_test(photos_are_known_by_their_content),
        cmocka_unit_test(a_file_given_by_name_is_taken_whatever_it_is),
        cmocka_unit_test(links_are_followed_inside_the_folder_alone),
        cmocka_unit_test(a_photo_that_two_inputs_name_is_done_once),
        cmocka_unit_test(what_is_wrong_with_an_input_is_said_before_all_else),
        cmocka_unit_test(a_folder_without_a_photo_is_counted),
        cmocka_unit_test(what_is_known_is_not_looked_into),
        cmocka_unit_test(what_was_published_and_is_no_photo_any_more_is_taken),
        cmocka_unit_test(a_folder_without_a_photo_is_not_believed_to_be_whole),
        cmocka_unit_test(what_can_not_be_read_is_taken_so_that_it_fails_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

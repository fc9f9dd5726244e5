#include "run/run.h"
#include "support/fixtures.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Work that does as it is told. */
static GBytes *
obey(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    const char *order = g_bytes_get_data(question, NULL);
    if (g_str_equal(order, "data"))
        return g_bytes_new(data, strlen(data));
    if (g_str_equal(order, "file"))
        return n_files == 1 ? fg_file_read_fd(files[0], error) : NULL;
    if (g_str_equal(order, "open"))
        return g_bytes_new_static(open("/etc/passwd", O_RDONLY) < 0 ? "no" : "yes", 3);
    if (g_str_equal(order, "render")) {
        const FgSize size = {4, 4, FG_CROP_NONE};
        g_autoptr(GBytes) file = fg_file_read_fd(files[0], error);
        g_autoptr(FgImage) image = file ? fg_image_open(file, FG_FORMAT_WEBP, 1, &size, error) : NULL;
        g_autoptr(FgRaster) raster = image ? fg_image_render(image, &size, error) : NULL;
        return raster ? g_bytes_new(raster->data, 3) : NULL;
    }
    if (g_str_equal(order, "die"))
        raise(SIGSEGV);
    fg_throw(error, FG_ERROR_MALFORMED, "%s is no order", order);
    return NULL;
}

static GBytes *
ask(FgAside *aside, const char *order, int file, GError **error)
{
    g_autoptr(GBytes) question = g_bytes_new(order, strlen(order) + 1);
    return fg_aside_ask(aside, question, &file, file >= 0 ? 1 : 0, error);
}

static FgAsideKind
kind_of(gboolean pixels)
{
    return (FgAsideKind){
        .name = "test", .pixels = pixels, .seconds = 60, .ceiling = 65536, .data = "inherited", .work = obey};
}

static void
assert_answer(FgAside *aside, const char *order, int file, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) answer = ask(aside, order, file, &error);
    assert_non_null(answer);
    assert_memory_equal(g_bytes_get_data(answer, NULL), expected, strlen(expected));
}

static void
the_process_has_what_it_inherited_and_the_files_of_the_question_and_no_other(void **state)
{
    (void)state;
    const FgAsideKind kind = kind_of(FALSE);
    g_autoptr(FgAside) aside = fg_aside_new(&kind);
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "file", NULL);
    assert_true(g_file_set_contents(path, "content", -1, NULL));
    int fd = open(path, O_RDONLY);
    assert_answer(aside, "data", -1, "inherited");
    assert_answer(aside, "file", fd, "content");
    assert_answer(aside, "open", -1, "no");
    close(fd);
}

static void
an_error_of_the_work_is_told(void **state)
{
    (void)state;
    const FgAsideKind kind = kind_of(FALSE);
    g_autoptr(FgAside) aside = fg_aside_new(&kind);
    g_autoptr(GError) error = NULL;
    assert_null(ask(aside, "nonsense", -1, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
    assert_string_equal(error->message, "nonsense is no order");
}

static void
a_death_is_told_and_the_next_question_is_answered(void **state)
{
    (void)state;
    const FgAsideKind kind = kind_of(FALSE);
    g_autoptr(FgAside) aside = fg_aside_new(&kind);
    g_autoptr(GError) error = NULL;
    assert_null(ask(aside, "die", -1, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
#ifndef FG_SANITIZED
    assert_string_equal(error->message, "process killed by SIGSEGV");
#endif
    assert_answer(aside, "data", -1, "inherited");
}

static void
pictures_can_be_decoded_behind_the_walls(void **state)
{
    (void)state;
    const FgAsideKind kind = kind_of(TRUE);
    g_autoptr(FgAside) aside = fg_aside_new(&kind);
    g_autoptr(FgRaster) red = fg_raster_new(16, 16, 3);
    for (guint i = 0; i < 256; i++)
        red->data[3 * i] = 255;
    const FgEncoding encoding = {.format = FG_FORMAT_WEBP, .quality = 90, .effort = 0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) webp = fg_encode(red, &encoding, &error);
    assert_non_null(webp);
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "red.webp", NULL);
    assert_true(fg_file_replace(path, webp, 0600, NULL));
    int fd = open(path, O_RDONLY);
    g_autoptr(GBytes) answer = ask(aside, "render", fd, &error);
    assert_non_null(answer);
    const guint8 *colour = g_bytes_get_data(answer, NULL);
    assert_in_range(colour[0], 230, 255);
    assert_in_range(colour[1], 0, 30);
    close(fd);
}

static void
a_file_for_a_question_stays_as_it_is(void **state)
{
    (void)state;
    g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
    int file = fg_aside_file(bytes, NULL);
    assert_int_equal(pwrite(file, "x", 1, 0), -1);
    assert_int_equal(errno, EPERM);
    assert_int_equal(ftruncate(file, 0), -1);
    g_autoptr(GBytes) found = fg_file_read_fd(file, NULL);
    assert_true(g_bytes_equal(found, bytes));
    close(file);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_for_a_question_stays_as_it_is),
        cmocka_unit_test(the_process_has_what_it_inherited_and_the_files_of_the_question_and_no_other),
        cmocka_unit_test(an_error_of_the_work_is_told),
        cmocka_unit_test(a_death_is_told_and_the_next_question_is_answered),
        cmocka_unit_test(pictures_can_be_decoded_behind_the_walls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

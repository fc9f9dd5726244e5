#include "check/check_private.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* An open file of `length` bytes, all of one received. */
static int
file_of(char received, gsize length)
{
    g_autofree char *text = g_strnfill(length, received);
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, length);
    int fd = fg_sealed_file(bytes, NULL);
    assert_true(fd >= 0);
    return fd;
}

static gboolean
take(FgRoom *room, char received, gsize length, guint64 claimed, guint32 *offset, guint32 *taken)
{
    int fd = file_of(received, length);
    gboolean fine = fg_room_take(room, fd, claimed, offset, taken);
    close(fd);
    return fine;
}

static void
files_lie_side_by_side_and_are_seen_through_the_other_door(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 first, second, length;
    assert_true(take(&room, 'a', 1001, 1001, &first, &length));
    assert_int_equal(length, 1001);
    assert_true(take(&room, 'b', 17, 17, &second, &length));
    assert_int_equal(length, 17);
    assert_true(second >= first + 1001);
    assert_int_equal(room.shown[first], 'a');
    assert_int_equal(room.shown[first + 1000], 'a');
    assert_int_equal(room.shown[second], 'b');
    assert_int_equal(room.shown[second + 16], 'b');
}

static void
nobody_else_can_write_there(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    assert_int_equal(mprotect((gpointer)room.shown, 4096, PROT_READ | PROT_WRITE), -1);
    unsigned char core;
    pid_t child = fork();
    if (child == 0) /* There is nothing where this process writes: 0 would say that there is. */
        _exit(mincore(room.filled, 1, &core) == 0 ? 0 : 1);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 1);
}

static void
a_large_file_does_not_fit(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 offset, length;
    assert_false(take(&room, 'a', 65537, 65537, &offset, &length));
    assert_true(take(&room, 'a', 65536, 65536, &offset, &length));
}

static void
a_full_room_takes_no_more_until_it_is_emptied(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 offset, length, taken = 0;
    for (; !fg_room_is_full(&room); taken++)
        assert_true(take(&room, 'a', 60000, 60000, &offset, &length));
    assert_true(taken > 10);
    while (take(&room, 'b', 60000, 60000, &offset, &length))
        taken++;
    fg_room_empty(&room);
    assert_false(fg_room_is_full(&room));
    assert_true(take(&room, 'c', 60000, 60000, &offset, &length));
    assert_int_equal(room.shown[offset], 'c');
}

static void
a_file_that_became_shorter_is_what_it_is(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 offset, length;
    assert_true(take(&room, 'a', 10, 5000, &offset, &length));
    assert_int_equal(length, 10);
}

static void
what_can_not_be_read_is_left_to_others(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 offset, length;
    int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_false(fg_room_take(&room, folder, 100, &offset, &length));
    close(folder);
}

static void
without_such_memory_nothing_fits_and_nothing_is_full(void **state)
{
    (void)state;
    g_auto(FgRoom) room = fg_room();
    guint32 offset, length;
    fg_room_clear(&room);
    assert_false(take(&room, 'a', 10, 10, &offset, &length));
    fg_room_empty(&room);
    assert_false(take(&room, 'a', 10, 10, &offset, &length));
    assert_false(fg_room_is_full(&room));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_lie_side_by_side_and_are_seen_through_the_other_door),
        cmocka_unit_test(nobody_else_can_write_there),
        cmocka_unit_test(a_large_file_does_not_fit),
        cmocka_unit_test(a_full_room_takes_no_more_until_it_is_emptied),
        cmocka_unit_test(a_file_that_became_shorter_is_what_it_is),
        cmocka_unit_test(what_can_not_be_read_is_left_to_others),
        cmocka_unit_test(without_such_memory_nothing_fits_and_nothing_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

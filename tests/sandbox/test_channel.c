#include "sandbox/sandbox_private.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>

typedef struct {
    int here, there;
} Pair;

static int
open_pair(void **state)
{
    Pair *pair = g_new(Pair, 1);
    int ends[2];
    assert_true(fg_channel_pair(ends, NULL));
    *pair = (Pair){ends[0], ends[1]};
    *state = pair;
    return 0;
}

static int
close_pair(void **state)
{
    Pair *pair = *state;
    fg_fd_clear(&pair->here);
    fg_fd_clear(&pair->there);
    g_free(pair);
    return 0;
}

static guint
count_descriptors(void)
{
    g_autoptr(GDir) folder = g_dir_open("/proc/self/fd", 0, NULL);
    guint count = 0;
    while (g_dir_read_name(folder))
        count++;
    return count;
}

static void
a_message_arrives_with_its_descriptors(void **state)
{
    Pair *pair = *state;
    const FgMessageHead sent = {.kind = FG_MSG_EXITED, .id = 7, .values = {-1, G_MAXINT64, 3}};
    const int fds[] = {pair->here, pair->there};
    assert_true(fg_channel_send(pair->here, &sent, fds, 2, NULL));
    g_auto(FgMessage) received = {0};
    assert_true(fg_channel_receive(pair->there, TRUE, &received, NULL));
    assert_memory_equal(&received.head, &sent, sizeof sent);
    assert_int_equal(received.n_fds, 2);
    assert_true(fcntl(received.fds[1], F_GETFD) & FD_CLOEXEC);
}

static void
nothing_there_is_told_at_once(void **state)
{
    Pair *pair = *state;
    FgMessage received;
    g_autoptr(GError) error = NULL;
    assert_false(fg_channel_receive(pair->there, FALSE, &received, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
}

static void
the_other_end_may_be_gone(void **state)
{
    Pair *pair = *state;
    const FgMessageHead message = {.kind = FG_MSG_JOB};
    fg_fd_clear(&pair->there);
    FgMessage received;
    assert_false(fg_channel_receive(pair->here, TRUE, &received, NULL));
    assert_false(fg_channel_send(pair->here, &message, NULL, 0, NULL)); /* and no SIGPIPE */
}

static void
packets_of_another_size_or_kind_are_refused(void **state)
{
    Pair *pair = *state;
    guint8 packet[sizeof(FgMessageHead) + 1] = {0};
    FgMessage received;
    for (gsize length = 1; length <= sizeof packet; length++) {
        if (length == sizeof(FgMessageHead))
            continue;
        assert_int_equal(send(pair->here, packet, length, 0), (ssize_t)length);
        assert_false(fg_channel_receive(pair->there, TRUE, &received, NULL));
    }
    FgMessageHead unknown = {.kind = FG_N_MSG_KINDS};
    assert_true(fg_channel_send(pair->here, &unknown, NULL, 0, NULL));
    assert_false(fg_channel_receive(pair->there, TRUE, &received, NULL));
}

static void
a_flood_of_descriptors_is_refused_and_closed(void **state)
{
    Pair *pair = *state;
    guint before = count_descriptors();
    for (guint n = FG_MESSAGE_FDS + 1; n <= 60; n += 11) {
        union {
            struct cmsghdr header;
            char bytes[CMSG_SPACE(60 * sizeof(int))];
        } control = {0};
        FgMessageHead message = {.kind = FG_MSG_RESPONSE};
        struct iovec body = {&message, sizeof message};
        struct msghdr packet = {.msg_iov = &body,
                                .msg_iovlen = 1,
                                .msg_control = control.bytes,
                                .msg_controllen = CMSG_SPACE(n * sizeof(int))};
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(n * sizeof(int));
        for (guint i = 0; i < n; i++)
            memcpy(CMSG_DATA(&control.header) + i * sizeof(int), &pair->here, sizeof(int));
        assert_true(sendmsg(pair->here, &packet, 0) > 0);
        FgMessage received;
        assert_false(fg_channel_receive(pair->there, TRUE, &received, NULL));
    }
    assert_int_equal(count_descriptors(), before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_message_arrives_with_its_descriptors, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(nothing_there_is_told_at_once, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(the_other_end_may_be_gone, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(packets_of_another_size_or_kind_are_refused, open_pair, close_pair),
        cmocka_unit_test_setup_teardown(a_flood_of_descriptors_is_refused_and_closed, open_pair, close_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

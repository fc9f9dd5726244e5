#include "sandbox/sandbox_private.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <sys/mman.h>

#define CEILING 100000
#define ALL_SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static FgPayload
a_payload(void)
{
    GByteArray *record = g_byte_array_new();
    fg_put_le32(record, 7);
    fg_ipc_put_text(record, "seven");
    FgPayload payload = fg_payload(record);
    g_ptr_array_add(payload.blobs, g_bytes_new("first", 5));
    g_ptr_array_add(payload.blobs, g_bytes_new(NULL, 0));
    g_ptr_array_add(payload.blobs, g_bytes_new("third blob of bytes", 19));
    return payload;
}

static int
memfd_of(const void *data, gsize length, int seals)
{
    int fd = memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    assert_int_equal(write(fd, data, length), (ssize_t)length);
    assert_int_equal(fcntl(fd, F_ADD_SEALS, seals), 0);
    return fd;
}

static void
what_was_packed_is_opened_again(void **state)
{
    (void)state;
    g_auto(FgPayload) sent = a_payload(), opened = {0};
    g_auto(FgFd) fd = fg_payload_seal(&sent, NULL);
    g_autoptr(GError) error = NULL;
    assert_true(fg_payload_open(fd, CEILING, &opened, &error));
    assert_true(g_bytes_equal(sent.record, opened.record));
    assert_int_equal(opened.blobs->len, 3);
    for (guint i = 0; i < 3; i++) {
        assert_true(g_bytes_equal(sent.blobs->pdata[i], opened.blobs->pdata[i]));
        if (i != 1)
            assert_int_equal((guintptr)g_bytes_get_data(opened.blobs->pdata[i], NULL) % 16, 0);
    }
}

static void
a_payload_that_could_change_is_refused(void **state)
{
    (void)state;
    g_auto(FgPayload) sent = a_payload();
    g_auto(FgFd) sealed = fg_payload_seal(&sent, NULL);
    assert_int_equal(write(sealed, "x", 1), -1);
    g_autoptr(GBytes) bytes = fg_file_read_fd(sealed, NULL);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    static const int seals[] = {0, ALL_SEALS & ~F_SEAL_WRITE, ALL_SEALS & ~F_SEAL_SHRINK, ALL_SEALS};
    for (gsize i = 0; i < G_N_ELEMENTS(seals); i++) {
        g_auto(FgFd) fd = memfd_of(data, length, seals[i]);
        g_auto(FgPayload) opened = {0};
        assert_int_equal(fg_payload_open(fd, CEILING, &opened, NULL), seals[i] == ALL_SEALS);
    }
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "file", NULL);
    fg_spill(path, bytes);
    g_auto(FgFd) file = open(path, O_RDONLY | O_CLOEXEC), pipe = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    g_auto(FgPayload) opened = {0};
    assert_false(fg_payload_open(file, CEILING, &opened, NULL));
    assert_false(fg_payload_open(pipe, CEILING, &opened, NULL));
}

static void
a_payload_over_the_ceiling_is_refused(void **state)
{
    (void)state;
    g_auto(FgPayload) sent = a_payload(), opened = {0};
    g_auto(FgFd) fd = fg_payload_seal(&sent, NULL);
    g_autoptr(GError) error = NULL;
    assert_false(fg_payload_open(fd, 20, &opened, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
}

static void
a_payload_with_lies_is_refused_or_stays_in_its_bounds(void **state)
{
    (void)state;
    g_auto(FgPayload) sent = a_payload();
    g_auto(FgFd) sealed = fg_payload_seal(&sent, NULL);
    g_autoptr(GBytes) bytes = fg_file_read_fd(sealed, NULL);
    gsize length;
    g_autofree guint8 *data = g_bytes_unref_to_data(g_bytes_ref(bytes), &length);
    static const guint8 lies[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
    guint refused = 0;
    for (gsize at = 0; at < length; at++)
        for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
            g_autofree guint8 *copy = g_memdup2(data, length);
            copy[at] = lies[i];
            g_auto(FgFd) fd = memfd_of(copy, length, ALL_SEALS);
            g_auto(FgPayload) opened = {0};
            if (!fg_payload_open(fd, CEILING, &opened, NULL)) {
                refused++;
                continue;
            }
            /* Every byte that it offers can be read: the sanitizer watches. */
            for (guint b = 0; b < opened.blobs->len; b++)
                (void)g_bytes_hash(opened.blobs->pdata[b]);
        }
    assert_true(refused > 60);
    for (gsize cut = 0; cut < length; cut++) {
        g_auto(FgFd) fd = memfd_of(data, cut, ALL_SEALS);
        g_auto(FgPayload) opened = {0};
        assert_false(fg_payload_open(fd, CEILING, &opened, NULL));
    }
}

static void
a_child_cannot_stop_the_run_or_steer_the_terminal(void **state)
{
    (void)state;
    for (int code = 0; code < FG_N_ERRORS + 3; code++) {
        g_autoptr(GByteArray) record = g_byte_array_new();
        const GError said = {.domain = FG_ERROR, .code = code, .message = (char *)(guintptr) "a\x1b[2J"};
        fg_put_error(record, &said);
        FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
        g_autoptr(GError) error = fg_get_error(&at);
        assert_true(error->code >= 0 && error->code < FG_N_ERRORS);
        assert_int_not_equal(fg_error_exit_code((FgErrorCode)error->code), 3);
        assert_string_equal(error->message, "a\\x1B[2J");
    }
    g_autoptr(GByteArray) record = g_byte_array_new();
    g_autoptr(GError) own = g_error_new(FG_ERROR, FG_ERROR_MALFORMED, "cut");
    fg_put_error(record, own);
    for (guint length = 0; length < record->len; length++) {
        FgCursor cut = fg_cursor(record->data, length, FG_LITTLE_ENDIAN);
        g_autoptr(GError) error = fg_get_error(&cut);
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
    }
    FgCursor at = fg_cursor(record->data, record->len, FG_LITTLE_ENDIAN);
    g_autoptr(GError) again = fg_get_error(&at);
    assert_true(g_error_matches(again, FG_ERROR, FG_ERROR_MALFORMED));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_opened_again),
        cmocka_unit_test(a_payload_that_could_change_is_refused),
        cmocka_unit_test(a_payload_over_the_ceiling_is_refused),
        cmocka_unit_test(a_child_cannot_stop_the_run_or_steer_the_terminal),
        cmocka_unit_test(a_payload_with_lies_is_refused_or_stays_in_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

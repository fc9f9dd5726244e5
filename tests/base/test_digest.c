#include "base/base.h"
#include "support/fixtures.h"

static char *
hex(const guint8 *digest, gsize length)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < length; i++)
        g_string_append_printf(text, "%02x", digest[i]);
    return g_string_free(text, FALSE);
}

static void
sha256_gives_the_published_digests(void **state)
{
    (void)state;
    g_autofree char *empty = fg_sha256_hex(NULL, 0), *abc = fg_sha256_hex("abc", 3);
    assert_string_equal(empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(abc, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    guint8 raw[FG_SHA256_SIZE];
    fg_sha256("abc", 3, raw);
    g_autofree char *same = hex(raw, sizeof raw);
    assert_string_equal(same, abc);
}

static void
sha256_agrees_with_glib_at_every_length(void **state)
{
    (void)state;
    guint8 data[1000];
    for (gsize i = 0; i < sizeof data; i++)
        data[i] = (guint8)(i * 167 + 13);
    for (gsize length = 0; length <= 300; length++) {
        g_autofree char *ours = fg_sha256_hex(data + length % 7, length);
        g_autofree char *theirs = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data + length % 7, length);
        assert_string_equal(ours, theirs);
    }
    g_autofree char *ours = fg_sha256_hex(data, sizeof data);
    g_autofree char *theirs = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, sizeof data);
    assert_string_equal(ours, theirs);
}

static void
md5_gives_the_published_digest(void **state)
{
    (void)state;
    guint8 raw[FG_MD5_SIZE];
    fg_md5("abc", 3, raw);
    g_autofree char *text = hex(raw, sizeof raw);
    assert_string_equal(text, "900150983cd24fb0d6963f7d28e17f72");
}

static void
hmac_gives_the_digests_of_rfc_4231(void **state)
{
    (void)state;
    guint8 raw[FG_SHA256_SIZE];
    fg_hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, raw);
    g_autofree char *second = hex(raw, sizeof raw);
    assert_string_equal(second, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    guint8 key[131];
    memset(key, 0xaa, sizeof key);
    fg_hmac_sha256(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First", 54, raw);
    g_autofree char *sixth = hex(raw, sizeof raw);
    assert_string_equal(sixth, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    fg_hmac_sha256(NULL, 0, NULL, 0, raw);
    g_autofree char *nothing = hex(raw, sizeof raw);
    assert_string_equal(nothing, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void
crc32_runs_over_pieces(void **state)
{
    (void)state;
    assert_int_equal(fg_crc32(0, "IEND", 4), 0xae426082); /* The end of every PNG. */
    guint32 crc = fg_crc32(0, "1234", 4);
    assert_int_equal(fg_crc32(crc, "56789", 5), 0xcbf43926);
    assert_int_equal(fg_crc32(crc, NULL, 0), crc);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(sha256_agrees_with_glib_at_every_length),
        cmocka_unit_test(md5_gives_the_published_digest),
        cmocka_unit_test(hmac_gives_the_digests_of_rfc_4231),
        cmocka_unit_test(crc32_runs_over_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

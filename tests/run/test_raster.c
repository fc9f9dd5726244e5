#include "run/run_private.h"
#include "support/fixtures.h"

static void
a_raster_crosses_and_lies_about_it_do_not(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = fg_raster_new(3, 2, 4);
    for (int i = 0; i < 3; i++)
        raster->data[raster->stride + (gsize)i * 4] = (guint8)(10 + i);
    g_autoptr(GBytes) bytes = fg_raster_pack(raster);
    FgRaster view;
    assert_true(fg_raster_unpack(bytes, &view, NULL));
    assert_int_equal(view.width, 3);
    assert_int_equal(view.height, 2);
    assert_int_equal(view.data[view.stride + 8], 12);
    g_autoptr(GBytes) cut = g_bytes_new_from_bytes(bytes, 0, g_bytes_get_size(bytes) - 1);
    assert_false(fg_raster_unpack(cut, &view, NULL));
    static const guint32 lies[] = {0, 0x10000, 0x40000000, 0xffffffff};
    for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
        gsize length;
        guint8 *data = g_bytes_unref_to_data(g_bytes_ref(bytes), &length);
        memcpy(data, &lies[i], 4);
        g_autoptr(GBytes) lie = g_bytes_new_take(data, length);
        assert_false(fg_raster_unpack(lie, &view, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_raster_crosses_and_lies_about_it_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

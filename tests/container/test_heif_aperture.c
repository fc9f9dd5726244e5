/* What a clean aperture leaves of a picture. */
#include "container/bmff_private.h"
#include "container/build.h"

typedef struct {
    FgHeif heif;
    FgHeifItem item;
    GByteArray *bytes;
} Fixture;

static void
begin(Fixture *fixture)
{
    *fixture = (Fixture){.bytes = g_byte_array_sized_new(1024)};
    fixture->heif.properties = g_array_new(FALSE, FALSE, sizeof(FgBox));
    fixture->item.properties = g_array_new(FALSE, FALSE, sizeof(guint16));
}

static void
end(Fixture *fixture)
{
    g_array_unref(fixture->heif.properties);
    g_array_unref(fixture->item.properties);
    g_byte_array_unref(fixture->bytes);
}

/* A property of 32-bit numbers; those of irot are its one byte. */
static void
add_property(Fixture *fixture, guint32 type, const gint32 *numbers, guint count)
{
    guint at = fixture->bytes->len;
    for (guint i = 0; i < count; i++)
        add_number(fixture->bytes, (guint32)numbers[i], type == FG_FOURCC('i', 'r', 'o', 't') ? 1 : 4, TRUE);
    g_assert(fixture->bytes->len <= 1024); /* The boxes point into it. */
    FgBox box = {.type = type,
                 .body = fg_cursor(fixture->bytes->data + at, fixture->bytes->len - at, FG_BIG_ENDIAN)};
    g_array_append_val(fixture->heif.properties, box);
    guint16 index = (guint16)(0x8000 | fixture->heif.properties->len);
    g_array_append_val(fixture->item.properties, index);
}

#define CLAP FG_FOURCC('c', 'l', 'a', 'p')
#define IROT FG_FOURCC('i', 'r', 'o', 't')

static void
assert_cut(const gint32 clap[8], guint32 width, guint32 height, guint32 new_width, guint32 new_height,
           gboolean sound)
{
    Fixture fixture;
    begin(&fixture);
    add_property(&fixture, CLAP, clap, 8);
    assert_int_equal(fg_heif_aperture(&fixture.heif, &fixture.item, &width, &height), sound);
    assert_int_equal(width, new_width);
    assert_int_equal(height, new_height);
    end(&fixture);
}

static void
whole_samples_are_cut(void **state)
{
    (void)state;
    assert_cut((gint32[]){384, 1, 512, 1, 0, 1, 0, 1}, 768, 512, 384, 512, TRUE);
    assert_cut((gint32[]){181, 1, 121, 1, -1, 2, -1, 2}, 182, 122, 181, 121, TRUE);
    assert_cut((gint32[]){201, 2, 100, 1, 0, 1, 0, 1}, 200, 100, 100, 100, TRUE); /* 100.5 */
}

static void
an_aperture_over_the_border_ends_there(void **state)
{
    (void)state;
    assert_cut((gint32[]){100, 1, 50, 1, 40, 1, 0, 1}, 100, 50, 60, 50, TRUE);
    assert_cut((gint32[]){100, 1, 50, 1, -40, 1, 0, 1}, 100, 50, 60, 50, TRUE);
}

static void
nonsense_leaves_the_size(void **state)
{
    (void)state;
    assert_cut((gint32[]){100, 0, 50, 1, 0, 1, 0, 1}, 100, 50, 100, 50, FALSE);
    assert_cut((gint32[]){100, 1, 50, 1, 500, 1, 0, 1}, 100, 50, 100, 50, FALSE);
    assert_cut((gint32[]){0, 1, 50, 1, 0, 1, 0, 1}, 100, 50, 100, 50, FALSE);
    assert_cut((gint32[]){G_MAXINT32, 1, 50, 1, 0, 1, 0, 1}, 100, 50, 100, 50, FALSE);
}

static void
properties_apply_in_their_order(void **state)
{
    (void)state;
    Fixture fixture;
    guint32 width = 192, height = 64;
    begin(&fixture);
    add_property(&fixture, IROT, (gint32[]){1}, 1);
    add_property(&fixture, CLAP, (gint32[]){64, 1, 96, 1, 0, 1, 0, 1}, 8);
    assert_true(fg_heif_aperture(&fixture.heif, &fixture.item, &width, &height));
    assert_int_equal(width, 96); /* before it is turned */
    assert_int_equal(height, 64);
    end(&fixture);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_samples_are_cut),
        cmocka_unit_test(an_aperture_over_the_border_ends_there),
        cmocka_unit_test(nonsense_leaves_the_size),
        cmocka_unit_test(properties_apply_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

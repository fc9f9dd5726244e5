#include "pixels/lettering_private.h"
#include "support/fixtures.h"

#include <math.h>
#include <string.h>

static const char *const sans[] = {"DejaVu Sans", NULL};

static GBytes *
set(const char *text, const char *const *fonts, double em)
{
    g_autoptr(GError) error = NULL;
    GBytes *block = fg_lettering_set(text, fonts, FALSE, em, &error);
    if (error)
        fail_msg("%s", error->message);
    return block;
}

static FgLettering
view(GBytes *block)
{
    FgLettering lettering;
    g_autoptr(GError) error = NULL;
    assert_true(fg_lettering_view(block, &lettering, &error));
    return lettering;
}

/* The file of an installed font, as fontconfig's own tool tells it. */
static char *
font_file(const char *name)
{
    int status;
    char *path = fg_witness(&status, "fc-match", "-f", "%{file}", name, NULL);
    if (!path)
        skip();
    return path;
}

static void
expect_failure(const char *text, const char *const *fonts, FgErrorCode code, const char *said)
{
    g_autoptr(GError) error = NULL;
    assert_null(fg_lettering_set(text, fonts, FALSE, 60, &error));
    assert_true(g_error_matches(error, FG_ERROR, (int)code));
    if (!strstr(error->message, said))
        fail_msg("“%s” does not say “%s”", error->message, said);
}

static void
kerning_is_kept(void **state)
{
    (void)state;
    g_autoptr(GBytes) pair = set("AV", sans, 200), first = set("A", sans, 200), second = set("V", sans, 200);
    FgLettering av = view(pair), a = view(first), v = view(second);
    float unkerned = a.glyphs[0].advance + v.glyphs[0].x;
    assert_int_equal(av.n_glyphs, 2);
    assert_true(av.glyphs[1].x < unkerned - 4);
}

static void
letters_stand_at_fractions_of_a_pixel(void **state)
{
    (void)state;
    g_autoptr(GBytes) small = set("minimum", sans, 40), large = set("minimum", sans, 400);
    FgLettering s = view(small), l = view(large);
    assert_float_equal(s.width * 10, l.width, 12);
    /* Rounded advances would add up to several px here. */
    for (guint i = 0; i < s.n_glyphs; i++)
        assert_float_equal(s.glyphs[i].advance * 10, l.glyphs[i].advance, 0.6);
}

static void
markup_is_drawn_as_it_is_written(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("<b>A&amp;</b>", sans, 60);
    assert_int_equal(view(block).n_glyphs, strlen("<b>A&amp;</b>"));
}

static void
a_missing_glyph_is_named_by_number_and_letter(void **state)
{
    (void)state;
    expect_failure("© 漢", sans, FG_ERROR_GLYPH, "U+6F22 “漢”");
}

static void
a_missing_font_is_named(void **state)
{
    (void)state;
    const char *const fonts[] = {"No Such Font 7", NULL};
    expect_failure("A", fonts, FG_ERROR_FONT, "No Such Font 7");
    const char *const files[] = {"/nowhere/font.ttf", NULL};
    expect_failure("A", files, FG_ERROR_FONT, "/nowhere/font.ttf");
    const char *const none[] = {NULL};
    expect_failure("A", none, FG_ERROR_FONT, "no font");
}

static void
a_glyph_that_is_missing_says_more_than_a_font_that_is(void **state)
{
    (void)state;
    const char *const fonts[] = {"No Such Font 7", "DejaVu Sans", NULL};
    expect_failure("漢", fonts, FG_ERROR_GLYPH, "DejaVu Sans");
}

static void
a_text_without_ink_is_refused(void **state)
{
    (void)state;
    expect_failure(" \n ", sans, FG_ERROR_GLYPH, "nothing to draw");
    expect_failure("", sans, FG_ERROR_GLYPH, "nothing to draw");
    expect_failure("\xff", sans, FG_ERROR_GLYPH, "UTF-8");
}

static void
the_first_font_that_is_there_and_has_all_glyphs_draws_alone(void **state)
{
    (void)state;
    const char *const several[] = {"No Such Font 7", "DejaVu Serif", "DejaVu Sans", NULL};
    const char *const serif[] = {"DejaVu Serif", NULL};
    g_autoptr(GBytes) found = set("Été", several, 60), wanted = set("Été", serif, 60),
                      other = set("Été", sans, 60);
    assert_true(g_bytes_equal(found, wanted));
    assert_false(g_bytes_equal(found, other));
}

static void
a_font_may_be_a_file(void **state)
{
    (void)state;
    g_autofree char *path = font_file("DejaVu Sans Mono");
    const char *const file[] = {path, NULL}, *const name[] = {"DejaVu Sans Mono", NULL};
    g_autoptr(GBytes) by_file = set("© Été", file, 60), by_name = set("© Été", name, 60);
    assert_true(g_bytes_equal(by_file, by_name));
    g_autoptr(GBytes) after = set("© Été", sans, 60); /* the installed fonts are back */
    assert_false(g_bytes_equal(by_file, after));
}

static void
the_bold_face_has_wider_stems(void **state)
{
    (void)state;
    g_autoptr(GBytes) regular = set("Illinois", sans, 100);
    g_autoptr(GBytes) bold = fg_lettering_set("Illinois", sans, TRUE, 100, NULL);
    float thin = view(regular).stroke, thick = view(bold).stroke;
    assert_float_equal(thin, 9, 1.5); /* DejaVu Sans draws its stems 0.09 em wide */
    assert_true(thick > 1.5f * thin);
}

static void
the_same_text_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(GBytes) first = set("© Christian Allegret", sans, 97.5);
    g_autoptr(GBytes) second = set("© Christian Allegret", sans, 97.5);
    assert_true(g_bytes_equal(first, second));
}

static void
accents_belong_to_their_letter(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("x\xcc\x8ay", sans, 60); /* x, combining ring, y */
    FgLettering lettering = view(block);
    assert_int_equal(lettering.n_clusters, 2);
    assert_int_equal(lettering.glyphs[lettering.n_glyphs - 1].cluster, 1);
}

static void
a_joined_arabic_word_moves_as_one(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("دار الصورة", sans, 60);
    FgLettering lettering = view(block);
    assert_int_equal(lettering.n_clusters, 2);
    assert_true(lettering.n_glyphs > 6);
    /* Glyphs come from left to right: the second word first. */
    assert_int_equal(lettering.glyphs[0].cluster, 0);
    assert_true(lettering.glyphs[0].x < lettering.glyphs[lettering.n_glyphs - 1].x);
}

static void
a_line_feed_begins_a_line_below(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("A\n\nB", sans, 60);
    FgLettering lettering = view(block);
    assert_int_equal(lettering.n_lines, 3);
    assert_int_equal(lettering.glyphs[1].line, 2);
    assert_true(lettering.glyphs[1].y > lettering.glyphs[0].y + 100);
    assert_true(lettering.height > 150 && lettering.descent > 100);
}

static void
the_ink_box_holds_the_ink(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("Ég", sans, 100);
    FgLettering lettering = view(block);
    assert_float_equal(lettering.cap_height, 72.9, 1); /* 1493 of 2048 units */
    assert_true(lettering.ascent > lettering.cap_height + 10);
    assert_true(lettering.descent > 15 && lettering.descent < 30);
}

static void
distances_are_true_to_a_tenth_of_a_pixel(void **state)
{
    (void)state;
    enum { SIZE = 64 };
    const double radius = 17.3, centre = 31.7, spread = 8;
    guint8 coverage[SIZE * SIZE], distance[SIZE * SIZE];
    for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++) {
            int inside = 0;
            for (int k = 0; k < 256; k++)
                inside += hypot(x + k % 16 / 16.0 - 15 / 32.0 - centre,
                                y + k / 16 / 16.0 - 15 / 32.0 - centre) < radius;
            coverage[y * SIZE + x] = (guint8)(inside * 255 / 256);
        }
    fg_distance_field(coverage, SIZE, SIZE, SIZE, spread, distance);
    for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++) {
            double truth = CLAMP(radius - hypot(x - centre, y - centre), -spread, spread);
            double told = (distance[y * SIZE + x] - 128) / 127.0 * spread;
            assert_float_equal(truth, told, 0.1); /* of which half a level is 0.03 */
        }
}

static void
a_damaged_block_is_refused_or_harmless(void **state)
{
    (void)state;
    g_autoptr(GBytes) block = set("Ab", sans, 20);
    gsize length;
    const guint8 *data = g_bytes_get_data(block, &length);
    for (gsize cut = 0; cut < length; cut += 7) {
        g_autoptr(GBytes) part = g_bytes_new(data, cut);
        FgLettering lettering;
        assert_false(fg_lettering_view(part, &lettering, NULL));
    }
    gsize head = length - view(block).distance_length;
    for (gsize at = 0; at < head; at++)
        for (int bit = 0; bit < 8; bit++) {
            g_autofree guint8 *copy = g_memdup2(data, length);
            copy[at] ^= (guint8)(1 << bit);
            g_autoptr(GBytes) changed = g_bytes_new_static(copy, length);
            FgLettering lettering;
            guint sum = 0;
            if (!fg_lettering_view(changed, &lettering, NULL))
                continue;
            for (guint i = 0; i < lettering.n_glyphs; i++) {
                const FgGlyph *glyph = &lettering.glyphs[i];
                assert_true(isfinite(glyph->x) && isfinite(glyph->y));
                for (guint k = 0; k < (guint)glyph->width * glyph->height; k++)
                    sum += lettering.distance[glyph->offset + k];
            }
            assert_true(sum > 0);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kerning_is_kept),
        cmocka_unit_test(letters_stand_at_fractions_of_a_pixel),
        cmocka_unit_test(markup_is_drawn_as_it_is_written),
        cmocka_unit_test(a_missing_glyph_is_named_by_number_and_letter),
        cmocka_unit_test(a_missing_font_is_named),
        cmocka_unit_test(a_glyph_that_is_missing_says_more_than_a_font_that_is),
        cmocka_unit_test(a_text_without_ink_is_refused),
        cmocka_unit_test(the_first_font_that_is_there_and_has_all_glyphs_draws_alone),
        cmocka_unit_test(a_font_may_be_a_file),
        cmocka_unit_test(the_bold_face_has_wider_stems),
        cmocka_unit_test(the_same_text_gives_the_same_bytes),
        cmocka_unit_test(accents_belong_to_their_letter),
        cmocka_unit_test(a_joined_arabic_word_moves_as_one),
        cmocka_unit_test(a_line_feed_begins_a_line_below),
        cmocka_unit_test(the_ink_box_holds_the_ink),
        cmocka_unit_test(distances_are_true_to_a_tenth_of_a_pixel),
        cmocka_unit_test(a_damaged_block_is_refused_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

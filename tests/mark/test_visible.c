#include "pictures.h"

static void
bytes_outside_the_rectangle_do_not_change(void **state)
{
    (void)state;
    g_autoptr(FgRaster) before = grainy(1300, 900, 20, 240), after = grainy(1300, 900, 20, 240);
    assert_true(same_bytes(before, after));
    FgMarkSpec spec = signature_spec();
    FgMarkReport report = draw_one(after, &spec, secret_one);
    assert_false(same_bytes(before, after));
    /* A letter may stray a tenth of an em, here 2 px, beyond its box. */
    for (int y = 0; y < 900; y++)
        for (int x = 0; x < 1300; x++) {
            gboolean inside = x >= report.x - 4 && x < report.x + report.width + 4 && y >= report.y - 4 &&
                              y < report.y + report.height + 4;
            gsize at = (gsize)y * before->stride + (gsize)x * 3;
            assert_true(inside || memcmp(before->data + at, after->data + at, 3) == 0);
        }
}

/* What is drawn must not depend on anything outside of the reach, nor reach further. */
static void
nothing_outside_the_reach_is_read_or_written(void **state)
{
    (void)state;
    const int sizes[][2] = {{1300, 900}, {2048, 1365}, {503, 701}, {321, 200}};
    for (guint i = 0; i < FG_N_PLACES * G_N_ELEMENTS(sizes); i++) {
        const int width = sizes[i % 4][0], height = sizes[i % 4][1];
        FgMarkSpec spec = signature_spec();
        spec.place = (FgPlace)(i / 4);
        if (fg_place_traits(spec.place)->tiles)
            continue;
        FgLettering lettering;
        g_autoptr(GBytes) block = NULL;
        letter(&spec, fg_mark_lettering_em(&spec, width, height), &lettering, &block);
        const FgMark mark = {.spec = &spec, .lettering = &lettering};
        const FgRect reach = fg_mark_reach(&mark, 1, width, height);
        assert_true(reach.x >= 0 && reach.y >= 0 && reach.width > 0 && reach.height > 0);
        assert_true(reach.x + reach.width <= width && reach.y + reach.height <= height);
        assert_true(reach.width < width || spec.place == FG_PLACE_AUTO);
        g_autoptr(FgRaster) whole = grainy(width, height, 20, 240), part = grey(width, height, 3, 255);
        for (int y = reach.y; y < reach.y + reach.height; y++)
            memcpy(part->data + (gsize)y * part->stride + reach.x * 3,
                   whole->data + (gsize)y * whole->stride + reach.x * 3, (gsize)reach.width * 3);
        draw_one(whole, &spec, secret_one);
        draw_one(part, &spec, secret_one);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                gboolean inside =
                    x >= reach.x && x < reach.x + reach.width && y >= reach.y && y < reach.y + reach.height;
                const guint8 *pixel = part->data + (gsize)y * part->stride + x * 3;
                const guint8 *same = whole->data + (gsize)y * whole->stride + x * 3;
                assert_true(inside ? memcmp(pixel, same, 3) == 0 : pixel[0] == 255);
            }
    }
}

static void
all_marks_lie_in_their_reach(void **state)
{
    (void)state;
    FgMarkSpec left = signature_spec(), right = signature_spec(), veil = veil_spec();
    left.place = FG_PLACE_TOP_LEFT;
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&left, 60, &lettering, &block);
    const FgMark marks[] = {{&left, &lettering, NULL}, {&right, &lettering, NULL}, {&veil, &lettering, NULL}};
    const FgRect none = fg_mark_reach(marks, 0, 1300, 900), one = fg_mark_reach(marks, 1, 1300, 900);
    const FgRect other = fg_mark_reach(marks + 1, 1, 1300, 900), both = fg_mark_reach(marks, 2, 1300, 900);
    const FgRect all = fg_mark_reach(marks, 3, 1300, 900);
    assert_int_equal(none.width * none.height, 0);
    assert_true(both.x == one.x && both.y == one.y);
    assert_int_equal(both.x + both.width, other.x + other.width);
    assert_int_equal(both.y + both.height, other.y + other.height);
    assert_true(all.x == 0 && all.y == 0 && all.width == 1300 && all.height == 900);
}

static void
the_report_tells_where_it_stands(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = grey(2048, 1360, 3, 128);
    FgMarkSpec spec = signature_spec();
    FgMarkReport report = draw_one(raster, &spec, secret_one);
    assert_true(report.drawn);
    assert_near(report.width, 0.27 * 1360, 2);
    assert_near(report.x + report.width, 2048 - 0.025 * 1360, 1);
    assert_near(report.y + report.height, 1360 - 0.025 * 1360, 1);
}

static void
the_same_photo_and_key_give_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(FgRaster) one = grainy(1300, 900, 20, 240), two = grainy(1300, 900, 20, 240);
    g_autoptr(FgRaster) other = grainy(1300, 900, 20, 240);
    FgMarkSpec spec = signature_spec();
    draw_one(one, &spec, secret_one);
    draw_one(two, &spec, secret_one);
    draw_one(other, &spec, secret_two);
    assert_true(same_bytes(one, two));
    assert_false(same_bytes(one, other));
}

static void
rows_may_be_padded(void **state)
{
    (void)state;
    g_autoptr(FgRaster) tight = grey(700, 500, 3, 90), wide = grey(800, 500, 3, 90);
    FgRaster part = {700, 500, 3, wide->stride, wide->data};
    FgMarkSpec spec = signature_spec();
    draw_one(tight, &spec, secret_one);
    draw_one(&part, &spec, secret_one);
    assert_true(same_bytes(tight, &part));
    for (int y = 0; y < 500; y++)
        for (gsize i = 700 * 3; i < wide->stride; i++)
            assert_int_equal(wide->data[(gsize)y * wide->stride + i], 90);
}

static void
auto_takes_the_calmer_corner(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    spec.place = FG_PLACE_AUTO;
    g_autoptr(FgRaster) calm = grey(1400, 1000, 3, 120), rough = grainy(1400, 1000, 20, 230);
    assert_true(draw_one(calm, &spec, secret_one).x > 700);
    for (int y = 0; y < 1000; y++)
        memset(rough->data + (gsize)y * rough->stride, 120, rough->stride / 2);
    assert_true(draw_one(rough, &spec, secret_one).x < 700);
}

/* Draws a signature and a veil in this order and fills in both reports. */
static FgRaster *
draw_both(gboolean veil_first, FgMarkReport *signature, FgMarkReport *veil)
{
    FgRaster *raster = grainy(1300, 900, 60, 160);
    FgMarkSpec specs[2] = {signature_spec(), veil_spec()};
    FgLettering letterings[2];
    g_autoptr(GBytes) one = NULL;
    letter(&specs[0], fg_mark_lettering_em(&specs[0], 1300, 900), &letterings[0], &one);
    g_autoptr(GBytes) two = NULL;
    letter(&specs[1], 60, &letterings[1], &two);
    FgMark marks[2];
    for (int i = 0; i < 2; i++)
        marks[veil_first ? 1 - i : i] = (FgMark){.spec = &specs[i], .lettering = &letterings[i]};
    FgMarkReport reports[2];
    assert_true(fg_mark_draw(raster, marks, 2, secret_one, reports, NULL));
    *signature = reports[veil_first];
    *veil = reports[!veil_first];
    return raster;
}

static void
tiles_give_way_to_the_signature_in_either_order(void **state)
{
    (void)state;
    FgMarkReport signature, veil, signature2, veil2;
    g_autoptr(FgRaster) first = draw_both(FALSE, &signature, &veil);
    g_autoptr(FgRaster) second = draw_both(TRUE, &signature2, &veil2);
    assert_true(same_bytes(first, second));
    assert_near(signature.visibility, signature2.visibility, 0);
    assert_int_equal(veil.width, 1300);
    assert_true(veil.visibility > 5 * 0.67 && veil.visibility < 5 * 1.5);

    g_autoptr(FgRaster) alone = grainy(1300, 900, 60, 160);
    FgMarkSpec spec = signature_spec();
    draw_one(alone, &spec, secret_one);
    for (int y = signature.y; y < signature.y + signature.height; y++)
        for (int x = signature.x; x < signature.x + signature.width; x++)
            assert_near(alone->data[(gsize)y * alone->stride + (gsize)x * 3],
                        first->data[(gsize)y * first->stride + (gsize)x * 3], 1);
}

static void
a_tone_that_cannot_show_is_an_error_with_the_figure(void **state)
{
    (void)state;
    g_autoptr(FgRaster) snow = grey(1300, 900, 3, 254);
    FgMarkSpec spec = signature_spec();
    spec.tone = FG_TONE_LIGHT;
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 80, &lettering, &block);
    FgMark mark = {.spec = &spec, .lettering = &lettering};
    FgMarkReport report;
    g_autoptr(GError) error = NULL;
    assert_false(fg_mark_draw(snow, &mark, 1, secret_one, &report, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_MARK));
    assert_non_null(strstr(error->message, "“signature”"));
    assert_non_null(strstr(error->message, " of 0."));
    assert_non_null(strstr(error->message, "18"));
}

static void
an_asked_tone_is_kept(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    for (int tone = FG_TONE_LIGHT; tone <= FG_TONE_DARK; tone++) {
        g_autoptr(FgRaster) raster = grey(1300, 900, 3, 140);
        spec.tone = (FgTone)tone;
        assert_int_equal(draw_one(raster, &spec, secret_one).tone, tone);
    }
}

static void
a_clear_picture_becomes_opaque_where_the_mark_is(void **state)
{
    (void)state;
    g_autoptr(FgRaster) clear = fg_raster_new(1300, 900, 4);
    FgMarkSpec spec = signature_spec();
    FgMarkReport report = draw_one(clear, &spec, secret_one);
    assert_near(report.visibility, 18, 3);
    assert_int_equal(report.tone, FG_TONE_DARK); /* as over white */
    guint full = 0, lit = 0;
    for (gsize i = 0; i < clear->stride * 900; i += 4) {
        full += clear->data[i + 3] == 255;
        lit += clear->data[i + 3] == 255 && clear->data[i] > 150; /* and it shows on a dark page too */
    }
    assert_true(full > 300 && lit == full);
}

static void
an_opaque_picture_with_alpha_is_marked_like_one_without(void **state)
{
    (void)state;
    g_autoptr(FgRaster) with = grey(1300, 900, 4, 70), without = grey(1300, 900, 3, 70);
    FgMarkSpec spec = signature_spec();
    draw_one(with, &spec, secret_one);
    draw_one(without, &spec, secret_one);
    for (gsize i = 0; i < 1300 * 900; i++) {
        assert_memory_equal(with->data + 4 * i, without->data + 3 * i, 3);
        assert_int_equal(with->data[4 * i + 3], 255);
    }
}

static void
a_text_too_long_to_be_read_is_reported_and_not_drawn(void **state)
{
    (void)state;
    g_autoptr(FgRaster) before = grey(640, 427, 3, 70), after = grey(640, 427, 3, 70);
    FgMarkSpec spec = signature_spec();
    spec.text = (char *)"All rights reserved; no part may be reproduced without permission";
    FgMarkReport report = draw_one(after, &spec, secret_one);
    assert_false(report.drawn);
    assert_true(same_bytes(before, after));
}

static void
two_signatures_of_a_small_picture_do_not_overlap(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = grey(480, 320, 3, 70);
    FgMarkSpec stated = signature_spec(), spec;
    assert_true(fg_mark_fit(&stated, 480, 320, &spec));
    FgLettering lettering;
    g_autoptr(GBytes) block = NULL;
    letter(&spec, 60, &lettering, &block);
    FgMark marks[2] = {{.spec = &spec, .lettering = &lettering}, {.spec = &spec, .lettering = &lettering}};
    FgMarkReport reports[2];
    assert_true(fg_mark_draw(raster, marks, 2, secret_one, reports, NULL));
    assert_true(reports[0].drawn);
    assert_false(reports[1].drawn);
    assert_true(reports[0].y > 320 * 2 / 3);
    assert_near(reports[0].visibility, 12, 1.5);
}

static void
a_logo_in_colours_is_as_visible_as_asked_on_a_ground_like_itself(void **state)
{
    (void)state;
    FgMarkSpec spec = {.name = (char *)"seal",
                       .logo = (char *)"logo.svg",
                       .place = FG_PLACE_TOP_LEFT,
                       .size = 0.1,
                       .margin = 0.025,
                       .visibility = 18,
                       .vary = TRUE};
    g_autoptr(FgRaster) logo = fg_raster_new(200, 200, 4);
    for (gsize i = 0; i < 200 * 200; i++)
        memcpy(logo->data + 4 * i, i % 200 < 120 ? "\x10\x20\x40\xff" : "\xd0\x60\x20\xff", 4);
    static const guint8 levels[] = {0, 33, 90, 140, 200, 255};
    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
        g_autoptr(FgRaster) raster = grey(1300, 900, 3, levels[i]);
        FgMark mark = {.spec = &spec, .logo = logo};
        FgMarkReport report;
        g_autoptr(GError) error = NULL;
        if (!fg_mark_draw(raster, &mark, 1, secret_one, &report, &error))
            fail_msg("on %u: %s", levels[i], error->message);
        assert_true(report.visibility >= 12 && report.visibility <= 27);
        assert_in_range(report.width, 90, 92);
        const guint8 *orange =
            raster->data + (gsize)(report.y + 45) * raster->stride + (gsize)(report.x + 75) * 3;
        assert_true(orange[0] > orange[2] + 10);
    }
}

/* Grounds that no photo is as bad as; `kind` from 0 to 9. */
static void
fill_badly(FgRaster *raster, int kind)
{
    static const guint8 pure[][3] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 0}};
    static const int squares[] = {1, 8, 30};
    FgRandom random = fg_random(secret_two, "ground", "bad", 0);
    for (int y = 0; y < raster->height; y++)
        for (int x = 0; x < raster->width; x++) {
            guint8 *at = raster->data + (gsize)y * raster->stride + (gsize)x * 3;
            guint64 dice = fg_random_next(&random);
            if (kind < 4)
                memcpy(at, pure[kind], 3);
            else if (kind < 7)
                memset(at, (x / squares[kind - 4] + y / squares[kind - 4]) % 2 ? 255 : 0, 3);
            else if (kind == 7)
                memcpy(at, &dice, 3);
            else
                memset(at, (dice % 33 == 0) == (kind == 8) ? 255 : 0, 3);
        }
}

static void
no_ground_defeats_a_mark(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1024, 683}, {480, 320}, {427, 640}};
    for (int kind = 0; kind < 10; kind++)
        for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
            FgMarkSpec stated[] = {signature_spec(), veil_spec()}, spec;
            for (int k = 0; k < 2; k++) {
                g_autoptr(FgRaster) raster = fg_raster_new(sizes[i][0], sizes[i][1], 3);
                fill_badly(raster, kind);
                if (!fg_mark_fit(&stated[k], raster->width, raster->height, &spec))
                    continue;
                FgMarkReport report = draw_one(raster, &spec, secret_one);
                assert_true(report.visibility > 0.67 * spec.visibility &&
                            report.visibility < 1.5 * spec.visibility);
                assert_true(k == 1 || report.worst_glyph > spec.visibility / 3);
            }
        }
}

static void
a_spec_is_copied_whole(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    g_autoptr(FgMarkSpec) copy = fg_mark_spec_dup(&spec);
    assert_string_equal(copy->text, spec.text);
    assert_true(copy->text != spec.text && copy->fonts != spec.fonts);
    assert_string_equal(copy->fonts[0], "DejaVu Sans");
    assert_null(copy->logo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_outside_the_rectangle_do_not_change),
        cmocka_unit_test(nothing_outside_the_reach_is_read_or_written),
        cmocka_unit_test(all_marks_lie_in_their_reach),
        cmocka_unit_test(the_report_tells_where_it_stands),
        cmocka_unit_test(the_same_photo_and_key_give_the_same_bytes),
        cmocka_unit_test(rows_may_be_padded),
        cmocka_unit_test(auto_takes_the_calmer_corner),
        cmocka_unit_test(tiles_give_way_to_the_signature_in_either_order),
        cmocka_unit_test(a_tone_that_cannot_show_is_an_error_with_the_figure),
        cmocka_unit_test(an_asked_tone_is_kept),
        cmocka_unit_test(a_clear_picture_becomes_opaque_where_the_mark_is),
        cmocka_unit_test(an_opaque_picture_with_alpha_is_marked_like_one_without),
        cmocka_unit_test(a_text_too_long_to_be_read_is_reported_and_not_drawn),
        cmocka_unit_test(two_signatures_of_a_small_picture_do_not_overlap),
        cmocka_unit_test(a_logo_in_colours_is_as_visible_as_asked_on_a_ground_like_itself),
        cmocka_unit_test(no_ground_defeats_a_mark),
        cmocka_unit_test(a_spec_is_copied_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

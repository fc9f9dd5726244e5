#include "pictures.h"

static void
names_and_places_are_one_to_one(void **state)
{
    (void)state;
    for (int i = 0; i < FG_N_PLACES; i++) {
        FgPlace place = FG_N_PLACES;
        assert_true(fg_place_from_name(fg_place_name((FgPlace)i), &place));
        assert_int_equal(place, i);
    }
    FgPlace place;
    assert_false(fg_place_from_name("middle", &place));
    assert_string_equal(fg_place_name(FG_PLACE_BOTTOM_RIGHT), "bottom-right");
    assert_string_equal(fg_place_name(FG_PLACE_LOWER_THIRD), "lower-third");
}

/* Of each row of the table. */
static void
a_box_stands_within_the_margins_wherever_it_is_put(void **state)
{
    (void)state;
    for (int i = 0; i < FG_N_PLACES; i++) {
        const FgPlaceTraits *place = fg_place_traits((FgPlace)i);
        FgBox box = fg_place_box((FgPlace)i, 30, 200, 50, 1000, 600);
        assert_true(box.x >= 30 && box.x + box.width <= 970 && box.y >= 30 && box.y + box.height <= 570);
        assert_true(!place->tiles || place->large);
        g_autofree char *named = g_strconcat("|", place->name, "|", NULL);
        g_autofree char *all = g_strconcat(fg_place_words, "|", NULL);
        assert_non_null(strstr(all, named));
    }
    assert_true(g_str_has_prefix(FG_PLACE_NAMES, "top-left|top|"));
    assert_true(g_str_has_suffix(FG_PLACE_NAMES, "|tiled"));
}

static void
nine_places_keep_the_margin(void **state)
{
    (void)state;
    static const double left[] = {30, 400, 770}, top[] = {30, 275, 520};
    for (int i = FG_PLACE_TOP_LEFT; i <= FG_PLACE_BOTTOM_RIGHT; i++) {
        FgBox box = fg_place_box((FgPlace)i, 30, 200, 50, 1000, 600);
        assert_near(box.x, left[i % 3], 1e-9);
        assert_near(box.y, top[i / 3], 1e-9);
    }
}

static void
the_lower_third_holds_the_whole_line(void **state)
{
    (void)state;
    FgBox box = fg_place_box(FG_PLACE_LOWER_THIRD, 10, 200, 30, 480, 320);
    assert_near(box.x, 140, 1e-9);
    assert_true(box.y > 320 * 2 / 3.0 && box.y + box.height <= 310);
    box = fg_place_box(FG_PLACE_LOWER_THIRD, 10, 200, 120, 480,
                       320); /* too high: it still ends above the margin */
    assert_near(box.y, 190, 1e-9);
}

static void
a_box_larger_than_its_room_is_centred(void **state)
{
    (void)state;
    FgBox box = fg_place_box(FG_PLACE_BOTTOM_RIGHT, 30, 90, 20, 100, 100);
    assert_near(box.x, 5, 1e-9);
}

static void
under_320_nothing_is_drawn(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec(), fitted;
    assert_false(fg_mark_fit(&spec, 319, 200, &fitted));
    assert_false(fg_mark_fit(&spec, 200, 319, &fitted));
    assert_true(fg_mark_fit(&spec, 320, 200, &fitted));
}

static void
small_pictures_carry_one_line_in_the_lower_third(void **state)
{
    (void)state;
    FgMarkSpec signature = signature_spec(), veil = veil_spec(), fitted;
    assert_true(fg_mark_fit(&signature, 639, 400, &fitted));
    assert_near(fitted.size, 0.55, 0);
    assert_near(fitted.visibility, 12, 0);
    assert_int_equal(fitted.place, FG_PLACE_LOWER_THIRD);
    assert_false(fg_mark_fit(&veil, 639, 400, &fitted));
    signature.place = FG_PLACE_ACROSS;
    assert_false(fg_mark_fit(&signature, 400, 639, &fitted));
}

static void
from_640_on_marks_are_as_the_profile_says(void **state)
{
    (void)state;
    FgMarkSpec signature = signature_spec(), veil = veil_spec(), fitted;
    assert_true(fg_mark_fit(&signature, 2048, 1360, &fitted));
    assert_memory_equal(&fitted, &signature, sizeof fitted);
    assert_true(fg_mark_fit(&veil, 427, 640, &fitted));
    assert_int_equal(fitted.place, FG_PLACE_TILED);
    assert_near(fitted.visibility, 5, 0);
}

static void
thin_strokes_ask_for_the_bold_face(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec(), fitted;
    fg_mark_fit(&spec, 2048, 1360, &fitted);
    assert_false(fitted.bold);
    fg_mark_fit(&spec, 640, 400, &fitted);
    assert_true(fitted.bold);
}

static void
portrait_and_landscape_look_alike(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    FgShape shape = {.width = 11, .height = 1, .cap = 0.73};
    double landscape = fg_place_scale(&spec, &shape, 2048, 1360),
           portrait = fg_place_scale(&spec, &shape, 1360, 2048);
    assert_near(landscape, portrait, 1e-9);
    assert_near(landscape * shape.width, 0.27 * 1360, 1e-6);
}

static void
no_mark_is_wider_than_its_share(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    FgShape shape = {.width = 11, .height = 1, .cap = 0.73};
    spec.size = 3;
    assert_near(fg_place_scale(&spec, &shape, 2048, 1360) * shape.width, 0.45 * 2048, 1e-6);
    spec.place = FG_PLACE_ACROSS;
    assert_near(fg_place_scale(&spec, &shape, 2048, 1360) * shape.width, 0.62 * 2048, 1e-6);
}

static void
a_logo_has_the_area_of_its_square(void **state)
{
    (void)state;
    FgMarkSpec spec = {.name = (char *)"seal", .logo = (char *)"x", .size = 0.1};
    guint8 none[4] = {0};
    FgRaster wide = {400, 100, 4, 1600, none};
    FgShape shape = fg_logo_shape(&wide);
    double scale = fg_place_scale(&spec, &shape, 2000, 1000);
    assert_near(shape.width * scale, 200, 1e-6);
    assert_near(shape.height * scale, 50, 1e-6);
}

static void
letters_too_small_to_read_grow_or_are_left_out(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec();
    FgShape shape = {.width = 11, .height = 1, .cap = 0.73},
            endless = {.width = 60, .height = 1, .cap = 0.73};
    double scale = fg_place_scale(&spec, &shape, 640, 427);
    assert_near(scale * shape.cap, 9, 1e-6);
    assert_true(scale * shape.width < 0.45 * 640);
    assert_near(fg_place_scale(&spec, &endless, 640, 427), 0, 0);
    /* On the small sizes the signature is promised. */
    assert_true(fg_place_scale(&spec, &endless, 480, 320) > 0);
}

static void
lettering_is_set_about_three_times_as_large_as_drawn(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec(), fields = signature_spec();
    assert_near(fg_mark_lettering_em(&spec, 2048, 1360), 96, 0); /* drawn at 32 px an em */
    fields.text = (char *)"© {creator}";
    assert_near(fg_mark_lettering_em(&fields, 2048, 1360), 96, 0);
    assert_near(fg_mark_lettering_em(&spec, 320, 213), 48, 0);
    spec.size = 9;
    spec.place = FG_PLACE_ACROSS;
    assert_near(fg_mark_lettering_em(&spec, 16000, 16000), 384, 0);
}

static void
one_drawing_serves_pictures_of_nearly_one_size(void **state)
{
    (void)state;
    FgMarkSpec spec = signature_spec(), seal = {.logo = (char *)"x.svg", .size = 0.1};
    assert_near(fg_mark_lettering_em(&spec, 2048, 1365), fg_mark_lettering_em(&spec, 2048, 1360), 0);
    assert_near(fg_mark_lettering_em(&spec, 2048, 1365), fg_mark_lettering_em(&spec, 1365, 2048), 0);
    assert_int_equal(fg_mark_logo_side(&seal, 2048, 1365), 512);
    assert_int_equal(fg_mark_logo_side(&seal, 1536, 2048), 512);
}

static void
turning_agrees_with_the_library(void **state)
{
    (void)state;
    for (double degrees = -400; degrees <= 400; degrees += 7.3) {
        double c, s;
        fg_turn(degrees, &c, &s);
        assert_near(c, cos(degrees * G_PI / 180), 1e-12);
        assert_near(s, sin(degrees * G_PI / 180), 1e-12);
    }
}

static void
a_frame_leads_there_and_back(void **state)
{
    (void)state;
    FgFrame frame = fg_frame_new(120, 45, 32, -24);
    double px, py, x, y;
    fg_frame_out(&frame, 3, -1.5, &px, &py);
    fg_frame_in(&frame, px, py, &x, &y);
    assert_near(x, 3, 1e-9);
    assert_near(y, -1.5, 1e-9);
    assert_near(fg_frame_scale(&frame), 32, 1e-9);
    fg_frame_out(&frame, 1, 0, &px, &py);
    assert_true(py < 45); /* it rises to the right */
}

static void
breaks_into(const char *text, const char *expected)
{
    g_autofree char *lines = fg_mark_two_lines(text);
    if (expected)
        assert_string_equal(lines, expected);
    else
        assert_null(lines);
}

static void
a_long_text_breaks_at_the_blank_nearest_to_its_middle(void **state)
{
    (void)state;
    breaks_into("© 2026 Jane Doe, all rights reserved", "© 2026 Jane Doe,\nall rights reserved");
    breaks_into("Jane Doe", "Jane\nDoe");
    breaks_into("山田太郎写真事務所", "山田太郎\n写真事務所");
    breaks_into("Photographers", NULL);
    breaks_into("Jane\nDoe", NULL);
    breaks_into("", NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_places_are_one_to_one),
        cmocka_unit_test(a_box_stands_within_the_margins_wherever_it_is_put),
        cmocka_unit_test(nine_places_keep_the_margin),
        cmocka_unit_test(the_lower_third_holds_the_whole_line),
        cmocka_unit_test(a_box_larger_than_its_room_is_centred),
        cmocka_unit_test(under_320_nothing_is_drawn),
        cmocka_unit_test(small_pictures_carry_one_line_in_the_lower_third),
        cmocka_unit_test(from_640_on_marks_are_as_the_profile_says),
        cmocka_unit_test(thin_strokes_ask_for_the_bold_face),
        cmocka_unit_test(portrait_and_landscape_look_alike),
        cmocka_unit_test(no_mark_is_wider_than_its_share),
        cmocka_unit_test(a_logo_has_the_area_of_its_square),
        cmocka_unit_test(letters_too_small_to_read_grow_or_are_left_out),
        cmocka_unit_test(lettering_is_set_about_three_times_as_large_as_drawn),
        cmocka_unit_test(one_drawing_serves_pictures_of_nearly_one_size),
        cmocka_unit_test(turning_agrees_with_the_library),
        cmocka_unit_test(a_frame_leads_there_and_back),
        cmocka_unit_test(a_long_text_breaks_at_the_blank_nearest_to_its_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

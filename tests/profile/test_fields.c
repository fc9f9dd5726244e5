#include "profile/profile.h"
#include "support/fixtures.h"

static void
expands(const char *text, const FgFields *fields, const char *expected)
{
    g_autofree char *expanded = fg_fields_expand(text, fields);
    assert_string_equal(expanded, expected);
}

static const FgFields all = {.creator = "Jane Doe",
                             .owner = "Cartus Inc.",
                             .title = "Dawn",
                             .caption = "A {braced} caption",
                             .stem = "img-1",
                             .camera = "X100",
                             .year = "2026",
                             .date = "2026-05-01",
                             .width = 2048,
                             .height = 1365};
static const FgFields some = {.creator = "Jane Doe", .owner = "Cartus Inc."};

static void
fields_become_what_they_name(void **state)
{
    (void)state;
    expands("© {year} {creator}", &all, "© 2026 Jane Doe");
    expands("{title}, {date} ({camera}) {stem} {width}x{height}", &all,
            "Dawn, 2026-05-01 (X100) img-1 2048x1365");
    expands("plain", &all, "plain");
    expands("", &all, "");
    /* A value is a value: its own braces mean nothing. */
    expands("{caption}!", &all, "A {braced} caption!");
}

static void
doubled_braces_are_braces(void **state)
{
    (void)state;
    expands("{{creator}}", &all, "{creator}");
    expands("{{{creator}}}", &all, "{Jane Doe}");
    expands("a }} b {{", &all, "a } b {");
}

static void
an_absent_year_goes_with_one_space_beside_it(void **state)
{
    (void)state;
    expands("© {year} {creator}", &some, "© Jane Doe");
    expands("{creator} {year}", &some, "Jane Doe");
    expands("{year} {creator}", &some, "Jane Doe");
    expands("{creator} {year}.", &some, "Jane Doe.");
    expands("({year})", &some, "()");
    expands("a  {year}  b", &some, "a   b");
    expands("{year}", &some, "");
}

static void
any_other_absent_field_ends_the_text_before_it(void **state)
{
    (void)state;
    expands("© {creator} – {title}, {date}", &some, "© Jane Doe");
    expands("{creator} | {title} | {owner}", &some, "Jane Doe");
    expands("{creator} (\"{title}\")", &some, "Jane Doe");
    expands("Photo (proof) – {title}", &some, "Photo (proof)");
    expands("{title} {creator}", &some, "");
    expands("© {title}", &some, "");
    expands("« {title} »", &some, "");
    expands("{creator} {year} {title}", &some, "Jane Doe");
    /* What a value ends with is not punctuation of the text. */
    expands("{owner}, {title}", &some, "Cartus Inc.");
    expands("{creator}\n{title}", &some, "Jane Doe");
}

static void
an_empty_value_is_absent(void **state)
{
    (void)state;
    const FgFields empty = {.creator = "", .width = 0};
    expands("a: {creator}", &empty, "a");
    expands("a: {width}", &empty, "a");
}

static void
refuses(const char *text, const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_false(fg_fields_check(text, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PROFILE));
    assert_string_equal(error->message, message);
}

static void
unknown_fields_are_named_with_those_that_there_are(void **state)
{
    (void)state;
    assert_true(fg_fields_check(
        "{creator} {owner} {year} {date} {title} {caption} {stem} {width} {height} {camera} {{x}}", NULL));
    refuses("{creater}", "unknown field {creater}; did you mean {creator}?");
    refuses("{gps}",
            "unknown field {gps}; expected one of {creator} {owner} {year} {date} {title} {caption} {stem} "
            "{width} {height} {camera}");
    refuses("{ creator }", "unknown field { creator }; did you mean {creator}?");
    refuses("{name}",
            "unknown field {name}; expected one of {creator} {owner} {year} {date} {title} {caption} {stem} "
            "{width} {height} {camera}");
    refuses("{", "a brace without its partner; {{ and }} are braces themselves");
    refuses("a}", "a brace without its partner; {{ and }} are braces themselves");
    refuses("{a{b}", "a brace without its partner; {{ and }} are braces themselves");
    refuses("{creator}}", "a brace without its partner; {{ and }} are braces themselves");
}

static void
texts_that_depend_on_the_photo_are_known(void **state)
{
    (void)state;
    assert_false(fg_fields_vary("© {creator} {owner} {{year}}"));
    assert_true(fg_fields_vary("© {year} {creator}"));
    assert_true(fg_fields_vary("{stem}"));
    assert_false(fg_fields_vary("plain"));
}

static void
names_of_files_have_their_own_fields(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *message;
    } bad[] = {
        {"", "expected a name such as \"{stem}-{width}.{ext}\""},
        {"{stem}", "a name ends in \".{ext}\", which is jpg, webp, avif, jxl or png"},
        {"{stem}.jpg", "a name ends in \".{ext}\", which is jpg, webp, avif, jxl or png"},
        {".{ext}", "a name that begins with a point would be hidden"},
        {".x{stem}.{ext}", "a name that begins with a point would be hidden"},
        {"a/{stem}.{ext}", "a name can't hold a \"/\"; the folders are those of the photos"},
        {"{creator}.{ext}", "unknown field {creator}; expected one of {stem} {name} {width} {height} {ext}"},
        {"{stme}.{ext}", "unknown field {stme}; did you mean {stem}?"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;
        assert_false(fg_output_pattern_check(bad[i].pattern, &error));
        assert_string_equal(error->message, bad[i].message);
    }
    assert_true(fg_output_pattern_check("{stem}-{width}.{ext}", NULL));
    assert_true(fg_output_pattern_check("{name}_{stem} {height}.{ext}", NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_become_what_they_name),
        cmocka_unit_test(doubled_braces_are_braces),
        cmocka_unit_test(an_absent_year_goes_with_one_space_beside_it),
        cmocka_unit_test(any_other_absent_field_ends_the_text_before_it),
        cmocka_unit_test(an_empty_value_is_absent),
        cmocka_unit_test(unknown_fields_are_named_with_those_that_there_are),
        cmocka_unit_test(texts_that_depend_on_the_photo_are_known),
        cmocka_unit_test(names_of_files_have_their_own_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

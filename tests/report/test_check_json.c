#include "report/checked.h"

static const char schema_program[] =
    "import json, sys, os, jsonschema\n"
    "top = os.environ.get('FG_SOURCE_DIR', '.')\n"
    "schema = json.load(open(os.path.join(top, 'docs/schema/check.schema.json')))\n"
    "for line in open(sys.argv[1], encoding='utf-8'):\n"
    "    jsonschema.Draft202012Validator(schema).validate(json.loads(line))\n";

static void
every_member_is_there_and_in_its_place(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("shoot/photo.jpg");
    g_autofree char *line = fg_report_check_json(check, &plain);
    static const char start[] =
        "{\"path\":\"shoot/"
        "photo.jpg\",\"format\":\"jpeg\",\"width\":4032,\"height\":3024,\"hdr\":null,\"copyright\":{"
        "\"notice\":"
        "\"© 2026 Christian Allegret. Tous droits réservés.\",\"creator\":[\"Christian "
        "Allegret\"],\"credit\":"
        "\"Photo "
        "Allegret\",\"terms\":{\"fr\":\"Interdit.\"},\"web_statement\":\"https://www.example.com/legal\","
        "\"licensor\":[{\"name\":\"Sarl "
        "Cartus\",\"url\":\"https://www.example.com\",\"email\":null}],\"marked\":true,"
        "\"data_mining\":\"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED\",\"sources\":{\"exif\":"
        "\"© 2026 Christian Allegret. Tous droits "
        "réservés.\",\"iptc\":null,\"xmp\":null,\"png\":null}},\"personal\":"
        "[{\"id\":\"location.gps\",\"where\":\"exif:GPS/0x0002\",\"value\":null}";
    if (!g_str_has_prefix(line, start))
        fail_msg("%s", line);
    assert_true(g_str_has_suffix(line, "\"verdict\":\"fail\"}"));
    assert_null(strchr(line, '\n'));
}

static void
values_are_there_only_when_asked_for(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = full_check("x.jpg");
    g_autofree char *closed = fg_report_check_json(check, &plain);
    g_autofree char *shown = fg_report_check_json(check, &open);
    assert_null(strstr(closed, "45.123456"));
    assert_non_null(strstr(shown, "\"value\":\"45.123456 N\""));
}

static void
a_path_of_any_bytes_comes_back(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("caf\xe9\n.jpg");
    g_autofree char *line = fg_report_check_json(check, &plain);
    g_autoptr(FgJson) object = fg_json_parse(line, strlen(line), NULL);
    assert_non_null(object);
    assert_string_equal(fg_json_get_string(object, "path"), "caf\xef\xbf\xbd\n.jpg");
    gsize length;
    g_autofree guchar *bytes = g_base64_decode(fg_json_get_string(object, "path_bytes"), &length);
    assert_int_equal(length, strlen(check->path));
    assert_memory_equal(bytes, check->path, length);
}

static void
what_is_absent_is_null_or_empty(void **state)
{
    (void)state;
    g_autoptr(FgCheck) check = empty_check("x");
    g_autofree char *line = fg_report_check_json(check, &plain);
    assert_string_equal(
        line, "{\"path\":\"x\",\"format\":null,\"width\":null,\"height\":null,\"hdr\":null,\"copyright\":{"
              "\"notice\":"
              "null,\"creator\":[],\"credit\":null,\"terms\":{},\"web_statement\":null,\"licensor\":[],"
              "\"marked\":null,\"data_mining\":null,\"sources\":{\"exif\":null,\"iptc\":null,\"xmp\":"
              "null,\"png\":null}},\"personal\":[],\"findings\":[],\"verdict\":\"pass\"}");
}

static void
the_schema_holds(void **state)
{
    (void)state;
    if (!has_python("jsonschema"))
        skip();
    g_autoptr(FgCheck) full = full_check("shoot/photo.jpg");
    g_autoptr(FgCheck) empty = empty_check("caf\xe9.jpg");
    g_autofree char *one = fg_report_check_json(full, &open);
    g_autofree char *two = fg_report_check_json(empty, &plain);
    g_autofree char *lines = g_strjoin("\n", one, two, NULL);
    assert_python(schema_program, lines);
}

static void
the_schema_knows_every_id(void **state)
{
    (void)state;
    if (!has_python("jsonschema"))
        skip();
    g_autoptr(FgCheck) check = empty_check("x");
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++)
        g_ptr_array_add(check->findings, fg_finding_new(kind->id, "xmp:dc:rights", NULL));
    g_autofree char *line = fg_report_check_json(check, &plain);
    assert_python(schema_program, line);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_there_and_in_its_place),
        cmocka_unit_test(values_are_there_only_when_asked_for),
        cmocka_unit_test(a_path_of_any_bytes_comes_back),
        cmocka_unit_test(what_is_absent_is_null_or_empty),
        cmocka_unit_test(the_schema_holds),
        cmocka_unit_test(the_schema_knows_every_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* filigrane.json, byte for byte and against its schema. */
#include "journal/shoot.h"

static void
the_manifest_is_as_the_contract_shows_it(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    g_clear_pointer(&shoot->plan, fg_plan_free);
    g_ptr_array_remove_index(shoot->profile->recipes, 0);
    shoot_add(shoot, shoot->in, "x.jpg", "x");
    shoot_add(shoot, shoot->in, "bad.jpg", "y");
    shoot_run(shoot, "bad.jpg", "env");
    g_autofree char *manifest = read_text(shoot->out, "filigrane.json");
    assert_string_equal(
        manifest,
        "{\n"
        "  \"filigrane\": 1,\n"
        "  \"profile\": \"p\",\n"
        "  \"rights\": {\n"
        "    \"creator\": [\n"
        "      \"Jane\"\n"
        "    ],\n"
        "    \"owner\": \"Jane\",\n"
        "    \"credit\": null,\n"
        "    \"source\": null,\n"
        "    \"instructions\": null,\n"
        "    \"terms\": {\n"
        "      \"en\": \"ask first\"\n"
        "    },\n"
        "    \"web_statement\": null,\n"
        "    \"licensor\": [],\n"
        "    \"contact\": {},\n"
        "    \"data_mining\": null,\n"
        "    \"other_constraints\": {},\n"
        "    \"tdm_policy\": null,\n"
        "    \"digital_source\": null\n"
        "  },\n"
        "  \"photos\": [\n"
        "    {\n"
        "      \"source\": \"x.jpg\",\n"
        "      \"sha256\": \"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\",\n"
        "      \"width\": 400,\n"
        "      \"height\": 300,\n"
        "      \"notice\": \"(c) Jane\",\n"
        "      \"title\": null,\n"
        "      \"caption\": null,\n"
        "      \"alt\": null,\n"
        "      \"date\": null,\n"
        "      \"colour\": \"#102030\",\n"
        "      \"placeholder\": \"data:image/webp;base64,AAAA\",\n"
        "      \"removed\": [\n"
        "        \"location.gps\"\n"
        "      ],\n"
        "      \"hdr\": null,\n"
        "      \"derivatives\": [\n"
        "        {\n"
        "          \"name\": \"thumb\",\n"
        "          \"path\": \"x-100.jpg\",\n"
        "          \"format\": \"jpeg\",\n"
        "          \"width\": 100,\n"
        "          \"height\": 75,\n"
        "          \"bytes\": 1,\n"
        "          \"sha256\": \"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\",\n"
        "          \"marks\": []\n"
        "        }\n"
        "      ]\n"
        "    }\n"
        "  ],\n"
        "  \"failed\": [\n"
        "    {\n"
        "      \"source\": \"bad.jpg\",\n"
        "      \"stage\": \"decode\",\n"
        "      \"id\": \"file.unreadable\",\n"
        "      \"message\": \"bad.jpg is cut\"\n"
        "    }\n"
        "  ]\n"
        "}\n");
}

static const char validate[] = "import json, sys\n"
                               "try:\n"
                               "    from jsonschema import Draft202012Validator as V\n"
                               "except ImportError:\n"
                               "    sys.exit(127)\n"
                               "schema = json.load(open(sys.argv[1]))\n"
                               "V.check_schema(schema)\n"
                               "for e in V(schema).iter_errors(json.load(open(sys.argv[2]))):\n"
                               "    print(e.json_path, e.message)\n";

/* What a validator of JSON Schema complains of, or NULL without one. */
static char *
complaints(const Shoot *shoot)
{
    g_autofree char *schema = fg_source_path("docs/schema/manifest.schema.json");
    g_autofree char *manifest = g_build_filename(shoot->out, "filigrane.json", NULL);
    int status;
    char *text = fg_witness(&status, "python3", "-c", validate, schema, manifest, NULL);
    if (status == 127)
        return NULL;
    assert_int_equal(status, 0);
    return text;
}

static void
the_manifest_keeps_to_its_schema(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "sub/x.jpg", "x");
    shoot_add(shoot, shoot->in, "bad.jpg", "y");
    shoot_run(shoot, "bad.jpg", "env");
    g_autofree char *none = complaints(shoot);
    if (!none)
        skip();
    assert_string_equal(none, "");
    g_autofree char *text = read_text(shoot->out, "filigrane.json");
    static const char *const changes[][2] = {{"\"filigrane\": 1", "\"filigrane\": 2"},
                                             {"\"path\": \"sub", "\"path\": \"../sub"},
                                             {"\"colour\": \"#", "\"colour\": \""},
                                             {"\"notice\"", "\"notices\""},
                                             {"\"format\": \"webp\"", "\"format\": \"heic\""}};
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(GString) changed = g_string_new(text);
        assert_int_equal(g_string_replace(changed, changes[i][0], changes[i][1], 1), 1);
        write_text(shoot->out, "filigrane.json", changed->str);
        g_autofree char *some = complaints(shoot);
        assert_string_not_equal(some, "");
    }
}

static void
rights_are_told_as_they_stand_in_the_files(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot->profile->rights->data_mining = g_strdup("prohibited");
    shoot->profile->rights->digital_source = g_strdup("digitalCapture");
    shoot_add(shoot, shoot->in, "x.jpg", "x");
    shoot_run(shoot, NULL, "env");
    g_autoptr(FgJson) manifest = shoot_manifest(shoot);
    const FgJson *rights = fg_json_get(manifest, "rights");
    assert_string_equal(fg_json_get_string(rights, "data_mining"),
                        "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED");
    assert_string_equal(fg_json_get_string(rights, "digital_source"),
                        "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture");
}

static void
a_name_that_is_no_utf8_has_one_entry(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "caf\xE9.jpg", "x");
    shoot_run(shoot, NULL, "env");
    shoot_run(shoot, NULL, "other env");
    g_autofree char *photos = shoot_sources(shoot, "photos");
    assert_string_equal(photos, "caf\xEF\xBF\xBD.jpg");
}

static void
an_entry_that_leads_out_of_the_folder_is_dropped(void **state)
{
    (void)state;
    g_autoptr(Shoot) shoot = shoot_new();
    shoot_add(shoot, shoot->in, "x.jpg", "x");
    shoot_run(shoot, NULL, "env");
    g_autofree char *text = read_text(shoot->out, "filigrane.json");
    static const char *const paths[] = {"/etc/x-100.jpg", "../x-100.jpg", "a/../../x-100.jpg", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GString) changed = g_string_new(text);
        g_string_replace(changed, "x-100.jpg", paths[i], 0);
        write_text(shoot->out, "filigrane.json", changed->str);
        g_autoptr(FgJournal) journal = shoot_read(shoot, 0, 0);
        assert_int_equal(fg_journal_count_files(journal, shoot_plan(shoot)), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manifest_is_as_the_contract_shows_it),
        cmocka_unit_test(the_manifest_keeps_to_its_schema),
        cmocka_unit_test(rights_are_told_as_they_stand_in_the_files),
        cmocka_unit_test(a_name_that_is_no_utf8_has_one_entry),
        cmocka_unit_test(an_entry_that_leads_out_of_the_folder_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <string.h>

#include "profile/profile_private.h"
#include "support/fixtures.h"

static FgNode *
parse(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    FgNode *node = fg_tree_parse("p.yaml", NULL, yaml, strlen(yaml), &error);
    assert_null(error);
    assert_non_null(node);
    return node;
}

static void
complains(const char *yaml, gsize length, const char *message)
{
    g_autoptr(GError) error = NULL;
    assert_null(fg_tree_parse("p.yaml", NULL, yaml, length, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PROFILE));
    assert_string_equal(error->message, message);
}

static void
refuses(const char *yaml, const char *message)
{
    complains(yaml, strlen(yaml), message);
}

static void
a_node_knows_its_line_and_column(void **state)
{
    (void)state;
    g_autoptr(FgNode) root = parse("a: é\nbé:\n  - x\n  - {c: \"d\"}\n");
    const FgNode *list = fg_node_get(root, "bé");
    const FgNode *map = list->items->pdata[1];
    const FgNode *value = fg_node_get(map, "c");
    assert_int_equal(list->line, 3);
    assert_int_equal(list->column, 3);
    assert_int_equal(map->column, 5);
    assert_int_equal(value->line, 4);
    assert_int_equal(value->column, 9);
    assert_false(value->plain);
    assert_true(((FgNode *)list->items->pdata[0])->plain);
    assert_null(fg_node_get(root, "c"));
    /* Columns count characters, not bytes. */
    g_autoptr(FgNode) accents = parse("é: b");
    assert_int_equal(fg_node_get(accents, "é")->column, 4);
}

static void
a_profile_is_one_document_without_tricks(void **state)
{
    (void)state;
    refuses("", "p.yaml:1:1: the profile is empty");
    refuses("# nothing\n", "p.yaml:1:1: the profile is empty");
    refuses("a: b\n---\nc: d\n", "p.yaml:2:1: a second document begins here; a profile is one");
    refuses("a: &x b\n", "p.yaml:1:4: anchors (&name) have no place in a profile; write the value again");
    refuses("a: *x\n", "p.yaml:1:4: aliases (*name) have no place in a profile; write the value again");
    refuses("a: !!str 5\n", "p.yaml:1:4: tags (!name) have no place in a profile; leave it out");
    refuses("a: !x [1]\n", "p.yaml:1:4: tags (!name) have no place in a profile; leave it out");
    refuses("a: &x {b: c}\n",
            "p.yaml:1:4: anchors (&name) have no place in a profile; write the value again");
}

static void
a_key_stands_once(void **state)
{
    (void)state;
    refuses("a: 1\nb:\n  c: 1\n  c: 2\n",
            "p.yaml:4:3: the key \"c\" stands here twice; it is on line 3 already");
    refuses("? [a]\n: b\n", "p.yaml:1:3: expected a key, not a list");
}

static void
broken_yaml_is_pointed_at(void **state)
{
    (void)state;
    refuses("a: [1, 2\n", "p.yaml:1:4: the bracket that opens here is never closed, or a comma is missing\n"
                          "    a: [1, 2");
    refuses("a:\n\t- b\n",
            "p.yaml:2:1: a tab stands where YAML wants spaces; put spaces in its place\n    \\x09- b");
    refuses("a: b\n\xff: c\n", "p.yaml:2:1: this text is no UTF-8; save the file as UTF-8\n    \\xFF: c");
    refuses("aé: \xc3", "p.yaml:1:5: this text is no UTF-8; save the file as UTF-8\n    aé: \\xC3");
    refuses("a: \"b\\0c\"\n", "p.yaml:1:4: this text holds a NUL character");
    complains("a: \0b", 5, "p.yaml:1:4: a control character stands here; take it out\n    a:");
}

static void
a_field_without_quotes_in_the_middle_of_a_text_gets_the_hint(void **state)
{
    (void)state;
    refuses("text: {creator}. All\n", "p.yaml:1:16: a text that holds {fields} wants quotes, as "
                                      "\"© {year} {creator}\"\n    text: {creator}. All");
    refuses("m: { text: © {creator}, size: 2% }\n",
            "p.yaml:1:14: a text that holds {fields} wants quotes, as \"© {year} {creator}\"\n    m: { text: "
            "© {creator}, size: 2% }");
}

static void
depth_and_size_are_bounded(void **state)
{
    (void)state;
    g_autofree char *deep = g_strnfill(17, '[');
    refuses(deep, "p.yaml:1:17: nested deeper than 16 levels");
    g_autoptr(GString) many = g_string_new("[");
    for (int i = 0; i < 6000; i++)
        g_string_append(many, "a,");
    g_string_append_c(many, ']');
    refuses(many->str, "p.yaml:1:10000: more than 5000 values");
    g_autofree char *letters = g_strnfill(64 * 1024 + 1, 'a');
    refuses(letters, "p.yaml:1:1: this text is over 64 KiB");
}

static void
what_is_shown_can_not_fool_a_terminal(void **state)
{
    (void)state;
    g_autofree char *shown = fg_show("a\x1b[31m");
    assert_string_equal(shown, "\"a\\x1B[31m\"");
    g_autofree char *letters = g_strnfill(70, 'a');
    g_autofree char *cut = fg_show(letters);
    assert_true(g_str_has_suffix(cut, "aaa…\""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_node_knows_its_line_and_column),
        cmocka_unit_test(a_profile_is_one_document_without_tricks),
        cmocka_unit_test(a_key_stands_once),
        cmocka_unit_test(broken_yaml_is_pointed_at),
        cmocka_unit_test(a_field_without_quotes_in_the_middle_of_a_text_gets_the_hint),
        cmocka_unit_test(depth_and_size_are_bounded),
        cmocka_unit_test(what_is_shown_can_not_fool_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

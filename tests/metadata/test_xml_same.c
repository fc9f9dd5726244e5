/* test_xml_same.c: packets of real cameras and programs, whole and broken in a thousand ways: what our reader
 * takes, libxml2 takes for the same. */
#include "metadata/metadata_private.h"
#include "metadata/trees.h"
#include "metadata/xmp_walk.h"
#include "support/fixtures.h"

#define SEED 20
#define BREAKS 150               /* of each packet */
#define LONGEST ((gsize)8 << 10) /* of those that are broken; longer ones hold nothing else */

static void
assert_same(const char *text, gsize length)
{
    gboolean same;
    if (g_utf8_validate(text, (gssize)length, NULL) && (read_both(text, length, &same), !same))
        fail_msg("%s", text);
}

/* What XML and RDF are made of, for places where it is not expected. */
static const char *const words[] = {
    "<",
    ">",
    "/>",
    "&",
    "]]>",
    "<![CDATA[",
    "<![CDATA[ <b> ]]>",
    "<!--",
    "-->",
    "<!-- - -->",
    "<?a b?>",
    "<?xml version='1.0'?>",
    "&amp;",
    "&#10;",
    "&#x41;",
    "&#xD;",
    "&nbsp;",
    "<!DOCTYPE a>",
    "\"",
    "'",
    "=",
    "\n",
    "\t",
    "\r",
    "é",
    "\xef\xbb\xbf",
    "\xef\xbf\xbe",
    ":",
    " xmlns='urn:a'",
    " xmlns=''",
    " xmlns:rdf='urn:a'",
    " xmlns:dc='http://www.w3.org/1999/02/22-rdf-syntax-ns#'",
    " xmlns:a='http://purl.org/dc/elements/1.1/' a:title='b'",
    " xml:lang='fr'",
    " xml:space='preserve'",
    " xml:id='a b'",
    " rdf:about=''",
    " rdf:parseType='Resource'",
    "<rdf:Seq>",
    "</rdf:Seq>",
    "<rdf:Alt><rdf:li xml:lang='x-default'>a</rdf:li></rdf:Alt>",
    "<rdf:Bag/>",
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'>",
    "</x:xmpmeta>",
    "<rdf:Description>",
    "</rdf:Description>",
};

/* Puts a word, or a stretch of the packet itself, in the place of another stretch, mostly of nothing. */
static void
break_text(GString *text, GRand *dice)
{
    gint32 length = (gint32)text->len, at = g_rand_int_range(dice, 0, length);
    gint32 gone = g_rand_boolean(dice) ? 0 : g_rand_int_range(dice, 0, MIN(length - at, 40) + 1);
    gint32 from = g_rand_int_range(dice, 0, length);
    g_autofree char *word =
        g_rand_int_range(dice, 0, 3) > 0
            ? g_strdup(words[g_rand_int_range(dice, 0, G_N_ELEMENTS(words))])
            : g_strndup(text->str + from, (gsize)g_rand_int_range(dice, 0, MIN(length - from, 200) + 1));
    g_string_erase(text, at, gone);
    g_string_insert(text, at, word);
}

/* A break goes where an attribute or an element may stand, so that some packets stay well-formed. */
static void
break_between(GString *text, GRand *dice)
{
    const char *word = words[g_rand_int_range(dice, 0, G_N_ELEMENTS(words))];
    gsize start = (gsize)g_rand_int_range(dice, 0, (gint32)text->len);
    gsize at = start + strcspn(text->str + start, *word == ' ' ? "/>" : "<");
    g_string_insert(text, (gssize)at, word);
}

static void
try_text(const char *text, gsize length, GRand *dice)
{
    assert_same(text, length);
    for (guint i = 0; length > 0 && length <= LONGEST && i < BREAKS; i++) {
        g_autoptr(GString) broken = g_string_new_len(text, (gssize)length);
        for (gint32 breaks = g_rand_int_range(dice, 1, 3); breaks > 0 && broken->len > 0; breaks--)
            (g_rand_boolean(dice) ? break_text : break_between)(broken, dice);
        assert_same(broken->str, strlen(broken->str));
    }
}

static void
try_packet(GBytes *packet, GRand *dice)
{
    gsize length;
    gboolean sound;
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (text)
        try_text(text, strlen(text), dice);
}

/* Calls `try_file` for each file in a folder. */
static void
each_file(const char *folder, void (*try_file)(GBytes *file, GRand *dice))
{
    g_autoptr(GRand) dice = g_rand_new_with_seed(SEED);
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    assert_non_null(entries);
    for (const char *name; (name = g_dir_read_name(entries));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GBytes) file = fg_slurp(path);
        try_file(file, dice);
    }
}

static void
packets_that_were_found_by_fuzzing_are_read_alike(void **state)
{
    (void)state;
    static const char *const folders[] = {"tests/fuzz/corpus/xmp", "tests/fuzz/corpus/xml"};
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = fg_source_path(folders[i]);
        each_file(folder, try_packet);
    }
}

static void
try_photo(GBytes *file, GRand *dice)
{
    g_autoptr(FgContainer) container = fg_container_read(file, NULL);
    for (guint i = 0; container && i < container->parts->len; i++) {
        const FgPart *part = container->parts->pdata[i];
        if (part->kind == FG_PART_XMP && part->bytes)
            try_packet(part->bytes, dice);
    }
}

static void
packets_of_real_photos_are_read_alike(void **state)
{
    (void)state;
    static const char *const folders[] = {"photos", "malformed"};
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *folder = fg_corpus_path(folders[i]);
        if (!folder)
            skip();
        each_file(folder, try_photo);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packets_that_were_found_by_fuzzing_are_read_alike),
        corpus_unit_test(packets_of_real_photos_are_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

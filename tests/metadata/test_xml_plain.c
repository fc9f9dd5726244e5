/* test_xml_plain.c: what our reader takes, libxml2 takes as the same; what is odd, ours leaves to it. */
#include "metadata/trees.h"
#include "support/fixtures.h"

#include <fcntl.h>
#include <unistd.h>

static void
plain_texts_are_read_as_libxml2_reads_them(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "<a/>",
        "<a></a>",
        "<a> </a>",
        "<a><!-- nothing --></a>",
        "<a>one<!-- two -->three<![CDATA[ <four> & ]]>five</a>",
        "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x20AC;&#x1F600;</a>",
        "<a b='&lt;&amp;&quot;' c=\"it's &#xe9;\"/>",
        "<a b='one\n\ttwo'> three\n\tfour </a>",
        "<a b=''/>",
        "<a xmlns='urn:one' b='1'><b xmlns=\"urn:two\"/><c/></a>",
        "<x:a xmlns:x='urn:x' x:b='1' b='2'><x:c xmlns:x='urn:y'>in</x:c><x:d>out</x:d></x:a>",
        "<a xml:lang='fr'><b xml:lang='x-default'>é</b>tail</a>",
        "<?xpacket begin='' id='W5M0'?>\n<a><b >1</b ><c\n>2</c></a>\n<?xpacket end='w'?>",
        "<a.b-c_d1><_/></a.b-c_d1>",
        "<a>]] &gt; ]>></a>",
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        gboolean same;
        if (!read_both(texts[i], strlen(texts[i]), &same) || !same)
            fail_msg("%s", texts[i]);
    }
}

static void
what_is_odd_or_broken_is_not_plain(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "<a>",
        "<a></b>",
        "<a></a></a>",
        "<a/><b/>",
        "<a/>text",
        "<a b='1' b='2'/>",
        "<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>",
        "<a xmlns:x='u' xmlns:x='v'/>",
        "<x:a/>",
        "<a x:b='1'/>",
        "<a b=1/>",
        "<a b='1'c='2'/>",
        "<a b='<'/>",
        "<a>&unknown;</a>",
        "<a>&#0;</a>",
        "<a>&#xFFFE;</a>",
        "<a>&#x110000;</a>",
        "<a>&#99999999999;</a>",
        "<a>]]></a>",
        "<a><!-- a -- b --></a>",
        "<a>\r\n</a>",
        "<a>\x01</a>",
        "<a>\xef\xbf\xbf</a>",
        "<é/>",
        "<a:b:c/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<?xml version='1.0' encoding='UTF-16'?><a/>",
        "<a xmlns:x=''/>",
        "<a xmlns:x='a&amp;b'/>",
        "<a xmlns:xml='urn:other'/>",
        "<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>",
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        gboolean same;
        if (read_both(texts[i], strlen(texts[i]), &same))
            fail_msg("%s", texts[i]);
    }
}

static void
depth_and_attributes_have_an_end(void **state)
{
    (void)state;
    g_autoptr(GString) deep = g_string_new(NULL), wide = g_string_new("<a");
    for (guint i = 0; i < 300; i++) {
        g_string_append(deep, "<a>");
        g_string_append_printf(wide, " b%u=''", i);
    }
    for (guint i = 0; i < 300; i++)
        g_string_append(deep, "</a>");
    g_string_append(wide, "/>");
    gboolean same;
    assert_false(read_both(deep->str, deep->len, &same));
    assert_false(read_both(wide->str, wide->len, &same));
}

static void
no_text_makes_libxml2_speak(void **state)
{
    (void)state;
    static const char *const texts[] = {"<a xml:id='b c'/>", "<a xml:space='no'>&b;</c>", "<a b='1' b='2'/>",
                                        "<x:a/><!DOCTYPE a>", "<a xmlns:x='::'/>"};
    g_autofree char *folder = fg_scratch(), *path = g_build_filename(folder, "heard", NULL);
    int stays = dup(STDERR_FILENO), file = open(path, O_RDWR | O_CREAT, 0600);
    dup2(file, STDERR_FILENO);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(FgXmlTree) tree = {0};
        fg_xml_read_other(&tree, texts[i], strlen(texts[i]));
    }
    dup2(stays, STDERR_FILENO);
    close(stays);
    close(file);
    g_autoptr(GBytes) heard = fg_slurp(path);
    assert_int_equal(g_bytes_get_size(heard), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_texts_are_read_as_libxml2_reads_them),
        cmocka_unit_test(what_is_odd_or_broken_is_not_plain),
        cmocka_unit_test(depth_and_attributes_have_an_end),
        cmocka_unit_test(no_text_makes_libxml2_speak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

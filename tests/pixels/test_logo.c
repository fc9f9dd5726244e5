#include "pixels/logo_private.h"
#include "support/fixtures.h"

#include <string.h>

#define SVG(attributes, inside)                                                                              \
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' " attributes         \
    ">" inside "</svg>"
#define BOX "viewBox='0 0 80 40'"

static FgRaster *
draw(const char *svg, int side, GError **error)
{
    g_autoptr(GBytes) file =
        g_bytes_new(svg, strlen(svg)); /* without the NUL, so that reading on is noticed */
    return fg_logo_draw(file, side, error);
}

static const guint8 *
at(const FgRaster *raster, int x, int y)
{
    return raster->data + (gsize)y * raster->stride + (gsize)x * 4;
}

static void
expect_refusal(const char *svg, const char *said)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FgRaster) raster = draw(svg, 64, &error);
    assert_null(raster);
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LOGO));
    if (!strstr(error->message, said))
        fail_msg("“%s” does not say “%s”", error->message, said);
}

static void
an_svg_fills_the_side_it_is_given(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = draw(
        SVG(BOX, "<rect width='40' height='40' fill='#c81'/><rect x='40' width='40' height='40' fill='#00f' "
                 "fill-opacity='.5'/>"),
        200, NULL);
    assert_non_null(raster);
    assert_int_equal(raster->width, 200);
    assert_int_equal(raster->height, 100);
    assert_int_equal(raster->bands, 4);
    assert_memory_equal(at(raster, 50, 50), "\xcc\x88\x11\xff", 4);
    /* Straight alpha: half transparent blue is full blue. */
    assert_int_equal(at(raster, 150, 50)[2], 255);
    assert_in_range(at(raster, 150, 50)[3], 126, 129);
}

static void
an_svg_may_refer_to_itself_and_carry_pictures(void **state)
{
    (void)state;
    g_autoptr(FgRaster) raster = draw(
        SVG(BOX, "<style>.a{fill:url(#g)}</style><defs><linearGradient id='g'><stop stop-color='#fff'/>"
                 "</linearGradient><rect id='r' width='9' height='40'/></defs><!-- a > b --><use href='#r' "
                 "class='a'/><use xlink:href=\"#r\" x='30' fill='url( \"#g\" )'/><image width='1' height='1' "
                 "href='data:image/png;base64,AAAA'/>"),
        80, NULL);
    assert_non_null(raster);
    assert_int_equal(at(raster, 35, 20)[3], 255);
}

static void
references_outside_the_file_are_refused(void **state)
{
    (void)state;
    static const char *const outside[] = {
        SVG(BOX, "<image href='https://example.org/a.png'/>"),
        SVG(BOX, "<image xlink:href='file:///etc/passwd'/>"),
        SVG(BOX, "<image xlink:href='&#x66;ile:///etc/passwd'/>"),
        SVG(BOX, "<use href='other.svg#a'/>"),
        SVG(BOX, "<image href='data:image/svg+xml;base64,AAAA'/>"),
        SVG(BOX, "<rect fill='url(other.svg#a)'/>"),
        SVG(BOX, "<rect style='fill:u&#114;l(other.svg#a)'/>"),
        SVG(BOX, "<rect style='fill:URL( \"http://x/\" )'/>"),
        SVG(BOX, "<style>rect{fill:url(http://x/#a)}</style>"),
        SVG(BOX, "<style><![CDATA[rect{fill:url('http://x/#a')}]]></style>"),
        SVG(BOX, "<a href='https://example.org'><rect/></a>"),
    };
    for (gsize i = 0; i < G_N_ELEMENTS(outside); i++)
        expect_refusal(outside[i], "outside itself");
    expect_refusal(SVG(BOX, "<style>@import 'a.css';</style>"), "imports a style sheet");
    expect_refusal("<?xml-stylesheet href='a.css'?>" SVG(BOX, "<rect/>"), "style sheet outside");
    expect_refusal(SVG("xml:base='http://x/' " BOX, "<rect/>"), "base");
    expect_refusal(SVG(BOX, "<style>rect{fill:u\\72l(http://x)}</style>"), "escapes");
    expect_refusal(SVG(BOX, "<style><![CDATA[</style> ]]></style>"), "can't be read");
}

static void
scripts_document_types_and_other_encodings_are_refused(void **state)
{
    (void)state;
    expect_refusal(SVG(BOX, "<script>1</script>"), "script");
    expect_refusal(SVG(BOX, "<svg:script>1</svg:script>"), "script");
    expect_refusal(SVG(BOX, "<foreignObject/>"), "foreignobject");
    expect_refusal(SVG("onload='x()' " BOX, "<rect/>"), "onload");
    expect_refusal("<!DOCTYPE svg [<!ENTITY a 'b'>]>" SVG(BOX, "<rect/>"), "DOCTYPE");
    expect_refusal("<?xml version='1.0' encoding='UTF-7'?>" SVG(BOX, "<rect/>"), "UTF-8");
    expect_refusal("<a>\xff</a>", "UTF-8");
    expect_refusal("\x1f\x8b\x08", "neither PNG nor SVG");
    expect_refusal("", "neither PNG nor SVG");
}

static void
broken_xml_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"<svg",   "<svg a=>",      "<svg a='",       "<svg><g>",
                                         "</svg>", "<svg a='1' b>", "< svg/>",        "<?",
                                         "<?xml",  "<svg><!-- ",    "<svg><![CDATA[", "<"};
    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++)
        expect_refusal(broken[i], "the SVG");
}

static void
a_bomb_of_references_is_refused_before_it_is_drawn(void **state)
{
    (void)state;
    g_autoptr(GString) svg =
        g_string_new("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect id='l0' "
                     "width='1' height='1'/>");
    for (int i = 1; i < 12; i++) {
        g_string_append_printf(svg, "<g id='l%d'>", i);
        for (int k = 0; k < 10; k++)
            g_string_append_printf(svg, "<use href='#l%d' x='1'/>", i - 1);
        g_string_append(svg, "</g>");
    }
    g_string_append(svg, "</svg>");
    expect_refusal(svg->str, "by reference");
    g_autoptr(GString) chain = g_string_new("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>");
    for (int i = 0; i < 15000; i++)
        g_string_append_printf(chain, "<use id='u%d' href='#u%d'/>", i, i + 1);
    g_string_append(chain, "</svg>");
    expect_refusal(chain->str, "by reference");
    expect_refusal(SVG(BOX, "<g id='a'><use href='#a'/></g>"), "in a circle");
    expect_refusal(SVG(BOX, "<style>rect{fill:url(#p)}</style><pattern id='p'><rect/></pattern><rect/>"),
                   "gradient");
}

static void
depth_count_and_size_are_bounded(void **state)
{
    (void)state;
    g_autoptr(GString) deep = g_string_new("<svg>"), many = g_string_new("<svg>");
    for (int i = 0; i < 200; i++)
        g_string_append(deep, "<g>");
    for (int i = 0; i <= FG_SVG_MAX_ELEMENTS; i++)
        g_string_append(many, "<g/>");
    g_string_append(many, "</svg>");
    expect_refusal(deep->str, "nests deeper");
    expect_refusal(many->str, "elements");
    g_autofree char *large = g_strnfill(FG_SVG_MAX_BYTES + 1, '<');
    expect_refusal(large, "4 MB");
    expect_refusal(SVG("viewBox='0 0 100000 1'", "<rect width='9' height='9'/>"), "64 times");
    expect_refusal(SVG("width='0' height='0'", "<rect/>"), "the SVG");
    expect_refusal(SVG(BOX, "<g/>"), "empty");
}

/* A PNG that ImageMagick's or vips' writer made would do; here the bytes of a 2 x 1 one, red and half
 * transparent green. */
static GBytes *
small_png(void)
{
    static const guint8 head[] = {0, 0, 0, 2, 0, 0, 0, 1, 8, 6, 0, 0, 0};
    static const guint8 rows[] = {0, 255, 0, 0, 255, 0, 255, 0, 128};
    g_autoptr(GBytes) packed = fg_deflate(rows, sizeof rows);
    GByteArray *png = g_byte_array_new();
    g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
    const struct {
        const char *type;
        const void *data;
        gsize length;
    } chunks[] = {{"IHDR", head, sizeof head},
                  {"IDAT", g_bytes_get_data(packed, NULL), g_bytes_get_size(packed)},
                  {"IEND", "", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(chunks); i++) {
        guint32 length = GUINT32_TO_BE((guint32)chunks[i].length);
        guint32 crc = fg_crc32(fg_crc32(0, chunks[i].type, 4), chunks[i].data, chunks[i].length);
        crc = GUINT32_TO_BE(crc);
        g_byte_array_append(png, (const guint8 *)&length, 4);
        g_byte_array_append(png, (const guint8 *)chunks[i].type, 4);
        g_byte_array_append(png, chunks[i].data, (guint)chunks[i].length);
        g_byte_array_append(png, (const guint8 *)&crc, 4);
    }
    return g_byte_array_free_to_bytes(png);
}

static void
a_png_keeps_its_alpha_and_is_never_enlarged(void **state)
{
    (void)state;
    g_autoptr(GBytes) png = small_png();
    g_autoptr(GError) error = NULL;
    g_autoptr(FgRaster) raster = fg_logo_draw(png, 64, &error);
    if (error)
        fail_msg("%s", error->message);
    assert_int_equal(raster->width, 2);
    assert_memory_equal(raster->data, "\xff\0\0\xff\0\xff\0\x80", 8);
}

static void
a_shrunken_png_weighs_colour_by_alpha(void **state)
{
    (void)state;
    g_autoptr(GBytes) png = small_png();
    g_autoptr(FgRaster) raster = fg_logo_draw(png, 1, NULL);
    assert_int_equal(raster->width, 1);
    assert_in_range(raster->data[0], 169, 170); /* 255 * 255 / 383 */
    assert_in_range(raster->data[3], 191, 192);
}

static void
a_damaged_png_is_refused(void **state)
{
    (void)state;
    g_autoptr(GBytes) png = small_png();
    gsize length;
    const guint8 *data = g_bytes_get_data(png, &length);
    for (gsize cut = 8; cut < length - 16; cut++) {
        g_autoptr(GBytes) part = g_bytes_new(data, cut);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgRaster) raster = fg_logo_draw(part, 64, &error);
        assert_null(raster);
        assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_LOGO));
    }
    g_autofree guint8 *huge = g_memdup2(data, length);
    huge[16] = 0x7f; /* the width: the check sum no longer fits either */
    g_autoptr(GBytes) bomb = g_bytes_new_static(huge, length);
    assert_null(fg_logo_draw(bomb, 64, NULL));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_svg_fills_the_side_it_is_given),
        cmocka_unit_test(an_svg_may_refer_to_itself_and_carry_pictures),
        cmocka_unit_test(references_outside_the_file_are_refused),
        cmocka_unit_test(scripts_document_types_and_other_encodings_are_refused),
        cmocka_unit_test(broken_xml_is_refused),
        cmocka_unit_test(a_bomb_of_references_is_refused_before_it_is_drawn),
        cmocka_unit_test(depth_count_and_size_are_bounded),
        cmocka_unit_test(a_png_keeps_its_alpha_and_is_never_enlarged),
        cmocka_unit_test(a_shrunken_png_weighs_colour_by_alpha),
        cmocka_unit_test(a_damaged_png_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

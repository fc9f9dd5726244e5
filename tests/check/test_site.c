#include "check/published.h"
#include "check/site_private.h"

/* ---- Addresses in pages ---- */

static void
note(const char *address, FgNamed named, guint line, gpointer data)
{
    g_string_append_printf(data, "%u%s %s\n", line, named == FG_NAMED_PICTURE ? "!" : "", address);
}

static void
assert_scanned(const char *page, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(page, strlen(page));
    fg_site_scan_html(bytes, note, found, NULL);
    assert_string_equal(found->str, expected);
}

static void
every_way_to_name_a_picture_is_seen(void **state)
{
    (void)state;
    assert_scanned("<!doctype html>\n<img src=a.jpg alt='x>y'>\n<IMG\n SRC = \"b.jpg\"\n>",
                   "2! a.jpg\n4! b.jpg\n");
    assert_scanned("<img srcset='a-1.jpg 1x,a-2.jpg 2x, a-3.jpg'>", "1! a-1.jpg\n1! a-2.jpg\n1! a-3.jpg\n");
    assert_scanned("<picture><source srcset=\"a.avif 480w,\n b,c.avif 960w\"></picture>",
                   "1! a.avif\n1! b,c.avif\n");
    assert_scanned("<video poster=p.jpg src=v.mp4></video>", "1 v.mp4\n1! p.jpg\n");
    assert_scanned("<p style=\"background:url( 'a b.jpg' )\">", "1 a b.jpg\n");
    assert_scanned("<style>\n/* url(no.jpg) */\n a { background: URL(x.png), url(\"y.png\") }</style>",
                   "3 x.png\n3 y.png\n");
    assert_scanned(
        "<script type=application/ld+json>\n{\"image\":\n [\"a.jpg\", {\"contentUrl\":\"b.jpg\"}]}</script>",
        "3 a.jpg\n3 b.jpg\n");
}

static void
what_only_looks_like_a_picture_is_not(void **state)
{
    (void)state;
    assert_scanned("<!-- <img src=a.jpg> -->", "");
    assert_scanned("<script>var s = '<img src=a.jpg>';</script>", "");
    assert_scanned("<textarea><img src=a.jpg></textarea>", "");
    assert_scanned("a < b src=a.jpg <3", "");
    assert_scanned("<script src=a.js></script><iframe src=a.html></iframe>", "");
}

static void
broken_pages_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    assert_scanned("<img src=a.jpg", "1! a.jpg\n");
    assert_scanned("<img src='a.jpg", "1! a.jpg\n");
    assert_scanned("<img =src src='a.jpg'/ src=b.jpg>", "1! a.jpg\n");
    assert_scanned("<style>a{background:url(a.png", "1 a.png\n");
    assert_scanned("<script type=application/ld+json>{\"image\":", "");
    assert_scanned("<!-- never <img src=a.jpg>", "");
}

static void
entities_are_resolved(void **state)
{
    (void)state;
    assert_scanned("<img src='a&amp;b&#x20;c&#100;&quot;&bogus;&.jpg'>", "1! a&b cd\"&bogus;&.jpg\n");
}

/* ---- From addresses to files ---- */

static void
an_address_leads_to_a_file_of_the_folder_or_to_none(void **state)
{
    (void)state;
    static const struct {
        const char *address, *page, *base, *url, *path;
    } rows[] = {
        {"a.jpg", "index.html", NULL, NULL, "a.jpg"},
        {"a.jpg", "b/c/index.html", NULL, NULL, "b/c/a.jpg"},
        {"../a.jpg?v=2#x", "b/c/index.html", NULL, NULL, "b/a.jpg"},
        {"/a.jpg", "b/index.html", NULL, NULL, "a.jpg"},
        {"../../../etc/a.jpg", "b/index.html", NULL, NULL, "etc/a.jpg"},
        {"%2E./%2e%2e/a.jpg", "b/c/index.html", NULL, NULL, "a.jpg"},
        {"a%20b%C3%A9.jpg", "index.html", NULL, NULL, "a bé.jpg"},
        {"a%2Fb.jpg", "index.html", NULL, NULL, NULL},
        {"a%00.jpg", "index.html", NULL, NULL, NULL},
        {"100%.jpg", "50%20/index.html", NULL, NULL, "50%20/100%.jpg"},
        {"data:image/png;base64,AAAA", "index.html", NULL, NULL, NULL},
        {"https://example.org/a.jpg", "index.html", NULL, NULL, NULL},
        {"https://EXAMPLE.org/a.jpg", "index.html", NULL, "https://example.org", "a.jpg"},
        {"//example.org/p/a.jpg", "index.html", NULL, "https://example.org/p/", "a.jpg"},
        {"https://example.org.evil/a.jpg", "index.html", NULL, "https://example.org", NULL},
        {"/p/a.jpg", "b/index.html", NULL, "https://example.org/p", "a.jpg"},
        {"/other/a.jpg", "b/index.html", NULL, "https://example.org/p", NULL},
        {"/pq/a.jpg", "b/index.html", NULL, "https://example.org/p", NULL},
        {"a.jpg", "b/index.html", NULL, "https://example.org/p", "b/a.jpg"},
        {"a.jpg", "b/index.html", "/media/", NULL, "media/a.jpg"},
        {"a.jpg", "b/index.html", "img/x.html", NULL, "b/img/a.jpg"},
        {"a.jpg", "b/index.html", "https://elsewhere.org/", NULL, NULL},
        {"/a.jpg", "b/index.html", "/media/", NULL, "a.jpg"},
        {"", "index.html", NULL, NULL, NULL},
        {"#top", "index.html", NULL, NULL, NULL},
        {"?x", "index.html", NULL, NULL, NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = fg_site_path(rows[i].address, rows[i].page, rows[i].base, rows[i].url);
        if (g_strcmp0(path, rows[i].path) != 0)
            fail_msg("%s leads to %s, not to %s", rows[i].address, path ? path : "nothing",
                     rows[i].path ? rows[i].path : "nothing");
    }
}

/* ---- Whole sites ---- */

static void
take(FgCheck *check, gpointer data)
{
    g_ptr_array_add(data, check);
}

static void
free_check(gpointer check)
{
    fg_check_free(check);
}

static GPtrArray *
check_site(const char *folder)
{
    static const FgCheckOptions options = {0};
    GPtrArray *checks = g_ptr_array_new_with_free_func(free_check);
    g_autoptr(GError) error = NULL;
    if (!fg_check_site(folder, NULL, &options, take, checks, NULL, &error))
        fail_msg("%s", error->message);
    return checks;
}

static void
put_page(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void
a_missing_picture_is_told_with_page_and_line(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *photo = spill_published(rights, NULL, FG_FORMAT_JPEG);
    g_autofree char *folder = g_path_get_dirname(photo);
    put_page(folder, "index.html", "<p>\n<img src=photo.jpg><img src=photo.jpg>\n<img src=gone.jpg>");
    g_autoptr(GPtrArray) checks = check_site(folder);
    assert_int_equal(checks->len, 2);
    const FgCheck *gone = checks->pdata[0], *there = checks->pdata[1];
    assert_true(g_str_has_suffix(gone->path, "/gone.jpg"));
    assert_true(g_str_has_suffix(gone->page, "/index.html"));
    assert_int_equal(gone->line, 3);
    assert_int_equal(gone->verdict, FG_FAIL);
    const FgFinding *finding = gone->findings->pdata[0];
    assert_string_equal(finding->id, "site.missing");
    assert_non_null(strstr(finding->message, "/index.html:3)"));
    assert_int_equal(there->verdict, FG_PASS);
    assert_int_equal(there->line, 2);
}

static void
a_link_out_of_the_folder_leads_to_nothing(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *photo = spill_published(rights, NULL, FG_FORMAT_JPEG), *folder = fg_scratch();
    g_autofree char *link = g_build_filename(folder, "a.jpg", NULL);
    assert_int_equal(symlink(photo, link), 0);
    put_page(folder, "index.html", "<img src=a.jpg>");
    g_autoptr(GPtrArray) checks = check_site(folder);
    assert_int_equal(checks->len, 1);
    assert_non_null(finding_in(checks->pdata[0], "site.missing"));
}

static void
a_folder_without_pages_is_no_site(void **state)
{
    (void)state;
    const FgCheckOptions options = {0};
    g_autofree char *folder = fg_scratch();
    g_autoptr(GPtrArray) checks = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    assert_false(fg_check_site(folder, NULL, &options, take, checks, NULL, &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_PATH));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_name_a_picture_is_seen),
        cmocka_unit_test(what_only_looks_like_a_picture_is_not),
        cmocka_unit_test(broken_pages_are_read_as_far_as_they_go),
        cmocka_unit_test(entities_are_resolved),
        cmocka_unit_test(an_address_leads_to_a_file_of_the_folder_or_to_none),
        cmocka_unit_test(a_missing_picture_is_told_with_page_and_line),
        cmocka_unit_test(a_link_out_of_the_folder_leads_to_nothing),
        cmocka_unit_test(a_folder_without_pages_is_no_site),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

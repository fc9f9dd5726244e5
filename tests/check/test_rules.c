#include "check/published.h"

static void
a_published_file_passes_its_profile(void **state)
{
    (void)state;
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    g_autoptr(FgProfile) profile = load_profile(PROFILE);
    g_autoptr(FgRights) rights = rights_of_2026(profile);
    g_autoptr(FgFacts) all = full_facts();
    g_autoptr(FgFacts) kept = fg_facts_kept(all, profile->keep);
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *path = spill_published(rights, kept, formats[i]);
        g_autoptr(FgCheck) check = check_with(path, profile, TRUE);
        for (guint j = 0; j < check->findings->len; j++) {
            const FgFinding *finding = g_ptr_array_index(check->findings, j);
            if (finding->severity > FG_SEVERITY_INFO)
                fail_msg("%s: %s at %s", check->format, finding->id, finding->where);
        }
        assert_int_equal(check->verdict, FG_PASS);
    }
}

static void
any_year_or_none_will_do(void **state)
{
    (void)state;
    static const char *const notices[] = {"© 1999 Christian Allegret. Tous droits réservés.",
                                          "© Christian Allegret. Tous droits réservés."};
    g_autoptr(FgProfile) profile = load_profile(PROFILE);
    for (guint i = 0; i < G_N_ELEMENTS(notices); i++) {
        g_autoptr(FgRights) rights = rights_of_2026(profile);
        g_free(rights->copyright);
        rights->copyright = g_strdup(notices[i]);
        g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_JPEG);
        g_autoptr(FgCheck) check = check_with(path, profile, FALSE);
        assert_null(finding_in(check, "rights.differs"));
    }
}

static void
set_text(char **field, const char *text)
{
    g_free(*field);
    *field = g_strdup(text);
}

/* Changes one right; FALSE when there are no more to change. */
static gboolean
change(FgRights *rights, guint which, const char **where)
{
    switch (which) {
    case 0:
        set_text(&rights->copyright, "© 20260 Christian Allegret. Tous droits réservés.");
        return *where = "xmp:dc:rights", TRUE;
    case 1:
        set_text(&rights->creators[0], "Christian Allegre");
        return *where = "xmp:dc:creator", TRUE;
    case 2:
        set_text(&rights->owner, "Sarl Carthus");
        return *where = "xmp:plus:CopyrightOwner", TRUE;
    case 3:
        set_text(&rights->credit, NULL);
        return *where = "xmp:photoshop:Credit", TRUE;
    case 4:
        set_text(&rights->source, "More than was stated");
        return *where = "xmp:photoshop:Source", TRUE;
    case 5:
        set_text(&rights->web_statement, "https://www.example.com/other");
        return *where = "xmp:xmpRights:WebStatement", TRUE;
    case 6:
        set_text(&((FgLangText *)g_ptr_array_index(rights->terms, 1))->text, "Allowed.");
        return *where = "xmp:xmpRights:UsageTerms", TRUE;
    case 7:
        set_text(&((FgLicensor *)g_ptr_array_index(rights->licensors, 0))->url,
                 "https://elsewhere.example.com");
        return *where = "xmp:plus:Licensor", TRUE;
    case 8:
        set_text(&rights->contact.email, "other@example.com");
        return *where = "xmp:Iptc4xmpCore:CreatorContactInfo", TRUE;
    case 9:
        set_text(&rights->data_mining, "allowed");
        return *where = "xmp:plus:DataMining", TRUE;
    case 10:
        set_text(&rights->job_title, "Director");
        return *where = "xmp:photoshop:AuthorsPosition", TRUE;
    case 11:
        set_text(&rights->digital_source, "composite");
        return *where = "xmp:Iptc4xmpExt:DigitalSourceType", TRUE;
    case 12:
        set_text(&rights->instructions, "Crop it");
        return *where = "xmp:photoshop:Instructions", TRUE;
    default:
        return FALSE;
    }
}

static void
each_right_that_differs_is_named(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load_profile(PROFILE);
    for (guint which = 0;; which++) {
        g_autoptr(FgRights) rights = rights_of_2026(profile);
        const char *where = NULL;
        if (!change(rights, which, &where))
            break;
        g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_JPEG);
        g_autoptr(FgCheck) check = check_with(path, profile, FALSE);
        gboolean named = FALSE;
        for (guint i = 0; i < check->findings->len; i++) {
            const FgFinding *finding = g_ptr_array_index(check->findings, i);
            named =
                named || (strcmp(finding->id, "rights.differs") == 0 && strcmp(finding->where, where) == 0);
        }
        if (!named)
            fail_msg("%s was not told", where);
        assert_int_equal(check->verdict, FG_FAIL);
    }
}

static void
a_stranger_s_notice_is_foreign(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load_profile(PROFILE);
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_WEBP);
    g_autoptr(FgCheck) check = check_with(path, profile, FALSE);
    assert_non_null(finding_in(check, "copyright.foreign"));
}

static void
every_leak_is_an_error_but_what_is_kept(void **state)
{
    (void)state;
    g_autoptr(FgProfile) profile = load_profile(PROFILE);
    const Entry entries[] = {ASCII(0x0131, "Tool"), ASCII(0xa435, "L-1")};
    const Ifd ifds[] = {IFD(entries)};
    g_autoptr(GBytes) exif = tiff_block(FALSE, ifds, 1, 0);
    g_autoptr(GBytes) xmp = packet(
        "photoshop:City=\"Paris\" photoshop:TransmissionReference=\"J-1\" xmpMM:DocumentID=\"D-1\"", "");
    g_autofree char *path = spill_jpeg(exif, xmp, NULL);
    static const char *const ids[] = {"personal.software", "serial.lens", "location.text"};
    g_autoptr(FgCheck) plain = check_with(path, NULL, FALSE);
    g_autoptr(FgCheck) check = check_with(path, profile, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        assert_int_equal(finding_in(plain, ids[i])->severity, FG_SEVERITY_WARNING);
        assert_int_equal(finding_in(check, ids[i])->severity, FG_SEVERITY_ERROR);
    }
    /* What ties a photo to others tells of the work, not of a person. */
    assert_int_equal(finding_in(check, "id.document")->severity, FG_SEVERITY_WARNING);
    assert_int_equal(finding_in(check, "workflow.id")->severity, FG_SEVERITY_INFO);
    /* The country is kept by this profile, where our own files have it. */
    g_autoptr(FgRights) rights = rights_of_2026(profile);
    g_autoptr(FgFacts) facts = fg_facts_new();
    facts->country = g_strdup("France");
    g_autofree char *own = spill_published(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(FgCheck) kept = check_with(own, profile, FALSE);
    assert_int_equal(finding_in(kept, "location.text")->severity, FG_SEVERITY_INFO);
    profile->keep = 0;
    g_autoptr(FgCheck) not_kept = check_with(own, profile, FALSE);
    assert_int_equal(finding_in(not_kept, "location.text")->severity, FG_SEVERITY_ERROR);
}

static void
format_and_size_must_be_the_profile_s(void **state)
{
    (void)state;
    g_autoptr(FgProfile) small =
        load_profile("derivatives:\n  - { name: a, long_edge: 12, formats: [webp] }\n"
                     "  - { name: b, width: 14, height: 14, crop: centre, formats: [webp] }\n");
    g_autoptr(FgProfile) wide = load_profile("derivatives:\n  - { name: a, width: 16, formats: [jpeg] }\n");
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *path = spill_published(rights, NULL, FG_FORMAT_JPEG); /* 16 x 8 */
    g_autoptr(FgCheck) refused = check_with(path, small, FALSE);
    assert_non_null(finding_in(refused, "format.not-allowed"));
    assert_non_null(finding_in(refused, "size.not-allowed"));
    g_autoptr(FgCheck) allowed = check_with(path, wide, FALSE);
    assert_null(finding_in(allowed, "format.not-allowed"));
    assert_null(finding_in(allowed, "size.not-allowed"));
    /* A profile without rights asks for none. */
    assert_null(finding_in(allowed, "rights.differs"));
    assert_null(finding_in(allowed, "copyright.foreign"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_published_file_passes_its_profile),
        cmocka_unit_test(any_year_or_none_will_do),
        cmocka_unit_test(each_right_that_differs_is_named),
        cmocka_unit_test(a_stranger_s_notice_is_foreign),
        cmocka_unit_test(every_leak_is_an_error_but_what_is_kept),
        cmocka_unit_test(format_and_size_must_be_the_profile_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

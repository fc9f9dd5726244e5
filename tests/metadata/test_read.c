#include "metadata/blocks.h"
#include "metadata/stating.h"

static const char *const personal_families[] = {"location.",  "serial.",  "personal.",
                                                "makernote.", "preview.", "trailing."};

static gboolean
is_personal(const char *id)
{
    for (guint i = 0; i < G_N_ELEMENTS(personal_families); i++)
        if (g_str_has_prefix(id, personal_families[i]))
            return TRUE;
    return FALSE;
}

static void
our_own_files_raise_no_alarm(void **state)
{
    (void)state;
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    static const char *const harmless[] = {"time.precise", "icc.missing", "copyright.truncated", "tdm."};
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement statement = statement_of(rights, facts, formats[i]);
        g_autoptr(GError) error = NULL;
        g_autoptr(FgOwnedDress) owned = fg_metadata_dress(&statement, &error);
        g_autoptr(GBytes) naked = naked_picture(formats[i]);
        g_autoptr(GBytes) file = fg_container_dress(naked, formats[i], &owned->dress, &error);
        assert_null(error);
        g_autoptr(FgContainer) container = fg_container_read(file, &error);
        assert_null(error);
        g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
        for (guint j = 0; j < metadata->findings->len; j++) {
            const FgFinding *finding = g_ptr_array_index(metadata->findings, j);
            /* The city was asked for, in the one property where it is written. */
            gboolean expected =
                strcmp(finding->id, "location.text") == 0 && strstr(finding->where, "LocationShown");
            for (guint k = 0; k < G_N_ELEMENTS(harmless); k++)
                expected = expected || g_str_has_prefix(finding->id, harmless[k]);
            if (!expected)
                fail_msg("%s: %s at %s", fg_format_name(formats[i]), finding->id, finding->where);
        }
        assert_string_equal(metadata->rights->copyright, rights->copyright);
        assert_string_equal(metadata->rights->creators[1], rights->creators[1]);
        assert_string_equal(metadata->rights->contact.city, rights->contact.city);
        assert_string_equal(metadata->rights->owner, rights->owner);
        assert_int_equal(metadata->rights->terms->len, 2);
        assert_string_equal(metadata->rights->data_mining, "prohibited");
        assert_string_equal(metadata->facts->caption, facts->caption);
        assert_string_equal(metadata->facts->keywords[1], "neige");
        assert_string_equal(metadata->facts->city, "Crolles");
        assert_string_equal(metadata->facts->date, facts->date);
        assert_int_equal(metadata->marked, 1);
    }
}

static void
a_naked_file_raises_no_alarm(void **state)
{
    (void)state;
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(GBytes) naked = naked_picture(formats[i]);
        g_autoptr(FgContainer) container = fg_container_read(naked, NULL);
        g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
        for (guint j = 0; j < metadata->findings->len; j++) {
            const FgFinding *finding = g_ptr_array_index(metadata->findings, j);
            assert_false(is_personal(finding->id));
        }
        assert_int_equal(metadata->personal->len, 0);
        assert_non_null(find(metadata, "copyright.missing"));
        assert_non_null(find(metadata, "tdm.unreserved"));
    }
}

static FgMetadata *
read_named(FgFormat format, FgPartKind kind, const char *name, const void *data, gsize length)
{
    FgContainer *container = bare_container(format);
    add_part(container, kind, name, g_bytes_new(data, length));
    FgMetadata *metadata = fg_metadata_read(container);
    free_bare(container);
    return metadata;
}

#define READ(format, kind, name, text) read_named(format, kind, name, text, sizeof(text) - 1)

static void
two_blocks_of_a_kind_are_both_read(void **state)
{
    (void)state;
    FgContainer *container = bare_container(FG_FORMAT_JPEG);
    const Entry entries[] = {ASCII(0x8298, "© Jane")};
    const Ifd ifds[] = {IFD(entries)};
    add_part(container, FG_PART_EXIF, NULL, tiff_block(TRUE, ifds, 1, 0));
    add_part(container, FG_PART_EXIF, NULL, gps_block(FALSE))->late = TRUE;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    assert_string_equal(metadata->exif.notice, "© Jane");
    assert_null(metadata->facts->make);
    assert_non_null(find(metadata, "location.gps"));
    assert_non_null(find(metadata, "structure.duplicate"));
    assert_non_null(find(metadata, "structure.order"));
}

static void
the_same_block_in_two_places_is_no_conflict(void **state)
{
    (void)state;
    GByteArray *sets = g_byte_array_new(), *irb = g_byte_array_new();
    put_dataset(sets, 2, 80, "Jane", 4);
    put_dataset(sets, 2, 90, "Paris", 5);
    GBytes *iim = g_byte_array_free_to_bytes(sets);
    put_resource(irb, 0x0404, iim);
    FgContainer *container = bare_container(FG_FORMAT_TIFF);
    add_part(container, FG_PART_IIM, NULL, iim);
    add_part(container, FG_PART_IRB, NULL, g_byte_array_free_to_bytes(irb));
    add_part(container, FG_PART_XMP, NULL,
             packet("", "<dc:creator><rdf:Seq><rdf:li>Jane</rdf:li></rdf:Seq></dc:creator>"));
    add_part(container, FG_PART_XMP, NULL,
             packet("", "<dc:creator><rdf:Seq><rdf:li>Jane</rdf:li></rdf:Seq></dc:creator>"));
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    assert_null(find(metadata, "creator.conflict"));
    assert_int_equal(g_strv_length(metadata->rights->creators), 1);
    assert_int_equal(metadata->personal->len, 2);
}

static void
png_text_is_rights_or_personal(void **state)
{
    (void)state;
    FgContainer *container = bare_container(FG_FORMAT_PNG);
    static const char *const texts[][2] = {
        {"Copyright", "© Jane"},      {"Author", "Jane"},          {"Comment", "for Paul"},
        {"Software", "Tool"},         {"parameters", "a cat"},     {"Location", "Paris"},
        {"exif:GPSLatitude", "41/1"}, {"Mood", "45.1234, 5.6789"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        add_part(container, FG_PART_TEXT, texts[i][0], g_bytes_new_static(texts[i][1], strlen(texts[i][1])));
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    assert_string_equal(metadata->png.notice, "© Jane");
    assert_string_equal(metadata->rights->creators[0], "Jane");
    assert_string_equal(where_of(metadata, "personal.comment"), "png:Comment");
    assert_string_equal(value_of(metadata, "personal.comment"), "for Paul");
    assert_string_equal(value_of(metadata, "personal.software"), "Tool");
    assert_string_equal(value_of(metadata, "personal.prompt"), "a cat");
    assert_string_equal(value_of(metadata, "location.text"), "Paris");
    assert_true(has_personal(metadata, "png:exif:GPSLatitude", "41/1"));
    assert_true(has_personal(metadata, "png:Mood", "45.1234, 5.6789"));
    assert_non_null(find(metadata, "ai.undeclared"));
}

static void
a_raw_profile_of_no_known_form_is_searched(void **state)
{
    (void)state;
    /* "at 45.1234, 5.6789" */
    g_autoptr(FgMetadata) metadata = READ(FG_FORMAT_PNG, FG_PART_TEXT, "Raw profile type other",
                                          "\nother\n  18\n61742034352e3132\n33342c20352e36373839\n");
    assert_true(has_personal(metadata, "png:profile", "at 45.1234, 5.6789"));
}

static void
a_comment_is_personal_unless_an_encoder_wrote_it(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) person = READ(FG_FORMAT_JPEG, FG_PART_COMMENT, NULL, "at aunt Marie's");
    assert_string_equal(value_of(person, "personal.comment"), "at aunt Marie's");
    g_autoptr(FgMetadata) encoder = READ(FG_FORMAT_JPEG, FG_PART_COMMENT, NULL, "CREATOR: gd-jpeg v1.0");
    assert_null(find(encoder, "personal.comment"));
    assert_non_null(find(encoder, "personal.software"));
}

static void
a_trailer_is_told_by_what_it_is(void **state)
{
    (void)state;
    const struct {
        const char *bytes;
        gsize length;
        const char *id, *words;
    } cases[] = {
        {"MotionPhoto_Data\0\0\0\x18"
         "ftypmp42\0\0\0\0mp42isom",
         36, "trailing.motion", "video"},
        {"some dataSEFH\0\0\0\0SEFT", 21, "trailing.data", "Samsung"},
        {"\xff\xd8\xff\xd9", 4, "trailing.data", "another picture"},
        {"PK\3\4zip", 7, "trailing.data", "ZIP"},
        {"what is this?", 13, "trailing.data", "unknown"},
        {"\0\0\0\0\0\0\0\0", 8, "trailing.data", ""},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(FgMetadata) metadata =
            read_named(FG_FORMAT_JPEG, FG_PART_TRAILER, NULL, cases[i].bytes, cases[i].length);
        assert_string_equal(where_of(metadata, cases[i].id), "container:trailer");
        assert_non_null(strstr(find(metadata, cases[i].id)->message, cases[i].words));
    }
    g_autoptr(FgMetadata) zeros = read_named(FG_FORMAT_JPEG, FG_PART_TRAILER, NULL, "\0\0\0", 3);
    assert_int_equal(find(zeros, "trailing.data")->severity, FG_SEVERITY_INFO);
}

static void
the_place_of_a_motion_photo_is_found(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata =
        READ(FG_FORMAT_JPEG, FG_PART_TRAILER, NULL,
             "\0\0\0\x18"
             "ftypmp42\0\0\0\0mp42isom\0\0\0\x2amoov\0\0\0\x22udta\0\0\0\x1a\xa9xyz\0\x12\x15\xc7"
             "+41.1408+017.5968/");
    assert_string_equal(value_of(metadata, "location.gps"), "+41.1408+017.5968");
}

static void
a_second_picture_behind_the_first_is_looked_into(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(TRUE);
    g_autofree char *path = spill_jpeg(gps, NULL, NULL);
    g_autoptr(GBytes) second = fg_slurp(path);
    g_autoptr(FgMetadata) metadata = read_block(FG_FORMAT_WEBP, FG_PART_TRAILER, g_bytes_ref(second));
    assert_string_equal(where_of(metadata, "location.gps"), "container:trailer/exif:GPS/0x0002");
}

static void
private_data_is_personal_and_searched(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) text = READ(FG_FORMAT_PNG, FG_PART_PRIVATE, "chunk prVt", "somebody's diary");
    assert_string_equal(where_of(text, "personal.comment"), "container:chunk prVt");
    g_autoptr(FgMetadata) maker = READ(FG_FORMAT_JPEG, FG_PART_PRIVATE, "APP7", "\1\2\3\4\5\6\7");
    assert_non_null(find(maker, "makernote.present"));
    g_autoptr(FgMetadata) colour = READ(FG_FORMAT_JPEG, FG_PART_PRIVATE, "Adobe", "\0\0\0\0");
    assert_int_equal(colour->personal->len, 0);
    g_autoptr(FgMetadata) hidden = read_block(FG_FORMAT_JPEG, FG_PART_PRIVATE, gps_block(FALSE));
    assert_non_null(find(hidden, "location.gps"));
    g_autoptr(FgMetadata) manifest =
        READ(FG_FORMAT_JPEG, FG_PART_C2PA, NULL, "jumb{\"exif:GPSLatitude\":\"41\",\"id\":\"xmp.did:0815\"}");
    assert_non_null(find(manifest, "c2pa.present"));
    assert_non_null(find(manifest, "location.gps"));
    assert_string_equal(value_of(manifest, "id.document"), "xmp.did:0815");
}

static void
pictures_beside_the_picture_are_told(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) thumbnail = READ(FG_FORMAT_JPEG, FG_PART_THUMBNAIL, "JFXX", "\x13\1\1\0\0\0");
    assert_string_equal(where_of(thumbnail, "preview.embedded"), "container:here JFXX");
    g_autoptr(FgMetadata) depth = READ(FG_FORMAT_HEIC, FG_PART_AUXILIARY, "depth", "\1\2\3");
    assert_non_null(find(depth, "container.aux-image"));
}

static void
a_profile_of_ones_own_monitor_is_told(void **state)
{
    (void)state;
    guint8 profile[144] = {0};
    profile[131] = 1;
    memcpy(profile + 132, "mmod", 4);
    g_autoptr(FgMetadata) monitor = read_named(FG_FORMAT_JPEG, FG_PART_ICC, NULL, profile, sizeof profile);
    assert_non_null(find(monitor, "icc.device"));
    assert_true(monitor->has_icc);
    memcpy(profile + 132, "desc", 4);
    g_autoptr(FgMetadata) plain = read_named(FG_FORMAT_JPEG, FG_PART_ICC, NULL, profile, sizeof profile);
    assert_null(find(plain, "icc.device"));
    assert_null(find(plain, "icc.missing"));
}

static void
ten_thousand_comments_are_told_in_a_few_lines(void **state)
{
    (void)state;
    FgContainer *container = bare_container(FG_FORMAT_JPEG);
    for (guint i = 0; i < 10000; i++) {
        g_autofree char *where = g_strdup_printf("COM[%u]", i);
        FgPart *part = add_part(container, FG_PART_COMMENT, NULL, g_bytes_new(where, strlen(where)));
        g_free(part->where);
        part->where = g_steal_pointer(&where);
    }
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    assert_in_range(metadata->findings->len, 10, 100);
    assert_in_range(metadata->personal->len, 1000, 4096);
}

/* What the real camera files of the shared corpus hold, as another program wrote it down. */
static gboolean
agrees(const FgMetadata *metadata, const char *category)
{
    static const struct {
        const char *category, *families[4];
    } rows[] = {
        {"gps", {"location.gps", "location.sensor"}},
        {"place_names", {"location.text"}},
        {"serials_ids", {"serial.", "id."}},
        {"embedded_images", {"preview.", "container.aux-image", "trailing."}},
        {"trailers", {"trailing.motion"}},
        {"owner_names", {"personal."}},
        {"rights", {"copyright.blank"}},
    };
    const FgRights *rights = metadata->rights;
    if (strcmp(category, "rights") == 0 && (rights->copyright || metadata->marked >= 0))
        return TRUE;
    if (strcmp(category, "owner_names") == 0 && (rights->creators || rights->credit))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        for (guint j = 0; strcmp(rows[i].category, category) == 0 && rows[i].families[j]; j++)
            for (guint k = 0; k < metadata->findings->len; k++) {
                const FgFinding *finding = g_ptr_array_index(metadata->findings, k);
                if (g_str_has_prefix(finding->id, rows[i].families[j]))
                    return TRUE;
            }
    return FALSE;
}

/* What we do not find of each category, and why:
 * gps: a place name without coordinates, and coordinates that are blank; serials_ids: three blank numbers;
 * owner_names: two blank owners, the title of a work in By-line Title, and an author in a signed manifest;
 * rights: two blank notices (of which a count of one byte is no field at all), and one in a Ducky segment,
 * which is a comment to us; embedded_images: four TIFF files whose picture itself was taken for a preview,
 * and a thumbnail of length -1 that has no place. */
static void
real_photos_agree_with_what_is_known_of_them(void **state)
{
    (void)state;
    static const struct {
        const char *category;
        guint floor; /* files that agree */
    } rows[] = {
        {"gps", 49},    {"place_names", 16}, {"serials_ids", 53},     {"owner_names", 60},
        {"rights", 29}, {"trailers", 1},     {"embedded_images", 81},
    };
    g_autofree char *path = fg_corpus_path("truth.json");
    if (!path)
        skip();
    g_autoptr(GBytes) bytes = fg_slurp(path);
    g_autoptr(GError) error = NULL;
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    g_autoptr(FgJson) truth = fg_json_parse(data, length, &error);
    assert_non_null(truth);
    guint known[G_N_ELEMENTS(rows)] = {0}, found[G_N_ELEMENTS(rows)] = {0};
    for (gsize i = 0; i < fg_json_length(truth); i++) {
        const FgJson *entry = fg_json_at(truth, i), *facts = fg_json_get(entry, "facts");
        g_autofree char *file = fg_corpus_path(fg_json_get_string(entry, "file"));
        g_autoptr(GBytes) photo = file ? fg_file_read(file, 0, NULL) : NULL;
        g_autoptr(FgContainer) container = photo ? fg_container_read(photo, NULL) : NULL;
        if (!container)
            continue; /* GIF, BMP, video, and what is too broken to be read. */
        g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
        for (guint j = 0; j < G_N_ELEMENTS(rows); j++) {
            if (!fg_json_get(facts, rows[j].category))
                continue;
            known[j]++;
            if (agrees(metadata, rows[j].category))
                found[j]++;
            else
                print_message("%s: no %s\n", fg_json_get_string(entry, "file"), rows[j].category);
        }
    }
    for (guint j = 0; j < G_N_ELEMENTS(rows); j++) {
        print_message("%-16s %3u of %3u\n", rows[j].category, found[j], known[j]);
        assert_true(found[j] >= rows[j].floor);
    }
}

static gboolean
has_value(const FgMetadata *metadata, const char *value)
{
    g_autofree char *trimmed = fg_text_trimmed(value);
    g_autofree char *start = trimmed ? fg_text_cut(trimmed, 64) : g_strdup("");
    for (guint i = 0; i < metadata->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(metadata->personal, i);
        if (personal->value && strstr(personal->value, start))
            return TRUE;
    }
    return FALSE;
}

/* The values themselves, as the other program prints them. The others are numbers that it prints in another
 * way, and those of binary maker notes, which are told without a value. */
static void
real_photos_give_up_the_same_numbers_and_names(void **state)
{
    (void)state;
    static const char *const categories[] = {"serials_ids", "place_names"};
    g_autofree char *path = fg_corpus_path("truth.json");
    if (!path)
        skip();
    g_autoptr(GBytes) bytes = fg_slurp(path);
    gsize length;
    const void *data = g_bytes_get_data(bytes, &length);
    g_autoptr(FgJson) truth = fg_json_parse(data, length, NULL);
    guint known = 0, found = 0;
    for (gsize i = 0; i < fg_json_length(truth); i++) {
        const FgJson *entry = fg_json_at(truth, i), *facts = fg_json_get(entry, "facts");
        g_autofree char *file = fg_corpus_path(fg_json_get_string(entry, "file"));
        g_autoptr(GBytes) photo = file ? fg_file_read(file, 0, NULL) : NULL;
        g_autoptr(FgContainer) container = photo ? fg_container_read(photo, NULL) : NULL;
        g_autoptr(FgMetadata) metadata = container ? fg_metadata_read(container) : NULL;
        for (guint j = 0; metadata && j < G_N_ELEMENTS(categories); j++) {
            FgJson *values = fg_json_get(facts, categories[j]), *value;
            const char *tag;
            for (void *at = NULL; values && (at = fg_json_next(values, at, &tag, &value));) {
                const char *text = fg_json_string_value(value);
                if (!text || !*text)
                    continue;
                known++;
                if (has_value(metadata, text))
                    found++;
                else
                    print_message("%s: %s\n", fg_json_get_string(entry, "file"), tag);
            }
        }
    }
    print_message("%u of %u values\n", found, known);
    assert_true(found >= 213);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_files_raise_no_alarm),
        cmocka_unit_test(a_naked_file_raises_no_alarm),
        cmocka_unit_test(two_blocks_of_a_kind_are_both_read),
        cmocka_unit_test(the_same_block_in_two_places_is_no_conflict),
        cmocka_unit_test(png_text_is_rights_or_personal),
        cmocka_unit_test(a_raw_profile_of_no_known_form_is_searched),
        cmocka_unit_test(a_comment_is_personal_unless_an_encoder_wrote_it),
        cmocka_unit_test(a_trailer_is_told_by_what_it_is),
        cmocka_unit_test(the_place_of_a_motion_photo_is_found),
        cmocka_unit_test(a_second_picture_behind_the_first_is_looked_into),
        cmocka_unit_test(private_data_is_personal_and_searched),
        cmocka_unit_test(pictures_beside_the_picture_are_told),
        cmocka_unit_test(a_profile_of_ones_own_monitor_is_told),
        cmocka_unit_test(ten_thousand_comments_are_told_in_a_few_lines),
        corpus_unit_test(real_photos_agree_with_what_is_known_of_them),
        corpus_unit_test(real_photos_give_up_the_same_numbers_and_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

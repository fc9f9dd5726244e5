#include "metadata/blocks.h"

static FgMetadata *
read_ifds(gboolean big, const Ifd *ifds, guint count, guint chain)
{
    return read_block(FG_FORMAT_JPEG, FG_PART_EXIF, tiff_block(big, ifds, count, chain));
}

static FgMetadata *
read_entries(const Entry *entries, guint count)
{
    const Ifd ifd = {entries, count};
    return read_ifds(FALSE, &ifd, 1, 0);
}

static void
coordinates_are_found_in_both_orders_of_bytes(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        g_autoptr(FgMetadata) metadata = read_block(FG_FORMAT_JPEG, FG_PART_EXIF, gps_block(big));
        assert_string_equal(where_of(metadata, "location.gps"), "exif:GPS/0x0002");
        assert_true(has_personal(metadata, "exif:GPS/0x0002", "41.140889 N"));
        assert_true(has_personal(metadata, "exif:GPS/0x0004", "17.596667 E"));
        assert_int_equal(find(metadata, "location.gps")->severity, FG_SEVERITY_ERROR);
    }
}

static void
a_version_number_alone_is_no_place(void **state)
{
    (void)state;
    const Entry ifd0[] = {POINTER(0x8825, 1)};
    const Entry gps[] = {BYTES(0, 1, 4, "\2\3\0\0"),
                         {0x0002, 5, 3, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 24}};
    const Ifd ifds[] = {IFD(ifd0), IFD(gps)};
    g_autoptr(FgMetadata) metadata = read_ifds(FALSE, ifds, 2, 0);
    assert_null(find(metadata, "location.gps"));
    assert_null(find(metadata, "location.sensor"));
}

static void
latin1_is_read_as_windows_1252_and_told(void **state)
{
    (void)state;
    const Entry entries[] = {ASCII(0x8298, "\xa9 2026 \xc9lodie")};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 1);
    assert_string_equal(metadata->rights->copyright, "© 2026 Élodie");
    assert_string_equal(where_of(metadata, "encoding.exif-non-utf8"), "exif:IFD0/0x8298");
}

static void
utf8_in_ascii_is_read_as_it_is(void **state)
{
    (void)state;
    const Entry entries[] = {ASCII(0x013b, "Élodie Desprès; \"Zoé; Z\""), ASCII(0x8298, "© 2026 Élodie ")};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 2);
    assert_string_equal(metadata->exif.notice, "© 2026 Élodie");
    assert_string_equal(metadata->exif.creators[0], "Élodie Desprès");
    assert_string_equal(metadata->exif.creators[1], "Zoé; Z");
    assert_null(metadata->exif.creators[2]);
    assert_null(find(metadata, "encoding.exif-non-utf8"));
}

static void
the_utf8_type_of_exif_3_is_read(void **state)
{
    (void)state;
    const Entry entries[] = {{0x8298, 129, 8, "© Zoé", sizeof "© Zoé"}};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 1);
    assert_string_equal(metadata->exif.notice, "© Zoé");
    assert_non_null(find(metadata, "encoding.exif-type129"));
}

static void
the_editors_notice_stands_apart(void **state)
{
    (void)state;
    const Entry both[] = {BYTES(0x8298, 2, 16, "(c) Photo\0Paper\0")};
    g_autoptr(FgMetadata) metadata = read_entries(both, 1);
    assert_string_equal(metadata->exif.notice, "(c) Photo");
    const Entry editor[] = {BYTES(0x8298, 2, 8, " \0Paper\0")};
    g_autoptr(FgMetadata) second = read_entries(editor, 1);
    assert_null(second->exif.notice);
    assert_string_equal(second->rights->copyright, "Paper");
}

static void
a_count_without_its_nul_is_read_whole(void **state)
{
    (void)state;
    const Entry entries[] = {BYTES(0x8298, 2, 12, "Jane Example")};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 1);
    assert_string_equal(metadata->exif.notice, "Jane Example");
}

static void
blanks_are_no_notice(void **state)
{
    (void)state;
    const Entry entries[] = {ASCII(0x010e, "OLYMPUS DIGITAL CAMERA"), ASCII(0x8298, "             ")};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 2);
    assert_null(metadata->rights->copyright);
    assert_null(metadata->facts->caption);
    assert_non_null(find(metadata, "copyright.blank"));
    assert_non_null(find(metadata, "copyright.missing"));
}

static void
serial_numbers_and_owners_are_found(void **state)
{
    (void)state;
    const Entry ifd0[] = {ASCII(0x013c, "marie-imac"), POINTER(0x8769, 1), ASCII(0xfde9, "SN-RAW")};
    const Entry exif[] = {ASCII(0xa420, "UNIQUE"), ASCII(0xa430, "Marie"), ASCII(0xa431, "B-1"),
                          ASCII(0xa435, "L-2")};
    const Ifd ifds[] = {IFD(ifd0), IFD(exif)};
    g_autoptr(FgMetadata) metadata = read_ifds(TRUE, ifds, 2, 0);
    assert_true(has_personal(metadata, "exif:IFD0/0xFDE9", "SN-RAW"));
    assert_true(has_personal(metadata, "exif:ExifIFD/0xA431", "B-1"));
    assert_string_equal(value_of(metadata, "serial.lens"), "L-2");
    assert_string_equal(value_of(metadata, "personal.owner"), "Marie");
    assert_string_equal(value_of(metadata, "personal.host"), "marie-imac");
    assert_string_equal(value_of(metadata, "id.unique"), "UNIQUE");
}

static void
windows_comments_are_utf16(void **state)
{
    (void)state;
    const Entry entries[] = {BYTES(0x9c9c, 1, 10, "C\0h\0e\0z\0\0\0")};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 1);
    assert_string_equal(value_of(metadata, "personal.comment"), "Chez");
}

static void
a_user_comment_is_read_in_every_character_set(void **state)
{
    (void)state;
    const Entry comments[] = {
        BYTES(0x9286, 7, 13, "ASCII\0\0\0salut"),
        BYTES(0x9286, 7, 18, "UNICODE\0s\0a\0l\0u\0t\0"),
        BYTES(0x9286, 7, 18, "UNICODE\0\0s\0a\0l\0u\0t"),
        BYTES(0x9286, 7, 20, "UNICODE\0\xfe\xff\0s\0a\0l\0u\0t"),
        BYTES(0x9286, 7, 13, "\0\0\0\0\0\0\0\0salut"),
        BYTES(0x9286, 7, 19, "JIS\0\0\0\0\0\x1b(Bsalut\x1b(B"),
    };
    for (guint i = 0; i < G_N_ELEMENTS(comments); i++) {
        g_autoptr(FgMetadata) metadata = read_entries(&comments[i], 1);
        assert_string_equal(value_of(metadata, "personal.comment"), "salut");
    }
    const Entry blank[] = {BYTES(0x9286, 7, 16, "ASCII\0\0\0        ")};
    g_autoptr(FgMetadata) metadata = read_entries(blank, 1);
    assert_null(find(metadata, "personal.comment"));
}

static void
the_embedded_thumbnail_is_found_and_looked_into(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(FALSE);
    gsize length;
    const guint8 *block = g_bytes_get_data(gps, &length);
    GByteArray *jpeg = g_byte_array_new();
    g_byte_array_append(jpeg, (const guint8 *)"\xff\xd8\xff\xe1", 4);
    put(jpeg, TRUE, length + 8, 2);
    g_byte_array_append(jpeg, (const guint8 *)"Exif\0\0", 6);
    g_byte_array_append(jpeg, block, (guint)length);
    g_byte_array_append(jpeg, (const guint8 *)"\xff\xd9", 2);
    /* The thumbnail is the value of an unknown tag, so that the builder places it; its offset is then known.
     */
    const Entry ifd0[] = {ASCII(0x010f, "Camera")};
    Entry ifd1[] = {{0x0100, 7, jpeg->len, jpeg->data, jpeg->len},
                    BYTES(0x0201, 4, 1, "\0\0\0\0"),
                    BYTES(0x0202, 4, 1, "\0\0\0\0")};
    const Ifd ifds[] = {IFD(ifd0), IFD(ifd1)};
    g_autoptr(GBytes) probe = tiff_block(FALSE, ifds, 2, 1);
    gsize total;
    const guint8 *bytes = g_bytes_get_data(probe, &total);
    const guint8 *at = memmem(bytes, total, "\xff\xd8\xff\xe1", 4);
    assert_non_null(at);
    guint32 offset = GUINT32_TO_LE((guint32)(at - bytes)), size = GUINT32_TO_LE(jpeg->len);
    ifd1[1].data = &offset;
    ifd1[2].data = &size;
    g_autoptr(FgMetadata) metadata = read_ifds(FALSE, ifds, 2, 1);
    assert_string_equal(where_of(metadata, "preview.embedded"), "exif:IFD1/0x0201");
    assert_string_equal(where_of(metadata, "location.gps"), "exif:IFD1/0x0201/exif:GPS/0x0002");
    assert_null(find(metadata, "structure.duplicate"));
    g_byte_array_unref(jpeg);
}

static void
a_canon_note_gives_up_owner_and_number(void **state)
{
    (void)state;
    /* The note is a directory whose offsets count from the start of the block; here all values are short. */
    static const guint8 note[] = {2, 0, 9, 0, 2, 0, 4, 0,    0,    0, 'A', 'n', 'n', 0, 0x0c,
                                  0, 4, 0, 1, 0, 0, 0, 0x39, 0x30, 0, 0,   0,   0,   0, 0};
    const Entry entries[] = {ASCII(0x010f, "Canon"), {0x927c, 7, sizeof note, note, sizeof note}};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 2);
    assert_non_null(find(metadata, "makernote.present"));
    assert_string_equal(value_of(metadata, "personal.owner"), "Ann");
    assert_string_equal(value_of(metadata, "serial.body"), "12345");
}

static void
a_note_that_was_moved_keeps_its_values(void **state)
{
    (void)state;
    /* One entry whose text stands right after the directory, where it did not stand when its offset was
     * written. */
    static const guint8 note[] = "\1\0\x96\0\2\0\x0a\0\0\0\0\4\0\0\0\0\0\0SERIAL-77";
    const Entry entries[] = {ASCII(0x010f, "Canon"), {0x927c, 7, sizeof note, note, sizeof note}};
    const Ifd ifds[] = {IFD(entries)};
    /* Nor does it matter that the block around it was turned into the other order of bytes. */
    for (int big = 0; big < 2; big++) {
        g_autoptr(FgMetadata) metadata = read_ifds(big, ifds, 1, 0);
        assert_string_equal(value_of(metadata, "serial.body"), "SERIAL-77");
    }
}

static void
a_nikon_note_has_a_header_of_its_own(void **state)
{
    (void)state;
    static const guint8 note[] = "Nikon\0\2\0\0\0MM\0*\0\0\0\10\0\1\0\x1d\0\2\0\0\0\x04"
                                 "123\0\0\0\0";
    const Entry entries[] = {ASCII(0x010f, "NIKON"), {0x927c, 7, sizeof note, note, sizeof note}};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 2);
    assert_string_equal(value_of(metadata, "serial.body"), "123");
    assert_string_equal(where_of(metadata, "serial.body"), "exif:MakerNote/Nikon/0x001D");
}

static void
an_unknown_note_is_searched_for_places(void **state)
{
    (void)state;
    g_autoptr(GBytes) gps = gps_block(TRUE);
    gsize length;
    const guint8 *block = g_bytes_get_data(gps, &length);
    g_autofree guint8 *note = g_malloc(length + 8);
    memcpy(note, "OEMNOTE\0", 8);
    memcpy(note + 8, block, length);
    const Entry entries[] = {{0x927c, 7, (guint32)length + 8, note, (guint32)length + 8}};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 1);
    assert_non_null(find(metadata, "location.gps"));
}

static void
the_facts_of_the_exposure_are_read(void **state)
{
    (void)state;
    const Entry ifd0[] = {ASCII(0x010f, "Fujifilm"), ASCII(0x0110, "X-T5"), BYTES(0x0112, 3, 1, "\6\0"),
                          POINTER(0x8769, 1)};
    const Entry exif[] = {
        BYTES(0x829a, 5, 1, "\1\0\0\0\xfa\0\0\0"),
        BYTES(0x829d, 5, 1, "\x38\0\0\0\x0a\0\0\0"),
        BYTES(0x8827, 3, 1, "\x90\1"),
        ASCII(0x9003, "2026:05:01 10:11:12"),
        ASCII(0x9011, "+02:00"),
        ASCII(0xa434, "XF 35"),
    };
    const Ifd ifds[] = {IFD(ifd0), IFD(exif)};
    g_autoptr(FgMetadata) metadata = read_ifds(FALSE, ifds, 2, 0);
    assert_string_equal(metadata->facts->make, "Fujifilm");
    assert_string_equal(metadata->facts->model, "X-T5");
    assert_string_equal(metadata->facts->lens, "XF 35");
    assert_string_equal(metadata->facts->date, "2026-05-01T10:11:12");
    assert_int_equal(metadata->facts->exposure_time.denominator, 250);
    assert_int_equal(metadata->facts->f_number.numerator, 56);
    assert_int_equal(metadata->facts->iso, 400);
    assert_int_equal(metadata->orientation, 6);
    assert_non_null(find(metadata, "orientation.not-baked"));
    assert_non_null(find(metadata, "time.precise"));
    assert_string_equal(value_of(metadata, "time.zone"), "+02:00");
}

static void
a_directory_that_follows_itself_ends(void **state)
{
    (void)state;
    static const guint8 loop[] = "II*\0\10\0\0\0\1\0\x69\x87\4\0\1\0\0\0\10\0\0\0\10\0\0\0";
    g_autoptr(FgMetadata) metadata =
        read_block(FG_FORMAT_JPEG, FG_PART_EXIF, g_bytes_new_static(loop, sizeof loop - 1));
    assert_non_null(find(metadata, "structure.malformed"));
}

static void
counts_that_overflow_are_refused(void **state)
{
    (void)state;
    /* 0x20000001 rationals are 8 bytes when the product is cut to 32 bits. */
    const Entry entries[] = {{0x8298, 5, 0x20000001u, "\0\0\0\0\0\0\0\0", 8},
                             {0x013b, 2, 0xffffffffu, "xxxxxxx", 8}};
    g_autoptr(FgMetadata) metadata = read_entries(entries, 2);
    assert_null(metadata->rights->copyright);
    assert_null(metadata->rights->creators);
    assert_non_null(find(metadata, "structure.malformed"));
}

static void
bytes_without_a_header_are_searched(void **state)
{
    (void)state;
    static const char text[] = "nothing of TIFF, but 45.123456, 5.654321 all the same";
    g_autoptr(FgMetadata) metadata =
        read_block(FG_FORMAT_JPEG, FG_PART_EXIF, g_bytes_new_static(text, sizeof text - 1));
    assert_non_null(find(metadata, "structure.malformed"));
    assert_non_null(find(metadata, "location.gps"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coordinates_are_found_in_both_orders_of_bytes),
        cmocka_unit_test(a_version_number_alone_is_no_place),
        cmocka_unit_test(latin1_is_read_as_windows_1252_and_told),
        cmocka_unit_test(utf8_in_ascii_is_read_as_it_is),
        cmocka_unit_test(the_utf8_type_of_exif_3_is_read),
        cmocka_unit_test(the_editors_notice_stands_apart),
        cmocka_unit_test(a_count_without_its_nul_is_read_whole),
        cmocka_unit_test(blanks_are_no_notice),
        cmocka_unit_test(serial_numbers_and_owners_are_found),
        cmocka_unit_test(windows_comments_are_utf16),
        cmocka_unit_test(a_user_comment_is_read_in_every_character_set),
        cmocka_unit_test(the_embedded_thumbnail_is_found_and_looked_into),
        cmocka_unit_test(a_canon_note_gives_up_owner_and_number),
        cmocka_unit_test(a_note_that_was_moved_keeps_its_values),
        cmocka_unit_test(a_nikon_note_has_a_header_of_its_own),
        cmocka_unit_test(an_unknown_note_is_searched_for_places),
        cmocka_unit_test(the_facts_of_the_exposure_are_read),
        cmocka_unit_test(a_directory_that_follows_itself_ends),
        cmocka_unit_test(counts_that_overflow_are_refused),
        cmocka_unit_test(bytes_without_a_header_are_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

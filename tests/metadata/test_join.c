/* test_join.c: several blocks of a kind: what each states is heard, what differs is told, and nothing is
 * lost. */
#include "metadata/blocks.h"

static FgMetadata *
read_packets(const char *first, const char *second)
{
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    add_part(container, FG_PART_XMP, NULL, packet("", first));
    add_part(container, FG_PART_XMP, NULL, packet("", second));
    FgMetadata *metadata = fg_metadata_read(container);
    free_bare(container);
    return metadata;
}

#define RIGHTS(text)                                                                                         \
    "<dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">" text "</rdf:li></rdf:Alt></dc:rights>"
#define CREATOR(text) "<dc:creator><rdf:Seq><rdf:li>" text "</rdf:li></rdf:Seq></dc:creator>"

static FgRights *
rights_of_jane(void)
{
    FgRights *rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){(char *)"Jane Doe", NULL});
    return rights;
}

static void
what_the_first_leaves_open_the_second_says(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata =
        read_packets("<xmp:Rating>4</xmp:Rating>", RIGHTS("© Zoé") CREATOR("Zoé"));
    assert_string_equal(metadata->rights->copyright, "© Zoé");
    assert_string_equal(metadata->rights->creators[0], "Zoé");
    assert_string_equal(metadata->xmp.notice, "© Zoé");
    assert_null(find(metadata, "copyright.conflict"));
    assert_null(find(metadata, "creator.conflict"));
    assert_non_null(find(metadata, "structure.duplicate"));
    g_autoptr(FgRights) ours = rights_of_jane();
    assert_true(fg_rights_is_foreign(ours, metadata->rights));
}

static void
notices_that_differ_are_told_and_both_are_heard(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata =
        read_packets(RIGHTS("© Jane Doe") CREATOR("Jane Doe"), RIGHTS("© Zoé") CREATOR("Zoé"));
    assert_string_equal(metadata->rights->copyright, "© Jane Doe; © Zoé");
    assert_non_null(find(metadata, "copyright.conflict"));
    assert_non_null(find(metadata, "creator.conflict"));
    assert_int_equal(g_strv_length(metadata->rights->creators), 2);
}

/* A name of ours in one block makes another block's notice not ours. */
static void
each_notice_is_asked_for_by_itself(void **state)
{
    (void)state;
    g_autoptr(FgRights) ours = rights_of_jane();
    g_autoptr(FgMetadata) mixed =
        read_packets(RIGHTS("© Jane Doe") CREATOR("Jane Doe"), RIGHTS("© Zoé") CREATOR("Zoé"));
    assert_true(fg_rights_is_foreign(ours, mixed->rights));
    assert_string_equal(fg_rights_foreign(ours, mixed->rights)->copyright, "© Zoé");
    g_autoptr(FgRights) copy = fg_rights_dup(mixed->rights);
    assert_true(fg_rights_is_foreign(ours, copy));
    g_autoptr(FgMetadata) own = read_packets(RIGHTS("© 2020 Jane Doe"), RIGHTS("© 2021 Jane Doe"));
    assert_non_null(find(own, "copyright.conflict"));
    assert_null(fg_rights_foreign(ours, own->rights));
}

static void
a_notice_of_another_carrier_is_asked_for_too(void **state)
{
    (void)state;
    const Entry entries[] = {ASCII(0x8298, "© Jane Doe")};
    const Ifd ifds[] = {IFD(entries)};
    FgContainer *container = bare_container(FG_FORMAT_WEBP);
    add_part(container, FG_PART_EXIF, NULL, tiff_block(TRUE, ifds, 1, 0));
    add_part(container, FG_PART_XMP, NULL, packet("", RIGHTS("© Zoé")));
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    free_bare(container);
    g_autoptr(FgRights) ours = rights_of_jane();
    assert_string_equal(metadata->rights->copyright, "© Jane Doe");
    assert_true(fg_rights_is_foreign(ours, metadata->rights));
}

static void
a_reservation_and_a_claim_count_wherever_they_stand(void **state)
{
    (void)state;
    g_autoptr(FgMetadata) metadata =
        read_packets("<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-ALLOWED</plus:DataMining>"
                     "<xmpRights:Marked>False</xmpRights:Marked>",
                     "<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining>"
                     "<xmpRights:Marked>True</xmpRights:Marked>");
    assert_string_equal(metadata->rights->data_mining, "prohibited");
    assert_int_equal(metadata->marked, 1);
}

/* A block of nothing but an envelope, and the full one behind it. */
static void
an_empty_block_hides_none_and_its_digest_does_not_count(void **state)
{
    (void)state;
    GByteArray *none = g_byte_array_new(), *sets = g_byte_array_new(), *irb = g_byte_array_new();
    put_dataset(sets, 2, 80, "Zoe", 3);
    put_dataset(sets, 2, 116, "(c) Zoe", 7);
    guint8 digest[FG_MD5_SIZE];
    fg_md5(sets->data, sets->len, digest);
    g_autoptr(GBytes) sum = g_bytes_new(digest, sizeof digest), empty = g_byte_array_free_to_bytes(none);
    g_autoptr(GBytes) full = g_byte_array_free_to_bytes(sets);
    put_resource(irb, 0x0404, empty);
    put_resource(irb, 0x0404, full);
    put_resource(irb, 0x0425, sum);
    g_autoptr(FgMetadata) metadata = read_block(FG_FORMAT_JPEG, FG_PART_IRB, g_byte_array_free_to_bytes(irb));
    assert_string_equal(metadata->iptc.notice, "(c) Zoe");
    assert_string_equal(metadata->rights->creators[0], "Zoe");
    assert_null(find(metadata, "iptc.digest-mismatch"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_first_leaves_open_the_second_says),
        cmocka_unit_test(notices_that_differ_are_told_and_both_are_heard),
        cmocka_unit_test(each_notice_is_asked_for_by_itself),
        cmocka_unit_test(a_notice_of_another_carrier_is_asked_for_too),
        cmocka_unit_test(a_reservation_and_a_claim_count_wherever_they_stand),
        cmocka_unit_test(an_empty_block_hides_none_and_its_digest_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

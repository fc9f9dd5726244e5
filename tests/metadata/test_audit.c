/* The audit lets through what was stated and nothing else. */
#include "metadata/metadata_private.h"
#include "metadata/stating.h"

static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};

static GBytes *
finish(const FgStatement *statement)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FgOwnedDress) owned = fg_metadata_dress(statement, &error);
    assert_null(error);
    g_autoptr(GBytes) naked = naked_picture(statement->format);
    GBytes *file = fg_container_dress(naked, statement->format, &owned->dress, &error);
    assert_null(error);
    return file;
}

static void
assert_passes(GBytes *file, const FgStatement *statement)
{
    g_autoptr(GError) error = NULL;
    if (!fg_metadata_audit(file, statement, &error))
        fail_msg("%s: %s", fg_format_name(statement->format), error->message);
}

static void
assert_refused(GBytes *file, const FgStatement *statement)
{
    g_autoptr(GError) error = NULL;
    if (fg_metadata_audit(file, statement, &error))
        fail_msg("the audit let a %s pass", fg_format_name(statement->format));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_AUDIT) ||
                g_error_matches(error, FG_ERROR, FG_ERROR_MALFORMED));
}

/* The file with `extra` put in before the byte at `offset`. */
static GBytes *
insert(GBytes *file, gsize offset, const void *extra, gsize length)
{
    gsize size;
    const guint8 *data = g_bytes_get_data(file, &size);
    assert_true(offset <= size);
    GByteArray *whole = g_byte_array_new();
    g_byte_array_append(whole, data, (guint)offset);
    g_byte_array_append(whole, extra, (guint)length);
    g_byte_array_append(whole, data + offset, (guint)(size - offset));
    return g_byte_array_free_to_bytes(whole);
}

static void
a_finished_file_of_every_format_passes(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgRights) few = reference_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement full = statement_of(rights, facts, formats[i]);
        g_autoptr(GBytes) one = finish(&full);
        assert_passes(one, &full);
        const FgStatement short_one = statement_of(few, NULL, formats[i]);
        g_autoptr(GBytes) two = finish(&short_one);
        assert_passes(two, &short_one);
    }
}

static void
a_notice_longer_than_its_iptc_field_passes(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    g_autofree char *many = g_strnfill(300, 'e');
    g_free(rights->copyright);
    rights->copyright = g_strconcat("© 2026 Élodie Desprès ", many, NULL);
    g_free(rights->creators[0]);
    rights->creators[0] = g_strdup("Élodie Desprès, photographe de montagne");
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(GBytes) file = finish(&statement);
    assert_passes(file, &statement);
}

static void
bytes_after_the_end_are_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement statement = statement_of(rights, NULL, formats[i]);
        g_autoptr(GBytes) file = finish(&statement);
        g_autoptr(GBytes) longer = insert(file, g_bytes_get_size(file), "hidden", 6);
        assert_refused(longer, &statement);
    }
}

static void
a_segment_that_nobody_asked_for_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        gsize length;
    } segments[] = {
        {"\xFF\xFE\0\6note", 8},
        {"\xFF\xE1\0\10Exif\0\0", 10},
        {"\xFF\xEC\0\7Ducky", 9},
        {"\xFF\xE2\0\20ICC_PROFILE\0\1\1", 18},
        {"\xFF\xED\0\20Photoshop 3.0\0", 18},
        {"\xFF\xE7\0\4\0\0", 6},
    };
    g_autoptr(FgRights) rights = reference_rights();
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(GBytes) file = finish(&statement);
    for (guint i = 0; i < G_N_ELEMENTS(segments); i++) {
        g_autoptr(GBytes) more = insert(file, 2, segments[i].bytes, segments[i].length);
        assert_refused(more, &statement);
    }
}

static void
a_png_text_that_nobody_asked_for_is_refused(void **state)
{
    (void)state;
    static const char data[] = "tEXtComment\0hello";
    g_autoptr(FgRights) rights = reference_rights();
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_PNG);
    g_autoptr(GBytes) file = finish(&statement);
    const gsize length = sizeof data - 1;
    const guint32 crc = GUINT32_TO_BE(fg_crc32(0, data, length));
    g_autoptr(GByteArray) chunk = g_byte_array_new();
    const guint32 size = GUINT32_TO_BE((guint32)length - 4);
    g_byte_array_append(chunk, (const guint8 *)&size, 4);
    g_byte_array_append(chunk, (const guint8 *)data, (guint)length);
    g_byte_array_append(chunk, (const guint8 *)&crc, 4);
    g_autoptr(GBytes) more = insert(file, 33, chunk->data, chunk->len); /* after IHDR */
    assert_refused(more, &statement);
}

/* The same file with one bit of one byte turned. */
static GBytes *
turn(GBytes *file, guint64 offset)
{
    gsize size;
    const char *data = g_bytes_get_data(file, &size);
    assert_true(offset < size);
    char *changed = g_memdup2(data, size);
    changed[offset] ^= 1;
    return g_bytes_new_take(changed, size);
}

static void
every_byte_of_every_block_counts(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement statement = statement_of(rights, NULL, formats[i]);
        g_autoptr(GBytes) file = finish(&statement);
        g_autoptr(FgContainer) container = fg_container_read(file, NULL);
        guint blocks = 0;
        for (guint p = 0; p < container->parts->len; p++) {
            const FgPart *part = g_ptr_array_index(container->parts, p);
            if (part->kind == FG_PART_PICTURE)
                continue;
            blocks++;
            for (guint64 at = part->offset; at < part->offset + part->length; at += 7) {
                g_autoptr(GBytes) other = turn(file, at);
                assert_refused(other, &statement);
            }
        }
        assert_true(blocks >= 2);
    }
}

static void
hidden_bytes_in_free_space_are_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_AVIF);
    g_autoptr(GBytes) file = finish(&statement);
    g_autoptr(GBytes) more = insert(file, g_bytes_get_size(file), "\0\0\0\16freehidden", 14);
    assert_refused(more, &statement);
}

static void
a_block_that_is_missing_is_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(FgOwnedDress) owned = fg_metadata_dress(&statement, NULL);
    g_autoptr(GBytes) naked = naked_picture(FG_FORMAT_JPEG);
    const FgDress less[] = {
        {.xmp = owned->dress.xmp, .irb = owned->dress.irb},
        {.exif = owned->dress.exif, .irb = owned->dress.irb},
        {.exif = owned->dress.exif, .xmp = owned->dress.xmp},
    };
    for (guint i = 0; i < G_N_ELEMENTS(less); i++) {
        g_autoptr(GBytes) file = fg_container_dress(naked, FG_FORMAT_JPEG, &less[i], NULL);
        assert_non_null(file);
        assert_refused(file, &statement);
    }
}

static void
facts_that_were_not_to_be_kept_are_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement full = statement_of(rights, facts, formats[i]);
        g_autoptr(GBytes) file = finish(&full);
        for (guint bit = 0; bit <= 10; bit++) {
            g_autoptr(FgFacts) fewer =
                fg_facts_kept(facts, ~(1u << bit) & ~(guint)(FG_KEEP_DAY | FG_KEEP_YEAR));
            const gboolean same = bit == 3 || bit == 4 || bit == 9; /* a finer group has them, too */
            const FgStatement asked = statement_of(rights, fewer, formats[i]);
            if (same)
                assert_passes(file, &asked);
            else
                assert_refused(file, &asked);
        }
    }
}

static void
another_size_or_format_is_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    const FgStatement statement = statement_of(rights, NULL, FG_FORMAT_JPEG);
    g_autoptr(GBytes) file = finish(&statement);
    FgStatement other = statement;
    other.width++;
    assert_refused(file, &other);
    other = statement;
    other.format = FG_FORMAT_PNG;
    assert_refused(file, &other);
}

static void
a_file_that_is_cut_is_refused(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = reference_rights();
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
        const FgStatement statement = statement_of(rights, NULL, formats[i]);
        g_autoptr(GBytes) file = finish(&statement);
        const gsize size = g_bytes_get_size(file);
        for (gsize length = 0; length < size; length += 1 + size / 64) {
            g_autoptr(GBytes) cut = g_bytes_new_from_bytes(file, 0, length);
            assert_refused(cut, &statement);
        }
        g_autoptr(GBytes) last = g_bytes_new_from_bytes(file, 0, size - 1);
        assert_refused(last, &statement);
    }
}

/* Whatever a real photo says of itself, kept in full and dressed onto a small picture, the audit knows as
 * asked for. */
static void
what_real_photos_say_passes(void **state)
{
    (void)state;
    g_autofree char *corpus = fg_corpus_path("photos");
    g_autoptr(GDir) folder = corpus ? g_dir_open(corpus, 0, NULL) : NULL;
    if (!folder)
        skip();
    guint seen = 0;
    const char *name;
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(corpus, name, NULL);
        g_autoptr(GBytes) bytes = fg_slurp(path);
        g_autoptr(FgContainer) container = fg_container_read(bytes, NULL);
        if (!container)
            continue;
        g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
        g_autoptr(FgFacts) kept = fg_facts_kept(metadata->facts, G_MAXUINT);
        for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
            const FgStatement statement = statement_of(metadata->rights, kept, formats[i]);
            g_autoptr(GBytes) file = finish(&statement);
            assert_passes(file, &statement);
        }
        seen++;
    }
    assert_true(seen > 0);
}

/* A TIFF stream of one directory with one SHORT, and what follows it. */
static GBytes *
tiny_tiff(guint16 tag, guint32 next)
{
    guint8 tiff[] = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0, 0, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    tiff[10] = (guint8)tag;
    tiff[11] = (guint8)(tag >> 8);
    tiff[22] = (guint8)next;
    return g_bytes_new(tiff, sizeof tiff);
}

static void
the_walk_refuses_a_tag_that_is_not_on_its_list(void **state)
{
    (void)state;
    static const guint16 tags[] = {0x8825, 0x0131, 0x0132, 0xC62F, 0x9003};
    for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
        g_autoptr(GBytes) tiff = tiny_tiff(tags[i], 0);
        g_autoptr(GError) error = NULL;
        assert_false(fg_exif_audit(tiff, &error));
        g_autofree char *tag = g_strdup_printf("0x%04X", tags[i]);
        assert_non_null(strstr(error->message, tag));
    }
}

static void
the_walk_refuses_a_second_directory(void **state)
{
    (void)state;
    g_autoptr(GBytes) tiff = tiny_tiff(0x0112, 8);
    g_autoptr(GError) error = NULL;
    assert_false(fg_exif_audit(tiff, &error));
    assert_non_null(strstr(error->message, "another directory"));
}

static void
the_walk_passes_what_we_build_and_nothing_shorter(void **state)
{
    (void)state;
    g_autoptr(FgRights) rights = full_rights();
    g_autoptr(FgFacts) facts = full_facts();
    const FgStatement statement = statement_of(rights, facts, FG_FORMAT_JPEG);
    g_autoptr(GBytes) exif = fg_exif_build(&statement, NULL);
    assert_true(fg_exif_audit(exif, NULL));
    for (gsize length = 0; length < 128; length++) {
        g_autoptr(GBytes) cut = g_bytes_new_from_bytes(exif, 0, length);
        assert_false(fg_exif_audit(cut, NULL));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finished_file_of_every_format_passes),
        cmocka_unit_test(a_notice_longer_than_its_iptc_field_passes),
        cmocka_unit_test(bytes_after_the_end_are_refused),
        cmocka_unit_test(a_segment_that_nobody_asked_for_is_refused),
        cmocka_unit_test(a_png_text_that_nobody_asked_for_is_refused),
        cmocka_unit_test(every_byte_of_every_block_counts),
        cmocka_unit_test(hidden_bytes_in_free_space_are_refused),
        cmocka_unit_test(a_block_that_is_missing_is_refused),
        cmocka_unit_test(facts_that_were_not_to_be_kept_are_refused),
        cmocka_unit_test(another_size_or_format_is_refused),
        cmocka_unit_test(a_file_that_is_cut_is_refused),
        corpus_unit_test(what_real_photos_say_passes),
        cmocka_unit_test(the_walk_refuses_a_tag_that_is_not_on_its_list),
        cmocka_unit_test(the_walk_refuses_a_second_directory),
        cmocka_unit_test(the_walk_passes_what_we_build_and_nothing_shorter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

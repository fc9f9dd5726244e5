/* stating.h: a statement that says everything, what exiftool reads of it, and a JPEG put together
 * by hand, so that what we build is judged without the code that writes containers. */
#ifndef FG_TESTS_STATING_H
#define FG_TESTS_STATING_H

#include "metadata/metadata.h"
#include "metadata/naked.h"
#include "support/fixtures.h"

#include <string.h>

static inline FgRights *
reference_rights(void)
{
    FgRights *rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){"Élodie Desprès", NULL});
    rights->copyright = g_strdup("© 2026 Élodie Desprès. Tous droits réservés.");
    return rights;
}

static inline FgRights *
full_rights(void)
{
    FgRights *rights = fg_rights_new();
    rights->creators = g_strdupv((char *[]){"Christian Allegret", "Zoé; Studio \"Z\"", NULL});
    rights->owner = g_strdup("Sarl Cartus");
    rights->job_title = g_strdup("Photographe");
    rights->copyright = g_strdup("© 2026 Christian Allegret. Tous droits réservés.");
    rights->credit = g_strdup("Photo Allegret");
    rights->source = g_strdup("Fonds Allegret");
    rights->instructions = g_strdup("Ne pas recadrer <sans> accord & avis");
    g_ptr_array_add(rights->terms, fg_lang_text_new("fr", "Toute reproduction est interdite."));
    g_ptr_array_add(rights->terms, fg_lang_text_new("en", "Any reproduction is forbidden."));
    rights->web_statement = g_strdup("https://www.example.com/mentions?a=1&b=2");
    const FgLicensor licensor = {"Sarl Cartus", "https://www.example.com", "contact@example.com", "PLUS-1"};
    g_ptr_array_add(rights->licensors, fg_licensor_dup(&licensor));
    rights->contact.address = g_strdup("22 av de la grande chartreuse");
    rights->contact.city = g_strdup("Saint-Laurent-du-Pont");
    rights->contact.postal_code = g_strdup("38380");
    rights->contact.country = g_strdup("France");
    rights->contact.email = g_strdup("contact@example.com");
    rights->contact.url = g_strdup("https://www.example.com");
    rights->data_mining = g_strdup("prohibited");
    rights->digital_source = g_strdup("digitalCapture");
    return rights;
}

static inline FgFacts *
full_facts(void)
{
    FgFacts *facts = fg_facts_new();
    facts->title = g_strdup("La dent de Crolles");
    facts->headline = g_strdup("Neige tardive");
    facts->caption = g_strdup("Vue du col, \"au petit matin\"");
    facts->alt = g_strdup("Une montagne enneigée");
    facts->extended_alt = g_strdup("Une montagne enneigée sous un ciel clair, une forêt devant.");
    facts->keywords = g_strdupv((char *[]){"montagne", "neige", NULL});
    g_strlcpy(facts->date, "2026-05-01T06:07:08", sizeof facts->date);
    facts->make = g_strdup("Fujifilm");
    facts->model = g_strdup("X-T5");
    facts->lens = g_strdup("XF 16-55 f/2.8");
    facts->exposure_time = (FgRational){1, 250};
    facts->f_number = (FgRational){56, 10};
    facts->focal_length = (FgRational){35, 1};
    facts->iso = 400;
    facts->country = g_strdup("France");
    facts->country_code = g_strdup("FRA");
    facts->state = g_strdup("Isère");
    facts->city = g_strdup("Crolles");
    return facts;
}

static inline FgStatement
statement_of(const FgRights *rights, const FgFacts *facts, FgFormat format)
{
    return (FgStatement){.rights = rights,
                         .facts = facts,
                         .width = NAKED_WIDTH,
                         .height = NAKED_HEIGHT,
                         .format = format,
                         .srgb = TRUE};
}

static inline void
put_segment(GByteArray *to, guint8 marker, const char *signature, gsize signature_length, GBytes *payload)
{
    if (!payload)
        return;
    const gsize length = 2 + signature_length + g_bytes_get_size(payload);
    assert_true(length <= 65535);
    const guint8 head[] = {0xFF, marker, (guint8)(length >> 8), (guint8)length};
    g_byte_array_append(to, head, sizeof head);
    g_byte_array_append(to, (const guint8 *)signature, (guint)signature_length);
    g_byte_array_append(to, g_bytes_get_data(payload, NULL), (guint)g_bytes_get_size(payload));
}

/* A JPEG with these blocks (NULL: none) in a new file; the caller frees the path. */
static inline char *
spill_jpeg(GBytes *exif, GBytes *xmp, GBytes *irb)
{
    g_autoptr(GBytes) naked = naked_picture(FG_FORMAT_JPEG);
    gsize length;
    const guint8 *data = g_bytes_get_data(naked, &length);
    g_autoptr(GByteArray) whole = g_byte_array_new();
    g_byte_array_append(whole, data, 2);
    put_segment(whole, 0xE1, "Exif\0", 6, exif);
    put_segment(whole, 0xE1, "http://ns.adobe.com/xap/1.0/", 29, xmp);
    put_segment(whole, 0xED, "Photoshop 3.0", 14, irb);
    g_byte_array_append(whole, data + 2, (guint)(length - 2));
    g_autofree char *folder = fg_scratch();
    char *path = g_build_filename(folder, "photo.jpg", NULL);
    assert_true(g_file_set_contents(path, (const char *)whole->data, whole->len, NULL));
    return path;
}

/* What exiftool reads, as one object with "Group:Tag" members; skips the test when there is no exiftool. */
static inline FgJson *
read_by_exiftool(const char *path)
{
    int status;
    g_autofree char *output = fg_witness(&status, "exiftool", "-j", "-struct", "-G1", "-a", "-n", "-s",
                                         "-charset", "iptc=utf8", path, NULL);
    if (status == 127)
        skip();
    assert_non_null(output);
    FgJson *array = fg_json_parse(output, strlen(output), NULL);
    assert_non_null(array);
    FgJson *object = fg_json_ref(fg_json_at(array, 0));
    fg_json_free(array);
    assert_non_null(object);
    return object;
}

static inline void
assert_said(FgJson *object, const char *tag, const char *expected)
{
    const char *value = fg_json_get_string(object, tag);
    if (!value)
        fail_msg("%s is missing", tag);
    assert_string_equal(value, expected);
}

/* exiftool's -validate finds nothing to say against our blocks. */
static inline void
assert_validates(const char *path)
{
    int status;
    g_autofree char *output =
        fg_witness(&status, "exiftool", "-validate", "-warning", "-a", "-G1", "-s", path, NULL);
    if (status == 127)
        skip();
    assert_non_null(output);
    if (!strstr(output, ": OK") || strstr(output, "Warning"))
        fail_msg("exiftool objects: %s", output);
}

#endif

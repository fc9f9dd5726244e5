/* checked.h: checks as a report gets them, made by hand. */
#ifndef FG_TESTS_CHECKED_H
#define FG_TESTS_CHECKED_H

#include "filigrane/report.h"
#include "metadata/metadata.h"
#include "support/fixtures.h"

#include <string.h>

static inline void
free_finding(gpointer finding)
{
    fg_finding_free(finding);
}

static inline void
free_personal(gpointer personal)
{
    fg_personal_free(personal);
}

static inline FgCheck *
empty_check(const char *path)
{
    FgCheck *check = g_new0(FgCheck, 1);
    check->path = g_strdup(path);
    check->marked = -1;
    check->rights = fg_rights_new();
    check->personal = g_ptr_array_new_with_free_func(free_personal);
    check->findings = g_ptr_array_new_with_free_func(free_finding);
    check->verdict = FG_PASS;
    return check;
}

/* Adds a finding of the default severity of its id; an error makes the file fail. */
static inline void
add_finding(FgCheck *check, const char *id, const char *where)
{
    FgFinding *finding = fg_finding_new(id, where, NULL);
    if (finding->severity == FG_SEVERITY_ERROR)
        check->verdict = FG_FAIL;
    g_ptr_array_add(check->findings, finding);
}

static inline FgCheck *
full_check(const char *path)
{
    FgCheck *check = empty_check(path);
    const FgLicensor licensor = {"Sarl Cartus", "https://www.example.com", NULL, NULL};
    check->format = "jpeg";
    check->width = 4032;
    check->height = 3024;
    check->rights->copyright = g_strdup("© 2026 Christian Allegret. Tous droits réservés.");
    check->rights->creators = g_strdupv((char *[]){"Christian Allegret", NULL});
    check->rights->credit = g_strdup("Photo Allegret");
    check->rights->web_statement = g_strdup("https://www.example.com/legal");
    check->marked = 1;
    check->data_mining = g_strdup("http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED");
    check->source_exif = g_strdup(check->rights->copyright);
    g_ptr_array_add(check->rights->terms, fg_lang_text_new("fr", "Interdit."));
    g_ptr_array_add(check->rights->licensors, fg_licensor_dup(&licensor));
    add_finding(check, "location.gps", "exif:GPS/0x0002");
    add_finding(check, "serial.body", "exif:ExifIFD/0xA431");
    add_finding(check, "makernote.present", "exif:ExifIFD/0x927C");
    add_finding(check, "time.precise", "exif:ExifIFD/0x9003");
    g_ptr_array_add(check->personal, fg_personal_new("location.gps", "exif:GPS/0x0002", "45.123456 N"));
    g_ptr_array_add(check->personal, fg_personal_new("makernote.present", "exif:ExifIFD/0x927C", NULL));
    return check;
}

static const FgReportStyle plain = {.columns = 80};
static const FgReportStyle open = {.columns = 80, .show_values = TRUE};

/* Whether Python and a module of it are there; a test asks first of all, since skip() leaves what it holds.
 */
static inline gboolean
has_python(const char *module)
{
    int status;
    g_autofree char *probe = g_strconcat("import ", module, NULL);
    g_autofree char *ignored = fg_witness(&status, "python3", "-c", probe, NULL);
    return status == 0;
}

/* Runs a program of Python over a text. */
static inline void
assert_python(const char *program, const char *text)
{
    int status;
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "text", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autofree char *said = fg_witness(&status, "python3", "-c", program, path, NULL);
    if (status != 0)
        fail_msg("the witness objects to %s", text);
}

#endif

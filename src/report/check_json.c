/* check_json.c: what was found in one file, as one JSON object (docs/schema/check.schema.json). */
#include <string.h>

#include "base/base.h"
#include "filigrane/report.h"
#include "metadata/metadata.h"

static FgJson *
text_or_null(const char *text)
{
    return text ? fg_json_string(text) : fg_json_null();
}

static FgJson *
number_or_null(guint32 number)
{
    return number > 0 ? fg_json_integer(number) : fg_json_null();
}

static FgJson *
copyright_of(const FgCheck *check)
{
    FgJson *sources = fg_json_object();
    fg_json_set(sources, "exif", text_or_null(check->source_exif));
    fg_json_set(sources, "iptc", text_or_null(check->source_iptc));
    fg_json_set(sources, "xmp", text_or_null(check->source_xmp));
    fg_json_set(sources, "png", text_or_null(check->source_png));
    FgJson *copyright = fg_json_object();
    fg_json_set(copyright, "notice", text_or_null(check->rights->copyright));
    fg_rights_to_json(copyright, check->rights, FG_JSON_CHECK);
    fg_json_set(copyright, "marked", check->marked < 0 ? fg_json_null() : fg_json_boolean(check->marked > 0));
    fg_json_set(copyright, "data_mining", text_or_null(check->data_mining));
    fg_json_set(copyright, "sources", sources);
    return copyright;
}

static FgJson *
personal_of(const FgCheck *check, gboolean show_values)
{
    FgJson *list = fg_json_array();
    for (guint i = 0; i < check->personal->len; i++) {
        const FgPersonal *personal = g_ptr_array_index(check->personal, i);
        FgJson *object = fg_json_object();
        fg_json_set(object, "id", fg_json_string(personal->id));
        fg_json_set(object, "where", fg_json_string(personal->where));
        fg_json_set(object, "value", show_values ? text_or_null(personal->value) : fg_json_null());
        fg_json_add(list, object);
    }
    return list;
}

static FgJson *
findings_of(const FgCheck *check)
{
    FgJson *list = fg_json_array();
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        FgJson *object = fg_json_object();
        fg_json_set(object, "id", fg_json_string(finding->id));
        fg_json_set(object, "severity", fg_json_string(fg_severity_name(finding->severity)));
        fg_json_set(object, "message", fg_json_string(finding->message));
        fg_json_set(object, "where", fg_json_string(finding->where));
        fg_json_add(list, object);
    }
    return list;
}

char *
fg_report_check_json(const FgCheck *check, const FgReportStyle *style)
{
    g_autoptr(FgJson) line = fg_json_object();
    fg_json_set(line, "path", fg_json_string(check->path));
    if (!g_utf8_validate(check->path, -1, NULL)) {
        g_autofree char *bytes = g_base64_encode((const guchar *)check->path, strlen(check->path));
        fg_json_set(line, "path_bytes", fg_json_string(bytes));
    }
    fg_json_set(line, "format", text_or_null(check->format));
    fg_json_set(line, "width", number_or_null(check->width));
    fg_json_set(line, "height", number_or_null(check->height));
    fg_json_set(line, "hdr", text_or_null(check->hdr));
    fg_json_set(line, "copyright", copyright_of(check));
    fg_json_set(line, "personal", personal_of(check, style->show_values));
    fg_json_set(line, "findings", findings_of(check));
    fg_json_set(line, "verdict", fg_json_string(fg_verdict_name(check->verdict)));
    return fg_json_print(line);
}

/* sarif.c: findings of all files for code-scanning pages (OASIS SARIF 2.1.0). */
#include <string.h>

#include "base/base.h"
#include "filigrane/report.h"
#include "metadata/metadata.h"

static FgJson *
message_of(const char *text)
{
    FgJson *message = fg_json_object();
    fg_json_set(message, "text", fg_json_string(text));
    return message;
}

/* §3.27.10: SARIF calls a remark a note. */
static const char *
level_of(FgSeverity severity)
{
    static const char *const levels[] = {"note", "warning", "error"};
    return levels[severity];
}

/* RFC 3986: the bytes of a path as a relative reference, or as a file URI when it is absolute. A colon is
 * encoded too, so that no first segment looks like a scheme. */
static char *
uri_of(const char *path)
{
    GString *uri = g_string_new(path[0] == '/' ? "file://" : NULL);
    for (const char *at = path; *at; at++) {
        if (g_ascii_isalnum(*at) || strchr("-._~/", *at))
            g_string_append_c(uri, *at);
        else
            g_string_append_printf(uri, "%%%02X", (guint8)*at);
    }
    return g_string_free(uri, FALSE);
}

static FgJson *
rules_array(void)
{
    FgJson *rules = fg_json_array();
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        FgJson *rule = fg_json_object();
        FgJson *standard = fg_json_object();
        fg_json_set(standard, "level", fg_json_string(level_of(kind->severity)));
        fg_json_set(rule, "id", fg_json_string(kind->id));
        fg_json_set(rule, "shortDescription", message_of(kind->meaning));
        fg_json_set(rule, "defaultConfiguration", standard);
        fg_json_add(rules, rule);
    }
    return rules;
}

/* The file, and the place in its metadata; of a site, the line of the page that names it. A photo has no
 * lines; pages that show results by line want one. */
static FgJson *
location_of(const char *uri, guint line, const char *where)
{
    FgJson *artifact = fg_json_object(), *region = fg_json_object(), *physical = fg_json_object();
    fg_json_set(artifact, "uri", fg_json_string(uri));
    fg_json_set(region, "startLine", fg_json_integer(line));
    fg_json_set(physical, "artifactLocation", artifact);
    fg_json_set(physical, "region", region);
    FgJson *logical = fg_json_object(), *places = fg_json_array(), *location = fg_json_object();
    fg_json_set(logical, "fullyQualifiedName", fg_json_string(where));
    fg_json_set(logical, "kind", fg_json_string("member"));
    fg_json_add(places, logical);
    fg_json_set(location, "physicalLocation", physical);
    fg_json_set(location, "logicalLocations", places);
    return location;
}

/* The same finding in the same place of a file is the same result in every run. */
static FgJson *
fingerprint_of(const char *uri, const FgFinding *finding)
{
    g_autofree char *identity = g_strjoin("\n", uri, finding->id, finding->where, NULL);
    g_autofree char *digest = fg_sha256_hex(identity, strlen(identity));
    FgJson *prints = fg_json_object();
    fg_json_set(prints, "filigrane/v1", fg_json_string(digest));
    return prints;
}

static void
add_results(FgJson *results, const FgCheck *check)
{
    g_autofree char *uri = uri_of(check->path), *page = uri_of(check->page ? check->page : check->path);
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        FgJson *result = fg_json_object(), *locations = fg_json_array();
        fg_json_add(locations, location_of(page, MAX(check->line, 1), finding->where));
        fg_json_set(result, "ruleId", fg_json_string(finding->id));
        fg_json_set(result, "ruleIndex", fg_json_integer(fg_finding_number(finding->id)));
        fg_json_set(result, "level", fg_json_string(level_of(finding->severity)));
        fg_json_set(result, "message", message_of(finding->message));
        fg_json_set(result, "locations", locations);
        fg_json_set(result, "partialFingerprints", fingerprint_of(uri, finding));
        fg_json_add(results, result);
    }
}

static FgJson *
tool_object(void)
{
    FgJson *driver = fg_json_object(), *tool = fg_json_object();
    fg_json_set(driver, "name", fg_json_string("filigrane"));
    fg_json_set(driver, "semanticVersion", fg_json_string(fg_version()));
    fg_json_set(driver, "rules", rules_array());
    fg_json_set(tool, "driver", driver);
    return tool;
}

char *
fg_report_check_sarif(const GPtrArray *checks, const FgReportStyle *style)
{
    (void)style; /* Messages never hold values, so that there is nothing to hide. */
    FgJson *results = fg_json_array();
    for (guint i = 0; i < checks->len; i++)
        add_results(results, g_ptr_array_index(checks, i));
    FgJson *run = fg_json_object(), *runs = fg_json_array();
    fg_json_set(run, "tool", tool_object());
    fg_json_set(run, "columnKind", fg_json_string("unicodeCodePoints"));
    fg_json_set(run, "results", results);
    fg_json_add(runs, run);
    g_autoptr(FgJson) log = fg_json_object();
    fg_json_set(log, "$schema", fg_json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    fg_json_set(log, "version", fg_json_string("2.1.0"));
    fg_json_set(log, "runs", runs);
    return fg_json_print_pretty(log);
}

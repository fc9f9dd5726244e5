/* findings.c: looks findings up in their table, findings.def, and notes them. */
#include "metadata/metadata_private.h"

#include <string.h>

#define E FG_SEVERITY_ERROR
#define W FG_SEVERITY_WARNING
#define I FG_SEVERITY_INFO
#define N_(text) text

static const FgFindingKind kinds[] = {
#define FINDING(id, severity, family, meaning) {id, severity, meaning},
#define TELLS(id, severity, family, meaning, words, sort) {id, severity, meaning},
#define KEPT(id, severity, family, keep, where, meaning, words, sort) {id, severity, meaning},
#include "metadata/findings.def"
    {NULL, I, NULL},
};

#define COUNTRY FG_KEEP_COUNTRY
#define CITY FG_KEEP_CITY
#define DATE FG_KEEP_DATE
#define PROMPT FG_KEEP_PROMPT
#define PICTURE FG_KEEP_PICTURE

static const FgFindingTraits traits[] = {
#define FINDING(id, severity, family, meaning) {FG_FAMILY_##family, 0, NULL, NULL, NULL},
#define TELLS(id, severity, family, meaning, words, sort) {FG_FAMILY_##family, 0, NULL, words, sort},
#define KEPT(id, severity, family, keep, where, meaning, words, sort)                                        \
    {FG_FAMILY_##family, keep, where, words, sort},
#include "metadata/findings.def"
};
_Static_assert(G_N_ELEMENTS(traits) == FG_N_FINDINGS, "both tables have all rows");

const FgFindingKind *
fg_finding_kinds(void)
{
    return kinds;
}

const char *
fg_severity_name(FgSeverity severity)
{
    static const char *const names[] = {"info", "warning", "error"};
    g_assert(severity < G_N_ELEMENTS(names));
    return names[severity];
}

guint
fg_finding_number(const char *id)
{
    guint number = 0; /* Most ids differ in the first letter. */
    while (number < FG_N_FINDINGS && (kinds[number].id[0] != id[0] || strcmp(kinds[number].id, id) != 0))
        number++;
    return number;
}

const FgFindingKind *
fg_finding_kind(const char *id)
{
    const guint number = fg_finding_number(id);
    g_assert(number < FG_N_FINDINGS);
    return &kinds[number];
}

const FgFindingTraits *
fg_finding_traits(const char *id)
{
    return &traits[fg_finding_kind(id) - kinds];
}

gboolean
fg_finding_tells(const char *id)
{
    return fg_finding_traits(id)->family <= FG_FAMILY_TRACE;
}

gboolean
fg_finding_is_kept(const FgFinding *finding, guint keep)
{
    const FgFindingTraits *row = fg_finding_traits(finding->id);
    return (row->keep & keep) && strstr(finding->where, row->where);
}

/* Most files have the same few findings with the same words: these stay where they are, and the rest is one
 * piece. */
FgFinding *
fg_finding_of(const FgFindingKind *kind, FgSeverity severity, const char *where, const char *message)
{
    gsize place = strlen(where) + 1, words = message ? strlen(message) + 1 : 0;
    FgFinding *finding = g_malloc(sizeof *finding + place + words);
    char *texts = (char *)(finding + 1);
    memcpy(texts, where, place);
    if (message)
        memcpy(texts + place, message, words);
    *finding = (FgFinding){kind->id, severity, message ? texts + place : kind->meaning, texts};
    return finding;
}

FgFinding *
fg_finding_new(const char *id, const char *where, const char *message)
{
    const FgFindingKind *kind = fg_finding_kind(id);
    return fg_finding_of(kind, kind->severity, where, message);
}

FgFinding *
fg_finding_dup(const FgFinding *finding)
{
    FgFinding *copy = fg_finding_new(finding->id, finding->where, finding->message);
    copy->severity = finding->severity;
    return copy;
}

void
fg_finding_free(FgFinding *finding)
{
    g_free(finding);
}

FgPersonal *
fg_personal_new(const char *id, const char *where, const char *value)
{
    FgPersonal *personal = g_new0(FgPersonal, 1);
    personal->id = fg_finding_kind(id)->id;
    personal->where = g_strdup(where);
    personal->value = value ? g_utf8_make_valid(value, -1) : NULL;
    return personal;
}

void
fg_personal_free(FgPersonal *personal)
{
    if (!personal)
        return;
    g_free(personal->where);
    g_free(personal->value);
    g_free(personal);
}

void
fg_finding_add(GPtrArray *findings, const char *id, const char *where, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    for (guint i = 0; i < findings->len; i++) {
        const FgFinding *other = g_ptr_array_index(findings, i);
        if (strcmp(other->id, id) == 0 && g_strcmp0(other->where, where) == 0 &&
            strcmp(other->message, message) == 0)
            return;
    }
    g_ptr_array_add(findings, fg_finding_new(id, where, message));
}

void
fg_personal_add(FgMetadata *metadata, const char *id, const char *where, const char *value)
{
    g_ptr_array_add(metadata->personal, fg_personal_new(id, where, value));
    fg_finding_add(metadata->findings, id, where, "%s", fg_finding_kind(id)->meaning);
}

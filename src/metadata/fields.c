/* fields.c: the rows of filigrane/fields.def as a table, and the names of a field in the carriers. */
#include "metadata/metadata_private.h"
#include "metadata/xmp_names.h"

#include <string.h>

/* A member has the type of its kind; the lists differ in what they hold alone. */
#define IS(value, type) _Generic((value), type : 1, default : 0)
#define IS_TEXT(value) IS(value, char *)
#define IS_LIST(value) IS(value, char **)
#define IS_LANGUAGES(value) IS(value, GPtrArray *)
#define IS_LICENSORS(value) IS(value, GPtrArray *)
#define IS_OTHERS(value) IS(value, GPtrArray *)
#define IS_CONTACT(value) IS(value, FgContact)
#define IS_NUMBER(value) IS(value, int)
#define IS_FLAG(value) IS(value, gboolean)
#define IS_MARKED(value) IS(value, FgMarked)
#define IS_RATIONAL(value) IS(value, FgRational)
#define IS_COUNT(value) IS(value, guint32)
#define IS_DATE(value) (IS(value, char *) && sizeof(value) == 20)
#define RIGHT(key, member, kind, ...)                                                                        \
    _Static_assert(IS_##kind(((FgRights *)0)->member), #member " is of another type");
#define FOUND(member, kind, ...) RIGHT(member, member, kind)
#define LICENSOR(member, ...)                                                                                \
    _Static_assert(IS_TEXT(((FgLicensor *)0)->member), #member " is of another type");
#define CONTACT(member, ...) _Static_assert(IS_TEXT(((FgContact *)0)->member), #member " is of another type");
#define FACT(member, kind, keep, ...)                                                                        \
    _Static_assert(IS_##kind(((FgFacts *)0)->member), #member " is of another type");                        \
    _Static_assert((keep) != 0, #member " is of no group, and so would never pass");
#include "filigrane/fields.def"

#define RIGHT(name, member, as, type, range, help, ...)                                                      \
    {.key = #name, .offset = offsetof(FgRights, member), .kind = FG_KIND_##as, .stated = TRUE, __VA_ARGS__},
#define CONTACT(member, type, help, ...)                                                                     \
    {.key = "contact." #member,                                                                              \
     .offset = offsetof(FgRights, contact.member),                                                           \
     .kind = FG_KIND_TEXT,                                                                                   \
     .stated = TRUE,                                                                                         \
     .label = "creator's contact",                                                                           \
     __VA_ARGS__},
#define FOUND(member, as, ...)                                                                               \
    {.key = #member, .offset = offsetof(FgRights, member), .kind = FG_KIND_##as, __VA_ARGS__},
const FgField fg_right_fields[] = {
#include "filigrane/fields.def"
    {NULL}};

#define LICENSOR(member, type, help, ...)                                                                    \
    {.key = #member, .offset = offsetof(FgLicensor, member), .kind = FG_KIND_TEXT, __VA_ARGS__},
const FgField fg_licensor_fields[] = {
#include "filigrane/fields.def"
    {NULL}};

#define FACT(member, as, groups, ...)                                                                        \
    {.key = #member, .offset = offsetof(FgFacts, member), .kind = FG_KIND_##as, .keep = groups, __VA_ARGS__},
const FgField fg_fact_fields[] = {
#include "filigrane/fields.def"
    {NULL}};

gpointer
fg_field_at(const FgField *field, gconstpointer base)
{
    return (guint8 *)(guintptr)base + field->offset;
}

/* ---- By their names in the carriers ---- */

char *
fg_field_uri(const FgField *field, const char *word)
{
    g_autofree char *upper = field->upper ? g_ascii_strup(word, -1) : NULL;
    return g_strconcat(field->vocabulary, upper ? upper : word, NULL);
}

char *
fg_xmp_where(const FgXmpName *name)
{
    return g_strconcat("xmp:", fg_xmp_prefix((FgXmpNs)name->ns), ":", name->property, NULL);
}

const FgField *
fg_right_of_dataset(guint8 number)
{
    for (const FgField *field = fg_right_fields; field->key; field++)
        if (number > 0 && field->iim.number == number)
            return field;
    return NULL;
}

static gboolean
is_named(const FgXmpName *name, guint8 ns, const char *property)
{
    return name->ns == ns && ns != FG_NS_UNKNOWN && strcmp(name->property, property) == 0;
}

gboolean
fg_licensor_has(const char *property)
{
    const FgField *field = fg_licensor_fields;
    while (field->key && strcmp(field->xmp.property, property) != 0)
        field++;
    return field->key != NULL;
}

const FgField *
fg_right_of_property(guint8 ns, const char *property)
{
    for (const FgField *field = fg_right_fields; field->key; field++)
        if (is_named(&field->xmp, ns, property) || is_named(&field->older[0], ns, property) ||
            is_named(&field->older[1], ns, property))
            return field;
    return NULL;
}

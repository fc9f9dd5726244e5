/* filling.h: rights and facts of which each field of filigrane/fields.def says something of its own. */
#ifndef FG_TESTS_FILLING_H
#define FG_TESTS_FILLING_H

#include "metadata/metadata.h"
#include "support/fixtures.h"

#include <string.h>

static inline void fill_fields(const FgField *fields, gpointer base);

/* Takes the place of what was there. */
static inline void
fill_field(const FgField *field, gpointer base)
{
    FgLicensor *licensor;
    fg_field_clear(field, base);
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        fg_field_text(field, base) = g_strdup(field->key);
        break;
    case FG_KIND_LIST:
        fg_field_list(field, base) = g_strdupv((char *[]){(char *)field->key, (char *)"2", NULL});
        break;
    case FG_KIND_LANGUAGES:
        fg_field_items(field, base) = g_ptr_array_new_with_free_func((GDestroyNotify)fg_lang_text_free);
        g_ptr_array_add(fg_field_items(field, base), fg_lang_text_new("fr", field->key));
        break;
    case FG_KIND_LICENSORS:
        fg_field_items(field, base) = g_ptr_array_new_with_free_func((GDestroyNotify)fg_licensor_free);
        licensor = g_new0(FgLicensor, 1);
        fill_fields(fg_licensor_fields, licensor);
        g_ptr_array_add(fg_field_items(field, base), licensor);
        break;
    case FG_KIND_OTHERS:
        fg_field_items(field, base) = g_ptr_array_new_with_free_func((GDestroyNotify)fg_rights_free);
        g_ptr_array_add(fg_field_items(field, base), fg_rights_new());
        break;
    case FG_KIND_DATE:
        g_strlcpy(fg_field_at(field, base), "2026-05-01T10:11:12", 20);
        break;
    case FG_KIND_RATIONAL:
        *(FgRational *)fg_field_at(field, base) = (FgRational){(guint32)strlen(field->key), 10};
        break;
    case FG_KIND_CONTACT:
        break;
    default:
        *(int *)fg_field_at(field, base) = 1;
    }
}

static inline void
fill_fields(const FgField *fields, gpointer base)
{
    for (; fields->key; fields++)
        fill_field(fields, base);
}

static inline FgRights *
filled_rights(void)
{
    FgRights *rights = fg_rights_new();
    fill_fields(fg_right_fields, rights);
    return rights;
}

static inline FgFacts *
filled_facts(void)
{
    FgFacts *facts = fg_facts_new();
    fill_fields(fg_fact_fields, facts);
    return facts;
}

#endif

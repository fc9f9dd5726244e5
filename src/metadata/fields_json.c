/* fields_json.c: rights as JSON, of a manifest and of a check. */
#include "base/base.h"
#include "metadata/metadata_private.h"

#include <string.h>

/* Of two texts of one language, the first. */
static FgJson *
languages_json(const GPtrArray *texts)
{
    FgJson *object = fg_json_object();
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = texts->pdata[i];
        if (!fg_json_get(object, text->lang))
            fg_json_set(object, text->lang, fg_json_string(text->text));
    }
    return object;
}

static FgJson *
licensors_json(const GPtrArray *licensors, FgJsonUse use)
{
    FgJson *array = fg_json_array();
    for (guint i = 0; licensors && i < licensors->len; i++) {
        FgJson *object = fg_json_object();
        for (const FgField *field = fg_licensor_fields; field->key; field++)
            if (field->json & use)
                fg_json_set(object, field->key, fg_json_string(fg_field_text(field, licensors->pdata[i])));
        fg_json_add(array, object);
    }
    return array;
}

/* The members that are stated, of the rows that follow that of the structure. */
static FgJson *
members_json(const FgField *structure, const FgRights *rights)
{
    FgJson *object = fg_json_object();
    const gsize length = strlen(structure->key);
    for (const FgField *field = structure + 1; field->key; field++)
        if (strncmp(field->key, structure->key, length) == 0 && field->key[length] == '.' &&
            !fg_field_is_empty(field, rights))
            fg_json_set(object, field->key + length + 1, fg_json_string(fg_field_text(field, rights)));
    return object;
}

static FgJson *
field_json(const FgField *field, const FgRights *rights, FgJsonUse use)
{
    const char *text;
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        text = fg_field_text(field, rights);
        if (text && field->vocabulary) {
            g_autofree char *uri = fg_field_uri(field, text);
            return fg_json_string(uri);
        }
        return fg_json_string(text);
    case FG_KIND_LIST:
        return fg_json_strings((const char *const *)fg_field_list(field, rights));
    case FG_KIND_LANGUAGES:
        return languages_json(fg_field_items(field, rights));
    case FG_KIND_LICENSORS:
        return licensors_json(fg_field_items(field, rights), use);
    case FG_KIND_CONTACT:
        return members_json(field, rights);
    default:
        return fg_json_integer(*(const int *)fg_field_at(field, rights));
    }
}

void
fg_rights_to_json(FgJson *object, const FgRights *rights, FgJsonUse use)
{
    for (const FgField *field = fg_right_fields; field->key; field++)
        if ((field->json & use) && (!(field->json & FG_JSON_STATED) || !fg_field_is_empty(field, rights)))
            fg_json_set(object, field->key, field_json(field, rights, use));
}

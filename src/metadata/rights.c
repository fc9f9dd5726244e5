/* rights.c: the life of FgRights and of what it is made of, field by field, and the comparison of two. */
#include "metadata/metadata_private.h"

#include <string.h>

/* How many bytes a field has that is no pointer; 0 for one that is. */
static gsize
plain_size(const FgField *field)
{
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_NUMBER:
    case FG_KIND_FLAG:
        return sizeof(int);
    case FG_KIND_MARKED:
        return sizeof(FgMarked);
    case FG_KIND_COUNT:
        return sizeof(guint32);
    case FG_KIND_RATIONAL:
        return sizeof(FgRational);
    case FG_KIND_DATE:
        return sizeof(((FgFacts *)0)->date);
    default:
        return 0;
    }
}

gboolean
fg_field_is_empty(const FgField *field, gconstpointer base)
{
    const GPtrArray *items;
    const char *bytes = fg_field_at(field, base);
    gsize size;
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        return fg_field_text(field, base) == NULL;
    case FG_KIND_LIST:
        return fg_field_list(field, base) == NULL;
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        items = fg_field_items(field, base);
        return !items || items->len == 0;
    case FG_KIND_RATIONAL:
        return ((const FgRational *)(gconstpointer)bytes)->denominator == 0;
    case FG_KIND_DATE:
        return *bytes == '\0';
    default:
        size = plain_size(field);
        while (size > 0 && bytes[size - 1] == 0)
            size--;
        return size == 0;
    }
}

/* ---- Life ---- */

static gpointer
copy_item(gconstpointer item, gpointer field)
{
    switch (((const FgField *)field)->kind) {
    case FG_KIND_LANGUAGES:
        return fg_lang_text_new(((const FgLangText *)item)->lang, ((const FgLangText *)item)->text);
    case FG_KIND_LICENSORS:
        return fg_licensor_dup(item);
    default:
        return fg_rights_dup(item);
    }
}

static GDestroyNotify
free_of(const FgField *field)
{
    return field->kind == FG_KIND_LANGUAGES   ? (GDestroyNotify)fg_lang_text_free
           : field->kind == FG_KIND_LICENSORS ? (GDestroyNotify)fg_licensor_free
                                              : (GDestroyNotify)fg_rights_free;
}

void
fg_field_clear(const FgField *field, gpointer base)
{
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        g_clear_pointer((char **)fg_field_at(field, base), g_free);
        break;
    case FG_KIND_LIST:
        g_clear_pointer((char ***)fg_field_at(field, base), g_strfreev);
        break;
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        g_clear_pointer((GPtrArray **)fg_field_at(field, base), g_ptr_array_unref);
        break;
    default:
        memset(fg_field_at(field, base), 0, plain_size(field));
    }
}

/* A list of its own, also of NULL, so that a copy can be added to; of others none, since few files have any.
 */
static GPtrArray *
copy_items(const FgField *field, const GPtrArray *items)
{
    if (!items && field->kind == FG_KIND_OTHERS)
        return NULL;
    GPtrArray *copies = g_ptr_array_new_with_free_func(free_of(field));
    for (guint i = 0; items && i < items->len; i++)
        g_ptr_array_add(copies, copy_item(items->pdata[i], (gpointer)(guintptr)field));
    return copies;
}

void
fg_field_copy(const FgField *field, gpointer to, gconstpointer from)
{
    if (to == from)
        return;
    fg_field_clear(field, to);
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        fg_field_text(field, to) = g_strdup(fg_field_text(field, from));
        break;
    case FG_KIND_LIST:
        fg_field_list(field, to) = g_strdupv(fg_field_list(field, from));
        break;
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        fg_field_items(field, to) = copy_items(field, fg_field_items(field, from));
        break;
    default:
        memcpy(fg_field_at(field, to), fg_field_at(field, from), plain_size(field));
    }
}

/* ---- Comparison ---- */

static gboolean
same_list(char *const *a, char *const *b)
{
    return a && b ? g_strv_equal((const char *const *)a, (const char *const *)b) : a == b;
}

static gboolean
same_item(const FgField *field, gconstpointer a, gconstpointer b)
{
    const FgLangText *one = a, *other = b;
    if (field->kind == FG_KIND_LANGUAGES)
        return strcmp(one->lang, other->lang) == 0 && strcmp(one->text, other->text) == 0;
    const FgField *member = field->kind == FG_KIND_LICENSORS ? fg_licensor_fields : fg_right_fields;
    while (member->key && fg_field_equal(member, a, b))
        member++;
    return member->key == NULL;
}

static gboolean
same_items(const FgField *field, const GPtrArray *a, const GPtrArray *b)
{
    const guint length = a ? a->len : 0;
    if (length != (b ? b->len : 0))
        return FALSE;
    for (guint i = 0; i < length; i++)
        if (!same_item(field, a->pdata[i], b->pdata[i]))
            return FALSE;
    return TRUE;
}

gboolean
fg_field_equal(const FgField *field, gconstpointer a, gconstpointer b)
{
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        return g_strcmp0(fg_field_text(field, a), fg_field_text(field, b)) == 0;
    case FG_KIND_LIST:
        return same_list(fg_field_list(field, a), fg_field_list(field, b));
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        return same_items(field, fg_field_items(field, a), fg_field_items(field, b));
    case FG_KIND_DATE:
        return strcmp(fg_field_at(field, a), fg_field_at(field, b)) == 0;
    default:
        return memcmp(fg_field_at(field, a), fg_field_at(field, b), plain_size(field)) == 0;
    }
}

/* ---- Structs ---- */

FgLangText *
fg_lang_text_new(const char *lang, const char *text)
{
    FgLangText *copy = g_new0(FgLangText, 1);
    copy->lang = g_strdup(lang);
    copy->text = g_strdup(text);
    return copy;
}

void
fg_lang_text_free(FgLangText *text)
{
    if (!text)
        return;
    g_free(text->lang);
    g_free(text->text);
    g_free(text);
}

static void
copy_fields(const FgField *fields, gpointer to, gconstpointer from)
{
    for (; fields->key; fields++)
        fg_field_copy(fields, to, from);
}

static void
free_fields(const FgField *fields, gpointer base)
{
    for (; base && fields->key; fields++)
        fg_field_clear(fields, base);
    g_free(base);
}

FgLicensor *
fg_licensor_dup(const FgLicensor *licensor)
{
    FgLicensor *copy = g_new0(FgLicensor, 1);
    copy_fields(fg_licensor_fields, copy, licensor);
    return copy;
}

void
fg_licensor_free(FgLicensor *licensor)
{
    free_fields(fg_licensor_fields, licensor);
}

void
fg_rights_add_other(FgRights *rights, const FgRights *other)
{
    FgRights *copy = fg_rights_new();
    copy->copyright = g_strdup(other->copyright);
    copy->owner = g_strdup(other->owner);
    copy->creators = g_strdupv(other->creators);
    if (!rights->others)
        rights->others = g_ptr_array_new_with_free_func((GDestroyNotify)fg_rights_free);
    g_ptr_array_add(rights->others, copy);
}

FgRights *
fg_rights_new(void)
{
    static const FgRights nothing;
    return fg_rights_dup(&nothing);
}

FgRights *
fg_rights_dup(const FgRights *rights)
{
    FgRights *copy = g_new0(FgRights, 1);
    copy_fields(fg_right_fields, copy, rights);
    return copy;
}

void
fg_rights_free(FgRights *rights)
{
    free_fields(fg_right_fields, rights);
}

/* fields_pack.c: rights and facts as records: what crosses between processes, and what a recipe's digest is
 * made of, is the same. */
#include "base/ipc.h"
#include "metadata/metadata_private.h"

#include <string.h>

static void pack(GByteArray *record, const FgField *fields, gconstpointer base);
static gboolean unpack(FgCursor *at, const FgField *fields, gpointer base, gboolean inner);

/* ---- Out ---- */

static void
pack_items(GByteArray *record, const FgField *field, const GPtrArray *items)
{
    fg_put_le32(record, items ? items->len : 0);
    for (guint i = 0; items && i < items->len; i++) {
        const FgLangText *text = items->pdata[i];
        if (field->kind == FG_KIND_LANGUAGES) {
            fg_ipc_put_text(record, text->lang);
            fg_ipc_put_text(record, text->text);
        } else {
            pack(record, field->kind == FG_KIND_LICENSORS ? fg_licensor_fields : fg_right_fields,
                 items->pdata[i]);
        }
    }
}

static void
pack_field(GByteArray *record, const FgField *field, gconstpointer base)
{
    const guint32 *numbers = fg_field_at(field, base);
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        fg_ipc_put_text(record, fg_field_text(field, base));
        break;
    case FG_KIND_LIST:
        fg_ipc_put_texts(record, (const char *const *)fg_field_list(field, base));
        break;
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        pack_items(record, field, fg_field_items(field, base));
        break;
    case FG_KIND_RATIONAL:
        fg_put_le32(record, numbers[0]);
        fg_put_le32(record, numbers[1]);
        break;
    case FG_KIND_DATE:
        fg_ipc_put_text(record, fg_field_at(field, base));
        break;
    case FG_KIND_CONTACT:
        break;
    default:
        fg_put_le32(record, numbers[0]);
    }
}

static void
pack(GByteArray *record, const FgField *fields, gconstpointer base)
{
    for (; fields->key; fields++)
        pack_field(record, fields, base);
}

void
fg_rights_pack(GByteArray *record, const FgRights *rights)
{
    pack(record, fg_right_fields, rights);
}

void
fg_facts_pack(GByteArray *record, const FgFacts *facts)
{
    pack(record, fg_fact_fields, facts);
}

/* ---- In ---- */

static gboolean
unpack_item(FgCursor *at, const FgField *field, GPtrArray *items)
{
    if (field->kind == FG_KIND_LANGUAGES) {
        g_autofree char *lang = NULL, *text = NULL;
        if (!fg_ipc_get_some_text(at, &lang) || !fg_ipc_get_some_text(at, &text))
            return FALSE;
        g_ptr_array_add(items, fg_lang_text_new(lang, text));
        return TRUE;
    }
    if (field->kind == FG_KIND_LICENSORS) {
        FgLicensor *licensor = g_new0(FgLicensor, 1);
        g_ptr_array_add(items, licensor);
        return unpack(at, fg_licensor_fields, licensor, TRUE);
    }
    FgRights *other = fg_rights_new();
    g_ptr_array_add(items, other);
    return unpack(at, fg_right_fields, other, TRUE);
}

/* Others have none themselves: what comes from a process that reads photos is not followed without end. */
static gboolean
unpack_items(FgCursor *at, const FgField *field, gpointer base, gboolean inner)
{
    guint32 count;
    if (!fg_cursor_u32(at, &count) || (inner && field->kind == FG_KIND_OTHERS && count > 0))
        return FALSE;
    if (count > 0 && field->kind == FG_KIND_OTHERS)
        fg_field_items(field, base) = g_ptr_array_new_with_free_func((GDestroyNotify)fg_rights_free);
    for (guint32 i = 0; i < count; i++)
        if (!unpack_item(at, field, fg_field_items(field, base)))
            return FALSE;
    return TRUE;
}

static gboolean
unpack_date(FgCursor *at, char date[20])
{
    g_autofree char *text = NULL;
    if (!fg_ipc_get_some_text(at, &text) || strlen(text) >= 20)
        return FALSE;
    g_strlcpy(date, text, 20);
    return TRUE;
}

static gboolean
unpack_field(FgCursor *at, const FgField *field, gpointer base, gboolean inner)
{
    guint32 *numbers = fg_field_at(field, base);
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        return fg_ipc_get_text(at, fg_field_at(field, base));
    case FG_KIND_LIST:
        return fg_ipc_get_texts(at, fg_field_at(field, base));
    case FG_KIND_LANGUAGES:
    case FG_KIND_LICENSORS:
    case FG_KIND_OTHERS:
        return unpack_items(at, field, base, inner);
    case FG_KIND_RATIONAL:
        return fg_cursor_u32(at, &numbers[0]) && fg_cursor_u32(at, &numbers[1]);
    case FG_KIND_DATE:
        return unpack_date(at, fg_field_at(field, base));
    case FG_KIND_FLAG:
        return fg_ipc_get_choice(at, 2, numbers);
    case FG_KIND_MARKED:
        return fg_ipc_get_choice(at, FG_MARKED_FALSE + 1, numbers);
    case FG_KIND_NUMBER:
        return fg_ipc_get_choice(at, G_MAXINT, numbers);
    case FG_KIND_CONTACT:
        return TRUE;
    default:
        return fg_cursor_u32(at, numbers);
    }
}

static gboolean
unpack(FgCursor *at, const FgField *fields, gpointer base, gboolean inner)
{
    for (; fields->key; fields++)
        if (!unpack_field(at, fields, base, inner))
            return FALSE;
    return TRUE;
}

FgRights *
fg_rights_unpack(FgCursor *at)
{
    g_autoptr(FgRights) rights = fg_rights_new();
    return unpack(at, fg_right_fields, rights, FALSE) ? g_steal_pointer(&rights) : NULL;
}

FgFacts *
fg_facts_unpack(FgCursor *at)
{
    g_autoptr(FgFacts) facts = fg_facts_new();
    return unpack(at, fg_fact_fields, facts, FALSE) ? g_steal_pointer(&facts) : NULL;
}

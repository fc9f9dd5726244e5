/* rights.c: the life of FgRights and of what it is made of. */
#include "metadata/metadata_private.h"

static gpointer
copy_lang_text(gconstpointer text, gpointer data)
{
    (void)data;
    const FgLangText *from = text;
    return fg_lang_text_new(from->lang, from->text);
}

static gpointer
copy_licensor(gconstpointer licensor, gpointer data)
{
    (void)data;
    return fg_licensor_dup(licensor);
}

static void
free_lang_text(gpointer text)
{
    fg_lang_text_free(text);
}

static void
free_licensor(gpointer licensor)
{
    fg_licensor_free(licensor);
}

/* A list of its own, also of NULL, so that a copy can be added to. */
static GPtrArray *
copy_list(const GPtrArray *list, GCopyFunc copy, GDestroyNotify free_item)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func(free_item);
    for (guint i = 0; list && i < list->len; i++)
        g_ptr_array_add(copies, copy(g_ptr_array_index(list, i), NULL));
    return copies;
}

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

FgLicensor *
fg_licensor_dup(const FgLicensor *licensor)
{
    FgLicensor *copy = g_new0(FgLicensor, 1);
    copy->name = g_strdup(licensor->name);
    copy->url = g_strdup(licensor->url);
    copy->email = g_strdup(licensor->email);
    copy->id = g_strdup(licensor->id);
    return copy;
}

void
fg_licensor_free(FgLicensor *licensor)
{
    if (!licensor)
        return;
    g_free(licensor->name);
    g_free(licensor->url);
    g_free(licensor->email);
    g_free(licensor->id);
    g_free(licensor);
}

static FgContact
copy_contact(const FgContact *contact)
{
    return (FgContact){
        .address = g_strdup(contact->address),
        .city = g_strdup(contact->city),
        .region = g_strdup(contact->region),
        .postal_code = g_strdup(contact->postal_code),
        .country = g_strdup(contact->country),
        .phone = g_strdup(contact->phone),
        .email = g_strdup(contact->email),
        .url = g_strdup(contact->url),
    };
}

static void
clear_contact(FgContact *contact)
{
    g_free(contact->address);
    g_free(contact->city);
    g_free(contact->region);
    g_free(contact->postal_code);
    g_free(contact->country);
    g_free(contact->phone);
    g_free(contact->email);
    g_free(contact->url);
}

static gpointer
copy_other(gconstpointer other, gpointer data)
{
    (void)data;
    return fg_rights_dup(other);
}

static void
free_other(gpointer other)
{
    fg_rights_free(other);
}

void
fg_rights_add_other(FgRights *rights, const FgRights *other)
{
    FgRights *copy = fg_rights_new();
    copy->copyright = g_strdup(other->copyright);
    copy->owner = g_strdup(other->owner);
    copy->creators = g_strdupv(other->creators);
    if (!rights->others)
        rights->others = g_ptr_array_new_with_free_func(free_other);
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
    *copy = (FgRights){
        .creators = g_strdupv(rights->creators),
        .owner = g_strdup(rights->owner),
        .aliases = g_strdupv(rights->aliases),
        .job_title = g_strdup(rights->job_title),
        .copyright = g_strdup(rights->copyright),
        .credit = g_strdup(rights->credit),
        .source = g_strdup(rights->source),
        .instructions = g_strdup(rights->instructions),
        .terms = copy_list(rights->terms, copy_lang_text, free_lang_text),
        .web_statement = g_strdup(rights->web_statement),
        .licensors = copy_list(rights->licensors, copy_licensor, free_licensor),
        .contact = copy_contact(&rights->contact),
        .data_mining = g_strdup(rights->data_mining),
        .other_constraints = copy_list(rights->other_constraints, copy_lang_text, free_lang_text),
        .tdm_policy = g_strdup(rights->tdm_policy),
        .digital_source = g_strdup(rights->digital_source),
        .year = rights->year,
        .as_found = rights->as_found,
        .marked = rights->marked,
        .cc_license = g_strdup(rights->cc_license),
        .cc_attribution_name = g_strdup(rights->cc_attribution_name),
        .cc_attribution_url = g_strdup(rights->cc_attribution_url),
        .cc_more_permissions = g_strdup(rights->cc_more_permissions),
        .copyright_status = g_strdup(rights->copyright_status),
        .named = g_strdupv(rights->named),
        .others = rights->others ? g_ptr_array_copy(rights->others, copy_other, NULL) : NULL,
    };
    if (copy->others)
        g_ptr_array_set_free_func(copy->others, free_other);
    return copy;
}

void
fg_rights_free(FgRights *rights)
{
    if (!rights)
        return;
    g_strfreev(rights->creators);
    g_free(rights->owner);
    g_strfreev(rights->aliases);
    g_free(rights->job_title);
    g_free(rights->copyright);
    g_free(rights->credit);
    g_free(rights->source);
    g_free(rights->instructions);
    g_clear_pointer(&rights->terms, g_ptr_array_unref);
    g_free(rights->web_statement);
    g_clear_pointer(&rights->licensors, g_ptr_array_unref);
    clear_contact(&rights->contact);
    g_free(rights->data_mining);
    g_clear_pointer(&rights->other_constraints, g_ptr_array_unref);
    g_free(rights->tdm_policy);
    g_free(rights->digital_source);
    g_free(rights->cc_license);
    g_free(rights->cc_attribution_name);
    g_free(rights->cc_attribution_url);
    g_free(rights->cc_more_permissions);
    g_free(rights->copyright_status);
    g_strfreev(rights->named);
    g_clear_pointer(&rights->others, g_ptr_array_unref);
    g_free(rights);
}

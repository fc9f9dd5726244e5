/* reconcile.c: what the file says, from what its carriers say (Guidelines for Handling Image Metadata 2.0,
 * chapter 5). */
#include "metadata/reading.h"

#include <string.h>

typedef struct {
    const FgReading *reading;
    gboolean iim_untouched; /* since XMP was written: there is no digest, or it fits */
} Carriers;

/* NFC. Text below U+0300 (lead byte CC), which nearly all is, has nothing to compose. */
static char *
taken(const char *text)
{
    if (!text)
        return NULL;
    for (const guchar *at = (const guchar *)text; *at; at++)
        if (*at >= 0xcc)
            return fg_text_nfc(text);
    return g_strdup(text);
}

/* EXIF wins; XMP wins over an IIM block that was not touched since, or when IIM only holds its beginning. */
static const char *
choose(const Carriers *carriers, const char *exif, const char *iim, const char *xmp, gsize limit)
{
    if (exif)
        return exif;
    if (!iim || (xmp && carriers->iim_untouched))
        return xmp ? xmp : iim;
    if (xmp && strlen(xmp) > limit && strncmp(xmp, iim, strlen(iim)) == 0 && strlen(iim) + 4 >= limit)
        return xmp;
    return iim;
}

static const FgRights *
rights_of(const FgReading *reading, FgCarrierKind kind)
{
    static const FgRights none;
    return reading->said[kind].rights ? reading->said[kind].rights : &none;
}

static const FgFacts *
facts_of(const FgReading *reading, FgCarrierKind kind)
{
    static const FgFacts none;
    return reading->said[kind].facts ? reading->said[kind].facts : &none;
}

static char **
choose_creators(const Carriers *carriers)
{
    const FgReading *reading = carriers->reading;
    char **exif = rights_of(reading, FG_SAYS_EXIF)->creators,
         **iim = rights_of(reading, FG_SAYS_IPTC)->creators;
    char **xmp = rights_of(reading, FG_SAYS_XMP)->creators, **png = rights_of(reading, FG_SAYS_PNG)->creators;
    char **chosen = exif ? exif : png;
    if (!exif && (iim || xmp))
        chosen = !iim || (xmp && carriers->iim_untouched) ? xmp : iim;
    if (!chosen)
        return NULL;
    char **copy = g_new0(char *, g_strv_length(chosen) + 1);
    for (guint i = 0; chosen[i]; i++)
        copy[i] = taken(chosen[i]);
    return copy;
}

/* A file repeats its first language as x-default; the language itself says more. */
static GPtrArray *
choose_languages(const GPtrArray *texts, GPtrArray *list)
{
    const FgLangText *standard = NULL, *same = NULL;
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = g_ptr_array_index(texts, i);
        if (strcmp(text->lang, "x-default") == 0 && !standard)
            standard = text;
    }
    for (guint i = 0; standard && i < texts->len && !same; i++) {
        const FgLangText *text = g_ptr_array_index(texts, i);
        if (text != standard && strcmp(text->text, standard->text) == 0)
            same = text;
    }
    if (standard)
        g_ptr_array_add(list, fg_lang_text_new(same ? same->lang : standard->lang, standard->text));
    for (guint i = 0; texts && i < texts->len; i++) {
        const FgLangText *text = g_ptr_array_index(texts, i);
        if (text != standard && text != same)
            g_ptr_array_add(list, fg_lang_text_new(text->lang, text->text));
    }
    return list;
}

/* "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED" to "prohibited"; the scheme may differ, or the base be
 * left out. */
static char *
data_mining_key(const char *uri)
{
    if (!uri)
        return NULL;
    const char *slash = strrchr(uri, '/');
    const char *key = slash ? slash + 1 : uri;
    return g_str_has_prefix(key, "DMI-") ? g_ascii_strdown(key + 4, -1) : NULL;
}

/* Photoshop's own flag says 0 of every picture that was never marked, and so says nothing then. */
static FgMarked
marked_of(const FgReading *reading)
{
    if (reading->marked >= 0)
        return reading->marked ? FG_MARKED_TRUE : FG_MARKED_FALSE;
    return reading->irb_flag > 0 ? FG_MARKED_TRUE : FG_MARKED_UNSTATED;
}

static void
take_named(const FgReading *reading, FgRights *rights)
{
    for (FgCarrierKind kind = 0; kind < FG_N_CARRIERS; kind++) {
        char **creators = rights_of(reading, kind)->creators;
        for (guint i = 0; creators && creators[i]; i++)
            if (!rights->named || !g_strv_contains((const char *const *)rights->named, creators[i]))
                fg_say_more(&rights->named, creators[i]);
    }
}

static void
reconcile_rights(const Carriers *carriers, FgRights *rights)
{
    const FgReading *reading = carriers->reading;
    const FgRights *exif = rights_of(reading, FG_SAYS_EXIF), *iim = rights_of(reading, FG_SAYS_IPTC);
    const FgRights *xmp = rights_of(reading, FG_SAYS_XMP), *png = rights_of(reading, FG_SAYS_PNG);
    const char *notice = choose(carriers, exif->copyright, iim->copyright, xmp->copyright, 128);
    const char *others[] = {png->copyright, reading->said[FG_SAYS_EXIF].other_notice,
                            reading->said[FG_SAYS_XMP].other_notice};
    for (guint i = 0; i < G_N_ELEMENTS(others) && !notice; i++)
        notice = others[i];
    rights->copyright = taken(notice);
    rights->creators = choose_creators(carriers);
    rights->owner = taken(xmp->owner);
    rights->job_title = taken(choose(carriers, NULL, iim->job_title, xmp->job_title, 32));
    rights->credit = taken(choose(carriers, NULL, iim->credit, xmp->credit, 32));
    rights->source = taken(choose(carriers, NULL, iim->source, xmp->source, 32));
    rights->instructions = taken(choose(carriers, NULL, iim->instructions, xmp->instructions, 256));
    rights->web_statement = taken(xmp->web_statement ? xmp->web_statement : iim->web_statement);
    rights->tdm_policy = taken(xmp->tdm_policy);
    choose_languages(xmp->terms, rights->terms);
    choose_languages(xmp->other_constraints, rights->other_constraints);
    for (guint i = 0; xmp->licensors && i < xmp->licensors->len; i++) {
        const FgLicensor *licensor = g_ptr_array_index(xmp->licensors, i);
        if (licensor->name || licensor->url || licensor->email || licensor->id)
            g_ptr_array_add(rights->licensors, fg_licensor_dup(licensor));
    }
    const FgContact *contact = &xmp->contact;
    rights->contact = (FgContact){
        taken(contact->address), taken(contact->city),  taken(contact->region), taken(contact->postal_code),
        taken(contact->country), taken(contact->phone), taken(contact->email),  taken(contact->url),
    };
    rights->data_mining = data_mining_key(reading->data_mining);
    rights->as_found = TRUE;
    rights->marked = marked_of(reading);
    rights->cc_license = taken(xmp->cc_license);
    rights->cc_attribution_name = taken(xmp->cc_attribution_name);
    rights->cc_attribution_url = taken(xmp->cc_attribution_url);
    rights->cc_more_permissions = taken(xmp->cc_more_permissions);
    rights->copyright_status = taken(xmp->copyright_status);
    /* The strongest word on a generator counts, else what the property says. */
    const char *strongest = facts_of(reading, FG_SAYS_XMP)->digital_source;
    rights->digital_source = strongest ? g_strdup(strongest) : fg_source_name(reading->source_type);
    take_named(reading, rights);
}

static char **
taken_list(char **iim, char **xmp, gboolean xmp_wins)
{
    char **chosen = xmp && (xmp_wins || !iim) ? xmp : iim;
    if (!chosen)
        return NULL;
    char **copy = g_new0(char *, g_strv_length(chosen) + 1);
    for (guint i = 0; chosen[i]; i++)
        copy[i] = taken(chosen[i]);
    return copy;
}

static void
reconcile_facts(const Carriers *carriers, FgFacts *facts)
{
    const FgReading *reading = carriers->reading;
    const FgFacts *exif = facts_of(reading, FG_SAYS_EXIF), *iim = facts_of(reading, FG_SAYS_IPTC);
    const FgFacts *xmp = facts_of(reading, FG_SAYS_XMP), *png = facts_of(reading, FG_SAYS_PNG);
    const char *title = choose(carriers, NULL, iim->title, xmp->title, 64);
    const char *caption = choose(carriers, exif->caption, iim->caption, xmp->caption, 2000);
    facts->title = taken(title ? title : png->title);
    facts->caption = taken(caption ? caption : png->caption);
    facts->headline = taken(choose(carriers, NULL, iim->headline, xmp->headline, 256));
    facts->alt = taken(xmp->alt);
    facts->extended_alt = taken(xmp->extended_alt);
    facts->keywords = taken_list(iim->keywords, xmp->keywords, carriers->iim_untouched);
    const char *date = exif->date[0] ? exif->date : xmp->date[0] ? xmp->date : iim->date;
    g_strlcpy(facts->date, date, sizeof facts->date);
    facts->make = taken(exif->make ? exif->make : xmp->make);
    facts->model = taken(exif->model ? exif->model : xmp->model);
    facts->lens = taken(exif->lens ? exif->lens : xmp->lens);
    facts->exposure_time = exif->exposure_time;
    facts->f_number = exif->f_number;
    facts->focal_length = exif->focal_length;
    facts->iso = exif->iso;
    facts->country = taken(xmp->country ? xmp->country : iim->country);
    facts->country_code = taken(xmp->country_code ? xmp->country_code : iim->country_code);
    facts->state = taken(xmp->state ? xmp->state : iim->state);
    facts->city = taken(xmp->city ? xmp->city : iim->city);
    facts->digital_source = g_strdup(xmp->digital_source);
    facts->ai_system = taken(xmp->ai_system);
    facts->ai_system_version = taken(xmp->ai_system_version);
    facts->ai_prompt = taken(xmp->ai_prompt);
    facts->ai_prompt_writer = taken(xmp->ai_prompt_writer);
    fg_facts_drop_coordinates(facts);
}

/* A notice that the file as a whole is not known by, since another carrier or block speaks for it. */
static void
add_others(const FgReading *reading, FgRights *rights)
{
    for (guint i = 0; i < reading->blocks->len + FG_N_CARRIERS; i++) {
        const FgRights *one = i < FG_N_CARRIERS ? rights_of(reading, (FgCarrierKind)i)
                                                : reading->blocks->pdata[i - FG_N_CARRIERS];
        const char *notice = one->copyright;
        gboolean same = !notice || fg_notice_names_nobody(notice) ||
                        (rights->copyright && (fg_notice_equal(notice, rights->copyright) ||
                                               fg_notice_is_cut(notice, rights->copyright, 128)));
        if (!same || (one->owner && g_strcmp0(one->owner, rights->owner) != 0))
            fg_rights_add_other(rights, one);
    }
}

static FgCarrier
carrier(const FgReading *reading, FgCarrierKind kind)
{
    const FgRights *rights = rights_of(reading, kind);
    return (FgCarrier){
        .present = reading->said[kind].present,
        .notice = taken(rights->copyright),
        .creators = g_strdupv(rights->creators),
        .credit = taken(rights->credit),
    };
}

void
fg_reconcile(FgReading *reading)
{
    FgMetadata *metadata = reading->metadata;
    Carriers carriers = {
        .reading = reading,
        .iim_untouched = !reading->has_digest || !reading->has_iim ||
                         memcmp(reading->stored_digest, reading->iim_digest, sizeof reading->iim_digest) == 0,
    };
    metadata->exif = carrier(reading, FG_SAYS_EXIF);
    metadata->iptc = carrier(reading, FG_SAYS_IPTC);
    metadata->xmp = carrier(reading, FG_SAYS_XMP);
    metadata->png = carrier(reading, FG_SAYS_PNG);
    metadata->rights = fg_rights_new();
    metadata->facts = fg_facts_new();
    reconcile_rights(&carriers, metadata->rights);
    add_others(reading, metadata->rights);
    reconcile_facts(&carriers, metadata->facts);
    metadata->marked = reading->marked >= 0 ? reading->marked : reading->irb_flag;
    metadata->data_mining = g_strdup(reading->data_mining);
    metadata->orientation = reading->orientation ? reading->orientation : 1;
    metadata->index_r03 = reading->index_r03;
    metadata->adobe_rgb = reading->colour_space == 2 || (reading->colour_space != 1 && reading->index_r03);
}

/* reconcile.c: what the file says, from what its carriers say (Guidelines for Handling Image Metadata 2.0,
 * chapter 5). */
#include "metadata/reading.h"

#include <string.h>

#define N_(text) text

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
taken_list(char *const *list)
{
    guint count = list ? g_strv_length((char **)list) : 0;
    char **copy = count > 0 ? g_new0(char *, count + 1) : NULL;
    for (guint i = 0; i < count; i++)
        copy[i] = taken(list[i]);
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

/* ---- One field of all carriers ---- */

/* What each carrier has, and where it goes; the struct is FgRights or FgFacts. */
typedef struct {
    const Carriers *carriers;
    gconstpointer said[FG_N_CARRIERS];
    gpointer to;
} Sources;

static char *
choose_text(const FgField *field, const Sources *from)
{
    const char *exif = fg_field_text(field, from->said[FG_SAYS_EXIF]);
    const char *iim = fg_field_text(field, from->said[FG_SAYS_IPTC]);
    const char *xmp = fg_field_text(field, from->said[FG_SAYS_XMP]);
    const char *text = exif ? exif : xmp ? xmp : iim;
    if (field->iim.limit > 0)
        text = choose(from->carriers, exif, iim, xmp, field->iim.limit);
    return taken(!text && field->png ? fg_field_text(field, from->said[FG_SAYS_PNG]) : text);
}

static char **
choose_list(const FgField *field, const Sources *from)
{
    char **exif = fg_field_list(field, from->said[FG_SAYS_EXIF]);
    char **iim = fg_field_list(field, from->said[FG_SAYS_IPTC]);
    char **xmp = fg_field_list(field, from->said[FG_SAYS_XMP]);
    char **chosen = exif;
    if (!exif && (iim || xmp))
        chosen = !iim || (xmp && from->carriers->iim_untouched) ? xmp : iim;
    return taken_list(!chosen && field->png ? fg_field_list(field, from->said[FG_SAYS_PNG]) : chosen);
}

static void
choose_date(const FgField *field, const Sources *from)
{
    static const FgCarrierKind order[] = {FG_SAYS_EXIF, FG_SAYS_XMP, FG_SAYS_IPTC};
    for (guint i = 0; i < G_N_ELEMENTS(order) && fg_field_is_empty(field, from->to); i++)
        fg_field_copy(field, from->to, from->said[order[i]]);
}

static void
take_licensors(GPtrArray *licensors, const GPtrArray *found)
{
    for (guint i = 0; i < found->len; i++)
        for (const FgField *field = fg_licensor_fields; field->key; field++)
            if (!fg_field_is_empty(field, found->pdata[i])) {
                g_ptr_array_add(licensors, fg_licensor_dup(found->pdata[i]));
                break;
            }
}

/* What has languages or members XMP alone can say, and numbers EXIF alone; a word of a vocabulary, and what
 * is concluded of several blocks, is decided below. */
static void
choose_field(const FgField *field, const Sources *from)
{
    const GPtrArray *found;
    switch ((FgFieldKind)field->kind) {
    case FG_KIND_TEXT:
        if (!field->vocabulary)
            fg_field_text(field, from->to) = choose_text(field, from);
        break;
    case FG_KIND_LIST:
        fg_field_list(field, from->to) = choose_list(field, from);
        break;
    case FG_KIND_LANGUAGES:
        choose_languages(fg_field_items(field, from->said[FG_SAYS_XMP]), fg_field_items(field, from->to));
        break;
    case FG_KIND_LICENSORS:
        found = fg_field_items(field, from->said[FG_SAYS_XMP]);
        if (found)
            take_licensors(fg_field_items(field, from->to), found);
        break;
    case FG_KIND_DATE:
        choose_date(field, from);
        break;
    case FG_KIND_RATIONAL:
    case FG_KIND_COUNT:
        fg_field_copy(field, from->to, from->said[FG_SAYS_EXIF]);
        break;
    default:
        break;
    }
}

static void
reconcile_rights(const Carriers *carriers, FgRights *rights)
{
    const FgReading *reading = carriers->reading;
    Sources from = {.carriers = carriers, .to = rights};
    for (guint i = 0; i < FG_N_CARRIERS; i++)
        from.said[i] = rights_of(reading, (FgCarrierKind)i);
    for (const FgField *field = fg_right_fields; field->key; field++)
        choose_field(field, &from);
    const char *others[] = {reading->said[FG_SAYS_EXIF].other_notice,
                            reading->said[FG_SAYS_XMP].other_notice};
    for (guint i = 0; i < G_N_ELEMENTS(others) && !rights->copyright; i++)
        rights->copyright = taken(others[i]);
    rights->data_mining = data_mining_key(reading->data_mining);
    rights->as_found = TRUE;
    rights->marked = marked_of(reading);
    /* The strongest word on a generator counts, else what the property says. */
    rights->digital_source = g_strdup(facts_of(reading, FG_SAYS_XMP)->digital_source);
    fg_source_say(&rights->digital_source, reading->origin);
    if (!rights->digital_source)
        rights->digital_source = fg_source_name(reading->source_type);
    take_named(reading, rights);
}

/* What XMP says alike, it says itself. */
static void
take_origin(const FgReading *reading, FgFacts *facts)
{
    g_autofree char *in_xmp = g_strdup(facts->digital_source);
    fg_source_say(&facts->digital_source, reading->origin);
    const gboolean told = g_strcmp0(facts->digital_source, in_xmp) != 0;
    facts->credentials = !reading->origin_where   ? FG_CREDENTIALS_NONE
                         : told                   ? FG_CREDENTIALS_TELL
                         : reading->origin_unread ? FG_CREDENTIALS_UNREAD
                                                  : FG_CREDENTIALS_SILENT;
}

static void
reconcile_facts(const Carriers *carriers, FgFacts *facts)
{
    Sources from = {.carriers = carriers, .to = facts};
    for (guint i = 0; i < FG_N_CARRIERS; i++)
        from.said[i] = facts_of(carriers->reading, (FgCarrierKind)i);
    for (const FgField *field = fg_fact_fields; field->key; field++)
        choose_field(field, &from);
    fg_facts_drop_coordinates(facts);
    take_origin(carriers->reading, facts);
}

/* A notice or an owner that the rights of the file have not. */
static gboolean
states_other(const FgRights *one, const FgRights *rights)
{
    const char *notice = one->copyright;
    const gboolean same = !notice || fg_notice_names_nobody(notice) ||
                          (rights->copyright && (fg_notice_equal(notice, rights->copyright) ||
                                                 fg_notice_is_cut(notice, rights->copyright, 128)));
    return !same || (one->owner && g_strcmp0(one->owner, rights->owner) != 0);
}

/* A notice that the file as a whole is not known by, since another carrier or block speaks for it. */
static void
add_others(const FgReading *reading, FgRights *rights)
{
    for (guint i = 0; i < reading->blocks->len + FG_N_CARRIERS; i++) {
        const FgRights *one = i < FG_N_CARRIERS ? rights_of(reading, (FgCarrierKind)i)
                                                : reading->blocks->pdata[i - FG_N_CARRIERS];
        if (states_other(one, rights))
            fg_rights_add_other(rights, one);
    }
}

/* A warning: a preview may be older than the notice of its photo, and `tag` leaves it as it is. */
static void
tell_inner(const FgReading *reading)
{
    FgMetadata *metadata = reading->metadata;
    for (guint i = 0; i < reading->inner->len; i++) {
        const FgInner *inner = reading->inner->pdata[i];
        if (!states_other(inner->rights, metadata->rights))
            continue;
        fg_rights_add_other(metadata->rights, inner->rights);
        if (!inner->rights->copyright)
            continue;
        FgFinding *finding =
            fg_finding_new("copyright.conflict", inner->where,
                           N_("A preview, trailer or copy within the file holds another copyright notice."));
        finding->severity = FG_SEVERITY_WARNING;
        g_ptr_array_add(metadata->findings, finding);
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
    for (guint i = 0; i < FG_N_CARRIERS; i++)
        fg_said_tidy(&reading->said[i]);
    metadata->exif = carrier(reading, FG_SAYS_EXIF);
    metadata->iptc = carrier(reading, FG_SAYS_IPTC);
    metadata->xmp = carrier(reading, FG_SAYS_XMP);
    metadata->png = carrier(reading, FG_SAYS_PNG);
    metadata->rights = fg_rights_new();
    metadata->facts = fg_facts_new();
    reconcile_rights(&carriers, metadata->rights);
    add_others(reading, metadata->rights);
    tell_inner(reading);
    reconcile_facts(&carriers, metadata->facts);
    metadata->marked = reading->marked >= 0 ? reading->marked : reading->irb_flag;
    metadata->data_mining = g_strdup(reading->data_mining);
    metadata->orientation = reading->orientation ? reading->orientation : 1;
    metadata->index_r03 = reading->index_r03;
    metadata->adobe_rgb = reading->colour_space == 2 || (reading->colour_space != 1 && reading->index_r03);
}

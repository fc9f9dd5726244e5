/* judge.c: the findings on a file's rights: are they there, and do the carriers agree (docs/spec/metadata.md
 * §4.3, §4.4)? */
#include "metadata/reading.h"

#include <string.h>

/* The carriers that a file of this format should have. */
static gboolean
carries(FgFormat format, FgCarrierKind kind)
{
    switch (kind) {
    case FG_SAYS_EXIF:
    case FG_SAYS_XMP:
        return TRUE;
    case FG_SAYS_IPTC:
        return fg_format_traits(format)->iptc;
    default:
        return FALSE;
    }
}

static const char *const notice_places[FG_N_CARRIERS] = {"exif:IFD0/0x8298", "iptc:2:116", "xmp:dc:rights",
                                                         "png:Copyright"};

static gboolean
same_notice(const FgReading *reading, FgCarrierKind kind, const char *notice, const char *other)
{
    if (strcmp(notice, other) == 0 || fg_notice_equal(notice, other))
        return TRUE;
    /* EXIF keeps an editor's notice apart, where the others have both in one text. */
    const char *editor = reading->said[FG_SAYS_EXIF].other_notice;
    if (kind != FG_SAYS_EXIF || !editor)
        return FALSE;
    g_autofree char *both = g_strconcat(notice, "\n", editor, NULL);
    return fg_notice_equal(both, other);
}

/* A notice of many words names somebody; a short one is looked at without its stock phrases. */
gboolean
fg_notice_names_nobody(const char *notice)
{
    if (strlen(notice) > 80)
        return FALSE;
    static const char *const phrases[] = {"copyright", "all rights reserved", "tous droits reserves", "(c)"};
    g_autofree char *rest = fg_text_fold(notice, FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(phrases); i++) {
        g_auto(GStrv) pieces = g_strsplit(rest, phrases[i], -1);
        g_autofree char *without = g_strjoinv("", pieces);
        g_free(rest);
        rest = g_steal_pointer(&without);
    }
    for (const char *at = rest; *at; at = g_utf8_next_char(at))
        if (g_unichar_isalpha(g_utf8_get_char(at)))
            return FALSE;
    return TRUE;
}

static gboolean
is_placeholder(const char *notice)
{
    if (strlen(notice) > 40)
        return FALSE;
    static const char *const stock[] = {"copyright",
                                        "©",
                                        "(c)",
                                        "your name",
                                        "copyright your name",
                                        "none",
                                        "unknown",
                                        "copyright notice",
                                        "copyright, photographer, 2003"};
    g_autofree char *tidy = fg_text_tidy(notice);
    g_autofree char *folded = fg_text_fold(tidy, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(stock); i++)
        if (strcmp(folded, stock[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The latest year that the notice names, or 0. */
static int
latest_year(const char *notice)
{
    int latest = 0;
    for (const char *at = notice; *at; at++) {
        gsize digits = strspn(at, "0123456789");
        if (digits == 4) {
            int year = (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
            latest = year >= 1800 && year < 2200 ? MAX(latest, year) : latest;
        }
        at += digits > 0 ? digits - 1 : 0;
    }
    return latest;
}

static void
judge_wording(FgReading *reading, const char *notice, const char *where)
{
    char **creators = reading->metadata->rights->creators;
    gboolean names_creator = creators && strstr(notice, creators[0]);
    if (!names_creator && is_placeholder(notice)) {
        fg_reading_tell(reading, "copyright.placeholder", where);
        return;
    }
    if (!names_creator && fg_notice_names_nobody(notice))
        fg_reading_tell(reading, "copyright.no-owner-name", where);
    if (reading->latest_year > 0 && latest_year(notice) > reading->latest_year)
        fg_reading_tell(reading, "copyright.year-future", where);
}

static const char *
notice_of(const FgMetadata *metadata, FgCarrierKind kind)
{
    const FgCarrier *const carriers[] = {&metadata->exif, &metadata->iptc, &metadata->xmp, &metadata->png};
    return carriers[kind]->notice;
}

/* Does every carrier that has a notice have the same, and does every carrier have one? */
static void
judge_agreement(FgReading *reading, FgFormat format)
{
    const FgMetadata *metadata = reading->metadata;
    static const FgCarrierKind order[] = {FG_SAYS_XMP, FG_SAYS_EXIF, FG_SAYS_IPTC, FG_SAYS_PNG};
    FgCarrierKind first = FG_N_CARRIERS;
    for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
        FgCarrierKind kind = order[i];
        const char *notice = notice_of(metadata, kind);
        const char *where =
            reading->said[kind].notice_where ? reading->said[kind].notice_where : notice_places[kind];
        if (notice && fg_notice_is_mangled(notice))
            fg_reading_tell(reading, "copyright.mangled", where);
        if (!notice) {
            if (carries(format, kind) && metadata->rights->copyright)
                fg_reading_tell(reading, "copyright.partial", notice_places[kind]);
            continue;
        }
        if (first == FG_N_CARRIERS) {
            first = kind;
            continue;
        }
        const char *other = notice_of(metadata, first);
        if (same_notice(reading, kind, notice, other))
            continue;
        if (kind == FG_SAYS_IPTC && fg_notice_is_cut(notice, other, 128))
            fg_reading_tell(reading, "copyright.truncated", where);
        else
            fg_reading_tell(reading, "copyright.conflict", where);
    }
    if (first != FG_N_CARRIERS)
        judge_wording(reading, notice_of(metadata, first), notice_places[first]);
}

static gboolean
same_names(char *const *left, char *const *right, gboolean cut)
{
    if (g_strv_equal((const char *const *)left, (const char *const *)right))
        return TRUE;
    g_autofree char *one = fg_creators_join(left), *other = fg_creators_join(right);
    if (g_strcmp0(one, other) == 0)
        return TRUE;
    if (cut && g_strv_length((char **)left) == g_strv_length((char **)right)) {
        gboolean same = TRUE;
        for (guint i = 0; left[i] && same; i++)
            same = strcmp(left[i], right[i]) == 0 || fg_notice_is_cut(left[i], right[i], 32);
        if (same)
            return TRUE;
    }
    g_autofree char *tidy_one = fg_text_tidy(one), *tidy_other = fg_text_tidy(other);
    g_autofree char *folded_one = fg_text_fold(tidy_one, FALSE),
                    *folded_other = fg_text_fold(tidy_other, FALSE);
    return strcmp(folded_one, folded_other) == 0;
}

static void
judge_creators(FgReading *reading)
{
    const FgMetadata *metadata = reading->metadata;
    const struct {
        char *const *names;
        const char *where;
        gboolean cut;
    } carriers[] = {
        {metadata->xmp.creators, "xmp:dc:creator", FALSE},
        {metadata->exif.creators, "exif:IFD0/0x013B", FALSE},
        {metadata->iptc.creators, "iptc:2:80", TRUE},
        {metadata->png.creators, "png:Author", FALSE},
    };
    char *const *first = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(carriers); i++) {
        if (!carriers[i].names)
            continue;
        if (!first)
            first = carriers[i].names;
        else if (!same_names(carriers[i].names, first, carriers[i].cut))
            fg_reading_tell(reading, "creator.conflict", carriers[i].where);
    }
    if (!first)
        fg_reading_tell(reading, "creator.missing", "xmp:dc:creator");
}

static gboolean
is_web_address(const char *text)
{
    gsize scheme = g_ascii_strncasecmp(text, "https://", 8) == 0  ? 8
                   : g_ascii_strncasecmp(text, "http://", 7) == 0 ? 7
                                                                  : 0;
    return scheme > 0 && g_ascii_isalnum(text[scheme]) && !strpbrk(text, " \t\r\n<>\"");
}

static void
judge_licence(FgReading *reading)
{
    const FgMetadata *metadata = reading->metadata;
    const FgRights *rights = metadata->rights;
    if (metadata->marked < 0)
        fg_reading_tell(reading, "rights.marked-missing", "xmp:xmpRights:Marked");
    else if (metadata->marked == 0 && rights->copyright)
        fg_reading_tell(reading, "rights.marked-false", "xmp:xmpRights:Marked");
    if (!rights->web_statement)
        fg_reading_tell(reading, "rights.webstatement-missing", "xmp:xmpRights:WebStatement");
    else if (!is_web_address(rights->web_statement))
        fg_reading_tell(reading, "rights.webstatement-invalid", "xmp:xmpRights:WebStatement");
    gboolean licensor = FALSE;
    for (guint i = 0; i < rights->licensors->len; i++)
        licensor = licensor || ((FgLicensor *)g_ptr_array_index(rights->licensors, i))->url;
    if (!licensor)
        fg_reading_tell(reading, "rights.licensor-url-missing", "xmp:plus:Licensor");
    if (rights->terms->len == 0)
        fg_reading_tell(reading, "rights.usageterms-missing", "xmp:xmpRights:UsageTerms");
    if (!rights->credit)
        fg_reading_tell(reading, "credit.missing", "xmp:photoshop:Credit");
}

/* docs/spec/metadata.md §1.4: what each value of plus:DataMining comes to. */
static void
judge_data_mining(FgReading *reading)
{
    static const char where[] = "xmp:plus:DataMining";
    static const struct {
        const char *key, *id;
    } values[] = {
        {"unspecified", "tdm.unreserved"},
        {"allowed", "tdm.allowed"},
        {"prohibited-aimltraining", "tdm.partial"},
        {"prohibited-genaimltraining", "tdm.partial"},
        {"prohibited-exceptsearchengineindexing", NULL},
        {"prohibited", NULL},
        {"prohibited-seeconstraint", NULL},
        {"prohibited-seeembeddedrightsexpr", NULL},
        {"prohibited-seelinkedrightsexpr", NULL},
    };
    const FgRights *rights = reading->metadata->rights;
    if (!reading->data_mining) {
        fg_reading_tell(reading, "tdm.unreserved", where);
        return;
    }
    guint i = 0;
    while (i < G_N_ELEMENTS(values) && g_strcmp0(values[i].key, rights->data_mining) != 0)
        i++;
    g_autofree char *canonical = i < G_N_ELEMENTS(values) ? fg_data_mining_uri(values[i].key) : NULL;
    if (g_strcmp0(canonical, reading->data_mining) != 0)
        fg_reading_tell(reading, "tdm.malformed", where);
    if (i == G_N_ELEMENTS(values))
        return;
    if (values[i].id)
        fg_reading_tell(reading, values[i].id, where);
    if ((i == 6 && rights->other_constraints->len == 0) || (i == 7 && !reading->embedded_expression) ||
        (i == 8 && !reading->linked_expression))
        fg_reading_tell(reading, "tdm.incomplete", where);
}

/* UTF-8 that was once taken for Latin-1: Ã or Â before a character of the upper half of Latin-1. */
static gboolean
is_mojibake(const char *text)
{
    for (const guchar *at = (const guchar *)text; text && at[0]; at++)
        if (at[0] == 0xc3 && (at[1] == 0x83 || at[1] == 0x82) && at[2] == 0xc2 && at[3] >= 0xa0)
            return TRUE;
    return FALSE;
}

static void
judge_texts(FgReading *reading)
{
    for (FgCarrierKind kind = 0; kind < FG_N_CARRIERS; kind++) {
        const FgSaid *said = &reading->said[kind];
        if (!said->rights)
            continue;
        gboolean bad = is_mojibake(said->rights->copyright) || is_mojibake(said->rights->credit) ||
                       is_mojibake(said->facts->caption) || is_mojibake(said->facts->title);
        for (guint i = 0; said->rights->creators && said->rights->creators[i]; i++)
            bad = bad || is_mojibake(said->rights->creators[i]);
        if (bad)
            fg_reading_tell(reading, "encoding.mojibake", notice_places[kind]);
        if (said->blank && !said->rights->copyright)
            fg_reading_tell(reading, "copyright.blank", notice_places[kind]);
    }
}

static gboolean
declares_colour(const FgContainer *container)
{
    for (guint i = 0; i < container->parts->len; i++) {
        const FgPart *part = g_ptr_array_index(container->parts, i);
        if (part->kind == FG_PART_PICTURE && part->name &&
            (strcmp(part->name, "sRGB") == 0 || strcmp(part->name, "cICP") == 0))
            return TRUE;
    }
    return fg_format_traits(container->format)->boxed;
}

static void
judge_picture(FgReading *reading, const FgContainer *container)
{
    static const char where[] = "exif:IFD0/0x0112";
    gboolean boxed = fg_format_traits(container->format)->boxed;
    if (reading->orientation > 1 && !boxed)
        fg_reading_tell(reading, "orientation.not-baked", where);
    else if (reading->orientation > 1 && reading->orientation != reading->turned) {
        fg_reading_tell(reading, "orientation.not-baked", where);
        FgFinding *last =
            g_ptr_array_index(reading->metadata->findings, reading->metadata->findings->len - 1);
        last->severity = reading->turned > 1 ? FG_SEVERITY_WARNING : FG_SEVERITY_ERROR;
    }
    if (!reading->metadata->has_icc && !declares_colour(container))
        fg_reading_tell(reading, "icc.missing", "icc:profile");
}

/* What the file says of a generator, by XMP or by its Content Credentials, and whether these two agree. */
static void
judge_source(FgReading *reading)
{
    static const char where[] = "xmp:Iptc4xmpExt:DigitalSourceType";
    const FgFacts *facts = reading->metadata->facts;
    if (facts->credentials == FG_CREDENTIALS_TELL)
        fg_reading_note(
            reading, "ai.source-type", reading->origin_where,
            "The file's Content Credentials, whose signature was not verified, say how it was made: "
            "%s.",
            facts->digital_source);
    else if (facts->digital_source)
        fg_reading_tell(reading, "ai.source-type", where);
    else if (reading->generator_trace && !reading->source_type)
        fg_reading_tell(reading, "ai.undeclared", where);
    if (reading->origin_unread && reading->origin)
        fg_reading_note(reading, "c2pa.unreadable", reading->origin_where,
                        "The file's Content Credentials can't be read whole.");
    else if (reading->origin_unread)
        fg_reading_tell(reading, "c2pa.unreadable", reading->origin_where);
    if (fg_source_is_generated(reading->origin) && fg_source_is_captured(reading->source_type))
        fg_reading_tell(reading, "ai.contradiction", where);
}

/* IPTC Photo Metadata 2025.1. */
static void
judge_system(FgReading *reading)
{
    const FgFacts *facts = reading->metadata->facts;
    const char *version = facts->ai_system_version;
    if (!facts->ai_system && !version)
        return;
    g_autofree char *named = g_strconcat(facts->ai_system ? facts->ai_system : "",
                                         facts->ai_system && version ? " " : "", version, NULL);
    g_autofree char *tidy = fg_text_tidy(named);
    g_autofree char *cut = fg_text_cut(tidy, 120);
    g_autofree char *shown = fg_text_printable(cut);
    fg_reading_note(reading, "ai.system",
                    facts->ai_system ? "xmp:Iptc4xmpExt:AISystemUsed" : "xmp:Iptc4xmpExt:AISystemVersionUsed",
                    "The file names the AI system that it was made with: %s.", shown);
}

void
fg_reading_judge(FgReading *reading, const FgContainer *container)
{
    const FgMetadata *metadata = reading->metadata;
    if (!metadata->rights->copyright)
        fg_reading_tell(reading, "copyright.missing", notice_places[FG_SAYS_XMP]);
    judge_agreement(reading, container->format);
    judge_texts(reading);
    judge_creators(reading);
    judge_licence(reading);
    judge_data_mining(reading);
    if (reading->has_iim && fg_format_traits(container->format)->iptc) {
        if (!reading->has_digest)
            fg_reading_tell(reading, "iptc.digest-missing", "iptc:IRB/0x0425");
        else if (memcmp(reading->stored_digest, reading->iim_digest, sizeof reading->iim_digest) != 0)
            fg_reading_tell(reading, "iptc.digest-mismatch", "iptc:IRB/0x0425");
    }
    judge_source(reading);
    judge_system(reading);
    judge_picture(reading, container);
}

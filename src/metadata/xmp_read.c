/* xmp_read.c: what an XMP packet states of rights and facts, and what in it is personal. */
#include "metadata/reading.h"
#include "metadata/xmp_walk.h"

#include <string.h>

typedef struct {
    FgReading *reading; /* NULL: only facts are wanted */
    FgSaid *said;
    const char *where;
    GPtrArray *unknown; /* namespaces told of already */
} XmpReader;

static gboolean
is(const FgXmpLeaf *leaf, FgXmpNs ns, const char *name)
{
    return leaf->ns == ns && strcmp(leaf->name, name) == 0;
}

static gboolean
within(const FgXmpLeaf *leaf, FgXmpNs ns, const char *name)
{
    return leaf->top_ns == ns && strcmp(leaf->top, name) == 0;
}

/* Of the languages of a text, x-default counts, else the first. */
static void
say_default(char **field, const FgXmpLeaf *leaf)
{
    gboolean standard = leaf->lang && strcmp(leaf->lang, "x-default") == 0;
    if (standard && *field && leaf->item > 0) {
        g_autofree char *text = fg_text_trimmed(leaf->value);
        if (text) {
            g_free(*field);
            *field = g_steal_pointer(&text);
        }
        return;
    }
    fg_say(field, leaf->value);
}

static void
say_language(GPtrArray *texts, const FgXmpLeaf *leaf)
{
    g_autofree char *text = fg_text_trimmed(leaf->value);
    if (text)
        g_ptr_array_add(texts, fg_lang_text_new(leaf->lang ? leaf->lang : "x-default", text));
}

static FgLicensor *
licensor_at(FgRights *rights, guint item)
{
    while (rights->licensors->len <= item) {
        FgLicensor empty = {NULL, NULL, NULL, NULL};
        g_ptr_array_add(rights->licensors, fg_licensor_dup(&empty));
    }
    return g_ptr_array_index(rights->licensors, item);
}

static void
say_licensor(FgRights *rights, const FgXmpLeaf *leaf)
{
    if (leaf->item >= 16)
        return;
    FgLicensor *licensor = licensor_at(rights, leaf->item);
    if (is(leaf, FG_NS_PLUS, "LicensorName"))
        fg_say(&licensor->name, leaf->value);
    else if (is(leaf, FG_NS_PLUS, "LicensorURL"))
        fg_say(&licensor->url, leaf->value);
    else if (is(leaf, FG_NS_PLUS, "LicensorEmail"))
        fg_say(&licensor->email, leaf->value);
    else if (is(leaf, FG_NS_PLUS, "LicensorID"))
        fg_say(&licensor->id, leaf->value);
}

/* Plain texts: where each goes. Offsets are of FgRights for rights, of FgFacts for facts. */
typedef enum { OF_RIGHTS, OF_FACTS } Owner;

static const struct {
    FgXmpNs top_ns;
    const char *top;
    FgXmpNs ns;
    const char *name;
    Owner owner;
    gsize offset;
} texts[] = {
#define RIGHT(ns, name, field)                                                                               \
    {                                                                                                        \
        ns, NULL, ns, name, OF_RIGHTS, G_STRUCT_OFFSET(FgRights, field)                                      \
    }
#define FACT(ns, name, field)                                                                                \
    {                                                                                                        \
        ns, NULL, ns, name, OF_FACTS, G_STRUCT_OFFSET(FgFacts, field)                                        \
    }
#define CONTACT(name, field)                                                                                 \
    {                                                                                                        \
        FG_NS_IPTC_CORE, "CreatorContactInfo", FG_NS_IPTC_CORE, name, OF_RIGHTS,                             \
            G_STRUCT_OFFSET(FgRights, contact.field)                                                         \
    }
#define SHOWN(name, field)                                                                                   \
    {                                                                                                        \
        FG_NS_IPTC_EXT, "LocationShown", FG_NS_IPTC_EXT, name, OF_FACTS, G_STRUCT_OFFSET(FgFacts, field)     \
    }
    RIGHT(FG_NS_DC, "rights", copyright),
    RIGHT(FG_NS_PHOTOSHOP, "AuthorsPosition", job_title),
    RIGHT(FG_NS_PHOTOSHOP, "Credit", credit),
    RIGHT(FG_NS_PHOTOSHOP, "Source", source),
    RIGHT(FG_NS_PHOTOSHOP, "Instructions", instructions),
    RIGHT(FG_NS_XMP_RIGHTS, "WebStatement", web_statement),
    RIGHT(FG_NS_TDM, "policy", tdm_policy),
    RIGHT(FG_NS_CC, "license", cc_license),
    RIGHT(FG_NS_CC, "attributionName", cc_attribution_name),
    RIGHT(FG_NS_CC, "attributionURL", cc_attribution_url),
    RIGHT(FG_NS_CC, "morePermissions", cc_more_permissions),
    RIGHT(FG_NS_PLUS, "CopyrightStatus", copyright_status),
    FACT(FG_NS_IPTC_EXT, "AISystemUsed", ai_system),
    FACT(FG_NS_IPTC_EXT, "AISystemVersionUsed", ai_system_version),
    FACT(FG_NS_IPTC_EXT, "AIPromptInformation", ai_prompt),
    FACT(FG_NS_IPTC_EXT, "AIPromptWriterName", ai_prompt_writer),
    CONTACT("CiAdrExtadr", address),
    CONTACT("CiAdrCity", city),
    CONTACT("CiAdrRegion", region),
    CONTACT("CiAdrPcode", postal_code),
    CONTACT("CiAdrCtry", country),
    CONTACT("CiTelWork", phone),
    CONTACT("CiEmailWork", email),
    CONTACT("CiUrlWork", url),
    FACT(FG_NS_DC, "title", title),
    FACT(FG_NS_PHOTOSHOP, "Headline", headline),
    FACT(FG_NS_DC, "description", caption),
    FACT(FG_NS_IPTC_CORE, "AltTextAccessibility", alt),
    FACT(FG_NS_IPTC_CORE, "ExtDescrAccessibility", extended_alt),
    FACT(FG_NS_TIFF, "Make", make),
    FACT(FG_NS_TIFF, "Model", model),
    FACT(FG_NS_EXIF_EX, "LensModel", lens),
    FACT(FG_NS_AUX, "Lens", lens),
    SHOWN("City", city),
    SHOWN("ProvinceState", state),
    SHOWN("CountryName", country),
    SHOWN("CountryCode", country_code),
    FACT(FG_NS_PHOTOSHOP, "City", city),
    FACT(FG_NS_PHOTOSHOP, "State", state),
    FACT(FG_NS_PHOTOSHOP, "Country", country),
    FACT(FG_NS_IPTC_CORE, "CountryCode", country_code),
};

static void
say_texts(FgSaid *said, const FgXmpLeaf *leaf)
{
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!is(leaf, texts[i].ns, texts[i].name))
            continue;
        if (!within(leaf, texts[i].top_ns, texts[i].top ? texts[i].top : texts[i].name))
            continue;
        void *base = texts[i].owner == OF_RIGHTS ? (void *)said->rights : (void *)said->facts;
        if (!base)
            continue;
        char **field = G_STRUCT_MEMBER_P(base, texts[i].offset);
        /* The place that is shown wins over the older photoshop fields, wherever it stands in the packet. */
        if (texts[i].top && strcmp(texts[i].top, "LocationShown") == 0 && leaf->item == 0)
            g_clear_pointer(field, g_free);
        say_default(field, leaf);
    }
}

static void
say_rights(XmpReader *reader, const FgXmpLeaf *leaf)
{
    FgRights *rights = reader->said->rights;
    FgReading *reading = reader->reading;
    if (within(leaf, FG_NS_DC, "creator"))
        fg_say_more(&rights->creators, leaf->value);
    else if (within(leaf, FG_NS_XMP_RIGHTS, "UsageTerms"))
        say_language(rights->terms, leaf);
    else if (within(leaf, FG_NS_PLUS, "OtherConstraints"))
        say_language(rights->other_constraints, leaf);
    else if (within(leaf, FG_NS_PLUS, "Licensor"))
        say_licensor(rights, leaf);
    else if (within(leaf, FG_NS_PLUS, "CopyrightOwner") && is(leaf, FG_NS_PLUS, "CopyrightOwnerName"))
        fg_say(&rights->owner, leaf->value);
    else if (within(leaf, FG_NS_XMP_RIGHTS, "Owner"))
        fg_say(&rights->owner, leaf->value);
    else if (within(leaf, FG_NS_PLUS, "DataMining"))
        fg_say(&reading->data_mining, leaf->value);
    else if (within(leaf, FG_NS_XMP_RIGHTS, "Marked"))
        reading->marked = g_ascii_strcasecmp(leaf->value, "true") == 0 ? 1 : 0;
    else if (within(leaf, FG_NS_XMP_NOTE, "HasExtendedXMP"))
        fg_say(&reading->extended_guid, leaf->value);
    else if (within(leaf, FG_NS_TIFF, "Copyright") || within(leaf, FG_NS_EXIF, "Copyright"))
        fg_say(&reader->said->other_notice, leaf->value);
    else if (within(leaf, FG_NS_IPTC_EXT, "EmbdEncRightsExpr"))
        reading->embedded_expression = TRUE;
    else if (within(leaf, FG_NS_IPTC_EXT, "LinkedEncRightsExpr"))
        reading->linked_expression = TRUE;
}

static void
say_date(FgFacts *facts, const FgXmpLeaf *leaf)
{
    gboolean original = within(leaf, FG_NS_EXIF, "DateTimeOriginal");
    if (!original && !within(leaf, FG_NS_PHOTOSHOP, "DateCreated"))
        return;
    char date[20];
    if ((original || facts->date[0] == '\0') && fg_date_parse(leaf->value, date))
        memcpy(facts->date, date, sizeof date);
}

/* The dates of the photo and of its file; those of its history and of other files are not its own. */
static void
take_dates(FgReading *reading, const FgXmpLeaf *leaf)
{
    static const struct {
        FgXmpNs ns;
        const char *name;
    } dates[] = {
        {FG_NS_EXIF, "DateTimeOriginal"}, {FG_NS_EXIF, "DateTimeDigitized"}, {FG_NS_XMP, "CreateDate"},
        {FG_NS_XMP, "ModifyDate"},        {FG_NS_XMP, "MetadataDate"},       {FG_NS_PHOTOSHOP, "DateCreated"},
        {FG_NS_TIFF, "DateTime"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(dates); i++)
        if (within(leaf, dates[i].ns, dates[i].name))
            fg_reading_dated(reading, leaf->value);
}

/* A property that holds a time of day tells more than a date does, one with a zone tells where it was. The
 * time from its T on, or NULL. */
static const char *
time_of_day(const FgXmpLeaf *leaf)
{
    if (!strstr(leaf->name, "Date") && !strstr(leaf->name, "when"))
        return NULL;
    const char *time = strchr(leaf->value, 'T');
    return time && g_ascii_isdigit(time[1]) ? time : NULL;
}

static void
note_unknown(XmpReader *reader, const FgXmpLeaf *leaf)
{
    const char *uri = leaf->top_ns == FG_NS_UNKNOWN ? leaf->top_uri : leaf->uri;
    if (g_ptr_array_find_with_equal_func(reader->unknown, uri, g_str_equal, NULL))
        return;
    g_ptr_array_add(reader->unknown, (gpointer)uri);
    g_autofree char *printable = fg_text_printable(uri);
    g_autofree char *where = g_strconcat(reader->where, printable, NULL);
    fg_reading_tell(reader->reading, "xmp.unknown-namespace", where);
}

/* A picture in base64, as xmp:Thumbnails, GImage:Data and GDepth:Data have it. */
static void
read_base64(XmpReader *reader, const FgXmpLeaf *leaf, const char *where)
{
    gsize length;
    guchar *data = g_base64_decode(leaf->value, &length);
    g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);
    if (length > 0)
        fg_reading_inside(reader->reading, bytes, where);
}

/* A video behind the picture, or further pictures, as Google's camera announces them. */
static const char *
announced(const FgXmpLeaf *leaf)
{
    gboolean zero = leaf->value[0] == '0' && leaf->value[1] == '\0';
    if ((is(leaf, FG_NS_GCAMERA, "MotionPhoto") || is(leaf, FG_NS_GCAMERA, "MicroVideo")) && !zero)
        return "trailing.motion";
    if (is(leaf, FG_NS_GITEM, "Semantic") && strcmp(leaf->value, "MotionPhoto") == 0)
        return "trailing.motion";
    if (is(leaf, FG_NS_GITEM, "Semantic") && strcmp(leaf->value, "Primary") != 0)
        return "container.aux-image";
    return NULL;
}

static char *
leaf_where(const XmpReader *reader, const FgXmpLeaf *leaf)
{
    const char *top = fg_xmp_prefix(leaf->top_ns), *field = fg_xmp_prefix(leaf->ns);
    if (!top)
        top = leaf->top_prefix ? leaf->top_prefix : "?";
    if (!field)
        field = leaf->prefix ? leaf->prefix : "?";
    gboolean plain = leaf->ns == leaf->top_ns && strcmp(leaf->name, leaf->top) == 0;
    return g_strconcat(reader->where, top, ":", leaf->top, plain ? NULL : "/", field, ":", leaf->name, NULL);
}

/* Free text may hold coordinates; regions and settings hold pairs of numbers that are none. */
static gboolean
hides_place(const char *id, const char *value)
{
    gboolean free_text = !id || strcmp(id, "personal.comment") == 0 || strcmp(id, "history.edit") == 0;
    return free_text && fg_text_has_coordinates(value);
}

static void
note_personal(XmpReader *reader, const FgXmpLeaf *leaf)
{
    if (leaf->top_ns == FG_NS_UNKNOWN || leaf->ns == FG_NS_UNKNOWN)
        note_unknown(reader, leaf);
    const char *id = fg_xmp_personal_id(leaf->top_ns, leaf->top, leaf->ns, leaf->name);
    if (!id)
        id = announced(leaf);
    const char *time = time_of_day(leaf);
    gboolean place = hides_place(id, leaf->value);
    if (!id && !time && !place)
        return;
    g_autofree char *value = fg_text_trimmed(leaf->value);
    if (!value)
        return;
    g_autofree char *where = leaf_where(reader, leaf);
    if (id && strcmp(id, "preview.embedded") == 0) {
        fg_reading_personal(reader->reading, id, where, NULL);
        read_base64(reader, leaf, where);
        return;
    }
    if (id && is(leaf, FG_NS_CRS, "RawFileName"))
        fg_reading_personal_as(reader->reading, FG_SEVERITY_WARNING, id, where, value);
    else if (id)
        fg_reading_personal(reader->reading, id, where, value);
    if (place)
        fg_reading_personal(reader->reading, "location.gps", where, value);
    if (time)
        fg_reading_personal(reader->reading, "time.precise", where, value);
    if (time && strpbrk(time, "+-"))
        fg_reading_personal(reader->reading, "time.zone", where, value);
}

/* Of several values the one that tells most of a generator counts; the older property says what the newer one
 * leaves open. */
static void
say_source(XmpReader *reader, const FgXmpLeaf *leaf)
{
    if (!within(leaf, FG_NS_IPTC_EXT, "DigitalSourceType") &&
        !within(leaf, FG_NS_IPTC_EXT, "DigitalSourcefileType"))
        return;
    fg_source_say(&reader->said->facts->digital_source, leaf->value);
    if (reader->reading && strcmp(leaf->top, "DigitalSourceType") == 0)
        fg_say(&reader->reading->source_type, leaf->value);
}

static void
on_leaf(const FgXmpLeaf *leaf, gpointer data)
{
    XmpReader *reader = data;
    say_texts(reader->said, leaf);
    say_source(reader, leaf);
    say_date(reader->said->facts, leaf);
    if (within(leaf, FG_NS_DC, "subject"))
        fg_say_more(&reader->said->facts->keywords, leaf->value);
    if (!reader->reading)
        return;
    say_rights(reader, leaf);
    take_dates(reader->reading, leaf);
    if (is(leaf, FG_NS_DC, "rights") && leaf->value[strspn(leaf->value, " \t\r\n")] == '\0')
        reader->said->blank = TRUE;
    note_personal(reader, leaf);
}

/* Properties whose names give them away even in a packet that no parser can read, or behind the part of it
 * that is read. */
static void
scan_names(FgReading *reading, GBytes *packet, const char *where)
{
    gsize length, size;
    gboolean sound;
    const void *data = g_bytes_get_data(packet, &size);
    g_autofree char *text = fg_xmp_text(packet, &length, &sound);
    if (!text) {
        g_autofree char *whole = g_strconcat(where, "packet", NULL);
        fg_scan(reading, packet, whole);
        return;
    }
    static const char *const names[][2] = {
        {"GPSLatitude", "location.gps"},       {"GPSLongitude", "location.gps"},
        {"GpsLatitude", "location.gps"},       {"photoshop:City", "location.text"},
        {"LocationCreated", "location.text"},  {"LocationShown", "location.text"},
        {"SerialNumber", "serial.body"},       {"OwnerName", "personal.owner"},
        {"PersonInImage", "personal.person"},  {"mwg-rs:", "personal.face"},
        {"xmpGImg:image", "preview.embedded"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strstr(text, names[i][0]) || memmem(data, size, names[i][0], strlen(names[i][0]))) {
            g_autofree char *place = g_strconcat(where, names[i][0], NULL);
            fg_reading_personal(reading, names[i][1], place, NULL);
        }
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    fg_reading_text(reading, whole, text);
}

void
fg_xmp_read(FgReading *reading, GBytes *packet, const char *where)
{
    FgSaid *said = &reading->said[FG_SAYS_XMP];
    said->present = TRUE;
    if (!said->rights) {
        said->rights = fg_rights_new();
        said->facts = fg_facts_new();
    }
    gboolean had_notice = said->rights->copyright != NULL;
    g_autoptr(GPtrArray) unknown = g_ptr_array_new();
    XmpReader reader = {.reading = reading, .said = said, .where = where, .unknown = unknown};
    FgXmpState state = fg_xmp_walk(packet, on_leaf, &reader);
    if (!had_notice && said->rights->copyright)
        said->notice_where = g_strconcat(where, "dc:rights", NULL);
    if (state == FG_XMP_SOUND)
        return;
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    fg_reading_tell(reading, "xmp.malformed", whole);
    scan_names(reading, packet, where);
}

gboolean
fg_xmp_read_facts(GBytes *packet, FgFacts *facts)
{
    FgSaid said = {.facts = facts};
    XmpReader reader = {.said = &said, .where = ""};
    return fg_xmp_walk(packet, on_leaf, &reader) != FG_XMP_NONE;
}

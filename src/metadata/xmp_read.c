/* xmp_read.c: what an XMP packet states of rights and facts, and what in it is personal. */
#include "metadata/reading.h"
#include "metadata/xmp_walk.h"

#include <string.h>

typedef struct {
    FgReading *reading; /* NULL: only facts are wanted */
    FgSaid *said;
    const char *where;
    GPtrArray *unknown; /* namespaces told of already */
    FgLicensor flat;    /* whose members stand in the packet without their structure */
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

/* The name of the language in the place of the text, as some program writes it. */
static gboolean
is_junk(const FgXmpLeaf *leaf)
{
    return leaf->lang && strcmp(leaf->value, "x-default") == 0;
}

/* Of the languages of a text, x-default counts, else the first. */
static void
say_default(char **field, const FgXmpLeaf *leaf)
{
    gboolean standard = leaf->lang && strcmp(leaf->lang, "x-default") == 0;
    if (is_junk(leaf))
        return;
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
    g_autofree char *text = is_junk(leaf) ? NULL : fg_text_trimmed(leaf->value);
    if (text)
        g_ptr_array_add(texts, fg_lang_text_new(leaf->lang ? leaf->lang : "x-default", text));
}

static FgLicensor *
licensor_at(GPtrArray *licensors, guint item)
{
    while (licensors->len <= item)
        g_ptr_array_add(licensors, g_new0(FgLicensor, 1));
    return g_ptr_array_index(licensors, item);
}

static void
say_licensor(GPtrArray *licensors, const FgXmpLeaf *leaf)
{
    for (const FgField *field = fg_licensor_fields; field->key && leaf->item < 16; field++)
        if (is(leaf, field->xmp.ns, field->xmp.property))
            fg_say(fg_field_at(field, licensor_at(licensors, leaf->item)), leaf->value);
}

static void
say_text(const FgField *field, gpointer base, const FgXmpLeaf *leaf)
{
    const FgXmpName *name = &field->xmp;
    if (name->ns == leaf->top_ns && within(leaf, name->ns, name->property)) {
        if (!is(leaf, name->ns, name->member ? name->member : name->property))
            return;
        /* What stands in a list of structures wins over the older properties, wherever it is in the packet.
         */
        if (field->form == FG_FORM_BAG && leaf->item == 0)
            fg_field_clear(field, base);
        say_default(fg_field_at(field, base), leaf);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(field->older); i++)
        if (field->older[i].ns == leaf->top_ns && is(leaf, field->older[i].ns, field->older[i].property) &&
            within(leaf, field->older[i].ns, field->older[i].property))
            say_default(fg_field_at(field, base), leaf);
}

static void
say_field(const FgField *field, gpointer base, const FgXmpLeaf *leaf)
{
    if (field->kind == FG_KIND_TEXT) {
        if (!field->vocabulary)
            say_text(field, base, leaf);
        return;
    }
    if (field->xmp.ns != leaf->top_ns || !within(leaf, field->xmp.ns, field->xmp.property))
        return;
    if (field->kind == FG_KIND_LIST)
        fg_say_more(fg_field_at(field, base), leaf->value);
    else if (field->kind == FG_KIND_LANGUAGES)
        say_language(fg_field_items(field, base), leaf);
    else if (field->kind == FG_KIND_LICENSORS)
        say_licensor(fg_field_items(field, base), leaf);
}

static void
say_fields(const FgField *fields, gpointer base, const FgXmpLeaf *leaf)
{
    for (; base && leaf->top_ns != FG_NS_UNKNOWN && fields->key; fields++)
        say_field(fields, base, leaf);
}

/* Members of a licensor as properties of their own, from before PLUS had the structure (PLUS LDF 1.2). */
static void
say_flat_licensor(XmpReader *reader, const FgXmpLeaf *leaf)
{
    for (const FgField *field = fg_licensor_fields; leaf->top_ns == FG_NS_PLUS && field->key; field++)
        if (within(leaf, FG_NS_PLUS, field->xmp.property))
            fg_say(fg_field_at(field, &reader->flat), leaf->value);
}

/* They count where no licensor stands in a structure. */
static void
take_flat_licensor(XmpReader *reader)
{
    FgRights *rights = reader->said->rights;
    gboolean any = FALSE;
    for (const FgField *field = fg_licensor_fields; field->key; field++)
        any |= !fg_field_is_empty(field, &reader->flat);
    if (any && rights && rights->licensors->len == 0)
        g_ptr_array_add(rights->licensors, fg_licensor_dup(&reader->flat));
    for (const FgField *field = fg_licensor_fields; field->key; field++)
        fg_field_clear(field, &reader->flat);
}

/* What XMP has as a boolean; Adobe's and other writers have more spellings of it than one. -1: none of them.
 */
static gint
boolean_of(const char *value)
{
    static const char *const yes[] = {"true", "1", "t", "on"};
    g_autofree char *word = fg_text_trimmed(value);
    for (guint i = 0; word && i < G_N_ELEMENTS(yes); i++)
        if (g_ascii_strcasecmp(word, yes[i]) == 0)
            return 1;
    return word && g_ascii_strcasecmp(word, "false") == 0 ? 0 : -1;
}

static void
say_marked(XmpReader *reader, const FgXmpLeaf *leaf)
{
    const gint marked = boolean_of(leaf->value);
    g_autofree char *where = g_strconcat(reader->where, "xmpRights:Marked", NULL);
    if (marked >= 0)
        reader->reading->marked = marked;
    else
        fg_reading_note(reader->reading, "structure.malformed", where,
                        "The mark of rights (xmpRights:Marked) is neither True nor False.");
}

/* What is said of the whole file. */
static void
say_words(XmpReader *reader, const FgXmpLeaf *leaf)
{
    FgReading *reading = reader->reading;
    if (within(leaf, FG_NS_PLUS, "DataMining"))
        fg_say(&reading->data_mining, leaf->value);
    else if (within(leaf, FG_NS_XMP_RIGHTS, "Marked"))
        say_marked(reader, leaf);
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

/* A JPEG in base64 begins so; whatever property holds one, it is a picture. */
static gboolean
is_picture(const FgXmpLeaf *leaf)
{
    const char *value = leaf->value + strspn(leaf->value, " \t\r\n");
    return strncmp(value, "/9j/", 4) == 0 && strlen(value) > 128;
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

/* `prompt`: the value reads like one; what a generator was asked for stands in comments and captions, and in
 * properties that nobody knows. */
static void
note_personal(XmpReader *reader, const FgXmpLeaf *leaf, gboolean prompt)
{
    if (leaf->top_ns == FG_NS_UNKNOWN || leaf->ns == FG_NS_UNKNOWN)
        note_unknown(reader, leaf);
    const char *id = fg_xmp_personal_id(leaf->top_ns, leaf->top, leaf->ns, leaf->name);
    if (is_picture(leaf))
        id = "preview.embedded"; /* crs:UprightPreview, and what nobody has told yet */
    if (!id)
        id = announced(leaf);
    const char *time = time_of_day(leaf);
    gboolean place = hides_place(id, leaf->value);
    prompt = prompt && (!id || strcmp(id, "personal.comment") == 0);
    if (!id && !time && !place && !prompt)
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
    if (prompt) {
        fg_reading_note_prompt(reader->reading, where, value);
        return;
    }
    if (id && is(leaf, FG_NS_CRS, "RawFileName"))
        fg_reading_personal_as(reader->reading, FG_SEVERITY_WARNING, id, where, value);
    else if (id && fg_xmp_is_address(leaf->ns, leaf->name)) /* a street, as often as not */
        fg_reading_personal_as(reader->reading, FG_SEVERITY_ERROR, id, where, value);
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

/* A gain map is told of by the picture that it belongs to (Adobe, Ultra HDR), or by itself (Apple). */
static void
note_gain_map(FgMetadata *metadata, const FgXmpLeaf *leaf)
{
    static const char apple[] = "urn:com:apple:photo:2020:aux:hdrgainmap";
    const gboolean item = strcmp(leaf->name, "Semantic") == 0 && strcmp(leaf->value, "GainMap") == 0;
    const gboolean auxiliary =
        strcmp(leaf->name, "AuxiliaryImageType") == 0 && strcmp(leaf->value, apple) == 0;
    if (metadata->hdr == FG_HDR_NONE && (leaf->ns == FG_NS_HDRGM || item || auxiliary))
        metadata->hdr = FG_HDR_GAIN_MAP;
}

static void
on_leaf(const FgXmpLeaf *leaf, gpointer data)
{
    XmpReader *reader = data;
    const gboolean prompt = fg_text_is_prompt(leaf->value);
    if (!prompt)
        say_fields(fg_fact_fields, reader->said->facts, leaf);
    say_fields(fg_right_fields, reader->said->rights, leaf);
    say_flat_licensor(reader, leaf);
    say_source(reader, leaf);
    say_date(reader->said->facts, leaf);
    if (!reader->reading)
        return;
    say_words(reader, leaf);
    take_dates(reader->reading, leaf);
    if (is(leaf, FG_NS_DC, "rights") && leaf->value[strspn(leaf->value, " \t\r\n")] == '\0')
        reader->said->blank = TRUE;
    note_personal(reader, leaf, prompt);
    note_gain_map(reader->reading->metadata, leaf);
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
    g_autofree char *rest = NULL;
    FgXmpState state = fg_xmp_walk(packet, on_leaf, &reader, &rest);
    take_flat_licensor(&reader);
    if (!had_notice && said->rights->copyright)
        said->notice_where = g_strconcat(where, "dc:rights", NULL);
    if (rest)
        fg_xmp_read_rest(reading, rest, where);
    if (state == FG_XMP_SOUND)
        return;
    g_autofree char *whole = g_strconcat(where, "packet", NULL);
    if (state == FG_XMP_ODD) {
        fg_reading_note(reading, "xmp.malformed", whole, "The XMP packet has names that XML forbids.");
        return;
    }
    fg_reading_tell(reading, "xmp.malformed", whole);
    fg_xmp_scan(reading, packet, where);
}

gboolean
fg_xmp_read_facts(GBytes *packet, FgFacts *facts)
{
    FgSaid said = {.facts = facts};
    XmpReader reader = {.said = &said, .where = ""};
    FgXmpState state = fg_xmp_walk(packet, on_leaf, &reader, NULL);
    take_flat_licensor(&reader);
    return state != FG_XMP_NONE;
}

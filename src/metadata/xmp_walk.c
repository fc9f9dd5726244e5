/* xmp_walk.c: RDF is walked to a bounded depth, whatever form a packet writes it in. */
#include "metadata/xmp_walk.h"

#include <string.h>

#include "metadata/reading.h"
#include "metadata/xml_tree.h"

#define MAX_DEPTH 64

typedef struct {
    FgXmpVisit visit;
    gpointer data;
    FgXmpLeaf leaf; /* what is known of the value on the way down to it */
    gboolean too_deep;
} Walker;

static gboolean
is_rdf(const FgXmlElement *element, const char *wanted)
{
    return element->space && element->space->id == FG_NS_RDF && strcmp(element->name, wanted) == 0;
}

static gboolean
is_array(const FgXmlElement *element)
{
    return is_rdf(element, "Alt") || is_rdf(element, "Seq") || is_rdf(element, "Bag");
}

/* An rdf:value right in a Description is of no property. */
static void
give_text(Walker *walker, const char *text)
{
    if (!text || !walker->leaf.top)
        return;
    walker->leaf.value = text;
    walker->visit(&walker->leaf, walker->data);
    walker->leaf.value = NULL;
}

/* Goes down into a property or field; the outermost one is the property that a person knows. */
static void
name_leaf(FgXmpLeaf *leaf, const FgXmlSpace *space, const char *name)
{
    leaf->ns = space ? space->id : FG_NS_UNKNOWN;
    leaf->name = name;
    leaf->uri = space ? space->uri : "";
    leaf->prefix = space ? space->prefix : NULL;
    if (!leaf->top) {
        leaf->top_ns = leaf->ns;
        leaf->top = leaf->name;
        leaf->top_uri = leaf->uri;
        leaf->top_prefix = leaf->prefix;
    }
}

static void walk_value(Walker *walker, const FgXmlElement *element, guint depth);

/* A field or property in its element form. */
static void
walk_property(Walker *walker, const FgXmlElement *element, guint depth)
{
    FgXmpLeaf saved = walker->leaf;
    name_leaf(&walker->leaf, element->space, element->name);
    walk_value(walker, element, depth);
    walker->leaf = saved;
}

/* The attributes of a Description, or of a property that holds a structure in short. TRUE when there was a
 * field. */
static gboolean
walk_attributes(Walker *walker, const FgXmlElement *element)
{
    gboolean any = FALSE;
    for (const FgXmlAttribute *attribute = element->attributes; attribute; attribute = attribute->next) {
        if (!attribute->space || attribute->space->id == FG_NS_XML)
            continue;
        gboolean rdf = attribute->space->id == FG_NS_RDF;
        if (rdf && strcmp(attribute->name, "value") != 0)
            continue;
        FgXmpLeaf saved = walker->leaf;
        if (!rdf)
            name_leaf(&walker->leaf, attribute->space, attribute->name);
        give_text(walker, attribute->value);
        walker->leaf = saved;
        any = TRUE;
    }
    return any;
}

/* Fields of a structure: of a Description, or of an element with parseType="Resource". */
static void
walk_fields(Walker *walker, const FgXmlElement *element, guint depth)
{
    for (const FgXmlElement *child = element->first; child; child = child->next) {
        if (is_rdf(child, "value"))
            walk_value(walker, child, depth + 1);
        else if (!walker->leaf.top || !is_rdf(child, "type"))
            walk_property(walker, child, depth + 1);
    }
}

static void
walk_array(Walker *walker, const FgXmlElement *array, guint depth)
{
    gboolean outermost = walker->leaf.item == 0 && walker->leaf.ns == walker->leaf.top_ns &&
                         walker->leaf.name == walker->leaf.top;
    guint item = 0;
    for (const FgXmlElement *child = array->first; child; child = child->next, item++) {
        FgXmpLeaf saved = walker->leaf;
        if (outermost)
            walker->leaf.item = item;
        walk_value(walker, child, depth + 1);
        walker->leaf = saved;
    }
}

static const char *
find_attribute(const FgXmlElement *element, FgXmpNs ns, const char *name)
{
    for (const FgXmlAttribute *attribute = element->attributes; attribute; attribute = attribute->next)
        if (attribute->space && attribute->space->id == ns && strcmp(attribute->name, name) == 0)
            return attribute->value;
    return NULL;
}

/* The value of a property, field or item in any of its forms. */
static void
walk_value(Walker *walker, const FgXmlElement *element, guint depth)
{
    if (depth > MAX_DEPTH) {
        walker->too_deep = TRUE;
        return;
    }
    const char *lang = find_attribute(element, FG_NS_XML, "lang");
    if (lang)
        walker->leaf.lang = lang;
    const char *resource = find_attribute(element, FG_NS_RDF, "resource");
    give_text(walker, resource);
    gboolean fields = walk_attributes(walker, element);
    if (!element->first) {
        if (!resource && !fields)
            give_text(walker, element->text);
        return;
    }
    if (find_attribute(element, FG_NS_RDF, "parseType")) {
        walk_fields(walker, element, depth);
        return;
    }
    for (const FgXmlElement *child = element->first; child; child = child->next) {
        if (is_array(child)) {
            walk_array(walker, child, depth + 1);
        } else if (is_rdf(child, "Description")) {
            walk_attributes(walker, child);
            walk_fields(walker, child, depth + 1);
        } else {
            walk_property(walker, child, depth + 1);
        }
    }
}

/* RDF is at the top or a few levels below it (x:xmpmeta, x:xapmeta, wrappers of other writers). */
static const FgXmlElement *
find_rdf(const FgXmlElement *element, guint depth)
{
    for (; element && depth < 8; element = element->next) {
        if (is_rdf(element, "RDF"))
            return element;
        const FgXmlElement *below = find_rdf(element->first, depth + 1);
        if (below)
            return below;
    }
    return NULL;
}

/* The wide form of Unicode that the bytes around the first '<' show: its unit's size, or 0 for UTF-8. In
 * little-endian order that byte is the first of its unit. */
static guint
wide_form(const guint8 *data, gsize size, gsize start, FgEndian *endian)
{
    guint zeros = 0;
    while (zeros < 3 && start + 1 + zeros < size && data[start + 1 + zeros] == 0)
        zeros++;
    if (zeros != 1 && zeros != 3)
        return 0;
    guint unit = zeros + 1;
    gboolean little = start < zeros || data[start - 1] != 0 || start % unit == 0;
    *endian = little ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
    return unit;
}

/* Nearly all of a packet is ASCII, which is passed over eight bytes at a time. */
static gboolean
is_utf8(const char *text, gsize size)
{
    for (gsize at = 0; at < size;) {
        guint64 eight = G_MAXUINT64;
        if (size - at >= sizeof eight)
            memcpy(&eight, text + at, sizeof eight);
        if ((eight & G_GUINT64_CONSTANT(0x8080808080808080)) == 0) {
            at += sizeof eight;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(text + at, (gssize)(size - at));
        if (c == (gunichar)-1 || c == (gunichar)-2)
            return FALSE;
        at += (gsize)(g_utf8_next_char(text + at) - (text + at));
    }
    return TRUE;
}

/* An XML declaration may say that the text is Latin-1, and some writers' texts are what they say. */
static gboolean
declares_latin1(const char *text)
{
    static const char *const names[] = {"iso-8859-1", "iso8859-1",    "iso_8859-1",
                                        "latin1",     "windows-1252", "cp1252"};
    if (!g_str_has_prefix(text, "<?xml"))
        return FALSE;
    g_autofree char *head = g_ascii_strdown(text, (gssize)MIN(strcspn(text, ">"), 200));
    const char *value = strstr(head, "encoding");
    value = value ? strpbrk(value, "\"'") : NULL;
    for (guint i = 0; value && i < G_N_ELEMENTS(names); i++)
        if (g_str_has_prefix(value + 1, names[i]) && value[1 + strlen(names[i])] == *value)
            return TRUE;
    return FALSE;
}

/* Eight-bit text: UTF-8 as it should be, with stray NULs as blanks; bytes that are none of it are taken as
 * Latin-1, and *sound is cleared unless the text says that it is. */
static char *
narrow_text(const guint8 *data, gsize size, gboolean *sound)
{
    char *text = g_malloc(size + 1);
    for (gsize i = 0; i < size; i++)
        text[i] = data[i] ? (char)data[i] : ' ';
    text[size] = '\0';
    if (is_utf8(text, size))
        return text;
    if (declares_latin1(text)) {
        char *latin1 = fg_text_from_latin1((const guint8 *)text, size);
        g_free(text);
        return latin1;
    }
    *sound = FALSE;
    GString *mended = g_string_sized_new(size + 64);
    for (const char *at = text, *end; *at; at = end) {
        g_utf8_validate(at, -1, &end);
        g_string_append_len(mended, at, end - at);
        if (*end)
            g_string_append_unichar(mended, (guchar)*end++);
    }
    g_free(text);
    return g_string_free(mended, FALSE);
}

/* From the first '<' to the last '>'. */
static char *
whole_text(GBytes *packet, gboolean *sound)
{
    gsize size;
    FgEndian endian;
    const guint8 *data = g_bytes_get_data(packet, &size);
    *sound = size <= FG_XMP_CEILING;
    size = MIN(size, FG_XMP_CEILING);
    const guint8 *first = size > 0 ? memchr(data, '<', size) : NULL;
    if (!first)
        return NULL;
    gsize start = (gsize)(first - data);
    guint unit = wide_form(data, size, start, &endian);
    g_autofree char *text = NULL;
    if (unit > 0) {
        start -= endian == FG_BIG_ENDIAN ? unit - 1 : 0;
        text = fg_text_from_wide(data + start, size - start, unit, endian);
    } else {
        text = narrow_text(first, size - start, sound);
    }
    const char *end = text ? strrchr(text, '>') : NULL;
    const char *begin = text ? strchr(text, '<') : NULL;
    return end && end > begin ? g_strndup(begin, (gsize)(end - begin) + 1) : NULL;
}

/* Behind the next of these words and the '>' after it; NULL for none. */
static const char *
behind(const char *text, const char *word)
{
    const char *found = strstr(text, word);
    const char *end = found ? strchr(found, '>') : NULL;
    return end ? end + 1 : NULL;
}

/* Where the packet ends: behind its trailer (ISO 16684-1 §7.3.2), else behind its outer element; Adobe's
 * readers look no further. */
static gsize
packet_length(const char *text)
{
    static const char *const ends[] = {"<?xpacket end", "</x:xmpmeta", "</x:xapmeta"};
    const char *rdf = strstr(text, ":RDF>");
    for (guint i = 0; rdf && i < G_N_ELEMENTS(ends); i++) {
        const char *end = behind(rdf, ends[i]);
        if (end)
            return (gsize)(end - text);
    }
    return strlen(text);
}

/* The text up to the packet's end; *rest, where it is asked for, becomes what stands behind it. */
static char *
text_of_packet(GBytes *packet, gsize *length, gboolean *sound, char **rest)
{
    char *text = whole_text(packet, sound);
    if (!text)
        return NULL;
    *length = packet_length(text);
    if (rest)
        *rest = fg_text_trimmed(text + *length);
    text[*length] = '\0';
    return text;
}

char *
fg_xmp_text(GBytes *packet, gsize *length, gboolean *sound)
{
    return text_of_packet(packet, length, sound, NULL);
}

/* A packet that turns out not to be plain has been written over by then, and is taken afresh. */
static void
read_tree(GBytes *packet, FgXmlTree *tree, char *text, gsize length, gboolean *mended)
{
    if (fg_xml_read_plain(tree, text, length))
        return;
    fg_xml_clear(tree);
    gboolean sound;
    g_autofree char *again = fg_xmp_text(packet, &length, &sound);
    fg_xml_read_other(tree, again, length);
    g_autofree char *better = tree->sound ? NULL : fg_xml_mend(again);
    if (!better)
        return;
    g_auto(FgXmlTree) other = {0};
    fg_xml_read_other(&other, better, strlen(better));
    if (!other.sound)
        return;
    *mended = TRUE;
    FgXmlTree worse = *tree;
    *tree = other;
    other = worse;
}

FgXmpState
fg_xmp_walk(GBytes *packet, FgXmpVisit visit, gpointer data, char **rest)
{
    gsize length = 0;
    gboolean sound, odd = FALSE;
    g_autofree char *text = text_of_packet(packet, &length, &sound, rest);
    if (!text)
        return FG_XMP_NONE;
    g_auto(FgXmlTree) tree = {0};
    read_tree(packet, &tree, text, length, &odd);
    const FgXmlElement *rdf = find_rdf(tree.root, 0);
    Walker walker = {.visit = visit, .data = data};
    for (const FgXmlElement *element = rdf ? rdf->first : NULL; element; element = element->next) {
        if (!is_rdf(element, "Description"))
            continue;
        walk_attributes(&walker, element);
        walk_fields(&walker, element, 0);
    }
    if (!rdf)
        return FG_XMP_NONE;
    if (!sound || !tree.sound || walker.too_deep)
        return FG_XMP_BROKEN;
    return odd ? FG_XMP_ODD : FG_XMP_SOUND;
}

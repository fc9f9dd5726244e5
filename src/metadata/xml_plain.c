/* xml_plain.c: reads plain XML where it stands (XML 1.0, Namespaces in XML 1.0).
 *
 * Anything that is not plain, and anything that a strict reader would complain of, ends the reading with
 * FALSE, so that no leniency of ours decides what a packet says. The text ends with a NUL, which no plain
 * text holds: every loop stops there. Values are decoded in place, and never grow by it. */
#include "metadata/xml_scan.h"
#include "metadata/xml_tree.h"

#include <string.h>

#define LONGEST ((gsize)64 << 20) /* what XMP may come to */
#define DEEPEST 200
#define MOST_ATTRIBUTES 256

/* An element that is not closed yet. */
typedef struct {
    FgXmlElement *element, *last; /* last: the one in it that was closed last */
    const FgXmlSpace *spaces;     /* those that hold outside of it */
    FgXmlName name;
    char *text_end;
} Open;

typedef struct {
    FgXmlTree *tree;
    char *at;
    const FgXmlSpace *spaces;
    Open open[DEEPEST];
    guint depth;
} Reader;

/* Adds a run of text to the innermost element. In one that has elements it says nothing. */
static void
add_text(Reader *reader, char *start, char *end)
{
    if (reader->depth == 0)
        return;
    Open *open = &reader->open[reader->depth - 1];
    if (open->element->first)
        return;
    if (!open->element->text) {
        open->element->text = start;
        open->text_end = end;
        return;
    }
    memmove(open->text_end, start, (gsize)(end - start));
    open->text_end += end - start;
}

static gboolean
take_text(Reader *reader)
{
    char *start = reader->at, *to = start;
    gboolean blank = TRUE;
    while (*reader->at != '<' && *reader->at != '\0') {
        blank = blank && fg_xml_is_blank(*reader->at);
        if (*reader->at == '&') {
            if (!fg_xml_take_reference(&reader->at, &to))
                return FALSE;
            continue;
        }
        if (*reader->at == ']' && strncmp(reader->at, "]]>", 3) == 0)
            return FALSE;
        *to++ = *reader->at++;
    }
    add_text(reader, start, to);
    return blank || reader->depth > 0;
}

/* ---- Markup ---- */

/* What says nothing by itself, but tells an element with a remark in it from an empty one. */
static gboolean
take_aside(Reader *reader, const char *end)
{
    char *found = strstr(reader->at, end);
    if (!found)
        return FALSE;
    add_text(reader, reader->at, reader->at);
    reader->at = found + strlen(end);
    return TRUE;
}

static gboolean
take_comment(Reader *reader)
{
    char *dashes = strstr(reader->at, "--");
    return dashes && dashes[2] == '>' && take_aside(reader, "-->");
}

static gboolean
take_instruction(Reader *reader)
{
    FgXmlName name;
    if (!fg_xml_take_name(&reader->at, &name) || name.prefix ||
        (name.end - name.local == 3 && g_ascii_strncasecmp(name.local, "xml", 3) == 0))
        return FALSE;
    return (fg_xml_is_blank(*reader->at) || strncmp(reader->at, "?>", 2) == 0) && take_aside(reader, "?>");
}

static gboolean
take_cdata(Reader *reader)
{
    char *end = strstr(reader->at, "]]>");
    if (!end || reader->depth == 0)
        return FALSE;
    add_text(reader, reader->at, end);
    reader->at = end + 3;
    return TRUE;
}

/* ---- Elements ---- */

/* libxml2 leaves an ampersand in an address as a reference; no address of XMP has one. */
static gboolean
declare(Reader *reader, const char *prefix, const char *uri)
{
    if (g_strcmp0(prefix, "xml") == 0 || g_strcmp0(prefix, "xmlns") == 0 || *uri == '\0' || strchr(uri, '&'))
        return FALSE;
    FgXmlSpace *space = fg_xml_new(reader->tree, FgXmlSpace);
    *space = (FgXmlSpace){fg_xmp_ns(uri), uri, prefix, reader->spaces};
    reader->spaces = space;
    return space->id != FG_NS_XML;
}

/* A prefix that nobody declared is not plain. */
static gboolean
resolve(const Reader *reader, const char *prefix, const FgXmlSpace **space)
{
    static const FgXmlSpace xml = {FG_NS_XML, "http://www.w3.org/XML/1998/namespace", "xml", NULL};
    if (g_strcmp0(prefix, "xml") == 0) {
        *space = &xml;
        return TRUE;
    }
    for (*space = reader->spaces; *space; *space = (*space)->outer)
        if (g_strcmp0((*space)->prefix, prefix) == 0)
            return TRUE;
    return prefix == NULL;
}

/* An attribute of a start tag whose namespaces may still be to come. */
typedef struct {
    FgXmlName name;
    const char *value;
} Given;

/* Takes attributes and declarations up to the end of the tag. */
static gboolean
take_attributes(Reader *reader, Given given[MOST_ATTRIBUTES], guint *count)
{
    for (*count = 0;;) {
        char *before = reader->at;
        fg_xml_skip_blanks(&reader->at);
        if (*reader->at == '>' || *reader->at == '/')
            return TRUE;
        Given *next = &given[*count];
        if (reader->at == before || *count == MOST_ATTRIBUTES || !fg_xml_take_name(&reader->at, &next->name))
            return FALSE;
        fg_xml_skip_blanks(&reader->at);
        if (!fg_xml_take(&reader->at, "="))
            return FALSE;
        fg_xml_skip_blanks(&reader->at);
        if (!fg_xml_take_value(&reader->at, &next->value))
            return FALSE;
        fg_xml_end_name(&next->name);
        gboolean standard = !next->name.prefix && strcmp(next->name.local, "xmlns") == 0;
        if (!standard && g_strcmp0(next->name.prefix, "xmlns") != 0)
            ++*count;
        else if (!declare(reader, standard ? NULL : next->name.local, next->value))
            return FALSE;
    }
}

static gboolean
is_twin(const FgXmlAttribute *a, const FgXmlAttribute *b)
{
    return strcmp(a->name, b->name) == 0 && (!a->space) == (!b->space) &&
           (!a->space || strcmp(a->space->uri, b->space->uri) == 0);
}

static gboolean
add_attributes(Reader *reader, FgXmlElement *element, const Given *given, guint count)
{
    FgXmlAttribute **link = &element->attributes;
    for (guint i = 0; i < count; i++) {
        FgXmlAttribute *attribute = fg_xml_new(reader->tree, FgXmlAttribute);
        attribute->name = given[i].name.local;
        attribute->value = given[i].value;
        if (given[i].name.prefix && !resolve(reader, given[i].name.prefix, &attribute->space))
            return FALSE;
        for (const FgXmlAttribute *other = element->attributes; other; other = other->next)
            if (is_twin(attribute, other))
                return FALSE;
        *link = attribute;
        link = &attribute->next;
    }
    return TRUE;
}

/* Two declarations of one prefix in one tag. */
static gboolean
declares_twice(const FgXmlSpace *inner, const FgXmlSpace *outer)
{
    for (; inner != outer; inner = inner->outer)
        for (const FgXmlSpace *other = inner->outer; other != outer; other = other->outer)
            if (g_strcmp0(inner->prefix, other->prefix) == 0)
                return TRUE;
    return FALSE;
}

/* Hangs an element below the innermost one, or takes it as the root, of which there is one. */
static gboolean
attach(Reader *reader, FgXmlElement *element)
{
    if (reader->depth == 0) {
        gboolean first = reader->tree->root == NULL;
        reader->tree->root = element;
        return first;
    }
    Open *open = &reader->open[reader->depth - 1];
    if (open->last)
        open->last->next = element;
    else
        open->element->first = element;
    open->last = element;
    return TRUE;
}

static gboolean
take_start(Reader *reader)
{
    Given given[MOST_ATTRIBUTES];
    guint count;
    Open open = {.spaces = reader->spaces, .element = fg_xml_new(reader->tree, FgXmlElement)};
    if (reader->depth == DEEPEST || !fg_xml_take_name(&reader->at, &open.name) ||
        !take_attributes(reader, given, &count))
        return FALSE;
    gboolean empty = fg_xml_take(&reader->at, "/");
    if (!fg_xml_take(&reader->at, ">"))
        return FALSE;
    fg_xml_end_name(&open.name);
    open.element->name = open.name.local;
    if (declares_twice(reader->spaces, open.spaces) ||
        !resolve(reader, open.name.prefix, &open.element->space) ||
        !add_attributes(reader, open.element, given, count) || !attach(reader, open.element))
        return FALSE;
    if (empty)
        reader->spaces = open.spaces;
    else
        reader->open[reader->depth++] = open;
    return TRUE;
}

static gboolean
take_end(Reader *reader)
{
    FgXmlName name;
    if (reader->depth == 0 || !fg_xml_take_name(&reader->at, &name))
        return FALSE;
    fg_xml_skip_blanks(&reader->at);
    if (!fg_xml_take(&reader->at, ">"))
        return FALSE;
    fg_xml_end_name(&name);
    const Open *open = &reader->open[--reader->depth];
    if (open->element->text)
        *open->text_end = '\0';
    if (open->element->first)
        open->element->text = NULL;
    reader->spaces = open->spaces;
    return strcmp(name.local, open->name.local) == 0 && g_strcmp0(name.prefix, open->name.prefix) == 0;
}

static gboolean
take_markup(Reader *reader)
{
    switch (*++reader->at) {
    case '/':
        reader->at++;
        return take_end(reader);
    case '?':
        reader->at++;
        return take_instruction(reader);
    case '!':
        return fg_xml_take(&reader->at, "!--") ? take_comment(reader)
                                               : fg_xml_take(&reader->at, "![CDATA[") && take_cdata(reader);
    default:
        return take_start(reader);
    }
}

/* No control characters but tabs and line ends, no carriage returns, which would have to become line ends,
 * and no U+FFFE and U+FFFF, which XML has not. */
static gboolean
is_plain(const char *text, gsize length)
{
    guint odd = 0;
    for (gsize i = 0; i < length; i++)
        odd += (guchar)text[i] < 0x20 && text[i] != '\n' && text[i] != '\t';
    for (const char *at = text; odd == 0 && (at = strchr(at, 0xEF)); at++)
        odd += at[1] == '\xBF' && ((guchar)at[2] >= 0xBE);
    return odd == 0;
}

gboolean
fg_xml_read_plain(FgXmlTree *tree, char *text, gsize length)
{
    Reader reader;
    reader.tree = tree;
    reader.at = text;
    reader.spaces = NULL;
    reader.depth = 0;
    if (length > LONGEST || !is_plain(text, length))
        return FALSE;
    while (*reader.at)
        if (!(*reader.at == '<' ? take_markup(&reader) : take_text(&reader)))
            return FALSE;
    tree->sound = TRUE;
    return tree->root && reader.depth == 0;
}

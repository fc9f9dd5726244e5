/* syntax.c: YAML that can't be parsed, in a photographer's words: what is wrong, the way out, and the line.
 */
#include <string.h>
#include <yaml.h>

#include "profile/profile_private.h"

/* Where a fault is pointed out: where it was met, or where what is unfinished began. */
typedef enum { MET, BEGUN } Where;

static const struct {
    const char *problem; /* how libyaml's words begin */
    Where where;
    const char *words;
} faults[] = {
    {"found character that cannot start any token", MET,
     N_("a text can't begin with this character; put the text in quotes")},
    {"found a tab character", MET, N_("a tab stands where YAML wants spaces; put spaces in its place")},
    {"found unexpected end of stream", BEGUN,
     N_("the quote that opens here is never closed; put one at the end of the text")},
    {"found unexpected document indicator", BEGUN,
     N_("the quote that opens here is never closed; put one at the end of the text")},
    {"could not find expected ':'", BEGUN,
     N_("this is no \"key: value\"; put a colon and a space after the key, or indent what goes on from the "
        "line above")},
    {"mapping values are not allowed", MET,
     N_("a colon can't stand here; quote a text that holds one, or give the line above its own")},
    {"did not find expected key", MET,
     N_("this does not go on from what stands above; indent all keys of a map alike, and close each quote")},
    {"did not find expected ',' or '}'", BEGUN,
     N_("the brace that opens here is never closed, or a comma is missing")},
    {"did not find expected ',' or ']'", BEGUN,
     N_("the bracket that opens here is never closed, or a comma is missing")},
    {"did not find expected '-' indicator", MET,
     N_("this does not go on from the list above; begin it with a dash, or indent it otherwise")},
    {"block sequence entries are not allowed", MET,
     N_("a list can't begin here; put its first dash on a line of its own")},
    {"did not find expected <document start>", MET,
     N_("this does not go on from what stands above; indent all keys of a map alike, and close each quote")},
    {"did not find expected node content", MET, N_("a value is missing here")},
    {"found unknown escape character", MET,
     N_("a backslash in double quotes means something; write two, or use single quotes")},
    {"did not find expected hexdecimal number", MET,
     N_("a backslash in double quotes means something; write two, or use single quotes")},
    {"control characters are not allowed", MET, N_("a control character stands here; take it out")},
    {"invalid leading UTF-8 octet", MET, N_("this text is no UTF-8; save the file as UTF-8")},
    {"invalid trailing UTF-8 octet", MET, N_("this text is no UTF-8; save the file as UTF-8")},
    {"incomplete UTF-8 octet sequence", MET, N_("this text is no UTF-8; save the file as UTF-8")},
};

typedef struct {
    gsize line, column; /* from 0 */
} Place;

/* A bad byte has an offset only. */
static Place
place_of_byte(const char *text, gsize end)
{
    Place place = {0, 0};
    for (gsize i = 0; i < end; i++) {
        place.line += text[i] == '\n';
        place.column = text[i] == '\n' ? 0 : place.column + ((text[i] & 0xC0) != 0x80);
    }
    return place;
}

/* The line as it stands, safe to print; NULL when there is nothing on it. */
static char *
line_at(const char *text, gsize line)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    if (line >= g_strv_length(lines))
        return NULL;
    g_autofree char *cut = fg_text_cut(lines[line], 100);
    g_strchomp(cut);
    return *cut ? fg_text_printable(cut) : NULL;
}

static gboolean
is_tab(const char *text, Place place)
{
    for (; text && place.line > 0; place.line--)
        text = (text = strchr(text, '\n')) ? text + 1 : NULL;
    /* Step by step: in text that is no UTF-8, the first byte of a letter may promise more than there is. */
    for (; text && place.column > 0 && *text && *text != '\n'; place.column--)
        do
            text++;
        while ((*text & 0xC0) == 0x80);
    return text && *text == '\t';
}

/* The likeliest slip: {creator} without quotes is a YAML map. */
static gboolean
has_field(const char *line)
{
    return line &&
           g_regex_match_simple(
               "\\{(creator|owner|year|date|title|caption|stem|width|height|camera|name|ext)\\}", line, 0, 0);
}

static gboolean
throw_at_line(const char *file, const char *text, Place place, const char *words, GError **error)
{
    g_autofree char *where = fg_place(file, place.line + 1, place.column + 1);
    g_autofree char *line = g_str_has_prefix(file, FG_OVERRIDE) ? NULL : line_at(text, place.line);
    return line ? fg_throw(error, FG_ERROR_PROFILE, "%s: %s\n    %s", where, words, line)
                : fg_throw(error, FG_ERROR_PROFILE, "%s: %s", where, words);
}

static const char *
words_for(const yaml_parser_t *yaml, const char *text, Place *place)
{
    g_autofree char *line = line_at(text, place->line);
    const Place begun = {yaml->context_mark.line, yaml->context_mark.column};
    g_autofree char *context = yaml->context ? line_at(text, begun.line) : NULL;
    if (has_field(line) || has_field(context))
        return N_("a text that holds {fields} wants quotes, as \"© {year} {creator}\"");
    if (is_tab(text, *place))
        return N_("a tab stands where YAML wants spaces; put spaces in its place");
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++)
        if (g_str_has_prefix(yaml->problem, faults[i].problem)) {
            if (faults[i].where == BEGUN && yaml->context)
                *place = begun;
            return faults[i].words;
        }
    return yaml->problem;
}

gboolean
fg_syntax_throw(const yaml_parser_t *yaml, const char *file, const char *text, gsize length, GError **error)
{
    if (yaml->error == YAML_MEMORY_ERROR)
        return fg_throw(error, FG_ERROR_MEMORY, "not enough memory to read %s", file);
    Place place = yaml->error == YAML_READER_ERROR
                      ? place_of_byte(text, MIN(yaml->problem_offset, length))
                      : (Place){yaml->problem_mark.line, yaml->problem_mark.column};
    const char *words = words_for(yaml, text, &place);
    return throw_at_line(file, text, place, words, error);
}

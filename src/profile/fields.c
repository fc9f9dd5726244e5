/* fields.c: {fields} in texts and in the names of files. */
#include <string.h>

#include "profile/profile_private.h"

typedef enum { PIECE_END, PIECE_LETTERS, PIECE_FIELD, PIECE_BAD } FgPiece;

/* Takes the next piece: a run of letters (a doubled brace is one letter), or the name of a field. */
static FgPiece
next_piece(const char **at, GString *piece)
{
    g_string_truncate(piece, 0);
    if (!**at)
        return PIECE_END;
    if (**at == '{' && (*at)[1] != '{') {
        const char *end = strpbrk(*at + 1, "{}");
        if (!end || *end != '}')
            return PIECE_BAD;
        g_string_append_len(piece, *at + 1, end - *at - 1);
        *at = end + 1;
        return PIECE_FIELD;
    }
    while (**at) {
        gboolean brace = **at == '{' || **at == '}';
        if (brace && (*at)[1] != **at) {
            if (**at == '}')
                return PIECE_BAD;
            break;
        }
        g_string_append_c(piece, **at);
        *at += brace ? 2 : 1;
    }
    return PIECE_LETTERS;
}

static gboolean
check(const char *text, const char *known, GError **error)
{
    g_autoptr(GString) piece = g_string_new(NULL);
    for (const char *at = text;;) {
        switch (next_piece(&at, piece)) {
        case PIECE_END:
            return TRUE;
        case PIECE_LETTERS:
            break;
        case PIECE_BAD:
            return fg_throw(error, FG_ERROR_PROFILE,
                            "a brace without its partner; {{ and }} are braces themselves");
        case PIECE_FIELD:
            if (fg_choice_index(known, piece->str) < 0) {
                g_autofree char *shown = fg_text_printable(piece->str);
                g_autofree char *nearest = fg_nearest(piece->str, known);
                if (nearest)
                    return fg_throw(error, FG_ERROR_PROFILE, "unknown field {%s}; did you mean {%s}?", shown,
                                    nearest);
                g_auto(GStrv) words = g_strsplit(known, "|", -1);
                g_autofree char *list = g_strjoinv("} {", words);
                return fg_throw(error, FG_ERROR_PROFILE, "unknown field {%s}; expected one of {%s}", shown,
                                list);
            }
        }
    }
}

gboolean
fg_fields_check(const char *text, GError **error)
{
    return check(text, "creator|owner|year|date|title|caption|stem|width|height|camera", error);
}

gboolean
fg_fields_vary(const char *text)
{
    g_autoptr(GString) piece = g_string_new(NULL);
    FgPiece kind;
    for (const char *at = text; (kind = next_piece(&at, piece)) != PIECE_END && kind != PIECE_BAD;)
        if (kind == PIECE_FIELD && strcmp(piece->str, "creator") != 0 && strcmp(piece->str, "owner") != 0)
            return TRUE;
    return FALSE;
}

/* The value of a field, NULL when it is absent. */
static char *
value_of(const FgFields *fields, const char *name)
{
    const struct {
        const char *name, *text;
        int number;
    } values[] = {
        {"creator", fields->creator, 0}, {"owner", fields->owner, 0},    {"year", fields->year, 0},
        {"date", fields->date, 0},       {"title", fields->title, 0},    {"caption", fields->caption, 0},
        {"stem", fields->stem, 0},       {"camera", fields->camera, 0},  {"name", fields->name, 0},
        {"ext", fields->ext, 0},         {"width", NULL, fields->width}, {"height", NULL, fields->height},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        if (strcmp(values[i].name, name) != 0)
            continue;
        if (values[i].number > 0)
            return g_strdup_printf("%d", values[i].number);
        return values[i].text && *values[i].text ? g_strdup(values[i].text) : NULL;
    }
    return NULL;
}

/* What leads up to a value that is not there: spaces, dashes, commas, bars, an opening bracket, a ©; but
 * neither a closing bracket nor a closing quote, which belong to what stands. */
static gboolean
leads_up(gunichar c)
{
    switch (g_unichar_type(c)) {
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
        return FALSE;
    case G_UNICODE_CONNECT_PUNCTUATION:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_OTHER_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_MATH_SYMBOL:
    case G_UNICODE_MODIFIER_SYMBOL:
        return TRUE;
    default:
        return g_unichar_isspace(c) || c == 0xA9 || c == 0x2117;
    }
}

/* Trims the end of a text that stops before an absent field, down to `floor`, where the last value ends. */
static void
trim(GString *text, gsize floor)
{
    while (text->len > floor) {
        const char *last = g_utf8_prev_char(text->str + text->len);
        if (!leads_up(g_utf8_get_char(last)))
            return;
        g_string_truncate(text, (gsize)(last - text->str));
    }
}

char *
fg_fields_expand(const char *text, const FgFields *fields)
{
    GString *whole = g_string_new(NULL);
    g_autoptr(GString) piece = g_string_new(NULL);
    gsize floor = 0;
    FgPiece kind;
    for (const char *at = text; (kind = next_piece(&at, piece)) != PIECE_END && kind != PIECE_BAD;) {
        if (kind == PIECE_LETTERS) {
            g_string_append_len(whole, piece->str, (gssize)piece->len);
            continue;
        }
        g_autofree char *value = value_of(fields, piece->str);
        if (value) {
            g_string_append(whole, value);
            floor = whole->len;
        } else if (strcmp(piece->str, "year") != 0) {
            trim(whole, floor);
            break;
        } else if (*at == ' ') {
            at++;
        } else if (whole->len > floor && whole->str[whole->len - 1] == ' ') {
            g_string_truncate(whole, whole->len - 1);
        }
    }
    return g_string_free(whole, FALSE);
}

gboolean
fg_output_pattern_check(const char *pattern, GError **error)
{
    if (!*pattern)
        return fg_throw(error, FG_ERROR_PROFILE, "expected a name such as \"{stem}-{width}.{ext}\"");
    if (!check(pattern, "stem|name|width|height|ext", error))
        return FALSE;
    if (strchr(pattern, '/'))
        return fg_throw(error, FG_ERROR_PROFILE,
                        "a name can't hold a \"/\"; the folders are those of the photos");
    if (*pattern == '.')
        return fg_throw(error, FG_ERROR_PROFILE, "a name that begins with a point would be hidden");
    if (!g_str_has_suffix(pattern, ".{ext}") || strcmp(pattern, ".{ext}") == 0)
        return fg_throw(error, FG_ERROR_PROFILE,
                        "a name ends in \".{ext}\", which is jpg, webp, avif, jxl or png");
    return TRUE;
}

#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/throw.h"

#define LARGEST_DOCUMENT ((gsize)1 << 30)
#define DIGITS 6

/* jansson fails only without memory or for text that is not UTF-8, which never reaches it from here. GLib
 * ends with these words when it gets none. */
static FgJson *
made(json_t *value)
{
    if (!value)
        g_error("failed to allocate a JSON value");
    return value;
}

static void
check_held(int status)
{
    if (status != 0)
        g_error("failed to allocate the place of a JSON value");
}

/* NULL for text that is UTF-8 as it stands. */
static char *
mended_of(const char *text)
{
    return g_utf8_validate(text, -1, NULL) ? NULL : g_utf8_make_valid(text, -1);
}

FgJson *
fg_json_object(void)
{
    return made(json_object());
}

FgJson *
fg_json_array(void)
{
    return made(json_array());
}

FgJson *
fg_json_null(void)
{
    return json_null();
}

FgJson *
fg_json_string(const char *text)
{
    if (!text)
        return fg_json_null();
    g_autofree char *mended = mended_of(text);
    return made(json_string_nocheck(mended ? mended : text));
}

FgJson *
fg_json_integer(gint64 value)
{
    return made(json_integer(value));
}

FgJson *
fg_json_number(double value)
{
    if (!isfinite(value))
        return fg_json_null();
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.6g", value);
    return made(json_real(g_ascii_strtod(text, NULL)));
}

FgJson *
fg_json_boolean(gboolean value)
{
    return json_boolean(value);
}

FgJson *
fg_json_strings(const char *const *texts)
{
    FgJson *array = fg_json_array();
    for (gsize i = 0; texts && texts[i]; i++)
        fg_json_add(array, fg_json_string(texts[i]));
    return array;
}

FgJson *
fg_json_ref(FgJson *value)
{
    return json_incref(value);
}

void
fg_json_free(FgJson *value)
{
    json_decref(value);
}

void
fg_json_set(FgJson *object, const char *key, FgJson *taken)
{
    g_autofree char *mended = mended_of(key);
    check_held(json_object_set_new_nocheck(object, mended ? mended : key, taken));
}

void
fg_json_add(FgJson *array, FgJson *taken)
{
    check_held(json_array_append_new(array, taken));
}

FgJson *
fg_json_get(const FgJson *object, const char *key)
{
    return json_object_get(object, key);
}

const char *
fg_json_get_string(const FgJson *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

gint64
fg_json_get_integer(const FgJson *object, const char *key, gint64 fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : fallback;
}

gboolean
fg_json_get_boolean(const FgJson *object, const char *key, gboolean fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_boolean(value) ? json_is_true(value) : fallback;
}

gsize
fg_json_length(const FgJson *array)
{
    return json_array_size(array);
}

FgJson *
fg_json_at(const FgJson *array, gsize index)
{
    return json_array_get(array, index);
}

gboolean
fg_json_is_object(const FgJson *value)
{
    return json_is_object(value);
}

gboolean
fg_json_is_array(const FgJson *value)
{
    return json_is_array(value);
}

gboolean
fg_json_is_string(const FgJson *value)
{
    return json_is_string(value);
}

const char *
fg_json_string_value(const FgJson *value)
{
    return json_string_value(value);
}

void *
fg_json_next(FgJson *object, void *iterator, const char **key, FgJson **value)
{
    void *next = iterator ? json_object_iter_next(object, iterator) : json_object_iter(object);
    if (next) {
        *key = json_object_iter_key(next);
        *value = json_object_iter_value(next);
    }
    return next;
}

/* jansson escapes C0 alone. What else could steer a terminal can only stand inside a string, where \u is at
 * home. */
static gboolean
is_unsafe(gunichar c)
{
    return (c >= 0x7f && c <= 0x9f) || c == 0x61c || (c >= 0x200e && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static GString *
print(const FgJson *value, size_t flags)
{
    char *raw = json_dumps(value, flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS));
    if (!raw)
        g_error("failed to allocate a JSON text");
    GString *text = g_string_new(NULL);
    const char *from = raw, *at = raw;
    while (*at) {
        gunichar c = (guchar)*at < 0x7f ? (guchar)*at : g_utf8_get_char(at);
        const char *next = g_utf8_next_char(at);
        if (is_unsafe(c)) {
            g_string_append_len(text, from, at - from);
            g_string_append_printf(text, "\\u%04X", c);
            from = next;
        }
        at = next;
    }
    g_string_append_len(text, from, at - from);
    free(raw);
    return text;
}

char *
fg_json_print(const FgJson *value)
{
    return g_string_free(print(value, JSON_COMPACT), FALSE);
}

char *
fg_json_print_pretty(const FgJson *value)
{
    return g_string_free(g_string_append_c(print(value, JSON_INDENT(2)), '\n'), FALSE);
}

FgJson *
fg_json_parse(const void *text, gsize length, GError **error)
{
    if (length > LARGEST_DOCUMENT)
        return fg_throw_null(error, FG_ERROR_MANIFEST, "JSON of %" G_GSIZE_FORMAT " bytes is too large",
                             length);
    json_error_t fault;
    json_t *value = json_loadb(length > 0 ? text : "", length, JSON_REJECT_DUPLICATES, &fault);
    if (!value && json_error_code(&fault) == json_error_out_of_memory)
        return fg_throw_null(error, FG_ERROR_MEMORY, "JSON of %" G_GSIZE_FORMAT " bytes needs more memory",
                             length);
    if (!value) {
        g_autofree char *why = fg_text_printable(fault.text);
        fg_throw(error, FG_ERROR_MANIFEST, "line %d, column %d: %s", fault.line, fault.column, why);
    }
    return value;
}

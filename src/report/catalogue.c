#include "report/catalogue.h"

#include <string.h>

#include "base/base.h"
#include "report/language.h"

enum { TEXTS_MAX = 100000, DEPTH_MAX = 4 };

static const char quotes[] = N_("\"%s\"");

/* A format that messages are made of. */
typedef struct {
    const char *english, *other;
    gsize letters; /* of what is fixed in it: the more, the surer a match */
} Format;

struct FgCatalogue {
    GBytes *bytes;        /* holds all texts */
    GHashTable *words;    /* all of them: English -> other */
    GHashTable *plurals;  /* those of nouns: English singular -> other */
    gboolean none_is_one; /* "0 photo" */
    GHashTable *texts;    /* those that nothing is filled into: English -> other */
    GArray *formats;      /* of Format, the surest first */
    const char *joiner;   /* what stands between the parts of a message */
    const char *quotes;   /* the format of a value in quotes */
};

/* ---- Formats ---- */

/* The end of the conversion that begins at a percent sign, its number ("%2$s") and its letter. */
static const char *
conversion_end(const char *at, guint *number, char *letter)
{
    const char *digits = ++at;
    while (g_ascii_isdigit(*at))
        at++;
    if (*at == '$')
        *number = (guint)g_ascii_strtoull(digits, NULL, 10);
    at += strspn(at, "$ #+-0123456789.*'hlzjt");
    *letter = *at;
    return *at ? at + 1 : at;
}

/* Takes the fixed text up to the next conversion, "%%" undone; FALSE when there is no further conversion. */
static gboolean
next_conversion(const char **at, GString *fixed, guint *number, char *letter)
{
    g_string_truncate(fixed, 0);
    *number = 0;
    for (; **at; (*at)++) {
        if (**at == '%' && (*at)[1] != '%') {
            *at = conversion_end(*at, number, letter);
            return TRUE;
        }
        *at += **at == '%';
        g_string_append_c(fixed, **at);
    }
    return FALSE;
}

static gsize
count_letters(const char *format)
{
    g_autoptr(GString) fixed = g_string_new(NULL);
    gsize letters = 0;
    guint number;
    char letter;
    gboolean more;
    do {
        more = next_conversion(&format, fixed, &number, &letter);
        for (gsize i = 0; i < fixed->len; i++)
            letters += g_ascii_isalpha(fixed->str[i]) ? 1 : 0;
    } while (more);
    return letters;
}

static gboolean
can_be(const char *value, gsize length, char letter)
{
    return letter == 's' || strspn(value, "+-0123456789.abcdefABCDEF") >= length;
}

/* Whether a message was made of a format; what was filled in goes into `values`. Each value is the shortest
 * that lets the text after it follow, which is enough to find a match whenever there is one. */
static gboolean
match(const char *format, const char *message, GPtrArray *values)
{
    g_autoptr(GString) fixed = g_string_new(NULL);
    guint number;
    char letter = 's', next = 's';
    g_ptr_array_set_size(values, 0);
    gboolean more = next_conversion(&format, fixed, &number, &next);
    if (!g_str_has_prefix(message, fixed->str))
        return FALSE;
    for (message += fixed->len; more;) {
        letter = next;
        more = next_conversion(&format, fixed, &number, &next);
        gsize left = strlen(message);
        const char *end = more ? strstr(message, fixed->str)
                          : left >= fixed->len && g_str_has_suffix(message, fixed->str)
                              ? message + left - fixed->len
                              : NULL;
        if (!end || !can_be(message, (gsize)(end - message), letter))
            return FALSE;
        g_ptr_array_add(values, g_strndup(message, (gsize)(end - message)));
        message = end + fixed->len;
    }
    return *message == '\0';
}

/* ---- Messages ---- */

static char *translate(const FgCatalogue *catalogue, const char *message, guint depth);

/* A value in quotes gets those of the language, unless it follows a colon: then it is one to type. */
static gboolean
append_quoted(GString *text, const FgCatalogue *catalogue, const char *value)
{
    gsize length = strlen(value);
    if (length < 2 || *value != '"' || strchr(value + 1, '"') != value + length - 1 ||
        g_str_has_suffix(text->str, ": "))
        return FALSE;
    const char *hole = strstr(catalogue->quotes, "%s");
    g_string_append_len(text, catalogue->quotes, hole - catalogue->quotes);
    g_string_append_len(text, value + 1, (gssize)length - 2);
    g_string_append(text, hole + strlen("%s"));
    return TRUE;
}

/* A value may be a message of its own. A single word is a name, and stays. */
static void
append_value(GString *text, const FgCatalogue *catalogue, const char *value, guint depth)
{
    if (append_quoted(text, catalogue, value))
        return;
    g_autofree char *other = strchr(value, ' ') ? translate(catalogue, value, depth + 1) : NULL;
    g_string_append(text, other ? other : value);
}

static char *
fill(const FgCatalogue *catalogue, const char *format, const GPtrArray *values, guint depth)
{
    g_autoptr(GString) fixed = g_string_new(NULL);
    GString *text = g_string_new(NULL);
    guint next = 0, number;
    char letter;
    while (next_conversion(&format, fixed, &number, &letter)) {
        guint i = number > 0 ? number - 1 : next++;
        g_string_append(text, fixed->str);
        if (i < values->len)
            append_value(text, catalogue, values->pdata[i], depth);
    }
    return g_string_free(g_string_append(text, fixed->str), FALSE);
}

/* A message that was made of one format, or NULL. */
static char *
translate_format(const FgCatalogue *catalogue, const char *message, guint depth)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < catalogue->formats->len; i++) {
        const Format *format = &g_array_index(catalogue->formats, Format, i);
        if (match(format->english, message, values))
            return fill(catalogue, format->other, values, depth);
    }
    return NULL;
}

/* "profile.yaml:3:1" is read by editors, too, and keeps its form. */
static gboolean
is_position(const char *text)
{
    const char *colon = strrchr(text, ':');
    return colon && colon[1] && strspn(colon + 1, "0123456789") == strlen(colon + 1);
}

static char *
join(const FgCatalogue *catalogue, const char *message, const char *colon, const char *tail, guint depth)
{
    g_autofree char *head = g_strndup(message, (gsize)(colon - message));
    g_autofree char *known = translate(catalogue, head, depth + 1);
    return g_strconcat(known ? known : head, is_position(head) ? ": " : catalogue->joiner, tail, NULL);
}

/* NULL when nothing of the message is known. A cause at its end is taken off first, for a format that ends
 * with a name would take it in. */
static char *
translate(const FgCatalogue *catalogue, const char *message, guint depth)
{
    if (depth > DEPTH_MAX)
        return NULL;
    const char *text = g_hash_table_lookup(catalogue->texts, message);
    if (text)
        return g_strdup(text);
    const char *last = g_strrstr(message, ": ");
    const char *cause = last ? g_hash_table_lookup(catalogue->texts, last + strlen(": ")) : NULL;
    if (cause)
        return join(catalogue, message, last, cause, depth);
    char *whole = translate_format(catalogue, message, depth);
    if (whole)
        return whole;
    for (const char *at = strstr(message, ": "); at; at = strstr(at + 1, ": ")) {
        g_autofree char *tail = translate_format(catalogue, at + strlen(": "), depth);
        if (tail)
            return join(catalogue, message, at, tail, depth);
    }
    return NULL;
}

/* Each line is a message; one that is quoted begins with a space. */
char *
fg_catalogue_message(const FgCatalogue *catalogue, const char *english)
{
    if (!catalogue)
        return g_strdup(english);
    g_auto(GStrv) lines = g_strsplit(english, "\n", -1);
    for (char **line = lines; *line; line++) {
        char *other = **line == ' ' ? NULL : translate(catalogue, *line, 0);
        if (!other)
            continue;
        g_free(*line);
        *line = other;
    }
    return g_strjoinv("\n", lines);
}

/* ---- Words ---- */

const char *
fg_catalogue_word(const FgCatalogue *catalogue, const char *english)
{
    const char *word = catalogue ? g_hash_table_lookup(catalogue->words, english) : NULL;
    return word ? word : english;
}

const char *
fg_catalogue_noun(const FgCatalogue *catalogue, guint64 count, const char *one, const char *many)
{
    const char *plural = catalogue ? g_hash_table_lookup(catalogue->plurals, one) : NULL;
    if (!plural)
        return count == 1 ? one : many;
    return count == 1 || (count == 0 && catalogue->none_is_one) ? fg_catalogue_word(catalogue, one) : plural;
}

/* ---- The file ---- */

/* The text that an entry of one of the file's two tables leads to: its length without the NUL, and where it
 * is. A noun's plural follows the singular, which a NUL ends. */
static const char *
text_of(FgCursor table, guint32 *text_length)
{
    guint32 length, offset;
    FgCursor text = table;
    const char nul[] = "";
    if (!fg_cursor_u32(&table, &length) || !fg_cursor_u32(&table, &offset) ||
        !fg_cursor_seek(&text, offset) || !fg_cursor_skip(&text, length) || !fg_cursor_peek(&text, nul, 1))
        return NULL;
    *text_length = length;
    return (const char *)text.data + offset;
}

/* Two numbers are all that our catalogues tell apart; from which count on, the head says:
 * "Plural-Forms: nplurals=2; plural=(n > 1);". */
static gboolean
counts_none_as_one(const char *head)
{
    static const char label[] = "plural=";
    const char *rule = strstr(head, label);
    rule = rule ? rule + strlen(label) + strspn(rule + strlen(label), "( ") : "";
    return g_str_has_prefix(rule, "n > 1") || g_str_has_prefix(rule, "n>1");
}

static gint
compare_formats(gconstpointer a, gconstpointer b)
{
    const Format *left = a, *right = b;
    if (left->letters != right->letters)
        return left->letters < right->letters ? 1 : -1;
    return strcmp(left->english, right->english);
}

static void
add_text(FgCatalogue *catalogue, const char *english, const char *other)
{
    enum { LETTERS_LEAST = 3 }; /* "%s: %s" has the shape of anything */
    const Format format = {english, other, count_letters(english)};
    g_hash_table_insert(catalogue->words, (gpointer)english, (gpointer)other);
    if (strcmp(english, quotes) == 0 && strstr(other, "%s"))
        catalogue->quotes = other;
    else if (!strchr(english, '%'))
        g_hash_table_insert(catalogue->texts, (gpointer)english, (gpointer)other);
    else if (format.letters >= LETTERS_LEAST)
        g_array_append_val(catalogue->formats, format);
}

static gboolean
read_texts(FgCatalogue *catalogue)
{
    FgCursor at = fg_cursor_bytes(catalogue->bytes, FG_LITTLE_ENDIAN);
    guint32 magic, revision, count, english, other;
    if (!fg_cursor_u32(&at, &magic))
        return FALSE;
    at.endian = magic == 0xde120495 ? FG_BIG_ENDIAN : FG_LITTLE_ENDIAN;
    if (!fg_cursor_seek(&at, 0) || !fg_cursor_u32(&at, &magic) || magic != 0x950412de ||
        !fg_cursor_u32(&at, &revision) || revision >> 16 != 0 || !fg_cursor_u32(&at, &count) ||
        count > TEXTS_MAX || !fg_cursor_u32(&at, &english) || !fg_cursor_u32(&at, &other))
        return FALSE;
    for (guint64 i = 0; i < count; i++) {
        FgCursor from = at, to = at;
        guint32 key_length, length;
        const char *key = fg_cursor_seek(&from, english + 8 * i) ? text_of(from, &key_length) : NULL;
        const char *text = fg_cursor_seek(&to, other + 8 * i) ? text_of(to, &length) : NULL;
        if (!key || !text)
            return FALSE;
        if (!*key) {
            catalogue->none_is_one = counts_none_as_one(text);
            continue;
        }
        add_text(catalogue, key, text);
        if (strlen(text) < length)
            g_hash_table_insert(catalogue->plurals, (gpointer)key, (gpointer)(text + strlen(text) + 1));
    }
    return TRUE;
}

FgCatalogue *
fg_catalogue_new(GBytes *bytes)
{
    g_autoptr(FgCatalogue) catalogue = g_new0(FgCatalogue, 1);
    catalogue->bytes = g_bytes_ref(bytes);
    catalogue->quotes = quotes;
    catalogue->words = g_hash_table_new(g_str_hash, g_str_equal);
    catalogue->plurals = g_hash_table_new(g_str_hash, g_str_equal);
    catalogue->texts = g_hash_table_new(g_str_hash, g_str_equal);
    catalogue->formats = g_array_new(FALSE, FALSE, sizeof(Format));
    if (!read_texts(catalogue))
        return NULL;
    g_array_sort(catalogue->formats, compare_formats);
    const char *joiner = g_hash_table_lookup(catalogue->texts, ": ");
    catalogue->joiner = joiner ? joiner : ": ";
    return g_steal_pointer(&catalogue);
}

void
fg_catalogue_free(FgCatalogue *catalogue)
{
    if (!catalogue)
        return;
    g_bytes_unref(catalogue->bytes);
    g_clear_pointer(&catalogue->words, g_hash_table_unref);
    g_clear_pointer(&catalogue->plurals, g_hash_table_unref);
    g_clear_pointer(&catalogue->texts, g_hash_table_unref);
    g_clear_pointer(&catalogue->formats, g_array_unref);
    g_free(catalogue);
}

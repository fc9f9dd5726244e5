/* figures.c: the types of settings that hold figures and choices. */
#include <string.h>

#include "profile/profile_private.h"

static gboolean
throw_expected(const FgRead *at, const FgNode *node, const char *expected, GError **error)
{
    g_autofree char *found = fg_node_describe(node);
    return fg_node_throw(node, at->path, error, "expected %s, not %s", expected, found);
}

/* An unquoted scalar; quotes make a text of it. */
static gboolean
is_figure(const FgNode *node)
{
    return node->kind == FG_NODE_SCALAR && node->plain;
}

/* "low..high" taken apart. */
static void
range_split(const FgRow *row, char **low, char **high)
{
    const char *dots = strstr(row->help->range, "..");
    *low = g_strndup(row->help->range, (gsize)(dots - row->help->range));
    *high = g_strndup(dots + 2, strcspn(dots + 2, "|"));
}

/* The word that some figures may be instead, as in "1..100|twin", and which stands for one more than the
 * highest; NULL for none. */
static const char *
word_of(const FgRow *row)
{
    const char *bar = strchr(row->help->range, '|');
    return bar ? bar + 1 : NULL;
}

static gboolean
read_integer(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autofree char *low = NULL, *high = NULL;
    gint64 least = 0, most = 0, value;
    range_split(at->row, &low, &high);
    fg_scalar_integer(low, &least);
    fg_scalar_integer(high, &most);
    const char *word = word_of(at->row);
    if (word && node && node->kind == FG_NODE_SCALAR && g_strcmp0(node->text, word) == 0) {
        *(int *)field = (int)most + 1;
        return TRUE;
    }
    if (!is_figure(node) || !fg_scalar_integer(node->text, &value) || value < least || value > most) {
        g_autofree char *expected = g_strdup_printf(N_("a whole number in %s"), at->row->help->range);
        return throw_expected(at, node, expected, error);
    }
    *(int *)field = (int)value;
    return TRUE;
}

static char *
print_integer(const FgRow *row, const void *field)
{
    int value = *(const int *)field;
    /* Zero outside the range is a figure that was never set. */
    if (value == 0 && row->help->range[0] != '0')
        return NULL;
    g_autofree char *low = NULL, *high = NULL;
    gint64 most = 0;
    range_split(row, &low, &high);
    fg_scalar_integer(high, &most);
    return word_of(row) && value > most ? g_strdup(word_of(row)) : g_strdup_printf("%d", value);
}

const FgType fg_type_integer = {.read = read_integer, .print = print_integer};

/* Numbers and shares differ in their unit alone. */
static gboolean
read_real(const FgRead *at, FgNode *node, double *field, gboolean (*parse)(const char *text, double *value),
          const char *shape, GError **error)
{
    g_autofree char *low = NULL, *high = NULL;
    double least = 0, most = 0, value;
    range_split(at->row, &low, &high);
    parse(low, &least);
    parse(high, &most);
    gboolean read = is_figure(node) && parse(node->text, &value);
    if (!read || value < least || value > most) {
        g_autofree char *expected = g_strdup_printf(shape, at->row->help->range);
        return throw_expected(at, node, expected, error);
    }
    *field = value;
    return TRUE;
}

static gboolean
read_number(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_real(at, node, field, fg_scalar_number, N_("a number in %s"), error);
}

static char *
print_number(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return fg_number_print(*(const double *)field);
}

const FgType fg_type_number = {.read = read_number, .print = print_number};

static gboolean
read_share(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_real(at, node, field, fg_scalar_share, N_("a share with %% in %s"), error);
}

static char *
print_share(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    g_autofree char *number = fg_number_print(*(const double *)field * 100);
    return g_strconcat(number, "%", NULL);
}

const FgType fg_type_share = {.read = read_share, .print = print_share};

static gboolean
read_scaled(const FgRead *at, FgNode *node, void *field, guint unit, GError **error)
{
    g_autofree char *low = NULL, *high = NULL;
    guint64 least = 0, most = 0, value;
    range_split(at->row, &low, &high);
    fg_scalar_scaled(low, unit, &least);
    fg_scalar_scaled(high, unit, &most);
    if (!is_figure(node) || !fg_scalar_scaled(node->text, unit, &value) || value < least || value > most) {
        g_autofree char *expected =
            g_strdup_printf(N_("a whole number in %s (K, M, G, T: %us)"), at->row->help->range, unit);
        return throw_expected(at, node, expected, error);
    }
    *(guint64 *)field = value;
    return TRUE;
}

static gboolean
read_count(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_scaled(at, node, field, 1000, error);
}

static char *
print_count(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return fg_scaled_print(*(const guint64 *)field, 1000);
}

const FgType fg_type_count = {.read = read_count, .print = print_count};

static gboolean
read_bytes(const FgRead *at, FgNode *node, void *field, GError **error)
{
    return read_scaled(at, node, field, 1024, error);
}

static char *
print_bytes(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return fg_scaled_print(*(const guint64 *)field, 1024);
}

const FgType fg_type_bytes = {.read = read_bytes, .print = print_bytes};

static gboolean
read_boolean(const FgRead *at, FgNode *node, void *field, GError **error)
{
    if (!is_figure(node) || !fg_scalar_boolean(node->text, field))
        return throw_expected(at, node, "true or false", error);
    return TRUE;
}

static char *
print_boolean(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return g_strdup(*(const gboolean *)field ? "true" : "false");
}

const FgType fg_type_boolean = {.read = read_boolean, .print = print_boolean};

/* ---- Choices: the position of a word in the range is its enum's value. ---- */

static int
choose(const FgRead *at, const FgNode *node, GError **error)
{
    const char *names = at->row->help->range;
    int index = node->kind == FG_NODE_SCALAR ? fg_choice_index(names, node->text) : -1;
    if (index >= 0)
        return index;
    g_autofree char *found = fg_node_describe(node);
    g_autofree char *nearest = node->kind == FG_NODE_SCALAR ? fg_nearest(node->text, names) : NULL;
    g_auto(GStrv) words = g_strsplit(names, "|", -1);
    g_autofree char *list = g_strjoinv(", ", words);
    if (nearest)
        fg_node_throw(node, at->path, error, "expected one of %s, not %s; did you mean \"%s\"?", list, found,
                      nearest);
    else
        fg_node_throw(node, at->path, error, "expected one of %s, not %s", list, found);
    return -1;
}

static gboolean
read_choice(const FgRead *at, FgNode *node, void *field, GError **error)
{
    int index = choose(at, node, error);
    if (index < 0)
        return FALSE;
    *(int *)field = index;
    return TRUE;
}

static char *
print_choice(const FgRow *row, const void *field)
{
    return fg_choice_word(row->help->range, *(const guint *)field);
}

const FgType fg_type_choice = {.read = read_choice, .print = print_choice};

/* A choice that is kept as its word. */
static gboolean
read_word(const FgRead *at, FgNode *node, void *field, GError **error)
{
    int index = choose(at, node, error);
    if (index < 0)
        return FALSE;
    *(char **)field = fg_choice_word(at->row->help->range, (guint)index);
    return TRUE;
}

static char *
print_word(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    return g_strdup(*(char *const *)field);
}

const FgType fg_type_word = {.read = read_word, .print = print_word};

static gboolean
read_source(const FgRead *at, FgNode *node, void *field, GError **error)
{
    int index = choose(at, node, error);
    if (index < 0)
        return FALSE;
    /* The first word is a photographer's; the second is what IPTC calls it. */
    *(char **)field = fg_choice_word(at->row->help->range, (guint)MAX(index, 1));
    return TRUE;
}

const FgType fg_type_source = {.read = read_source, .print = print_word};

static gboolean
want_list(const FgRead *at, const FgNode *node, GError **error)
{
    if (node->kind == FG_NODE_LIST)
        return TRUE;
    g_autofree char *first = fg_choice_word(at->row->help->range, 0);
    g_autofree char *expected = g_strdup_printf(N_("a list, such as [%s]"), first);
    return throw_expected(at, node, expected, error);
}

/* Names of groups, kept as bits in the order of the range. */
static gboolean
read_groups(const FgRead *at, FgNode *node, void *field, GError **error)
{
    guint bits = 0;
    if (!want_list(at, node, error))
        return FALSE;
    for (guint i = 0; i < node->items->len; i++) {
        int index = choose(at, node->items->pdata[i], error);
        if (index < 0)
            return FALSE;
        bits |= 1U << index;
    }
    *(guint *)field = bits;
    return TRUE;
}

static char *
print_groups(const FgRow *row, const void *field)
{
    guint bits = *(const guint *)field;
    g_autoptr(GString) list = g_string_new("[");
    for (guint i = 0; bits >> i; i++) {
        g_autofree char *word = bits >> i & 1 ? fg_choice_word(row->help->range, i) : NULL;
        if (word)
            g_string_append_printf(list, "%s%s", list->len > 1 ? ", " : "", word);
    }
    return g_strdup(g_string_append_c(list, ']')->str);
}

const FgType fg_type_groups = {.read = read_groups, .print = print_groups};

static gboolean
read_formats(const FgRead *at, FgNode *node, void *field, GError **error)
{
    g_autoptr(GArray) formats = g_array_new(FALSE, FALSE, sizeof(FgFormat));
    if (!want_list(at, node, error))
        return FALSE;
    for (guint i = 0; i < node->items->len; i++) {
        const FgNode *item = node->items->pdata[i];
        if (choose(at, item, error) < 0)
            return FALSE;
        FgFormat format = fg_format_from_name(item->text);
        for (guint j = 0; j < formats->len; j++)
            if (g_array_index(formats, FgFormat, j) == format)
                return fg_node_throw(item, at->path, error, "%s stands here twice", item->text);
        g_array_append_val(formats, format);
    }
    if (formats->len == 0)
        return fg_node_throw(node, at->path, error, "expected at least one format");
    *(GArray **)field = g_steal_pointer(&formats);
    return TRUE;
}

static char *
print_formats(const FgRow *row G_GNUC_UNUSED, const void *field)
{
    const GArray *formats = *(GArray *const *)field;
    g_autoptr(GString) list = g_string_new("[");
    for (guint i = 0; i < formats->len; i++)
        g_string_append_printf(list, "%s%s", i > 0 ? ", " : "",
                               fg_format_name(g_array_index(formats, FgFormat, i)));
    return g_strdup(g_string_append_c(list, ']')->str);
}

const FgType fg_type_formats = {.read = read_formats, .print = print_formats};

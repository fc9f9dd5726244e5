/* explain.c: a profile as YAML again: whole and commented for a person, bare and without machine paths for a
 * digest. */
#include <string.h>

#include "profile/profile_private.h"

typedef struct {
    GString *out;
    gboolean digest; /* no comments, no limits, files by content */
} FgPen;

/* A comment, broken at spaces so that a terminal of 100 columns holds it. */
static void
write_comment(const FgPen *pen, int depth, const FgRow *row, gboolean name)
{
    if (pen->digest)
        return;
    g_autoptr(GString) text = g_string_new(row->help->help);
    if (name)
        g_string_prepend(g_string_prepend(text, ": "), fg_row_leaf(row));
    if (row->help->range) {
        g_string_append_printf(text, " (%s)", row->help->range);
        g_string_replace(text, "|", ", ", 0);
    }
    g_auto(GStrv) words = g_strsplit(text->str, " ", -1);
    glong column = 0;
    for (char **word = words; *word; word++) {
        glong length = g_utf8_strlen(*word, -1);
        if (column == 0 || column + 1 + length > 100) {
            g_string_append_printf(pen->out, "%s%*s#%s", column > 0 ? "\n" : "", depth, "",
                                   name && column > 0 ? "  " : "");
            column = depth + (name && column > 0 ? 3 : 1);
        }
        g_string_append_printf(pen->out, " %s", *word);
        column += 1 + length;
    }
    g_string_append_c(pen->out, '\n');
}

/* What every entry of a list or map can say, once, above the entries. */
static void
write_lesson(const FgPen *pen, int depth, const char *prefix)
{
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));)
        write_comment(pen, depth, row, TRUE);
}

static void
write_marks(const FgPen *pen, int depth, const GPtrArray *marks)
{
    write_lesson(pen, depth, "marks.*");
    if (marks->len == 0)
        g_string_append_printf(pen->out, "%*s{}\n", depth, "");
    for (guint i = 0; i < marks->len; i++) {
        const FgMarkSpec *mark = marks->pdata[i];
        g_autofree char *value = fg_flow_print("marks.*", mark, pen->digest);
        g_string_append_printf(pen->out, "%*s%s: %s\n", depth, "", mark->name, value);
    }
}

static void
write_recipes(const FgPen *pen, int depth, const GPtrArray *recipes)
{
    write_lesson(pen, depth, "derivatives[]");
    for (guint i = 0; i < recipes->len; i++) {
        g_autofree char *value = fg_flow_print("derivatives[]", recipes->pdata[i], pen->digest);
        g_string_append_printf(pen->out, "%*s- %s\n", depth, "", value);
    }
}

static void
write_section(const FgPen *pen, int depth, const char *prefix, const void *base)
{
    for (const FgRow *row = NULL; (row = fg_row_below(prefix, row));) {
        const void *field = (const guint8 *)base + row->offset;
        const char *leaf = fg_row_leaf(row);
        if (pen->digest && strcmp(row->help->key, "limits") == 0)
            continue; /* they decide whether a photo is done, not how */
        if (row->type == &fg_type_extends)
            continue; /* what it brought in stands below */
        if (!pen->digest && depth == 0)
            g_string_append_c(pen->out, '\n');
        write_comment(pen, depth, row, FALSE);
        if (!row->type->parent) {
            g_autofree char *value = fg_row_print(row, field, pen->digest);
            if (value)
                g_string_append_printf(pen->out, "%*s%s: %s\n", depth, "", leaf, value);
            else if (!pen->digest)
                g_string_append_printf(pen->out, "%*s# %s:\n", depth, "", leaf);
            continue;
        }
        g_string_append_printf(pen->out, "%*s%s:\n", depth, "", leaf);
        if (row->type == &fg_type_marks)
            write_marks(pen, depth + 2, *(GPtrArray *const *)field);
        else if (row->type == &fg_type_derivatives)
            write_recipes(pen, depth + 2, *(GPtrArray *const *)field);
        else if (row->type == &fg_type_rights)
            write_section(pen, depth + 2, row->help->key, *(FgRights *const *)field);
        else
            write_section(pen, depth + 2, row->help->key, field);
    }
}

char *
fg_profile_explain(const FgProfile *profile)
{
    const FgPen pen = {.out = g_string_new(NULL)};
    g_autofree char *name = fg_text_printable(profile->name);
    g_string_append_printf(pen.out, "# The profile %s, whole: every setting, defaults filled in.\n", name);
    write_section(&pen, 0, "", profile);
    return g_string_free(pen.out, FALSE);
}

char *
fg_profile_digest(const FgProfile *profile)
{
    const FgPen pen = {.out = g_string_new(NULL), .digest = TRUE};
    write_section(&pen, 0, "", profile);
    char *digest = fg_sha256_hex(pen.out->str, pen.out->len);
    g_string_free(pen.out, TRUE);
    return digest;
}

/* merge.c: one tree on top of another, and the trees of --set. */
#include <string.h>

#include "profile/profile_private.h"

FgNode *
fg_merge(FgNode *base, FgNode *over, const char *path)
{
    const FgRow *row = fg_row_of(path);
    if (base->kind != FG_NODE_MAP || over->kind != FG_NODE_MAP || (row && row->type->whole))
        return fg_node_ref(over);
    FgNode *merged = fg_node_like(FG_NODE_MAP, over);
    for (guint i = 0; i < base->keys->len; i++)
        fg_node_set(merged, base->keys->pdata[i], base->items->pdata[i]);
    for (guint i = 0; i < over->keys->len; i++) {
        FgNode *key = over->keys->pdata[i], *value = over->items->pdata[i];
        FgNode *below = fg_node_get(base, key->text);
        g_autofree char *full = g_strconcat(path, *path ? "." : "", key->text, NULL);
        /* A null stays as it is: readers take it for a key that is not there. */
        g_autoptr(FgNode) sum = below ? fg_merge(below, value, full) : fg_node_ref(value);
        fg_node_set(merged, key, sum);
    }
    return merged;
}

FgNode *
fg_override_parse(const char *override, GError **error)
{
    const char *sign = strchr(override, '=');
    g_autofree char *key = sign ? g_strndup(override, (gsize)(sign - override)) : NULL;
    g_auto(GStrv) parts = key ? g_strsplit(key, ".", -1) : NULL;
    gboolean whole = parts != NULL && parts[0] != NULL;
    for (guint i = 0; whole && parts[i]; i++)
        whole = *parts[i] != '\0';
    if (!whole || !g_utf8_validate(key, -1, NULL)) {
        g_autofree char *shown = fg_show(override);
        return fg_throw_null(error, FG_ERROR_USAGE,
                             "--set wants KEY=VALUE, such as rights.creator=\"Jane Doe\", not %s", shown);
    }
    g_autofree char *place = g_strconcat(FG_OVERRIDE, override, NULL);
    if (strcmp(parts[0], "extends") == 0) {
        g_autofree char *shown = fg_text_printable(place);
        return fg_throw_null(error, FG_ERROR_PROFILE,
                             "%s: extends belongs in a file; name the profile with -p", shown);
    }
    /* An empty value is YAML's null, which drops the key. */
    const char *text = sign[1] ? sign + 1 : "~";
    g_autoptr(FgNode) node = fg_tree_parse(place, NULL, text, strlen(text), error);
    for (guint i = g_strv_length(parts); node && i > 0; i--) {
        FgNode *map = fg_node_like(FG_NODE_MAP, node);
        g_autoptr(FgNode) name = fg_node_like(FG_NODE_SCALAR, node);
        name->text = g_strdup(parts[i - 1]);
        fg_node_set(map, name, node);
        fg_node_unref(node);
        node = map;
    }
    return g_steal_pointer(&node);
}

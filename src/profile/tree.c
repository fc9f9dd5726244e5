/* tree.c: libyaml's events become nodes that know where they stood. */
#include <string.h>
#include <yaml.h>

#include "profile/profile_private.h"

#define DEPTH_MAX 16
#define NODES_MAX 5000
#define TEXT_MAX (64 * 1024)

static FgNode *
node_new(FgNodeKind kind, GRefString *file, GRefString *folder, gsize line, gsize column)
{
    FgNode *node = g_new0(FgNode, 1);
    node->refs = 1;
    node->kind = kind;
    node->file = g_ref_string_acquire(file);
    node->folder = g_ref_string_acquire(folder);
    node->line = (guint)line;
    node->column = (guint)column;
    if (kind == FG_NODE_MAP)
        node->keys = g_ptr_array_new_with_free_func((GDestroyNotify)fg_node_unref);
    if (kind != FG_NODE_SCALAR)
        node->items = g_ptr_array_new_with_free_func((GDestroyNotify)fg_node_unref);
    return node;
}

FgNode *
fg_node_like(FgNodeKind kind, const FgNode *other)
{
    return node_new(kind, other->file, other->folder, other->line, other->column);
}

FgNode *
fg_node_ref(FgNode *node)
{
    g_atomic_int_inc(&node->refs);
    return node;
}

void
fg_node_unref(FgNode *node)
{
    if (!node || !g_atomic_int_dec_and_test(&node->refs))
        return;
    g_clear_pointer(&node->keys, g_ptr_array_unref);
    g_clear_pointer(&node->items, g_ptr_array_unref);
    g_ref_string_release(node->file);
    g_ref_string_release(node->folder);
    g_free(node->text);
    g_free(node);
}

static gboolean
find_key(const FgNode *map, const char *key, guint *index)
{
    for (guint i = 0; i < map->keys->len; i++) {
        const FgNode *found = map->keys->pdata[i];
        if (strcmp(found->text, key) == 0) {
            *index = i;
            return TRUE;
        }
    }
    return FALSE;
}

FgNode *
fg_node_get(const FgNode *map, const char *key)
{
    guint i;
    return map && map->kind == FG_NODE_MAP && find_key(map, key, &i) ? map->items->pdata[i] : NULL;
}

void
fg_node_set(FgNode *map, FgNode *key, FgNode *value)
{
    guint i;
    if (!find_key(map, key->text, &i)) {
        g_ptr_array_add(map->keys, fg_node_ref(key));
        g_ptr_array_add(map->items, fg_node_ref(value));
        return;
    }
    fg_node_ref(value);
    fg_node_unref(map->items->pdata[i]);
    map->items->pdata[i] = value;
}

gboolean
fg_node_is_null(const FgNode *node)
{
    return node->kind == FG_NODE_SCALAR && node->plain && fg_scalar_is_null(node->text);
}

char *
fg_show(const char *text)
{
    g_autofree char *cut = fg_text_cut(text, 60);
    g_autofree char *printable = fg_text_printable(cut);
    return g_strdup_printf("\"%s%s\"", printable, strlen(cut) < strlen(text) ? "…" : "");
}

char *
fg_node_describe(const FgNode *node)
{
    gint64 integer;
    double number;
    gboolean boolean;
    if (node->kind == FG_NODE_MAP)
        return g_strdup(N_("a map"));
    if (node->kind == FG_NODE_LIST)
        return g_strdup(N_("a list"));
    if (fg_node_is_null(node))
        return g_strdup(N_("an empty value"));
    g_autofree char *shown = fg_show(node->text);
    if (!node->plain)
        return g_steal_pointer(&shown);
    if (fg_scalar_integer(node->text, &integer) || fg_scalar_number(node->text, &number))
        return g_strdup_printf(N_("the number %s"), node->text);
    if (fg_scalar_boolean(node->text, &boolean))
        return g_strdup_printf(N_("the yes-or-no %s"), node->text);
    return g_steal_pointer(&shown);
}

gboolean
fg_node_throw(const FgNode *node, const char *path, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    g_autofree char *shown = path && *path ? fg_text_printable(path) : NULL;
    g_autofree char *place = fg_place(node->file, node->line, node->column);
    /* A setting of the command line is its own place. */
    if (!shown || (g_str_has_prefix(node->file, FG_OVERRIDE) && strstr(node->file, shown)))
        return fg_throw(error, FG_ERROR_PROFILE, "%s: %s", place, what);
    return fg_throw(error, FG_ERROR_PROFILE, "%s: %s: %s", place, shown, what);
}

/* The state of one parse. */
typedef struct {
    yaml_parser_t yaml;
    GRefString *file, *folder;
    const char *text;
    gsize length;
    guint nodes;
} FgTree;

static gboolean
throw_at(FgTree *tree, const yaml_event_t *event, GError **error, const char *what)
{
    g_autofree char *place = fg_place(tree->file, event->start_mark.line + 1, event->start_mark.column + 1);
    return fg_throw(error, FG_ERROR_PROFILE, "%s: %s", place, what);
}

static gboolean
next_event(FgTree *tree, yaml_event_t *event, GError **error)
{
    return yaml_parser_parse(&tree->yaml, event) ||
           fg_syntax_throw(&tree->yaml, tree->file, tree->text, tree->length, error);
}

static gboolean
check_event(FgTree *tree, const yaml_event_t *event, guint depth, GError **error)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return throw_at(tree, event, error,
                        "aliases (*name) have no place in a profile; write the value again");
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        if (event->data.scalar.length > TEXT_MAX)
            return throw_at(tree, event, error, "this text is over 64 KiB");
        if (memchr(event->data.scalar.value, 0, event->data.scalar.length))
            return throw_at(tree, event, error, "this text holds a NUL character");
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        break;
    default:
        return TRUE;
    }
    if (anchor)
        return throw_at(tree, event, error,
                        "anchors (&name) have no place in a profile; write the value again");
    if (tag)
        return throw_at(tree, event, error, "tags (!name) have no place in a profile; leave it out");
    if (depth > DEPTH_MAX)
        return throw_at(tree, event, error, "nested deeper than 16 levels");
    if (++tree->nodes > NODES_MAX)
        return throw_at(tree, event, error, "more than 5000 values");
    return TRUE;
}

static FgNode *read_node(FgTree *tree, yaml_event_t *event, guint depth, GError **error);

static void
clear_event(yaml_event_t *event)
{
    yaml_event_delete(event);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(yaml_event_t, clear_event)

static gboolean
read_list(FgTree *tree, FgNode *list, guint depth, GError **error)
{
    for (;;) {
        g_auto(yaml_event_t) event = {0};
        if (!next_event(tree, &event, error))
            return FALSE;
        if (event.type == YAML_SEQUENCE_END_EVENT)
            return TRUE;
        FgNode *item = read_node(tree, &event, depth, error);
        if (!item)
            return FALSE;
        g_ptr_array_add(list->items, item);
    }
}

static gboolean
read_map(FgTree *tree, FgNode *map, guint depth, GError **error)
{
    for (;;) {
        g_auto(yaml_event_t) key_event = {0};
        g_auto(yaml_event_t) event = {0};
        guint twin;
        if (!next_event(tree, &key_event, error))
            return FALSE;
        if (key_event.type == YAML_MAPPING_END_EVENT)
            return TRUE;
        g_autoptr(FgNode) key = read_node(tree, &key_event, depth, error);
        if (!key)
            return FALSE;
        if (key->kind != FG_NODE_SCALAR)
            return fg_node_throw(key, NULL, error, "expected a key, not %s",
                                 key->kind == FG_NODE_MAP ? "a map" : "a list");
        if (find_key(map, key->text, &twin)) {
            g_autofree char *shown = fg_show(key->text);
            return fg_node_throw(key, NULL, error, "the key %s stands here twice; it is on line %u already",
                                 shown, ((FgNode *)map->keys->pdata[twin])->line);
        }
        if (!next_event(tree, &event, error))
            return FALSE;
        g_autoptr(FgNode) value = read_node(tree, &event, depth, error);
        if (!value)
            return FALSE;
        fg_node_set(map, key, value);
    }
}

/* The node that an event begins. */
static FgNode *
read_node(FgTree *tree, yaml_event_t *event, guint depth, GError **error)
{
    if (!check_event(tree, event, depth, error))
        return NULL;
    FgNodeKind kind = event->type == YAML_MAPPING_START_EVENT    ? FG_NODE_MAP
                      : event->type == YAML_SEQUENCE_START_EVENT ? FG_NODE_LIST
                                                                 : FG_NODE_SCALAR;
    g_autoptr(FgNode) node =
        node_new(kind, tree->file, tree->folder, event->start_mark.line + 1, event->start_mark.column + 1);
    if (kind == FG_NODE_SCALAR) {
        node->text = g_strdup((const char *)event->data.scalar.value);
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        return g_steal_pointer(&node);
    }
    gboolean whole = kind == FG_NODE_MAP ? read_map(tree, node, depth + 1, error)
                                         : read_list(tree, node, depth + 1, error);
    return whole ? g_steal_pointer(&node) : NULL;
}

static gboolean
throw_empty(FgTree *tree, GError **error)
{
    g_autofree char *place = fg_place(tree->file, 1, 1);
    return fg_throw(error, FG_ERROR_PROFILE, "%s: the profile is empty", place);
}

/* Between STREAM-START and STREAM-END stands exactly one document. */
static FgNode *
read_stream(FgTree *tree, GError **error)
{
    g_autoptr(FgNode) root = NULL;
    for (;;) {
        g_auto(yaml_event_t) event = {0};
        if (!next_event(tree, &event, error))
            return NULL;
        switch (event.type) {
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            break;
        case YAML_DOCUMENT_START_EVENT:
            if (root)
                return throw_at(tree, &event, error, "a second document begins here; a profile is one"), NULL;
            break;
        case YAML_STREAM_END_EVENT:
            if (!root)
                return throw_empty(tree, error), NULL;
            return g_steal_pointer(&root);
        default:
            if (!(root = read_node(tree, &event, 1, error)))
                return NULL;
        }
    }
}

FgNode *
fg_tree_parse(const char *file, const char *folder, const char *yaml, gsize length, GError **error)
{
    g_autofree char *shown = fg_text_printable(file);
    g_autofree char *absolute = g_canonicalize_filename(folder ? folder : ".", NULL);
    g_autofree char *text = g_strndup(yaml, length); /* with a NUL after it, for hints */
    FgTree tree = {.text = text, .length = length};
    if (!yaml_parser_initialize(&tree.yaml))
        return fg_throw_null(error, FG_ERROR_MEMORY, "not enough memory to read %s", shown);
    tree.file = g_ref_string_new(shown);
    tree.folder = g_ref_string_new(absolute);
    yaml_parser_set_input_string(&tree.yaml, (const unsigned char *)yaml, length);
    FgNode *root = read_stream(&tree, error);
    yaml_parser_delete(&tree.yaml);
    g_ref_string_release(tree.file);
    g_ref_string_release(tree.folder);
    return root;
}

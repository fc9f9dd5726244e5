/* credentials.c: what Content Credentials (C2PA 2.2) tell of a generator: the source types in the actions and
 * ingredients of all manifests of a store. No signature is looked at: nobody says against himself what is not
 * true, and what speaks for a picture is not believed from here. */
#include "metadata/reading.h"

#define MOST_BOXES 1000      /* of a store, at all levels */
#define MOST_ACTIONS 10000   /* and ingredients, of a store */
#define LONGEST_TEXT 1024    /* of an action's name or source type */
#define LARGEST_JSON 1048576 /* of an assertion in JSON, as the first writers had them */

typedef struct {
    char *source; /* what it comes to */
    gboolean unread;
    guint boxes, actions; /* that were looked at */
} Store;

/* ---- What an assertion says ---- */

/* An action may be the one that made the picture; of all else the word speaks of a part. */
static void
say(Store *store, const char *source, gboolean made)
{
    if (!source)
        return;
    g_autofree char *name = fg_source_name(source);
    if (made && fg_source_is_generated(name))
        fg_source_say(&store->source, name);
    else
        fg_source_say_part(&store->source, name);
}

/* The texts of two members of a map; one that is there twice makes it unreadable. */
static void
take_member(Store *store, const FgCbor *key, const FgCbor *value, const char *name, char **text)
{
    if (!fg_cbor_is(key, name))
        return;
    store->unread |= *text != NULL;
    g_free(*text);
    *text = fg_cbor_text(value, LONGEST_TEXT);
    store->unread |= *text == NULL;
}

/* An action or an ingredient. */
static void
read_statement(Store *store, const FgCbor *map, gboolean active)
{
    g_autofree char *action = NULL, *source = NULL;
    FgCursor at = map->body;
    FgCbor key, value;
    if (map->kind != FG_CBOR_MAP || ++store->actions > MOST_ACTIONS) {
        store->unread = TRUE;
        return;
    }
    while (fg_cbor_next(&at, &key) && fg_cbor_next(&at, &value)) {
        take_member(store, &key, &value, "action", &action);
        take_member(store, &key, &value, "digitalSourceType", &source);
    }
    say(store, source, active && g_strcmp0(action, "c2pa.created") == 0);
}

static void
read_list(Store *store, const FgCbor *list, gboolean active)
{
    FgCursor at = list->body;
    FgCbor item;
    store->unread |= list->kind != FG_CBOR_ARRAY;
    while (list->kind == FG_CBOR_ARRAY && fg_cbor_next(&at, &item))
        read_statement(store, &item, active);
}

/* Templates of actions (actions v2) say what those that refer to them don't say themselves. */
static void
read_actions(Store *store, const FgCbor *map, gboolean active)
{
    FgCursor at = map->body;
    FgCbor key, value;
    gboolean found = FALSE;
    while (map->kind == FG_CBOR_MAP && fg_cbor_next(&at, &key) && fg_cbor_next(&at, &value)) {
        if (fg_cbor_is(&key, "actions")) {
            store->unread |= found;
            found = TRUE;
            read_list(store, &value, active);
        } else if (fg_cbor_is(&key, "templates")) {
            read_list(store, &value, FALSE);
        }
    }
    store->unread |= !found;
}

static void
read_cbor(Store *store, FgCursor at, gboolean actions, gboolean active)
{
    FgCbor map;
    const gboolean found = fg_cbor_next(&at, &map);
    store->unread |= !found || fg_cursor_left(&at) > 0;
    if (found && actions)
        read_actions(store, &map, active);
    else if (found)
        read_statement(store, &map, FALSE);
}

static void
say_json(Store *store, const FgJson *statement, gboolean active)
{
    say(store, fg_json_get_string(statement, "digitalSourceType"),
        active && g_strcmp0(fg_json_get_string(statement, "action"), "c2pa.created") == 0);
}

static void
read_json(Store *store, FgCursor at, gboolean actions, gboolean active)
{
    const gsize length = fg_cursor_left(&at);
    g_autoptr(FgJson) json = length <= LARGEST_JSON ? fg_json_parse(at.data + at.offset, length, NULL) : NULL;
    const FgJson *list = actions ? fg_json_get(json, "actions") : NULL;
    store->unread |= !json || !fg_json_is_object(json) || (actions && !fg_json_is_array(list));
    for (gsize i = 0; fg_json_is_array(list) && i < MIN(fg_json_length(list), MOST_ACTIONS); i++)
        say_json(store, fg_json_at(list, i), active);
    if (json && !actions)
        say_json(store, json, FALSE);
}

/* ---- The boxes ---- */

/* The next box; one that is cut is opened as far as it goes, and makes the store unreadable. */
static gboolean
next_box(Store *store, FgCursor *at, FgBox *box)
{
    if (++store->boxes > MOST_BOXES) {
        store->unread |= fg_cursor_left(at) > 0;
        return FALSE;
    }
    if (fg_box_next(at, box))
        return TRUE;
    store->unread |= fg_cursor_left(at) > 0;
    return fg_box_open(at, box);
}

/* The next superbox, all other boxes passed over. */
static gboolean
next_super(Store *store, FgCursor *at, FgJumbf *super)
{
    FgBox box;
    while (next_box(store, at, &box)) {
        if (box.type != FG_FOURCC('j', 'u', 'm', 'b'))
            continue;
        if (fg_jumbf_open(box.body, super))
            return TRUE;
        store->unread = TRUE;
    }
    return FALSE;
}

/* Labels have a version behind their name from the second on (C2PA 2.2 §6.3). */
static gboolean
is_one_of(const FgJumbf *super, const char *const *labels)
{
    for (; *labels; labels++)
        if (fg_jumbf_is(super, *labels))
            return TRUE;
    return FALSE;
}

static void
read_assertion(Store *store, const FgJumbf *assertion, gboolean active)
{
    static const char *const actions[] = {"c2pa.actions", "c2pa.actions.v2", NULL}, *const ingredients[] = {
                                                                                        "c2pa.ingredient",
                                                                                        "c2pa.ingredient.v2",
                                                                                        "c2pa.ingredient.v3",
                                                                                        NULL};
    const gboolean acts = is_one_of(assertion, actions);
    if (!acts && !is_one_of(assertion, ingredients))
        return;
    FgCursor at = assertion->content;
    FgBox box;
    gboolean found = FALSE;
    while (next_box(store, &at, &box)) {
        if (box.type == FG_FOURCC('c', 'b', 'o', 'r'))
            read_cbor(store, box.body, acts, active);
        else if (box.type == FG_FOURCC('j', 's', 'o', 'n'))
            read_json(store, box.body, acts, active);
        else
            continue;
        found = TRUE;
    }
    store->unread |= !found;
}

static void
read_assertions(Store *store, const FgJumbf *within, gboolean active)
{
    FgCursor at = within->content;
    FgJumbf assertion;
    while (next_super(store, &at, &assertion))
        read_assertion(store, &assertion, active);
}

/* A manifest: its assertions stand in a store of their own, beside its claim. What stands in the manifest
 * itself is read, too, since a reader would find it there. */
static void
read_manifest(Store *store, const FgJumbf *manifest, gboolean active)
{
    FgCursor at = manifest->content;
    FgJumbf inner;
    guint claims = 0, assertions = 0;
    while (next_super(store, &at, &inner)) {
        if (inner.kind == FG_FOURCC('c', '2', 'a', 's')) {
            assertions++;
            read_assertions(store, &inner, active);
        } else if (inner.kind == FG_FOURCC('c', '2', 'c', 'l')) {
            claims++;
        } else {
            read_assertion(store, &inner, active);
        }
    }
    store->unread |= claims != 1 || assertions != 1;
}

/* Manifests that are compressed (C2PA 2.2 §10.4.2) are none that can be read here. */
static gboolean
is_manifest(Store *store, const FgJumbf *super)
{
    store->unread |= super->kind == FG_FOURCC('c', '2', 'c', 'm');
    return super->kind == FG_FOURCC('c', '2', 'm', 'a') || super->kind == FG_FOURCC('c', '2', 'u', 'm');
}

/* The last manifest is the active one. A store without any stands for one. */
static void
read_store(Store *store, const FgJumbf *super)
{
    FgCursor at = super->content;
    FgJumbf inner, last;
    gboolean any = FALSE;
    while (next_super(store, &at, &inner)) {
        if (!is_manifest(store, &inner))
            continue;
        if (any)
            read_manifest(store, &last, FALSE);
        last = inner;
        any = TRUE;
    }
    read_manifest(store, any ? &last : super, TRUE);
}

/* In ISO files a purpose stands before the store, and the place of another box (C2PA 2.2 §A.5.1). FALSE for
 * the kinds of box that hold no store. */
static gboolean
skip_purpose(FgCursor *at)
{
    FgCursor here = *at;
    if (!fg_cursor_skip(&here, 4))
        return FALSE;
    if (!fg_cursor_match(&here, "manifest", sizeof "manifest") &&
        !fg_cursor_match(&here, "original", sizeof "original") &&
        !fg_cursor_match(&here, "update", sizeof "update"))
        return !fg_cursor_match(&here, "merkle", sizeof "merkle");
    *at = here;
    fg_cursor_skip(at, 8);
    return TRUE;
}

/* FALSE: what stands there is no store of C2PA. */
static gboolean
find_store(Store *store, FgCursor at, FgJumbf *super)
{
    FgCursor body = at;
    FgBox box;
    gboolean whole = FALSE;
    if (fg_box_open(&body, &box) && box.type == FG_FOURCC('j', 'u', 'm', 'b')) {
        whole = fg_box_next(&at, &box);
        at = box.body;
    } else {
        whole = TRUE; /* JPEG XL: the body of the box itself */
    }
    const gboolean described = fg_jumbf_open(at, super);
    store->unread |= !whole || !described;
    return !described || super->kind == 0 || super->kind == FG_FOURCC('c', '2', 'p', 'a');
}

void
fg_credentials_read(FgReading *reading, const FgPart *part, const char *where)
{
    if (reading->depth > 0 || !part->bytes)
        return;
    FgCursor at = fg_cursor_bytes(part->bytes, FG_BIG_ENDIAN);
    const gboolean isobmff = reading->format == FG_FORMAT_AVIF || reading->format == FG_FORMAT_HEIC;
    Store store = {0};
    FgJumbf super = {0};
    if ((isobmff && !skip_purpose(&at)) || !find_store(&store, at, &super))
        return;
    if (super.content.data)
        read_store(&store, &super);
    if (store.source)
        fg_source_say(&reading->origin, store.source);
    g_free(store.source);
    reading->origin_unread |= store.unread;
    if (!reading->origin_where)
        reading->origin_where = g_strdup(where);
}

/* trees.h: what our reader of XML and libxml2 make of the same text. */
#ifndef FG_TESTS_TREES_H
#define FG_TESTS_TREES_H

#include "metadata/xml_tree.h"

#include <string.h>

static inline gboolean
same_space(const FgXmlSpace *a, const FgXmlSpace *b)
{
    return a && b ? strcmp(a->uri, b->uri) == 0 && g_strcmp0(a->prefix, b->prefix) == 0 && a->id == b->id
                  : a == b;
}

static inline gboolean
same_elements(const FgXmlElement *a, const FgXmlElement *b)
{
    for (; a && b; a = a->next, b = b->next) {
        const FgXmlAttribute *left = a->attributes, *right = b->attributes;
        if (strcmp(a->name, b->name) != 0 || !same_space(a->space, b->space) ||
            g_strcmp0(a->text, b->text) != 0)
            return FALSE;
        for (; left && right; left = left->next, right = right->next)
            if (strcmp(left->name, right->name) != 0 || strcmp(left->value, right->value) != 0 ||
                !same_space(left->space, right->space))
                return FALSE;
        if (left || right || !same_elements(a->first, b->first))
            return FALSE;
    }
    return !a && !b;
}

/* Whether a text is plain; then libxml2 must find it sound and the same, or *same becomes FALSE. */
static inline gboolean
read_both(const char *text, gsize length, gboolean *same)
{
    g_auto(FgXmlTree) ours = {0}, theirs = {0};
    g_autofree char *copy = g_strndup(text, length);
    gboolean plain = fg_xml_read_plain(&ours, copy, strlen(copy));
    *same = TRUE;
    if (!plain)
        return FALSE;
    fg_xml_read_other(&theirs, text, length);
    *same = theirs.sound && same_elements(ours.root, theirs.root);
    return TRUE;
}

#endif

/* xml_tree.c: the room that a tree grows in. */
#include "metadata/xml_tree.h"

#include <stddef.h>
#include <string.h>

#define CHUNK ((gsize)16 << 10)

struct FgXmlChunk {
    FgXmlChunk *older;
    gsize used, size;
    max_align_t bytes[];
};

gpointer
fg_xml_room(FgXmlTree *tree, gsize size)
{
    const gsize step = sizeof(max_align_t);
    FgXmlChunk *chunk = tree->chunks;
    size = (size + step - 1) / step * step;
    if (!chunk || size > chunk->size - chunk->used) {
        gsize room = MAX(CHUNK - sizeof *chunk, size);
        chunk = g_malloc(sizeof *chunk + room);
        *chunk = (FgXmlChunk){.older = tree->chunks, .size = room};
        tree->chunks = chunk;
    }
    guint8 *start = (guint8 *)chunk->bytes + chunk->used;
    chunk->used += size;
    return memset(start, 0, size);
}

void
fg_xml_clear(FgXmlTree *tree)
{
    while (tree->chunks) {
        FgXmlChunk *chunk = tree->chunks;
        tree->chunks = chunk->older;
        g_free(chunk);
    }
    tree->root = NULL;
    tree->sound = FALSE;
}

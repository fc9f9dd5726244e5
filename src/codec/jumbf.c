/* jumbf.c: superboxes of JUMBF (ISO/IEC 19566-5): a description and the boxes that it speaks of. */
#include "codec/codec.h"

#include <string.h>

/* Toggles of a description (ISO/IEC 19566-5 §A.3). */
enum { HAS_LABEL = 2, HAS_ID = 4, HAS_SIGNATURE = 8 };

/* What the UUID of a content type has behind its four letters. */
static const guint8 type_end[12] = {0, 0x11, 0, 0x10, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};

/* A label ends with a zero, within its box. */
static gboolean
take_label(FgCursor *at, FgCursor *label)
{
    FgCursor end = *at;
    guint8 letter;
    while (fg_cursor_u8(&end, &letter))
        if (letter == 0)
            return fg_cursor_take(at, end.offset - at->offset - 1, label) && fg_cursor_skip(at, 1);
    return FALSE;
}

static gboolean
read_description(FgCursor at, FgJumbf *super)
{
    guint8 toggles;
    if (!fg_cursor_u32(&at, &super->kind))
        return FALSE;
    const gboolean known = fg_cursor_peek(&at, type_end, sizeof type_end);
    if (!fg_cursor_skip(&at, sizeof type_end) || !fg_cursor_u8(&at, &toggles))
        return FALSE;
    super->kind = known ? super->kind : 0;
    super->label = fg_cursor(NULL, 0, FG_BIG_ENDIAN);
    return (!(toggles & HAS_LABEL) || take_label(&at, &super->label)) &&
           (!(toggles & HAS_ID) || fg_cursor_skip(&at, 4)) &&
           (!(toggles & HAS_SIGNATURE) || fg_cursor_skip(&at, 32));
}

gboolean
fg_jumbf_open(FgCursor body, FgJumbf *super)
{
    FgBox description;
    if (!fg_box_next(&body, &description) || description.type != FG_FOURCC('j', 'u', 'm', 'd') ||
        !read_description(description.body, super))
        return FALSE;
    super->content = body;
    return TRUE;
}

gboolean
fg_jumbf_is(const FgJumbf *super, const char *label)
{
    FgCursor at = super->label;
    guint8 digit;
    if (!fg_cursor_match(&at, label, strlen(label)))
        return FALSE;
    if (fg_cursor_left(&at) == 0)
        return TRUE;
    if (!fg_cursor_match(&at, "__", 2) || fg_cursor_left(&at) == 0)
        return FALSE;
    while (fg_cursor_u8(&at, &digit))
        if (!g_ascii_isdigit(digit))
            return FALSE;
    return TRUE;
}

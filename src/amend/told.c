/* told.c: the lines that are told of a file beside what becomes of it. */
#include "amend/amend_private.h"

#define NOTE_JPEG                                                                                            \
    "the JPEG that it was made of can't be had back from it any more: that would have the metadata as they " \
    "were"

void
fg_told_clear(FgTold *told)
{
    g_clear_pointer(&told->notes, g_strfreev);
    g_clear_pointer(&told->foreign_creators, g_strfreev);
}

void
fg_told_add(FgTold *told, const char *note)
{
    guint count = told->notes ? g_strv_length(told->notes) : 0;
    told->notes = g_renew(char *, told->notes, count + 2);
    told->notes[count] = g_strdup(note);
    told->notes[count + 1] = NULL;
}

void
fg_told_of_jpeg(FgTold *told, const FgContainer *before)
{
    for (guint i = 0; before->format == FG_FORMAT_JXL && i < before->parts->len; i++) {
        const FgPart *part = before->parts->pdata[i];
        if (part->kind == FG_PART_PRIVATE && g_strcmp0(part->name, "jbrd") == 0) {
            fg_told_add(told, NOTE_JPEG);
            return;
        }
    }
}

/* exif_read.c: walks an EXIF block and hands each tag of interest to who understands it. */
#include "metadata/exif_read.h"

#include <math.h>
#include <string.h>

/* Degrees, minutes and seconds, or degrees alone, as one decimal number; FALSE when none is a number. */
static gboolean
decimal(const FgIfdEntry *entry, double *value)
{
    gboolean any = FALSE, below = FALSE;
    double unit = 1, part;
    *value = 0;
    for (guint64 i = 0; i < MIN(entry->count, 3); i++, unit *= 60) {
        if (!fg_ifd_real(entry, i, &part))
            continue;
        below = below || part < 0;
        any = TRUE;
        *value += fabs(part) / unit;
    }
    *value = below ? -*value : *value;
    return any;
}

static gboolean
is_text(const FgIfdEntry *entry)
{
    return entry->type == FG_TIFF_ASCII || entry->type == FG_TIFF_UTF8 || entry->type == FG_TIFF_UNDEFINED ||
           entry->type == FG_TIFF_BYTE;
}

/* GPS numbers, and numbers of sensors, of whatever type. Some writers put text in their place. */
static void
read_place(FgExifReader *reader, const FgIfdEntry *entry, const FgTag *row)
{
    g_autofree char *where = fg_exif_where(reader, entry->tag);
    double value;
    if (is_text(entry)) {
        g_autofree char *text = fg_exif_text(entry, NULL);
        if (text)
            fg_reading_personal(reader->reading, row->id, where, text);
        return;
    }
    if (!decimal(entry, &value))
        return;
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.6f", value);
    gboolean has_ref = reader->ifd == FG_IFD_GPS &&
                       (entry->tag == 2 || entry->tag == 4 || entry->tag == 0x14 || entry->tag == 0x16);
    g_autofree char *text =
        g_strconcat(number, has_ref && reader->ref[0] ? " " : "", has_ref ? reader->ref : "", NULL);
    fg_reading_personal(reader->reading, row->id, where, text);
}

static void
read_block(FgExifReader *reader, const FgExifStream *stream, const FgIfdEntry *entry)
{
    if (entry->tag == 0x927c) {
        fg_makernote_read(reader, stream, entry);
        return;
    }
    /* In a TIFF file the container has found these blocks of the first directory as parts. */
    if (reader->is_file && reader->ifd == FG_IFD_0)
        return;
    g_autoptr(GBytes) bytes = fg_cursor_slice(&entry->value, reader->tiff);
    g_autofree char *place = fg_exif_where(reader, entry->tag);
    g_autofree char *where = g_strconcat(place, "/", NULL);
    FgBlockKind kind = entry->tag == 0x02bc   ? FG_BLOCK_XMP
                       : entry->tag == 0x8649 ? FG_BLOCK_IRB
                                              : FG_BLOCK_IIM;
    fg_reading_copy(reader->reading, kind, bytes, where);
}

static void
read_layout(FgExifReader *reader, const FgIfdEntry *entry)
{
    guint64 number;
    if (!fg_ifd_number(entry, 0, &number))
        return;
    switch (entry->tag) {
    case 0x0111:
    case 0x0144:
        reader->laid_out = TRUE;
        reader->strip_offset = number;
        break;
    case 0x0117:
    case 0x0145:
        reader->strip_length = entry->count == 1 ? number : 0;
        break;
    case 0x0201:
        reader->jpeg_offset = number;
        break;
    default:
        reader->jpeg_length = number;
        break;
    }
}

/* A directory of a maker note that stands behind a word or a mark of its own: at `offset` stands what may be
 * either. Its values may be told from the mark on. */
static void
follow_marked(FgExifReader *reader, FgExifStream *stream, guint64 offset, FgIfd ifd)
{
    static const char ricoh[] = "[Ricoh Camera Info]"; /* and its NUL */
    const FgTiff former = stream->tiff;
    FgCursor at = stream->tiff.whole;
    if (!fg_cursor_seek(&at, offset))
        return;
    const gboolean little = fg_cursor_peek(&at, "II", 2);
    guint64 start = offset;
    if (fg_cursor_peek(&at, ricoh, sizeof ricoh)) {
        stream->tiff.whole.endian = FG_BIG_ENDIAN;
        start += sizeof ricoh;
    } else if (ifd == FG_IFD_KODAK_SUB && (little || fg_cursor_peek(&at, "MM", 2))) {
        stream->tiff.whole.endian = little ? FG_LITTLE_ENDIAN : FG_BIG_ENDIAN;
        stream->tiff.bias = (gint64)offset;
        start += 2;
    }
    fg_exif_directory(reader, stream, start, ifd, reader->depth + 1, NULL);
    stream->tiff = former;
}

/* A value that is no number is the directory itself. */
static void
follow(FgExifReader *reader, FgExifStream *stream, const FgIfdEntry *entry, FgIfd ifd)
{
    guint64 offset;
    if (entry->apart && (entry->type == FG_TIFF_UNDEFINED || entry->type == FG_TIFF_BYTE)) {
        follow_marked(reader, stream, entry->offset, ifd);
        return;
    }
    for (guint64 i = 0; fg_ifd_number(entry, i, &offset); i++)
        if (ifd >= FG_IFD_CANON && offset > 0)
            follow_marked(reader, stream, offset + (guint64)stream->tiff.bias, ifd);
        else
            fg_exif_directory(reader, stream, offset, ifd, reader->depth + 1, NULL);
}

static void
visit(FgExifReader *reader, FgExifStream *stream, const FgIfdEntry *entry)
{
    const FgTag *row = fg_exif_tag(reader->ifd, entry->tag);
    if (!row)
        return;
    g_autofree char *where = NULL, *text = NULL;
    gboolean whole = TRUE;
    switch ((FgTagKind)row->kind) {
    case FG_TAG_PERSONAL:
        text = fg_exif_text(entry, NULL);
        break;
    case FG_TAG_UTF16:
        text = fg_exif_wide(entry->value.data, entry->value.length, FG_LITTLE_ENDIAN);
        break;
    case FG_TAG_COMMENT:
        text = fg_exif_comment(entry, &whole);
        break;
    case FG_TAG_OPAQUE:
    case FG_TAG_PICTURE:
        if (entry->count == 0)
            return;
        where = fg_exif_where(reader, entry->tag);
        fg_reading_personal(reader->reading, row->id, where, NULL);
        if (row->kind == FG_TAG_PICTURE) {
            g_autoptr(GBytes) picture = fg_cursor_slice(&entry->value, reader->tiff);
            fg_reading_inside(reader->reading, picture, where);
        }
        return;
    case FG_TAG_PLACE:
        read_place(reader, entry, row);
        return;
    case FG_TAG_STATED:
        fg_exif_stated(reader, entry);
        return;
    case FG_TAG_LAYOUT:
        read_layout(reader, entry);
        return;
    case FG_TAG_BLOCK:
        read_block(reader, stream, entry);
        return;
    case FG_TAG_POINTER:
        follow(reader, stream, entry, row->points_to);
        return;
    }
    if (!text || (reader->ifd >= FG_IFD_CANON && text[strspn(text, "0 ")] == '\0'))
        return; /* A camera that has no number to tell writes zeros. */
    where = fg_exif_where(reader, entry->tag);
    if (!fg_reading_prompt(reader->reading, where, text))
        fg_reading_personal(reader->reading, row->id, where, text);
    fg_reading_text(reader->reading, where, text);
    if (!whole)
        fg_reading_note(reader->reading, "encoding.exif-non-utf8", where,
                        "Signs of this text are of a Japanese character set and can't be shown.");
}

/* A directory with a picture of its own other than the one that the file is about holds a preview. */
static void
finish_directory(FgExifReader *reader, const FgExifStream *stream)
{
    const FgIfd ifd = reader->ifd;
    gboolean jpeg = reader->jpeg_offset > 0 && reader->jpeg_length > 0;
    /* Of a TIFF file the container has told the pages and smaller pictures apart. */
    gboolean told = reader->is_file && (ifd == FG_IFD_0 || ifd == FG_IFD_1 || ifd == FG_IFD_SUB);
    if (told || (!jpeg && !reader->laid_out))
        return;
    g_autofree char *where = fg_exif_where(reader, jpeg ? 0x0201 : 0x0111);
    fg_reading_personal(reader->reading, "preview.embedded", where, NULL);
    FgCursor at = stream->tiff.whole;
    FgCursor picture;
    guint64 offset = jpeg ? reader->jpeg_offset : reader->strip_offset;
    guint64 length = jpeg ? reader->jpeg_length : reader->strip_length;
    if (length == 0 || !fg_cursor_seek(&at, offset) ||
        !fg_cursor_take(&at, MIN(length, fg_cursor_left(&at)), &picture))
        return;
    g_autoptr(GBytes) bytes = fg_cursor_slice(&picture, reader->tiff);
    fg_reading_inside(reader->reading, bytes, where);
}

void
fg_exif_stream_init(FgExifStream *stream)
{
    stream->seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    stream->entries_left = FG_EXIF_ENTRIES;
    stream->broken = FALSE;
}

void
fg_exif_stream_clear(FgExifStream *stream)
{
    g_clear_pointer(&stream->seen, g_hash_table_unref);
}

/* FALSE when there is no directory, it was walked before, or a bound is met. */
static gboolean
enter(FgExifStream *stream, guint64 offset, guint depth, FgIfdWalk *walk)
{
    return depth < FG_EXIF_DEPTH && fg_ifd_begin(&stream->tiff, offset, walk) &&
           g_hash_table_size(stream->seen) < FG_EXIF_DIRECTORIES &&
           g_hash_table_add(stream->seen, GSIZE_TO_POINTER((gsize)offset));
}

void
fg_exif_directory(FgExifReader *reader, FgExifStream *stream, guint64 offset, FgIfd ifd, guint depth,
                  guint64 *next)
{
    FgExifReader inner = *reader;
    inner.ifd = ifd;
    inner.depth = depth;
    inner.laid_out = FALSE;
    inner.jpeg_offset = inner.jpeg_length = inner.strip_offset = inner.strip_length = 0;
    FgIfdWalk walk;
    FgIfdEntry entry;
    if (next)
        *next = 0;
    if (!enter(stream, offset, depth, &walk)) {
        stream->broken = TRUE;
        return;
    }
    while (stream->entries_left > 0 && fg_ifd_next(&walk, &entry)) {
        stream->entries_left--;
        if (entry.flaw == FG_IFD_SOUND)
            visit(&inner, stream, &entry);
    }
    if (walk.left > 0 || !fg_is_sound(&walk.flaws))
        stream->broken = TRUE;
    if (next)
        *next = fg_ifd_following(&walk);
    if (ifd != FG_IFD_EXIF && ifd != FG_IFD_GPS && ifd != FG_IFD_INTEROP)
        finish_directory(&inner, stream);
}

void
fg_exif_read(FgReading *reading, GBytes *tiff, const char *where)
{
    g_auto(FgExifStream) stream = {0};
    g_autofree char *block = g_strconcat(where, "block", NULL);
    FgSaid *said = &reading->said[FG_SAYS_EXIF];
    said->present = TRUE;
    if (!said->rights) {
        said->rights = fg_rights_new();
        said->facts = fg_facts_new();
    }
    if (!fg_tiff_open(fg_cursor_bytes(tiff, FG_BIG_ENDIAN), &stream.tiff)) {
        fg_reading_note(reading, "structure.malformed", block, "The EXIF block has no TIFF header.");
        fg_reading_scan(reading, tiff, block);
        return;
    }
    FgExifReader reader = {
        .reading = reading,
        .said = said,
        .where = where,
        .tiff = tiff,
        .is_file = reading->format == FG_FORMAT_TIFF && strcmp(where, "exif:") == 0,
    };
    fg_exif_stream_init(&stream);
    guint64 offset = stream.tiff.first;
    FgIfd ifd = FG_IFD_0;
    while (offset != 0) {
        fg_exif_directory(&reader, &stream, offset, ifd, 0, &offset);
        ifd = FG_IFD_1;
    }
    if (stream.broken)
        fg_reading_note(reading, "structure.malformed", block,
                        "The EXIF block has entries that point outside of it, or directories in a loop.");
}

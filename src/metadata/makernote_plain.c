/* makernote_plain.c: maker notes without directories, in which all has its place (places as ExifTool
 * documents them). */
#include "metadata/exif_read.h"

#include <string.h>

/* A text that has a place in the note. */
typedef struct {
    const char *signature;
    guint8 signature_length;
    guint8 at, length; /* bytes */
    gboolean wide;     /* UTF-16 */
    const char *id;
} Place;

#define AT(signature, at, length, wide, id)                                                                  \
    {                                                                                                        \
        signature, sizeof signature - 1, at, length, wide, id                                                \
    }
static const Place places[] = {
    AT("\x01\xf1", 0x2a, 30, TRUE, "serial.body"),          /* HyperFire */
    AT("\x01\xf1", 0x56, 22, FALSE, "personal.comment"),    /* a label of the user's */
    AT("RECONYXUF\0", 0x4b, 15, FALSE, "serial.body"),      /* UltraFire */
    AT("RECONYXUF\0", 0x5a, 21, FALSE, "personal.comment"), /* a label of the user's */
    AT("RECONYXH2\0", 0x68, 22, FALSE, "personal.comment"), /* a label of the user's */
    AT("RECONYXH2\0", 0x7e, 30, TRUE, "serial.body"),       /* HyperFire 2 */
};

static char *
text_at(FgCursor note, const Place *place)
{
    FgCursor text;
    if (!fg_cursor_skip(&note, place->at) ||
        !fg_cursor_take(&note, MIN(place->length, fg_cursor_left(&note)), &text))
        return NULL;
    if (place->wide)
        return fg_exif_wide(text.data, text.length, FG_LITTLE_ENDIAN);
    g_autofree char *decoded = fg_text_decode(text.data, text.length, NULL);
    return fg_text_trimmed(decoded);
}

static gboolean
begins_with(const char *text, const char *word)
{
    return text && g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

/* What a trail camera writes; other makers' notes may begin with the same two bytes. */
static gboolean
read_reconyx(FgReading *reading, const FgCursor *note, const char *make, const char *where)
{
    gboolean known = FALSE, numbered = FALSE;
    const gboolean reconyx = begins_with(make, "reconyx");
    const gboolean old = fg_cursor_peek(note, "\x01\xf1", 2);
    if (old && !reconyx && !fg_cursor_peek(note, "\x01\xf1\2\0", 4) &&
        !fg_cursor_peek(note, "\x01\xf1\3\0", 4))
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
        if (!fg_cursor_peek(note, places[i].signature, places[i].signature_length))
            continue;
        known = TRUE;
        g_autofree char *text = text_at(*note, &places[i]);
        if (!text)
            continue;
        numbered = numbered || strcmp(places[i].id, "serial.body") == 0;
        fg_reading_personal(reading, places[i].id, where, text);
    }
    if (reconyx && !numbered) /* They always have their number. */
        fg_reading_personal(reading, "serial.body", where, NULL);
    return known;
}

/* "KCKEG50101234 ": some of Kodak's notes begin with the number of the camera and are nothing else that is
 * known. */
static gboolean
read_kodak(FgReading *reading, const FgCursor *note, const char *make, const char *where)
{
    char number[17] = {0};
    guint digits = 0, length = 0;
    FgCursor at = *note;
    guint8 letter;
    if (!begins_with(make, "kodak") && !begins_with(make, "eastman kodak"))
        return FALSE;
    while (length < 16 && fg_cursor_u8(&at, &letter) &&
           (g_ascii_isupper(letter) || g_ascii_isdigit(letter) || (letter == ' ' && length == 4))) {
        digits += g_ascii_isdigit(letter);
        number[length++] = (char)letter;
    }
    if ((number[0] != 'C' && number[0] != 'K') || length < 11 || digits < 6)
        return FALSE;
    fg_reading_personal(reading, "serial.body", where, number);
    return TRUE;
}

gboolean
fg_makernote_plain(FgReading *reading, const FgCursor *note, const char *make, const char *where)
{
    return read_reconyx(reading, note, make, where) || read_kodak(reading, note, make, where);
}

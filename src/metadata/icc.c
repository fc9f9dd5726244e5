/* icc.c: what a colour profile tells of a device or a person (ICC.1:2022 §7.2, §9; Apple's mmod, vcgt, ndin).
 */
#include "metadata/icc.h"

#include <string.h>

#define LEAST_TEXT 4 /* letters in a row that are one */

/* Four letters each, by which a table of tags is read. */
static const char *const colour_tags = "A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 "
                                       "B2D1 B2D2 B2D3 gamt rXYZ gXYZ bXYZ rTRC gTRC bTRC "
                                       "kTRC wtpt bkpt chad chrm cicp clro clrt clot ciis lumi meas tech "
                                       "view ncl2 ncol pre0 pre1 pre2 resp rig0 rig2 desc "
                                       "cprt ";
static const char *const telling_tags =
    "dmnd dmdd targ calt pseq psid vued bfd  crdi scrd scrn ps2s ps2i psd0 psd1 psd2 "
    "psd3 csnm gbd0 gbd1 gbd2 gbd3 mcta ";
/* Only calibration of one's own device makes these; mmod holds the serial number of a monitor. */
static const char *const device_tags = "mmod vcgt ndin meta MSRM ";

static gboolean
is_one_of(guint32 signature, const char *tags)
{
    const guint32 ordered = GUINT32_TO_BE(signature);
    for (; *tags; tags += 5)
        if (memcmp(tags, &ordered, 4) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
take_tag(FgCursor *at, const FgIcc *icc, FgIccTag *tag)
{
    if (!fg_cursor_u32(at, &tag->signature) || !fg_cursor_u32(at, &tag->offset) ||
        !fg_cursor_u32(at, &tag->size))
        return FALSE;
    tag->kind = is_one_of(tag->signature, colour_tags)    ? FG_ICC_COLOUR
                : is_one_of(tag->signature, telling_tags) ? FG_ICC_TELLING
                                                          : FG_ICC_PRIVATE;
    return tag->offset >= FG_ICC_HEADER && tag->offset <= icc->length &&
           tag->size <= icc->length - tag->offset;
}

gboolean
fg_icc_open(GBytes *profile, FgIcc *icc)
{
    *icc = (FgIcc){.bytes = fg_cursor_bytes(profile, FG_BIG_ENDIAN)};
    FgCursor at = icc->bytes;
    guint32 length, count;
    if (!fg_cursor_u32(&at, &length) || length > icc->bytes.length || !fg_cursor_seek(&at, 8) ||
        !fg_cursor_u32(&at, &icc->version) || !fg_cursor_u32(&at, &icc->class) ||
        !fg_cursor_u32(&at, &icc->space) || !fg_cursor_seek(&at, 36) || !fg_cursor_match(&at, "acsp", 4) ||
        !fg_cursor_seek(&at, FG_ICC_HEADER) || !fg_cursor_u32(&at, &count) || count > FG_ICC_TAGS)
        return FALSE;
    icc->length = length;
    for (icc->n_tags = 0; icc->n_tags < count; icc->n_tags++)
        if (!take_tag(&at, icc, &icc->tags[icc->n_tags]))
            return FALSE;
    return at.offset <= icc->length;
}

static const FgIccTag *
tag_of(const FgIcc *icc, guint32 signature)
{
    for (guint i = 0; i < icc->n_tags; i++)
        if (icc->tags[i].signature == signature)
            return &icc->tags[i];
    return NULL;
}

FgCursor
fg_icc_value(const FgIcc *icc, const FgIccTag *tag)
{
    FgCursor at = icc->bytes, value = {0};
    if (fg_cursor_seek(&at, tag->offset))
        fg_cursor_take(&at, tag->size, &value);
    return value;
}

/* ---- Texts ---- */

/* multiLocalizedUnicodeType (§10.15). */
static char *
localized(FgCursor value)
{
    FgCursor at = value, text = {0}, found = {0};
    guint32 count, size, length, offset;
    if (!fg_cursor_seek(&at, 8) || !fg_cursor_u32(&at, &count) || !fg_cursor_u32(&at, &size) || size < 12)
        return NULL;
    for (guint32 i = 0; i < MIN(count, 256); i++) {
        FgCursor row;
        if (!fg_cursor_take(&at, size, &row))
            break;
        const gboolean english = fg_cursor_match(&row, "en", 2);
        FgCursor names = value;
        if (!fg_cursor_seek(&row, 4) || !fg_cursor_u32(&row, &length) || !fg_cursor_u32(&row, &offset) ||
            !fg_cursor_seek(&names, offset) || !fg_cursor_take(&names, length, &text))
            continue;
        if (!found.data || english)
            found = text;
        if (english)
            break;
    }
    return found.length > 1 ? fg_text_from_wide(found.data, found.length & ~(gsize)1, 2, FG_BIG_ENDIAN)
                            : NULL;
}

/* The text of a tag, in English where it has several; NULL for none. The caller frees. */
static char *
text_of(const FgIcc *icc, const FgIccTag *tag)
{
    FgCursor value = fg_icc_value(icc, tag), at = value;
    guint32 count;
    if (fg_cursor_match(&at, "mluc", 4))
        return localized(value);
    if (fg_cursor_match(&at, "text", 4) && fg_cursor_seek(&at, 8))
        return fg_text_decode(at.data + at.offset, fg_cursor_left(&at), NULL);
    if (fg_cursor_match(&at, "desc", 4) && fg_cursor_seek(&at, 8) && fg_cursor_u32(&at, &count))
        return fg_text_decode(at.data + at.offset, MIN(count, fg_cursor_left(&at)), NULL);
    return NULL;
}

/* ---- Names ---- */

/* Words of working spaces, standards and conditions of printing; folded. A device has none of them. Those of
 * `words` count as words of their own alone. */
static const char *const standards[] = {
    "rgb",     "fogra", "swop",  "gracol", "coated",   "sheetfed",      "prophoto",   "romm",      "gamma",
    "gray",    "grey",  "gris",  "grau",   "dot gain", "euroscale",     "cmyk",       "newspaper", "offset",
    "generic", "aces",  "smpte", "ntsc",   "linear",   "kcgcolorspace", "colormatch", "itur",
};
static const char *const words[] = {"p3",  "rec",  "bt",    "itu", "dci", "xyz",  "lab",  "pal",
                                    "pso", "snap", "japan", "iso", "psr", "ifra", "toyo", "web",
                                    "eci", "hdr",  "pq",    "hlg", "yuv", "ycc",  "c2",   "sycc"};

/* Names that programs give a profile in a PNG when they have none; folded. */
static const char *const stock[] = {
    "icc",
    "icm",
    "icc profile",
    "profile",
    "embedded",
    "color profile",
    "colour profile",
    "default",
    "unnamed",
    "untitled",
    "none",
    "embedded profile",
    "embedded icc profile",
    "lcms",
    "photoshop icc profile",
};

static gboolean
has_word(const char *text, const char *word)
{
    const gsize length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)); at++)
        if ((at == text || !g_ascii_isalpha(at[-1])) && !g_ascii_isalpha(at[length]))
            return TRUE;
    return FALSE;
}

static gboolean
is_standard(const char *folded)
{
    if (strstr(folded, "'s ") || strlen(folded) > 80)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(standards); i++)
        if (strstr(folded, standards[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (has_word(folded, words[i]))
            return TRUE;
    return strlen(folded) < 3;
}

static char *
fold(const char *text)
{
    g_autofree char *tidy = fg_text_tidy(text);
    return fg_text_fold(tidy, FALSE);
}

gboolean
fg_icc_name_tells(const char *name)
{
    g_autofree char *folded = fold(name);
    for (guint i = 0; i < G_N_ELEMENTS(stock); i++)
        if (strcmp(folded, stock[i]) == 0)
            return FALSE;
    return !is_standard(folded);
}

gboolean
fg_icc_names_device(const FgIcc *icc)
{
    const gboolean device =
        icc->class == FG_FOURCC('m', 'n', 't', 'r') || icc->class == FG_FOURCC('p', 'r', 't', 'r');
    const FgIccTag *tag = device ? tag_of(icc, FG_FOURCC('d', 'e', 's', 'c')) : NULL;
    g_autofree char *text = tag ? text_of(icc, tag) : NULL;
    return text && fg_icc_name_tells(text); /* "Profile" is what a cleaned one is called. */
}

/* ---- Traces ---- */

static gboolean
has_text(FgCursor value)
{
    guint letters = 0;
    for (gsize i = 8; i < value.length && letters < LEAST_TEXT; i++) {
        const gboolean wide = value.data[i] == 0 && i + 1 < value.length && value.data[i - 1] != 0;
        if (!wide)
            letters = g_ascii_isprint((char)value.data[i]) ? letters + 1 : 0;
    }
    return letters == LEAST_TEXT;
}

static gboolean
is_filled(FgCursor at, gsize from, gsize to)
{
    for (gsize i = from; i < MIN(to, at.length); i++)
        if (at.data[i] != 0)
            return TRUE;
    return FALSE;
}

/* Bytes within the profile that no tag names. */
static gboolean
has_gap(const FgIcc *icc)
{
    gsize end = FG_ICC_HEADER + 4 + (gsize)icc->n_tags * 12;
    while (end < icc->length) {
        gsize next = icc->length;
        gsize reach = end;
        for (guint i = 0; i < icc->n_tags; i++) {
            const FgIccTag *tag = &icc->tags[i];
            if (tag->offset <= end)
                reach = MAX(reach, (gsize)tag->offset + tag->size);
            else
                next = MIN(next, tag->offset);
        }
        if (reach > end) {
            end = reach;
            continue;
        }
        /* Up to three bytes fill up to a place that is a multiple of four, whatever they are. */
        if (next - end > 3 && is_filled(icc->bytes, end, next))
            return TRUE;
        end = next;
    }
    return FALSE;
}

gboolean
fg_icc_names_owner(FgCursor at)
{
    static const char apostrophe[] = "\0'\0s\0 ";
    return memmem(at.data, at.length, "'s ", 3) ||
           memmem(at.data, at.length, apostrophe, sizeof apostrophe - 1);
}

static gboolean
has_device_tag(FgCursor at)
{
    guint32 count, signature;
    gboolean found = FALSE;
    if (!fg_cursor_seek(&at, FG_ICC_HEADER) || !fg_cursor_u32(&at, &count))
        return FALSE;
    for (guint32 i = 0; i < MIN(count, FG_ICC_TAGS) && !found; i++)
        if (!fg_cursor_u32(&at, &signature) || !fg_cursor_skip(&at, 8))
            break;
        else
            found = is_one_of(signature, device_tags);
    return found;
}

const char *
fg_icc_trace(GBytes *profile)
{
    FgIcc icc;
    const FgCursor all = fg_cursor_bytes(profile, FG_BIG_ENDIAN);
    if (all.length == 0)
        return NULL;
    if (has_device_tag(all))
        return "The colour profile was made on one device and holds its calibration.";
    if (fg_icc_names_owner(all))
        return "The colour profile names a device and its owner.";
    if (!fg_icc_open(profile, &icc))
        return NULL;
    if (is_filled(all, icc.length, all.length))
        return "There are bytes behind the end of the colour profile.";
    for (guint i = 0; i < icc.n_tags; i++)
        if (icc.tags[i].kind == FG_ICC_PRIVATE && has_text(fg_icc_value(&icc, &icc.tags[i])))
            return "The colour profile holds a private text.";
    if (has_gap(&icc))
        return "The colour profile holds bytes that are no part of it.";
    return fg_icc_names_device(&icc) ? "The colour profile names a screen or printer." : NULL;
}

void
fg_icc_read(FgReading *reading, const FgPart *part, guint32 width, guint32 height)
{
    static const char where[] = "icc:profile";
    const char *trace = fg_icc_trace(part->bytes);
    if (trace)
        fg_reading_note(reading, "icc.device", where, "%s", trace);
    if (part->name && fg_icc_name_tells(part->name))
        fg_reading_note(reading, "icc.device", where,
                        "The name of the colour profile tells of a device or a person.");
    if (g_bytes_get_size(part->bytes) > 4096 && MAX(width, height) > 0 && MAX(width, height) <= 640)
        fg_reading_tell(reading, "icc.large", where);
}

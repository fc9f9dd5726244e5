/* pretender.c: files that have a photo's name and hold none: pointers, web pages, copies that failed. */
#include "base/base.h"
#include "container/container.h"

#include <string.h>

/* Whether a file of this format goes by that ending. */
static gboolean
has_ending(const FgFormatTraits *traits, const char *ending)
{
    g_auto(GStrv) others = g_strsplit(traits->endings ? traits->endings : "", " ", -1);
    gboolean has = g_ascii_strcasecmp(ending, traits->extension) == 0;
    for (char **other = others; *other && !has; other++)
        has = g_ascii_strcasecmp(ending, *other) == 0;
    return has;
}

static FgFormat
format_of_name(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    if (!dot || (slash && dot < slash))
        return FG_FORMAT_UNKNOWN;
    for (guint i = FG_FORMAT_UNKNOWN + 1; i < FG_N_FORMATS; i++)
        if (fg_format_traits((FgFormat)i)->read && has_ending(fg_format_traits((FgFormat)i), dot + 1))
            return (FgFormat)i;
    return FG_FORMAT_UNKNOWN;
}

gboolean
fg_sniff_photo(const char *path, const void *data, gsize length)
{
    FgFormat content = fg_sniff(data, length);
    if (fg_format_is_photo(content))
        return TRUE;
    FgFormat name = format_of_name(path);
    return name != FG_FORMAT_UNKNOWN &&
           (fg_format_is_photo(name) || content == FG_FORMAT_UNKNOWN || content == FG_FORMAT_OTHER);
}

static gboolean
begins_with(const char *text, gsize length, const char *start)
{
    gsize n = strlen(start);
    return length >= n && g_ascii_strncasecmp(text, start, n) == 0;
}

/* A page may begin with a mark of its encoding, white space and comments (HTML Standard, 13.1). */
static gboolean
is_page(const char *text, gsize length)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<body"};
    const char *end = text + length;
    if (begins_with(text, length, "\xEF\xBB\xBF"))
        text += 3;
    for (;;) {
        while (text < end && g_ascii_isspace(*text))
            text++;
        if (!begins_with(text, (gsize)(end - text), "<!--"))
            break;
        const char *after = g_strstr_len(text, end - text, "-->");
        if (!after)
            return FALSE;
        text = after + strlen("-->");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
        if (begins_with(text, (gsize)(end - text), starts[i]))
            return TRUE;
    return FALSE;
}

gboolean
fg_throw_no_photo(const void *data, gsize length, FgFormat format, GError **error)
{
    /* The first line of a pointer names its specification, now and as it was called before. */
    static const char *const pointers[] = {"version https://git-lfs.github.com/spec/",
                                           "version https://hawser.github.com/spec/"};
    if (length == 0)
        return fg_throw(error, FG_ERROR_UNSUPPORTED, "the file is empty");
    for (gsize i = 0; i < G_N_ELEMENTS(pointers); i++)
        if (begins_with(data, length, pointers[i]))
            return fg_throw(
                error, FG_ERROR_UNSUPPORTED,
                "the file is a Git LFS pointer that stands for the photo: 'git lfs pull' fetches it");
    if (is_page(data, length))
        return fg_throw(
            error, FG_ERROR_UNSUPPORTED,
            "the file is a web page (HTML) that was saved in the photo's place: download the photo again");
    if (format == FG_FORMAT_HEIF)
        return fg_throw(error, FG_ERROR_UNSUPPORTED,
                        "the file is a HEIF or AVIF of the short form (mif3), which is not supported yet: "
                        "save it as JPEG");
    return fg_throw(error, FG_ERROR_UNSUPPORTED, "the file is %s, no photo that can be read",
                    format == FG_FORMAT_UNKNOWN ? "of an unknown kind" : fg_format_title(format));
}

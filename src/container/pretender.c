/* pretender.c: files that have a photo's name and hold none: pointers, web pages, copies that failed. */
#include "base/base.h"
#include "container/container.h"

#include <string.h>

/* Endings of the kinds that are read. */
static const struct {
    const char *ending;
    FgFormat format;
} endings[] = {
    {"jpg", FG_FORMAT_JPEG},  {"jpeg", FG_FORMAT_JPEG}, {"jpe", FG_FORMAT_JPEG},  {"jfif", FG_FORMAT_JPEG},
    {"jif", FG_FORMAT_JPEG},  {"png", FG_FORMAT_PNG},   {"webp", FG_FORMAT_WEBP}, {"avif", FG_FORMAT_AVIF},
    {"heic", FG_FORMAT_HEIC}, {"heif", FG_FORMAT_HEIC}, {"hif", FG_FORMAT_HEIC},  {"tif", FG_FORMAT_TIFF},
    {"tiff", FG_FORMAT_TIFF}, {"jxl", FG_FORMAT_JXL},
};

static FgFormat
format_of_name(const char *path)
{
    const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
    if (!dot || (slash && dot < slash))
        return FG_FORMAT_UNKNOWN;
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_ascii_strcasecmp(dot + 1, endings[i].ending) == 0)
            return endings[i].format;
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
    return fg_throw(error, FG_ERROR_UNSUPPORTED, "the file is %s, no photo that can be read",
                    format == FG_FORMAT_UNKNOWN ? "of an unknown kind" : fg_format_title(format));
}

/* environment.c: what lies outside photo and profile and decides what is made, and by whom. */
#include "publish/publish_private.h"

#include <string.h>

#include "pixels/pixels.h"
#include "run/run.h"

char *
fg_publish_environment(const FgKey *key, FgDrawings *drawings, GError **error)
{
    g_auto(GStrv) fonts = fg_drawings_font_identities(drawings, error);
    if (!fonts)
        return NULL;
    g_autofree char *check = fg_key_check_value(key);
    g_autoptr(GString) all = g_string_new(NULL);
    g_string_append_printf(all, "filigrane %s\npixels %d\nkey %s\n", fg_version(), FG_PIXELS_REVISION, check);
    g_autofree char *libraries = fg_modules_identity();
    g_string_append_printf(all, "%s\n", libraries);
    for (char **identity = fonts; *identity; identity++)
        g_string_append_printf(all, "fonts %s\n", *identity);
    return fg_sha256_hex(all->str, all->len);
}

char *
fg_publish_circumstances(const char *environment, const FgPublishOptions *options)
{
    const FgLimits *limits = &options->profile->limits;
    g_autofree char *profile = fg_profile_digest(options->profile);
    g_autofree char *all =
        g_strdup_printf("%s %s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                        " %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %d",
                        environment, profile, limits->pixels, limits->bytes, limits->memory, limits->seconds,
                        limits->exif, limits->xmp, limits->icc, options->force_rights);
    char *digest = fg_sha256_hex(all, strlen(all));
    digest[16] = '\0'; /* It stands with every photo. */
    return digest;
}

guint
fg_publish_shard_of(const char *source, guint shards)
{
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(source, strlen(source), digest);
    FgCursor at = fg_cursor(digest, sizeof digest, FG_BIG_ENDIAN);
    guint64 number = 0;
    fg_cursor_u64(&at, &number);
    return (guint)(number % shards) + 1;
}

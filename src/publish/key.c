#include "base/base.h"
#include "publish/publish_private.h"

#include <string.h>

#define KEY_LEAST 16  /* bytes: 128 bits can't be guessed */
#define KEY_MOST 1024 /* bytes: nobody writes a longer one by intention */

/* Whole bytes in hex, white space around them allowed. */
static GBytes *
key_from_hex(const char *text, const char *where, FgErrorCode code, GError **error)
{
    g_autofree char *hex = g_strstrip(g_strdup(text));
    gsize digits = strlen(hex);
    if (digits % 2 != 0 || strspn(hex, "0123456789abcdefABCDEF") != digits || digits < 2 * KEY_LEAST ||
        digits > 2 * KEY_MOST)
        return fg_throw_null(error, code, "%s is no key: expected at least %d hex digits, in pairs", where,
                             2 * KEY_LEAST);
    guint8 *bytes = g_malloc(digits / 2);
    for (gsize i = 0; i < digits / 2; i++)
        bytes[i] = (guint8)(g_ascii_xdigit_value(hex[2 * i]) << 4 | g_ascii_xdigit_value(hex[2 * i + 1]));
    return g_bytes_new_take(bytes, digits / 2);
}

static GBytes *
key_from_file(const char *path, GError **error)
{
    g_autoptr(GBytes) file = fg_file_read(path, 4 * KEY_MOST, error);
    if (!file) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    gsize length;
    const char *data = g_bytes_get_data(file, &length);
    g_autofree char *text = g_strndup(data, length);
    return key_from_hex(text, path, FG_ERROR_PATH, error);
}

/* Anybody who knows the rights can compute it, and they stand in every file; it still varies the marks. */
static GBytes *
key_from_rights(const FgRights *rights)
{
    static const char label[] = "filigrane: key from rights";
    g_autofree char *creators = rights->creators ? g_strjoinv("\n", rights->creators) : g_strdup("");
    g_autofree char *text = g_strdup_printf("%s\n%s\n%s", creators, rights->owner ? rights->owner : "",
                                            rights->copyright ? rights->copyright : "");
    guint8 digest[FG_SHA256_SIZE];
    fg_hmac_sha256(label, sizeof label - 1, text, strlen(text), digest);
    return g_bytes_new(digest, sizeof digest);
}

GBytes *
fg_key_load(const FgRights *rights, gboolean *predictable, GError **error)
{
    *predictable = FALSE;
    const char *hex = g_getenv("FILIGRANE_KEY");
    if (hex && *hex)
        return key_from_hex(hex, "FILIGRANE_KEY", FG_ERROR_USAGE, error);
    g_autofree char *path = g_build_filename(g_get_user_config_dir(), "filigrane", "key", NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return key_from_file(path, error);
    *predictable = TRUE;
    return key_from_rights(rights);
}

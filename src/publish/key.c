/* key.c: the secret that variation hangs on, from the environment, the user's config folder, or the rights.
 */
#include "publish/publish_private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHORTEST = 16 };
#define KEY_FILE_CEILING 4096

void
fg_key_clear(FgKey *key)
{
    g_clear_pointer(&key->secret, g_bytes_unref);
}

/* Hexadecimal digits with white space around; `where` says where they stood, never what they were. */
static GBytes *
parse(const char *text, const char *where, GError **error)
{
    static const char blanks[] = " \t\r\n";
    const char *digits = text + strspn(text, blanks);
    gsize length = strcspn(digits, blanks), size = length / 2, count = 0;
    guint8 *secret = g_malloc(size + 1);
    for (; count < size; count++) {
        int high = g_ascii_xdigit_value(digits[2 * count]), low = g_ascii_xdigit_value(digits[2 * count + 1]);
        if (high < 0 || low < 0)
            break;
        secret[count] = (guint8)(high << 4 | low);
    }
    gboolean whole =
        length % 2 == 0 && count == size && digits[length + strspn(digits + length, blanks)] == '\0';
    g_autoptr(GBytes) key = fg_secret_take(secret, count);
    if (!whole || count < SHORTEST)
        return fg_throw_null(error, FG_ERROR_PROFILE,
                             "%s holds no key: 64 hexadecimal digits (at least %d), as `filigrane init` "
                             "makes them",
                             where, 2 * SHORTEST);
    return g_steal_pointer(&key);
}

char *
fg_key_path(void)
{
    return g_build_filename(g_get_user_config_dir(), "filigrane", "key", NULL);
}

/* The key file, if there is one. FALSE when there is one that is of no use. */
static gboolean
read_file(FgKey *key, GError **error)
{
    g_autofree char *path = fg_key_path();
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return TRUE;
    struct stat info;
    int fd = fg_file_open(path, KEY_FILE_CEILING, &info, error);
    if (fd < 0)
        return g_prefix_error(error, "%s: ", path), FALSE;
    g_autoptr(GBytes) bytes = fg_file_read_fd(fd, error);
    close(fd);
    if (!bytes)
        return g_prefix_error(error, "%s: ", path), FALSE;
    char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    key->exposed = (info.st_mode & (S_IRGRP | S_IROTH)) != 0;
    key->secret = parse(text, path, error);
    fg_secret_forget(text);
    return key->secret != NULL;
}

static GBytes *
derive(const FgRights *rights)
{
    g_autoptr(GString) all = g_string_new("filigrane key");
    for (gsize i = 0; rights->creators && rights->creators[i]; i++)
        g_string_append_printf(all, "\n%s", rights->creators[i]);
    g_string_append_printf(all, "\n\n%s\n%s", rights->owner ? rights->owner : "",
                           rights->copyright ? rights->copyright : "");
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(all->str, all->len, digest);
    return fg_secret_take(g_memdup2(digest, sizeof digest), sizeof digest);
}

gboolean
fg_key_find(const FgRights *rights, FgKey *key, GError **error)
{
    *key = (FgKey){0};
    const char *given = g_getenv("FILIGRANE_KEY");
    if (given && *given) {
        key->secret = parse(given, "FILIGRANE_KEY", error);
        return key->secret != NULL;
    }
    if (!read_file(key, error))
        return FALSE;
    if (!key->secret) {
        key->secret = derive(rights);
        key->derived = TRUE;
    }
    return TRUE;
}

char *
fg_key_check_value(const FgKey *key)
{
    static const char label[] = "filigrane key check";
    guint8 digest[FG_SHA256_SIZE];
    gsize size;
    const void *secret = g_bytes_get_data(key->secret, &size);
    fg_hmac_sha256(secret, size, label, sizeof label - 1, digest);
    return fg_sha256_hex(digest, 8);
}

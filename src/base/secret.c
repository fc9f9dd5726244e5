#include "base/secret.h"

#include <string.h>
#include <sys/mman.h>

typedef struct {
    void *pages;
    gsize length;
} Secret;

static void
secret_free(gpointer data)
{
    Secret *secret = data;
    explicit_bzero(secret->pages, secret->length);
    munmap(secret->pages, secret->length);
    g_free(secret);
}

GBytes *
fg_secret_take(void *data, gsize length)
{
    Secret *secret = g_new(Secret, 1);
    secret->length = MAX(length, 1);
    secret->pages = mmap(NULL, secret->length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (secret->pages == MAP_FAILED)
        g_error("no memory for a key");
    madvise(secret->pages, secret->length, MADV_WIPEONFORK);
    madvise(secret->pages, secret->length, MADV_DONTDUMP);
    if (length > 0) {
        memcpy(secret->pages, data, length);
        explicit_bzero(data, length);
    }
    g_free(data);
    return g_bytes_new_with_free_func(secret->pages, length, secret_free, secret);
}

void
fg_secret_forget(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    g_free(text);
}

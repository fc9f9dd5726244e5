/* nearest.c: words separated by '|', and the one that a misspelt word was meant to be. */
#include <string.h>

#include "profile/profile_private.h"

/* Levenshtein's distance in bytes, a swap of neighbours counting one (optimal string alignment). */
static guint
distance(const char *a, const char *b)
{
    gsize m = strlen(a), n = strlen(b), width = n + 1;
    g_autofree guint *cost = g_new(guint, (m + 1) * width);
    for (gsize i = 0; i <= m; i++)
        cost[i * width] = (guint)i;
    for (gsize j = 0; j <= n; j++)
        cost[j] = (guint)j;
    for (gsize i = 1; i <= m; i++) {
        for (gsize j = 1; j <= n; j++) {
            guint *here = &cost[i * width + j];
            *here = here[-(gssize)width - 1] + (a[i - 1] != b[j - 1]);
            *here = MIN(*here, here[-1] + 1);
            *here = MIN(*here, here[-(gssize)width] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                *here = MIN(*here, cost[(i - 2) * width + j - 2] + 1);
        }
    }
    return cost[m * width + n];
}

char *
fg_nearest(const char *word, const char *names)
{
    g_auto(GStrv) list = g_strsplit(names, "|", -1);
    g_autofree char *folded = g_ascii_strdown(word, -1);
    const char *nearest = NULL;
    guint least = G_MAXUINT;
    if (strlen(word) > 64)
        return NULL;
    for (char **name = list; *name; name++) {
        g_autofree char *known = g_ascii_strdown(*name, -1);
        guint far = distance(folded, known);
        /* A third of the letters may be wrong; a long beginning counts as meant ("height_px", "copy"). */
        gsize longest = MAX(strlen(folded), strlen(known));
        gsize shared = MIN(strlen(folded), strlen(known));
        gboolean begins = shared >= 3 && strncmp(folded, known, shared) == 0;
        if ((far * 3 <= longest || begins) && far < least) {
            least = far;
            nearest = *name;
        }
    }
    return g_strdup(nearest);
}

int
fg_choice_index(const char *names, const char *word)
{
    g_auto(GStrv) list = g_strsplit(names, "|", -1);
    for (int i = 0; list[i]; i++)
        if (strcmp(list[i], word) == 0)
            return i;
    return -1;
}

char *
fg_choice_word(const char *names, guint index)
{
    g_auto(GStrv) list = g_strsplit(names, "|", -1);
    return g_strdup(index < g_strv_length(list) ? list[index] : NULL);
}

/* creator.c: whether the creators that a file names are ours (docs/spec/metadata.md §4.3).
 *
 * A text is ours when each of those that it names is, in whatever order and punctuation their words stand.
 * What cameras and programs leave there is nobody's. */
#include "metadata/reading.h"

#include <stdlib.h>
#include <string.h>

/* What programs, cameras and people who type nothing leave where a creator belongs; folded. */
static const char *const placeholders[] = {
    "admin",
    "administrateur",
    "administrator",
    "adobe photoshop",
    "anonymous",
    "apple",
    "artist",
    "artiste",
    "auteur",
    "author",
    "autor",
    "benutzer",
    "besitzer",
    "camera",
    "camera owner",
    "canon",
    "casio",
    "creator",
    "default",
    "default user",
    "dell",
    "digital camera",
    "dji",
    "eastman kodak company",
    "fotograf",
    "fuji",
    "fujifilm",
    "fujifilm corporation",
    "google",
    "gopro",
    "hp",
    "hp administrator",
    "hp authorized customer",
    "htc",
    "huawei",
    "kodak",
    "konica minolta",
    "leica",
    "leica camera ag",
    "lenovo",
    "lg",
    "lge",
    "microsoft",
    "microsoft office user",
    "minolta",
    "motorola",
    "my name",
    "n a",
    "name",
    "nikon",
    "nikon corporation",
    "no name",
    "nobody",
    "nokia",
    "none",
    "null",
    "olympus",
    "olympus digital camera",
    "om digital solutions",
    "owner",
    "owner name",
    "owners name",
    "panasonic",
    "pc user",
    "pentax",
    "photo",
    "photographe",
    "photographer",
    "photographer name",
    "picasa",
    "preferred customer",
    "proprietaire",
    "ricoh",
    "samsung",
    "samsung electronics",
    "sigma",
    "sony",
    "sony dsc",
    "test",
    "toshiba",
    "undefined",
    "unknown",
    "unknown artist",
    "unknown author",
    "unknown photographer",
    "user",
    "user name",
    "username",
    "usuario",
    "utilisateur",
    "valued customer",
    "windows user",
    "xiaomi",
    "your name",
    "your name here",
};

/* Words that stand before a name and are none. */
static const char *const introductions[] = {
    "photo by",
    "photos by",
    "photograph by",
    "photographed by",
    "picture by",
    "image by",
    "taken by",
    "photo de",
    "photographie de",
    "photo credit",
    "credit photo",
    "foto von",
    "copyright",
    "photographer",
    "photographe",
    "photo",
    "credit",
    "by",
    "par",
    "von",
    "c",
};

/* The folded letters and digits of a text, one blank between words; "" for none. */
static char *
words_of(const char *text)
{
    g_autofree char *tidy = fg_text_tidy(text);
    g_autofree char *folded = fg_text_fold(tidy, FALSE);
    GString *words = g_string_new(NULL);
    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        const gunichar letter = g_utf8_get_char(at);
        if (letter == '\'' || letter == 0x2019)
            continue;
        if (g_unichar_isalnum(letter) || g_unichar_ismark(letter))
            g_string_append_unichar(words, letter);
        else if (words->len > 0 && words->str[words->len - 1] != ' ')
            g_string_append_c(words, ' ');
    }
    g_string_truncate(words, words->len - (words->len > 0 && words->str[words->len - 1] == ' '));
    return g_string_free(words, FALSE);
}

static const char *
without_introduction(const char *words)
{
    for (guint i = 0; i < G_N_ELEMENTS(introductions); i++) {
        const gsize length = strlen(introductions[i]);
        if (g_str_has_prefix(words, introductions[i]) && words[length] == ' ')
            return words + length + 1;
    }
    return words;
}

/* A program adds its version, "picasa 3 0". */
static gboolean
is_placeholder(const char *words)
{
    gsize length = strlen(words);
    while (length > 0 && (g_ascii_isdigit(words[length - 1]) || words[length - 1] == ' '))
        length--;
    for (guint i = 0; i < G_N_ELEMENTS(placeholders); i++)
        if (strncmp(words, placeholders[i], length) == 0 && placeholders[i][length] == '\0')
            return TRUE;
    return length == 0;
}

static int
compare_words(gconstpointer left, gconstpointer right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* "doe jane" and "jane doe" are one name, and so is "janedoe". */
static gboolean
same_words(const char *left, const char *right)
{
    g_auto(GStrv) one = g_strsplit(left, " ", -1), other = g_strsplit(right, " ", -1);
    g_autofree char *joined = g_strjoinv("", one), *joined_other = g_strjoinv("", other);
    if (strcmp(joined, joined_other) == 0)
        return TRUE;
    const guint count = g_strv_length(one);
    if (count != g_strv_length(other))
        return FALSE;
    qsort(one, count, sizeof *one, compare_words);
    qsort(other, count, sizeof *other, compare_words);
    return g_strv_equal((const char *const *)one, (const char *const *)other);
}

typedef struct {
    GPtrArray *words;    /* of each of our names */
    GPtrArray *verbatim; /* the names themselves, borrowed */
} OurNames;

static gboolean
is_our_name(const char *text, const OurNames *ours)
{
    g_autofree char *words = words_of(text);
    if (is_placeholder(words))
        return TRUE;
    for (guint i = 0; i < ours->words->len; i++)
        if (same_words(words, ours->words->pdata[i]) ||
            same_words(without_introduction(words), ours->words->pdata[i]))
            return TRUE;
    /* IPTC cuts a by-line at 32 bytes. */
    for (guint i = 0; i < ours->verbatim->len; i++)
        if (fg_notice_is_cut(text, ours->verbatim->pdata[i], 32))
            return TRUE;
    return FALSE;
}

/* A text that names several is ours when each of them is. */
static gboolean
is_our_creator(const char *text, const OurNames *ours)
{
    static const char *const joints[] = {";",  ",",     "/",    "&",     "+",   "|",
                                         "\n", " and ", " et ", " und ", " y ", NULL};
    if (is_our_name(text, ours))
        return TRUE;
    g_autoptr(GString) parts = g_string_new(text);
    for (guint i = 0; joints[i]; i++)
        g_string_replace(parts, joints[i], "\n", 0);
    g_auto(GStrv) names_of = g_strsplit(parts->str, "\n", -1);
    if (!names_of[0] || !names_of[1])
        return FALSE;
    for (guint i = 0; names_of[i]; i++)
        if (!is_our_name(names_of[i], ours))
            return FALSE;
    return TRUE;
}

static void
add_words(OurNames *ours, const char *name)
{
    g_ptr_array_add(ours->verbatim, (gpointer)name);
    g_ptr_array_add(ours->words, words_of(name));
}

static char *const *
creators_of(const FgRights *found)
{
    return found->named ? found->named : found->creators;
}

char **
fg_rights_foreign_creators(const FgRights *ours, const FgRights *found)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free), verbatim = g_ptr_array_new();
    OurNames names_of = {words, verbatim};
    for (gsize i = 0; ours->creators && ours->creators[i]; i++)
        add_words(&names_of, ours->creators[i]);
    for (gsize i = 0; ours->aliases && ours->aliases[i]; i++)
        add_words(&names_of, ours->aliases[i]);
    if (ours->owner)
        add_words(&names_of, ours->owner);
    char *const *creators = creators_of(found);
    char **foreign = NULL;
    for (gsize i = 0; words->len > 0 && creators && creators[i]; i++)
        if (!is_our_creator(creators[i], &names_of))
            fg_say_more(&foreign, creators[i]);
    return foreign;
}

gboolean
fg_rights_throw_creators(char *const *creators, GError **error)
{
    g_autofree char *joined = g_strjoinv(", ", (char **)creators);
    g_autofree char *tidy = fg_text_tidy(joined);
    g_autofree char *cut = fg_text_cut(tidy, 120);
    g_autofree char *shown = fg_text_printable(cut);
    return fg_throw(error, FG_ERROR_FOREIGN, "it names another creator: \"%s\"", shown);
}

gboolean
fg_rights_name_nobody(const FgRights *found)
{
    char *const *creators = creators_of(found);
    for (gsize i = 0; creators && creators[i]; i++) {
        g_autofree char *words = words_of(creators[i]);
        if (!is_placeholder(words))
            return FALSE;
    }
    return !found->copyright && !found->owner;
}

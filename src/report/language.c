/* language.c: texts for people in the language of the user.
 *
 * The program's own locale stays as it is, so that numbers, the messages of errors and all that is written
 * into files are the same everywhere: a text is looked up in a locale that is worn for that moment alone. */
#include "report/language.h"

#include <dlfcn.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "base/base.h"
#include "report/catalogue.h"

#define DOMAIN "filigrane"

/* The catalogues lie beside the library, in a build tree as in an installed one. NULL when that can't be
 * told. A folder called locale is not enough to tell a build tree by: the C library has one in /usr/lib. */
static char *
catalogues_folder(void)
{
    static const char anchor = 0;
    Dl_info library;
    if (!dladdr(&anchor, &library) || !library.dli_fname)
        return NULL;
    g_autofree char *folder = g_path_get_dirname(library.dli_fname);
    g_autofree char *built = g_build_filename(folder, "locale", NULL);
    g_autofree char *french = g_build_filename(built, "fr", "LC_MESSAGES", DOMAIN ".mo", NULL);
    if (g_file_test(french, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&built);
    return g_build_filename(folder, FG_LOCALEDIR_FROM_LIBRARY, NULL);
}

/* The head of the catalogue that gettext chooses in a locale; "" when there is none. */
static const char *
catalogue_head(locale_t locale)
{
    locale_t before = uselocale(locale);
    const char *head = dgettext(DOMAIN, "");
    uselocale(before);
    return head;
}

/* The user's messages, or where that locale was never made, as in a container, those that LANGUAGE names.
 * NULL when no catalogue has them: a card of `check` wants twenty words, and need not look for each in vain.
 */
static gpointer
prepare(gpointer data)
{
    (void)data;
    g_autofree char *folder = catalogues_folder();
    if (folder)
        bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    locale_t locale = newlocale(LC_MESSAGES_MASK, "", NULL);
    if (!locale)
        locale = newlocale(LC_MESSAGES_MASK, "C.UTF-8", NULL);
    if (!locale || *catalogue_head(locale))
        return locale;
    freelocale(locale);
    return NULL;
}

/* NULL for English. */
static locale_t
user_locale(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, prepare, NULL);
}

const char *
fg_report_word(const char *english)
{
    locale_t locale = user_locale();
    if (!locale || !*english)
        return english;
    locale_t before = uselocale(locale);
    const char *word = dgettext(DOMAIN, english);
    uselocale(before);
    return word;
}

/* The language of the catalogue that gettext has chosen, by what its head says of it; NULL for English. */
static char *
user_language(void)
{
    static const char label[] = "\nLanguage: ";
    locale_t locale = user_locale();
    const char *found = locale ? strstr(catalogue_head(locale), label) : NULL;
    return found ? g_strndup(found + strlen(label), strcspn(found + strlen(label), "\n")) : NULL;
}

static FgCatalogue *
load_catalogue(const char *language)
{
    g_autofree char *folder = catalogues_folder();
    if (!folder)
        return NULL;
    g_autofree char *path = g_build_filename(folder, language, "LC_MESSAGES", DOMAIN ".mo", NULL);
    g_autoptr(GBytes) bytes = fg_file_read(path, 0, NULL);
    return bytes ? fg_catalogue_new(bytes) : NULL;
}

static gpointer
prepare_users(gpointer data)
{
    (void)data;
    g_autofree char *language = user_language();
    return language ? load_catalogue(language) : NULL;
}

static gpointer
prepare_french(gpointer data)
{
    (void)data;
    return load_catalogue("fr");
}

const FgCatalogue *
fg_catalogue_french(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, prepare_french, NULL);
}

char *
fg_report_message(const char *english)
{
    static GOnce once = G_ONCE_INIT;
    return fg_catalogue_message(g_once(&once, prepare_users, NULL), english);
}

/* A noun in the number of the count. */
static const char *
noun_of(guint64 count, const char *one, const char *many)
{
    locale_t locale = user_locale();
    if (!locale)
        return count == 1 ? one : many;
    locale_t before = uselocale(locale);
    const char *noun = dngettext(DOMAIN, one, many, (unsigned long)count);
    uselocale(before);
    return noun;
}

void
fg_append_number(GString *text, guint64 number)
{
    char digits[20];
    gsize first = sizeof digits;
    do
        digits[--first] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    g_string_append_len(text, digits + first, (gssize)(sizeof digits - first));
}

char *
fg_report_count(guint64 count, const char *one, const char *many)
{
    GString *text = g_string_new(NULL);
    fg_append_number(text, count);
    g_string_append_c(text, ' ');
    g_string_append(text, noun_of(count, one, many));
    return g_string_free(text, FALSE);
}

/* "1.2" as the language writes it. */
static char *
with_decimal_mark(char *number)
{
    char *point = strchr(number, '.');
    if (!point)
        return number;
    *point = '\0';
    char *written = g_strconcat(number, /* the decimal mark */ _("."), point + 1, NULL);
    g_free(number);
    return written;
}

char *
fg_report_size(guint64 bytes)
{
    static const char *const units[] = {N_("B"), N_("KB"), N_("MB"), N_("GB"), N_("TB"), N_("PB")};
    g_autofree char *english = fg_text_size(bytes);
    char *unit = strchr(english, ' ');
    *unit++ = '\0';
    guint at = 0;
    while (at + 1 < G_N_ELEMENTS(units) && strcmp(units[at], unit) != 0)
        at++;
    g_autofree char *number = with_decimal_mark(g_strdup(english));
    return g_strconcat(number, " ", _(units[at]), NULL);
}

char *
fg_report_duration(double seconds)
{
    return with_decimal_mark(fg_text_duration(seconds));
}

char *
fg_report_rate(double photos_a_second)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *written =
        with_decimal_mark(g_strdup(g_ascii_formatd(number, sizeof number, "%.1f", photos_a_second)));
    return g_strdup_printf(_("%s photos/s"), written);
}

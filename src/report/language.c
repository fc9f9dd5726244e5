/* language.c: texts for people in the language of the user.
 *
 * The program's own locale stays as it is, so that numbers, the messages of errors and all that is written
 * into files are the same everywhere. The catalogue is read by ourselves, since gettext() translates in no
 * locale that was never made on this machine, nor (glibc from 2.41 on) in C.UTF-8, which is all that a
 * container has. */
#include "report/language.h"

#include <dlfcn.h>
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

/* What the user's messages are to be in, whether or not that locale was ever made here; NULL for English. */
static const char *
wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value && *value)
            return g_str_equal(value, "C") || g_str_equal(value, "POSIX") ? NULL : value;
    }
    return NULL;
}

/* Of a locale called language[_territory][.codeset][@modifier] (POSIX, "Environment Variables", 8.2), by the
 * first two or the first alone. */
static FgCatalogue *
catalogue_of(const char *locale)
{
    g_autofree char *name = g_strndup(locale, strcspn(locale, ".@"));
    if (!*name || strchr(name, '/'))
        return NULL;
    FgCatalogue *catalogue = load_catalogue(name);
    char *territory = strchr(name, '_');
    if (catalogue || !territory)
        return catalogue;
    *territory = '\0';
    return load_catalogue(name);
}

static gboolean
is_english(const char *locale)
{
    return g_str_has_prefix(locale, "en") && !g_ascii_isalpha(locale[2]);
}

/* The first catalogue that there is of the languages in LANGUAGE, or of the locale where it is not set; none
 * when English comes before. */
static gpointer
prepare_users(gpointer data)
{
    (void)data;
    const char *locale = wanted_locale(), *languages = g_getenv("LANGUAGE");
    if (!locale)
        return NULL;
    g_auto(GStrv) names = g_strsplit(languages && *languages ? languages : locale, ":", -1);
    FgCatalogue *catalogue = NULL;
    for (char **name = names; *name && !catalogue && !is_english(*name); name++)
        catalogue = catalogue_of(*name);
    return catalogue;
}

/* NULL for English. */
static const FgCatalogue *
users_catalogue(void)
{
    static GOnce once = G_ONCE_INIT;
    return g_once(&once, prepare_users, NULL);
}

const char *
fg_report_word(const char *english)
{
    return fg_catalogue_word(users_catalogue(), english);
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
    return fg_catalogue_message(users_catalogue(), english);
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
    g_string_append(text, fg_catalogue_noun(users_catalogue(), count, one, many));
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

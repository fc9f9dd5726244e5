#include "base/base.h"
#include "publish/publish_private.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#define KEY_BYTES 32

/* A double-quoted scalar of YAML 1.1, which can hold any text. */
static char *
quoted(const char *text)
{
    GString *scalar = g_string_new("\"");
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '"' || c == '\\')
            g_string_append_c(scalar, '\\');
        if (c < 0x20 || c == 0x7F)
            g_string_append_printf(scalar, "\\x%02X", c);
        else
            g_string_append_unichar(scalar, c);
    }
    g_string_append_c(scalar, '"');
    return g_string_free(scalar, FALSE);
}

static void
append(GString *yaml, const char *indent, const char *key, const char *value, const char *comment)
{
    if (!value || !*value)
        return;
    g_autofree char *scalar = quoted(value);
    g_string_append_printf(yaml, "%s%s: %s%s%s\n", indent, key, scalar, comment ? "  # " : "",
                           comment ? comment : "");
}

static const char *
either(gboolean french, const char *in_english, const char *in_french)
{
    return french ? in_french : in_english;
}

static void
append_licensor(GString *yaml, const FgInitAnswers *answers, const char *owner, gboolean french)
{
    gboolean page = answers->licence_page && *answers->licence_page,
             email = answers->email && *answers->email;
    if (!page && !email)
        return;
    g_string_append_printf(yaml, "  licensor:                 # %s\n",
                           either(french, "whom to ask for a licence; search engines link it",
                                  "à qui demander une licence ; les moteurs de recherche en font un lien"));
    append(yaml, "    ", "name", owner, NULL);
    append(yaml, "    ", "url", answers->licence_page, NULL);
    append(yaml, "    ", "email", answers->email, NULL);
}

static const char english_head[] =
    "# What filigrane makes of this shoot. 'filigrane publish' takes it by itself in this folder; "
    "elsewhere,\n"
    "# name it with -p. 'filigrane profile FILE' shows all settings, those left out here included.\n"
    "extends: gallery            # or discreet, proof, press, social, archive\n"
    "rights:\n";
static const char english_tail[] =
    "  data_mining: prohibited   # text and data mining and AI training are reserved\n"
    "  digital_source: photograph\n"
    "privacy:\n"
    "  keep: [title, caption]    # all else goes: place, date, camera, serial numbers, names, ...\n";
static const char french_head[] =
    "# Ce que filigrane fait de ces photos. Dans ce dossier, « filigrane publish » le prend de lui-même ;\n"
    "# ailleurs, nommez-le avec -p. « filigrane profile FICHIER » montre tous les réglages, même absents "
    "ici.\n"
    "extends: gallery            # ou discreet, proof, press, social, archive\n"
    "rights:\n";
static const char french_tail[] =
    "  data_mining: prohibited   # la fouille de textes et de données et l'entraînement d'IA sont réservés\n"
    "  digital_source: photograph\n"
    "privacy:\n"
    "  keep: [title, caption]    # le reste s'en va : lieu, date, appareil, numéros de série, noms...\n";

/* The profile in the language of its notice. */
static char *
compose(const FgInitAnswers *answers)
{
    gboolean french = g_strcmp0(answers->language, "fr") == 0;
    const char *owner = answers->owner && *answers->owner ? answers->owner : answers->creator;
    GString *yaml = g_string_new(french ? french_head : english_head);
    append(yaml, "  ", "creator", answers->creator,
           either(french, "who took the photos", "qui a pris les photos"));
    append(yaml, "  ", "owner", owner, either(french, "who owns the rights", "à qui sont les droits"));
    append(yaml, "  ", "copyright",
           either(french, "© {year} {creator}. All rights reserved.",
                  "© {year} {creator}. Tous droits réservés."),
           either(french, "{year} is that of the photo", "{year} est l'année de la photo"));
    append(yaml, "  ", "credit", owner,
           either(french, "the line beside a printed photo", "la ligne à côté d'une photo imprimée"));
    g_string_append_printf(yaml, "  terms:                    # %s\n",
                           either(french, "what may be done with a copy", "ce qu'on peut faire d'une copie"));
    if (french)
        append(yaml, "    ", "fr", "Toute reproduction est interdite sans autorisation écrite préalable.",
               NULL);
    append(yaml, "    ", "en", "Any reproduction is forbidden without prior written authorisation.", NULL);
    append(yaml, "  ", "web_statement", answers->web_statement,
           either(french, "the page that states your rights", "la page qui énonce vos droits"));
    append_licensor(yaml, answers, owner, french);
    return g_string_free(g_string_append(yaml, french ? french_tail : english_tail), FALSE);
}

/* Puts a path before an error that does not name it; FALSE. */
static gboolean
throw_path(const char *path, GError **error)
{
    g_autofree char *shown = fg_text_printable(path);
    g_prefix_error(error, "%s: ", shown);
    return FALSE;
}

/* A key that is there is kept: marks made with it must stay alike. */
gboolean
fg_init_key(char **key, GError **error)
{
    g_autofree char *folder = g_build_filename(g_get_user_config_dir(), "filigrane", NULL);
    g_autofree char *path = g_build_filename(folder, "key", NULL);
    *key = NULL;
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    guint8 secret[KEY_BYTES];
    if (getrandom(secret, sizeof secret, 0) != (ssize_t)sizeof secret)
        return fg_throw_errno(error, FG_ERROR_OUTPUT, errno, "no random bytes for a key");
    GString *hex = g_string_new(NULL);
    for (gsize i = 0; i < sizeof secret; i++)
        g_string_append_printf(hex, "%02x", secret[i]);
    g_string_append_c(hex, '\n');
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(hex);
    if (!fg_folder_make(folder, error))
        return FALSE;
    if (!fg_file_replace(path, bytes, 0600, error))
        return throw_path(path, error);
    *key = g_steal_pointer(&path);
    return TRUE;
}

/* One answer, held against the setting that it becomes. The words of a command line may be any bytes. */
static gboolean
check_answer(const char *option, const char *key, const char *text, GError **error)
{
    if (!text || !*text)
        return TRUE;
    if (!g_utf8_validate(text, -1, NULL)) {
        g_autofree char *shown = fg_text_printable(text);
        return fg_throw(error, FG_ERROR_PROFILE, "%s: \"%s\" is no UTF-8", option, shown);
    }
    g_autofree char *scalar = quoted(text);
    g_autofree char *override = g_strdup_printf("%s=%s", key, scalar);
    g_autofree char *place = g_strdup_printf("--set %s: ", override);
    g_autoptr(GError) cause = NULL;
    g_autoptr(FgProfile) profile = fg_profile_load("gallery", (const char *[]){override, NULL}, &cause);
    if (profile)
        return TRUE;
    const char *message = cause->message;
    return fg_throw(error, FG_ERROR_PROFILE, "%s: %s", option,
                    g_str_has_prefix(message, place) ? message + strlen(place) : message);
}

gboolean
fg_init_check(const FgInitAnswers *answers, GError **error)
{
    const char *language = answers->language && *answers->language ? answers->language : "en";
    if (strcmp(language, "en") != 0 && strcmp(language, "fr") != 0) {
        g_autofree char *shown = fg_text_printable(language);
        return fg_throw(error, FG_ERROR_USAGE, "--language takes en or fr, not \"%s\"", shown);
    }
    return check_answer("--creator", "rights.creator", answers->creator, error) &&
           check_answer("--owner", "rights.owner", answers->owner, error) &&
           check_answer("--web-statement", "rights.web_statement", answers->web_statement, error) &&
           check_answer("--licence-page", "rights.licensor.url", answers->licence_page, error) &&
           check_answer("--email", "rights.licensor.email", answers->email, error);
}

gboolean
fg_init(const char *folder, const FgInitAnswers *answers, char **profile, char **key, GError **error)
{
    if (!answers->creator || !*answers->creator)
        return fg_throw(error, FG_ERROR_USAGE, "the creator's name is missing");
    if (!fg_init_check(answers, error))
        return FALSE;
    g_autofree char *path = g_build_filename(folder, "filigrane.yaml", NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
        return fg_throw(error, FG_ERROR_PATH, "%s is there already: edit it, or remove it first", path);
    g_autofree char *text = compose(answers);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    if (!fg_folder_make(folder, error))
        return FALSE;
    if (!fg_file_replace(path, bytes, 0644, error))
        return throw_path(path, error);
    if (!fg_init_key(key, error))
        return FALSE;
    *profile = g_steal_pointer(&path);
    return TRUE;
}

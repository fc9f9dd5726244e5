#include "run/run_private.h"

#include <string.h>

/* The typesetter owns the fonts and the draughtsman draws logos, each in a process of its own, since what
 * they read (font files, SVG) is a program of somebody else's and what they run (Pango, librsvg) is large. */

#define DRAWING_SECONDS 30
#define LARGEST_DRAWING ((gsize)300 << 20)
#define DRAWING_MEMORY                                                                                       \
    ((guint64)1 << 30) /* the largest logo as it is, unpacked to 256 MB, and as an answer */
#define LARGEST_LOGO_FILE ((guint64)64 << 20)
#define MOST_KEPT 256

/* ---- In the children ---- */

/* Fonts are files, installed or named by a mark, and nothing else can be read. An SVG may hold text, too, and
 * pictures, whose decoders are code that is looked up in `codecs` and loaded when there is one to decode. */
static gboolean
enter_drawing(const FgProfile *profile, FgModules modules, const char *const *codecs, GError **error)
{
    if (!fg_modules_load(modules, error))
        return FALSE;
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    g_auto(GStrv) installed = fg_fonts_places();
    for (char **path = installed; *path; path++)
        g_ptr_array_add(places, *path);
    for (guint i = 0; profile->marks && i < profile->marks->len; i++) {
        char **fonts = ((const FgMarkSpec *)profile->marks->pdata[i])->fonts;
        for (; fonts && *fonts; fonts++)
            if (strpbrk(*fonts, "/.")) /* Names without are families. */
                g_ptr_array_add(places, *fonts);
    }
    for (; codecs && *codecs; codecs++)
        g_ptr_array_add(places, (gpointer)(guintptr)*codecs);
    g_ptr_array_add(places, NULL);
    const FgSandboxPolicy walls = {.readable = (char **)places->pdata, .loads = modules & FG_MODULE_LOGOS};
    fg_sandbox_enter(&walls);
    return TRUE;
}

static gboolean
enter_typesetter(gconstpointer data, GError **error)
{
    return enter_drawing(data, FG_MODULE_LETTERS, NULL, error);
}

/* The answer is a blob: the lettering. */
static gboolean
set_text(FgCursor *at, FgPayload *answer, GError **error)
{
    g_autofree char *text = NULL;
    g_auto(GStrv) fonts = NULL;
    guint32 bold;
    double em;
    if (!fg_ipc_get_texts(at, &fonts) || !fg_ipc_get_some_text(at, &text) ||
        !fg_ipc_get_choice(at, 2, &bold) || !fg_cursor_double(at, &em))
        return fg_throw(error, FG_ERROR_INTERNAL, "a question without a text");
    GBytes *block = fg_lettering_set(text, (const char *const *)fonts, bold != 0, em, error);
    if (!block)
        return FALSE;
    *answer = fg_payload(NULL);
    g_ptr_array_add(answer->blobs, block);
    return TRUE;
}

static gboolean
typeset(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
        GError **error)
{
    (void)fds;
    (void)n_fds;
    FgCursor at = fg_payload_record(question);
    guint32 about;
    if (!fg_ipc_get_choice(&at, FG_N_ASKS, &about))
        return fg_throw(error, FG_ERROR_INTERNAL, "a question about nothing");
    if (about == FG_ASKS_TEXT)
        return set_text(&at, answer, error);
    GByteArray *words = g_byte_array_new();
    if (about == FG_ASKS_NAMES)
        fg_fonts_name_all(words);
    else
        fg_fonts_identify(data, words);
    *answer = fg_payload(words);
    return TRUE;
}

static const FgServiceKind typesetter = {
    .name = "fg-typesetter",
    .environment = TRUE,
    .ceiling = LARGEST_DRAWING,
    .memory = DRAWING_MEMORY,
    .copies = 1,
    .enter = enter_typesetter,
    .reply = typeset,
};

static gboolean
enter_draughtsman(gconstpointer data, GError **error)
{
    /* Where systems keep their libraries: what lies there is the same on all of them, and nobody's secret. */
    static const char *const codecs[] = {"/usr/lib", "/usr/lib32", "/usr/lib64",       "/usr/local/lib",
                                         "/lib",     "/lib64",     "/etc/ld.so.cache", NULL};
    return enter_drawing(data, FG_MODULE_LETTERS | FG_MODULE_LOGOS, codecs, error);
}

static gboolean
draw_logo(gconstpointer data, const FgPayload *question, const int *fds, guint n_fds, FgPayload *answer,
          GError **error)
{
    (void)data;
    (void)fds;
    (void)n_fds;
    FgCursor at = fg_payload_record(question);
    guint32 side;
    if (question->blobs->len != 1 || !fg_ipc_get_choice(&at, G_MAXINT, &side))
        return fg_throw(error, FG_ERROR_INTERNAL, "a logo without its file");
    g_autoptr(FgRaster) raster = fg_logo_draw(question->blobs->pdata[0], (int)side, error);
    if (!raster)
        return FALSE;
    *answer = fg_payload(NULL);
    g_ptr_array_add(answer->blobs, fg_raster_pack(raster));
    return TRUE;
}

static const FgServiceKind draughtsman = {
    .name = "fg-draughtsman",
    .environment = TRUE,
    .ceiling = LARGEST_DRAWING,
    .memory = DRAWING_MEMORY,
    .copies = 1,
    .enter = enter_draughtsman,
    .reply = draw_logo,
};

/* ---- In the parent ---- */

struct FgDrawings {
    const FgProfile *profile;
    FgServiceKind kinds[2];
    FgService typesetter, draughtsman;
    GHashTable *kept; /* what was asked -> GBytes */
};

FgDrawings *
fg_drawings_new(const FgProfile *profile)
{
    FgDrawings *drawings = g_new0(FgDrawings, 1);
    drawings->profile = profile;
    drawings->kinds[0] = typesetter;
    drawings->kinds[1] = draughtsman;
    drawings->kinds[0].data = drawings->kinds[1].data = profile;
    drawings->typesetter = fg_service(&drawings->kinds[0]);
    drawings->draughtsman = fg_service(&drawings->kinds[1]);
    drawings->kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    return drawings;
}

void
fg_drawings_free(FgDrawings *drawings)
{
    fg_service_clear(&drawings->typesetter);
    fg_service_clear(&drawings->draughtsman);
    g_hash_table_unref(drawings->kept);
    g_free(drawings);
}

/* The one blob of an answer. */
static GBytes *
only_blob(const FgPayload *answer, GError **error)
{
    if (answer->blobs->len != 1)
        return fg_throw_null(error, FG_ERROR_WORKER, "a drawing is not what it should be");
    return g_bytes_ref(answer->blobs->pdata[0]);
}

const FgProfile *
fg_drawings_profile(const FgDrawings *drawings)
{
    return drawings->profile;
}

gboolean
fg_drawings_ask(FgDrawings *drawings, GByteArray *question, guint seconds, FgPayload *answer, GError **error)
{
    g_auto(FgPayload) payload = fg_payload(question);
    return fg_service_ask(&drawings->typesetter, &payload, NULL, 0, seconds, answer, error);
}

static GBytes *
ask_lettering(FgDrawings *drawings, const FgMarkSpec *spec, const char *text, double em, GError **error)
{
    GByteArray *question = g_byte_array_new();
    fg_put_le32(question, FG_ASKS_TEXT);
    fg_ipc_put_texts(question, (const char *const *)spec->fonts);
    fg_ipc_put_text(question, text);
    fg_put_le32(question, spec->bold ? 1 : 0);
    fg_ipc_put_double(question, em);
    g_auto(FgPayload) answer = {0};
    if (!fg_drawings_ask(drawings, question, DRAWING_SECONDS, &answer, error))
        return NULL;
    g_autoptr(GBytes) block = only_blob(&answer, error);
    FgLettering view;
    if (block && !fg_lettering_view(block, &view, NULL))
        return fg_throw_null(error, FG_ERROR_WORKER, "a drawing is not what it should be");
    return g_steal_pointer(&block);
}

static GBytes *
ask_logo(FgDrawings *drawings, const char *path, int side, GError **error)
{
    g_autoptr(GError) unread = NULL;
    GBytes *file = fg_file_read(path, LARGEST_LOGO_FILE, &unread);
    if (!file)
        return fg_throw_null(error, FG_ERROR_LOGO, "logo %s: %s", path, unread->message);
    GByteArray *record = g_byte_array_new();
    fg_put_le32(record, (guint32)side);
    g_auto(FgPayload) question = fg_payload(record);
    g_ptr_array_add(question.blobs, file);
    g_auto(FgPayload) answer = {0};
    if (!fg_service_ask(&drawings->draughtsman, &question, NULL, 0, DRAWING_SECONDS, &answer, error))
        return NULL;
    g_autoptr(GBytes) drawn = only_blob(&answer, error);
    FgRaster view;
    return drawn && fg_raster_unpack(drawn, &view, error) ? g_steal_pointer(&drawn) : NULL;
}

static char *
name_of(const FgMarkSpec *spec, const char *text, double em, int side)
{
    if (!text)
        return g_strdup_printf("logo %d %s", side, spec->logo);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_dtostr(number, sizeof number, em);
    g_autofree char *fonts = spec->fonts ? g_strjoinv("\n", spec->fonts) : g_strdup("");
    return g_strdup_printf("text %s %d %s\n\n%s", number, spec->bold, fonts, text);
}

/* A drawing as it is kept, or made and kept. */
static GBytes *
get(FgDrawings *drawings, const FgMarkSpec *spec, const char *text, int width, int height, GError **error)
{
    double em = text ? fg_mark_lettering_em(spec, width, height) : 0;
    int side = text ? 0 : fg_mark_logo_side(spec, width, height);
    g_autofree char *name = name_of(spec, text, em, side);
    GBytes *kept = g_hash_table_lookup(drawings->kept, name);
    if (kept)
        return g_bytes_ref(kept);
    GBytes *made =
        text ? ask_lettering(drawings, spec, text, em, error) : ask_logo(drawings, spec->logo, side, error);
    if (!made)
        return NULL;
    if (g_hash_table_size(drawings->kept) >= MOST_KEPT)
        g_hash_table_remove_all(drawings->kept);
    g_hash_table_insert(drawings->kept, g_steal_pointer(&name), g_bytes_ref(made));
    return made;
}

/* A text that is too long to be read in one line stands in two, if it is larger so. */
GBytes *
fg_drawings_get(FgDrawings *drawings, const FgMarkSpec *spec, const char *text, int width, int height,
                GError **error)
{
    FgLettering one, two;
    g_autoptr(GBytes) drawn = get(drawings, spec, text, width, height, error);
    if (!drawn || !text || !fg_lettering_view(drawn, &one, NULL))
        return g_steal_pointer(&drawn);
    const double cap = fg_mark_cap(spec, &one, width, height);
    g_autofree char *broken = cap < FG_MARK_LEAST_CAP * 0.999 ? fg_mark_two_lines(text) : NULL;
    g_autoptr(GBytes) lines = broken ? get(drawings, spec, broken, width, height, NULL) : NULL;
    gboolean larger =
        lines && fg_lettering_view(lines, &two, NULL) && fg_mark_cap(spec, &two, width, height) > cap;
    return larger ? g_steal_pointer(&lines) : g_steal_pointer(&drawn);
}

/* ---- Before any work ---- */

#define TRIAL_WIDTH 1920
#define TRIAL_HEIGHT 1280

/* The text of a mark as far as it is the same for every photo; of one that begins with the photo's own words,
 * a letter that any font for them has. */
static char *
fixed_text(const FgProfile *profile, const char *text)
{
    const FgRights *rights = profile->rights;
    const FgFields fields = {.creator = rights->creators ? rights->creators[0] : NULL,
                             .owner = rights->owner      ? rights->owner
                                      : rights->creators ? rights->creators[0]
                                                         : NULL};
    char *fixed = fg_fields_expand(text, &fields);
    if (*fixed)
        return fixed;
    g_free(fixed);
    return g_strdup("a");
}

/* Before any work there is no photo to blame: what died of a font or a logo says that they can't be used. */
static int
code_of(const FgMarkSpec *spec, const GError *failure)
{
    if (failure->code == FG_ERROR_GLYPH)
        return FG_ERROR_FONT;
    if (failure->code != FG_ERROR_WORKER)
        return failure->code;
    if (fg_job_speaks_of_memory(failure->message))
        return FG_ERROR_MEMORY;
    return spec->text ? FG_ERROR_FONT : FG_ERROR_LOGO;
}

gboolean
fg_drawings_check(FgDrawings *drawings, GError **error)
{
    const FgProfile *profile = drawings->profile;
    for (guint i = 0; i < profile->marks->len; i++) {
        const FgMarkSpec *spec = profile->marks->pdata[i];
        g_autofree char *text = spec->text ? fixed_text(profile, spec->text) : NULL;
        GError *failure = NULL;
        g_autoptr(GBytes) drawn = fg_drawings_get(drawings, spec, text, TRIAL_WIDTH, TRIAL_HEIGHT, &failure);
        if (drawn)
            continue;
        failure->code = code_of(spec, failure);
        g_prefix_error(&failure, "mark %s: ", spec->name);
        g_propagate_error(error, failure);
        return FALSE;
    }
    return TRUE;
}

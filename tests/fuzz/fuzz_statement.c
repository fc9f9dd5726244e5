/* fuzz_statement.c: whatever texts rights and facts hold, a file dressed in them passes its audit or doesn't
 * fit. room: metadata */
#include "../metadata/naked.h"
#include "metadata/metadata.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next line of the input as text of any bytes but NUL, or NULL when there is none or it is empty. */
static char *
next(FgCursor *at)
{
    GString *line = g_string_new(NULL);
    guint8 byte;
    while (fg_cursor_u8(at, &byte) && byte != '\n')
        if (byte != 0)
            g_string_append_c(line, (char)byte);
    return g_string_free(line, line->len == 0);
}

static char **
next_two(FgCursor *at)
{
    g_autofree char *one = next(at);
    g_autofree char *two = next(at);
    return one ? g_strdupv((char *[]){one, two, NULL}) : NULL;
}

/* Fills each field of the rows in their order. */
static void
next_fields(FgCursor *at, const FgField *fields, gpointer base)
{
    for (; fields->key; fields++) {
        if (fields->kind == FG_KIND_TEXT) {
            fg_field_text(fields, base) = next(at);
        } else if (fields->kind == FG_KIND_LIST) {
            fg_field_list(fields, base) = next_two(at);
        } else if (fields->kind == FG_KIND_DATE) {
            g_autofree char *date = next(at);
            g_strlcpy(fg_field_at(fields, base), date ? date : "", 20);
        } else if (fields->kind == FG_KIND_LANGUAGES) {
            for (guint i = 0; i < 2; i++) {
                g_autofree char *lang = next(at), *text = next(at);
                g_ptr_array_add(fg_field_items(fields, base), fg_lang_text_new(lang, text));
            }
        } else if (fields->kind == FG_KIND_LICENSORS) {
            FgLicensor *licensor = g_new0(FgLicensor, 1);
            next_fields(at, fg_licensor_fields, licensor);
            g_ptr_array_add(fg_field_items(fields, base), licensor);
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    FgCursor at = fg_cursor(data, size, FG_BIG_ENDIAN);
    guint8 choice = 0;
    if (!fg_cursor_u8(&at, &choice))
        return 0;
    g_autoptr(FgRights) rights = fg_rights_new();
    g_autoptr(FgFacts) facts = fg_facts_new();
    next_fields(&at, fg_right_fields, rights);
    next_fields(&at, fg_fact_fields, facts);
    const FgStatement statement = {.rights = rights,
                                   .facts = facts,
                                   .width = NAKED_WIDTH,
                                   .height = NAKED_HEIGHT,
                                   .format = formats[choice % G_N_ELEMENTS(formats)],
                                   .srgb = TRUE};
    g_autoptr(GError) error = NULL;
    g_autoptr(FgOwnedDress) owned = fg_metadata_dress(&statement, &error);
    if (!owned) {
        g_assert(g_error_matches(error, FG_ERROR, FG_ERROR_OVERSIZE));
        return 0;
    }
    g_autoptr(GBytes) naked = naked_picture(statement.format);
    g_autoptr(GBytes) file = fg_container_dress(naked, statement.format, &owned->dress, &error);
    g_assert_no_error(error);
    /* Coordinates in a text, and a text of PNG that looks like a hidden block, are refused on purpose. */
    if (!fg_metadata_audit(file, &statement, &error) && statement.format != FG_FORMAT_PNG &&
        !g_str_has_prefix(error->message, "location."))
        g_assert_no_error(error);
    return 0;
}

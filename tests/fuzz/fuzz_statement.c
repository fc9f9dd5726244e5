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

static void
next_languages(FgCursor *at, GPtrArray *texts)
{
    g_autofree char *lang = next(at);
    g_autofree char *text = next(at);
    g_ptr_array_add(texts, fg_lang_text_new(lang, text));
}

static FgRights *
next_rights(FgCursor *at)
{
    FgRights *rights = fg_rights_new();
    rights->copyright = next(at);
    rights->creators = next_two(at);
    rights->owner = next(at);
    rights->credit = next(at);
    rights->source = next(at);
    rights->instructions = next(at);
    rights->job_title = next(at);
    next_languages(at, rights->terms);
    next_languages(at, rights->terms);
    next_languages(at, rights->other_constraints);
    g_autofree char *name = next(at);
    g_autofree char *url = next(at);
    const FgLicensor licensor = {.name = name, .url = url};
    g_ptr_array_add(rights->licensors, fg_licensor_dup(&licensor));
    rights->contact.address = next(at);
    rights->contact.email = next(at);
    rights->web_statement = next(at);
    rights->data_mining = g_strdup("prohibited-aimltraining");
    return rights;
}

static FgFacts *
next_facts(FgCursor *at)
{
    FgFacts *facts = fg_facts_new();
    g_autofree char *date = next(at);
    g_strlcpy(facts->date, date ? date : "", sizeof facts->date);
    facts->title = next(at);
    facts->caption = next(at);
    facts->keywords = next_two(at);
    facts->alt = next(at);
    facts->lens = next(at);
    facts->city = next(at);
    facts->country = next(at);
    return facts;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const FgFormat formats[] = {FG_FORMAT_JPEG, FG_FORMAT_PNG, FG_FORMAT_WEBP, FG_FORMAT_AVIF};
    FgCursor at = fg_cursor(data, size, FG_BIG_ENDIAN);
    guint8 choice = 0;
    if (!fg_cursor_u8(&at, &choice))
        return 0;
    g_autoptr(FgRights) rights = next_rights(&at);
    g_autoptr(FgFacts) facts = next_facts(&at);
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

/* rights_for_photo.c: the rights of a profile as one photo gets them. What the photo says of itself fills the
 * {fields} of the notice, for publish, tag and check alike. */
#include <string.h>

#include "profile/profile_private.h"

/* The make is left out where the model begins with it: "NIKON CORPORATION" "NIKON D850" is a NIKON D850. */
static char *
camera_of(const FgFacts *kept)
{
    if (!kept->make || !kept->model)
        return g_strdup(kept->model ? kept->model : kept->make);
    g_auto(GStrv) make = g_strsplit(kept->make, " ", 2);
    g_autofree char *brand = fg_text_fold(make[0], FALSE);
    g_autofree char *model = fg_text_fold(kept->model, FALSE);
    return g_str_has_prefix(model, brand) ? g_strdup(kept->model)
                                          : g_strconcat(kept->make, " ", kept->model, NULL);
}

/* The capture year, whatever is kept of the date; else the profile's. Never the clock. */
static const char *
year_of(char year[5], const FgFacts *facts, int fallback)
{
    g_strlcpy(year, facts ? facts->date : "", 5);
    gboolean whole = strlen(year) == 4 && strcmp(year, "0000") != 0;
    for (const char *at = year; *at; at++)
        whole = whole && g_ascii_isdigit(*at);
    if (whole)
        return year;
    if (fallback < 1000 || fallback > 9999)
        return NULL;
    g_snprintf(year, 5, "%d", fallback);
    return year;
}

char *
fg_photo_stem(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    return dot && dot > base ? g_strndup(base, (gsize)(dot - base)) : g_strdup(base);
}

void
fg_photo_fields_init(FgPhotoFields *own, const FgProfile *profile, const FgRights *rights,
                     const FgFacts *facts, const FgFacts *kept, const char *stem)
{
    *own = (FgPhotoFields){
        .creator = rights->creators ? g_strjoinv(", ", rights->creators) : NULL,
        .stem = fg_text_nfc(stem),
        .camera = camera_of(kept),
    };
    if (strlen(kept->date) >= strlen("2026-05-01"))
        g_strlcpy(own->date, kept->date, sizeof own->date);
    own->fields = (FgFields){
        .creator = own->creator,
        .owner = rights->owner,
        .title = kept->title,
        .caption = kept->caption,
        .stem = own->stem,
        .camera = own->camera,
        .year = year_of(own->year, facts, profile->rights->year),
        .date = *own->date ? own->date : NULL,
    };
}

void
fg_photo_fields_clear(FgPhotoFields *own)
{
    g_free(own->creator);
    g_free(own->stem);
    g_free(own->camera);
}

FgRights *
fg_rights_for(const FgProfile *profile, const FgFacts *facts, const char *stem, const char *year,
              GError **error)
{
    const FgRights *stated = profile->rights;
    g_autoptr(FgRights) rights = fg_rights_dup(stated);
    g_autoptr(FgFacts) kept = facts ? fg_facts_kept(facts, profile->keep) : fg_facts_new();
    fg_source_settle(rights, kept);
    if (!stated->copyright)
        return g_steal_pointer(&rights);
    g_auto(FgPhotoFields) own;
    fg_photo_fields_init(&own, profile, stated, facts, kept, stem);
    if (year)
        own.fields.year = year;
    g_free(rights->copyright);
    rights->copyright = g_strstrip(fg_fields_expand(stated->copyright, &own.fields));
    if (!*rights->copyright)
        return fg_throw_null(error, FG_ERROR_RIGHTS,
                             "nothing is left of the notice \"%s\": the photo has none of its fields",
                             stated->copyright);
    return g_steal_pointer(&rights);
}

/* The stem in the name of a file that output.name made: what is longer in it than in the name of a photo
 * whose stem is one byte, divided among the places where the pattern has it; any when it has none. NULL: this
 * recipe made no such name. */
static char *
stem_in(const char *base, const char *pattern, FgFields *fields)
{
    g_auto(GStrv) pieces = g_strsplit(pattern, "{stem}", -1);
    const gsize places = g_strv_length(pieces) - 1;
    fields->stem = "?"; /* an absent one would end the text */
    g_autofree char *head = fg_fields_expand(pieces[0], fields);
    g_autofree char *shortest = fg_fields_expand(pattern, fields);
    const gsize length = strlen(base), least = strlen(shortest);
    if (places == 0)
        return strcmp(shortest, base) == 0 ? g_strdup(FG_ANY_STEM) : NULL;
    if (length < least || (length - least) % places != 0)
        return NULL;
    g_autofree char *stem = g_strndup(base + strlen(head), (length - least) / places + 1);
    fields->stem = stem;
    g_autofree char *made = fg_fields_expand(pattern, fields);
    return strcmp(made, base) == 0 ? g_steal_pointer(&stem) : NULL;
}

char **
fg_profile_stems(const FgProfile *profile, const char *path, guint32 width, guint32 height, FgFormat format)
{
    g_autoptr(GStrvBuilder) stems = g_strv_builder_new();
    g_autofree char *base = g_path_get_basename(path);
    const gboolean named = *path && strcmp(path, "-") != 0;
    for (guint i = 0; named && i < profile->recipes->len; i++) {
        const FgRecipe *recipe = profile->recipes->pdata[i];
        FgFields fields = {
            .name = recipe->name,
            .ext = fg_format_extension(format),
            .width = (int)width,
            .height = (int)height,
        };
        g_autofree char *stem = stem_in(base, profile->output_name, &fields);
        if (stem)
            g_strv_builder_add(stems, stem);
    }
    g_autofree char *own = named ? fg_photo_stem(base) : NULL;
    g_strv_builder_add(stems, named ? own : FG_ANY_STEM);
    return g_strv_builder_end(stems);
}

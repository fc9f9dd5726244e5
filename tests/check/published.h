/* published.h: a profile as a photographer writes it, and files that state its rights. */
#ifndef FG_TESTS_PUBLISHED_H
#define FG_TESTS_PUBLISHED_H

#include "check/check_private.h"
#include "metadata/blocks.h"
#include "metadata/stating.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define PROFILE                                                                                              \
    "rights:\n"                                                                                              \
    "  creator: Christian Allegret\n"                                                                        \
    "  owner: Sarl Cartus\n"                                                                                 \
    "  copyright: \"© {year} {creator}. Tous droits réservés.\"\n"                                        \
    "  credit: Photo Allegret\n"                                                                             \
    "  terms: { fr: Interdit., en: Forbidden. }\n"                                                           \
    "  web_statement: https://www.example.com/legal\n"                                                       \
    "  licensor: { name: Sarl Cartus, url: \"https://www.example.com\" }\n"                                  \
    "  contact: { email: contact@example.com }\n"                                                            \
    "  data_mining: prohibited\n"                                                                            \
    "privacy: { keep: [title, caption, day, country] }\n"                                                    \
    "derivatives:\n"                                                                                         \
    "  - { name: large, long_edge: 2048, formats: [jpeg, webp, png, avif] }\n"                               \
    "  - { name: thumb, width: 480, height: 480, crop: centre, formats: [jpeg] }\n"

static inline FgProfile *
load_profile(const char *text)
{
    g_autofree char *folder = fg_scratch();
    g_autofree char *path = g_build_filename(folder, "mine.yaml", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(GError) error = NULL;
    FgProfile *profile = fg_profile_load(path, NULL, &error);
    if (!profile)
        fail_msg("%s", error->message);
    return profile;
}

/* Writes a file of `format` with these rights and facts into a new folder; the caller frees the path. */
static inline char *
spill_published(const FgRights *rights, const FgFacts *facts, FgFormat format)
{
    g_autoptr(GError) error = NULL;
    const FgStatement statement = statement_of(rights, facts, format);
    g_autoptr(FgOwnedDress) owned = fg_metadata_dress(&statement, &error);
    assert_null(error);
    g_autoptr(GBytes) naked = naked_picture(format);
    g_autoptr(GBytes) file = fg_container_dress(naked, format, &owned->dress, &error);
    assert_null(error);
    g_autofree char *folder = fg_scratch();
    g_autofree char *name = g_strconcat("photo.", fg_format_extension(format), NULL);
    char *path = g_build_filename(folder, name, NULL);
    fg_spill(path, file);
    return path;
}

/* The profile's rights with the notice of one year. */
static inline FgRights *
rights_of_2026(const FgProfile *profile)
{
    FgRights *rights = fg_rights_dup(fg_profile_rights(profile));
    g_free(rights->copyright);
    rights->copyright = g_strdup("© 2026 Christian Allegret. Tous droits réservés.");
    return rights;
}

static inline FgCheck *
check_with(const char *path, const FgProfile *profile, gboolean strict)
{
    const FgCheckOptions options = {.profile = profile, .strict = strict};
    return fg_check_file(path, &options);
}

static inline const FgFinding *
finding_in(const FgCheck *check, const char *id)
{
    for (guint i = 0; i < check->findings->len; i++) {
        const FgFinding *finding = g_ptr_array_index(check->findings, i);
        if (strcmp(finding->id, id) == 0)
            return finding;
    }
    return NULL;
}

#endif

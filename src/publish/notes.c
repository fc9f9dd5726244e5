/* notes.c: what a run assumes and what it lacks, each said in one line before the work. */
#include "publish/publish_private.h"

static gboolean
has_varied_mark(const FgProfile *profile)
{
    for (guint i = 0; i < profile->marks->len; i++)
        if (((const FgMarkSpec *)profile->marks->pdata[i])->vary)
            return TRUE;
    return FALSE;
}

void
fg_publish_tell_of_key(const FgPublishing *publish)
{
    if (publish->key.derived && has_varied_mark(publish->options->profile))
        fg_publish_note(
            publish, TRUE,
            "no key: the marks vary in a way that can be guessed from the rights; 'filigrane init' makes "
            "a key, or set FILIGRANE_KEY");
    if (publish->key.exposed) {
        g_autofree char *path = fg_key_path();
        fg_publish_note(publish, TRUE, "the key file can be read by others: chmod 600 %s", path);
    }
}

/* Photos of one's own camera are no danger; those that others sent may be. */
void
fg_publish_tell_of_walls(const FgPublishing *publish)
{
    const char *missing = fg_sandbox_missing();
    if (missing)
        fg_publish_note(publish, TRUE, "this kernel lacks a wall against hostile photos: %s", missing);
}

/* One line says what was assumed: first of all on the day when there is no profile yet. */
void
fg_publish_tell_of_profile(const FgPublishing *publish)
{
    const FgProfile *profile = publish->options->profile;
    char *const *creators = profile->rights->creators;
    if (!creators && fg_profile_is_assumed(profile))
        fg_publish_note(
            publish, FALSE,
            "no filigrane.yaml here: the profile '%s' is used, and photos keep their own creator and "
            "notice; 'filigrane init' writes a profile with your name",
            profile->name);
    else if (!creators && profile->beside)
        fg_publish_note(
            publish, FALSE,
            "./filigrane.yaml is not read beside -p %s, so photos keep their own creator and notice; "
            "for yours, write a profile with `extends: %s` and your rights",
            profile->name, profile->name);
    else if (!creators)
        fg_publish_note(publish, FALSE,
                        "the profile names no rights.creator: photos keep their own creator and notice");
    else if (fg_profile_is_assumed(profile))
        fg_publish_note(publish, FALSE,
                        "no filigrane.yaml here: the profile '%s' is used, for the creator %s", profile->name,
                        creators[0]);
}

/* Whoever writes a mark down and forgets the list that sets it on a picture would look for it in vain. */
void
fg_publish_tell_of_idle_marks(const FgPublishing *publish)
{
    const FgProfile *profile = publish->options->profile;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < profile->recipes->len; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               ((const FgRecipe *)profile->recipes->pdata[i])->name);
    for (char **mark = profile->idle_marks; mark && *mark; mark++)
        fg_publish_note(publish, TRUE,
                        "the mark “%s” stands on no picture: add it to the `marks` of a derivative (%s)",
                        *mark, names->str);
}

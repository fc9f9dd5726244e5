/* facts.c: what a photo says of itself, and how much of it may stay. */
#include "metadata/metadata_private.h"

FgFacts *
fg_facts_new(void)
{
    return g_new0(FgFacts, 1);
}

FgFacts *
fg_facts_dup(const FgFacts *facts)
{
    return fg_facts_kept(facts, G_MAXUINT);
}

void
fg_facts_free(FgFacts *facts)
{
    if (!facts)
        return;
    g_free(facts->title);
    g_free(facts->headline);
    g_free(facts->caption);
    g_free(facts->alt);
    g_free(facts->extended_alt);
    g_strfreev(facts->keywords);
    g_free(facts->make);
    g_free(facts->model);
    g_free(facts->lens);
    g_free(facts->country);
    g_free(facts->country_code);
    g_free(facts->state);
    g_free(facts->city);
    g_free(facts->digital_source);
    g_free(facts->ai_system);
    g_free(facts->ai_system_version);
    g_free(facts->ai_prompt);
    g_free(facts->ai_prompt_writer);
    g_free(facts);
}

/* The finest of the date groups decides; "2026-05-01" has ten characters. */
static gsize
date_length(guint keep)
{
    if (keep & FG_KEEP_DATE)
        return sizeof "2026-05-01T12:00:00" - 1;
    if (keep & FG_KEEP_DAY)
        return sizeof "2026-05-01" - 1;
    return keep & FG_KEEP_YEAR ? sizeof "2026" - 1 : 0;
}

static void
keep_texts(FgFacts *kept, const FgFacts *facts, guint keep)
{
    if (keep & FG_KEEP_TITLE) {
        kept->title = g_strdup(facts->title);
        kept->headline = g_strdup(facts->headline);
    }
    if (keep & FG_KEEP_CAPTION) {
        kept->caption = g_strdup(facts->caption);
        kept->alt = g_strdup(facts->alt);
        kept->extended_alt = g_strdup(facts->extended_alt);
    }
    if (keep & FG_KEEP_KEYWORDS)
        kept->keywords = g_strdupv(facts->keywords);
}

static void
keep_camera(FgFacts *kept, const FgFacts *facts, guint keep)
{
    if (keep & FG_KEEP_CAMERA) {
        kept->make = g_strdup(facts->make);
        kept->model = g_strdup(facts->model);
    }
    if (keep & FG_KEEP_LENS)
        kept->lens = g_strdup(facts->lens);
    if (keep & FG_KEEP_EXPOSURE) {
        kept->exposure_time = facts->exposure_time;
        kept->f_number = facts->f_number;
        kept->focal_length = facts->focal_length;
        kept->iso = facts->iso;
    }
}

static void
keep_place(FgFacts *kept, const FgFacts *facts, guint keep)
{
    if (keep & (FG_KEEP_COUNTRY | FG_KEEP_CITY)) {
        kept->country = g_strdup(facts->country);
        kept->country_code = g_strdup(facts->country_code);
    }
    if (keep & FG_KEEP_CITY) {
        kept->state = g_strdup(facts->state);
        kept->city = g_strdup(facts->city);
    }
}

FgFacts *
fg_facts_kept(const FgFacts *facts, guint keep)
{
    FgFacts *kept = fg_facts_new();
    keep_texts(kept, facts, keep);
    keep_camera(kept, facts, keep);
    keep_place(kept, facts, keep);
    g_strlcpy(kept->date, facts->date, date_length(keep) + 1);
    if (keep & FG_KEEP_PROMPT) {
        kept->ai_prompt = g_strdup(facts->ai_prompt);
        kept->ai_prompt_writer = g_strdup(facts->ai_prompt_writer);
    }
    /* That a picture was generated, and by what, is said for the sake of those who see it; no group takes it
     * away. */
    kept->digital_source = g_strdup(facts->digital_source);
    kept->ai_system = g_strdup(facts->ai_system);
    kept->ai_system_version = g_strdup(facts->ai_system_version);
    return kept;
}

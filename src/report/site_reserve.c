/* site_reserve.c: the reservation of text and data mining as machines look for it beside the pictures: TDMRep
 * and robots.txt (docs/spec/metadata.md §5). */
#include "report/report_private.h"

/* Those that gather pictures to train models. Search engines are not among them, or the pictures would lose
 * their place and their licence badge there. */
static const char *const training_agents[] = {
    "GPTBot",
    "ClaudeBot",
    "anthropic-ai",
    "Google-Extended",
    "Applebot-Extended",
    "CCBot",
    "meta-externalagent",
    "Bytespider",
    "Amazonbot",
    "PerplexityBot",
    "cohere-ai",
    "Diffbot",
    "ImagesiftBot",
    "img2dataset",
    "Omgilibot",
    "Timpibot",
};

/* Paths in robots.txt and tdmrep.json are patterns; the base has no '*' or '$' left that is not encoded. */
char *
fg_site_tdmrep(const FgPublished *published, const FgSiteBase *base)
{
    g_autoptr(FgJson) rules = fg_json_array();
    FgMining mining = fg_published_mining(published);
    if (mining != FG_MINING_UNSAID) {
        FgJson *rule = fg_json_object();
        g_autofree char *policy = fg_url_safe(fg_json_get_string(published->rights, "tdm_policy"));
        fg_json_set(rule, "location", fg_json_string(base->path));
        fg_json_set(rule, "tdm-reservation", fg_json_integer(mining == FG_MINING_RESERVED));
        if (mining == FG_MINING_RESERVED && policy)
            fg_json_set(rule, "tdm-policy", fg_json_string(policy));
        fg_json_add(rules, rule);
    }
    return fg_json_print_pretty(rules);
}

char *
fg_site_robots(const FgPublished *published, const FgSiteBase *base)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, FG_ROBOTS_OPENING "lines for %s/robots.txt, beside those that are there\n",
                           base->origin);
    if (fg_published_mining(published) != FG_MINING_RESERVED) {
        g_string_append(
            text,
            "# The rights of these pictures reserve no text and data mining: there is nothing to add.\n");
        return g_string_free(text, FALSE);
    }
    for (guint i = 0; i < G_N_ELEMENTS(training_agents); i++)
        g_string_append_printf(text, "User-agent: %s\n", training_agents[i]);
    g_string_append_printf(text, "Disallow: %s\n", base->path);
    return g_string_free(text, FALSE);
}

/* prompt.c: the prompts of image generators, which stand in comments and captions of every carrier. None of
 * their forms has a standard: they are told by the names of their settings, of which a text that somebody
 * wrote has not several. */
#include "metadata/reading.h"

#include <string.h>

#define MOST_LOOKED_AT 65536 /* bytes of a text */

/* How many of the words stand in the text, each once; the list ends in NULL. */
static guint
count_words(const char *text, const char *const *words)
{
    guint count = 0;
    for (; *words; words++)
        count += strstr(text, *words) != NULL;
    return count;
}

/* "a castle\nNegative prompt: blur\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Model: x". */
static gboolean
is_settings(const char *text)
{
    static const char *const names[] = {
        "Steps: ", "Sampler: ", "CFG scale: ", "Seed: ", "Size: ", "Model hash: ", "Guidance: ", NULL};
    return count_words(text, names) >= 3 ||
           (strstr(text, "Negative prompt: ") && count_words(text, names) >= 1);
}

/* A graph of ComfyUI, or the settings of a program by name. */
static gboolean
is_json(const char *text)
{
    static const char *const prompts[] = {"\"prompt\"",
                                          "\"negative_prompt\"",
                                          "\"negativePrompt\"",
                                          "\"positivePrompt\"",
                                          "\"positive_prompt\"",
                                          "\"uc\"",
                                          NULL};
    static const char *const names[] = {"\"seed\"",
                                        "\"steps\"",
                                        "\"sampler\"",
                                        "\"sampler_name\"",
                                        "\"cfg_scale\"",
                                        "\"cfgScale\"",
                                        "\"cfgscale\"",
                                        "\"guidance_scale\"",
                                        "\"num_inference_steps\"",
                                        "\"base_model\"",
                                        "\"model\"",
                                        "\"scale\"",
                                        NULL};
    if (!strchr(text, '{'))
        return FALSE;
    return (strstr(text, "\"class_type\"") && strstr(text, "\"inputs\"")) ||
           (strstr(text, "\"nodes\"") && strstr(text, "\"last_node_id\"")) ||
           strstr(text, "\"sui_image_params\"") || strstr(text, "\"invokeai_metadata\"") ||
           (count_words(text, prompts) >= 1 && count_words(text, names) >= 1);
}

/* "a castle --ar 3:2 --v 6 Job ID: 0b1c2d3e-…", or the words of a command line: "a castle" -s 50 -S 42 -W
 * 512. */
static gboolean
is_command(const char *text)
{
    static const char *const words[] = {" --ar ",    " --v ",    " --stylize ", " --niji", " --chaos ",
                                        " --style ", " --seed ", " --no ",      NULL};
    static const char *const switches[] = {" -s", " -S", " -W", " -H", " -C", " -A", NULL};
    const char *job = strstr(text, "Job ID: ");
    if (job && strspn(job + 8, "0123456789abcdefABCDEF-") == 36)
        return TRUE;
    return count_words(text, words) >= 2 || (text[0] == '"' && count_words(text, switches) >= 4);
}

gboolean
fg_text_is_prompt(const char *text)
{
    const gsize length = strnlen(text, MOST_LOOKED_AT);
    if (length < 16 || (!memchr(text, ':', length) && !memchr(text, '-', length)))
        return FALSE;
    g_autofree char *head = g_strndup(text, length);
    return is_settings(head) || is_json(head) || is_command(head);
}

void
fg_reading_note_prompt(FgReading *reading, const char *where, const char *text)
{
    fg_reading_personal(reading, "personal.prompt", where, text);
    reading->generator_trace = TRUE;
}

gboolean
fg_reading_prompt(FgReading *reading, const char *where, const char *text)
{
    if (!fg_text_is_prompt(text))
        return FALSE;
    fg_reading_note_prompt(reading, where, text);
    return TRUE;
}

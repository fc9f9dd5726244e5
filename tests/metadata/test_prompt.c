/* What image generators write down of what they were asked for, and what nobody should take for it. */
#include "metadata/reading.h"
#include "support/fixtures.h"

static void
settings_graphs_and_jobs_are_prompts(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a castle\nNegative prompt: blur\nSteps: 20, Sampler: Euler a",
        "a castle\nSteps: 20, Sampler: Euler a, CFG scale: 7",
        "{\"3\": {\"class_type\": \"KSampler\", \"inputs\": {}}}",
        "prompt:{\"3\": {\"inputs\": {}, \"class_type\": \"KSampler\"}}",
        "{\"last_node_id\": 9, \"nodes\": []}",
        "{\"sui_image_params\": {}}",
        "{\"prompt\": \"a castle\", \"seed\": 42}",
        "{\"uc\": \"blur\", \"steps\": 28}",
        "a castle --ar 3:2 --v 6.1 Job ID: 0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0",
        "\"a castle\" -s 50 -S 42 -W 512 -H 512 -C 7.5",
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (!fg_text_is_prompt(texts[i]))
            fail_msg("no prompt: %s", texts[i]);
}

static void
what_people_write_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "Steps: 20",
        "Steps: 20 up to the castle; Size: small",
        "Seed: sunflower",
        "a castle - at dawn: after the rain",
        "{\"camera\": \"x\", \"model\": \"y\"}",
        "{\"prompt\": \"the photo of the day\"}",
        "prompt delivery, seed money, steps to take: all of it",
        "Job ID: 4711, client: somebody",
    };
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (fg_text_is_prompt(texts[i]))
            fail_msg("a prompt: %s", texts[i]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_graphs_and_jobs_are_prompts),
        cmocka_unit_test(what_people_write_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

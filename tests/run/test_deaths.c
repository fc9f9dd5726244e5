/* What becomes of a photo whose worker dies, and of its neighbours, in each way that a hostile file may find.
 * wraps: fg_photo_make g_get_monotonic_time */
#include "run/heard.h"

#include <poll.h>
#include <signal.h>

typedef gboolean Make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
                      FgPayload *product, const char **stage, GError **error);
Make __real_fg_photo_make, __wrap_fg_photo_make;
gint64 __real_g_get_monotonic_time(void);
__attribute__((visibility("default"))) gint64
__wrap_g_get_monotonic_time(void); /* The linker wants to see it from libraries, too. */

static void
die_of(int number)
{
    signal(number, SIG_DFL); /* A sanitizer would catch some, and exit. */
    raise(number);
}

static void
eat(void)
{
    for (;;)
        memset(g_malloc(16 << 20), 1, 16 << 20);
}

gboolean
__wrap_fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
                     FgPayload *product, const char **stage, GError **error)
{
    const char *source = planned->photo->source;
    if (g_str_equal(source, "segv.jpg"))
        die_of(SIGSEGV);
    if (g_str_equal(source, "abrt.jpg"))
        die_of(SIGABRT);
    if (g_str_equal(source, "exit.jpg"))
        _exit(7);
    if (g_str_equal(source, "eat.jpg"))
        eat();
    while (g_str_equal(source, "spin.jpg"))
        ;
    while (g_str_equal(source, "hang.jpg"))
        poll(NULL, 0, -1);
    return __real_fg_photo_make(plan, planned, photo, job, product, stage, error);
}

/* Each look at the clock is a minute after the one before while it hurries, and no later while it stands. */
static struct {
    gboolean hurries, stands;
    gint64 ahead, last;
} clock_told;

gint64
__wrap_g_get_monotonic_time(void)
{
    clock_told.ahead += clock_told.hurries ? 60 * G_USEC_PER_SEC : 0;
    if (!clock_told.stands)
        clock_told.last = __real_g_get_monotonic_time() + clock_told.ahead;
    return clock_told.last;
}

static void
turn_the_clock(const FgPlanned *planned, FgOutcome *outcome, gpointer data)
{
    hear(planned, outcome, data);
    clock_told.hurries = !outcome && g_str_equal(planned->photo->source, "hang.jpg");
    /* However busy the machine is, it is CPU that ends a loop. */
    clock_told.stands = !outcome && g_str_equal(planned->photo->source, "spin.jpg");
}

/* Three photos, the one in the middle of this name; it must fail with this message, and the others be made.
 */
static void
only_the_middle_one_fails(const char *name, const char *message)
{
    g_autofree char *folder = fg_scratch(), *out = fg_scratch(), *sub = g_build_filename(out, "sub", NULL);
    const char *const names[] = {"a.jpg", name, "z.jpg"};
    GPtrArray *photos = tiny_photos();
    for (guint i = 0; i < 3; i++)
        g_ptr_array_add(photos, tiny_photo(folder, names[i], tiny_picture(640, 480, i)));
    g_autoptr(Tiny) tiny = tiny_new(photos, NULL);
    tiny->profile.limits.seconds = 1;
    tiny->profile.limits.memory = 256 << 20;
    FgRunOptions options = options_for(out);
    options.jobs = 1;
    g_auto(Heard) heard = heard_new();
    assert_true(fg_run(&tiny->plan, tiny->wanted, &options, turn_the_clock, &heard, NULL));
    g_autofree char *expected = g_strdup_printf("a.jpg done\n%s failed worker\nz.jpg done", name);
    heard_all(&heard, expected);
    assert_string_equal(heard.messages->pdata[0], message);
    assert_int_equal(count_entries(sub), 2 * 4);
}

static void
a_crash_is_named_by_its_signal(void **state)
{
    (void)state;
    only_the_middle_one_fails("segv.jpg", "process killed by SIGSEGV");
    only_the_middle_one_fails("abrt.jpg", "process killed by SIGABRT");
}

static void
an_end_without_a_word_is_named_by_its_status(void **state)
{
    (void)state;
    only_the_middle_one_fails("exit.jpg", "process ended with status 7");
}

static void
a_loop_ends_at_the_limit_of_cpu(void **state)
{
    (void)state;
    only_the_middle_one_fails("spin.jpg", "took longer than 1 s of CPU");
}

static void
a_hang_ends_at_the_limit_of_the_clock(void **state)
{
    (void)state;
    only_the_middle_one_fails("hang.jpg", "took longer than 10 s");
}

#ifndef FG_SANITIZED /* A sanitizer takes terabytes of addresses. */
static void
greed_ends_at_the_limit_of_memory(void **state)
{
    (void)state;
    only_the_middle_one_fails("eat.jpg", "ran out of memory (limit 256 MB)");
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crash_is_named_by_its_signal),
        cmocka_unit_test(an_end_without_a_word_is_named_by_its_status),
        cmocka_unit_test(a_loop_ends_at_the_limit_of_cpu),
        cmocka_unit_test(a_hang_ends_at_the_limit_of_the_clock),
#ifndef FG_SANITIZED
        cmocka_unit_test(greed_ends_at_the_limit_of_memory),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "run/tiny.h"

#include <sys/mman.h>

static const char sha256_of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/* What a worker says of its files, without any mark. */
static GByteArray *
record_of(const char *sha256, const char *colour, const char *placeholder)
{
    GByteArray *record = g_byte_array_new();
    fg_ipc_put_text(record, sha256);
    fg_ipc_put_text(record, colour);
    fg_ipc_put_text(record, placeholder);
    return record;
}

static void
put_measure(GByteArray *record, guint32 derivative, guint32 mark)
{
    fg_put_le32(record, derivative);
    fg_put_le32(record, mark);
    fg_put_le32(record, 0);
    fg_ipc_put_double(record, 18);
    fg_ipc_put_double(record, 17);
}

/* A fake worker's answer to the first photo of a plan: right in everything, for each test to spoil. */
static FgPayload
right_answer(const FgPlanned *planned)
{
    FgPayload payload = fg_payload(record_of(sha256_of_abc, "#102030", "data:image/webp;base64,UklGRg=="));
    for (guint i = 0; i < planned->derivatives->len; i++) {
        const FgDerivative *derivative = planned->derivatives->pdata[i];
        g_autoptr(FgRaster) raster = fg_raster_new(derivative->size.width, derivative->size.height, 3);
        memset(raster->data, 128, raster->stride * (gsize)raster->height);
        for (guint j = 0; j < derivative->outputs->len; j++) {
            const FgOutput *output = derivative->outputs->pdata[j];
            const FgEncoding encoding = {.format = output->format, .quality = 80, .effort = -1};
            const FgStatement statement = {.rights = planned->rights,
                                           .facts = planned->kept,
                                           .width = (guint32)raster->width,
                                           .height = (guint32)raster->height,
                                           .format = output->format,
                                           .srgb = TRUE};
            g_autoptr(GBytes) naked = fg_encode(raster, &encoding, NULL);
            g_autoptr(FgOwnedDress) dress = fg_metadata_dress(&statement, NULL);
            g_ptr_array_add(payload.blobs, fg_container_dress(naked, output->format, &dress->dress, NULL));
        }
    }
    return payload;
}

typedef struct {
    Tiny *tiny;
    char *folder, *out;
    FgPayload answer;
} Scene;

static int
set_scene(void **state)
{
    Scene *scene = g_new0(Scene, 1);
    scene->folder = fg_scratch();
    scene->out = fg_scratch();
    GPtrArray *photos = tiny_photos();
    g_ptr_array_add(photos, tiny_photo(scene->folder, "a.jpg", tiny_picture(640, 480, 1)));
    scene->tiny = tiny_new(photos, NULL);
    scene->answer = right_answer(scene->tiny->plan.photos->pdata[0]);
    *state = scene;
    return 0;
}

static int
clear_scene(void **state)
{
    Scene *scene = *state;
    tiny_free(scene->tiny);
    fg_payload_clear(&scene->answer);
    g_free(scene->folder);
    g_free(scene->out);
    g_free(scene);
    return 0;
}

static const char *
collect_with(const Scene *scene, const FgRunOptions *options, FgMessageKind kind, const FgPayload *payload,
             FgOutcome *outcome, GError **error)
{
    g_auto(FgMessage) received = {.head = {.kind = kind}, .n_fds = 1};
    received.fds[0] = fg_payload_seal(payload, NULL);
    assert_true(received.fds[0] >= 0);
    const char *stage;
    return fg_collect(scene->tiny->plan.photos->pdata[0], options, 1 << 24, &received, outcome, &stage, error)
               ? NULL
               : stage;
}

/* Hands a payload over as a worker does. Returns the stage of the failure, or NULL. */
static const char *
collect(const Scene *scene, FgMessageKind kind, const FgPayload *payload, FgOutcome *outcome, GError **error)
{
    const FgRunOptions options = {.out = scene->out};
    return collect_with(scene, &options, kind, payload, outcome, error);
}

static guint
written(const Scene *scene)
{
    g_autofree char *sub = g_build_filename(scene->out, "sub", NULL);
    g_autoptr(GDir) folder = g_dir_open(sub, 0, NULL);
    guint count = 0;
    while (folder && g_dir_read_name(folder))
        count++;
    return count;
}

static void
refused(const Scene *scene, const FgPayload *payload, const char *stage, FgErrorCode code)
{
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    assert_string_equal(collect(scene, FG_MSG_RESPONSE, payload, outcome, &error), stage);
    assert_true(g_error_matches(error, FG_ERROR, (gint)code));
    assert_int_equal(written(scene), 0);
}

static void
a_right_answer_is_put_in_place(void **state)
{
    const Scene *scene = *state;
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    assert_null(collect(scene, FG_MSG_RESPONSE, &scene->answer, outcome, &error));
    assert_int_equal(written(scene), 4);
    assert_string_equal(outcome->colour, "#102030");
    const FgProduct *product = outcome->products->pdata[3];
    assert_string_equal(product->name, "small");
    assert_string_equal(product->path, "sub/a.jpg-small.webp");
    assert_int_equal(product->width, 200);
    assert_int_equal(product->bytes, g_bytes_get_size(scene->answer.blobs->pdata[3]));
}

/* What the run is told of the files before they get their names. */
typedef struct {
    const Scene *scene;
    gboolean allows;
    guint announced, asked;
} Places;

static gboolean
hear_announced(const GPtrArray *products, gpointer data, GError **error)
{
    Places *places = data;
    (void)error;
    places->announced += products->len;
    assert_int_equal(written(places->scene), places->asked > 0 ? 1 : 0);
    return TRUE;
}

static gboolean
may_replace(const char *path, const struct stat *there, gpointer data)
{
    Places *places = data;
    assert_string_equal(path, "sub/a.jpg-small.webp");
    assert_int_equal(there->st_size, strlen("a stranger's"));
    places->asked++;
    return places->allows;
}

static void
files_are_announced_before_the_first_has_its_name(void **state)
{
    const Scene *scene = *state;
    Places places = {.scene = scene};
    const FgRunOptions options = {
        .out = scene->out, .announce = hear_announced, .may_replace = may_replace, .data = &places};
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    assert_null(collect_with(scene, &options, FG_MSG_RESPONSE, &scene->answer, outcome, &error));
    assert_int_equal(places.announced, 4);
    assert_int_equal(written(scene), 4);
}

static void
what_came_to_stand_at_a_name_is_replaced_only_when_it_may_be(void **state)
{
    const Scene *scene = *state;
    g_autofree char *sub = g_build_filename(scene->out, "sub", NULL);
    g_autofree char *path = g_build_filename(sub, "a.jpg-small.webp", NULL);
    assert_int_equal(mkdir(sub, 0755), 0);
    g_autoptr(GBytes) strange = g_bytes_new_static("a stranger's", strlen("a stranger's"));
    fg_spill(path, strange);
    Places places = {.scene = scene};
    const FgRunOptions options = {
        .out = scene->out, .announce = hear_announced, .may_replace = may_replace, .data = &places};
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg"), again = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    assert_string_equal(collect_with(scene, &options, FG_MSG_RESPONSE, &scene->answer, outcome, &error),
                        "write");
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_CLASH));
    assert_true(g_str_has_prefix(error->message, "sub/a.jpg-small.webp: "));
    g_autoptr(GBytes) kept = fg_slurp(path);
    assert_true(g_bytes_equal(kept, strange));
    assert_int_equal(written(scene), 1);
    assert_int_equal(places.announced, 0);
    places.allows = TRUE;
    assert_null(collect_with(scene, &options, FG_MSG_RESPONSE, &scene->answer, again, NULL));
    g_autoptr(GBytes) ours = fg_slurp(path);
    assert_true(g_bytes_equal(ours, scene->answer.blobs->pdata[3]));
}

static void
too_few_or_too_many_files_are_refused(void **state)
{
    Scene *scene = *state;
    g_ptr_array_add(scene->answer.blobs, g_bytes_new("one more", 8));
    refused(scene, &scene->answer, "audit", FG_ERROR_WORKER);
    g_ptr_array_set_size(scene->answer.blobs, 3);
    refused(scene, &scene->answer, "audit", FG_ERROR_WORKER);
    g_ptr_array_set_size(scene->answer.blobs, 0);
    refused(scene, &scene->answer, "audit", FG_ERROR_WORKER);
}

static void
one_wrong_file_and_none_is_written(void **state)
{
    Scene *scene = *state;
    g_bytes_unref(scene->answer.blobs->pdata[3]);
    scene->answer.blobs->pdata[3] = g_bytes_ref(scene->answer.blobs->pdata[1]); /* of another size */
    refused(scene, &scene->answer, "audit", FG_ERROR_AUDIT);
}

static void
a_file_that_hides_something_behind_its_end_is_refused(void **state)
{
    Scene *scene = *state;
    GBytes *file = scene->answer.blobs->pdata[0];
    g_autoptr(GByteArray) longer = g_byte_array_new();
    g_byte_array_append(longer, g_bytes_get_data(file, NULL), (guint)g_bytes_get_size(file));
    g_byte_array_append(longer, (const guint8 *)"45.28N 5.86E", 12);
    g_bytes_unref(file);
    scene->answer.blobs->pdata[0] = g_byte_array_free_to_bytes(g_steal_pointer(&longer));
    refused(scene, &scene->answer, "audit", FG_ERROR_AUDIT);
}

static void
lies_in_the_record_are_refused(void **state)
{
    Scene *scene = *state;
    static const char *const lies[][3] = {
        {"short", "#102030", "data:image/webp;base64,UklGRg=="},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015aD", "#102030",
         "data:image/webp;base64,UA=="},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "red",
         "data:image/webp;base64,UA=="},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "",
         "data:image/webp;base64,UA=="},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "#102030",
         "data:image/webp;base64,\"><script>"},
        {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "#102030",
         "https://example.org/spy.gif"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
        g_auto(FgPayload) lie = fg_payload(record_of(lies[i][0], lies[i][1], lies[i][2]));
        for (guint k = 0; k < scene->answer.blobs->len; k++)
            g_ptr_array_add(lie.blobs, g_bytes_ref(scene->answer.blobs->pdata[k]));
        refused(scene, &lie, "worker", FG_ERROR_WORKER);
    }
}

static void
a_measure_of_no_mark_is_refused(void **state)
{
    const Scene *scene = *state;
    static const guint32 places[][2] = {{0, 0}, {7, 0}, {G_MAXUINT32, G_MAXUINT32}};
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        GByteArray *record = record_of(sha256_of_abc, "#102030", "data:image/webp;base64,UA==");
        put_measure(record, places[i][0], places[i][1]);
        g_auto(FgPayload) lie = fg_payload(record);
        refused(scene, &lie, "worker", FG_ERROR_WORKER);
    }
}

/* The plan asks for the mark `spec` on each size; the worker says that it drew it `times` times on the first.
 */
static FgPayload
answer_with_marks(const Scene *scene, const FgMarkSpec *spec, guint times)
{
    const FgPlanned *planned = scene->tiny->plan.photos->pdata[0];
    for (guint i = 0; i < planned->derivatives->len; i++) {
        FgPlannedMark *mark = g_new0(FgPlannedMark, 1);
        mark->spec = spec;
        g_ptr_array_add(((FgDerivative *)planned->derivatives->pdata[i])->marks, mark);
    }
    GByteArray *record = record_of(sha256_of_abc, "#102030", "data:image/webp;base64,UA==");
    for (guint i = 0; i < times; i++)
        put_measure(record, 0, 0);
    FgPayload answer = fg_payload(record);
    for (guint i = 0; i < scene->answer.blobs->len; i++)
        g_ptr_array_add(answer.blobs, g_bytes_ref(scene->answer.blobs->pdata[i]));
    return answer;
}

static void
a_mark_that_was_not_drawn_is_not_listed_but_told(void **state)
{
    const Scene *scene = *state;
    const FgMarkSpec spec = {.name = (char *)(guintptr) "signature"};
    g_auto(FgPayload) answer = answer_with_marks(scene, &spec, 1);
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    assert_null(collect(scene, FG_MSG_RESPONSE, &answer, outcome, NULL));
    assert_int_equal(outcome->measures->len, 1);
    for (guint i = 0; i < outcome->products->len; i++) {
        const FgProduct *product = outcome->products->pdata[i];
        assert_int_equal(g_strv_length(product->marks), g_str_equal(product->name, "large") ? 1 : 0);
    }
    assert_int_equal(outcome->warnings->len, 1);
    assert_string_equal(outcome->warnings->pdata[0],
                        "no mark signature on “small”: there is no room for it at 200 × 150");
}

static void
one_mark_cannot_be_drawn_twice(void **state)
{
    const Scene *scene = *state;
    const FgMarkSpec spec = {.name = (char *)(guintptr) "signature"};
    g_auto(FgPayload) answer = answer_with_marks(scene, &spec, 2);
    refused(scene, &answer, "worker", FG_ERROR_WORKER);
}

static void
a_worker_cannot_claim_that_the_disk_is_full(void **state)
{
    const Scene *scene = *state;
    const GError full = {
        .domain = FG_ERROR, .code = FG_ERROR_SPACE, .message = (char *)(guintptr) "disk is full"};
    GByteArray *record = g_byte_array_new();
    fg_ipc_put_text(record, "no such stage");
    fg_put_error(record, &full);
    g_auto(FgPayload) claim = fg_payload(record);
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    assert_string_equal(collect(scene, FG_MSG_ERROR, &claim, outcome, &error), "worker");
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
}

static void
a_payload_that_can_still_change_is_refused(void **state)
{
    const Scene *scene = *state;
    g_autoptr(FgOutcome) outcome = fg_outcome_new("a.jpg");
    g_autoptr(GError) error = NULL;
    g_auto(FgMessage) received = {.head = {.kind = FG_MSG_RESPONSE}, .n_fds = 1};
    received.fds[0] = memfd_create("open", MFD_CLOEXEC);
    const char *stage;
    const FgRunOptions options = {.out = scene->out};
    assert_false(fg_collect(scene->tiny->plan.photos->pdata[0], &options, 1 << 24, &received, outcome, &stage,
                            &error));
    assert_true(g_error_matches(error, FG_ERROR, FG_ERROR_WORKER));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_right_answer_is_put_in_place, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(files_are_announced_before_the_first_has_its_name, set_scene,
                                        clear_scene),
        cmocka_unit_test_setup_teardown(what_came_to_stand_at_a_name_is_replaced_only_when_it_may_be,
                                        set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(too_few_or_too_many_files_are_refused, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(one_wrong_file_and_none_is_written, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(a_file_that_hides_something_behind_its_end_is_refused, set_scene,
                                        clear_scene),
        cmocka_unit_test_setup_teardown(lies_in_the_record_are_refused, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(a_measure_of_no_mark_is_refused, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(a_mark_that_was_not_drawn_is_not_listed_but_told, set_scene,
                                        clear_scene),
        cmocka_unit_test_setup_teardown(one_mark_cannot_be_drawn_twice, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(a_worker_cannot_claim_that_the_disk_is_full, set_scene, clear_scene),
        cmocka_unit_test_setup_teardown(a_payload_that_can_still_change_is_refused, set_scene, clear_scene),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* plan.c: photos and a profile in, the files to be made out. */
#include "plan/plan.h"

#include <string.h>

#include "plan/plan_private.h"

#define NAME_LENGTH_MAX 255 /* of every file system in use */

/* ---- Marks. ---- */

static void
planned_mark_free(gpointer data)
{
    FgPlannedMark *mark = data;
    g_free(mark->text);
    g_free(mark);
}

static void
warn_once(FgPlanned *planned, const char *warning)
{
    if (!g_ptr_array_find_with_equal_func(planned->warnings, warning, g_str_equal, NULL))
        g_ptr_array_add(planned->warnings, g_strdup(warning));
}

/* What becomes of a mark on one size. */
typedef enum {
    MARK_STANDS,
    MARK_OF_OTHER_SIZE, /* the size rules have it on others */
    MARK_EMPTY,         /* the photo has none of its fields */
    MARK_WITHHELD,      /* it would claim what is given to all */
    N_MARK_FATES
} MarkFate;

static MarkFate
add_mark(FgPlanned *planned, FgDerivative *derivative, const FgMarkSpec *spec, const FgFields *fields)
{
    FgMarkSpec fitted;
    if (!fg_mark_fit(spec, derivative->size.width, derivative->size.height, &fitted))
        return MARK_OF_OTHER_SIZE;
    g_autofree char *text = spec->text ? fg_fields_expand(spec->text, fields) : NULL;
    if (planned->open && spec->text && (fg_text_claims(spec->text) || fg_text_claims(text)))
        return MARK_WITHHELD;
    if (text && !*g_strstrip(text))
        return MARK_EMPTY;
    FgPlannedMark *mark = g_new0(FgPlannedMark, 1);
    mark->spec = spec;
    mark->fitted = fitted;
    mark->text = g_steal_pointer(&text);
    g_ptr_array_add(derivative->marks, mark);
    return MARK_STANDS;
}

static gboolean
throw_unmarked(const FgDerivative *derivative, guint empty, GError **error)
{
    const char *name = derivative->recipe->name;
    if (empty > 0)
        return fg_throw(
            error, FG_ERROR_UNMARKED,
            "“%s” would go out without a mark, since the photo has none of the fields of its marks; "
            "`marks: []` there publishes it so",
            name);
    return fg_throw(error, FG_ERROR_UNMARKED,
                    "“%s” would go out without a mark, since none of its marks is for a picture of %d × %d; "
                    "`marks: []` there publishes it so",
                    name, derivative->size.width, derivative->size.height);
}

/* The marks that a recipe asks for: all but tiles, then tiles. A picture that is large enough for marks and
 * is to have some gets one at least, unless all that were asked for would claim what is given to all. */
static gboolean
add_marks(FgPlanned *planned, FgDerivative *derivative, const FgProfile *profile, const FgFields *fields,
          GError **error)
{
    char **names = derivative->recipe->marks;
    guint count = names ? g_strv_length(names) : profile->marks->len, fates[N_MARK_FATES] = {0};
    for (int tiled = 0; tiled <= 1; tiled++)
        for (guint i = 0; i < count; i++) {
            const FgMarkSpec *spec = names ? fg_profile_mark(profile, names[i]) : profile->marks->pdata[i];
            if (fg_place_traits(spec->place)->tiles != tiled)
                continue;
            MarkFate fate = add_mark(planned, derivative, spec, fields);
            fates[fate]++;
            if (fate != MARK_EMPTY)
                continue;
            g_autofree char *warning =
                g_strdup_printf("no mark %s: the photo has none of its fields", spec->name);
            warn_once(planned, warning);
        }
    if (fates[MARK_WITHHELD] > 0)
        warn_once(planned,
                  "it is given to all, as public domain or under Creative Commons, so no mark with © is "
                  "drawn on it");
    const FgSize *size = &derivative->size;
    if (count == 0 || fates[MARK_STANDS] > 0 || fates[MARK_WITHHELD] > 0 ||
        MAX(size->width, size->height) < FG_MARK_LEAST_LONG_EDGE)
        return TRUE;
    return throw_unmarked(derivative, fates[MARK_EMPTY], error);
}

/* ---- Derivatives. ---- */

static void
output_free(gpointer data)
{
    FgOutput *output = data;
    g_free(output->path);
    g_free(output);
}

static void
derivative_free(gpointer data)
{
    FgDerivative *derivative = data;
    g_ptr_array_unref(derivative->marks);
    g_ptr_array_unref(derivative->outputs);
    g_free(derivative);
}

static gboolean
add_outputs(FgDerivative *derivative, const FgPhoto *photo, const FgProfile *profile, GError **error)
{
    g_autofree char *stem = fg_photo_stem(photo->source);
    const FgRecipe *recipe = derivative->recipe;
    for (guint i = 0; i < recipe->formats->len; i++) {
        FgFormat format = g_array_index(recipe->formats, FgFormat, i);
        g_autofree char *name =
            fg_plan_output_name(profile->output_name, stem, recipe->name, &derivative->size, format);
        if (strlen(name) > NAME_LENGTH_MAX)
            return fg_throw(error, FG_ERROR_OUTPUT,
                            "the name of its file would be %zu bytes long; %d is the limit", strlen(name),
                            NAME_LENGTH_MAX);
        FgOutput *output = g_new0(FgOutput, 1);
        output->format = format;
        output->twin = fg_profile_encoding(profile, format).quality == FG_QUALITY_TWIN;
        output->path = fg_plan_output_path(photo->source, name);
        g_ptr_array_add(derivative->outputs, output);
    }
    return TRUE;
}

static gint
compare_areas(gconstpointer a, gconstpointer b)
{
    const FgSize *left = &(*(FgDerivative *const *)a)->size, *right = &(*(FgDerivative *const *)b)->size;
    gint64 difference = (gint64)right->width * right->height - (gint64)left->width * left->height;
    return (difference > 0) - (difference < 0);
}

static gboolean
makes(const FgDerivative *derivative, const char *path)
{
    for (guint i = 0; i < derivative->outputs->len; i++)
        if (g_str_equal(((const FgOutput *)derivative->outputs->pdata[i])->path, path))
            return TRUE;
    return FALSE;
}

/* Of a long strip several sizes can come to one width, and so to one name: the largest is made. */
static void
join_narrow(GPtrArray *derivatives)
{
    for (guint i = 1; i < derivatives->len; i++) {
        FgDerivative *smaller = derivatives->pdata[i];
        for (guint j = 0; j < i && smaller->size.crop == FG_CROP_NONE; j++) {
            const FgDerivative *larger = derivatives->pdata[j];
            if (larger->size.crop != FG_CROP_NONE || larger->size.width != smaller->size.width ||
                larger->size.height == smaller->size.height)
                continue;
            for (guint k = smaller->outputs->len; k-- > 0;)
                if (makes(larger, ((const FgOutput *)smaller->outputs->pdata[k])->path))
                    g_ptr_array_remove_index(smaller->outputs, k);
        }
        if (smaller->outputs->len == 0)
            g_ptr_array_remove_index(derivatives, i--);
    }
}

static gboolean
add_derivatives(FgPlanned *planned, const FgProfile *profile, GError **error)
{
    g_autofree char *stem = fg_photo_stem(planned->photo->source);
    g_auto(FgPhotoFields) own;
    fg_photo_fields_init(&own, profile, planned->rights, planned->photo->facts, planned->kept, stem);
    g_autoptr(GArray) sizes = fg_plan_sizes(profile, planned->photo->width, planned->photo->height);
    for (guint i = 0; i < sizes->len; i++) {
        const FgSizedRecipe *sized = &g_array_index(sizes, FgSizedRecipe, i);
        FgDerivative *derivative = g_new0(FgDerivative, 1);
        derivative->recipe = sized->recipe;
        derivative->size = sized->size;
        derivative->marks = g_ptr_array_new_with_free_func(planned_mark_free);
        derivative->outputs = g_ptr_array_new_with_free_func(output_free);
        g_ptr_array_add(planned->derivatives, derivative);
        own.fields.width = sized->size.width;
        own.fields.height = sized->size.height;
        planned->stage = "mark";
        if (!add_marks(planned, derivative, profile, &own.fields, error))
            return FALSE;
        planned->stage = "plan";
        if (!add_outputs(derivative, planned->photo, profile, error))
            return FALSE;
    }
    /* Largest first, so that each smaller one can be made of a larger one; equal ones stay in the recipes'
     * order. */
    g_ptr_array_sort(planned->derivatives, compare_areas);
    join_narrow(planned->derivatives);
    return TRUE;
}

/* ---- Photos. ---- */

static void
planned_free(gpointer data)
{
    FgPlanned *planned = data;
    fg_rights_free(planned->rights);
    fg_facts_free(planned->kept);
    g_clear_pointer(&planned->id, g_bytes_unref);
    g_clear_pointer(&planned->derivatives, g_ptr_array_unref);
    g_clear_error(&planned->error);
    g_clear_pointer(&planned->warnings, g_ptr_array_unref);
    g_strfreev(planned->foreign_creators);
    g_free(planned);
}

/* A profile asks for what is true of most of its photos; one that tells of a generator says so on. */
static void
tell_of_source(FgPlanned *planned, const FgProfile *profile)
{
    g_autofree char *stays = fg_source_note(planned->kept, profile->rights->digital_source);
    if (stays)
        warn_once(planned, stays);
}

static FgPlanned *
plan_photo(const FgProfile *profile, const FgPhoto *photo, gboolean force_rights)
{
    FgPlanned *planned = g_new0(FgPlanned, 1);
    planned->photo = photo;
    planned->id = fg_plan_id(photo);
    planned->derivatives = g_ptr_array_new_with_free_func(derivative_free);
    planned->warnings = g_ptr_array_new_with_free_func(g_free);
    if (photo->error) {
        planned->error = g_error_copy(photo->error);
        planned->stage = photo->stage;
        return planned;
    }
    planned->kept = photo->facts ? fg_facts_kept(photo->facts, profile->keep) : fg_facts_new();
    if (!fg_plan_rights(planned, profile, force_rights, &planned->error)) {
        planned->stage = "rights";
    } else if (!add_derivatives(planned, profile, &planned->error)) {
        g_ptr_array_set_size(planned->derivatives, 0);
        g_ptr_array_set_size(planned->warnings, 0);
    } else {
        planned->stage = NULL;
        tell_of_source(planned, profile);
        if (photo->endless)
            g_ptr_array_add(
                planned->warnings,
                g_strdup("it has no end mark, and is published if all of its picture can be decoded"));
        fg_resolve(planned->rights, planned->kept);
    }
    planned->memory = fg_plan_memory(planned);
    return planned;
}

static gint
compare_photos(gconstpointer a, gconstpointer b)
{
    const FgPhoto *left = *(FgPhoto *const *)a, *right = *(FgPhoto *const *)b;
    int order = strcmp(left->source, right->source);
    return order != 0 ? order : strcmp(left->path, right->path);
}

/* The same file, given as itself and found in a folder. */
static gboolean
is_twin(const FgPhoto *one, const FgPhoto *two)
{
    if (strcmp(one->source, two->source) != 0)
        return FALSE;
    g_autofree char *first = g_canonicalize_filename(one->path, NULL);
    g_autofree char *second = g_canonicalize_filename(two->path, NULL);
    return strcmp(first, second) == 0;
}

FgPlan *
fg_plan_new(const FgProfile *profile, GPtrArray *photos, const FgPlanOptions *options, GError **error)
{
    g_autoptr(FgPlan) plan = g_new0(FgPlan, 1);
    plan->profile = fg_profile_ref(profile);
    plan->photos = g_ptr_array_new_with_free_func(planned_free);
    g_autoptr(GPtrArray) sorted = g_ptr_array_copy(photos, NULL, NULL);
    g_ptr_array_set_free_func(sorted, NULL);
    g_ptr_array_sort(sorted, compare_photos);
    const FgPhoto *last = NULL;
    for (guint i = 0; i < sorted->len; i++) {
        const FgPhoto *photo = sorted->pdata[i];
        if (!last || !is_twin(last, photo))
            g_ptr_array_add(plan->photos, plan_photo(profile, photo, options->force_rights));
        last = photo;
    }
    return fg_plan_check_clashes(plan, options->out, error) ? g_steal_pointer(&plan) : NULL;
}

void
fg_plan_free(FgPlan *plan)
{
    if (!plan)
        return;
    g_ptr_array_unref(plan->photos);
    fg_profile_unref((FgProfile *)plan->profile);
    g_free(plan);
}

/* previews.c: embedded pictures are decoded and compared with the picture that they are a part of. */
#include "check/check_private.h"

#include <string.h>

#define SECONDS 60
#define LARGEST_ANSWER ((gsize)1 << 20)
#define LONG_EDGE 160
#define MOST_PIXELS ((guint64)500000000)

/* ---- Behind the walls ---- */

/* The whole picture, small. */
static FgRaster *
small(GBytes *file, FgFormat format, GError **error)
{
    g_autoptr(FgContainer) container = fg_container_read(file, error);
    if (!container)
        return NULL;
    if ((guint64)container->width * container->height > MOST_PIXELS)
        return fg_throw_null(error, FG_ERROR_LIMIT, "the picture is too large to be decoded");
    const FgSize coarse = {LONG_EDGE, LONG_EDGE, FG_CROP_NONE};
    g_autoptr(FgImage) image = fg_image_open(file, format, 1, &coarse, error);
    if (!image)
        return NULL;
    int width = fg_image_width(image), height = fg_image_height(image), longer = MAX(width, height);
    const FgSize size = {
        .width = longer > LONG_EDGE ? MAX(1, width * LONG_EDGE / longer) : width,
        .height = longer > LONG_EDGE ? MAX(1, height * LONG_EDGE / longer) : height,
    };
    return fg_image_render(image, &size, error);
}

/* The answer: the places of those that show the same, each with its NUL. */
static GBytes *
compare(gconstpointer data, GBytes *question, const int *files, guint n_files, GError **error)
{
    (void)data;
    (void)question;
    g_autoptr(GBytes) file = n_files == 1 ? fg_file_read_fd(files[0], error) : NULL;
    g_autoptr(FgContainer) container = file ? fg_container_read(file, error) : NULL;
    if (!container)
        return NULL;
    g_autoptr(GPtrArray) pictures = fg_metadata_pictures(container);
    g_autoptr(FgRaster) whole = pictures->len > 0 ? small(file, container->format, error) : NULL;
    if (pictures->len > 0 && !whole)
        return NULL;
    GByteArray *answer = g_byte_array_new();
    for (guint i = 0; i < pictures->len; i++) {
        const FgPicture *picture = g_ptr_array_index(pictures, i);
        g_autoptr(FgRaster) preview = small(picture->bytes, picture->format, NULL);
        if (preview && fg_scene_likeness(whole, preview) >= FG_SCENE_SAME)
            g_byte_array_append(answer, (const guint8 *)picture->where, (guint)strlen(picture->where) + 1);
    }
    return g_byte_array_free_to_bytes(answer);
}

/* libvips reads files of its own when it starts, and nothing was rendered before the fork. */
static gboolean
start_pixels(gconstpointer data, GError **error)
{
    (void)data;
    return fg_pixels_init(error);
}

static const FgSandboxTaskKind kind = {
    .name = "fg-previews",
    .prepare = start_pixels,
    .seconds = SECONDS,
    .ceiling = LARGEST_ANSWER,
    .work = compare,
};

/* ---- Before them ---- */

FgSandboxTask *
fg_previews_new(void)
{
    return fg_sandbox_task_new(&kind);
}

/* Only what one of these was found for can hold a picture; the others are not worth a question. */
static gboolean
may_hold_pictures(const FgCheck *check)
{
    static const char *const ids[] = {"preview.embedded", "trailing.data", "trailing.motion",
                                      "container.aux-image"};
    for (guint i = 0; i < check->findings->len; i++)
        for (guint j = 0; j < G_N_ELEMENTS(ids); j++)
            if (strcmp(((const FgFinding *)g_ptr_array_index(check->findings, i))->id, ids[j]) == 0)
                return TRUE;
    return FALSE;
}

void
fg_previews_compare(FgSandboxTask *previews, int fd, FgCheck *check)
{
    if (!may_hold_pictures(check))
        return;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) question = g_bytes_new_static("", 0);
    g_autoptr(GBytes) answer = fg_sandbox_task_ask(previews, question, &fd, 1, &error);
    if (!answer) {
        g_autofree char *message = g_strdup_printf("Its previews can't be compared: %s.", error->message);
        fg_check_add(check->findings, "structure.malformed", "container:preview", message);
        return;
    }
    gsize length;
    const char *data = g_bytes_get_data(answer, &length);
    for (gsize at = 0; at < length;) {
        gsize size = strnlen(data + at, length - at);
        g_autofree char *where = fg_text_utf8(data + at, (gssize)size, NULL);
        fg_check_add(check->findings, "preview.unwatermarked", where, NULL);
        at += size + 1;
    }
}

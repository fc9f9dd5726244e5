/* file.c: one file: opened, read, judged. */
#include "check/check_private.h"

#include <string.h>

#define DEFAULT_CEILING ((guint64)4 << 30)

static void
free_finding(gpointer finding)
{
    fg_finding_free(finding);
}

static void
free_personal(gpointer personal)
{
    fg_personal_free(personal);
}

FgCheck *
fg_check_new(const char *path)
{
    FgCheck *check = g_new0(FgCheck, 1);
    check->path = g_strdup(path);
    check->marked = -1;
    check->rights = fg_rights_new();
    check->personal = g_ptr_array_new_with_free_func(free_personal);
    check->findings = g_ptr_array_new_with_free_func(free_finding);
    return check;
}

void
fg_check_free(FgCheck *check)
{
    if (!check)
        return;
    char *texts[] = {check->path,        check->page,       check->data_mining, check->source_exif,
                     check->source_iptc, check->source_xmp, check->source_png};
    GPtrArray *lists[] = {check->personal, check->findings};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        g_ptr_array_unref(lists[i]);
    fg_rights_free(check->rights);
    g_free(check);
}

guint64
fg_check_ceiling(const FgCheckOptions *options)
{
    return options->max_bytes ? options->max_bytes : DEFAULT_CEILING;
}

int
fg_check_open(const char *path, const FgCheckOptions *options, struct stat *info, GError **error)
{
    return fg_file_open(path, fg_check_ceiling(options), info, error);
}

FgCheck *
fg_check_unreadable(FgCheck *check, const GError *error)
{
    fg_check_add(check->findings, "file.unreadable", "container:file", error->message);
    check->verdict = FG_UNREADABLE;
    return check;
}

static void
swap_lists(GPtrArray **one, GPtrArray **other)
{
    GPtrArray *list = *one;
    *one = *other;
    *other = list;
}

/* All texts are the metadata's own, which is not needed any more; it keeps the empty lists. */
static void
take_all(FgCheck *check, FgMetadata *metadata)
{
    fg_rights_free(check->rights);
    check->rights = g_steal_pointer(&metadata->rights);
    check->marked = metadata->marked;
    check->data_mining = g_steal_pointer(&metadata->data_mining);
    check->source_exif = g_steal_pointer(&metadata->exif.notice);
    check->source_iptc = g_steal_pointer(&metadata->iptc.notice);
    check->source_xmp = g_steal_pointer(&metadata->xmp.notice);
    check->source_png = g_steal_pointer(&metadata->png.notice);
    swap_lists(&check->findings, &metadata->findings);
    swap_lists(&check->personal, &metadata->personal);
}

FgCheck *
fg_check_bytes(const char *path, GBytes *file, const FgCheckOptions *options)
{
    FgCheck *check = fg_check_new(path);
    g_autoptr(GError) error = NULL;
    gsize length;
    const void *data = g_bytes_get_data(file, &length);
    FgFormat format = length > 0 ? fg_sniff(data, length) : FG_FORMAT_UNKNOWN;
    if (format != FG_FORMAT_UNKNOWN && format != FG_FORMAT_OTHER)
        check->format = fg_format_name(format);
    g_autoptr(FgContainer) container = fg_container_read(file, &error);
    if (!container)
        return fg_check_unreadable(check, error);
    check->width = container->width;
    check->height = container->height;
    g_autoptr(FgMetadata) metadata = fg_metadata_read(container);
    check->hdr = fg_hdr_name(metadata->hdr);
    if (options->profile)
        fg_rules_apply(options->profile, path, container, metadata, metadata->findings);
    take_all(check, metadata);
    fg_check_settle(check, options);
    return check;
}

void
fg_check_settle(FgCheck *check, const FgCheckOptions *options)
{
    fg_rules_sort(check->findings);
    check->verdict = fg_rules_verdict(check->findings, options->strict);
}

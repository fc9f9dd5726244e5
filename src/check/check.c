/* check.c: one file: opened, read, judged. */
#include "check/check_private.h"

#include <string.h>
#include <unistd.h>

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

static void
free_text(gpointer text)
{
    fg_lang_text_free(text);
}

static void
free_licensor(gpointer licensor)
{
    fg_licensor_free(licensor);
}

const char *
fg_verdict_name(FgVerdict verdict)
{
    static const char *const names[] = {"pass", "fail", "unreadable"};
    g_assert(verdict < G_N_ELEMENTS(names));
    return names[verdict];
}

void
fg_check_add(GPtrArray *findings, const char *id, const char *where, const char *message)
{
    g_ptr_array_add(findings, fg_finding_new(id, where, message));
}

FgCheck *
fg_check_new(const char *path)
{
    FgCheck *check = g_new0(FgCheck, 1);
    check->path = g_strdup(path);
    check->marked = -1;
    check->terms = g_ptr_array_new_with_free_func(free_text);
    check->licensors = g_ptr_array_new_with_free_func(free_licensor);
    check->personal = g_ptr_array_new_with_free_func(free_personal);
    check->findings = g_ptr_array_new_with_free_func(free_finding);
    return check;
}

void
fg_check_free(FgCheck *check)
{
    if (!check)
        return;
    g_free(check->path);
    g_free(check->page);
    g_free(check->notice);
    g_strfreev(check->creators);
    g_free(check->credit);
    g_ptr_array_unref(check->terms);
    g_free(check->web_statement);
    g_ptr_array_unref(check->licensors);
    g_free(check->data_mining);
    g_free(check->source_exif);
    g_free(check->source_iptc);
    g_free(check->source_xmp);
    g_free(check->source_png);
    g_ptr_array_unref(check->personal);
    g_ptr_array_unref(check->findings);
    g_free(check);
}

int
fg_check_open(const char *path, const FgCheckOptions *options, struct stat *info, GError **error)
{
    return fg_file_open(path, options->max_bytes ? options->max_bytes : DEFAULT_CEILING, info, error);
}

FgCheck *
fg_check_unreadable(FgCheck *check, const GError *error)
{
    fg_check_add(check->findings, "file.unreadable", "container:file", error->message);
    check->verdict = FG_UNREADABLE;
    return check;
}

static void
take_rights(FgCheck *check, const FgMetadata *metadata)
{
    const FgRights *rights = metadata->rights;
    check->notice = g_strdup(rights->copyright);
    check->creators = g_strdupv(rights->creators);
    check->credit = g_strdup(rights->credit);
    check->web_statement = g_strdup(rights->web_statement);
    check->marked = metadata->marked;
    check->data_mining = g_strdup(metadata->data_mining);
    check->source_exif = g_strdup(metadata->exif.notice);
    check->source_iptc = g_strdup(metadata->iptc.notice);
    check->source_xmp = g_strdup(metadata->xmp.notice);
    check->source_png = g_strdup(metadata->png.notice);
    for (guint i = 0; i < rights->terms->len; i++) {
        const FgLangText *text = g_ptr_array_index(rights->terms, i);
        g_ptr_array_add(check->terms, fg_lang_text_new(text->lang, text->text));
    }
    for (guint i = 0; i < rights->licensors->len; i++)
        g_ptr_array_add(check->licensors, fg_licensor_dup(g_ptr_array_index(rights->licensors, i)));
}

/* The lists are the metadata's own; it is not needed any more and keeps the empty ones. */
static void
take_lists(FgCheck *check, FgMetadata *metadata)
{
    GPtrArray *findings = check->findings, *personal = check->personal;
    check->findings = metadata->findings;
    check->personal = metadata->personal;
    metadata->findings = findings;
    metadata->personal = personal;
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
    take_rights(check, metadata);
    if (options->profile)
        fg_rules_apply(options->profile, container, metadata, metadata->findings);
    take_lists(check, metadata);
    fg_check_settle(check, options);
    return check;
}

void
fg_check_settle(FgCheck *check, const FgCheckOptions *options)
{
    fg_rules_sort(check->findings);
    check->verdict = fg_rules_verdict(check->findings, options->strict);
}

FgCheck *
fg_check_file(const char *path, const FgCheckOptions *options)
{
    g_autoptr(GError) error = NULL;
    struct stat info;
    gboolean standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : fg_check_open(path, options, &info, &error);
    g_autoptr(GBytes) file = fd >= 0 ? fg_file_read_fd(fd, &error) : NULL;
    if (fd >= 0 && !standard)
        close(fd);
    return file ? fg_check_bytes(path, file, options) : fg_check_unreadable(fg_check_new(path), error);
}

#include "base/base.h"
#include "filigrane/report.h"
#include "report/language.h"
#include "report/report_private.h"
#include "run/run.h"
#include "sandbox/sandbox.h"

#include <string.h>

char *
fg_report_path(const char *path)
{
    return fg_text_printable(path);
}

/* Kinds of files have names of their own in all languages, but for these, each with what several are called.
 */
#define KIND(title, one, many)                                                                               \
    {                                                                                                        \
        title, one, many                                                                                     \
    }
static const struct {
    const char *title, *one, *many;
} kinds[] = {
    KIND("other", "other file", "other files"),
    KIND("link to a folder", "link to a folder", "links to folders"),
    KIND("link to a device", "link to a device", "links to devices"),
    KIND("link out of the folder", "link out of the folder", "links out of the folder"),
    KIND("link in a loop", "link in a loop", "links in a loop"),
    KIND("link to nothing", "link to nothing", "links to nothing"),
    KIND("device", "device", "devices"),
};

static guint
find_kind(const char *title)
{
    guint i = 0;
    while (i < G_N_ELEMENTS(kinds) && strcmp(kinds[i].title, title) != 0)
        i++;
    return i;
}

static const char *
kind_word(const char *title)
{
    guint i = find_kind(title);
    return i < G_N_ELEMENTS(kinds) ? _(kinds[i].one) : title;
}

/* "12 RAW", "25 other files". */
static char *
count_kind(const char *title, guint count)
{
    guint i = find_kind(title);
    return i < G_N_ELEMENTS(kinds) ? fg_report_count(count, kinds[i].one, kinds[i].many)
                                   : g_strdup_printf("%u %s", count, title);
}

char *
fg_report_skipped(const char *path, const char *kind)
{
    g_autofree char *name = fg_text_printable(path);
    return g_strdup_printf(_("skipped %s (%s)\n"), name, kind_word(kind));
}

char *
fg_report_planned(const char *source, const char *path, int width, int height)
{
    g_autofree char *from = fg_text_printable(source);
    g_autofree char *to = fg_text_printable(path);
    return g_strdup_printf(_("would write %s (%dx%d) from %s\n"), to, width, height, from);
}

char *
fg_report_doomed(const char *path)
{
    g_autofree char *name = fg_text_printable(path);
    return g_strdup_printf(_("would remove %s\n"), name);
}

const char *
fg_report_outcome_source(const FgOutcome *outcome)
{
    return outcome->source;
}

const GError *
fg_report_outcome_error(const FgOutcome *outcome)
{
    return outcome->status == FG_FAILED ? outcome->error : NULL;
}

/* The step at which a photo failed, as a page of proof has it, too. */
static const char *
stage_word(const char *stage)
{
    const FgWords *words = fg_words_stage(stage);
    return words ? _(words->english) : stage;
}

char *
fg_report_outcome_failure(const FgOutcome *outcome, const char *path)
{
    g_autofree char *source = fg_text_printable(path);
    g_autofree char *message = fg_report_message(outcome->error->message);
    g_autofree char *shown = fg_text_printable(message);
    return g_strdup_printf(_("failed: %s: %s (%s)\n"), source, shown, stage_word(outcome->stage));
}

/* What was removed, each sort of it once, in the order of the table. */
static char *
removed_list(GHashTable *removed)
{
    g_autoptr(GString) list = g_string_new(NULL);
    g_autoptr(GPtrArray) said = g_ptr_array_new();
    for (const FgFindingKind *kind = fg_finding_kinds(); kind->id; kind++) {
        const char *sort = fg_finding_traits(kind->id)->sort;
        if (!sort || !g_hash_table_contains(removed, kind->id) ||
            g_ptr_array_find_with_equal_func(said, sort, g_str_equal, NULL))
            continue;
        g_ptr_array_add(said, (gpointer)(guintptr)sort);
        g_string_append_printf(list, "%s%s", list->len ? ", " : "", _(sort));
    }
    return g_string_free(g_steal_pointer(&list), FALSE);
}

static char *
skipped_list(GHashTable *skipped)
{
    GString *list = g_string_new(NULL);
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(skipped), (GCompareFunc)(void (*)(void))g_strcmp0);
    for (GList *key = keys; key; key = key->next) {
        g_autofree char *kind =
            count_kind(key->data, GPOINTER_TO_UINT(g_hash_table_lookup(skipped, key->data)));
        g_string_append_printf(list, "%s%s", list->len ? ", " : "", kind);
    }
    return g_string_free(list, FALSE);
}

/* What keeps a photo from reaching out of its process; by name where a wall is missing, or all is asked for.
 */
static char *
walls_list(const FgReportStyle *style)
{
    if (style->verbose || fg_sandbox_missing())
        return fg_report_protection();
    return g_strdup(_("each photo in a process of its own: no files, no network"));
}

/* What follows the words of fg_sandbox_protection are names. */
char *
fg_report_protection(void)
{
    static const char words[] = N_("a process a photo, limits");
    g_autofree char *all = fg_sandbox_protection();
    return g_str_has_prefix(all, words) ? g_strconcat(_(words), all + strlen(words), NULL)
                                        : g_steal_pointer(&all);
}

/* "  label    text", wrapped at the width of the terminal between words. */
static void
append_row(GString *text, const char *label, const char *value, const FgReportStyle *style)
{
    enum { INDENT = 12 };
    int width = CLAMP(style->columns, 40, 100) - INDENT;
    g_string_append_printf(text, "  %s%*s ", label, MAX(9 - (int)g_utf8_strlen(label, -1), 0), "");
    g_auto(GStrv) words = g_strsplit(value, " ", -1);
    int at = 0;
    for (char **word = words; *word; word++) {
        int length = (int)g_utf8_strlen(*word, -1);
        if (at > 0 && at + 1 + length > width) {
            g_string_append_printf(text, "\n%*s", INDENT, "");
            at = 0;
        }
        g_string_append_printf(text, "%s%s", at > 0 ? " " : "", *word);
        at += length + (at > 0);
    }
    g_string_append_c(text, '\n');
}

static void
append_count(GString *text, const char *label, guint count, const FgReportStyle *style)
{
    if (count == 0)
        return;
    g_autofree char *value = fg_report_count(count, "photo", "photos");
    append_row(text, label, value, style);
}

/* "2 photos (a gain map, PQ): the web pictures are SDR". */
static void
append_hdr(GString *text, GHashTable *hdr, const FgReportStyle *style)
{
    g_autoptr(GString) words = g_string_new(NULL);
    guint photos = 0;
    for (guint i = 1; hdr && i < FG_N_HDR; i++) {
        const char *name = fg_hdr_name((FgHdr)i);
        const guint count = GPOINTER_TO_UINT(g_hash_table_lookup(hdr, name));
        photos += count;
        if (count > 0)
            g_string_append_printf(words, "%s%s", words->len ? ", " : "", _(fg_words_hdr(name).english));
    }
    if (photos == 0)
        return;
    g_autofree char *count = fg_report_count(photos, "photo", "photos");
    g_autofree char *value = g_strdup_printf(_("%s (%s): the web pictures are SDR"), count, words->str);
    append_row(text, "HDR", value, style);
}

/* What is there and was left alone. */
static void
append_left(GString *text, const FgPublishTotals *totals, const FgReportStyle *style)
{
    g_autofree char *files = fg_report_count(totals->left_over, "file", "files");
    g_autofree char *photos = fg_report_count(totals->left_over_photos, "photo", "photos");
    if (totals->left_over > 0) {
        g_autofree char *left = g_strdup_printf(totals->left_over_photos == 1
                                                    ? _("%s of %s that is gone; to be removed by --prune")
                                                    : _("%s of %s that are gone; to be removed by --prune"),
                                                files, photos);
        append_row(text, _("left over"), left, style);
    }
    if (totals->set_aside && totals->set_aside->len > 0) {
        g_autoptr(GString) folders = g_string_new(NULL);
        for (guint i = 0; i < totals->set_aside->len; i++) {
            g_autofree char *folder = fg_text_printable(totals->set_aside->pdata[i]);
            g_string_append_printf(folders, "%s%s", i > 0 ? ", " : "", folder);
        }
        g_autofree char *aside = g_strdup_printf(_("%s, published before"), folders->str);
        append_row(text, _("set aside"), aside, style);
    }
}

static void
append_skipped(GString *text, const FgPublishTotals *totals, const FgReportStyle *style)
{
    g_autofree char *kinds_skipped = totals->skipped ? skipped_list(totals->skipped) : g_strdup("");
    g_autofree char *row = g_strdup_printf(style->verbose ? "%s" : _("%s (-v names each)"), kinds_skipped);
    if (*kinds_skipped)
        append_row(text, _("skipped"), row, style);
}

char *
fg_report_publish_summary(const FgPublishTotals *totals, const char *out, gboolean dry_run,
                          const FgReportStyle *style)
{
    GString *text = g_string_new(NULL);
    g_autofree char *photos = fg_report_count(
        dry_run ? totals->photos - totals->failed - totals->unchanged : totals->done, "photo", "photos");
    g_autofree char *files = fg_report_count(totals->files, "derivative", "derivatives");
    g_autofree char *size = fg_report_size(totals->bytes);
    g_autofree char *time = fg_report_duration(totals->seconds);
    g_autofree char *folder = fg_text_printable(out);
    const char *bold = style->colour ? "\033[1m" : "", *plain = style->colour ? "\033[0m" : "";
    if (dry_run)
        g_string_append_printf(text, _("%sWould publish %s into %s: %s%s\n"), bold, photos, folder, files,
                               plain);
    else if (totals->done == 0 && totals->failed == 0 && totals->unchanged > 0)
        g_string_append_printf(text, _("%sNothing to do in %s%s, looked at in %s\n"), bold, folder, plain,
                               time);
    else
        g_string_append_printf(text, _("%sPublished %s into %s%s: %s, %s, in %s\n"), bold, photos, folder,
                               plain, files, size, time);
    append_count(text, _("unchanged"), totals->unchanged, style);
    append_count(text, _("declined"), totals->declined, style);
    append_count(text, _("failed"), totals->failed, style);
    if (totals->pruned > 0) {
        g_autofree char *pruned = fg_report_count(totals->pruned, "file", "files");
        append_row(text, dry_run ? _("to prune") : _("pruned"), pruned, style);
    }
    append_left(text, totals, style);
    append_skipped(text, totals, style);
    if (totals->removed && g_hash_table_size(totals->removed) > 0) {
        g_autofree char *removed = removed_list(totals->removed);
        append_row(text, _("removed"), removed, style);
    }
    append_hdr(text, totals->hdr, style);
    if (!dry_run && totals->done + totals->failed > 0) {
        g_autofree char *walls = walls_list(style);
        append_row(text, _("walls"), walls, style);
    }
    return g_string_free(text, FALSE);
}

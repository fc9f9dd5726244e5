/* proof_files.c: what failed, and the sizes and bytes of what did not. */
#include "report/catalogue.h"
#include "report/report_private.h"

#include <string.h>

/* A message is English in the manifest, and translated here for the other half of the page. */
static void
say_message(GString *html, const char *tag, const char *message)
{
    g_autofree char *french = fg_catalogue_message(fg_catalogue_french(), message);
    fg_html_say(html, tag, message, french);
}

static void
append_failure(GString *html, const FgJson *failure)
{
    const char *source = fg_json_get_string(failure, "source"), *stage = fg_json_get_string(failure, "stage"),
               *message = fg_json_get_string(failure, "message");
    const FgWords *words = stage ? fg_words_stage(stage) : NULL;
    g_string_append(html, "<li><b dir=\"auto\">");
    fg_html_append(html, source ? source : "?");
    g_string_append(html, "</b> ");
    if (words)
        fg_html_say(html, "span", words->english, words->french);
    g_string_append(html, "<br>");
    say_message(html, "span class=\"why\"", message ? message : "");
    g_string_append(html, "</li>\n");
}

void
fg_proof_append_problems(GString *html, const FgProof *proof)
{
    const FgJson *failed = proof->published->failed;
    gsize n = fg_json_is_array(failed) ? fg_json_length(failed) : 0;
    if (n == 0 && proof->notes->len == 0)
        return;
    g_string_append(html, "<section class=\"problems\" aria-labelledby=\"problems\">");
    if (n > 0) {
        g_autofree char *english = fg_text_count(n, "photo was not published", "photos were not published");
        g_autofree char *french =
            fg_text_count(n, "photo n’a pas été publiée", "photos n’ont pas été publiées");
        fg_html_say(html, "h2 id=\"problems\"", english, french);
    } else {
        fg_html_say(html, "h2 id=\"problems\"", "Not all could be shown", "Tout n’a pas pu être montré");
    }
    g_string_append(html, "<ul>\n");
    for (gsize i = 0; i < n; i++)
        append_failure(html, fg_json_at(failed, i));
    for (guint i = 0; i < proof->notes->len; i++) {
        say_message(html, "li", proof->notes->pdata[i]);
        g_string_append_c(html, '\n');
    }
    g_string_append(html, "</ul></section>\n");
}

/* A cell of the table: how many files of a name and a format there are, and their bytes. NULL and 0 stand for
 * all. */
static void
append_sum(GString *html, const FgPublished *published, const char *name, FgFormat format)
{
    guint files = 0;
    guint64 bytes = 0;
    for (guint i = 0; i < published->photos->len; i++) {
        const FgPublishedPhoto *photo = published->photos->pdata[i];
        for (guint j = 0; j < photo->n_files; j++)
            if ((!name || g_str_equal(photo->files[j].name, name)) &&
                (format == FG_FORMAT_UNKNOWN || photo->files[j].format == format)) {
                files++;
                bytes += photo->files[j].bytes;
            }
    }
    g_string_append(html, "<td>");
    if (files > 0) {
        g_autofree char *english = fg_text_count(files, "file", "files");
        g_autofree char *french = fg_text_count(files, "fichier", "fichiers");
        fg_html_say_bytes(html, bytes);
        fg_html_say(html, "small", english, french);
    }
    g_string_append(html, "</td>");
}

/* Names in the order of the profile, as the photos have them, and formats. */
static void
gather(const FgPublished *published, GPtrArray *names, GArray *formats)
{
    for (guint i = 0; i < published->photos->len; i++) {
        const FgPublishedPhoto *photo = published->photos->pdata[i];
        for (guint j = 0; j < photo->n_files; j++) {
            if (!g_ptr_array_find_with_equal_func(names, photo->files[j].name, g_str_equal, NULL))
                g_ptr_array_add(names, (gpointer)photo->files[j].name);
            guint k = 0;
            while (k < formats->len && g_array_index(formats, FgFormat, k) != photo->files[j].format)
                k++;
            if (k == formats->len)
                g_array_append_val(formats, photo->files[j].format);
        }
    }
}

static void
append_row(GString *html, const FgPublished *published, const char *name, const GArray *formats)
{
    for (guint i = 0; i < formats->len; i++)
        append_sum(html, published, name, g_array_index(formats, FgFormat, i));
    append_sum(html, published, name, FG_FORMAT_UNKNOWN);
    g_string_append(html, "</tr>\n");
}

void
fg_proof_append_files(GString *html, const FgProof *proof)
{
    const FgPublished *published = proof->published;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GArray) formats = g_array_new(FALSE, FALSE, sizeof(FgFormat));
    gather(published, names, formats);
    if (names->len == 0)
        return;
    g_string_append(html, "<section class=\"sheetwide\" aria-labelledby=\"files\">");
    fg_html_say(html, "h2 id=\"files\"", "Sizes and formats", "Tailles et formats");
    g_string_append(
        html,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"files\"><table>\n<thead><tr>");
    fg_html_say(html, "th scope=\"col\"", "Derivative", "Dérivée");
    for (guint i = 0; i < formats->len; i++)
        g_string_append_printf(html, "<th scope=\"col\">%s</th>",
                               fg_format_title(g_array_index(formats, FgFormat, i)));
    fg_html_say(html, "th scope=\"col\"", "Together", "Ensemble");
    g_string_append(html, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < names->len; i++) {
        g_string_append(html, "<tr><th scope=\"row\">");
        fg_html_append(html, names->pdata[i]);
        g_string_append(html, "</th>");
        append_row(html, published, names->pdata[i], formats);
    }
    g_string_append(html, "</tbody>\n<tfoot><tr>");
    fg_html_say(html, "th scope=\"row\"", "Together", "Ensemble");
    append_row(html, published, NULL, formats);
    g_string_append(html, "</tfoot></table></div></section>\n");
}

/* proof_photo.c: a photo in the grid, and all that is told of it. */
#include "report/report_private.h"

#include <string.h>

static const char *
name_of(const FgPublishedPhoto *photo)
{
    const char *slash = strrchr(photo->source, '/');
    return slash ? slash + 1 : photo->source;
}

static const char *
title_of(const FgPublishedPhoto *photo)
{
    return photo->title && *photo->title ? photo->title : name_of(photo);
}

static void
append_data_uri(GString *html, const char *type, GBytes *bytes)
{
    gsize length;
    const guint8 *data = g_bytes_get_data(bytes, &length);
    g_autofree char *base64 = g_base64_encode(data, length);
    g_string_append_printf(html, " src=\"data:%s;base64,", type ? type : "application/octet-stream");
    g_string_append(html, base64);
    g_string_append_c(html, '"');
}

static void
append_picture(GString *html, const FgPublishedPhoto *photo, const FgProofPhoto *shown)
{
    const char *alt = fg_published_alt(photo);
    g_string_append(html, "<button type=\"button\" class=\"open\">");
    if (shown->picture) {
        g_string_append_printf(html, "<img decoding=\"async\" width=\"%d\" height=\"%d\"", shown->file->width,
                               shown->file->height);
        fg_html_attribute(html, "alt", *alt ? alt : name_of(photo));
        append_data_uri(html, fg_format_traits(shown->file->format)->mime, shown->picture);
        g_string_append_c(html, '>');
    } else {
        fg_html_say(html, "span class=\"gone\"", "The file is not there any more, or was changed.",
                    "Le fichier n’est plus là, ou a été modifié.");
    }
    g_string_append(html, "</button>\n");
}

/* c2pa.removed says of c2pa.present, which stands beside it, what is true of all. */
static gboolean
is_told(const char *id)
{
    return id && strcmp(id, "c2pa.removed") != 0;
}

static gsize
count_told(const FgJson *removed)
{
    gsize count = 0;
    for (gsize i = 0; fg_json_is_array(removed) && i < fg_json_length(removed); i++)
        count += is_told(fg_json_string_value(fg_json_at(removed, i))) ? 1 : 0;
    return count;
}

static void
append_removed(GString *html, const FgJson *removed)
{
    fg_html_say(html, "h3", "Removed from the photo", "Retiré de la photo");
    gsize n = count_told(removed) > 0 ? fg_json_length(removed) : 0;
    if (n == 0) {
        fg_html_say(html, "p class=\"quiet\"", "Nothing personal was in it.",
                    "Elle ne contenait rien de personnel.");
        return;
    }
    g_string_append(html, "<ul class=\"removed\">");
    for (gsize i = 0; i < n; i++) {
        const char *id = fg_json_string_value(fg_json_at(removed, i));
        if (!is_told(id))
            continue;
        const FgWords words = fg_words_removed(id);
        fg_html_say(html, "li", words.english, words.french);
    }
    g_string_append(html, "</ul>\n");
}

static void
append_hdr(GString *html, const char *hdr)
{
    if (!hdr)
        return;
    const FgWords words = fg_words_hdr(hdr);
    g_autofree char *english =
        g_strdup_printf("The original is HDR (%s); the published files are SDR.", words.english);
    g_autofree char *french =
        g_strdup_printf("L’original est HDR (%s) ; les fichiers publiés sont SDR.", words.french);
    fg_html_say(html, "p class=\"quiet\"", english, french);
}

static void
append_marks(GString *html, const FgJson *marks)
{
    gsize n = fg_json_is_array(marks) ? fg_json_length(marks) : 0;
    if (n == 0)
        fg_html_say(html, "small", "no mark", "sans marque");
    else
        g_string_append(html, "<small>");
    for (gsize i = 0; i < n; i++) {
        const char *mark = fg_json_string_value(fg_json_at(marks, i));
        g_string_append(html, i > 0 ? ", " : "");
        fg_html_append(html, mark ? mark : "?");
    }
    g_string_append(html, n == 0 ? "" : "</small>");
}

/* Files of one name and size stand in one row. */
static gboolean
begins_row(const FgPublishedFile *files, guint i)
{
    return i == 0 || !g_str_equal(files[i].name, files[i - 1].name) || files[i].width != files[i - 1].width ||
           files[i].height != files[i - 1].height;
}

static void
append_files(GString *html, const FgPublishedPhoto *photo)
{
    fg_html_say(html, "h3", "Published files", "Fichiers publiés");
    g_string_append(html, "<table>");
    for (guint i = 0; i < photo->n_files; i++) {
        const FgPublishedFile *file = &photo->files[i];
        if (begins_row(photo->files, i)) {
            g_string_append(html, i > 0 ? "</td></tr>\n<tr><th scope=\"row\">" : "<tr><th scope=\"row\">");
            fg_html_append(html, file->name);
            g_string_append_printf(html, "</th><td>%d × %d", file->width, file->height);
            append_marks(html, file->marks);
            g_string_append(html, "</td><td>");
        } else {
            g_string_append(html, "<br>");
        }
        g_string_append_printf(html, "%s ", fg_format_title(file->format));
        fg_html_say_bytes(html, file->bytes);
    }
    g_string_append(html, "</td></tr></table>\n");
}

static void
append_text(GString *html, const char *open, const char *text, const char *close)
{
    if (!text || !*text)
        return;
    g_string_append(html, open);
    fg_html_append(html, text);
    g_string_append(html, close);
}

static void
append_facts(GString *html, const FgPublishedPhoto *photo, const FgProofPhoto *shown)
{
    g_string_append(html, "<details class=\"facts\">");
    fg_html_say(html, "summary", "Details", "Détails");
    g_string_append(html, "<p class=\"title\" dir=\"auto\">");
    fg_html_append(html, title_of(photo));
    g_string_append(html, "</p>");
    if (shown->before) {
        g_string_append(html, "<img class=\"bare\" alt=\"\" hidden");
        append_data_uri(html, fg_format_traits(FG_FORMAT_WEBP)->mime, shown->before);
        g_string_append_c(html, '>');
    }
    append_text(html, "<p class=\"caption\" dir=\"auto\">", photo->caption, "</p>\n");
    append_text(html, "<p class=\"notice\" dir=\"auto\">", photo->notice, "</p>\n");
    g_string_append(html, "<p class=\"file\">");
    if (!g_str_equal(photo->source, title_of(photo)))
        append_text(html, "<bdi>", photo->source, "</bdi><br>");
    g_string_append_printf(html, "%d × %d", photo->width, photo->height);
    if (photo->date) {
        g_string_append(html, " · <time");
        fg_html_attribute(html, "datetime", photo->date);
        append_text(html, ">", photo->date, "</time>");
    }
    g_string_append(html, "</p>\n");
    append_hdr(html, photo->hdr);
    append_removed(html, photo->removed);
    append_files(html, photo);
    g_string_append(html, "</details>\n");
}

static void
append_kinds(GString *html, const FgJson *removed)
{
    g_string_append(html, " data-kinds=\"");
    for (const FgWords *group = fg_words_groups; group->key; group++)
        if (fg_removed_has(removed, group->key))
            g_string_append_printf(html, "%s ", group->key);
    g_string_append_c(html, '"');
}

void
fg_proof_append_photo(GString *html, const FgProof *proof, guint index)
{
    const FgPublishedPhoto *photo = proof->published->photos->pdata[index];
    const FgProofPhoto *shown = &proof->photos[index];
    gsize removed = count_told(photo->removed);
    g_string_append_printf(html, "<li id=\"p%u\"", index + 1);
    append_kinds(html, photo->removed);
    g_string_append(html, ">");
    append_picture(html, photo, shown);
    g_string_append(html, "<div class=\"name\"><span dir=\"auto\">");
    fg_html_append(html, title_of(photo));
    g_string_append(html, "</span>");
    if (removed > 0) {
        g_autofree char *english = g_strdup_printf("%zu removed", removed);
        g_autofree char *french = g_strdup_printf("%zu retiré%s", removed, removed > 1 ? "s" : "");
        fg_html_say(html, "span", english, french);
    }
    g_string_append(html, "</div>\n");
    append_facts(html, photo, shown);
    g_string_append(html, "</li>\n");
}

/* proof_page.c: fills the page. Where proof.html says <!--name-->, the part of that name goes. */
#include "report/report_private.h"

#include <string.h>

/* The script and the style are the page's own; the policy names them by their digests and lets nothing else
 * run. */
static void
append_digest(GString *html, const char *text)
{
    guint8 digest[FG_SHA256_SIZE];
    fg_sha256(text, strlen(text), digest);
    g_autofree char *base64 = g_base64_encode(digest, sizeof digest);
    g_string_append_printf(html, "'sha256-%s'", base64);
}

/* What differs from photo to photo is style, too: its shape, and the colour that stands in for it. */
static char *
style_of(const FgProof *proof)
{
    GString *style = g_string_new(fg_proof_css);
    for (guint i = 0; i < proof->published->photos->len; i++) {
        const FgPublishedPhoto *photo = proof->published->photos->pdata[i];
        const FgPublishedFile *file = proof->photos[i].file;
        char ratio[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd(ratio, sizeof ratio, "%.4f", (double)file->width / file->height);
        g_string_append_printf(style, "#p%u{--r:%s;--c:%s}", i + 1, ratio,
                               photo->colour ? photo->colour : "var(--well)");
    }
    return g_string_free(style, FALSE);
}

static void
append_policy(GString *html, const FgProof *proof)
{
    g_autofree char *style = style_of(proof);
    g_string_append(html, "default-src 'none'; img-src data:; style-src ");
    append_digest(html, style);
    g_string_append(html, "; script-src ");
    append_digest(html, fg_proof_js);
    g_string_append(html, "; base-uri 'none'; form-action 'none'");
}

static void
append_style(GString *html, const FgProof *proof)
{
    g_autofree char *style = style_of(proof);
    g_string_append(html, style);
}

static void
append_script(GString *html, const FgProof *proof)
{
    (void)proof;
    g_string_append(html, fg_proof_js);
}

static void
append_count(GString *html, guint64 n, const char *const words[4])
{
    g_autofree char *english = fg_text_count(n, words[0], words[1]);
    g_autofree char *french = fg_text_count(n, words[2], words[3]);
    fg_html_say(html, "span", english, french);
}

static void
append_sum(GString *html, const FgPublished *published)
{
    guint64 files = 0, bytes = 0;
    for (guint i = 0; i < published->photos->len; i++) {
        const FgPublishedPhoto *photo = published->photos->pdata[i];
        files += photo->n_files;
        for (guint j = 0; j < photo->n_files; j++)
            bytes += photo->files[j].bytes;
    }
    if (files == 0) {
        fg_html_say(html, "span", "no photo was published", "aucune photo publiée");
        return;
    }
    append_count(html, published->photos->len, (const char *const[]){"photo", "photos", "photo", "photos"});
    append_count(html, files, (const char *const[]){"file", "files", "fichier", "fichiers"});
    g_string_append(html, "<span>");
    fg_html_say_bytes(html, bytes);
    g_string_append(html, "</span>");
}

static void
append_head(GString *html, const FgProof *proof)
{
    const FgPublished *published = proof->published;
    const FgJson *creators = fg_json_get(published->rights, "creator");
    const char *creator = fg_json_is_array(creators) ? fg_json_string_value(fg_json_at(creators, 0)) : NULL;
    if (creator) {
        fg_html_say(html, "p class=\"eyebrow\"", "Proof", "Épreuve");
        g_string_append(html, "\n<h1 dir=\"auto\">");
        fg_html_append(html, creator);
        g_string_append(html, "</h1>\n");
    } else {
        fg_html_say(html, "h1", "Proof", "Épreuve");
    }
    g_string_append(html, "<p class=\"sum\">");
    append_sum(html, published);
    g_string_append(html, "<span>");
    fg_html_say(html, "span", "profile", "profil");
    g_string_append_c(html, ' ');
    fg_html_append(html, published->profile);
    g_string_append(html, "</span></p>\n");
    if (proof->compared)
        fg_html_say(html, "p class=\"secret\"",
                    "This page holds your pictures without their marks: it is for your eyes only.",
                    "Cette page contient vos images sans leurs marques : elle n’est que pour vos yeux.");
}

static void
append_kinds(GString *html, const FgProof *proof)
{
    g_autoptr(GString) buttons = g_string_new(NULL);
    for (const FgWords *group = fg_words_groups; group->key; group++) {
        guint n = 0;
        for (guint i = 0; i < proof->published->photos->len; i++) {
            const FgPublishedPhoto *photo = proof->published->photos->pdata[i];
            n += fg_removed_has(photo->removed, group->key) ? 1 : 0;
        }
        if (n == 0)
            continue;
        g_string_append_printf(buttons, "<button type=\"button\" value=\"%s\" aria-pressed=\"false\">",
                               group->key);
        fg_html_say(buttons, "span", group->english, group->french);
        g_string_append_printf(buttons, "<small>%u</small></button>\n", n);
    }
    if (buttons->len == 0)
        return;
    g_string_append(html, "<fieldset class=\"kinds\">");
    fg_html_say(html, "legend class=\"off\"", "Only photos from which this was removed",
                "Seulement les photos dont ceci a été retiré");
    fg_html_say(html, "span aria-hidden=\"true\"", "Removed", "Retiré");
    g_string_append(html, buttons->str);
    g_string_append(html, "</fieldset>\n");
}

static void
append_photos(GString *html, const FgProof *proof)
{
    for (guint i = 0; i < proof->published->photos->len; i++)
        fg_proof_append_photo(html, proof, i);
}

static const struct {
    const char *name;
    void (*append)(GString *html, const FgProof *proof);
} parts[] = {
    {"policy", append_policy},
    {"style", append_style},
    {"script", append_script},
    {"head", append_head},
    {"problems", fg_proof_append_problems},
    {"kinds", append_kinds},
    {"photos", append_photos},
    {"rights", fg_proof_append_rights},
    {"files", fg_proof_append_files},
};

char *
fg_proof_page(const FgProof *proof)
{
    GString *html = g_string_new(NULL);
    const char *at = fg_proof_html;
    for (const char *open; (open = strstr(at, "<!--")); at = strstr(open, "-->") + strlen("-->")) {
        g_string_append_len(html, at, open - at);
        gsize length = strcspn(open + strlen("<!--"), "-");
        guint i = 0;
        while (i < G_N_ELEMENTS(parts) && (strlen(parts[i].name) != length ||
                                           strncmp(parts[i].name, open + strlen("<!--"), length) != 0))
            i++;
        g_assert(i < G_N_ELEMENTS(parts));
        parts[i].append(html, proof);
    }
    g_string_append(html, at);
    return g_string_free(html, FALSE);
}

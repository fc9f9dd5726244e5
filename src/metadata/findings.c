/* findings.c: every finding there is, in one table: its stable id, its default severity, its meaning. */
#include "metadata/metadata_private.h"

#include <string.h>

#define E FG_SEVERITY_ERROR
#define W FG_SEVERITY_WARNING
#define I FG_SEVERITY_INFO

static const FgFindingKind kinds[] = {
    {"copyright.missing", E, "No carrier holds a copyright notice."},
    {"copyright.partial", W, "A carrier that this format supports has no copyright notice."},
    {"copyright.conflict", E, "Two carriers hold different copyright notices."},
    {"copyright.foreign", E, "The notice or a creator names somebody else."},
    {"copyright.blank", W, "A copyright field is there but holds only blanks."},
    {"copyright.placeholder", W, "The copyright notice is a placeholder, not a notice."},
    {"copyright.year-future", W, "The year of the copyright notice lies after the photo's own dates."},
    {"copyright.no-owner-name", I, "The copyright notice names nobody."},
    {"copyright.truncated", I, "The IPTC notice is the XMP notice, cut at the limit of its field."},
    {"rights.marked-missing", W, "The photo is not marked as protected (xmpRights:Marked)."},
    {"rights.marked-false", E, "The photo has a notice but is marked as public domain."},
    {"rights.webstatement-missing", W, "There is no web address of the rights (xmpRights:WebStatement)."},
    {"rights.webstatement-invalid", W, "The web address of the rights is no absolute http or https URL."},
    {"rights.licensor-url-missing", I, "There is no web address at which a licence can be had."},
    {"rights.usageterms-missing", I, "There are no usage terms."},
    {"rights.differs", E, "The file does not carry exactly the rights that the profile states."},
    {"creator.missing", W, "No carrier names a creator."},
    {"creator.conflict", W, "Two carriers name different creators."},
    {"credit.missing", I, "There is no credit line."},
    {"iptc.digest-mismatch", W, "The IPTC block was changed after its digest was written."},
    {"iptc.digest-missing", I, "The IPTC block has no digest."},
    {"encoding.exif-non-utf8", W, "An EXIF text is not UTF-8; it was read as Windows-1252."},
    {"encoding.iim-undeclared-utf8", W, "IPTC texts are UTF-8, but the block does not say so."},
    {"encoding.mojibake", W, "A text looks like UTF-8 that was decoded as Latin-1."},
    {"encoding.exif-type129", I, "An EXIF text has the type of Exif 3.0, which many readers miss."},
    {"location.gps", E, "The file holds coordinates."},
    {"location.text", W, "The file names the place where the photo was taken."},
    {"location.sensor", I, "The file holds altitude, pressure, temperature or direction."},
    {"serial.body", E, "The file holds the serial number of the camera."},
    {"serial.lens", W, "The file holds the serial number of the lens."},
    {"personal.owner", W, "The file holds the camera owner's name."},
    {"personal.contact", W, "The file holds contact details."},
    {"personal.name", W, "The file names a person who took part in the work."},
    {"personal.comment", W, "The file holds a free comment."},
    {"personal.host", W, "The file names the computer it was made on."},
    {"personal.software", W, "The file names the software it was made with."},
    {"personal.prompt", W, "The file holds the prompt of an image generator."},
    {"personal.face", E, "The file marks faces or regions of people."},
    {"personal.person", E, "The file names people in the picture."},
    {"id.unique", W, "The file holds an identifier of this very exposure."},
    {"id.document", W, "The file holds identifiers of the documents it was made from."},
    {"history.edit", W, "The file holds an editing history."},
    {"history.raw", I, "The file holds raw development settings."},
    {"workflow.id", I, "The file holds a job or order number."},
    {"makernote.present", W, "The file holds a maker note of the camera."},
    {"preview.embedded", W, "The file holds another, smaller picture."},
    {"preview.unwatermarked", E, "An embedded preview shows the picture without its mark."},
    {"trailing.data", W, "There is data after the end of the picture."},
    {"trailing.motion", E, "There is a video after the end of the picture."},
    {"container.aux-image", W, "The file holds auxiliary pictures: depth, gain map, second views."},
    {"structure.duplicate", W, "A metadata block is there twice."},
    {"structure.malformed", W, "A part of the file breaks the rules of its format."},
    {"structure.oversize", W, "A metadata block is larger than its container allows."},
    {"structure.order", I, "Metadata stands after the pixels, where some readers miss it."},
    {"icc.missing", I, "There is no colour profile."},
    {"icc.device", W, "The colour profile names a device."},
    {"icc.large", I, "The colour profile is large for so small a picture."},
    {"orientation.not-baked", W, "The picture is stored turned and relies on its orientation tag."},
    {"time.precise", I, "The file holds the time of the exposure."},
    {"time.zone", I, "The file holds a time zone, which tells a rough location."},
    {"xmp.malformed", W, "The XMP packet can't be read."},
    {"xmp.unknown-namespace", I, "The XMP packet holds properties of an unknown namespace."},
    {"xmp.extended", I, "The XMP is split into a main and an extended packet."},
    {"tdm.unreserved", W, "Text and data mining is not reserved."},
    {"tdm.allowed", I, "Text and data mining is allowed."},
    {"tdm.partial", I, "Only a part of text and data mining is reserved."},
    {"tdm.incomplete", W, "The reservation refers to a property that is not there."},
    {"tdm.malformed", W, "The data-mining value is none of the PLUS vocabulary."},
    {"tdm.conflict", W, "The file and the site say different things about data mining."},
    {"ai.source-type", I, "The file says that it was made or changed by a generator."},
    {"ai.system", I, "The file names the AI system that it was made with."},
    {"ai.undeclared", I, "The file holds traces of an image generator, undeclared."},
    {"c2pa.present", I, "The file holds a C2PA manifest."},
    {"c2pa.removed", I, "A C2PA manifest was removed, since it no longer fits the pixels."},
    {"c2pa.invalidated", W, "The file holds a C2PA manifest that no longer fits it."},
    {"stripped.verified", I, "The finished file was read again and holds only what was asked for."},
    {"format.not-allowed", E, "The profile makes no file of this format."},
    {"size.not-allowed", E, "The profile makes no file of this size."},
    {"file.unreadable", E, "The file can't be read as a photo."},
    {"site.missing", E, "A page names a picture that is not there."},
    {NULL, I, NULL},
};

#undef E
#undef W
#undef I

const FgFindingKind *
fg_finding_kinds(void)
{
    return kinds;
}

const char *
fg_severity_name(FgSeverity severity)
{
    static const char *const names[] = {"info", "warning", "error"};
    g_assert(severity < G_N_ELEMENTS(names));
    return names[severity];
}

const FgFindingKind *
fg_finding_kind(const char *id)
{
    for (const FgFindingKind *kind = kinds; kind->id; kind++)
        if (kind->id[0] == id[0] && strcmp(kind->id, id) == 0) /* Most differ in the first letter. */
            return kind;
    g_assert_not_reached();
}

/* Most files have the same few findings with the same words: these stay where they are, and the rest is one
 * piece. */
FgFinding *
fg_finding_of(const FgFindingKind *kind, FgSeverity severity, const char *where, const char *message)
{
    gsize place = strlen(where) + 1, words = message ? strlen(message) + 1 : 0;
    FgFinding *finding = g_malloc(sizeof *finding + place + words);
    char *texts = (char *)(finding + 1);
    memcpy(texts, where, place);
    if (message)
        memcpy(texts + place, message, words);
    *finding = (FgFinding){kind->id, severity, message ? texts + place : kind->meaning, texts};
    return finding;
}

FgFinding *
fg_finding_new(const char *id, const char *where, const char *message)
{
    const FgFindingKind *kind = fg_finding_kind(id);
    return fg_finding_of(kind, kind->severity, where, message);
}

FgFinding *
fg_finding_dup(const FgFinding *finding)
{
    FgFinding *copy = fg_finding_new(finding->id, finding->where, finding->message);
    copy->severity = finding->severity;
    return copy;
}

void
fg_finding_free(FgFinding *finding)
{
    g_free(finding);
}

FgPersonal *
fg_personal_new(const char *id, const char *where, const char *value)
{
    FgPersonal *personal = g_new0(FgPersonal, 1);
    personal->id = fg_finding_kind(id)->id;
    personal->where = g_strdup(where);
    personal->value = value ? g_utf8_make_valid(value, -1) : NULL;
    return personal;
}

void
fg_personal_free(FgPersonal *personal)
{
    if (!personal)
        return;
    g_free(personal->where);
    g_free(personal->value);
    g_free(personal);
}

void
fg_finding_add(GPtrArray *findings, const char *id, const char *where, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *message = g_strdup_vprintf(format, list);
    va_end(list);
    for (guint i = 0; i < findings->len; i++) {
        const FgFinding *other = g_ptr_array_index(findings, i);
        if (strcmp(other->id, id) == 0 && g_strcmp0(other->where, where) == 0 &&
            strcmp(other->message, message) == 0)
            return;
    }
    g_ptr_array_add(findings, fg_finding_new(id, where, message));
}

void
fg_personal_add(FgMetadata *metadata, const char *id, const char *where, const char *value)
{
    g_ptr_array_add(metadata->personal, fg_personal_new(id, where, value));
    fg_finding_add(metadata->findings, id, where, "%s", fg_finding_kind(id)->meaning);
}

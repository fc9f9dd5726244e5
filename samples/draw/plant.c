/* plant.c: EXIF 2.31, XMP with mwg-rs regions, IPTC-IIM: as a camera and a picture desk would leave them. */
#include "plant.h"

#include <math.h>
#include <string.h>

static void
add_angle(Ifd *gps, guint16 tag, double degrees)
{
    double whole = floor(degrees), minutes = floor((degrees - whole) * 60);
    double seconds = (degrees - whole - minutes / 60) * 3600;
    const guint32 pairs[] = {(guint32)whole, 1, (guint32)minutes, 1, (guint32)(seconds * 1000 + 0.5), 1000};
    ifd_rationals(gps, tag, pairs, 3);
}

static Ifd *
gps_of(const Plant *plant)
{
    Ifd *gps = ifd_new();
    ifd_bytes(gps, 0, 1, "\2\3\0\0", 4);
    ifd_text(gps, 1, "N");
    add_angle(gps, 2, plant->latitude);
    ifd_text(gps, 3, "E");
    add_angle(gps, 4, plant->longitude);
    ifd_byte(gps, 5, 0);
    ifd_rationals(gps, 6, (const guint32[]){(guint32)plant->altitude, 1}, 1);
    ifd_text(gps, 16, "T");
    ifd_rationals(gps, 17, (const guint32[]){11250, 100}, 1);
    ifd_text(gps, 18, "WGS-84");
    g_autofree char *day = g_strndup(plant->date, 10);
    ifd_text(gps, 29, day);
    return gps;
}

/* The maker's own block: a signature, then records of a byte for the kind, a byte for the length, and text.
 */
static void
add_maker_note(Ifd *exif, const Plant *plant)
{
    g_autoptr(GByteArray) note = g_byte_array_new();
    g_byte_array_append(note, (const guint8 *)"ALPENGLOW\0\1\0", 12);
    const char *records[] = {plant->body_serial, plant->owner, "shutter 018211", "home 45.3726 N 5.8014 E"};
    for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
        const guint8 head[] = {(guint8)(i + 1), (guint8)strlen(records[i])};
        g_byte_array_append(note, head, sizeof head);
        g_byte_array_append(note, (const guint8 *)records[i], (guint)strlen(records[i]));
    }
    ifd_bytes(exif, 0x927C, 7, note->data, note->len);
}

static Ifd *
exif_of(const Plant *plant, int width, int height)
{
    Ifd *exif = ifd_new();
    ifd_rationals(exif, 0x829A, plant->exposure, 1);
    ifd_rationals(exif, 0x829D, plant->aperture, 1);
    ifd_short(exif, 0x8827, plant->iso);
    ifd_bytes(exif, 0x9000, 7, "0231", 4);
    ifd_text(exif, 0x9003, plant->date);
    ifd_text(exif, 0x9004, plant->date);
    ifd_bytes(exif, 0x9101, 7, "\1\2\3\0", 4);
    ifd_text(exif, 0x9011, "+01:00");
    ifd_text(exif, 0x9291, "42");
    ifd_rationals(exif, 0x920A, plant->focal, 1);
    add_maker_note(exif, plant);
    ifd_bytes(exif, 0xA000, 7, "0100", 4);
    ifd_short(exif, 0xA001, 1);
    ifd_long(exif, 0xA002, (guint32)width);
    ifd_long(exif, 0xA003, (guint32)height);
    ifd_text(exif, 0xA430, plant->owner);
    ifd_text(exif, 0xA431, plant->body_serial);
    ifd_text(exif, 0xA433, plant->make);
    ifd_text(exif, 0xA434, plant->lens);
    ifd_text(exif, 0xA435, plant->lens_serial);
    return exif;
}

void
plant_into(Ifd *ifd, const Plant *plant, int width, int height)
{
    ifd_text(ifd, 0x010E, plant->caption);
    ifd_text(ifd, 0x010F, plant->make);
    ifd_text(ifd, 0x0110, plant->model);
    ifd_short(ifd, 0x0112, plant->orientation);
    ifd_rationals(ifd, 0x011A, (const guint32[]){300, 1}, 1);
    ifd_rationals(ifd, 0x011B, (const guint32[]){300, 1}, 1);
    ifd_short(ifd, 0x0128, 2);
    ifd_text(ifd, 0x0131, "Firmware 1.4.2");
    ifd_text(ifd, 0x0132, plant->date);
    ifd_text(ifd, 0x013B, plant->artist);
    ifd_short(ifd, 0x0213, 1);
    ifd_text(ifd, 0x8298, plant->copyright);
    ifd_child(ifd, 0x8769, exif_of(plant, width, height));
    ifd_child(ifd, 0x8825, gps_of(plant));
}

GBytes *
plant_exif(const Plant *plant, int width, int height, GBytes *thumbnail)
{
    g_autoptr(Ifd) first = ifd_new();
    g_autoptr(Ifd) second = ifd_new();
    plant_into(first, plant, width, height);
    ifd_short(second, 0x0103, 6);
    ifd_rationals(second, 0x011A, (const guint32[]){72, 1}, 1);
    ifd_rationals(second, 0x011B, (const guint32[]){72, 1}, 1);
    ifd_short(second, 0x0128, 2);
    ifd_data(second, 0x0201, 0x0202, thumbnail);
    return ifd_stream(first, second);
}

static void
append_regions(GString *xmp, const Plant *plant, int width, int height)
{
    char x[16], y[16], w[16], h[16];
    g_ascii_formatd(x, sizeof x, "%.4f", plant->face_x);
    g_ascii_formatd(y, sizeof y, "%.4f", plant->face_y);
    g_ascii_formatd(w, sizeof w, "%.4f", plant->face_w);
    g_ascii_formatd(h, sizeof h, "%.4f", plant->face_h);
    g_string_append_printf(
        xmp,
        "   <mwg-rs:Regions rdf:parseType=\"Resource\">\n"
        "    <mwg-rs:AppliedToDimensions stDim:w=\"%d\" stDim:h=\"%d\" stDim:unit=\"pixel\"/>\n"
        "    <mwg-rs:RegionList><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
        "     <mwg-rs:Name>%s</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>\n"
        "     <mwg-rs:Area stArea:x=\"%s\" stArea:y=\"%s\" stArea:w=\"%s\" stArea:h=\"%s\" "
        "stArea:unit=\"normalized\"/>\n"
        "    </rdf:li></rdf:Bag></mwg-rs:RegionList>\n"
        "   </mwg-rs:Regions>\n"
        "   <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>\n",
        width, height, plant->person, x, y, w, h, plant->person);
}

char *
plant_xmp(const Plant *plant, int width, int height)
{
    GString *xmp = g_string_new("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                                " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                                "  <rdf:Description rdf:about=\"\"\n"
                                "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                                "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                                "    xmlns:aux=\"http://ns.adobe.com/exif/1.0/aux/\"\n"
                                "    xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\"\n"
                                "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
                                "    xmlns:mwg-rs=\"http://www.metadataworkinggroup.com/schemas/regions/\"\n"
                                "    xmlns:stDim=\"http://ns.adobe.com/xap/1.0/sType/Dimensions#\"\n"
                                "    xmlns:stArea=\"http://ns.adobe.com/xmp/sType/Area#\">\n");
    g_string_append_printf(
        xmp,
        "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
        "   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:description>\n"
        "   <photoshop:City>%s</photoshop:City>\n"
        "   <aux:SerialNumber>%s</aux:SerialNumber>\n"
        "   <xmp:CreatorTool>Darktable on allegret-desk</xmp:CreatorTool>\n",
        plant->title, plant->caption, plant->city, plant->body_serial);
    if (plant->artist)
        g_string_append_printf(xmp, "   <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n",
                               plant->artist);
    if (plant->copyright)
        g_string_append_printf(
            xmp, "   <dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:rights>\n",
            plant->copyright);
    if (plant->person)
        append_regions(xmp, plant, width, height);
    g_string_append(xmp, "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    return g_string_free(xmp, FALSE);
}

static void
add_dataset(GByteArray *iim, guint8 record, guint8 dataset, const char *text)
{
    if (!text)
        return;
    gsize length = strlen(text);
    const guint8 head[] = {0x1C, record, dataset, (guint8)(length >> 8), (guint8)length};
    g_byte_array_append(iim, head, sizeof head);
    g_byte_array_append(iim, (const guint8 *)text, (guint)length);
}

GBytes *
plant_iim(const Plant *plant)
{
    GByteArray *iim = g_byte_array_new();
    add_dataset(iim, 1, 90, "\x1B%G"); /* UTF-8 */
    add_dataset(iim, 2, 5, plant->title);
    add_dataset(iim, 2, 25, plant->keyword);
    add_dataset(iim, 2, 80, plant->artist);
    add_dataset(iim, 2, 90, plant->city);
    add_dataset(iim, 2, 95, "Isère");
    add_dataset(iim, 2, 101, "France");
    add_dataset(iim, 2, 116, plant->copyright);
    add_dataset(iim, 2, 120, plant->caption);
    return g_byte_array_free_to_bytes(iim);
}

GBytes *
plant_irb(const Plant *plant)
{
    g_autoptr(GBytes) iim = plant_iim(plant);
    gsize length;
    const guint8 *data = g_bytes_get_data(iim, &length);
    GByteArray *irb = g_byte_array_new();
    const guint8 head[] = {'8', 'B', 'I', 'M', 4, 4, 0, 0, 0, 0, (guint8)(length >> 8), (guint8)length};
    g_byte_array_append(irb, head, sizeof head);
    g_byte_array_append(irb, data, (guint)length);
    if (length % 2)
        g_byte_array_append(irb, (const guint8 *)"", 1);
    return g_byte_array_free_to_bytes(irb);
}

/* xmp_names.c: two tables: namespaces, and properties that tell of people, places and devices
 * (docs/spec/metadata.md §3.3). */
#include "metadata/xmp_names.h"

#include <string.h>

#define NAMED(uri) uri, sizeof(uri) - 1

static const struct {
    const char *uri;
    gsize length;
    const char *prefix;
    FgXmpNs ns;
} namespaces[] = {
    {NAMED("http://purl.org/dc/elements/1.1/"), "dc", FG_NS_DC},
    {NAMED("http://ns.adobe.com/photoshop/1.0/"), "photoshop", FG_NS_PHOTOSHOP},
    {NAMED("http://ns.adobe.com/xap/1.0/"), "xmp", FG_NS_XMP},
    {NAMED("http://ns.adobe.com/xap/1.0/rights/"), "xmpRights", FG_NS_XMP_RIGHTS},
    {NAMED("http://ns.adobe.com/xap/1.0/mm/"), "xmpMM", FG_NS_XMP_MM},
    {NAMED("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"), "Iptc4xmpCore", FG_NS_IPTC_CORE},
    {NAMED("http://iptc.org/std/Iptc4xmpExt/2008-02-29/"), "Iptc4xmpExt", FG_NS_IPTC_EXT},
    {NAMED("http://ns.useplus.org/ldf/xmp/1.0/"), "plus", FG_NS_PLUS},
    {NAMED("http://ns.adobe.com/tiff/1.0/"), "tiff", FG_NS_TIFF},
    {NAMED("http://ns.adobe.com/exif/1.0/"), "exif", FG_NS_EXIF},
    {NAMED("http://cipa.jp/exif/1.0/"), "exifEX", FG_NS_EXIF_EX},
    {NAMED("http://ns.adobe.com/exif/1.0/aux/"), "aux", FG_NS_AUX},
    {NAMED("http://ns.adobe.com/camera-raw-settings/1.0/"), "crs", FG_NS_CRS},
    {NAMED("http://ns.adobe.com/camera-raw-saved-settings/1.0/"), "crss", FG_NS_CRSS},
    {NAMED("http://ns.adobe.com/lightroom/1.0/"), "lr", FG_NS_LR},
    {NAMED("http://creativecommons.org/ns#"), "cc", FG_NS_CC},
    {NAMED("https://creativecommons.org/ns#"), "cc", FG_NS_CC},
    {NAMED("http://web.resource.org/cc/"), "cc", FG_NS_CC},
    {NAMED("http://ns.adobe.com/xmp/note/"), "xmpNote", FG_NS_XMP_NOTE},
    {NAMED("http://www.w3.org/ns/tdmrep/"), "tdm", FG_NS_TDM},
    {NAMED("http://www.w3.org/ns/tdmrep#"), "tdm", FG_NS_TDM},
    {NAMED("http://ns.adobe.com/xap/1.0/g/img/"), "xmpGImg", FG_NS_XMP_GIMG},
    {NAMED("http://ns.adobe.com/xap/1.0/bj/"), "xmpBJ", FG_NS_XMP_BJ},
    {NAMED("http://ns.adobe.com/xmp/1.0/DynamicMedia/"), "xmpDM", FG_NS_XMP_DM},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"), "stEvt", FG_NS_ST_EVT},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/ResourceRef#"), "stRef", FG_NS_ST_REF},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/Job#"), "stJob", FG_NS_XMP_BJ},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/Dimensions#"), "stDim", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xmp/sType/Dimensions#"), "stDim", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xmp/sType/Area#"), "stArea", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/Font#"), "stFnt", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/ManifestItem#"), "stMfs", FG_NS_ST_REF},
    {NAMED("http://ns.adobe.com/xap/1.0/sType/Version#"), "stVer", FG_NS_ST_EVT},
    {NAMED("http://ns.adobe.com/xap/1.0/t/pg/"), "xmpTPg", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xap/1.0/g/"), "xmpG", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/pdf/1.3/"), "pdf", FG_NS_ST_OTHER},
    {NAMED("http://ns.adobe.com/xmp/Identifier/qual/1.0/"), "xmpidq", FG_NS_ST_OTHER},
    {NAMED("http://www.metadataworkinggroup.com/schemas/regions/"), "mwg-rs", FG_NS_MWG_RS},
    {NAMED("http://www.metadataworkinggroup.com/schemas/keywords/"), "mwg-kw", FG_NS_MWG_KW},
    {NAMED("http://ns.microsoft.com/photo/1.2/"), "MP", FG_NS_MP},
    {NAMED("http://ns.microsoft.com/photo/1.2/t/RegionInfo#"), "MPRI", FG_NS_MP_RI},
    {NAMED("http://ns.microsoft.com/photo/1.2/t/Region#"), "MPReg", FG_NS_MP_REG},
    {NAMED("http://ns.microsoft.com/photo/1.0/"), "MicrosoftPhoto", FG_NS_MICROSOFT},
    {NAMED("http://ns.apple.com/faceinfo/1.0/"), "apple-fi", FG_NS_APPLE_FI},
    {NAMED("http://ns.acdsee.com/regions/"), "acdsee-rs", FG_NS_ACDSEE_RS},
    {NAMED("http://ns.acdsee.com/iptc/1.0/"), "acdsee", FG_NS_ACDSEE},
    {NAMED("http://www.digikam.org/ns/1.0/"), "digiKam", FG_NS_DIGIKAM},
    {NAMED("http://ns.iview-multimedia.com/mediapro/1.0/"), "mediapro", FG_NS_MEDIAPRO},
    {NAMED("http://ns.microsoft.com/expressionmedia/1.0/"), "expressionmedia", FG_NS_EXPRESSION_MEDIA},
    {NAMED("http://ns.idimager.com/ics/1.0/"), "ics", FG_NS_ICS},
    {NAMED("http://developer.sonyericsson.com/cell/1.0/"), "cell", FG_NS_CELL},
    {NAMED("http://ns.google.com/photos/1.0/panorama/"), "GPano", FG_NS_GPANO},
    {NAMED("http://ns.google.com/photos/1.0/depthmap/"), "GDepth", FG_NS_GDEPTH},
    {NAMED("http://ns.google.com/photos/1.0/image/"), "GImage", FG_NS_GIMAGE},
    {NAMED("http://ns.google.com/photos/1.0/audio/"), "GAudio", FG_NS_GAUDIO},
    {NAMED("http://ns.google.com/photos/1.0/camera/"), "GCamera", FG_NS_GCAMERA},
    {NAMED("http://ns.google.com/photos/1.0/container/"), "GContainer", FG_NS_GCONTAINER},
    {NAMED("http://ns.google.com/photos/1.0/container/item/"), "Item", FG_NS_GITEM},
    {NAMED("http://ns.google.com/photos/dd/1.0/container/"), "GContainer", FG_NS_GCONTAINER},
    {NAMED("http://ns.google.com/photos/dd/1.0/item/"), "Item", FG_NS_GITEM},
    {NAMED("http://ns.google.com/photos/dd/1.0/device/"), "Device", FG_NS_GDEVICE},
    {NAMED("http://ns.google.com/photos/dd/1.0/profile/"), "Profile", FG_NS_GDEVICE},
    {NAMED("http://ns.google.com/photos/dd/1.0/camera/"), "Camera", FG_NS_GDEVICE},
    {NAMED("http://ns.google.com/photos/dd/1.0/depthmap/"), "DepthMap", FG_NS_GDEVICE},
    {NAMED("http://ns.google.com/photos/dd/1.0/image/"), "Image", FG_NS_GDEVICE},
    {NAMED("http://ns.google.com/photos/dd/1.0/pose/"), "Pose", FG_NS_POSE},
    {NAMED("http://ns.google.com/photos/dd/1.0/earthpose/"), "EarthPose", FG_NS_POSE},
    {NAMED("http://ns.adobe.com/hdr-gain-map/1.0/"), "hdrgm", FG_NS_HDRGM},
    {NAMED("http://ns.apple.com/HDRGainMap/1.0/"), "HDRGainMap", FG_NS_HDRGM},
    {NAMED("http://www.dji.com/drone-dji/1.0/"), "drone-dji", FG_NS_DJI},
    {NAMED("http://pix4d.com/camera/1.0"), "Camera", FG_NS_PIX4D},
    {NAMED("http://pix4d.com/camera/1.0/"), "Camera", FG_NS_PIX4D},
    {NAMED("http://www.w3.org/2003/01/geo/wgs84_pos#"), "geo", FG_NS_GEO},
    {NAMED("http://rs.tdwg.org/dwc/terms/"), "dwc", FG_NS_DWC},
    {NAMED("http://rs.tdwg.org/dwc/index.htm"), "dwc", FG_NS_DWC},
    {NAMED("http://darktable.sf.net/"), "darktable", FG_NS_DARKTABLE},
    {NAMED("http://ns.apple.com/adjustment-settings/1.0/"), "aas", FG_NS_AAS},
    {NAMED("http://www.w3.org/1999/02/22-rdf-syntax-ns#"), "rdf", FG_NS_RDF},
    {NAMED("http://www.w3.org/XML/1998/namespace"), "xml", FG_NS_XML},
    {NAMED("adobe:ns:meta/"), "x", FG_NS_X},
};

FgXmpNs
fg_xmp_ns(const char *uri)
{
    gsize length = uri ? strlen(uri) : 0;
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (namespaces[i].length == length && memcmp(namespaces[i].uri, uri, length) == 0)
            return namespaces[i].ns;
    return FG_NS_UNKNOWN;
}

const char *
fg_xmp_prefix(FgXmpNs ns)
{
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (namespaces[i].ns == ns && ns != FG_NS_ST_OTHER && ns != FG_NS_GDEVICE && ns != FG_NS_POSE)
            return namespaces[i].prefix;
    return NULL;
}

const char *
fg_xmp_uri(FgXmpNs ns)
{
    for (guint i = 0; i < G_N_ELEMENTS(namespaces); i++)
        if (namespaces[i].ns == ns)
            return namespaces[i].uri;
    return NULL;
}

/* A name that ends in '*' stands for all that begin so; the first row that fits counts, an id of NULL is
 * harmless. */
static const struct {
    FgXmpNs ns;
    const char *name, *id;
} rows[] = {
    {FG_NS_XMP, "CreatorTool", "personal.software"},
    {FG_NS_XMP, "Thumbnails", NULL}, /* Its xmpGImg:image is the finding. */
    {FG_NS_XMP_MM, "History", "history.edit"},
    {FG_NS_XMP_MM, "RenditionClass", NULL},
    {FG_NS_XMP_MM, "*", "id.document"},
    {FG_NS_XMP_GIMG, "image", "preview.embedded"},
    {FG_NS_XMP_BJ, "*", "workflow.id"},
    {FG_NS_XMP_DM, "shotLocation", "location.text"},
    {FG_NS_XMP_DM, "*", "history.raw"},
    {FG_NS_ST_EVT, "*", "history.edit"},
    {FG_NS_ST_REF, "*", "id.document"},
    {FG_NS_PHOTOSHOP, "City", "location.text"},
    {FG_NS_PHOTOSHOP, "State", "location.text"},
    {FG_NS_PHOTOSHOP, "Country", "location.text"},
    {FG_NS_PHOTOSHOP, "CaptionWriter", "personal.name"},
    {FG_NS_PHOTOSHOP, "TransmissionReference", "workflow.id"},
    {FG_NS_PHOTOSHOP, "History", "history.edit"},
    {FG_NS_PHOTOSHOP, "DocumentAncestors", "id.document"},
    {FG_NS_PHOTOSHOP, "TextLayers", "personal.comment"},
    {FG_NS_PHOTOSHOP, "CameraProfiles", "history.raw"},
    {FG_NS_IPTC_CORE, "Location", "location.text"},
    {FG_NS_IPTC_CORE, "CountryCode", "location.text"},
    {FG_NS_IPTC_EXT, "LocationCreated", "location.text"},
    {FG_NS_IPTC_EXT, "LocationShown", "location.text"},
    {FG_NS_IPTC_EXT, "RatingRegion", "location.gps"},
    {FG_NS_IPTC_EXT, "Event*", "location.text"},
    {FG_NS_IPTC_EXT, "PersonInImage*", "personal.person"},
    {FG_NS_IPTC_EXT, "PersonHeard", "personal.person"},
    {FG_NS_IPTC_EXT, "OrganisationInImage*", "personal.person"},
    {FG_NS_IPTC_EXT, "AddlModelInfo", "personal.person"},
    {FG_NS_IPTC_EXT, "ModelAge", "personal.person"},
    {FG_NS_IPTC_EXT, "ImageRegion", "personal.face"},
    {FG_NS_IPTC_EXT, "AIPrompt*", "personal.prompt"},
    {FG_NS_IPTC_EXT, "Contributor", "personal.name"},
    {FG_NS_IPTC_EXT, "DigImageGUID", "id.unique"},
    {FG_NS_PLUS, "MinorModelAgeDisclosure", "personal.person"},
    {FG_NS_PLUS, "ModelReleaseID", "personal.person"},
    {FG_NS_PLUS, "PropertyReleaseID", "personal.person"},
    {FG_NS_TIFF, "Software", "personal.software"},
    {FG_NS_TIFF, "HostComputer", "personal.host"},
    {FG_NS_EXIF, "GPSVersionID", NULL},
    {FG_NS_EXIF, "GPSMapDatum", NULL},
    {FG_NS_EXIF, "GPSLatitude*", "location.gps"},
    {FG_NS_EXIF, "GPSLongitude*", "location.gps"},
    {FG_NS_EXIF, "GPSDestLatitude*", "location.gps"},
    {FG_NS_EXIF, "GPSDestLongitude*", "location.gps"},
    {FG_NS_EXIF, "GPSAreaInformation", "location.text"},
    {FG_NS_EXIF, "GPS*", "location.sensor"},
    {FG_NS_EXIF, "UserComment", "personal.comment"},
    {FG_NS_EXIF, "ImageUniqueID", "id.unique"},
    {FG_NS_EXIF, "MakerNote", "makernote.present"},
    {FG_NS_EXIF, "OffsetTime*", "time.zone"},
    {FG_NS_EXIF_EX, "OffsetTime*", "time.zone"},
    {FG_NS_EXIF_EX, "ImageEditor", "personal.name"},
    {FG_NS_EXIF_EX, "CameraFirmware", "personal.software"},
    {FG_NS_EXIF_EX, "RAWDevelopingSoftware", "personal.software"},
    {FG_NS_EXIF_EX, "ImageEditingSoftware", "personal.software"},
    {FG_NS_EXIF_EX, "MetadataEditingSoftware", "personal.software"},
    {FG_NS_EXIF_EX, "AmbientTemperature", "location.sensor"},
    {FG_NS_EXIF_EX, "Temperature", "location.sensor"},
    {FG_NS_EXIF_EX, "Humidity", "location.sensor"},
    {FG_NS_EXIF_EX, "Pressure", "location.sensor"},
    {FG_NS_EXIF_EX, "WaterDepth", "location.sensor"},
    {FG_NS_EXIF_EX, "Acceleration", "location.sensor"},
    {FG_NS_EXIF_EX, "CameraElevationAngle", "location.sensor"},
    {FG_NS_AUX, "ImageNumber", "id.unique"},
    {FG_NS_CRS, "*", "history.raw"},
    {FG_NS_CRSS, "*", "history.raw"},
    {FG_NS_LR, "hierarchicalSubject", "personal.name"},
    {FG_NS_LR, "weightedFlatSubject", "personal.name"},
    {FG_NS_LR, "*", "history.raw"},
    {FG_NS_MWG_RS, "Name", "personal.person"},
    {FG_NS_MWG_RS, "AppliedToDimensions", NULL},
    {FG_NS_MWG_RS, "*", "personal.face"},
    {FG_NS_MWG_KW, "*", "personal.name"},
    {FG_NS_MP, "*", "personal.face"},
    {FG_NS_MP_RI, "*", "personal.face"},
    {FG_NS_MP_REG, "Person*", "personal.person"},
    {FG_NS_MP_REG, "*", "personal.face"},
    {FG_NS_MICROSOFT, "LastKeyword*", "personal.name"},
    {FG_NS_APPLE_FI, "*", "personal.face"},
    {FG_NS_ACDSEE_RS, "Name", "personal.person"},
    {FG_NS_ACDSEE_RS, "*", "personal.face"},
    {FG_NS_ACDSEE, "categories", "personal.name"},
    {FG_NS_ACDSEE, "location", "location.text"},
    {FG_NS_ACDSEE, "notes", "personal.comment"},
    {FG_NS_ACDSEE, "author", NULL},
    {FG_NS_DIGIKAM, "TagsList", "personal.name"},
    {FG_NS_MEDIAPRO, "People", "personal.person"},
    {FG_NS_MEDIAPRO, "Location", "location.text"},
    {FG_NS_MEDIAPRO, "Event", "location.text"},
    {FG_NS_MEDIAPRO, "UserFields", "personal.comment"},
    {FG_NS_EXPRESSION_MEDIA, "People", "personal.person"},
    {FG_NS_EXPRESSION_MEDIA, "Location", "location.text"},
    {FG_NS_EXPRESSION_MEDIA, "Event", "location.text"},
    {FG_NS_EXPRESSION_MEDIA, "UserFields", "personal.comment"},
    {FG_NS_ICS, "*", "personal.name"},
    {FG_NS_CELL, "*", "location.gps"}, /* which tower the phone spoke to */
    {FG_NS_GPANO, "PoseHeadingDegrees", "location.sensor"},
    {FG_NS_GDEPTH, "Data", "preview.embedded"},
    {FG_NS_GIMAGE, "Data", "preview.embedded"},
    {FG_NS_GAUDIO, "Data", "preview.embedded"},
    {FG_NS_GCAMERA, "hdrp_makernote", "makernote.present"},
    {FG_NS_GCAMERA, "shot_log_data", "makernote.present"},
    {FG_NS_GCAMERA, "BurstID", "id.unique"},
    {FG_NS_DJI, "Gps*", "location.gps"},
    {FG_NS_DJI, "GPS*", "location.gps"},
    {FG_NS_DJI, "Latitude", "location.gps"},
    {FG_NS_DJI, "Longitude", "location.gps"},
    {FG_NS_DJI, "*Altitude", "location.sensor"},
    {FG_NS_DJI, "DroneID", "serial.body"},
    {FG_NS_DJI, "SelfData", "personal.comment"},
    {FG_NS_DJI, "Version", NULL},
    {FG_NS_DJI, "Product*", NULL},
    {FG_NS_PIX4D, "GPS*", "location.gps"},
    {FG_NS_PIX4D, "IMU*", "location.sensor"},
    {FG_NS_PIX4D, "Yaw", "location.sensor"},
    {FG_NS_PIX4D, "AboveGroundAltitude", "location.sensor"},
    {FG_NS_GEO, "alt", "location.sensor"},
    {FG_NS_GEO, "*", "location.gps"},
    {FG_NS_DWC, "decimalLatitude", "location.gps"},
    {FG_NS_DWC, "decimalLongitude", "location.gps"},
    {FG_NS_DWC, "verbatimCoordinates", "location.gps"},
    {FG_NS_DWC, "recordedBy", "personal.name"},
    {FG_NS_DWC, "identifiedBy", "personal.name"},
    {FG_NS_DARKTABLE, "*", "history.raw"},
    {FG_NS_AAS, "*", "history.raw"},
    {FG_NS_POSE, "*", "location.gps"},
};

static gboolean
fits(const char *pattern, const char *name)
{
    gsize length = strlen(pattern);
    if (pattern[0] == '*' && length > 1)
        return g_str_has_suffix(name, pattern + 1);
    if (length > 0 && pattern[length - 1] == '*')
        return strncmp(pattern, name, length - 1) == 0;
    return strcmp(pattern, name) == 0;
}

static gsize
first_row(FgXmpNs ns)
{
    gsize low = 0, high = G_N_ELEMENTS(rows);
    while (low < high) {
        gsize middle = low + (high - low) / 2;
        if (rows[middle].ns < ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* FALSE when no row fits; else *id may be NULL. */
static gboolean
find_row(FgXmpNs ns, const char *name, const char **id)
{
    for (gsize i = first_row(ns); i < G_N_ELEMENTS(rows) && rows[i].ns == ns; i++)
        if (fits(rows[i].name, name)) {
            *id = rows[i].id;
            return TRUE;
        }
    return FALSE;
}

/* What a name says whatever its namespace. */
static const char *
telling_name(const char *name)
{
    if (strstr(name, "SerialNumber") || strstr(name, "serialNumber"))
        return strstr(name, "Lens") ? "serial.lens" : "serial.body";
    if (strcmp(name, "OwnerName") == 0 || strcmp(name, "CameraOwnerName") == 0)
        return "personal.owner";
    if (strstr(name, "atitude") || strstr(name, "ongitude"))
        return "location.gps";
    return NULL;
}

/* What the name of a property of an unknown namespace says of a place. */
static gboolean
names_place(const char *name)
{
    static const char *const names[] = {"location", "sublocation", "city", "placename", "geolocation"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(name, names[i]) == 0)
            return TRUE;
    return FALSE;
}

gboolean
fg_xmp_is_address(FgXmpNs ns, const char *name)
{
    return g_ascii_strcasecmp(name, "location") == 0 &&
           (ns == FG_NS_ACDSEE || ns == FG_NS_MEDIAPRO || ns == FG_NS_EXPRESSION_MEDIA);
}

const char *
fg_xmp_personal_id(FgXmpNs top_ns, const char *top, FgXmpNs ns, const char *name)
{
    const char *id = NULL;
    if (find_row(ns, name, &id))
        return id;
    const char *telling = telling_name(name);
    if (telling)
        return telling;
    if (find_row(top_ns, top, &id))
        return id;
    if (ns == FG_NS_UNKNOWN && names_place(name))
        return "location.text";
    /* A drone notes its flight beside the place; all of it tells where it was. */
    return top_ns == FG_NS_DJI ? "location.sensor" : NULL;
}

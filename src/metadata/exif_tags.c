/* exif_tags.c: the tables of tags, one a kind of directory, each sorted by number (Exif 3.0 §4.6, TIFF 6.0,
 * DNG 1.6, GeoTIFF 1.0; numbers of maker notes as ExifTool and exiv2 publish them). */
#include "metadata/exif_tags.h"
#include "metadata/metadata_private.h"

#define PERSONAL(tag, id)                                                                                    \
    {                                                                                                        \
        tag, FG_TAG_PERSONAL, 0, id                                                                          \
    }
#define OPAQUE(tag, id)                                                                                      \
    {                                                                                                        \
        tag, FG_TAG_OPAQUE, 0, id                                                                            \
    }
#define PLACE(tag, id)                                                                                       \
    {                                                                                                        \
        tag, FG_TAG_PLACE, 0, id                                                                             \
    }
#define STATED(tag)                                                                                          \
    {                                                                                                        \
        tag, FG_TAG_STATED, 0, NULL                                                                          \
    }
#define POINTER(tag, ifd)                                                                                    \
    {                                                                                                        \
        tag, FG_TAG_POINTER, ifd, NULL                                                                       \
    }
#define BLOCK(tag)                                                                                           \
    {                                                                                                        \
        tag, FG_TAG_BLOCK, 0, NULL                                                                           \
    }
#define LAYOUT(tag)                                                                                          \
    {                                                                                                        \
        tag, FG_TAG_LAYOUT, 0, NULL                                                                          \
    }
#define UTF16(tag)                                                                                           \
    {                                                                                                        \
        tag, FG_TAG_UTF16, 0, "personal.comment"                                                             \
    }
#define PICTURE(tag)                                                                                         \
    {                                                                                                        \
        tag, FG_TAG_PICTURE, 0, "preview.embedded"                                                           \
    }

/* IFD0, IFD1, SubIFDs and ExifIFD share one number space, and cameras mix them up. What a row of
 * filigrane/fields.def has a tag for needs none here. */
static const FgTag image_tags[] = {
    PERSONAL(0x000b, "personal.software"),           /* ProcessingSoftware */
    PERSONAL(0x010d, "personal.comment"),            /* DocumentName */
    LAYOUT(0x0111),                                  /* StripOffsets */
    STATED(0x0112),                                  /* Orientation */
    LAYOUT(0x0117),                                  /* StripByteCounts */
    PERSONAL(0x011d, "personal.comment"),            /* PageName */
    PERSONAL(0x0131, "personal.software"),           /* Software */
    STATED(0x0132),                                  /* DateTime */
    PERSONAL(0x013c, "personal.host"),               /* HostComputer */
    LAYOUT(0x0144),                                  /* TileOffsets */
    LAYOUT(0x0145),                                  /* TileByteCounts */
    POINTER(0x014a, FG_IFD_SUB),                     /* SubIFDs */
    LAYOUT(0x0201),                                  /* JPEGInterchangeFormat */
    LAYOUT(0x0202),                                  /* JPEGInterchangeFormatLength */
    BLOCK(0x02bc),                                   /* XMP */
    OPAQUE(0x501b, "preview.embedded"),              /* thumbnail of GDI+ */
    OPAQUE(0x830e, "location.gps"),                  /* ModelPixelScale (GeoTIFF) */
    BLOCK(0x83bb),                                   /* IPTC */
    OPAQUE(0x8480, "location.gps"),                  /* IntergraphMatrix */
    OPAQUE(0x8482, "location.gps"),                  /* ModelTiepoint */
    BLOCK(0x8568),                                   /* AFCP_IPTC */
    OPAQUE(0x85d8, "location.gps"),                  /* ModelTransformation */
    BLOCK(0x8649),                                   /* Photoshop */
    POINTER(0x8769, FG_IFD_EXIF),                    /* ExifIFD */
    OPAQUE(0x87af, "location.gps"),                  /* GeoKeyDirectory */
    OPAQUE(0x87b0, "location.gps"),                  /* GeoDoubleParams */
    PERSONAL(0x87b1, "location.gps"),                /* GeoAsciiParams */
    POINTER(0x8825, FG_IFD_GPS),                     /* GPS IFD */
    PERSONAL(0x882a, "time.zone"),                   /* TimeZoneOffset */
    STATED(0x9004),                                  /* DateTimeDigitized */
    PERSONAL(0x9010, "time.zone"),                   /* OffsetTime */
    PERSONAL(0x9011, "time.zone"),                   /* OffsetTimeOriginal */
    PERSONAL(0x9012, "time.zone"),                   /* OffsetTimeDigitized */
    BLOCK(0x927c),                                   /* MakerNote */
    {0x9286, FG_TAG_COMMENT, 0, "personal.comment"}, /* UserComment */
    OPAQUE(0x935c, "preview.embedded"),              /* ImageSourceData: the layers of Photoshop */
    PLACE(0x9400, "location.sensor"),                /* AmbientTemperature */
    PLACE(0x9401, "location.sensor"),                /* Humidity */
    PLACE(0x9402, "location.sensor"),                /* Pressure */
    PLACE(0x9403, "location.sensor"),                /* WaterDepth */
    PLACE(0x9404, "location.sensor"),                /* Acceleration */
    PLACE(0x9405, "location.sensor"),                /* CameraElevationAngle */
    UTF16(0x9c9b),                                   /* XPTitle */
    UTF16(0x9c9c),                                   /* XPComment */
    UTF16(0x9c9d),                                   /* XPAuthor */
    UTF16(0x9c9e),                                   /* XPKeywords */
    UTF16(0x9c9f),                                   /* XPSubject */
    STATED(0xa001),                                  /* ColorSpace */
    POINTER(0xa005, FG_IFD_INTEROP),                 /* InteroperabilityIFD */
    PERSONAL(0xa420, "id.unique"),                   /* ImageUniqueID */
    PERSONAL(0xa430, "personal.owner"),              /* CameraOwnerName */
    PERSONAL(0xa431, "serial.body"),                 /* BodySerialNumber */
    PERSONAL(0xa435, "serial.lens"),                 /* LensSerialNumber */
    PERSONAL(0xa436, "personal.comment"),            /* ImageTitle */
    STATED(0xa437),                                  /* Photographer */
    PERSONAL(0xa438, "personal.name"),               /* ImageEditor */
    PERSONAL(0xa439, "personal.software"),           /* CameraFirmware */
    PERSONAL(0xa43a, "personal.software"),           /* RAWDevelopingSoftware */
    PERSONAL(0xa43b, "personal.software"),           /* ImageEditingSoftware */
    PERSONAL(0xa43c, "personal.software"),           /* MetadataEditingSoftware */
    PERSONAL(0xa480, "personal.comment"),            /* GDAL metadata */
    PERSONAL(0xc62f, "serial.body"),                 /* CameraSerialNumber (DNG) */
    OPAQUE(0xc634, "makernote.present"),             /* DNGPrivateData */
    PERSONAL(0xc65d, "id.unique"),                   /* RawDataUniqueID */
    PERSONAL(0xc68b, "makernote.present"),           /* OriginalRawFileName */
    OPAQUE(0xc68c, "makernote.present"),             /* OriginalRawFileData */
    PERSONAL(0xfde8, "personal.owner"),              /* OwnerName (Camera Raw) */
    PERSONAL(0xfde9, "serial.body"),                 /* SerialNumber (Camera Raw) */
    STATED(0xfdea),                                  /* Lens (Camera Raw) */
};

/* GPSVersionID and the reference letters say nothing alone; 0x0012 is the same for all of the earth. */
static const FgTag gps_tags[] = {
    STATED(0x0001), /* GPSLatitudeRef */
    PLACE(0x0002, "location.gps"),
    STATED(0x0003), /* GPSLongitudeRef */
    PLACE(0x0004, "location.gps"),
    PLACE(0x0006, "location.sensor"),               /* GPSAltitude */
    PLACE(0x0007, "location.sensor"),               /* GPSTimeStamp */
    PERSONAL(0x0008, "location.sensor"),            /* GPSSatellites */
    PLACE(0x000b, "location.sensor"),               /* GPSDOP */
    PLACE(0x000d, "location.sensor"),               /* GPSSpeed */
    PLACE(0x000f, "location.sensor"),               /* GPSTrack */
    PLACE(0x0011, "location.sensor"),               /* GPSImgDirection */
    STATED(0x0013),                                 /* GPSDestLatitudeRef */
    PLACE(0x0014, "location.gps"),                  /* GPSDestLatitude */
    STATED(0x0015),                                 /* GPSDestLongitudeRef */
    PLACE(0x0016, "location.gps"),                  /* GPSDestLongitude */
    PLACE(0x0018, "location.sensor"),               /* GPSDestBearing */
    PLACE(0x001a, "location.sensor"),               /* GPSDestDistance */
    {0x001b, FG_TAG_COMMENT, 0, "location.sensor"}, /* GPSProcessingMethod */
    {0x001c, FG_TAG_COMMENT, 0, "location.text"},   /* GPSAreaInformation */
    PERSONAL(0x001d, "location.sensor"),            /* GPSDateStamp */
    PLACE(0x001f, "location.sensor"),               /* GPSHPositioningError */
};

static const FgTag interop_tags[] = {
    STATED(0x0001), /* InteroperabilityIndex */
};

static const FgTag canon_tags[] = {
    PERSONAL(0x0009, "personal.owner"), PERSONAL(0x000c, "serial.body"),
    PERSONAL(0x0096, "serial.body"),    /* InternalSerialNumber */
    OPAQUE(0x00b6, "preview.embedded"), /* PreviewImageInfo */
    OPAQUE(0x4019, "serial.lens"),      /* LensInfo: five bytes of serial number */
};

static const FgTag nikon_tags[] = {
    POINTER(0x0011, FG_IFD_NIKON_PREVIEW), PERSONAL(0x001d, "serial.body"),
    PERSONAL(0x00a0, "serial.body"), /* "NO= 00001234" */
};

static const FgTag nikon_preview_tags[] = {
    LAYOUT(0x0201),
    LAYOUT(0x0202),
};

static const FgTag olympus_tags[] = {
    OPAQUE(0x0081, "preview.embedded"),
    OPAQUE(0x0088, "preview.embedded"),
    PICTURE(0x0100), /* ThumbnailImage */
    PERSONAL(0x0404, "serial.body"),
    PERSONAL(0x101a, "serial.body"),
    POINTER(0x2010, FG_IFD_OLYMPUS_EQUIPMENT),
    POINTER(0x2020, FG_IFD_OLYMPUS_SETTINGS),
};

static const FgTag olympus_equipment_tags[] = {
    PERSONAL(0x0101, "serial.body"), PERSONAL(0x0102, "serial.body"), /* InternalSerialNumber */
    PERSONAL(0x0202, "serial.lens"), PERSONAL(0x0302, "serial.lens"), /* ExtenderSerialNumber */
    PERSONAL(0x1003, "serial.body"),                                  /* FlashSerialNumber */
};

static const FgTag olympus_settings_tags[] = {
    OPAQUE(0x0101, "preview.embedded"), /* PreviewImageStart */
};

static const FgTag fujifilm_tags[] = {
    PERSONAL(0x0010, "serial.body"), /* InternalSerialNumber */
};

static const FgTag panasonic_tags[] = {
    PERSONAL(0x0025, "serial.body"),                                       /* InternalSerialNumber */
    PERSONAL(0x0052, "serial.lens"),      PERSONAL(0x0054, "serial.lens"), /* of an accessory */
    PERSONAL(0x0065, "personal.comment"),                                  /* Title */
    PERSONAL(0x0066, "personal.person"),                                   /* BabyName */
    PERSONAL(0x0067, "location.text"),                                     /* Location */
    PERSONAL(0x0069, "location.text"),                                     /* Country */
    PERSONAL(0x006b, "location.text"),                                     /* State */
    PERSONAL(0x006d, "location.text"),                                     /* City */
    PERSONAL(0x006f, "location.text"),                                     /* Landmark */
    PERSONAL(0x0303, "serial.body"),                                       /* of Leica */
    PERSONAL(0x8010, "personal.person"),                                   /* BabyName */
};

static const FgTag pentax_tags[] = {
    OPAQUE(0x0004, "preview.embedded"), /* PreviewImageStart */
    PERSONAL(0x0215, "serial.body"),    /* CameraInfo: model, dates, and the number of the body */
    PERSONAL(0x0229, "serial.body"),
};

static const FgTag sony_tags[] = {
    PICTURE(0x2001),                 /* PreviewImage */
    PERSONAL(0x2031, "serial.body"), /* SerialNumber */
    OPAQUE(0x9050, "serial.body"),   /* enciphered; among others the internal serial number */
};

static const FgTag apple_tags[] = {
    PERSONAL(0x0011, "id.unique"), /* ContentIdentifier */
    PERSONAL(0x0015, "id.unique"), /* ImageUniqueID */
    PERSONAL(0x002b, "id.unique"), /* PhotoIdentifier */
};

static const FgTag casio_tags[] = {
    OPAQUE(0x0004, "preview.embedded"), /* PreviewImageStart */
    PICTURE(0x2000),                    /* PreviewImage */
};

static const FgTag minolta_tags[] = {
    PICTURE(0x0081),
    OPAQUE(0x0088, "preview.embedded"),
};

static const FgTag nintendo_tags[] = {
    OPAQUE(0x1101, "serial.body"), /* CameraInfo holds a number of the console */
};

static const FgTag sigma_tags[] = {
    PERSONAL(0x0002, "serial.body"),
};

static const FgTag motorola_tags[] = {
    PERSONAL(0x5501, "serial.body"),
};

static const FgTag ricoh_tags[] = {
    PERSONAL(0x0005, "serial.body"),
    POINTER(0x2001, FG_IFD_RICOH_INFO),
};

static const FgTag ricoh_info_tags[] = {
    PERSONAL(0x002c, "serial.body"), /* SerialInfo: of body and lens */
};

static const FgTag kodak_tags[] = {
    POINTER(0xfc00, FG_IFD_KODAK_SUB),    POINTER(0xfc01, FG_IFD_KODAK_SUB),
    POINTER(0xfc02, FG_IFD_KODAK_SUB),    POINTER(0xfc03, FG_IFD_KODAK_SUB),
    POINTER(0xfc04, FG_IFD_KODAK_SUB),    POINTER(0xfc05, FG_IFD_KODAK_SUB),
    POINTER(0xfc06, FG_IFD_KODAK_SUB),    POINTER(0xfcff, FG_IFD_KODAK_SUB),
    POINTER(0xff00, FG_IFD_KODAK_CAMERA),
};

static const FgTag kodak_sub_tags[] = {
    PERSONAL(0xfa19, "serial.body"),
};

static const FgTag kodak_camera_tags[] = {
    PERSONAL(0xfa04, "serial.body"),
};

static const FgTag pixpro_tags[] = {
    PERSONAL(0x0308, "serial.lens"),
};

static const FgTag leica_tags[] = {
    PERSONAL(0x0303, "serial.body"), PERSONAL(0x0305, "serial.body"), PERSONAL(0x0321, "serial.lens"),
    PERSONAL(0x0500, "serial.body"), /* InternalSerialNumber */
    POINTER(0x3000, FG_IFD_LEICA),   POINTER(0x3100, FG_IFD_LEICA),   PERSONAL(0x3103, "serial.body"),
    POINTER(0x3400, FG_IFD_LEICA),   POINTER(0x3900, FG_IFD_LEICA),
};

static const FgTag samsung_tags[] = {
    PERSONAL(0xa002, "serial.body"),
    PERSONAL(0xa005, "serial.lens"),
};

#define ROWS(table)                                                                                          \
    {                                                                                                        \
        table, G_N_ELEMENTS(table)                                                                           \
    }
static const struct {
    const FgTag *rows;
    gsize count;
} tables[FG_N_IFDS] = {
    [FG_IFD_0] = ROWS(image_tags),
    [FG_IFD_1] = ROWS(image_tags),
    [FG_IFD_EXIF] = ROWS(image_tags),
    [FG_IFD_SUB] = ROWS(image_tags),
    [FG_IFD_GPS] = ROWS(gps_tags),
    [FG_IFD_INTEROP] = ROWS(interop_tags),
    [FG_IFD_CANON] = ROWS(canon_tags),
    [FG_IFD_NIKON] = ROWS(nikon_tags),
    [FG_IFD_NIKON_PREVIEW] = ROWS(nikon_preview_tags),
    [FG_IFD_OLYMPUS] = ROWS(olympus_tags),
    [FG_IFD_OLYMPUS_EQUIPMENT] = ROWS(olympus_equipment_tags),
    [FG_IFD_OLYMPUS_SETTINGS] = ROWS(olympus_settings_tags),
    [FG_IFD_FUJIFILM] = ROWS(fujifilm_tags),
    [FG_IFD_PANASONIC] = ROWS(panasonic_tags),
    [FG_IFD_PENTAX] = ROWS(pentax_tags),
    [FG_IFD_SONY] = ROWS(sony_tags),
    [FG_IFD_APPLE] = ROWS(apple_tags),
    [FG_IFD_CASIO] = ROWS(casio_tags),
    [FG_IFD_MINOLTA] = ROWS(minolta_tags),
    [FG_IFD_NINTENDO] = ROWS(nintendo_tags),
    [FG_IFD_SIGMA] = ROWS(sigma_tags),
    [FG_IFD_MOTOROLA] = ROWS(motorola_tags),
    [FG_IFD_RICOH] = ROWS(ricoh_tags),
    [FG_IFD_RICOH_INFO] = ROWS(ricoh_info_tags),
    [FG_IFD_KODAK] = ROWS(kodak_tags),
    [FG_IFD_KODAK_SUB] = ROWS(kodak_sub_tags),
    [FG_IFD_KODAK_CAMERA] = ROWS(kodak_camera_tags),
    [FG_IFD_PIXPRO] = ROWS(pixpro_tags),
    [FG_IFD_LEICA] = ROWS(leica_tags),
    [FG_IFD_SAMSUNG] = ROWS(samsung_tags),
};

static gboolean
is_field(const FgField *fields, guint16 tag)
{
    while (fields->key && fields->ifd0 != tag && fields->exif != tag)
        fields++;
    return fields->key && tag != 0;
}

const FgTag *
fg_exif_tag(FgIfd ifd, guint16 tag)
{
    static const FgTag stated = STATED(0);
    gsize low = 0, high = tables[ifd].count;
    while (low < high) {
        gsize middle = low + (high - low) / 2;
        const FgTag *row = &tables[ifd].rows[middle];
        if (row->tag == tag)
            return row;
        if (row->tag < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return tables[ifd].rows == image_tags && (is_field(fg_right_fields, tag) || is_field(fg_fact_fields, tag))
               ? &stated
               : NULL;
}

const char *
fg_ifd_name(FgIfd ifd)
{
    static const char *const names[FG_N_IFDS] = {
        [FG_IFD_0] = "IFD0",
        [FG_IFD_1] = "IFD1",
        [FG_IFD_EXIF] = "ExifIFD",
        [FG_IFD_GPS] = "GPS",
        [FG_IFD_INTEROP] = "InteropIFD",
        [FG_IFD_SUB] = "SubIFD",
        [FG_IFD_CANON] = "MakerNote/Canon",
        [FG_IFD_NIKON] = "MakerNote/Nikon",
        [FG_IFD_NIKON_PREVIEW] = "MakerNote/NikonPreview",
        [FG_IFD_OLYMPUS] = "MakerNote/Olympus",
        [FG_IFD_OLYMPUS_EQUIPMENT] = "MakerNote/OlympusEquipment",
        [FG_IFD_OLYMPUS_SETTINGS] = "MakerNote/OlympusSettings",
        [FG_IFD_FUJIFILM] = "MakerNote/Fujifilm",
        [FG_IFD_PANASONIC] = "MakerNote/Panasonic",
        [FG_IFD_PENTAX] = "MakerNote/Pentax",
        [FG_IFD_SONY] = "MakerNote/Sony",
        [FG_IFD_APPLE] = "MakerNote/Apple",
        [FG_IFD_CASIO] = "MakerNote/Casio",
        [FG_IFD_MINOLTA] = "MakerNote/Minolta",
        [FG_IFD_NINTENDO] = "MakerNote/Nintendo",
        [FG_IFD_SIGMA] = "MakerNote/Sigma",
        [FG_IFD_MOTOROLA] = "MakerNote/Motorola",
        [FG_IFD_RICOH] = "MakerNote/Ricoh",
        [FG_IFD_RICOH_INFO] = "MakerNote/RicohInfo",
        [FG_IFD_KODAK] = "MakerNote/Kodak",
        [FG_IFD_KODAK_SUB] = "MakerNote/KodakSub",
        [FG_IFD_KODAK_CAMERA] = "MakerNote/KodakCamera",
        [FG_IFD_PIXPRO] = "MakerNote/PixPro",
        [FG_IFD_LEICA] = "MakerNote/Leica",
        [FG_IFD_SAMSUNG] = "MakerNote/Samsung",
    };
    return names[ifd];
}

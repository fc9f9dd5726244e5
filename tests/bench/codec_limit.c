/* codec_limit.c: what the codecs alone cost for a job of publish: the floor under every program that does it.
 *
 *     codec_limit PHOTOS PIXELS FORMAT...
 *
 * Decodes every JPEG of the folder PHOTOS by libjpeg-turbo at the smallest of its fast scales that leaves
 * 2048 pixels of width, and encodes every PNG of the folder PIXELS, which are the very pixels of a job, to
 * each FORMAT (jpeg, webp, avif) with the settings of bench_publish.sh. Only time spent in the codecs is
 * counted: PNGs are read outside of it, and nothing is sized, marked or written. Prints CPU seconds of the
 * decoder and of each format. While a codec runs, the thread has its name, so that a profiler can tell whose
 * an address is: decoder and encoder share a library without symbols. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include <jpeglib.h>
#include <libheif/heif.h>
#include <png.h>
#include <webp/encode.h>

#define WIDEST 2048u
#define JPEG_QUALITY 82
#define WEBP_QUALITY 80
#define WEBP_METHOD 4
#define AVIF_QUALITY 65
#define AVIF_SPEED 8

typedef struct {
    uint8_t *data;
    size_t length;
} Bytes;

typedef struct {
    unsigned width, height;
    uint8_t *rgb;
} Pixels;

static void
check(int fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "codec_limit: %s\n", what);
    exit(1);
}

static double
cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Bytes
read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    check(file != NULL, path);
    fseek(file, 0, SEEK_END);
    Bytes bytes = {.length = (size_t)ftell(file)};
    rewind(file);
    bytes.data = malloc(bytes.length + 1);
    check(fread(bytes.data, 1, bytes.length, file) == bytes.length, path);
    fclose(file);
    return bytes;
}

static Pixels
read_png(const char *path)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    check(png_image_begin_read_from_file(&image, path), path);
    image.format = PNG_FORMAT_RGB;
    Pixels pixels = {image.width, image.height, malloc(PNG_IMAGE_SIZE(image))};
    check(png_image_finish_read(&image, NULL, pixels.rgb, 0, NULL), path);
    return pixels;
}

/* ---- The codecs ---- */

static void
decode_jpeg(const Bytes *file)
{
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr trouble;
    jpeg.err = jpeg_std_error(&trouble);
    jpeg_create_decompress(&jpeg);
    jpeg_mem_src(&jpeg, file->data, file->length);
    jpeg_read_header(&jpeg, TRUE);
    unsigned width = jpeg.image_width;
    for (jpeg.scale_denom = 8; jpeg.scale_denom > 1; jpeg.scale_denom /= 2)
        if ((width + jpeg.scale_denom - 1) / jpeg.scale_denom >= WIDEST)
            break;
    jpeg.scale_num = 1;
    jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&jpeg);
    JSAMPARRAY row = jpeg.mem->alloc_sarray((j_common_ptr)&jpeg, JPOOL_IMAGE, jpeg.output_width * 3, 1);
    while (jpeg.output_scanline < jpeg.output_height)
        jpeg_read_scanlines(&jpeg, row, 1);
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
}

static void
encode_jpeg(const Pixels *pixels)
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr trouble;
    unsigned char *data = NULL;
    unsigned long length = 0;
    jpeg.err = jpeg_std_error(&trouble);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &data, &length);
    jpeg.image_width = pixels->width;
    jpeg.image_height = pixels->height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, JPEG_QUALITY, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = pixels->rgb + (size_t)jpeg.next_scanline * pixels->width * 3;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    free(data);
}

static void
encode_webp(const Pixels *pixels)
{
    WebPConfig config;
    WebPPicture picture;
    WebPMemoryWriter writer;
    check(WebPConfigInit(&config) && WebPPictureInit(&picture), "libwebp");
    WebPMemoryWriterInit(&writer);
    config.quality = WEBP_QUALITY;
    config.method = WEBP_METHOD;
    picture.width = (int)pixels->width;
    picture.height = (int)pixels->height;
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &writer;
    check(WebPPictureImportRGB(&picture, pixels->rgb, (int)pixels->width * 3), "libwebp");
    check(WebPEncode(&config, &picture), "libwebp");
    WebPPictureFree(&picture);
    WebPMemoryWriterClear(&writer);
}

static struct heif_error
drop(struct heif_context *context, const void *data, size_t length, void *unused)
{
    (void)context, (void)data, (void)length, (void)unused;
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, "ok"};
}

static void
encode_avif(const Pixels *pixels)
{
    int width = (int)pixels->width, height = (int)pixels->height, stride;
    struct heif_context *context = heif_context_alloc();
    struct heif_encoder *encoder;
    struct heif_image *image;
    check(heif_context_get_encoder_for_format(context, heif_compression_AV1, &encoder).code == 0, "libheif");
    heif_encoder_set_lossy_quality(encoder, AVIF_QUALITY);
    heif_encoder_set_parameter_integer(encoder, "speed", AVIF_SPEED);
    heif_encoder_set_parameter_integer(encoder, "threads", 1);
    heif_encoder_set_parameter_string(encoder, "chroma", "420");
    heif_image_create(width, height, heif_colorspace_RGB, heif_chroma_interleaved_RGB, &image);
    heif_image_add_plane(image, heif_channel_interleaved, width, height, 8);
    uint8_t *plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < height; y++)
        memcpy(plane + (ptrdiff_t)y * stride, pixels->rgb + (size_t)y * pixels->width * 3, pixels->width * 3);
    check(heif_context_encode_image(context, image, encoder, NULL, NULL).code == 0, "libheif");
    struct heif_writer writer = {.writer_api_version = 1, .write = drop};
    check(heif_context_write(context, &writer, NULL).code == 0, "libheif");
    heif_image_release(image);
    heif_encoder_release(encoder);
    heif_context_free(context);
}

/* ---- The job ---- */

static const struct {
    const char *name;
    void (*encode)(const Pixels *pixels);
} formats[] = {{"jpeg", encode_jpeg}, {"webp", encode_webp}, {"avif", encode_avif}};
#define N_FORMATS (sizeof formats / sizeof *formats)

/* Calls `act` for each file of a folder (not below it) whose name ends so; returns the CPU seconds that it
 * says. */
static double
each_file(const char *folder, const char *ending, double (*act)(const char *path, const void *data),
          const void *data)
{
    DIR *stream = opendir(folder);
    check(stream != NULL, folder);
    double sum = 0;
    for (struct dirent *entry; (entry = readdir(stream));) {
        size_t length = strlen(entry->d_name), tail = strlen(ending);
        if (length <= tail || strcmp(entry->d_name + length - tail, ending) != 0)
            continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        sum += act(path, data);
    }
    closedir(stream);
    return sum;
}

static double
decode_one(const char *path, const void *unused)
{
    (void)unused;
    Bytes file = read_file(path);
    prctl(PR_SET_NAME, "decode");
    double before = cpu_seconds();
    decode_jpeg(&file);
    double spent = cpu_seconds() - before;
    prctl(PR_SET_NAME, "codec_limit");
    free(file.data);
    return spent;
}

static double
encode_one(const char *path, const void *format)
{
    Pixels pixels = read_png(path);
    prctl(PR_SET_NAME, formats[*(const size_t *)format].name);
    double before = cpu_seconds();
    formats[*(const size_t *)format].encode(&pixels);
    double spent = cpu_seconds() - before;
    prctl(PR_SET_NAME, "codec_limit");
    free(pixels.rgb);
    return spent;
}

int
main(int argc, char **argv)
{
    check(argc >= 4, "usage: codec_limit PHOTOS PIXELS FORMAT...");
    double sum = each_file(argv[1], ".jpg", decode_one, NULL);
    printf("decode %.3f\n", sum);
    for (int i = 3; i < argc; i++) {
        size_t format = 0;
        while (format < N_FORMATS && strcmp(formats[format].name, argv[i]) != 0)
            format++;
        check(format < N_FORMATS, argv[i]);
        double spent = each_file(argv[2], ".png", encode_one, &format);
        printf("%s %.3f\n", argv[i], spent);
        sum += spent;
    }
    printf("all %.3f\n", sum);
    return 0;
}

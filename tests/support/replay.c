/* replay.c: runs a fuzz target over the files of its corpus folders, without a fuzzing engine. */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        g_autoptr(GDir) folder = g_dir_open(argv[i], 0, NULL);
        const char *name;
        while (folder && (name = g_dir_read_name(folder))) {
            g_autofree char *path = g_build_filename(argv[i], name, NULL);
            g_autofree char *data = NULL;
            gsize length;
            if (g_file_get_contents(path, &data, &length, NULL)) {
                /* An exact copy, so that the sanitizer sees a read past its end. */
                g_autofree uint8_t *copy = g_memdup2(data, length);
                LLVMFuzzerTestOneInput(copy, length);
                count++;
            }
        }
    }
    printf("replayed %u inputs\n", count);
    return count > 0 ? 0 : 1;
}

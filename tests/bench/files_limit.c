/* files_limit.c: what no program that reads or rewrites files can do without, so that ours have a floor to be
 * measured by.
 *
 *     files_limit head   FILE...   opens each, asks for its size, reads 16 KiB, closes it
 *     files_limit whole  FILE...   the same, and reads all of it
 *     files_limit splice FILE...   lets the kernel copy each to a new file, which then takes its name
 *     files_limit synced FILE...   the same, synced before it takes the name
 *
 * Prints CPU seconds, wall seconds and MiB as `cost` does. Reading is done ten times and counted once. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD (16 << 10)
#define PIECE (1 << 20)
#define READINGS 10

static void
fail(const char *path)
{
    perror(path);
    exit(1);
}

static void
read_file(const char *path, int whole)
{
    static char piece[PIECE];
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0)
        fail(path);
    off_t at = 0;
    ssize_t count;
    while ((count = pread(fd, piece, whole ? PIECE : HEAD, at)) > 0 && whole)
        at += count;
    if (count < 0)
        fail(path);
    close(fd);
}

static void
rewrite_file(const char *path, int synced)
{
    char beside[4096];
    struct stat info;
    snprintf(beside, sizeof beside, "%s.new", path);
    int from = open(path, O_RDONLY | O_CLOEXEC),
        to = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (from < 0 || to < 0 || fstat(from, &info) != 0)
        fail(path);
    for (off_t left = info.st_size; left > 0;) {
        ssize_t count = copy_file_range(from, NULL, to, NULL, (size_t)left, 0);
        if (count <= 0)
            fail(path);
        left -= count;
    }
    if ((synced && fsync(to) != 0) || close(from) != 0 || close(to) != 0 || rename(beside, path) != 0)
        fail(path);
}

static double
now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
    const char *job = argc > 1 ? argv[1] : "";
    int reads = strcmp(job, "head") == 0 || strcmp(job, "whole") == 0;
    if (!reads && strcmp(job, "splice") != 0 && strcmp(job, "synced") != 0)
        return 2;
    double rounds = reads ? READINGS : 1, cpu = now(CLOCK_PROCESS_CPUTIME_ID), wall = now(CLOCK_MONOTONIC);
    for (int round = 0; round < (int)rounds; round++)
        for (int i = 2; i < argc; i++)
            if (reads)
                read_file(argv[i], job[0] == 'w');
            else
                rewrite_file(argv[i], job[1] == 'y');
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("%.5f %.5f %.1f\n", (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / rounds,
           (now(CLOCK_MONOTONIC) - wall) / rounds, (double)used.ru_maxrss / 1024);
    return 0;
}

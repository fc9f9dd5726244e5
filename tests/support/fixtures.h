/* fixtures.h: what tests share: where things lie, scratch folders, and running a witness that is never our
 * own code. */
#ifndef FG_FIXTURES_H
#define FG_FIXTURES_H

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* cmocka leaves a skipped test by longjmp, past all scoped cleanup: what it held is no leak of ours. */
void fg_tolerate_leaks(void);
#undef skip
#define skip() (fg_tolerate_leaks(), _skip(__FILE__, __LINE__))

/* A file below the project's source folder. The caller frees. */
char *fg_source_path(const char *below);

/* A file of a corpus of camera files ("photos/x.jpg"), or NULL when it has none of that name. The caller
 * frees. */
char *fg_corpus_path(const char *below);

/* The row of a test that reads the corpus: empty where there is none, so that the test is not one of the
 * group. */
#define corpus_unit_test(f)                                                                                  \
    {                                                                                                        \
        fg_has_corpus() ? #f : NULL, f, NULL, NULL, NULL                                                     \
    }
gboolean fg_has_corpus(void);

/* Lets file modes bind root, too, as they bind everybody else, until `bound` is FALSE again; processes that
 * are started in between inherit it. */
void fg_bind_by_modes(gboolean bound);

/* A new empty folder that is removed with all it holds at exit. The caller frees the path. */
char *fg_scratch(void);

/* Runs a program by its argument list (NULL-terminated), returns its standard output (the caller frees) and
 * its exit status in *status; NULL with *status 127 when it is not installed. */
char *fg_witness(int *status, ...) G_GNUC_NULL_TERMINATED;

/* Reads or writes a whole file, failing the test when it can't. */
GBytes *fg_slurp(const char *path);
void fg_spill(const char *path, GBytes *bytes);

/* The bytes hold this text somewhere. */
gboolean fg_bytes_hold(GBytes *bytes, const char *text);

/* The file holds this text and nothing else. */
void fg_assert_holds(const char *path, const char *text);

#endif

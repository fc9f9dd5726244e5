/* run_private.h: what the files of run share: what crosses from process to process, drawings, jobs, the
 * zygote. */
#ifndef FG_RUN_PRIVATE_H
#define FG_RUN_PRIVATE_H

#include "run/run.h"
#include "sandbox/sandbox.h"

/* ---- Messages between parent and zygote ---- */

/* The places in `values` of FG_MSG_EXITED. */
typedef enum { FG_END_STATUS, FG_END_CPU_US, FG_END_PEAK_BYTES } FgEnd;

/* The descriptors of FG_MSG_JOB. */
typedef enum { FG_JOB_CHANNEL, FG_JOB_PHOTO, FG_JOB_PAYLOAD, FG_JOB_LOG, FG_N_JOB_FDS } FgJobFd;
_Static_assert(FG_N_JOB_FDS <= FG_MESSAGE_FDS, "a job fits into a message");

/* ---- raster.c ---- */

/* A drawn logo as bytes, and back (a view of the bytes, which it borrows); bounds are checked. */
GBytes *fg_raster_pack(const FgRaster *raster);
gboolean fg_raster_unpack(GBytes *bytes, FgRaster *view, GError **error);

/* ---- drawings.c: letterings and logos, drawn by their services, kept by the parent. ---- */

/* The lettering of `text` (or, when it is NULL, the logo as fg_raster_pack) for a mark on a picture of this
 * size. The caller unrefs. */
GBytes *fg_drawings_get(FgDrawings *drawings, const FgMarkSpec *spec, const char *text, int width, int height,
                        GError **error);

const FgProfile *fg_drawings_profile(const FgDrawings *drawings);

/* A question for the typesetter, which it takes. */
gboolean fg_drawings_ask(FgDrawings *drawings, GByteArray *question, guint seconds, FgPayload *answer,
                         GError **error);

/* ---- fonts.c: what the typesetter says of fonts ---- */

/* What the typesetter can be asked, the first number of a question: to set the text that follows (fonts,
 * text, bold, em), or for words about fonts, which it answers with a list. */
typedef enum { FG_ASKS_TEXT, FG_ASKS_IDENTITIES, FG_ASKS_NAMES, FG_N_ASKS } FgAsks;

/* The fonts of marks with a text, each list once, borrowed; the caller frees the array. */
GPtrArray *fg_fonts_lists(const FgProfile *profile);

/* In the typesetter: the answers. */
void fg_fonts_identify(const FgProfile *profile, GByteArray *answer);
void fg_fonts_name_all(GByteArray *answer);

/* ---- order.c ---- */

/* The places of the wanted photos in the plan, in the order in which they are to be begun: those that need no
 * work first, then the largest, so that no large one is left for the end when all but one processor idle.
 * Returns a GArray of guint. */
GArray *fg_run_order(const FgPlan *plan, const gboolean *wanted);

/* ---- job.c: what one photo needs before a worker can have it. ---- */

/* Whether every file of the photo can have its name at all. FG_ERROR_PATH. */
gboolean fg_job_check_names(const FgPlanned *planned, GError **error);

/* The photo must still be the one whose header was read: the plan is made for that. Returns its descriptor,
 * or -1. */
int fg_job_open_photo(const FgPhoto *photo, const FgLimits *limits, GError **error);

/* A sealed payload of all that a worker may know beside the plan and the photo: this photo's secret, never
 * the key, and its drawings. Returns its descriptor, or -1. */
int fg_job_pack(FgDrawings *drawings, const FgRunOptions *options, const FgPlanned *planned, GError **error);

/* ---- log.c ---- */

/* Where a worker's libraries may write what they have to say. */
int fg_job_open_log(GError **error);

/* Whether a library complains of memory, in an error's text or in the log. */
gboolean fg_job_speaks_of_memory(const char *text);
gboolean fg_job_log_speaks_of_memory(int log);

/* ---- zygote.c and photo.c ---- */

typedef struct {
    const FgPlan *plan;
    const gboolean *wanted; /* one a photo */
    const FgRunOptions *options;
} FgZygote;

/* The body of the zygote process; data is an FgZygote. */
void fg_zygote(gconstpointer data);

/* The record of a job: the photo's secret (FG_PHOTO_SECRET_SIZE bytes), then for each drawing the numbers of
 * its derivative, mark and blob, to the end.
 *
 * The record of what a worker hands back: SHA-256 of the source, colour, placeholder; then for each mark, to
 * the end: derivative, mark, tone, visibility, worst glyph. The blobs are the files in the order of the plan.
 * An error comes behind its stage. */

/* Makes all files of one photo: everything that happens in a worker once it is walled in. FALSE with *stage.
 */
gboolean fg_photo_make(const FgPlan *plan, const FgPlanned *planned, int photo, const FgPayload *job,
                       FgPayload *product, const char **stage, GError **error);

/* The one static spelling of a stage that came from a worker, or NULL. */
const char *fg_stage_intern(const char *stage);

/* ---- collect.c: the parent takes a worker's answer, trusts nothing in it, and puts the files in place. ----
 */

/* Reads the answer in `received` into the outcome, audits every file, and writes all of them. FALSE with
 * *stage; the caller tells by the code whether the whole run must stop. */
gboolean fg_collect(const FgPlanned *planned, const FgRunOptions *options, gsize ceiling,
                    const FgMessage *received, FgOutcome *outcome, const char **stage, GError **error);

#endif

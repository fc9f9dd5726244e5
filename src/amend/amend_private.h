/* amend_private.h: what tag and scrub share. */
#ifndef FG_AMEND_PRIVATE_H
#define FG_AMEND_PRIVATE_H

#include "base/draft.h"
#include "base/swap.h"
#include "codec/codec.h"
#include "filigrane/amend.h"
#include "profile/profile.h"
#include "sandbox/sandbox.h"

/* ---- What the two do, from bytes to bytes ---- */

/* What is to be said of a file beside what becomes of it. */
typedef struct {
    char **notes;            /* lines, in English; NULL for none */
    char **foreign_creators; /* not NULL: it is refused for them, and nothing is made of it */
} FgTold;

/* The line for a file that loses its signature. */
#define FG_NOTE_DROPPED "its Content Credentials (C2PA) do not stay in it: c2pa.removed"

/* The line for a picture whose decoder alone can tell. */
#define FG_NOTE_ENDLESS "it has no end mark, and whether all of its picture is there was not looked at"

void fg_told_clear(FgTold *told);

/* What a file becomes, in memory. */
typedef struct {
    GBytes *file;
    GArray *copied;     /* of FgCopied: the compressed picture and where it was, in the order of both files */
    GPtrArray *removed; /* of const char *, the ids of what is gone, sorted; NULL for a tag */
    FgTold told;
} FgRemade;

typedef struct {
    guint64 from, to, length;
} FgCopied;

void fg_remade_clear(FgRemade *made);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgRemade, fg_remade_clear)

/* FG_ERROR_RIGHTS, FG_ERROR_FOREIGN, FG_ERROR_OVERSIZE, FG_ERROR_UNSUPPORTED, FG_ERROR_MALFORMED. */
gboolean fg_tag_remake(GBytes *before, const char *below, const FgAmendOptions *options, FgRemade *made,
                       GError **error);

/* FG_ERROR_AUDIT when something would stay. */
gboolean fg_scrub_remake(GBytes *before, const FgAmendOptions *options, FgRemade *made, GError **error);

/* FG_ERROR_AUDIT unless nothing is left that nobody may ask to keep. */
gboolean fg_scrub_check_gone(const FgMetadata *after, GError **error);

/* A file that is damaged or cut short is not rewritten: what belongs to what can't be told in it.
 * FG_ERROR_MALFORMED. */
gboolean fg_amend_check_whole(const FgContainer *container, GError **error);

/* Finds the compressed picture in both; FG_ERROR_INTERNAL unless it is the same, byte for byte. */
gboolean fg_amend_match_picture(const FgContainer *before, const FgContainer *after, GArray *copied,
                                GError **error);

/* Adds to the lines that are told of a file. */
void fg_told_add(FgTold *told, const char *note);

/* Says so when a JPEG could be put together from the file as it was, which neither tag nor scrub leaves. */
void fg_told_of_jpeg(FgTold *told, const FgContainer *before);

/* ---- A file as pieces (pieces.c) ---- */

/* A stretch of the new file: of the old one, or of new bytes. */
typedef struct {
    gboolean old;
    guint64 from, to, length; /* from: where it is in either; to: in the new file */
} FgPiece;

typedef struct {
    GArray *pieces; /* of FgPiece, one after the other the whole new file */
    GBytes *fresh;  /* the new bytes */
} FgPieces;

void fg_pieces_clear(FgPieces *pieces);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgPieces, fg_pieces_clear)

/* All that both have in common comes from the old file. */
FgPieces fg_pieces_of(GBytes *before, const FgRemade *made);

/* The old file as it is. */
FgPieces fg_pieces_same(guint64 size);

/* As bytes, and back; the reader expects anything, and takes nothing that is not in a file of `size` bytes.
 * The fresh bytes become a slice of `answer`, in which the cursor walks. */
GBytes *fg_pieces_pack(const FgPieces *pieces, GByteArray *head);
gboolean fg_pieces_unpack(FgCursor *at, GBytes *answer, guint64 size, FgPieces *pieces);

/* True when all of a stretch of the new file comes from the old one. */
gboolean fg_pieces_are_old(const FgPieces *pieces, guint64 to, guint64 length);

/* Puts the new file together. */
gboolean fg_pieces_write(const FgPieces *pieces, int old, FgDraft *draft, GError **error);

/* ---- The same in the sandbox (aside.c) ---- */

typedef struct {
    int old; /* the file as it was; -1: none */
    struct stat info;
    gboolean same; /* nothing changes */
    FgPieces pieces;
    GPtrArray *removed; /* of const char *, NULL for a tag */
    FgTold told;
} FgAmendment;

void fg_amendment_clear(FgAmendment *amendment);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FgAmendment, fg_amendment_clear)

/* Opens the file, or reads standard input for "-", and says what it becomes by the options: of a profile a
 * tag, else a scrub. FG_ERROR_USAGE when they say no place to write to; else the errors of the two above. */
gboolean fg_amend_make(const char *path, const char *below, const FgAmendOptions *options,
                       FgAmendment *amendment, GError **error);

/* Takes over the folder of a file that was put in place, to be synced after the others in it. */
gboolean fg_amend_reader_owe(FgAmendReader *reader, FgDraft *placed, GError **error);

/* ---- The last look at the finished file (audit.c, audit_words.c) ---- */

/* Whoever made it may have lied about it: it is whole, of the same kind, its compressed picture comes from
 * the old one, and it says what was asked for. FG_ERROR_AUDIT. */
gboolean fg_amend_audit(const FgDraft *draft, const char *below, const FgAmendOptions *options,
                        const FgAmendment *amendment, GError **error);

/* The last of these alone: what the file says, in whatever blocks. */
gboolean fg_amend_audit_words(GBytes *file, const char *below, const FgAmendOptions *options, GError **error);

/* The same by a process of its own behind walls, the auditor (aside.c), which never saw an old file.
 * FG_ERROR_WORKER when it died of the new one. */
gboolean fg_amend_reader_audit(FgAmendReader *reader, const FgDraft *draft, const char *below,
                               GError **error);

/* The bytes of a draft. */
GBytes *fg_amend_map(const FgDraft *draft, GError **error);

/* ---- Files in and out (source.c, place.c, in_place.c, earlier.c, put.c) ---- */

#define FG_AMEND_CEILING ((guint64)4 << 30)

/* Opens the file, or standard input for "-" as a file in memory. Returns a descriptor, or -1. */
int fg_amend_open(const char *path, const FgAmendOptions *options, struct stat *info, GError **error);

gboolean fg_amend_is_standard(const char *path);

/* Puts the new file together in the draft and looks at it. */
gboolean fg_amend_fill(FgDraft *draft, const char *below, const FgAmendOptions *options,
                       const FgAmendment *amendment, GError **error);

/* Gives the draft its name, over `former` or where nothing is (NULL). With a reader, its folder is synced
 * after the last file in it. */
gboolean fg_amend_place(FgDraft *draft, const char *path, const FgFormer *former,
                        const FgAmendOptions *options, FgAmendResult *result, GError **error);

/* Adds to result->notes. */
void fg_amend_note(FgAmendResult *result, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* The same of each note that was told of the file. */
void fg_amend_tell(FgAmendResult *result, const char *path, const FgTold *told);

/* Writes what the file becomes to where the options say, and fills in status and path of the result. */
gboolean fg_amend_put(const char *path, const char *below, const FgAmendOptions *options,
                      const FgAmendment *amendment, FgAmendResult *result, GError **error);
gboolean fg_amend_put_in_place(const char *path, const char *below, const FgAmendOptions *options,
                               const FgAmendment *amendment, FgAmendResult *result, GError **error);

/* Removes what a killed run left in the folder that is written to, once for a reader, and tells what was not
 * its own. */
void fg_amend_sweep(const char *path, const char *below, const FgAmendOptions *options,
                    FgAmendResult *result);

/* True the first time it is asked of a folder. */
gboolean fg_amend_reader_enters(FgAmendReader *reader, const char *folder);

/* Both are whole, of one kind, and show the same, whatever they say of it. */
gboolean fg_amend_is_same_picture(const FgDraft *draft, const char *path);

/* What lies where a file is to go. */
typedef enum { FG_TARGET_FREE, FG_TARGET_SAME, FG_TARGET_OURS } FgTarget;

/* Whether the draft may have the name: nothing is there; the same bytes are; or what an earlier run of the
 * same command made of this file, which is then open in `former`. Else FG_ERROR_CLASH. */
gboolean fg_amend_check_target(const char *target, const FgDraft *draft, const char *path,
                               const FgAmendOptions *options, const FgAmendment *amendment, FgTarget *found,
                               FgFormer *former, GError **error);

/* Notes in the draft itself what it was made of, where the file system keeps such notes. */
void fg_amend_sign(const FgDraft *draft, const char *path, const FgAmendOptions *options,
                   const FgAmendment *amendment);

/* ---- Single tags of EXIF blocks (exif_entry.c) ---- */

/* A tag of IFD0, or of the Exif directory that IFD0 names. */
typedef enum { FG_EXIF_IFD0, FG_EXIF_EXIF } FgExifIfd;

/* The value's bytes; NULL when there is no such tag. The caller frees. */
GBytes *fg_exif_value(GBytes *tiff, FgExifIfd ifd, guint16 tag);

/* Whether one of the first, the Exif and the GPS directory is cut, or has values outside of the block. */
gboolean fg_exif_is_cut(GBytes *block);

/* Our block with what describes the picture, and not its maker, as the original has it: orientation, density,
 * chroma positions and colour space. `original` may be NULL. */
GBytes *fg_exif_carry(GBytes *block, GBytes *original);

/* Our block without the tags on the picture that the first of the originals (of GBytes, maybe none) lacks,
 * and with notice and artist in the very bytes of an original, which may hold a second part or another
 * encoding; where several of them state different texts, with all of these. FG_ERROR_OVERSIZE. */
GBytes *fg_exif_as_it_was(GBytes *block, GPtrArray *originals, GError **error);

/* ---- Photoshop resources (irb_merge.c) ---- */

/* The Photoshop resources of a file; of a PNG all that its raw profiles hold of them and of IPTC blocks, as
 * one. NULL for none; the caller frees. */
GBytes *fg_irb_of(const FgContainer *container);

/* Our datasets in the place of those of the same number, all others kept and said to be UTF-8; other
 * resources are kept too. `theirs` may be NULL; `iim` is a block that stands outside of the resources (TIFF),
 * or NULL. `alone`: no other by-line, credit, source, instruction or address of rights stays. */
GBytes *fg_irb_merge(GBytes *theirs, GBytes *iim, GBytes *ours, gboolean alone);

/* The datasets of `ours` (NULL for none) with the resources on rights that `theirs` has, and no others: flag,
 * address, and a digest that tells as much as theirs did. NULL for none; both may be NULL. */
GBytes *fg_irb_as_it_was(GBytes *theirs, GBytes *ours);

#endif

/* reading.h: what the readers of one file share while they look at it.
 *
 * A carrier (EXIF, IPTC, XMP, PNG text) says things; reconcile.c then decides what the file says. Personal
 * data and faults are noted where they are met. A picture inside the picture (a thumbnail, a trailer) is read
 * by the same readers one level deeper: there only what is personal and another's notice count, and its place
 * begins with the place it was met in. */
#ifndef FG_READING_H
#define FG_READING_H

#include "metadata/metadata_private.h"

#define FG_READING_DEPTH 3               /* pictures inside pictures */
#define FG_READING_PIECES 64             /* inner pieces that are looked at in one file */
#define FG_READING_LIST 4096             /* entries of one list of texts */
#define FG_READING_BLOCKS 256            /* further blocks of one file whose rights are joined */
#define FG_READING_JOINED 32768          /* bytes of a joined text, to which no more is added */
#define FG_READING_ADDRESSES 2048        /* the same of the addresses among Photoshop resources */
#define FG_XMP_CEILING ((gsize)64 << 20) /* the most that limits.xmp allows */

/* What one carrier says: `rights->copyright` is its notice. */
typedef struct {
    gboolean present;
    gboolean blank;     /* a copyright field is there, but empty */
    char *notice_where; /* where the notice stands */
    char *other_notice; /* EXIF: the second part of Copyright; XMP: tiff:Copyright, from before dc:rights */
    FgRights *rights;
    FgFacts *facts;
} FgSaid;

typedef enum { FG_SAYS_EXIF, FG_SAYS_IPTC, FG_SAYS_XMP, FG_SAYS_PNG, FG_N_CARRIERS } FgCarrierKind;

/* Blocks stand in one another: XMP in EXIF, EXIF among Photoshop resources, pictures in all of them. A reader
 * that meets another's block names its kind, and read.c's table, which each reading carries, has the reader;
 * so no file of a reader calls, by whatever way, back into itself. */
typedef enum {
    FG_BLOCK_EXIF,
    FG_BLOCK_XMP,
    FG_BLOCK_IIM,
    FG_BLOCK_IRB,
    FG_BLOCK_ANY, /* of a form that nobody has told: searched (scan.c) */
    FG_N_BLOCKS,
} FgBlockKind;

struct FgReading;
typedef struct {
    void (*block[FG_N_BLOCKS])(struct FgReading *reading, GBytes *block, const char *where);
    void (*container)(struct FgReading *reading, const FgContainer *container);
} FgReaders;

/* What a copy of a block or a picture within the picture states, and where. */
typedef struct {
    char *where;
    FgRights *rights;
} FgInner;

typedef struct FgReading {
    const FgReaders *readers;
    FgMetadata *metadata;
    FgFormat format;    /* of the container that is being read, the inner one when deeper */
    guint8 turned;      /* FgContainer.orientation */
    guint depth;        /* 0: the file itself */
    const char *within; /* "" or "container:trailer/" */
    guint *pieces;      /* left to look at, shared by all levels */
    FgSaid said[FG_N_CARRIERS];
    gint marked, irb_flag;  /* 1, 0, -1 */
    char *data_mining;      /* the URI as found */
    char *extended_guid;    /* xmpNote:HasExtendedXMP */
    char *source_type;      /* Iptc4xmpExt:DigitalSourceType as found */
    char *origin;           /* what Content Credentials tell of a generator, a NewsCode name; NULL: nothing */
    char *origin_where;     /* the place of the first of them; NULL: there are none */
    gboolean origin_unread; /* some of it can't be read */
    int latest_year;        /* of the dates that the file states of itself; 0: none */
    guint8 orientation;     /* 0: no tag */
    guint16 colour_space;   /* EXIF's; 0: no tag */
    gboolean index_r03;     /* InteroperabilityIndex */
    gboolean embedded_expression, linked_expression, generator_trace;
    gboolean has_iim, has_content, has_digest; /* has_content: an IIM block with datasets was read */
    guint8 stored_digest[16], iim_digest[16];
    gboolean infiray; /* a segment says that those behind it are of a camera for heat */
    guint n_exif, n_xmp, n_joined;
    GPtrArray *blocks;   /* of FgRights: what each of several blocks of a kind states by itself */
    GPtrArray *inner;    /* of FgInner, shared by all levels */
    GPtrArray *pictures; /* of FgPicture, or NULL when nobody wants them */
    const char *last_id; /* the finding kind that was asked for last */
    const FgFindingKind *last_kind;
} FgReading;

/* Clears what the carriers said; the metadata is the caller's. */
void fg_reading_clear(FgReading *reading);

/* Adds a fault or remark, once for an id and place. In an inner picture only what is personal is noted. */
void fg_reading_note(FgReading *reading, const char *id, const char *where, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

/* The same with the meaning of the id as message. */
void fg_reading_tell(FgReading *reading, const char *id, const char *where);

/* Adds a personal datum (value may be NULL) and, once for each carrier, its finding. */
void fg_reading_personal(FgReading *reading, const char *id, const char *where, const char *value);

/* The same at another severity than the table's. */
void fg_reading_personal_as(FgReading *reading, FgSeverity severity, const char *id, const char *where,
                            const char *value);

/* A datum without a value, whose finding has words of its own. */
void fg_reading_personal_told(FgReading *reading, const char *id, const char *where, const char *message);

/* "container:chunk prVt": the name of a part may hold any bytes of the file. The caller frees. */
char *fg_container_where(const char *name);

/* Looks at bytes of any kind that stand at `where`: a picture is read one level deeper, all else is searched.
 */
void fg_reading_inside(FgReading *reading, GBytes *bytes, const char *where);

/* Reads a copy of a block that stands where only copies stand: what is personal in it counts; what it states
 * of the photo does not, but whose it says that it is, is remembered (inner.c). */
void fg_reading_copy(FgReading *reading, FgBlockKind kind, GBytes *block, const char *where);

/* Reads a block of a carrier. What a further block of a kind states is joined to what those before it do
 * (join.c), and where they differ, that is told. */
typedef void (*FgBlockReader)(FgReading *reading, GBytes *block, const char *where);
void fg_reading_block(FgReading *reading, FgCarrierKind kind, FgBlockReader reader, GBytes *block,
                      const char *where);

/* What two blocks of a carrier state, put into the first; the second is emptied. The first that states a
 * thing is heard, but no right that any of them states is lost: notices and lists are joined. */
void fg_reading_join(FgReading *reading, FgCarrierKind kind, FgReading *further);

/* The rights that a deeper reading met are remembered beside those of the photo, and a notice that stands in
 * a further directory of a block; both are told where they differ, and another's refuses. */
void fg_reading_inner(FgReading *reading, const FgReading *deeper);
void fg_reading_beside(FgReading *reading, const char *where, const char *notice);
void fg_inner_free(gpointer inner);
/* Takes what programs leave in the place of a notice out of what a carrier says. */
void fg_said_tidy(FgSaid *said);

/* The readers. `where` is the prefix of the places that they name: "exif:", "exif:APP13/0x0422/". */
void fg_exif_read(FgReading *reading, GBytes *tiff, const char *where);
void fg_iptc_read(FgReading *reading, GBytes *iim, const char *where);
void fg_irb_read(FgReading *reading, GBytes *irb, const char *where);
void fg_xmp_read(FgReading *reading, GBytes *packet, const char *where);
void fg_xmp_scan(FgReading *reading, GBytes *packet, const char *where);        /* by names, not by form */
void fg_xmp_read_rest(FgReading *reading, const char *rest, const char *where); /* behind the packet's end */
void fg_png_text_read(FgReading *reading, const FgPart *part);
void fg_comment_read(FgReading *reading, GBytes *comment, const char *where);
void fg_credentials_read(FgReading *reading, const FgPart *part, const char *where);
void fg_icc_read(FgReading *reading, const FgPart *part, guint32 width, guint32 height);
void fg_trailer_read(FgReading *reading, GBytes *trailer, const char *where);
void fg_private_read(FgReading *reading, const FgPart *part);
void fg_segment_read(FgReading *reading, const FgPart *part, const char *where); /* of a camera */
void fg_afcp_read(FgReading *reading, GBytes *bytes, const char *where); /* nothing unless they end in one */

/* Searches bytes whose form is not known for hidden metadata: EXIF, XMP, Photoshop blocks, places of a video,
 * text with coordinates. */
void fg_reading_scan(FgReading *reading, GBytes *bytes, const char *where);
void fg_scan(FgReading *reading, GBytes *bytes, const char *where); /* its reader */

/* True when a text holds a pair of coordinates, decimal or in degrees. */
gboolean fg_text_has_coordinates(const char *text);

/* Drops every text that holds coordinates: it can't be kept in a file that is to name no place. That the file
 * holds it stays a finding. */
void fg_facts_drop_coordinates(FgFacts *facts);

/* True for what a person asked an image generator for, as those write it down: settings of Stable Diffusion's
 * programs, graphs of ComfyUI, jobs of Midjourney. */
gboolean fg_text_is_prompt(const char *text);

/* Notes such a text, and that a generator was at work. */
void fg_reading_note_prompt(FgReading *reading, const char *where, const char *text);

/* The same where it is one; else FALSE, and nothing is noted. */
gboolean fg_reading_prompt(FgReading *reading, const char *where, const char *text);

/* Notes coordinates in a text that is otherwise no finding, such as a caption. */
void fg_reading_text(FgReading *reading, const char *where, const char *text);

/* Reads all parts of a container into `reading`, then decides what the file says. */
void fg_reading_container(FgReading *reading, const FgContainer *container);
void fg_reconcile(FgReading *reading);

/* True for a notice without a name: a sign, a year, stock phrases. */
gboolean fg_notice_names_nobody(const char *notice);

/* The findings on rights and their carriers, once reconciled. */
void fg_reading_judge(FgReading *reading, const FgContainer *container);

/* One XMP packet into what a carrier says, without looking for personal data: for sidecars. */
gboolean fg_xmp_read_facts(GBytes *packet, FgFacts *facts);

/* "2026:05:01 10:11:12", "2026-05-01T10:11:12.3+02:00" or "20260501" to the form of FgFacts.date; FALSE for
 * none. */
gboolean fg_date_parse(const char *text, char date[20]);

/* Takes a date that the file states of itself (docs/spec/metadata.md §4.6); one of an inner picture is none,
 * and neither is a text that is no date. */
void fg_reading_dated(FgReading *reading, const char *text);

/* A copy without white space at its ends and without a byte order mark, or NULL when nothing is left; the
 * caller frees. */
char *fg_text_trimmed(const char *text);

/* Sets *field to a trimmed copy when it is unset and there is something to say. */
void fg_say(char **field, const char *text);

/* Adds a trimmed copy to a NULL-terminated list; nothing once it is longer than any honest one. */
void fg_say_more(char ***list, const char *text);

/* Adds the creators of one text, as MWG 2.0 §5.4 joins them: by "; ", one that holds a semicolon in double
 * quotes, quotes doubled. */
void fg_creators_split(const char *text, char ***creators);

/* Bytes that are UTF-8 as such, else as Windows-1252; *latin1 (may be NULL) says which. NUL ends it. */
char *fg_text_decode(const guint8 *bytes, gsize length, gboolean *latin1);

#endif

#include "cli/amend.h"

typedef struct {
    FgAmendWords words;
    char *profile;
    char **set;
    gboolean force_rights, drop_credentials;
} Options;

#define MEMBER(name) G_STRUCT_OFFSET(Options, name)

static const FgOption options[] = {
    {"profile", 'p', FG_OPTION_TEXT, MEMBER(profile), "PROFILE",
     "whose rights; default ./filigrane.yaml, else gallery (which holds none)"},
    {"set", 0, FG_OPTION_LIST, MEMBER(set), "KEY=VALUE",
     "change one setting, as rights.creator=Jane; repeatable"},
    {"force-rights", 0, FG_OPTION_FLAG, MEMBER(force_rights), NULL, "write over another owner's notice"},
    {"drop-credentials", 0, FG_OPTION_FLAG, MEMBER(drop_credentials), NULL,
     "take a C2PA signature out, which the new rights would break"},
    FG_AMEND_ROWS(Options),
    {NULL, 0, FG_OPTION_FLAG, 0, NULL, NULL},
};

static int
run_tag(const void *values, const FgTerminal *terminal)
{
    const Options *given = values;
    int status = 0;
    g_autoptr(FgProfile) profile = fg_command_profile_load("tag", given->profile, given->set, &status);
    if (!profile)
        return status;
    if (!fg_profile_rights(profile)->creators)
        return fg_complain_usage("tag",
                                 "profile %s states no rights.creator: name yours with -p FILE or --set",
                                 fg_profile_name(profile));
    FgAmendOptions amend = {
        .profile = profile, .force_rights = given->force_rights, .drop_credentials = given->drop_credentials};
    return fg_amend_run("tag", &given->words, &amend, fg_tag_file, terminal);
}

const FgCommand fg_command_tag = {
    .name = "tag",
    .synopsis = "FILE... (-o DIR | --in-place) [OPTION]...",
    .summary = "writes your rights into files without touching a pixel",
    .details =
        "EXIF, IPTC and XMP get the same rights; everything else in the file stays, maker notes included.\n"
        "Running it twice changes nothing the second time. Another owner's file is refused, and so is one "
        "with a\n"
        "C2PA signature, unless that is to go.",
    .options = options,
    .size = sizeof(Options),
    .run = run_tag,
};

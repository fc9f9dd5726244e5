/* check_private.h: what the files of this room share. */
#ifndef FG_CHECK_PRIVATE_H
#define FG_CHECK_PRIVATE_H

#include "base/base.h"
#include "container/container.h"
#include "filigrane/check.h"
#include "metadata/metadata.h"
#include "profile/profile.h"

/* Adds a finding of the default severity, with the meaning of its id when `message` is NULL. */
void fg_check_add(GPtrArray *findings, const char *id, const char *where, const char *message);

/* What a profile asks of a file: changes the severity of what it does not let pass, and adds rights.differs,
 * copyright.foreign, format.not-allowed and size.not-allowed. */
void fg_rules_apply(const FgProfile *profile, const FgContainer *container, const FgMetadata *metadata,
                    GPtrArray *findings);

/* rights.differs for each statement that is not the profile's (agree.c). */
void fg_rules_rights(const FgProfile *profile, const FgContainer *container, const FgMetadata *metadata,
                     GPtrArray *findings);

/* Errors first, else in the order they were found. */
void fg_rules_sort(GPtrArray *findings);

FgVerdict fg_rules_verdict(const GPtrArray *findings, gboolean strict);

#endif

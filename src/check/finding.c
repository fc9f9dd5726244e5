/* finding.c: a finding more. */
#include "check/check_private.h"

void
fg_check_add(GPtrArray *findings, const char *id, const char *where, const char *message)
{
    g_ptr_array_add(findings, fg_finding_new(id, where, message));
}

/* sandbox_private.h: what tests hand to machine.c: the file system's root as a parameter. */
#ifndef FG_SANDBOX_PRIVATE_H
#define FG_SANDBOX_PRIVATE_H

#include "sandbox/sandbox.h"

guint fg_machine_quota(const char *root, guint processors);
guint64 fg_machine_memory(const char *root);
guint64 fg_machine_addresses(const char *root);

#endif

#include "filigrane/base.h"

G_DEFINE_QUARK(filigrane, fg_error)

const char *
fg_version(void)
{
    return FG_VERSION;
}

/* filigrane.h: all of it. */
#ifndef FILIGRANE_H
#define FILIGRANE_H

#include "filigrane/amend.h"
#include "filigrane/base.h"
#include "filigrane/check.h"
#include "filigrane/metadata.h"
#include "filigrane/profile.h"
#include "filigrane/publish.h"
#include "filigrane/report.h"

#endif

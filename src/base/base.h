/* base: what the language lacks and every room needs. This door opens on its subjects. */
#ifndef FG_BASE_H
#define FG_BASE_H

#include "base/brotli.h"
#include "base/cursor.h"
#include "base/digest.h"
#include "base/files.h"
#include "base/inflate.h"
#include "base/ipc.h"
#include "base/json.h"
#include "base/kept.h"
#include "base/secret.h"
#include "base/sweep.h"
#include "base/text.h"
#include "base/throw.h"
#include "base/unicode.h"
#include "filigrane/base.h"

#endif

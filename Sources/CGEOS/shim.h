#pragma once
// Only the re-entrant functions (those that take a context).
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

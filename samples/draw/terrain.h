/* terrain.h: what terrain.c and landscape.c share. */
#ifndef TERRAIN_H
#define TERRAIN_H

#include "draw.h"

#define GRID 1024

struct Terrain {
    float *heights;
    float *sun; /* 0..1, what part of it is seen from there */
};

/* A value between four places of a grid. */
float grid_value(const float *grid, float x, float y);

#endif

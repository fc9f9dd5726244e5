/* scenes.h: the photos of the shoot, painted and developed, at a size. */
#ifndef SCENES_H
#define SCENES_H

#include "draw.h"

/* Each paints at this width and its own shape, and develops. */
Canvas *paint_snow(int width);
Canvas *paint_night(int width);
Canvas *paint_forest(int width);
Canvas *paint_lake(int width);
Canvas *paint_portrait(int width);
Canvas *paint_sunset(int width);
Canvas *paint_cloud_sea(int width);
Canvas *paint_mist(int width);
Canvas *paint_edelweiss(int width);
Canvas *paint_path(int width);

#endif

/* naked.h: the same small picture as each encoder gives it, with no metadata. */
#ifndef FG_TESTS_NAKED_H
#define FG_TESTS_NAKED_H

#include "container/container.h"

#define NAKED_WIDTH 16
#define NAKED_HEIGHT 8

static inline GBytes *
naked_picture(FgFormat format)
{
    static const char jpeg[] =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO"
        "UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P"
        "T09PT09PT0//wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAYEAACAwAAAAAAAAAAAAAAAAAAFWOi"
        "4f/EABQBAQAAAAAAAAAAAAAAAAAAAAT/xAAaEQAABwAAAAAAAAAAAAAAAAAAAQQVUqHR/9oADAMBAAIRAxEAPwCFrBfA1gvgA1tS"
        "xs9BHBTKiwf/2Q==";
    static const char png[] =
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAICAIAAAB/FOjAAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAGUlEQVQYlWM4UaFBEmIYhBpE"
        "ohaQhAahBgBBF52BE8EZ2QAAAABJRU5ErkJggg==";
    static const char webp[] =
        "UklGRkQAAABXRUJQVlA4IDgAAACwAgCdASoQAAgAAsBMJagCdGuA/gFx/3YAB+e1QAAA05vzGLXYPINYcKMG/86xxTnie/j/1tX8"
        "AA==";
    static const char avif[] =
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
        "AA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAHQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEA"
        "AGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAACAAA"
        "ABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACVtZGF0EgAKCBgMv7BAgIGhMg8ZgAAAUOGoHd1XviI3rYk"
        "=";
    const char *base64 = format == FG_FORMAT_JPEG   ? jpeg
                         : format == FG_FORMAT_PNG  ? png
                         : format == FG_FORMAT_WEBP ? webp
                                                    : avif;
    gsize length;
    guchar *data = g_base64_decode(base64, &length);
    return g_bytes_new_take(data, length);
}

#endif

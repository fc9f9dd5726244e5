#!/usr/bin/env python3
"""legibility.py measure NAME BARE MARKED STROKES: prints the step in L* of the marks at five sites of one picture.
legibility.py table FIGURES TOLD: what was measured of all pictures, beside what the runs told of themselves.

The three pictures are binary PPM of one size: without marks, with them, and the same marks on black.
"""
import json
import sys

import numpy as np

SITES = (("top left", 0, 0), ("top right", 2, 0), ("centre", 1, 1), ("bottom left", 0, 2), ("bottom right", 2, 2))
LEAST_GLYPH = 12  # pixels: less of a letter says nothing
WHITE = 0.6


def read_ppm(path):
    with open(path, "rb") as file:
        fields = []
        while len(fields) < 4:
            fields += file.readline().split(b"#")[0].split()
        width, height = int(fields[1]), int(fields[2])
        return np.frombuffer(file.read(width * height * 3), np.uint8).reshape(height, width, 3)


def luminance(picture):
    share = picture / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def lightness(picture):
    y = luminance(picture)
    return np.where(y <= 216 / 24389, y * 24389 / 27, 116 * np.cbrt(y) - 16)


def glyphs(strokes):
    """The columns of each letter: what empty columns part."""
    inked = np.flatnonzero(strokes.any(0))
    return np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)


def steps(change, strokes):
    """The mean step over a mark, that of its worst letter, and its direction."""
    each = [np.abs(change[:, columns][strokes[:, columns]]) for columns in glyphs(strokes)]
    worst = min(part.mean() for part in each if part.size >= LEAST_GLYPH)
    return np.abs(change[strokes]).mean(), worst, "light" if change[strokes].mean() > 0 else "dark"


def measure(name, bare, marked, strokes):
    bare, marked, strokes = (read_ppm(path) for path in (bare, marked, strokes))
    height, width = bare.shape[0] // 3, bare.shape[1] // 3
    for site, column, row in SITES:
        area = np.s_[row * height:(row + 1) * height, column * width:(column + 1) * width]
        cover = luminance(strokes[area])
        cover = np.clip(cover / np.median(cover[cover > 0.5 * cover.max()]), 0, 1)
        solid, before = cover > 0.5, lightness(bare[area])
        white = bare[area] + np.rint((255.0 - bare[area]) * (WHITE * cover)[..., None])
        ours = steps(lightness(marked[area]) - before, solid)
        theirs = steps(lightness(white) - before, solid)
        print("%s\t%s\t%.2f\t%.2f\t%s\t%.2f\t%.2f" % (name, site, *ours, *theirs[:2]))


def row(title, marks, worst):
    tenth, middle, last = np.percentile(marks, (10, 50, 90))
    print("%-22s %6.1f %6.1f %6.1f %6.1f %6.1f %12.1f %9.1f %% %9.1f %%"
          % (title, marks.min(), tenth, middle, last, marks.max(), np.percentile(worst, 10),
             100 * np.mean((marks >= 12) & (marks <= 27)), 100 * np.mean(worst < 6)))


def table(figures, told):
    lines = [line.rstrip("\n").split("\t") for line in open(figures, encoding="utf-8")]
    print("%-10s %-14s %8s %12s %6s   %s" % ("photo", "site", "step L*", "worst glyph", "tone", "white 60 %: step, worst glyph"))
    for name, site, step, worst, tone, white, white_worst in lines:
        print("%-10s %-14s %8s %12s %6s   %s, %s" % (name, site, step, worst, tone, white, white_worst))
    values = np.array([[line[i] for i in (2, 3, 5, 6)] for line in lines], float)
    print("\n%-22s %6s %6s %6s %6s %6s %12s %11s %11s"
          % ("%d marks" % len(values), "min", "p10", "median", "p90", "max", "worst p10", "in 12..27", "glyph < 6"))
    row("visibility 18", values[:, 0], values[:, 1])
    row("white 60 %", values[:, 2], values[:, 3])
    print("%d took light, %d dark" % (sum(line[4] == "light" for line in lines), sum(line[4] == "dark" for line in lines)))
    told = [json.loads(line) for line in open(told, encoding="utf-8")]
    own = [mark["visibility"] for photo in told if "marks" in photo for mark in photo["marks"]]
    failed = [photo["source"] for photo in told if photo.get("status") == "failed"]
    print("told by the runs themselves: %.1f to %.1f, mean %.1f (measured here: mean %.1f)"
          % (min(own), max(own), np.mean(own), values[:, 0].mean()))
    if failed:
        print("not marked, and so not published: %s" % ", ".join(failed))


if __name__ == "__main__":
    if len(sys.argv) == 6 and sys.argv[1] == "measure":
        measure(*sys.argv[2:])
    elif len(sys.argv) == 4 and sys.argv[1] == "table":
        table(*sys.argv[2:])
    else:
        sys.exit(__doc__)

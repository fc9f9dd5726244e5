#!/usr/bin/env python3
"""removal.py MARKED CLEAN: takes a mark off a collection of pictures and says how much of it is left.

Both folders hold binary PPM files of one size and of the same names. The clean ones serve only to measure.

The attack knows that all pictures carry one mark: what their gradients have in common is the mark's (the median over
the collection). Integrated, that is its shape; a regression against the filled-in ground gives its opacity; a few
rounds correct it until the cleaned pictures have no gradient in common; and each picture chooses the strength that
leaves it smoothest. Light and dark marks are told apart first, and the larger group is attacked.
"""
import os
import sys

import numpy as np

LUMA = np.array([0.299, 0.587, 0.114])


def read_ppm(path):
    with open(path, "rb") as file:
        fields = []
        while len(fields) < 4:
            fields += file.readline().split(b"#")[0].split()
        width, height = int(fields[1]), int(fields[2])
        return np.frombuffer(file.read(width * height * 3), np.uint8).reshape(height, width, 3).astype(float)


def gradient(grey):
    across = np.diff(grey, axis=-1, append=grey[..., -1:])
    down = np.diff(grey, axis=-2, append=grey[..., -1:, :])
    return across, down


def sine_transform(field, axis):
    """The discrete sine transform of the first kind along one axis, by the FFT of the odd extension."""
    field = np.moveaxis(field, axis, -1)
    zero = np.zeros(field.shape[:-1] + (1,))
    odd = np.concatenate([zero, field, zero, -field[..., ::-1]], -1)
    return np.moveaxis(-np.fft.rfft(odd).imag[..., 1:field.shape[-1] + 1], -1, axis)


def integrate(across, down):
    """The field whose gradient is nearest, and which is 0 outside the picture."""
    divergence = across + down
    divergence[:, 1:] -= across[:, :-1]
    divergence[1:] -= down[:-1]
    height, width = divergence.shape
    waves = (2 * np.cos(np.pi * np.arange(1, width + 1) / (width + 1))[None]
             + 2 * np.cos(np.pi * np.arange(1, height + 1) / (height + 1))[:, None] - 4)
    spectrum = sine_transform(sine_transform(divergence, 0), 1) / waves
    return sine_transform(sine_transform(spectrum, 0), 1) / (4 * (width + 1) * (height + 1))


def box(field, radius):
    """Mean over a square, zeros outside."""
    for axis in (0, 1):
        sums = np.cumsum(np.pad(field, [(radius + 1, radius) if a == axis else (0, 0) for a in range(field.ndim)]), axis)
        high = np.take(sums, range(2 * radius + 1, sums.shape[axis]), axis)
        low = np.take(sums, range(sums.shape[axis] - 2 * radius - 1), axis)
        field = (high - low) / (2 * radius + 1)
    return field


def grow(mask, radius):
    return box(mask.astype(float), radius) > 1e-9


def fill(picture, mask):
    """Covers what is masked with the mean of the nearest that is not: retouching by hand."""
    filled, left, radius = picture.copy(), mask.copy(), 2
    while left.any() and radius < max(mask.shape):
        weight = box((~mask).astype(float), radius)
        near = left & (weight > 1e-6)
        mean = box(picture * ~mask[..., None], radius) / np.maximum(weight, 1e-6)[..., None]
        filled[near] = mean[near]
        left &= ~near
        radius *= 2
    return filled


def common_gradient(greys):
    across, down = gradient(greys)
    return np.median(across, 0), np.median(down, 0)


def larger_group(greys):
    """Which pictures carry the mark in the tone of the majority."""
    chosen = np.ones(len(greys), bool)
    across, down = (np.clip(part, -25, 25) for part in gradient(greys))
    for _ in range(4):
        mean_across, mean_down = common_gradient(greys[chosen])
        chosen = (across * mean_across + down * mean_down).sum((1, 2)) > 0
    return chosen if chosen.sum() >= 5 else np.ones(len(greys), bool)


def estimate(pictures):
    """The opacity of the mark at each pixel, and its tone: 255 or 0."""
    greys = pictures @ LUMA
    shape = integrate(*common_gradient(greys))
    strong = np.abs(shape) > 0.6 * np.percentile(np.abs(shape), 99)
    light = shape[strong].sum() > 0
    shape = np.clip(shape if light else -shape, 0, None)
    core = shape[shape > 0.5 * shape.max()]
    shape = np.clip(shape / np.percentile(core, 60), 0, 1)
    shape[shape < 0.06] = 0
    mask, tone = grow(shape > 0.12, 1), 255.0 if light else 0.0
    ground = np.stack([fill(picture, mask) for picture in pictures]) @ LUMA
    solid = shape > 0.75
    expected, seen = (shape * (tone - ground))[:, solid], (greys - ground)[:, solid]
    weight = np.ones_like(seen)
    for _ in range(6):
        opacity = np.clip((weight * expected * seen).sum() / (weight * expected * expected).sum(), 0.02, 0.95)
        off = np.abs(seen - opacity * expected)
        weight = 1 / np.maximum(1, off / (1.5 * np.median(off) + 0.5))
    alpha, middle = shape * opacity, np.median(ground, 0)
    for _ in range(3):
        left = integrate(*common_gradient((greys - alpha * tone) / (1 - alpha)))
        room = tone - middle
        room = np.sign(room) * np.maximum(np.abs(room), 8)
        alpha = np.clip(alpha + 0.7 * left * (1 - alpha) / room * mask, 0, 0.95)
    return alpha, tone


def take_off(picture, alpha, tone):
    """With the strength that leaves the fewest edges."""
    grey, near = picture @ LUMA, grow(alpha > 0.03, 1)
    if not near.any():
        return picture
    best, least = 1.0, np.inf
    for strength in np.linspace(0.5, 1.5, 21):
        share = np.clip(alpha * strength, 0, 0.95)
        across, down = gradient((grey - share * tone) / (1 - share))
        edges = ((np.abs(across) + 0.5) ** 0.7 + (np.abs(down) + 0.5) ** 0.7)[near].mean()
        if edges < least:
            best, least = strength, edges
    share = np.clip(alpha * best, 0, 0.95)[..., None]
    return np.clip((picture - share * tone) / (1 - share), 0, 255)


def similarity(one, two):
    """SSIM, with square windows."""
    a, b = one @ LUMA, two @ LUMA
    mean_a, mean_b = box(a, 3), box(b, 3)
    var_a, var_b = box(a * a, 3) - mean_a ** 2, box(b * b, 3) - mean_b ** 2
    both = box(a * b, 3) - mean_a * mean_b
    return ((2 * mean_a * mean_b + 6.5) * (2 * both + 58.5)
            / ((mean_a ** 2 + mean_b ** 2 + 6.5) * (var_a + var_b + 58.5)))


def measure(result, marked, clean, mask):
    mask = grow(mask, 2)
    error = ((result - clean)[mask] ** 2).mean()
    left = np.concatenate([part[mask] for part in gradient((result - clean) @ LUMA)])
    whole = np.concatenate([part[mask] for part in gradient((marked - clean) @ LUMA)])
    strength = np.sqrt((left ** 2).sum()) / (np.sqrt((whole ** 2).sum()) + 1e-6)
    readable = (left * whole).sum() / ((whole ** 2).sum() + 1e-6)
    return [10 * np.log10(65025 / max(error, 0.05)), similarity(result, clean)[mask].mean(), strength,
            readable / max(strength, 1e-6), readable]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    names = sorted(set(os.listdir(sys.argv[1])) & set(os.listdir(sys.argv[2])))
    marked, clean = (np.stack([read_ppm(os.path.join(folder, name)) for name in names]) for folder in sys.argv[1:3])
    if len(names) < 5:
        sys.exit("at least 5 pictures are needed, there are %d" % len(names))
    group = larger_group(marked @ LUMA)
    print("%d of %d pictures carry the mark in the more frequent tone" % (group.sum(), len(group)))
    marked, clean = marked[group], clean[group]
    masks = [box(np.abs(m - c).max(-1), 1) > 5 for m, c in zip(marked, clean)]
    alpha, tone = estimate(marked)
    attacks = {
        "none": list(marked),
        "median": [take_off(picture, alpha, tone) for picture in marked],
        "inpaint": [fill(picture, grow(mask, 1)) for picture, mask in zip(marked, masks)],
    }
    means = {}
    for name, results in attacks.items():
        means[name] = np.mean([measure(*four) for four in zip(results, marked, clean, masks)], 0)
        print("csv,%s,%s" % (name, ",".join("%.4f" % value for value in means[name])))
    # On a faint mark retouching does more harm than the mark, and an attack that does nothing would beat it.
    easiest = max(means["inpaint"][0], means["none"][0])
    resisted = means["median"][0] <= easiest + 1 and means["median"][2] >= 0.5
    print("RESISTED" if resisted else "SUCCEEDS")


if __name__ == "__main__":
    main()

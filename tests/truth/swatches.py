"""Pictures of eight swatches whose colours are known, in every way in which a file can hold them: PNG and TIFF byte by byte, AVIF
and HEIC put together anew around what heif-enc coded, profiles of matrices and curves. All colours are written down as sRGB.
"""
import functools
import os
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "torture"))
import pictures  # noqa: E402

# Four above, four below; in the gamut of every space that a case takes.
SWATCHES = ((190, 50, 50), (64, 153, 76), (51, 76, 178), (204, 178, 76), (128, 128, 128), (230, 230, 230), (31, 31, 31), (153, 89, 153))
GREYS = tuple((n, n, n) for n in (20, 60, 100, 128, 160, 190, 220, 245))
SRGB = ((0.3127, 0.3290), (0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
ADOBE = ((0.3127, 0.3290), (0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
P3 = ((0.3127, 0.3290), (0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
BT2020 = ((0.3127, 0.3290), (0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
D50 = (0.9642, 1.0, 0.8249)


# ---- Colour ----


def linear(value):
    """sRGB's curve (IEC 61966-2-1): 0..1 as light."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def srgb(light):
    return light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def pq(light):
    """The signal of BT.2100 PQ for light of which 1 is diffuse white, 203 cd/m2 (BT.2408)."""
    power = (light * 203 / 10000) ** (2610 / 16384)
    return ((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)) ** (2523 / 32)


def gamma(number):
    return lambda light: max(light, 0) ** (1 / number)


def product(one, other):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*other)] for row in one]


def inverse(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return [[(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det],
            [(f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det],
            [(d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det]]


def xyz(x, y):
    return [x / y, 1, (1 - x - y) / y]


def to_xyz(gamut):
    """The matrix from linear light in these primaries to XYZ."""
    white, *primaries = gamut
    columns = [list(row) for row in zip(*(xyz(*one) for one in primaries))]
    scale = [row[0] for row in product(inverse(columns), [[n] for n in xyz(*white)])]
    return [[n * s for n, s in zip(row, scale)] for row in columns]


def stored(colour, gamut, curve):
    """An sRGB colour of 0..255 as samples of 0..1 in another space of the same white."""
    light = [[linear(n / 255)] for n in colour]
    other = product(product(inverse(to_xyz(gamut)), to_xyz(SRGB)), light)
    return [min(max(curve(max(row[0], 0)), 0), 1) for row in other]


def rows(colours=SWATCHES, gamut=SRGB, curve=srgb, width=96, height=64):
    """Rows of pixels of three samples of 0..1 each."""
    cells = [stored(colour, gamut, curve) for colour in colours]
    return [[cells[x * 4 // width + 4 * (y * 2 // height)] for x in range(width)] for y in range(height)]


def grey_rows(curve=srgb, colours=GREYS):
    return [[pixel[:1] for pixel in row] for row in rows(colours, curve=curve)]


def with_sample(picture, value):
    """The same with one sample more; `value` is a number or a function of x in 0..1."""
    return [[pixel + [value(x / (len(row) - 1)) if callable(value) else value] for x, pixel in enumerate(row)] for row in picture]


def packed(picture, bits=8, order=">", kind="uint"):
    """The samples as bytes, row by row."""
    if kind == "float":
        return [struct.pack(f"{order}{len(row) * len(row[0])}{'f' if bits == 32 else 'e' if bits == 16 else 'd'}",
                            *(n for pixel in row for n in pixel)) for row in picture]
    letter, most = {8: "B", 16: "H", 32: "I"}[bits], 2 ** bits - 1
    return [struct.pack(f"{order}{len(row) * len(row[0])}{letter}", *(round(n * most) for pixel in row for n in pixel)) for row in picture]


def icc(gamut=SRGB, exponent=2.2, grey=False, padding=0):
    """A display profile of a curve y = x^exponent (ICC.1:2001-04): three primaries, or grey alone. `padding` bytes of text make it
    long enough for several segments."""
    bradford = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
    source = product(bradford, [[n] for n in xyz(*gamut[0])])
    target = product(bradford, [[n] for n in D50])
    cone = [[target[i][0] / source[i][0] if i == j else 0 for j in range(3)] for i in range(3)]
    matrix = product(product(product(inverse(bradford), cone), bradford), to_xyz(gamut))

    def fixed(*numbers):
        return b"".join(struct.pack(">i", round(n * 65536)) for n in numbers)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256)) + b"\0\0"
    name = b"swatches" + b"\0"
    tags = {b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 79, b"wtpt": b"XYZ \0\0\0\0" + fixed(*D50),
            b"cprt": b"text\0\0\0\0" + b"none" + b"x" * padding + b"\0"}
    if grey:
        tags[b"kTRC"] = curve
    else:
        for i, letter in enumerate((b"r", b"g", b"b")):
            tags[letter + b"XYZ"] = b"XYZ \0\0\0\0" + fixed(*(row[i] for row in matrix))
            tags[letter + b"TRC"] = curve
    table, data = struct.pack(">I", len(tags)), b""
    for tag, value in tags.items():
        value += b"\0" * (-len(value) % 4)
        table += tag + struct.pack(">II", 128 + 4 + 12 * len(tags) + len(data), len(value))
        data += value
    body = table + data
    head = struct.pack(">I", 128 + len(body)) + b"\0\0\0\0\x02\x10\0\0mntr" + (b"GRAY" if grey else b"RGB ") + b"XYZ "
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + fixed(*D50)
    return head.ljust(128, b"\0") + body


# ---- PNG ----


def png_chunks(**kinds):
    """Chunks of colour: gAMA and cHRM in their numbers, sRGB and cICP as bytes, iCCP as a profile."""
    chunks = b""
    for kind, value in kinds.items():
        if kind == "iCCP":
            value = b"ICC\0\0" + zlib.compress(value)
        elif not isinstance(value, bytes):
            value = b"".join(struct.pack(">I", round(n * 100000)) for n in value)
        chunks += pictures.png_chunk(kind.encode(), value)
    return chunks


def chrm(gamut):
    return [n for pair in gamut for n in pair]


def png(picture, bits=8, chunks=b""):
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[len(picture[0][0])]
    data = zlib.compress(b"".join(b"\0" + row for row in packed(picture, bits)))
    return (pictures.png_header(len(picture[0]), len(picture), bits, colour) + chunks + pictures.png_chunk(b"IDAT", data)
            + pictures.png_chunk(b"IEND", b""))


# ---- TIFF ----


def tiff_page(picture, at, bits=8, order="<", kind="uint", extra=(), icc_profile=b"", entries=(), following=0):
    """A page at offset `at`: its samples, then its directory. Gives (bytes, offset of the directory, its length before the link)."""
    samples = len(picture[0][0])
    data = b"".join(packed(picture, bits, order, kind))
    data += b"\0" * (len(data) & 1)

    def shorts(*values):
        return struct.pack(f"{order}{len(values)}H", *values)

    tags = [(256, 3, 1, shorts(len(picture[0]))), (257, 3, 1, shorts(len(picture))), (258, 3, samples, shorts(*[bits] * samples)),
            (259, 3, 1, shorts(1)), (262, 3, 1, shorts(1 if samples - len(extra) == 1 else 2)),
            (273, 4, 1, struct.pack(order + "I", at)), (277, 3, 1, shorts(samples)), (278, 3, 1, shorts(len(picture))),
            (279, 4, 1, struct.pack(order + "I", len(data)))]
    tags += [(338, 3, len(extra), shorts(*extra))] if extra else []
    tags += [(339, 3, samples, shorts(*[{"uint": 1, "int": 2, "float": 3}[kind]] * samples))] if kind != "uint" else []
    tags += [(34675, 7, len(icc_profile), icc_profile)] if icc_profile else []
    directory = at + len(data)
    return data + pictures.ifd(tags + list(entries), directory, following, order), directory


def tiff(*pages, order="<"):
    """A TIFF of pages, each a dictionary of tiff_page's arguments."""
    out, link = (b"II*\0" if order == "<" else b"MM\0*") + b"\0" * 4, 4
    for page in pages:
        page = dict(page)
        out += b"\0" * (len(out) & 1)
        data, directory = tiff_page(page.pop("picture"), len(out), order=order, **page)
        out = out[:link] + struct.pack(order + "I", directory) + out[link + 4:] + data
        link = directory + 2 + 12 * struct.unpack_from(order + "H", out, directory)[0]
    return out


# ---- JPEG, WebP and what heif-enc codes ----


@functools.lru_cache(maxsize=None)
def coded(png_bytes, suffix, *command):
    """The file that `command` makes of a PNG; {in} and {out} are the paths."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.png"), os.path.join(folder, "out" + suffix)
        with open(source, "wb") as file:
            file.write(png_bytes)
        subprocess.run([word.replace("{in}", source).replace("{out}", target) for word in command], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(target, "rb") as file:
            return file.read()


def jpeg(picture, *segments):
    bare = coded(png(picture), ".jpg", "vips", "copy", "{in}", "{out}[Q=98,subsample-mode=off,strip]")
    return pictures.with_segments(bare, *segments)


def webp(picture):
    return coded(png(picture), ".webp", "vips", "copy", "{in}", "{out}[lossless,strip]")


def boxes(data, at=0, end=None):
    """(kind, body) of the boxes in a stretch."""
    end, found = len(data) if end is None else end, []
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        found.append((kind, data[at + 8:at + size]))
        at += size or end
    return found


def box(kind, *contents):
    body = b"".join(contents)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind, *contents, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags), *contents)


def coded_items(data):
    """What heif-enc coded: for each item of a picture, (coding, configuration box, bytes), the picture first, then its alpha."""
    meta = dict(boxes(dict(boxes(data))[b"meta"], 4))
    places, at = {}, 8
    version = meta[b"iloc"][0]
    sizes = meta[b"iloc"][4:6]
    offset_size, length_size, base_size, index_size = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15 if version else 0
    body = meta[b"iloc"]

    def number(size):
        nonlocal at
        at += size
        return int.from_bytes(body[at - size:at], "big")

    at = 6
    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        number((2 if version else 0) + 2)
        base, count = number(base_size), number(2)
        for _ in range(count):
            number(index_size)
            offset, length = number(offset_size), number(length_size)
            places.setdefault(item, b"")
            places[item] += data[base + offset:base + offset + length]
    kinds = {}
    for kind, one in boxes(meta[b"iinf"], 6):
        kinds[struct.unpack_from(">H", one, 4)[0]] = one[8:12]
    properties = dict(boxes(meta[b"iprp"]))
    shared = boxes(properties[b"ipco"])
    found, at, body = [], 8, properties[b"ipma"]
    for _ in range(struct.unpack_from(">I", body, 4)[0]):
        item, count = number(2), number(1)
        own = [shared[(number(1) & 127) - 1] for _ in range(count)]
        configuration = [box(*one) for one in own if one[0] in (b"av1C", b"hvcC")]
        if item in places and configuration:
            found.append((kinds[item], configuration[0], places[item]))
    return found


def heif(picture, *properties, format="avif", alpha=False, premultiplied=False, pixi=None, nclx=(1, 13, 6, 1), colr=None, size=None):
    """A picture without loss in AVIF or HEIC: coded by heif-enc, with properties of our own. nclx: primaries, transfer, matrix and
    whether the range is full; colr: a whole colr box instead."""
    options = ["-A"] if format == "avif" else []
    items = coded_items(coded(png(picture), "." + format, "heif-enc", "-q", "100", *options, "-p", "lossless=true", "-p", "chroma=444",
                              "--matrix_coefficients=6", "-o", "{out}", "{in}"))
    items = items[:2 if alpha else 1]
    width, height = size or (len(picture[0]), len(picture))
    channels = pixi or (1 if len(picture[0][0]) < 3 else 3)
    ispe = full(b"ispe", struct.pack(">II", width, height))
    colr = colr or box(b"colr", b"nclx", struct.pack(">HHHB", *nclx[:3], nclx[3] << 7))
    own = [[ispe, items[0][1], full(b"pixi", bytes((channels,)) + b"\x08" * channels), colr, *properties]]
    if alpha:
        own.append([ispe, items[1][1], full(b"pixi", b"\x01\x08"), full(b"auxC", b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0")])
    ipco, ipma, index = b"", struct.pack(">I", len(own)), 0
    for number, group in enumerate(own, 1):
        ipma += struct.pack(">HB", number, len(group))
        for one in group:
            index += 1
            ipco += one
            ipma += bytes((index | (0x80 if one[4:8] in (b"av1C", b"hvcC", b"clap", b"irot", b"imir") else 0),))
    brand = b"avif" if format == "avif" else b"heic"
    ftyp = box(b"ftyp", brand + b"\0\0\0\0" + brand + b"mif1miaf")
    infe = b"".join(full(b"infe", struct.pack(">HH", number, 0) + item[0] + b"\0", version=2) for number, item in enumerate(items, 1))
    references = b""
    if alpha:
        references = box(b"auxl", struct.pack(">HHH", 2, 1, 1)) + (box(b"prem", struct.pack(">HHH", 1, 1, 2)) if premultiplied else b"")

    def meta(start):
        iloc = struct.pack(">BBH", 0x44, 0, len(items))
        for number, item in enumerate(items, 1):
            iloc += struct.pack(">HHHII", number, 0, 1, start, len(item[2]))
            start += len(item[2])
        return full(b"meta", full(b"hdlr", b"\0" * 4 + b"pict" + b"\0" * 13), full(b"pitm", struct.pack(">H", 1)), full(b"iloc", iloc),
                    full(b"iinf", struct.pack(">H", len(items)), infe), *([full(b"iref", references)] if references else []),
                    box(b"iprp", box(b"ipco", ipco), full(b"ipma", ipma)))

    head = ftyp + meta(len(ftyp) + len(meta(0)) + 8)
    return head + box(b"mdat", *(item[2] for item in items))


def clap(width, height, right=(0, 1), down=(0, 1)):
    """A clean aperture of whole pixels, its middle so far right and down of the picture's, as fractions."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, *right, *down))


def irot(quarters):
    return box(b"irot", bytes((quarters,)))

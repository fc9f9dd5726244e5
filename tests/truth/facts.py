"""What a step of a case must have done. A fact is a function of the step's outcome that raises Untrue when it is not so."""
import ctypes
import hashlib
import json
import os
import struct
import subprocess
import unicodedata
import zlib


class Untrue(Exception):
    """Says what was expected and what was found."""


def need(truth, expected, found):
    if not truth:
        raise Untrue(f"expected {expected}; found {found}")


def tool(*command):
    """What a program prints; Untrue when it ends with an error."""
    done = subprocess.run(command, capture_output=True, check=False)
    need(done.returncode == 0, f"{command[0]} to read {command[-1]}", done.stderr.decode(errors="replace").strip() or done.returncode)
    return done.stdout.decode(errors="replace")


# ---- Streams ----


def says(*words):
    """Each of these stands on standard output or standard error."""
    def fact(outcome):
        both = outcome.out + outcome.err
        for word in words:
            need(word in both, repr(word), both)
    return fact


def says_not(*words):
    def fact(outcome):
        both = outcome.out + outcome.err
        for word in words:
            need(word not in both, f"no {word!r}", both)
    return fact


def lines_of_json(outcome):
    try:
        return [json.loads(line) for line in outcome.out.splitlines() if line]
    except ValueError as error:
        raise Untrue(f"standard output is no JSON Lines: {error}: {outcome.out[:400]!r}") from None


def member(value, path):
    """The members that a path such as `findings.*.id` or `copyright.notice` names, as a list."""
    values = [value]
    for key in path.split("."):
        following = []
        for one in values:
            if key == "*" and isinstance(one, (list, dict)):
                following += one if isinstance(one, list) else one.values()
            elif isinstance(one, dict) and key in one:
                following.append(one[key])
            elif isinstance(one, list) and key.isdigit() and int(key) < len(one):
                following.append(one[int(key)])
        values = following
    return values


def json_is(path, expected, line=0):
    """The member of that line of JSON is this."""
    def fact(outcome):
        lines = lines_of_json(outcome)
        need(len(lines) > line, f"{line + 1} lines of JSON", outcome.out[:400])
        found = member(lines[line], path)
        need(found == [expected], f"{path} = {expected!r}", found)
    return fact


def json_has(path, *expected, line=0):
    """Each of these is among the values that the path names."""
    def fact(outcome):
        lines = lines_of_json(outcome)
        need(len(lines) > line, f"{line + 1} lines of JSON", outcome.out[:400])
        found = member(lines[line], path)
        for one in expected:
            need(one in found, f"{one!r} among {path}", found)
    return fact


def json_has_not(path, *unexpected, line=0):
    def fact(outcome):
        lines = lines_of_json(outcome)
        need(len(lines) > line, f"{line + 1} lines of JSON", outcome.out[:400])
        found = member(lines[line], path)
        for one in unexpected:
            need(one not in found, f"no {one!r} among {path}", found)
    return fact


def finds(*ids):
    return json_has("findings.*.id", *ids)


def finds_not(*ids):
    return json_has_not("findings.*.id", *ids)


# ---- Files, by other programs ----


def exiftool(path, tag, expected):
    """The value that exiftool reads for `group1:tag`; None: there is none."""
    def fact(outcome):
        out = tool("exiftool", "-a", "-s3", "-n", "-" + tag, os.path.join(outcome.folder, path))
        values = [unicodedata.normalize("NFC", line) for line in out.splitlines()]
        if expected is None:
            need(not values, f"no {tag} in {path}", values)
        else:
            need(expected in values, f"{tag} = {expected!r} in {path}", values)
    return fact


def exiftool_says_not(path, *words):
    """None of these stands in what exiftool prints of the whole file, unknown tags and embedded files among them."""
    def fact(outcome):
        out = tool("exiftool", "-a", "-u", "-U", "-ee3", "-G1", os.path.join(outcome.folder, path))
        for word in words:
            need(word not in out, f"no {word!r} in {path}", [line for line in out.splitlines() if word in line])
    return fact


def profile_of(path):
    """The bytes of the colour profile, as exiftool finds them."""
    done = subprocess.run(["exiftool", "-b", "-ICC_Profile", path], capture_output=True, check=False)
    need(done.stdout, f"a colour profile in {path}", "none")
    return done.stdout


def lab_of(profile):
    """What lcms makes of a cube of 17 x 17 x 17 colours: a list of L*, a*, b*."""
    lcms = ctypes.CDLL("liblcms2.so.2")
    for name in ("cmsOpenProfileFromMem", "cmsCreateLab4Profile", "cmsCreateTransform"):
        getattr(lcms, name).restype = ctypes.c_void_p
    rgb_doubles, lab_doubles, exact = 4 << 16 | 3 << 3 | 1 << 22, 10 << 16 | 3 << 3 | 1 << 22, 0x0140
    source = lcms.cmsOpenProfileFromMem(profile, len(profile))
    need(source, "a profile that lcms reads", "none")
    lab = ctypes.c_void_p(lcms.cmsCreateLab4Profile(None))
    transform = lcms.cmsCreateTransform(ctypes.c_void_p(source), rgb_doubles, lab, lab_doubles, 1, exact)
    need(transform, "a profile that lcms converts by", "none")
    to_lab = ctypes.c_void_p(transform)
    cube = [n / 16 for r in range(17) for g in range(17) for b in range(17) for n in (r, g, b)]
    given, found = (ctypes.c_double * len(cube))(*cube), (ctypes.c_double * len(cube))()
    lcms.cmsDoTransform(to_lab, given, found, len(cube) // 3)
    return list(found)


def same_colours(path, other):
    """Both have a profile, and each of 17 x 17 x 17 colours is the same by both: dE 0."""
    def fact(outcome):
        one, two = (lab_of(profile_of(os.path.join(outcome.folder, name))) for name in (path, other))
        most = max(abs(a - b) for a, b in zip(one, two))
        need(most == 0, f"the colours of {path} to be those of {other}", f"a difference of {most}")
    return fact


def bytes_lack(path, *words):
    """None of these stands in the file, as it is or in a zlib stream of a PNG chunk."""
    def fact(outcome):
        with open(os.path.join(outcome.folder, path), "rb") as file:
            data = file.read()
        at = 8
        while data.startswith(b"\x89PNG") and at + 12 <= len(data):
            length = int.from_bytes(data[at:at + 4], "big")
            if data[at + 4:at + 8] in (b"iCCP", b"zTXt"):
                packed = data[at + 8:at + 8 + length].split(b"\0", 1)[1][1:]
                data += zlib.decompress(packed)
            at += 12 + length
            if data[at - 8 - length:at - 4 - length] == b"IEND":
                break
        for word in words:
            need(word not in data, f"no {word!r} in {path}", "it is there")
    return fact


def jxl_boxes(path):
    """The boxes of a JPEG XL as (kind, kind within it or None, body, opened by Brotli's own program where it is compressed)."""
    with open(path, "rb") as file:
        data = file.read()
    boxes, at = [], 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        size = size or len(data) - at
        need(size >= 8, "boxes of 8 bytes and more", size)
        body, inner = data[at + 8:at + size], None
        if kind == b"brob":
            inner, stream = body[:4], body[4:]
            body = subprocess.run(["brotli", "-dc"], input=stream, stdout=subprocess.PIPE, check=True).stdout
        boxes.append((kind, inner, body))
        at += size
    return boxes


def jxl_box(path, kind, *words, packed=True):
    """A box of this kind, compressed or not, holds all these words; without words: there is none."""
    def fact(outcome):
        found = [body for outer, inner, body in jxl_boxes(os.path.join(outcome.folder, path))
                 if (inner == kind if packed else outer == kind)]
        need(bool(found) == bool(words), f"{'a' if words else 'no'} box {kind} in {path}", found)
        for word in words:
            need(any(word.encode() in body for body in found), f"{word!r} in a box {kind} of {path}", found)
    return fact


def exiftool_opened(path, tag, expected):
    """As exiftool(), of the file with its compressed boxes in the clear, since exiftool opens them with a module that may be missing."""
    def fact(outcome):
        plain = os.path.join(outcome.folder, "opened.jxl")
        with open(plain, "wb") as file:
            for outer, inner, body in jxl_boxes(os.path.join(outcome.folder, path)):
                file.write(struct.pack(">I", 8 + len(body)) + (inner or outer) + body)
        exiftool("opened.jxl", tag, expected)(outcome)
    return fact


def jxl_pixels(path, other):
    """djxl decodes both, to the same pixels."""
    def fact(outcome):
        decoded = []
        for name in (path, other):
            out = os.path.join(outcome.folder, "decoded.ppm")
            subprocess.run(["djxl", os.path.join(outcome.folder, name), out], check=True, capture_output=True)
            decoded.append(digest(out))
        need(decoded[0] == decoded[1], f"the pixels of {path} to be those of {other}", decoded)
    return fact


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def same_file(path, other=None):
    """The file is byte for byte what the case put there, or what it put at `other`."""
    def fact(outcome):
        made = outcome.made[other or path]
        need(digest(os.path.join(outcome.folder, path)) == hashlib.sha256(made).hexdigest(), f"{path} to be as it was", "other bytes")
    return fact


def exists(*paths):
    def fact(outcome):
        for path in paths:
            need(os.path.exists(os.path.join(outcome.folder, path)), f"{path} to be there", sorted(os.listdir(outcome.folder)))
    return fact


def absent(*paths):
    def fact(outcome):
        for path in paths:
            need(not os.path.lexists(os.path.join(outcome.folder, path)), f"no {path}", "it is there")
    return fact


def same_pixels(path, other):
    """Both decode (libvips) to the same samples."""
    def fact(outcome):
        sums = []
        for one in (path, other):
            raw = os.path.join(outcome.folder, ".pixels.v")
            tool("vips", "copy", os.path.join(outcome.folder, one), raw)
            with open(raw, "rb") as file:
                sums.append(hashlib.sha256(file.read()[64:]).hexdigest())  # Behind the header, which has a time.
            os.remove(raw)
        need(sums[0] == sums[1], f"the pixels of {path} and {other} to be the same", sums)
    return fact


def tags_of(path):
    """What exiftool reads of a file's own blocks, as a set of (group:name, value)."""
    out = tool("exiftool", "-a", "-G1", "-s", "-n", "-sep", "; ", path)
    tags = set()
    for line in out.splitlines():
        group, rest = line[1:].split("]", 1)
        name, value = rest.split(":", 1)
        tags.add((f"{group}:{name.strip()}", unicodedata.normalize("NFC", value.strip())))
    # Of the file system and of exiftool itself; in which form an IIM block has its texts, and where a TIFF has its picture.
    frame = ("System:", "File:", "ExifTool:", "Composite:", "PNG:", "RIFF:", "JFIF:")
    form = ("IPTC:CodedCharacterSet", "IPTC:EnvelopeRecordVersion", "IPTC:ApplicationRecordVersion", "IFD0:StripOffsets")
    return {(name, value) for name, value in tags if (not name.startswith(frame) or name.startswith("PNG:Copy")
                                                      or name.startswith("PNG:Auth")) and name not in form}


def states_no_more(path, than):
    """All that exiftool reads in one file stands in the other, tag for tag with its value; digests may follow their blocks."""
    def fact(outcome):
        now, before = (tags_of(os.path.join(outcome.folder, one)) for one in (path, than))
        names = {name for name, _ in before}
        more = {pair for pair in now - before if not (pair[0].endswith("Digest") and pair[0] in names)}
        need(not more, f"{path} to state no more than {than}", sorted(more))
    return fact


# ---- Pixels, as libvips reads them ----


def pixels_of(path):
    """Width, height, samples a pixel, and the samples of a picture of 8 bits."""
    width, height, bands = (int(tool("vipsheader", "-f", field, path)) for field in ("width", "height", "bands"))
    raw = path + ".raw"
    tool("vips", "rawsave", path, raw)
    with open(raw, "rb") as file:
        samples = file.read()
    os.remove(raw)
    return width, height, bands, samples


def size_is(path, width, height):
    def fact(outcome):
        found = tuple(pixels_of(os.path.join(outcome.folder, path))[:2])
        need(found == (width, height), f"{path} to be of {width} x {height} px", found)
    return fact


def swatches(path, colours, tolerance=4, alpha=None):
    """The middles of four fields above and four below are of these colours, each sample to within `tolerance`; with `alpha`, a
    function of x in 0..1, so is the last sample of 0..255; without, there is none, or it is 255."""
    def fact(outcome):
        width, height, bands, samples = pixels_of(os.path.join(outcome.folder, path))
        for i, colour in enumerate(colours):
            x, y = width * (2 * (i % 4) + 1) // 8, height * (2 * (i // 4) + 1) // 4
            at = (y * width + x) * bands
            found = list(samples[at:at + bands])
            if bands < 3:
                found = found[:1] * 3 + found[1:]
            expected = list(colour) + ([round(255 * alpha(x / (width - 1)))] if alpha else [255] * (len(found) - 3))
            need(len(found) == len(expected) and all(abs(a - b) <= tolerance for a, b in zip(found, expected)),
                 f"field {i + 1} of {path} to be {expected}", found)
    return fact


def pixel_is(path, x, y, colour, tolerance=4):
    def fact(outcome):
        width, _, bands, samples = pixels_of(os.path.join(outcome.folder, path))
        found = samples[(y * width + x) * bands:][:3]
        need(all(abs(a - b) <= tolerance for a, b in zip(found, colour)), f"the pixel at {x}, {y} of {path} to be {colour}",
             tuple(found))
    return fact


def alike(path, other, tolerance):
    """No sample of one differs by more than `tolerance` from the same of the other."""
    def fact(outcome):
        one, two = (pixels_of(os.path.join(outcome.folder, name)) for name in (path, other))
        need(one[:3] == two[:3], f"{path} to be of the size of {other}", (one[:3], two[:3]))
        most = max(abs(a - b) for a, b in zip(one[3], two[3]))
        need(most <= tolerance, f"{path} and {other} to differ by {tolerance} at most", most)
    return fact

"""Files for the truth tables: small pictures, and the metadata blocks that a case needs, byte by byte.

A maker returns bytes. What a case needs beside these it makes of them; nothing here comes from anybody's camera.
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

ASCII, SHORT, LONG, RATIONAL, UNDEFINED, BYTE = 2, 3, 4, 5, 7, 1
SSHORT, SLONG, SRATIONAL, FLOAT, DOUBLE = 8, 9, 10, 11, 12


# ---- Pictures without metadata ----


@functools.lru_cache(maxsize=None)
def picture(kind="jpeg", width=400, height=300):
    """A picture of hills: kind is one of jpeg, png, webp, tiff, avif, heic, or a variant that pictures.py names."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = {**pictures.KINDS, **pictures.VARIANTS}
        wanted = {} if kind == "png" else {kind: kinds[kind]}
        return pictures.one_of_each(folder, width, height, wanted)[kind]


def run_on(data, name, command):
    """The bytes that `command`, a list in which {} is the file's path, makes of a file of these bytes and this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        subprocess.run([word.replace("{}", path) for word in command], check=True, stdout=subprocess.DEVNULL)
        with open(path, "rb") as file:
            return file.read()


def written_by_exiftool(data, name, *arguments):
    """The file as exiftool writes it, with arguments such as -XMP-dc:Rights=X. name gives the extension."""
    return run_on(data, name, ["exiftool", "-q", "-overwrite_original", *arguments, "{}"])


# ---- TIFF structure: EXIF blocks ----


def entry(tag, kind, count, value):
    """A directory entry; value is bytes, already in the byte order of the block."""
    return tag, kind, count, value


def text(tag, value):
    """An ASCII entry, ended by a zero byte."""
    value = value if isinstance(value, bytes) else value.encode()
    return tag, ASCII, len(value) + 1, value + b"\0"


def undefined(tag, value):
    return tag, UNDEFINED, len(value), value


def short(tag, value, order="<"):
    return tag, SHORT, 1, struct.pack(order + "H", value)


def rationals(tag, *pairs, order="<"):
    return tag, RATIONAL, len(pairs), b"".join(struct.pack(order + "II", *pair) for pair in pairs)


def numbers(tag, kind, *values, order="<"):
    """An entry of any numeric type; for a fraction the values are pairs."""
    form = {BYTE: "B", SHORT: "H", LONG: "I", RATIONAL: "II", SSHORT: "h", SLONG: "i", SRATIONAL: "ii", FLOAT: "f", DOUBLE: "d"}[kind]
    data = b"".join(struct.pack(order + form, *(value if isinstance(value, tuple) else (value,))) for value in values)
    return tag, kind, len(values), data


def tiff_block(ifd0=(), exif=(), gps=(), order="<"):
    """A TIFF structure with IFD0 and, where they have entries, its Exif and GPS directories (Exif 3.0, 4.5)."""
    ifd0, at = list(ifd0), 8
    pointers = [(0x8769, exif)] * bool(exif) + [(0x8825, gps)] * bool(gps)
    at += len(pictures.ifd(ifd0 + [(tag, LONG, 1, b"\0" * 4) for tag, _ in pointers], at, order=order))
    directories = b""
    for tag, entries in pointers:
        ifd0.append((tag, LONG, 1, struct.pack(order + "I", at + len(directories))))
        directories += pictures.ifd(list(entries), at + len(directories), order=order)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8) + pictures.ifd(ifd0, 8, order=order) + directories


def camera_block(make, signature, entries, order="<", base="block", note_order=None, ifd0=(), model="Model"):
    """An EXIF block of a camera of this make, in whose maker note a directory stands behind its signature. Its values are told
    from the start of the block, or (base="note") of the note. With bytes instead of entries, these are all of the note."""
    def block(note):
        return tiff_block([text(0x10F, make), text(0x110, model), *ifd0], exif=[undefined(0x927C, note)], order=order)

    def note(at):
        return signature + pictures.ifd(list(entries), at + len(signature), order=note_order or order)
    if isinstance(entries, bytes):
        return block(signature + entries)
    draft = note(0)
    return block(note(block(draft).find(draft) if base == "block" else 0))


def gps_entries(order="<"):
    """45 degrees 18 minutes 7 seconds north, 5 degrees 46 minutes 30 seconds east."""
    return [text(1, "N"), rationals(2, (45, 1), (18, 1), (7, 1), order=order),
            text(3, "E"), rationals(4, (5, 1), (46, 1), (30, 1), order=order)]


# ---- IIM and Photoshop resources ----


def dataset(record, number, value):
    """An IIM dataset (IIM 4.2, 1.5)."""
    value = value if isinstance(value, bytes) else value.encode()
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def iim(*datasets):
    """An IIM block that says that it is UTF-8; datasets are (number, text) of record 2."""
    return dataset(1, 90, b"\x1b%G") + b"".join(dataset(2, number, value) for number, value in datasets)


def resource(number, data, name=b""):
    """An image resource block of Photoshop."""
    name = bytes((len(name),)) + name
    return b"8BIM" + struct.pack(">H", number) + name + b"\0" * (len(name) & 1) + struct.pack(">I", len(data)) + data + (
        b"\0" * (len(data) & 1))


# ---- XMP ----

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/", "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "exif": "http://ns.adobe.com/exif/1.0/", "xmp": "http://ns.adobe.com/xap/1.0/", "cc": "http://creativecommons.org/ns#",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "tiff": "http://ns.adobe.com/tiff/1.0/",
}


def xmp(body="", attributes="", packet=True):
    """An XMP packet as text: properties as elements in `body`, as attributes of the description in `attributes`."""
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    document = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
                f'<rdf:Description rdf:about=""{names} {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>')
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{document}<?xpacket end="w"?>' if packet else document


def alternatives(name, value, language="x-default"):
    """A language alternative, as xmp(alternatives("dc:rights", "© X"))."""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="{language}">{value}</rdf:li></rdf:Alt></{name}>'


def sequence(name, *values, bag=False):
    kind = "Bag" if bag else "Seq"
    return f'<{name}><rdf:{kind}>' + "".join(f"<rdf:li>{value}</rdf:li>" for value in values) + f"</rdf:{kind}></{name}>"


def as_bytes(value):
    return value if isinstance(value, bytes) else value.encode()


# ---- Colour profiles ----


def icc_profile(description=b"sRGB", extra=(), behind=b"", gap=b"", replace=()):
    """A matrix profile (ICC.1:2001-04): `extra` are tags (signature, value) added to it, `replace` values for tags that it has, `gap`
    stands between two of them and belongs to none, `behind` follows its own end."""
    import swatches
    plain = swatches.icc()
    tags = {plain[at:at + 4]: plain[struct.unpack(">I", plain[at + 4:at + 8])[0]:][:struct.unpack(">I", plain[at + 8:at + 12])[0]]
            for at in range(132, 132 + 12 * struct.unpack(">I", plain[128:132])[0], 12)}
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", len(description) + 1) + description + b"\0" * 79
    tags.update(replace)
    tags.update(extra)
    table, data = struct.pack(">I", len(tags)), b""
    for tag, value in tags.items():
        table += tag + struct.pack(">II", 132 + 12 * len(tags) + len(data), len(value))
        data += value + b"\0" * (-len(value) % 4) + (gap if tag == b"desc" else b"")
    whole = plain[4:128] + table + data
    return struct.pack(">I", 4 + len(whole)) + whole + behind


def icc_segments(profile, most=65000):
    parts = [profile[at:at + most] for at in range(0, len(profile), most)]
    return b"".join(pictures.segment(0xE2, b"ICC_PROFILE\0" + bytes((i + 1, len(parts))) + part) for i, part in enumerate(parts))


def png_icc(profile, name="ICC"):
    return pictures.png_chunk(b"iCCP", name.encode("latin-1") + b"\0\0" + zlib.compress(profile))


# ---- Blocks in their containers ----


def exif_segment(block):
    return pictures.segment(0xE1, b"Exif\0\0" + block)


def xmp_segment(packet):
    return pictures.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + as_bytes(packet))


def photoshop_segment(*resources):
    return pictures.segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def exif_segments(block, *cuts):
    """The block over several segments, of which the first alone begins with a TIFF header, cut at these places."""
    places = [0, *cuts, len(block)]
    return b"".join(exif_segment(block[begin:end]) for begin, end in zip(places, places[1:]))


def flir_segments(records, pieces=1, order=">"):
    """The segments of a FLIR camera: records are pairs of a type and bytes."""
    directory, data, at = b"", b"", 64 + 32 * len(records)
    for kind, record in records:
        directory += struct.pack(order + "HHIIIIIII", kind, 1, 100, 1, at + len(data), len(record), 0, 0, 0)
        data += record
    header = b"FFF\0" + b"CAM".ljust(16, b"\0") + struct.pack(order + "III", 100, 64, len(records))
    whole = header.ljust(64, b"\0") + directory + data
    size = -(-len(whole) // pieces)
    return b"".join(pictures.segment(0xE1, b"FLIR\0\1" + bytes((i, pieces - 1)) + whole[i * size:(i + 1) * size]) for i in range(pieces))


def flir_place(latitude, longitude, valid=1):
    """FLIR's record 0x2B, which is always little endian."""
    letters = (b"N\0" if latitude >= 0 else b"S\0") + (b"E\0" if longitude >= 0 else b"W\0")
    return (struct.pack("<I4x", valid) + letters + b"\0" * 4 + struct.pack("<ddf", latitude, longitude, 35.0)).ljust(236, b"\0")


def afcp(at, *blocks, order=">"):
    """A trailer of the AXS File Concatenation Protocol that begins at `at` of its file; blocks are pairs of four letters and bytes."""
    mark = b"AXS!" if order == ">" else b"AXS*"
    directory, data, place = b"", b"", at + 12 + 12 * len(blocks)
    for tag, block in blocks:
        directory += tag + struct.pack(order + "II", len(block), place + len(data))
        data += block
    return mark + struct.pack(order + "HHI", 0x0100, len(blocks), 0) + directory + data + mark + struct.pack(order + "I4x", at)


def comment_segment(value):
    return pictures.segment(0xFE, as_bytes(value))


def jpeg(*segments, of=None):
    """A JPEG with these segments right behind SOI, in this order."""
    return pictures.with_segments(of or picture("jpeg"), *segments)


def png_text(keyword, value):
    """An iTXt chunk, not compressed (PNG 3rd edition, 11.3.3.4)."""
    return pictures.png_chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + as_bytes(value))


def png_latin(keyword, value):
    return pictures.png_chunk(b"tEXt", keyword.encode("latin-1") + b"\0" + value.encode("latin-1"))


def png_raw_profile(name, block, rest=b""):
    """The block in hex, as ImageMagick writes it; `rest` stands behind the last digit, as some writers leave it."""
    hexed = f"\n{name}\n{len(block):8}\n{block.hex()}\n".encode()
    return pictures.png_chunk(b"zTXt", f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(hexed + rest))


def png_xmp(packet):
    return png_text("XML:com.adobe.xmp", packet)


def png(*chunks, of=None):
    """A PNG with these chunks right behind IHDR."""
    whole = of or picture("png")
    return whole[:33] + b"".join(chunks) + whole[33:]


def riff_chunk(kind, data):
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)


def riff_chunks(whole):
    """The chunks of a WebP as (kind, data)."""
    at, found = 12, []
    while at + 8 <= len(whole):
        length = struct.unpack("<I", whole[at + 4:at + 8])[0]
        found.append((whole[at:at + 4], whole[at + 8:at + 8 + length]))
        at += 8 + length + (length & 1)
    return found


def webp(*chunks, of=None, width=400, height=300, flags=0x0C, before=()):
    """An extended WebP with these chunks behind its picture, `before` in front of it; flags are those of VP8X (0x20 ICC, 0x08 EXIF,
    0x04 XMP)."""
    bare = b"".join(riff_chunk(kind, data) for kind, data in riff_chunks(of or picture("webp")) if kind in (b"VP8 ", b"VP8L"))
    extended = struct.pack("<I", flags) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + riff_chunk(b"VP8X", extended) + b"".join(before) + bare + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_exif(block):
    return riff_chunk(b"EXIF", block)


def webp_xmp(packet):
    return riff_chunk(b"XMP ", as_bytes(packet))


def box(kind, *contents):
    """A box of ISO base media (ISO/IEC 14496-12, 4.2)."""
    body = b"".join(contents)
    return struct.pack(">I", 8 + len(body)) + kind + body


def brotli(data):
    """The stream that Brotli's own program makes of it."""
    return subprocess.run(["brotli", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def jxl(*boxes, last=()):
    """A JPEG XL of 8 x 16 pixels, whose codestream nobody can decode, with boxes before it and behind it (ISO/IEC 18181-2)."""
    head = box(b"JXL ", b"\r\n\x87\n") + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return head + b"".join(boxes) + box(b"jxlc", bytes.fromhex("ff0a030012345678")) + b"".join(last)


def jxl_of_jpeg(data, *options):
    """The JPEG XL that cjxl makes of a JPEG: by default the JPEG can be put together from it again."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = os.path.join(folder, "a.jpg"), os.path.join(folder, "a.jxl")
        with open(source, "wb") as file:
            file.write(data)
        subprocess.run(["cjxl", source, made, *options], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(made, "rb") as file:
            return file.read()


def tiff_with(entries, order="<", width=32, height=24, below=(), then=()):
    """An uncompressed grey-ramp RGB TIFF whose IFD0 also holds these entries, and pointers to the directories `below`: pairs of
    a tag and entries; `then` are the entries of a second page's directory, which shows the same pixels."""
    pixels = bytes((x * 255 // width) if c != 1 else y * 255 // height for y in range(height) for x in range(width) for c in range(3))
    base = [short(0x100, width, order), short(0x101, height, order),
            (0x102, SHORT, 3, struct.pack(order + "HHH", 8, 8, 8)), short(0x103, 1, order), short(0x106, 2, order),
            short(0x115, 3, order), short(0x116, height, order),
            (0x117, LONG, 1, struct.pack(order + "I", len(pixels)))]
    mark = b"II*\0" if order == "<" else b"MM\0*"
    strips = [(0x111, LONG, 1, struct.pack(order + "I", 8))]
    at = 8 + len(pixels)
    at += at & 1
    sub, entries = b"", list(entries)
    for tag, inner in below:
        entries.append((tag, LONG, 1, struct.pack(order + "I", at + len(sub))))
        sub += pictures.ifd(list(inner), at + len(sub), order=order)
    second = pictures.ifd(base + strips + list(then), at + len(sub), order=order) if then else b""
    follows = at + len(sub) if then else 0
    sub += second
    directory = pictures.ifd(base + strips + entries, at + len(sub), follows, order=order)
    return (mark + struct.pack(order + "I", at + len(sub)) + pixels).ljust(at, b"\0") + sub + directory


def deflated(data):
    return zlib.compress(data)

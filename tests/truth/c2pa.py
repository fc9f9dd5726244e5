"""Content Credentials, byte by byte: CBOR (RFC 8949), JUMBF (ISO/IEC 19566-5), manifests and stores (C2PA 2.2), and the places
that they have in files. No signature in them fits anything."""
import struct

from files import box, jpeg, picture, pictures, png, riff_chunk, tiff_with, webp
from swatches import heif

BASE = "http://cv.iptc.org/newscodes/digitalsourcetype/"


# ---- CBOR ----


def head(kind, number):
    for width, letter in ((24, None), (1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"), (1 << 64, "Q")):
        if number < width:
            return bytes((kind << 5 | number,)) if letter is None else bytes(
                (kind << 5 | {"B": 24, "H": 25, "I": 26, "Q": 27}[letter],)) + struct.pack(">" + letter, number)
    raise ValueError(number)


def cbor(value):
    """The value as CBOR: text, bytes, bool, int, list, dict, None."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return head(5, len(value)) + b"".join(cbor(key) + cbor(one) for key, one in value.items())


def loose_cbor(value):
    """The same without stated lengths, as streaming writers have it: each text in two pieces, each list ended by a break."""
    if isinstance(value, str):
        data = value.encode()
        return b"\x7f" + b"".join(head(3, len(piece)) + piece for piece in (data[:5], data[5:])) + b"\xff"
    if isinstance(value, list):
        return b"\x9f" + b"".join(map(loose_cbor, value)) + b"\xff"
    if isinstance(value, dict):  # Keys as they are: few writers split these.
        return b"\xbf" + b"".join(cbor(key) + loose_cbor(one) for key, one in value.items()) + b"\xff"
    return cbor(value)


# ---- JUMBF ----


def superbox(kind, label, *contents):
    """A JUMBF superbox; kind is the four letters of its content type."""
    uuid = kind + bytes.fromhex("00110010800000aa00389b71")
    return box(b"jumb", box(b"jumd", uuid, b"\x03", label.encode(), b"\0"), *contents)


def assertion(label, value, writer=cbor):
    return superbox(b"cbor", label, box(b"cbor", writer(value)))


def action(name, source=None, **more):
    return {"action": name, **({"digitalSourceType": source if ":" in source else BASE + source} if source else {}), **more}


def actions(*list_of_them, label="c2pa.actions.v2", writer=cbor):
    return assertion(label, {"actions": list(list_of_them)}, writer)


def ingredient(source=None, label="c2pa.ingredient.v3"):
    return assertion(label, {"dc:title": "original", "relationship": "parentOf",
                             **({"digitalSourceType": BASE + source} if source else {})})


def manifest(*assertions, name="urn:c2pa:00000000-0000-4000-8000-000000000001", kind=b"c2ma"):
    claim = {"alg": "sha256", "instanceID": "xmp:iid:1", "signature": f"self#jumbf=/c2pa/{name}/c2pa.signature",
             "created_assertions": [], "claim_generator_info": {"name": "a test"}}
    return superbox(kind, name, superbox(b"c2as", "c2pa.assertions", *assertions),
                    superbox(b"c2cl", "c2pa.claim.v2", box(b"cbor", cbor(claim))),
                    superbox(b"c2cs", "c2pa.signature", box(b"cbor", b"\xd2\x84\x43\xa1\x01\x26\xa0\xf6\x58\x40" + b"\x55" * 64)))


def store(*manifests):
    return superbox(b"c2pa", "c2pa", *manifests)


# ---- In files ----


def in_jpeg(data, piece=60000):
    """APP11 segments of at most `piece` bytes of the store each (ISO/IEC 19566-5 annex D)."""
    rest = data[8:]
    pieces = [rest[at:at + piece] for at in range(0, len(rest), piece)]
    return jpeg(*[pictures.segment(0xEB, b"JP\0\1" + struct.pack(">I", number) + data[:8] + part)
                  for number, part in enumerate(pieces, 1)])


def in_png(data):
    return png(pictures.png_chunk(b"caBX", data))


def in_webp(data):
    return webp(riff_chunk(b"C2PA", data), flags=0)


def in_tiff(data, order="<"):
    return tiff_with([(52545, 7, len(data), data)], order=order, width=400, height=300)


def in_heif(data, kind="avif", purpose=b"manifest"):
    """A uuid box behind the last one, where no offset has to move."""
    return picture(kind) + box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), b"\0" * 4, purpose, b"\0", b"\0" * 8, data)


def in_front(data, kind):
    """The box where signers put it, right behind ftyp, so that all offsets of items move (C2PA 2.2, A.5)."""
    whole = heif([[(x / 63, y / 63, 0.5) for x in range(64)] for y in range(64)], format=kind)
    added = box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), b"\0" * 4, b"manifest\0", b"\0" * 8, data)
    at, behind = whole.index(b"iloc") + 8, struct.unpack(">I", whole[:4])[0]
    count, moved = struct.unpack(">H", whole[at + 2:at + 4])[0], bytearray(whole)
    for item in range(at + 4, at + 4 + 14 * count, 14):
        offset = struct.unpack(">I", whole[item + 6:item + 10])[0]
        moved[item + 6:item + 10] = struct.pack(">I", offset + len(added))
    return bytes(moved[:behind]) + added + bytes(moved[behind:])


def in_jxl(data):
    """Boxes around the codestream of a grey picture of 8 x 8 px, which has no more than its size: read, never decoded."""
    return (b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ") + box(b"jumb", data[8:])
            + box(b"jxlc", b"\xff\x0a\x41\0\0\0"))


def everywhere(data):
    """A file of each kind that publish reads, with the store in it."""
    return {"a.jpg": in_jpeg(data), "b.jpg": in_jpeg(data, 100), "c.png": in_png(data), "d.webp": in_webp(data),
            "e.tif": in_tiff(data), "f.tif": in_tiff(data, ">"), "g.avif": in_heif(data), "h.heic": in_heif(data, "heic")}

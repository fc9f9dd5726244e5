"""Pictures without an end mark: whole ones are published with a warning, cut ones are not; the others copy and warn."""
import struct
import zlib

from facts import absent, exiftool, exists, finds, json_has, json_has_not, says, says_not
from files import alternatives, exif_segment, gps_entries, jpeg, pictures, picture, png, png_xmp, run_on, text, tiff_block, xmp
from run import PROFILE, Case, Step

OURS, WRITTEN = "© 2020 Jane Doe", "© Jane Doe. All rights reserved."
EOI = b"\xff\xd9"
NOTICE = [text(0x8298, OURS)]


def samsung_trailer(*pieces):
    """Blocks (type, name, data), then their directory (SEFH, SEFT), as Samsung's cameras write them."""
    data, rows = b"", []
    for kind, name, value in pieces:
        block = struct.pack("<HHI", 0, kind, len(name)) + name + value
        rows.append((kind, len(data), len(block)))
        data += block
    head = b"SEFH" + struct.pack("<II", 106, len(rows)) + b"".join(struct.pack("<HHII", 0, kind, len(data) - at, size) for kind, at, size in rows)
    return data + head + struct.pack("<I", len(head)) + b"SEFT"


def endless(whole, end=EOI):
    assert whole.endswith(end)
    return whole[:-len(end)]


PANORAMA = samsung_trailer((0x0A01, b"Image_UTC_Data", b"1714567890123"), (0x0A20, b"Panorama_Shot_Info", b"\1\2\3\xff\xd8\xff\xe0" + bytes(40)))
IEND = pictures.png_chunk(b"IEND", b"")
KINDS = {"jpeg": "jpeg", "progressive": "jpeg-progressive", "restart": "jpeg-restart"}
JPEGS = {f"{name}.jpg": endless(jpeg(exif_segment(tiff_block(NOTICE)), of=picture(kind))) for name, kind in KINDS.items()}
JPEGS["pano.jpg"] = endless(jpeg(exif_segment(tiff_block(NOTICE)))) + PANORAMA
JPEGS["zeros.jpg"] = endless(jpeg(exif_segment(tiff_block(NOTICE)))) + bytes(100)
JPEGS["half.jpg"] = endless(jpeg(exif_segment(tiff_block(NOTICE)))) + b"\xff"
PNGS = {"none.png": endless(png(png_xmp(xmp(alternatives("dc:rights", OURS)))), IEND), "interlaced.png": endless(
    png(png_xmp(xmp(alternatives("dc:rights", OURS))), of=picture("png-interlaced")), IEND),
    "part.png": png(png_xmp(xmp(alternatives("dc:rights", OURS))))[:-5]}
ALL = {**JPEGS, **PNGS}


def cut_scan(kind="jpeg", part=0.9):
    """A JPEG cut within its picture's data."""
    whole = picture(kind)
    return whole[:int(len(whole) * part)]


def cut_between_scans():
    """A progressive JPEG that ends right behind one of its scans."""
    whole = picture("jpeg-progressive")
    scans = [at for at in range(len(whole) - 1) if whole[at:at + 2] == b"\xff\xda"]
    end = whole.rfind(b"\xff\xc4", 0, scans[-1])
    return whole[:end if end > scans[-2] else scans[-1]]


CUT = {"cut.jpg": cut_scan(), "cut2.jpg": cut_scan("jpeg-progressive", 0.5), "scans.jpg": cut_between_scans(), "restart.jpg": cut_scan("jpeg-restart", 0.6),
       "pano.jpg": cut_scan() + PANORAMA, "short.png": picture("png")[:-400], "rows.png": pictures.png_header(400, 300) + pictures.png_chunk(
           b"IDAT", zlib.compress(bytes(100 * 1201)))}
# Behind the end of its data the arithmetic decoder goes on with zeros, and warns of nothing.
ARITHMETIC = run_on(picture("jpeg"), "a.jpg", ["jpegtran", "-arithmetic", "-outfile", "{}", "{}"])
PLACED = {"a.jpg": endless(jpeg(exif_segment(tiff_block(NOTICE, gps=gps_entries())))) + PANORAMA,
          "b.jpg": endless(jpeg(exif_segment(tiff_block(NOTICE, gps=gps_entries(">"), order=">")), of=picture("jpeg-progressive")))}


CASES = [
    Case("whole pictures without an end mark are published, with a warning", files={**ALL, "filigrane.yaml": PROFILE}, steps=[
        Step(f"publish {' '.join(ALL)} -o web", 0, [says("no end mark"), *[exists(f"web/{path[:-4]}-320.jpg") for path in ALL]])]),
    Case("what is cut stays refused by publish", control=True, files={**CUT, "filigrane.yaml": PROFILE}, steps=[
        Step(f"publish {' '.join(CUT)} -o web -q", 1, [says(*CUT), *[absent(f"web/{path[:-4]}-320.jpg") for path in CUT]])]),
    Case("so is one of arithmetic coding, which is published with its end", control=True, files={
        "whole.jpg": ARITHMETIC, "cut.jpg": ARITHMETIC[:len(ARITHMETIC) // 2], "filigrane.yaml": PROFILE}, steps=[
            Step("publish whole.jpg cut.jpg -o web -q", 1, [says("cut.jpg"), exists("web/whole-320.jpg"), absent("web/cut-320.jpg")])]),
    Case("check reads on and warns", files=ALL, steps=[
        Step(f"check --json {path}", None, [finds("structure.malformed"), json_has("copyright.notice", OURS), json_has_not("findings.*.severity", "error"),
                                            says("was not looked at")]) for path in ALL]),
    Case("tag copies on and warns", files={**ALL, "filigrane.yaml": PROFILE}, steps=[
        Step(f"tag -o out {path}", 0, [says("no end mark"), exiftool(f"out/{path}", "XMP-dc:Rights", WRITTEN)]) for path in ALL]),
    Case("scrub copies on and warns", files=PLACED, steps=[
        Step(f"scrub -o clean {path}", 0, [says("no end mark"), exiftool(f"clean/{path}", "GPS:all", None), exiftool(f"clean/{path}", "IFD0:Copyright", OURS)])
        for path in PLACED] + [Step("check --json clean/a.jpg", None, [json_has_not("findings.*.id", "trailing.data", "location.gps")])]),
    Case("Samsung's trailer behind the scan is reported", files={"pano.jpg": JPEGS["pano.jpg"]}, steps=[
        Step("check --json pano.jpg", None, [finds("trailing.data", "structure.malformed")])]),
    Case("a whole picture with its end mark is told of nothing", control=True, files={"a.jpg": jpeg(exif_segment(tiff_block(NOTICE))), "filigrane.yaml": PROFILE}, steps=[
        Step("publish a.jpg -o web", 0, [says_not("no end mark")]), Step("tag -o out a.jpg", 0, [says_not("no end mark")])]),
]

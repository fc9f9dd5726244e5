"""What a file gives away is one list: check tells of it, publish and scrub say that they removed it, and of nothing that stays."""
import struct

from facts import exiftool, finds, finds_not, json_has, json_has_not, lines_of_json, need, says
from files import (exif_segment, iim, jpeg, photoshop_segment, picture, pictures, resource, text, tiff_block,
                   xmp, xmp_segment)
from run import PROFILE, Case, Step

DATED = [text(0x9003, "2024:05:01 10:11:12"), text(0x9011, "+02:00")]
KEEPS = PROFILE.replace("keep: [title, caption, day]", "keep: [date, city]")
PROMPT = "<Iptc4xmpExt:AIPromptInformation>a hill</Iptc4xmpExt:AIPromptInformation>"


def thumbnailed(thumbnail):
    """A JPEG whose Exif holds this thumbnail in IFD1."""
    entries = struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44) + struct.pack("<HHII", 0x0202, 4, 1, len(thumbnail))
    block = b"II*\0\x08\0\0\0" + b"\0\0" + struct.pack("<I", 14) + entries + b"\0\0\0\0" + thumbnail
    return jpeg(exif_segment(block))


def icc_of_a_person():
    """A colour profile whose description names a device and its owner."""
    words = b"Marie's monitor\0"
    description = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(78)
    data = bytes(36) + b"acsp" + bytes(88) + struct.pack(">I", 1) + b"desc" + struct.pack(">II", 144, len(description)) + description
    return struct.pack(">I", len(data)) + data[4:]


def icc_segment(profile):
    return pictures.segment(0xE2, b"ICC_PROFILE\0\1\1" + profile)


def c2pa_segment():
    """A JUMBF superbox with the label of a C2PA manifest store (ISO/IEC 19566-5; C2PA 2.1 §11.1)."""
    description = b"c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0"
    inner = struct.pack(">I", 8 + len(description)) + b"jumd" + description
    outer = struct.pack(">I", 8 + len(inner)) + b"jumb" + inner
    return pictures.segment(0xEB, b"JP\0\1" + struct.pack(">I", 1) + outer)


def severity(finding, expected):
    """The one finding of that id has this severity."""
    def fact(outcome):
        found = [one["severity"] for one in lines_of_json(outcome)[0]["findings"] if one["id"] == finding]
        need(found == [expected], f"{finding} as {expected}", found)
    return fact


INNER = jpeg(exif_segment(tiff_block(exif=[text(0x9011, "+02:00")])), photoshop_segment(resource(0x0404, iim((103, "J-1")))),
             of=picture("jpeg", 64, 48))

CASES = [
    Case("publish says that it removed what is gone, and not what stays", files={
        "a.jpg": jpeg(exif_segment(tiff_block(exif=DATED)), xmp_segment(xmp(PROMPT))), "keeps.yaml": KEEPS, "none.yaml": PROFILE,
    }, steps=[
        Step("publish a.jpg -o kept -p keeps.yaml --json", 0, [
            json_has("removed.*", "time.zone", "personal.prompt"), json_has_not("removed.*", "time.precise"),
            exiftool("kept/a-320.jpg", "ExifIFD:DateTimeOriginal", "2024:05:01 10:11:12")]),
    ]),
    Case("publish says that it removed a time and a prompt that no group keeps", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block(exif=DATED)), xmp_segment(xmp(PROMPT))), "none.yaml": PROFILE,
    }, steps=[Step("publish a.jpg -o web -p none.yaml --json", 0, [json_has("removed.*", "time.precise", "time.zone", "personal.prompt")])]),
    Case("publish says that it removed a colour profile that names its owner", files={
        "a.jpg": jpeg(icc_segment(icc_of_a_person())), "none.yaml": PROFILE,
    }, steps=[Step("check --json a.jpg", None, [finds("icc.device")]),
              Step("publish a.jpg -o web -p none.yaml --json", 0, [json_has("removed.*", "icc.device")])]),
    Case("publish and scrub say that they removed a C2PA manifest", files={
        "a.jpg": jpeg(c2pa_segment()), "none.yaml": PROFILE,
    }, steps=[Step("check --json a.jpg", None, [finds("c2pa.present")]),
              Step("publish a.jpg -o web -p none.yaml --json", 0, [json_has("removed.*", "c2pa.present")]),
              Step("scrub a.jpg -o clean -v", 0, [says("c2pa.present")]),
              Step("check --json clean/a.jpg", None, [finds_not("c2pa.present")])]),
    Case("a thumbnail gives away a job number and a time zone as its photo would", files={
        "a.jpg": thumbnailed(INNER),
    }, steps=[Step("check --json a.jpg", None, [finds("preview.embedded", "workflow.id", "time.zone")])]),
    Case("what ties files together stays a warning with a profile, a leak is an error", control=True, files={
        "a.jpg": jpeg(exif_segment(tiff_block([text(0x0131, "Tool")])), xmp_segment(xmp(attributes='xmpMM:DocumentID="D-1"'))),
        "none.yaml": PROFILE,
    }, steps=[Step("check --json -p none.yaml a.jpg", 1, [severity("id.document", "warning"), severity("personal.software", "error")])]),
]

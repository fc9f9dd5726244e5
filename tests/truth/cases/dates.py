"""copyright.year-future: a notice of a later year than every date that the file states of itself, and no clock asked."""
import json

from facts import finds, finds_not, json_has, need
from files import (alternatives, exif_segment, iim, jpeg, photoshop_segment, png, png_xmp, resource, sequence, text, tiff_block,
                   webp, webp_xmp, xmp, xmp_segment)
from run import Case, Step

ID = "copyright.year-future"
MEANING = "The year of the copyright notice lies after the photo's own dates."


def packet(notice, body=""):
    return xmp(alternatives("dc:rights", notice) + sequence("dc:creator", "Jane Doe") + body)


def exif(*entries, ifd0=()):
    return exif_segment(tiff_block(ifd0, exif=[text(tag, value) for tag, value in entries]))


def iptc(*datasets):
    return photoshop_segment(resource(0x0404, iim(*datasets)))


LAST = packet("© 2021 Jane Doe")
FAR = packet("© 2199 Jane Doe")


def sarif_says(outcome):
    """The result has the words of its rule."""
    run = json.loads(outcome.out)["runs"][0]
    rules = [rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"] if rule["id"] == ID]
    results = [result["message"]["text"] for result in run["results"] if result["ruleId"] == ID]
    need(rules == [MEANING] and results == rules, f"{MEANING!r} once as rule and result", (rules, results))


CASES = [
    Case("a notice later than the capture is told in any year", files={
        "exif.jpg": jpeg(exif((0x9003, "2020:05:01 10:11:12")), xmp_segment(LAST)),
        "ifd0.jpg": jpeg(exif_segment(tiff_block([text(0x0132, "2020:05:01 10:11:12")])), xmp_segment(LAST)),
        "iptc.jpg": jpeg(xmp_segment(LAST), iptc((55, "20200501"))),
        "xmp.png": png(png_xmp(packet("© 2021 Jane Doe", "<xmp:CreateDate>2020-05-01</xmp:CreateDate>"))),
        "xmp.webp": webp(webp_xmp(packet("© 2021 Jane Doe", "<photoshop:DateCreated>2020</photoshop:DateCreated>")), flags=0x04),
    }, steps=[Step(f"check --json {name}", None, [finds(ID)])
              for name in ("exif.jpg", "ifd0.jpg", "iptc.jpg", "xmp.png", "xmp.webp")]),
    Case("a file without dates is not measured by a clock", files={
        "none.jpg": jpeg(xmp_segment(FAR)), "zeros.jpg": jpeg(exif((0x9003, "0000:00:00 00:00:00")), xmp_segment(FAR)),
        "history.jpg": jpeg(xmp_segment(packet("© 2199 Jane Doe", '<xmpMM:DerivedFrom rdf:parseType="Resource"><xmp:ModifyDate>'
                                               '2020-01-01</xmp:ModifyDate></xmpMM:DerivedFrom>'))),
    }, steps=[Step(f"check --json {name}", None, [finds_not(ID)]) for name in ("none.jpg", "zeros.jpg", "history.jpg")]),
    Case("a camera whose clock ran ahead takes its own year", files={
        "ahead.jpg": jpeg(exif((0x9003, "2199:05:01 10:11:12")), xmp_segment(FAR)),
        "behind.jpg": jpeg(exif((0x9003, "1980:01:01 00:00:00")), xmp_segment(LAST)),
    }, steps=[Step("check --json ahead.jpg", None, [finds_not(ID)]), Step("check --json behind.jpg", None, [finds(ID)])]),
    Case("the words are the same in JSON and in SARIF", files={
        "a.jpg": jpeg(exif((0x9003, "2020:05:01 10:11:12")), xmp_segment(FAR)),
    }, steps=[Step("check --json a.jpg", None, [json_has("findings.*.message", MEANING)]),
              Step("check --sarif a.jpg", None, [sarif_says])]),
    Case("the latest of the dates counts", control=True, files={
        f"{number}.jpg": jpeg(exif((0x9003, "2019:05:01 10:11:12"), *exifs), xmp_segment(packet("© 2021 Jane Doe", body)),
                              iptc((55, "20200501"), *datasets))
        for number, (exifs, body, datasets) in enumerate([
            ([(0x9004, "2021:01:01 00:00:00")], "", []), ([], "<xmp:ModifyDate>2021-01-01T00:00:00Z</xmp:ModifyDate>", []),
            ([], "<xmp:MetadataDate>2021</xmp:MetadataDate>", []), ([], "", [(62, "20210101")])])
    }, steps=[Step(f"check --json {number}.jpg", None, [finds_not(ID)]) for number in range(4)]),
]

"""Content Credentials (C2PA) are read for what they tell of a generator, removed with a word, and never broken in silence."""
import struct

from c2pa import (BASE, action, actions, assertion, box, cbor, everywhere, head, in_front, in_heif, in_jpeg, in_jxl, in_png, in_tiff,
                  in_webp, ingredient, loose_cbor, manifest, store, superbox)
from facts import absent, alike, exiftool, finds, finds_not, json_has, says, says_not
from files import jpeg, png, png_latin, png_xmp, xmp, xmp_segment
from run import RIGHTS, Case, Step

PROFILE = ("extends: gallery\n" + RIGHTS + "  digital_source: photograph\nmarks: { signature: null, veil: null }\n"
           "derivatives: [ { name: web, long_edge: 320, formats: [jpeg, png], marks: [] } ]\n")
TYPE = "XMP-iptcExt:DigitalSourceType"
CREATED = store(manifest(actions(action("c2pa.created", "trainedAlgorithmicMedia"))))
PARTS = "compositeWithTrainedAlgorithmicMedia"
CUT = CREATED[:260]  # Within the list of actions.
CAPTURED = store(manifest(actions(action("c2pa.created", "digitalCapture"))))


def source(value):
    return xmp(f"<Iptc4xmpExt:DigitalSourceType>{BASE}{value}</Iptc4xmpExt:DigitalSourceType>")


def published(name, files, code, *facts, profile=PROFILE, control=False):
    """publish writes this NewsCode (None: none) into each file, whatever the profile says."""
    return Case(name, {**files, "filigrane.yaml": profile}, [
        Step(f"publish {path} -o web", 0, [exiftool(f"web/{path.split('.')[0]}-320.{kind}", TYPE, BASE + code if code else None)
                                           for kind in ("jpg", "png")] + list(facts)) for path in files], control=control)


def two_manifests(first, last):
    return store(manifest(first, name="urn:c2pa:00000000-0000-4000-8000-00000000000a"), manifest(last))


def with_xmp(data, packet):
    """The store beside a packet, in JPEG and PNG."""
    return {"a.jpg": jpeg(xmp_segment(packet), of=in_jpeg(data)), "b.png": png(png_xmp(packet), of=in_png(data))}


OPENED = actions(action("c2pa.opened"))
DEEP = b"\x81" * 5000 + b"\x00"
BROKEN = {
    "a.jpg": in_jpeg(CUT),                                                            # cut
    "b.png": in_png(store(manifest(assertion("c2pa.actions", None, lambda _: b"\xa1gactions\x9b" + b"\xff" * 8)))),  # 2^64 actions
    "c.webp": in_webp(store(manifest(assertion("c2pa.actions", None, lambda _: DEEP)))),         # nested
    "d.tif": in_tiff(store(superbox(b"c2cm", "urn:c2pa:compressed", box(b"brob", b"c2ma\0\0\0\0")))),
    "e.png": in_png(store()),                                                                    # no manifest
    "f.jpg": in_jpeg(box(b"jumb", struct.pack(">I", 4000) + b"jumdc2pa")),                       # a box beyond its parent
    "g.png": in_png(store(manifest(assertion("c2pa.actions", {"actions": "none"})))),
}

CASES = [
    published("a signed picture of a generator is no photograph in any container", everywhere(CREATED), "trainedAlgorithmicMedia",
              says("trainedAlgorithmicMedia", "signature not verified")),
    published("nor is one whose actions are of version 1, the second of their kind, or without stated lengths", {
        "a.jpg": in_jpeg(store(manifest(actions(action("c2pa.created", "trainedAlgorithmicMedia"), label="c2pa.actions")))),
        "b.png": in_png(store(manifest(OPENED, actions(action("c2pa.created", "trainedAlgorithmicMedia"), label="c2pa.actions.v2__1")))),
        "c.webp": in_webp(store(manifest(actions(action("c2pa.created", "trainedAlgorithmicMedia"), writer=loose_cbor)))),
        "d.tif": in_tiff(store(manifest(superbox(b"json", "c2pa.actions", box(
            b"json", b'{"actions":[{"action":"c2pa.created","digitalSourceType":"' + BASE.encode() + b'trainedAlgorithmicMedia"}]}')))))},
              "trainedAlgorithmicMedia"),
    published("nor is one whose word is tagged as an address, has another scheme, or stands beside an action that says less", {
        "a.jpg": in_jpeg(store(manifest(assertion("c2pa.actions", None, lambda _: (
            b"\xa1" + cbor("actions") + b"\x81\xa2" + cbor("action") + cbor("c2pa.created") + cbor("digitalSourceType") + head(6, 32)
            + cbor(BASE + "trainedAlgorithmicMedia")))))),
        "b.png": in_png(store(manifest(actions(action("c2pa.created", "https" + BASE[4:] + "trainedAlgorithmicMedia/"))))),
        "c.webp": in_webp(store(manifest(actions(action("c2pa.created", "trainedAlgorithmicMedia"),
                                                 action("c2pa.color_adjustments"), action("c2pa.published", "humanEdits")))))},
              "trainedAlgorithmicMedia"),
    published("a manifest that a change left behind, or that has no claim, still counts", {
        "a.jpg": in_jpeg(store(superbox(b"cbor", "c2pa.actions", box(b"cbor", cbor(
            {"actions": [action("c2pa.created", "trainedAlgorithmicMedia")]}))))),
        "b.avif": in_heif(CREATED, purpose=b"original")}, "trainedAlgorithmicMedia"),
    published("an earlier manifest that was generated makes a picture with generated parts", everywhere(
        two_manifests(actions(action("c2pa.created", "trainedAlgorithmicMedia")), OPENED)), PARTS),
    published("so does an ingredient, a later edit, or an action that placed something", {
        "a.jpg": in_jpeg(store(manifest(OPENED, ingredient("trainedAlgorithmicMedia")))),
        "b.png": in_png(store(manifest(OPENED, ingredient("trainedAlgorithmicMedia", label="c2pa.ingredient.v2__1")))),
        "c.webp": in_webp(store(manifest(actions(action("c2pa.opened"), action("c2pa.edited", "trainedAlgorithmicMedia"))))),
        "d.tif": in_tiff(store(manifest(actions(action("c2pa.created", "digitalCapture"),
                                                action("c2pa.placed", "http://c2pa.org/digitalsourcetype/trainedAlgorithmicData")))))},
              PARTS),
    published("a composite that says so itself stays what it says", {
        "a.jpg": in_jpeg(store(manifest(actions(action("c2pa.created", "compositeSynthetic"))))),
        "b.png": in_png(store(manifest(actions(action("c2pa.opened"), action("c2pa.placed", "algorithmicMedia")))))}, "compositeSynthetic"),
    published("the stronger word of XMP and credentials counts", {
        **with_xmp(CREATED, source(PARTS)),
        "c.jpg": jpeg(xmp_segment(source("trainedAlgorithmicMedia")), of=in_jpeg(store(manifest(OPENED, ingredient("algorithmicMedia")))))},
              "trainedAlgorithmicMedia"),
    published("a signed photograph gets what the profile says, without a word", {
        "a.jpg": in_jpeg(CAPTURED), "b.png": in_png(CAPTURED), "c.heic": in_heif(CAPTURED, "heic")}, "digitalCapture",
              says_not("stays", "can't be read"), control=True),
    published("where credentials can't be read the field is left out, with a warning", BROKEN, None, says("can't be read")),
    published("also where XMP calls the picture a photograph", with_xmp(CUT, source("digitalCapture")), None,
              says("can't be read")),
    published("without a creator in the profile the photo's own word counts, also of credentials", {
        "a.jpg": jpeg(xmp_segment(xmp("<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>© Paul</rdf:li></rdf:Alt></dc:rights>")),
                      of=in_jpeg(CREATED))}, "trainedAlgorithmicMedia",
              profile=PROFILE.replace("  creator: Jane Doe\n", "").replace('  copyright: "© {year} {creator}. All rights reserved."\n', "")),
    Case("publish says what it removed, in the summary, in JSON and in the manifest", {
        **everywhere(CREATED), "filigrane.yaml": PROFILE}, [
            step for path in everywhere(CREATED) for step in (
                Step(f"publish {path} -o web", 0, [says("Content Credentials (C2PA)")]),
                Step(f"publish --force --json {path} -o web", 0, [json_has("removed.*", "c2pa.present", "c2pa.removed")]))]),
    Case("scrub says that it removed them, and what is lost with them", {**everywhere(CREATED), "x.jxl": in_jxl(CREATED)}, [
        step for path in [*everywhere(CREATED), "x.jxl"] for step in (
            Step(f"scrub -v -o clean {path}", 0, [says("c2pa.removed", "trainedAlgorithmicMedia", "Content Credentials (C2PA)")]),
            Step(f"check --json clean/{path}", None, [finds_not("c2pa.present", "ai.source-type")]),
            Step(f"scrub -o again clean/{path}", 0, [says_not("c2pa.removed"), exiftool("again/" + path, TYPE, None)]))]),
    Case("tag refuses a signed file, and takes the signature out when it is told to", {**everywhere(CREATED), "filigrane.yaml": PROFILE}, [
        step for path in everywhere(CREATED) for step in (
            Step(f"tag -o no {path}", 1, [says("signed", "--drop-credentials"), absent("no/" + path)]),
            Step(f"tag --in-place {path}", 1, [says("signed")]),
            Step(f"tag --drop-credentials -o tagged {path}", 0, [says("c2pa.removed", "trainedAlgorithmicMedia"),
                                                                 exiftool("tagged/" + path, TYPE, BASE + "trainedAlgorithmicMedia")]),
            Step(f"check --json tagged/{path}", None, [finds("ai.source-type"), finds_not("c2pa.present", "ai.contradiction")]),
            Step(f"tag --drop-credentials -o twice tagged/{path}", 0, [says("as they were"), says_not("c2pa.removed")]))]),
    Case("tag takes out what can't be read, and then states no source", {"a.jpg": in_jpeg(CUT), "filigrane.yaml": PROFILE}, [
        Step("tag -o no a.jpg", 1, [says("signed")]),
        Step("tag --drop-credentials -o tagged a.jpg", 0, [says("can't be read"), exiftool("tagged/a.jpg", TYPE, None),
                                                           exiftool("tagged/a.jpg", "IFD0:Artist", "Jane Doe")])]),
    Case("a file that already says what tag would write stays signed", {
        "plain.jpg": jpeg(), "filigrane.yaml": PROFILE}, run=lambda world: signed_again(world), control=True),
    Case("a box in front of a HEIC or AVIF is read, and its picture stays whole without it", {
        "a.avif": in_front(CREATED, "avif"), "b.heic": in_front(CREATED, "heic"),
        "filigrane.yaml": PROFILE.replace("derivatives: [ { name: web, long_edge: 320", "derivatives: [ { name: web, long_edge: 64")}, [
            step for path in ("a.avif", "b.heic") for step in (
                Step(f"publish {path} -o web", 0, [exiftool(f"web/{path[0]}-64.png", TYPE, BASE + "trainedAlgorithmicMedia")]),
                Step(f"scrub -o clean {path}", 0, [says("c2pa.removed"), alike("clean/" + path, path, 0)]),
                Step(f"tag --drop-credentials -o tagged {path}", 0, [
                    exiftool("tagged/" + path, TYPE, BASE + "trainedAlgorithmicMedia"), alike("tagged/" + path, path, 0)]))]),
    Case("check tells what credentials say, and that it is not verified", everywhere(CREATED) | {"x.jxl": in_jxl(CREATED)}, [
        Step(f"check --json {path}", None, [finds("ai.source-type", "c2pa.present"), finds_not("c2pa.unreadable", "ai.contradiction"), json_has(
            "findings.*.message", "The file's Content Credentials, whose signature was not verified, say how it was made: "
            "trainedAlgorithmicMedia.")]) for path in [*everywhere(CREATED), "x.jxl"]]),
    Case("check fails a file whose XMP calls a photograph what its credentials call generated", {
        **with_xmp(CREATED, source("digitalCapture")),
        "c.jpg": jpeg(xmp_segment(source("computationalCapture")), of=in_jpeg(store(manifest(OPENED, ingredient("trainedAlgorithmicMedia"))))),
        "d.png": png(png_xmp(source("negativeFilm")), of=in_png(two_manifests(actions(action("c2pa.created", "algorithmicMedia")), OPENED)))}, [
            Step(f"check --json {path}", 1, [finds("ai.contradiction")]) for path in ("a.jpg", "b.png", "c.jpg", "d.png")]),
    Case("and no other", {
        **with_xmp(CAPTURED, source("digitalCapture")), "c.jpg": jpeg(xmp_segment(source("trainedAlgorithmicMedia")), of=in_jpeg(CREATED)),
        "d.jpg": jpeg(xmp_segment(source("digitalArt")), of=in_jpeg(CREATED))}, [
            Step(f"check --json {path}", None, [finds_not("ai.contradiction")]) for path in ("a.jpg", "b.png", "c.jpg", "d.jpg")], control=True),
    Case("check warns of credentials that can't be read", BROKEN, [
        Step(f"check --json {path}", None, [finds("c2pa.unreadable", "c2pa.present")]) for path in BROKEN]),
    Case("texts of a PNG behind the credentials are read as before them", files={
        "a.png": in_png(CREATED)[:33 + 12 + len(CREATED)] + png_latin("Copyright", "© 2026 Jane Doe") + png_latin("Author", "Jane Doe")
                 + in_png(CREATED)[33 + 12 + len(CREATED):]}, steps=[
            Step("check --json a.png", None, [json_has("copyright.notice", "© 2026 Jane Doe"), json_has("copyright.creator", ["Jane Doe"]), finds("c2pa.present")])]),
]


def signed_again(world):
    """tag first, then a signature by another program: a second tag changes nothing, so that there is nothing to refuse."""
    world.filigrane("tag --in-place plain.jpg")
    world.write("signed.jpg", in_jpeg_of(world.read("plain.jpg"), CAPTURED))
    world.filigrane("tag --in-place signed.jpg", 0, [says("as they were")])
    world.filigrane("check --json signed.jpg", None, [finds("c2pa.present")])


def in_jpeg_of(photo, data):
    """The store behind the metadata of a photo, where a signer puts it."""
    at = 2
    while photo[at + 1] in (0xE0, 0xE1, 0xE2, 0xED):
        at += 2 + struct.unpack(">H", photo[at + 2:at + 4])[0]
    segment = b"JP\0\1\0\0\0\1" + data
    return photo[:at] + b"\xff\xeb" + struct.pack(">H", 2 + len(segment)) + segment + photo[at:]

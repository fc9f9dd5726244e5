"""What says that a generator made it goes on saying so, and by which system; its prompt is personal."""
from facts import exiftool, exiftool_says_not, exists, finds, finds_not, json_has, says, says_not
from files import alternatives, exif_segment, jpeg, picture, png, png_xmp, sequence, text, tiff_block, tiff_with, webp, webp_xmp, xmp, xmp_segment
from run import RIGHTS, Case, Step

BASE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PROFILE = ("extends: gallery\n" + RIGHTS + "  digital_source: photograph\nmarks: { signature: null, veil: null }\n"
           "derivatives: [ { name: web, long_edge: 320, formats: [jpeg, png], marks: [] } ]\n")
TYPE = "XMP-iptcExt:DigitalSourceType"
SYSTEM = "<Iptc4xmpExt:AISystemUsed>Imagen</Iptc4xmpExt:AISystemUsed><Iptc4xmpExt:AISystemVersionUsed>3.1</Iptc4xmpExt:AISystemVersionUsed>"
PROMPT = ("<Iptc4xmpExt:AIPromptInformation>a hill at dawn</Iptc4xmpExt:AIPromptInformation>"
          "<Iptc4xmpExt:AIPromptWriterName>Paul Martin</Iptc4xmpExt:AIPromptWriterName>")
WRITER, USED, VERSION, ASKED = ("XMP-iptcExt:AIPromptWriterName", "XMP-iptcExt:AISystemUsed", "XMP-iptcExt:AISystemVersionUsed",
                                "XMP-iptcExt:AIPromptInformation")


def source(value, attribute=False):
    return xmp("", f'Iptc4xmpExt:DigitalSourceType="{value}"') if attribute else xmp(
        f"<Iptc4xmpExt:DigitalSourceType>{value}</Iptc4xmpExt:DigitalSourceType>")


def stays(name, files, code, force=False):
    """tag and publish with a profile that says photograph leave the file's own word, and say so."""
    return Case(name, {**files, "filigrane.yaml": PROFILE}, [
        step for path in files for step in (
            Step(f"tag -o tagged {path}", 0, [exiftool("tagged/" + path, TYPE, BASE + code), says(code, "stays")]),
            Step(f"tag --force-rights -o forced {path}", 0, [exiftool("forced/" + path, TYPE, BASE + code)]),
            Step(f"tag -o again tagged/{path}", 0, [exiftool("again/" + path, TYPE, BASE + code)]),
            Step(f"scrub -o clean {path}"),
            Step(f"publish --force {path} -o web", 0, [exiftool(f"web/{path.split('.')[0]}-320.{kind}", TYPE, BASE + code)
                                                       for kind in ("jpg", "png")] + [says(code)]))])


def in_all(packet):
    """The packet in four containers."""
    return {"a.jpg": jpeg(xmp_segment(packet)), "b.png": png(png_xmp(packet)), "c.webp": webp(webp_xmp(packet), flags=0x04),
            "d.tif": tiff_with([(700, 1, len(packet.encode()), packet.encode())], width=400, height=300)}


CASES = [
    stays("a trained generator's picture is no photograph in any container", in_all(source(BASE + "trainedAlgorithmicMedia")),
          "trainedAlgorithmicMedia"),
    stays("nor is a composite with its media, as an attribute or a resource", {
        "a.jpg": jpeg(xmp_segment(source(BASE + "compositeWithTrainedAlgorithmicMedia", attribute=True))),
        "b.png": png(png_xmp(xmp(f'<Iptc4xmpExt:DigitalSourceType rdf:resource="{BASE}compositeWithTrainedAlgorithmicMedia"/>')))},
          "compositeWithTrainedAlgorithmicMedia"),
    stays("nor an algorithm's picture", {"a.jpg": jpeg(xmp_segment(source(BASE + "algorithmicMedia")))}, "algorithmicMedia"),
    stays("nor a composite with synthetic parts", {"a.webp": webp(webp_xmp(source(BASE + "compositeSynthetic")), flags=0x04)},
          "compositeSynthetic"),
    stays("nor a virtual recording", {"a.jpg": jpeg(xmp_segment(source(BASE + "virtualRecording")))}, "virtualRecording"),
    stays("nor one that an algorithm has enhanced", {"a.png": png(png_xmp(source(BASE + "algorithmicallyEnhanced")))},
          "algorithmicallyEnhanced"),
    stays("the word counts with another scheme, a bar at its end or as a bare code", {
        "a.jpg": jpeg(xmp_segment(source("https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"))),
        "b.jpg": jpeg(xmp_segment(source(BASE + "trainedAlgorithmicMedia/"))), "c.png": png(png_xmp(source("trainedAlgorithmicMedia"))),
        "d.webp": webp(webp_xmp(source("digsrctype:trainedAlgorithmicMedia")), flags=0x04)}, "trainedAlgorithmicMedia"),
    Case("a sidecar that says so counts", {
        "a.jpg": jpeg(), "a.xmp": source(BASE + "trainedAlgorithmicMedia"), "filigrane.yaml": PROFILE},
         [Step("publish a.jpg -o web", 0, [exiftool("web/a-320.jpg", TYPE, BASE + "trainedAlgorithmicMedia")])]),
    Case("a photograph gets what the profile says, without a word", control=True, files={
        "a.jpg": jpeg(xmp_segment(source(BASE + "negativeFilm"))), "filigrane.yaml": PROFILE}, steps=[
            Step("tag -o tagged a.jpg", 0, [exiftool("tagged/a.jpg", TYPE, BASE + "digitalCapture"), says_not("stays")])]),
    Case("the AI system and its version stay behind publish, tag and scrub, and check reports them", {
        **in_all(xmp(SYSTEM + PROMPT)), "filigrane.yaml": PROFILE}, [
            step for path in ("a.jpg", "b.png", "c.webp", "d.tif") for step in (
                Step(f"check --json {path}", None, [finds("ai.system", "personal.prompt"), json_has("findings.*.message",
                     "The file names the AI system that it was made with: Imagen 3.1.")]),
                Step(f"scrub -o clean {path}", 0, [exiftool("clean/" + path, USED, "Imagen"), exiftool("clean/" + path, VERSION, "3.1"),
                                                   exiftool("clean/" + path, ASKED, None), exiftool("clean/" + path, WRITER, None),
                                                   exiftool_says_not("clean/" + path, "dawn", "Paul Martin")]),
                Step(f"tag -o tagged {path}", 0, [exiftool("tagged/" + path, USED, "Imagen"), exiftool("tagged/" + path, ASKED, "a hill at dawn"),
                                                  exiftool("tagged/" + path, WRITER, "Paul Martin")]),
                Step(f"publish --force {path} -o web", 0, [
                    exiftool(f"web/{path[0]}-320.jpg", USED, "Imagen"), exiftool(f"web/{path[0]}-320.png", VERSION, "3.1"),
                    exiftool_says_not(f"web/{path[0]}-320.jpg", "dawn", "Paul Martin")]))]),
    Case("the group prompt keeps a prompt and its writer", {**in_all(xmp(PROMPT)), "filigrane.yaml": PROFILE}, [
        Step("scrub --keep prompt -o clean a.jpg b.png c.webp", 0, [
            fact for path in ("a.jpg", "b.png", "c.webp") for fact in (exiftool("clean/" + path, ASKED, "a hill at dawn"),
                                                                       exiftool("clean/" + path, WRITER, "Paul Martin"))]),
        Step("publish a.jpg -o web --set 'privacy.keep=[prompt]'", 0, [exiftool("web/a-320.jpg", ASKED, "a hill at dawn"),
                                                                       exiftool("web/a-320.png", WRITER, "Paul Martin")]),
    ]),
]

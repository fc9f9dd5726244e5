"""A notice in capitals alone is told."""
from facts import finds, finds_not
from files import alternatives, jpeg, xmp, xmp_segment
from run import Case, Step

CASES = [Case("a notice in capitals is told, another is not", {
    "loud.jpg": jpeg(xmp_segment(xmp(alternatives("dc:rights", "© JANE DOE")))),
    "calm.jpg": jpeg(xmp_segment(xmp(alternatives("dc:rights", "© Jane Doe"))))}, [
    Step("check --json loud.jpg", None, [finds("copyright.shouting")]),
    Step("check --json calm.jpg", None, [finds_not("copyright.shouting")]),
    Step("check --sarif loud.jpg", None, [])])]

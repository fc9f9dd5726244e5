"""Looks for the planted place in whatever the program wrote, in every disguise that a file format may give it."""
import base64
import os
import re
import zlib

from pictures import CANARY

TEXT = CANARY.decode()
DISGUISES = [CANARY, TEXT.encode("utf-16-le"), TEXT.encode("utf-16-be"), CANARY.hex().encode(), CANARY.hex().upper().encode(),
             *(base64.b64encode(b"\0" * shift + CANARY)[4:-4] for shift in range(3)), b"GPSLatitude", b"45,18.1N"]


def sings(data, depth=0):
    if any(disguise in data for disguise in DISGUISES):
        return True
    if depth == 2:
        return False
    for stream in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        try:
            plain = zlib.decompressobj().decompress(data[stream.start():], 1 << 20)
        except zlib.error:
            continue
        if len(plain) > 16 and sings(plain, depth + 1):
            return True
    return False


def search(folders, texts):
    """Paths and numbers of texts in which it sings."""
    found = [number for number, text in enumerate(texts) if sings(text.encode("utf-8", "replace"))]
    for folder in folders:
        for where, _, names in os.walk(os.fsencode(folder)):
            for name in names:
                with open(os.path.join(where, name), "rb") as file:
                    if sings(file.read()):
                        found.append(os.path.join(where, name))
    return found

"""Bytes become text: UTF-8, with or without a byte order mark, and nothing that XML cannot hold."""

from __future__ import annotations

import codecs
from typing import Final

from bpmn_xml.formats.codes import NOT_TEXT, TOO_MUCH
from bpmn_xml.formats.conf.faults import Faults
from bpmn_xml.formats.xml.characters import first_illegal

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of a legacy file; a model of ten thousand sections has three million."""

OTHERS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16",
}  # fmt: skip
REMEDY: Final = "save the file as UTF-8"


def decode(data: bytes, faults: Faults) -> str:
    """Return the text of a file, or raise `ReadError`."""
    if len(data) > MOST_BYTES:
        faults.stop(TOO_MUCH, 0, f"the file is larger than {MOST_BYTES:,} bytes", "split the model")
    for mark, encoding in OTHERS.items():
        if data.startswith(mark):
            faults.stop(NOT_TEXT, 1, f"the file is {encoding}, not UTF-8", REMEDY)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.stop(NOT_TEXT, line, f"the byte 0x{data[error.start]:02x} is not UTF-8", REMEDY)
    if bad := first_illegal(text):
        line = text.count("\n", 0, text.index(bad)) + 1
        message = f"the character U+{ord(bad):04X} has no place in a text"
        faults.stop(NOT_TEXT, line, message, "remove it")
    return text

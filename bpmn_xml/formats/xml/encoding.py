"""Bytes of any encoding that XML allows become UTF-8, or one finding that says what is wrong."""

from __future__ import annotations

import codecs
import re
from typing import Final

from bpmn_xml.codes import finding
from bpmn_xml.errors import Finding, Place
from bpmn_xml.formats.codes import LAX_ENCODING, NOT_TEXT
from bpmn_xml.formats.findings import refusal

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the longer ones stand before those they begin with."""

UNMARKED: Final = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""How `<` begins a file of a wide encoding without a mark."""

CHARACTER_SETS: Final = re.compile(
    r"ascii|utf-(8|16|32)(-[lb]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|"
    r"gb\w+|hz|big5(hkscs)?|johab|euc_\w+|shift_jis\w*|iso2022_\w+|kz1048|ptcp154"
)
"""The names of Python's codecs that are character sets; the others do other things."""

CUT_OFF: Final = ("unexpected end of data", "truncated data")
"""How Python calls it where a character is not whole."""

DECLARATION: Final = re.compile(
    rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']"
)


def to_utf8(data: bytes, name: str) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the document as UTF-8 without a mark, and what is doubtful about its encoding.

    >>> to_utf8("<a>ä</a>".encode("utf-16"), "a.bpmn")[0].decode()
    '<a>ä</a>'
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return recode(data[len(mark) :], encoding, name), ()
    for start, encoding in UNMARKED:
        if data.startswith(start):
            return recode(data, encoding, name), ()
    declared = DECLARATION.match(data[:400].lstrip())
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if re.fullmatch(r"(?i)(utf|ucs|iso-10646-ucs)-?(16|32|2|4)(-?[lb]e)?", encoding):
        message = f"declared as {encoding}, but its bytes are not: read as UTF-8"
        doubt = finding(LAX_ENCODING, message, place=Place(name, 1, 1))
        return recode(data, "utf-8", name), (doubt,)
    return recode(data, encoding, name), ()


def recode(data: bytes, encoding: str, name: str) -> bytes:
    """Turn bytes of a character set into UTF-8; `ReadError` where they are not of it."""
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        codec = None
    if codec is None or not CHARACTER_SETS.fullmatch(codec.name):
        raise refusal(NOT_TEXT, f"the encoding '{encoding}' is unknown", Place(name, 1, 1))
    try:
        text, _ = codec.decode(data, "strict")
    except UnicodeDecodeError as error:
        place = position(data[: error.start], codec, name)
        if error.end == len(data) and error.reason in CUT_OFF:
            what = f"the file ends within a character of {encoding.upper()}"
            remedy = "it seems to be cut off: get the whole file"
            raise refusal(NOT_TEXT, what, place, remedy) from None
        wrong = " ".join(f"0x{byte:02X}" for byte in data[error.start : error.end][:4])
        raise refusal(NOT_TEXT, f"{wrong} is not {encoding.upper()}", place) from None
    if codec.name == "utf-8":
        return data
    return text.encode("utf-8")


def position(before: bytes, codec: codecs.CodecInfo, name: str) -> Place:
    """Return the place behind bytes that are right."""
    text, _ = codec.decode(before, "replace")
    return Place(name, text.count("\n") + 1, len(text) - text.rfind("\n"))

"""Bytes become UTF-8, or are refused at the byte that is wrong."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError
from bpmn_xml.formats.codes import LAX_ENCODING, NOT_TEXT
from bpmn_xml.formats.xml.encoding import to_utf8

TEXT = "<a>Grüße, 世界</a>"


def declared(encoding: str, quote: str = '"') -> str:
    return f"<?xml version='1.0' encoding={quote}{encoding}{quote}?>\n{TEXT}"


READ = [
    (TEXT.encode(), TEXT),
    (TEXT.encode("utf-8-sig"), TEXT),
    (TEXT.encode("utf-16"), TEXT),
    (TEXT.encode("utf-16-le"), TEXT),
    (TEXT.encode("utf-16-be"), TEXT),
    (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
    (TEXT.encode("utf-32"), TEXT),
    (TEXT.encode("utf-32-le"), TEXT),
    (TEXT.encode("utf-32-be"), TEXT),
    (declared("GB18030").encode("gb18030"), declared("GB18030")),
    (declared("Shift_JIS", "'").replace("ü", "u").replace("ß", "s").encode("shift_jis"), None),
    (declared("windows-1252").replace("世界", "").encode("cp1252"), None),
    (declared("ISO-8859-1").replace("世界", "").encode("latin-1"), None),
    (declared("US-ASCII").encode("ascii", "xmlcharrefreplace"), None),
    (declared("UTF8").encode(), declared("UTF8")),
]


@pytest.mark.parametrize(("data", "text"), READ, ids=range(len(READ)))
def test_what_can_be_read(data, text):
    found, doubts = to_utf8(data, "f")
    assert doubts == ()
    assert "Gr" in found.decode()
    assert text in (None, found.decode())


@pytest.mark.parametrize("encoding", ["UTF-16", "utf-16le", "UCS-2", "UTF-32", "iso-10646-ucs-2"])
def test_a_wide_encoding_that_is_only_declared_is_utf8(encoding):
    found, (doubt,) = to_utf8(declared(encoding).encode(), "f")
    assert found.decode() == declared(encoding)
    assert doubt.code == LAX_ENCODING


REFUSED = [
    (b"<a>\n caf\xe9</a>", 2, 5, "0xE9 is not UTF-8"),
    (b"<a>\xf0\x9f\x98</a>", 1, 4, "0xF0 0x9F 0x98 is not UTF-8"),
    (declared("ascii").encode(), 2, 6, "0xC3 is not ASCII"),
    (declared("windows-1252").encode("cp1252", "ignore") + b"\x81", 2, 15, "0x81 is not WINDOWS"),
    (declared("klingon").encode(), 1, 1, "the encoding 'klingon' is unknown"),
    (declared("zlib").encode(), 1, 1, "the encoding 'zlib' is unknown"),
    (declared("rot13").encode(), 1, 1, "the encoding 'rot13' is unknown"),
    (declared("utf-7").encode(), 1, 1, "the encoding 'utf-7' is unknown"),
    (TEXT.encode("utf-16")[:-1], 1, 16, "the file ends within a character of UTF-16-LE"),
    (b"\xff\xfe<\x00\x00\xd8", 1, 2, "the file ends within a character of UTF-16-LE"),
]


@pytest.mark.parametrize(("data", "line", "column", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read(data, line, column, message):
    with pytest.raises(ReadError) as caught:
        to_utf8(data, "f")
    (finding,) = caught.value.findings
    assert finding.code == NOT_TEXT
    assert message in finding.message
    assert (finding.place.line, finding.place.column) == (line, column)

"""UTF-8 is read, with and without a mark; all else is refused with what it is and where."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError
from bpmn_xml.formats.conf.decode import MOST_BYTES, decode
from bpmn_xml.formats.conf.faults import Faults


@pytest.mark.parametrize("data", ["Größe 😀\t\r\n".encode(), "Größe 😀\t\r\n".encode("utf-8-sig")])
def test_utf8(data):
    assert decode(data, Faults("", 9)) == "Größe 😀\t\r\n"


@pytest.mark.parametrize(("data", "words"), [
    ("[model]".encode("utf-16"), "x.conf:1: error BX001: the file is UTF-16, not UTF-8; save"),
    ("[model]".encode("utf-32"), "x.conf:1: error BX001: the file is UTF-32, not UTF-8; save"),
    ("\n\nGröße".encode("latin-1"), "x.conf:3: error BX001: the byte 0xf6 is not UTF-8; save"),
    (b"\n\0", "x.conf:2: error BX001: the character U+0000 has no place in a text; remove it"),
    (b"\x1b[31m", "x.conf:1: error BX001: the character U+001B has no place in a text"),
    ("\n\n\uffff".encode(), "x.conf:3: error BX001: the character U+FFFF has no place in a text"),
    (b"\xed\xa0\x80", "x.conf:1: error BX001: the byte 0xed is not UTF-8"),
    (b"#" * (MOST_BYTES + 1), "x.conf: error BX005: the file is larger than 4,194,304 bytes"),
])  # fmt: skip
def test_refused(data, words):
    with pytest.raises(ReadError) as caught:
        decode(data, Faults("x.conf", 9))
    assert words in str(caught.value)

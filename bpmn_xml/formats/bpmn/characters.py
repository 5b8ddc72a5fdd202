"""Which characters and names XML can hold, and how text is written in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.bpmn.wording import quoted

ILLEGAL: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME: Final = re.compile(f"[{START}][{START}0-9.\xb7\u0300-\u036f\u203f-\u2040-]*")

IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_VALUE: Final = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def escape(text: str, characters: Mapping[int, str]) -> str:
    """Write a text so that it reads back the same; `UsageError` for what XML cannot hold.

    >>> escape('a "b" & c', IN_VALUE)
    'a &quot;b&quot; &amp; c'
    """
    bad = ILLEGAL.search(text)
    if bad:
        what = f"the character U+{ord(bad[0]):04X} in {quoted(text)!r} cannot be written in XML"
        raise UsageError(what, remedy="remove it from the model")
    return text.translate(characters)

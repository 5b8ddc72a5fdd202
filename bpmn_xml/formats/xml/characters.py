"""Which characters and names XML can hold, and how text is written in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.xml.wording import excerpt

ILLEGAL: Final = "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
REST: Final = f"{START}0-9.\xb7\u0300-\u036f\u203f-\u2040-"
NAME: Final = f"[{START}][{REST}]*"

IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_VALUE: Final = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern once, when it is first needed: these take their time."""
    return re.compile(text)


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of an element or attribute, without prefix.

    >>> is_name("task-1"), is_name("1st"), is_name("a:b")
    (True, False, False)
    """
    return pattern(NAME).fullmatch(text) is not None


def as_name(text: str) -> str:
    """Make a name of a text: `_` for what cannot stand in one, and before what cannot begin one.

    >>> as_name("task 1"), as_name("1st"), as_name("付款")
    ('task_1', '_1st', '付款')
    """
    name = pattern(f"[^{REST}]").sub("_", text)
    return name if is_name(name) else f"_{name}"


def first_illegal(text: str) -> str:
    r"""Return the first character that XML cannot hold, "" if there is none.

    >>> first_illegal("a\x1bb"), first_illegal("ab")
    ('\x1b', '')
    """
    found = pattern(ILLEGAL).search(text)
    return found[0] if found else ""


def escape(text: str, characters: Mapping[int, str]) -> str:
    """Write a text so that it reads back the same; `UsageError` for what XML cannot hold.

    >>> escape('a "b" & c', IN_VALUE)
    'a &quot;b&quot; &amp; c'
    """
    bad = first_illegal(text)
    if bad:
        what = f"the character U+{ord(bad):04X} in {excerpt(text)!r} cannot be written in XML"
        raise UsageError(what, remedy="remove it from the model")
    return text.translate(characters)

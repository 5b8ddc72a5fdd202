"""Functions on texts (DMN 10.3.4.3) and those that Camunda adds.

>>> substring("feel", -2, 1), before("feel", "e"), after("feel", "e")
('e', 'f', 'el')
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin, either
from bpmn_xml.expressions.meter import afford_text, search_text


def substring(text: str, start: Any, length: Any = LEFT_OUT) -> str | None:
    """Return a part of a text from a position, which counts from 1 or from -1 at the end."""
    begin, count = int(start), len(text) if length is LEFT_OUT else int(length)
    if begin == 0 or (length is not LEFT_OUT and count < 1):
        return None
    first = begin - 1 if begin > 0 else max(len(text) + begin, 0)
    afford_text(max(min(count, len(text) - first), 0))
    return text[first : first + count]


def paid(function: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that makes a text as long as that which it gets, for its price."""

    def run(text: str) -> str:
        afford_text(len(text))
        return function(text)

    return run


def contains(text: str, match: str) -> bool:
    """Say whether a match is in a text."""
    search_text(len(text), match)
    return match in text


def before(text: str, match: str) -> str:
    """Return what stands before a match; nothing where there is none."""
    search_text(len(text), match)
    end = max(text.find(match), 0)
    afford_text(end)
    return text[:end]


def after(text: str, match: str) -> str:
    """Return what stands behind a match; nothing where there is none."""
    search_text(len(text), match)
    place = text.find(match)
    begin = place + len(match) if place >= 0 else len(text)
    afford_text(len(text) - begin)
    return text[begin:]


def joined(
    texts: Sequence[Any], delimiter: Any = LEFT_OUT, prefix: Any = LEFT_OUT, suffix: Any = LEFT_OUT
) -> str | None:
    """Join texts, leaving out nulls; Camunda also puts something before and behind."""
    found = [text for text in texts if text is not None]
    if not all(isinstance(text, str) for text in found):
        return None
    between, before, behind = (
        part if isinstance(part, str) else "" for part in (delimiter, prefix, suffix)
    )
    afford_text(sum(map(len, found)) + len(between) * len(found) + len(before) + len(behind))
    return f"{before}{between.join(found)}{behind}"


def encoded(text: str) -> str:
    """Return a text as base64."""
    afford_text(len(text) * 2)
    return b64encode(text.encode()).decode()


def decoded(text: str) -> str:
    """Return the text that a text of base64 means; what means none raises ValueError."""
    afford_text(len(text))
    return b64decode(text, validate=True).decode()


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "contains": builtin("string: string, match: string", contains),
    "ends with": builtin("string: string, match: string", str.endswith),
    "from base64": builtin("value: string", decoded),
    "is blank": builtin("string: string", lambda text: not text.strip()),
    "lower case": builtin("string: string", paid(str.lower)),
    "starts with": builtin("string: string, match: string", str.startswith),
    "string join": either(
        builtin("list: list, delimiter: string?~", joined),
        builtin("list: list, delimiter: string~, prefix: string, suffix: string", joined),
    ),
    "string length": builtin("string: string", len),
    "substring": builtin("string: string, start position: number, length: number?", substring),
    "substring after": builtin("string: string, match: string", after),
    "substring before": builtin("string: string, match: string", before),
    "to base64": builtin("value: string", encoded),
    "trim": builtin("string: string", paid(str.strip)),
    "upper case": builtin("string: string", paid(str.upper)),
}

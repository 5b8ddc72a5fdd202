r"""The methods of texts that take regular expressions, found by FEEL's machine: in bounded time.

Its patterns are those of XPath, which Java's are but for looking around and the like.

>>> fits("ORD-7", "[A-Z]+-\\d"), rewritten("a1b22", "[0-9]+", "#"), rewritten("aa", "a", "b", 1)
(True, 'a#b#', 'ba')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, cast

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.values import text
from bpmn_xml.expressions.limits import MAX_ITEMS
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.regular import matcher, replacing
from bpmn_xml.expressions.regular.programs import Program, groups_in
from bpmn_xml.expressions.weight import count_values
from bpmn_xml.wording import shorten

Found = TypeVar("Found")


def compiled(pattern: str) -> Program:
    """Return the program of a pattern."""
    try:
        return replacing.program_of(pattern)
    except ValueError as error:
        raise ExpressionError(f"the pattern '{shorten(pattern)}' is not known: {error}") from None


def fits(value: str, pattern: object) -> bool:
    """Say whether a pattern fits a whole text."""
    whole = compiled(f"^(?:{text(pattern)})$")
    return paid(lambda: matcher.find(whole, value) is not None, value)


def rewritten(value: str, pattern: object, new: object, most: int = MAX_ITEMS) -> str:
    """Return the text with matches replaced; `$1` is the first group."""
    search = compiled(text(pattern))
    try:
        parts = replacing.parts_of(text(new), groups_in(search))
    except ValueError:
        raise ExpressionError("a '$' in a replacement needs the number of a group") from None
    return paid(lambda: replacing.rewritten(search, value, parts, most), value)


def pieces(value: str, separator: str) -> list[str]:
    """Return the texts between matches, its characters where they match nothing."""
    search = compiled(separator)
    return paid(lambda: replacing.between(search, value), value)


def paid(run: Callable[[], Found], value: str) -> Found:
    """Return what a search in a text finds, in a bounded number of steps."""
    return cast("Found", metered(lambda _: run(), count_values)([value]))


REGULAR: Final[Mapping[str, tuple[Callable[..., Any], int, int]]] = {
    "matches": (fits, 1, 1),
    "replaceAll": (rewritten, 2, 2),
    "replaceFirst": (lambda value, pattern, new: rewritten(value, pattern, new, 1), 2, 2),
}
"""Name -> function of the text and its arguments, the least and the most of those."""

"""Tables of expressions: a line each, `expression => what it is equal to`."""

from __future__ import annotations

from typing import Any

from bpmn_xml import expressions
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.builtins.conversions import text_of

VARIABLES = {
    "a": 7,
    "x": 2.5,
    "s": "text",
    "yes": True,
    "nothing": None,
    "n-1": 41,
    "first name": "Ada",
    "list": [3, 1, 2],
    "order": {"amount": 5, "line items": [{"n": 1}, {"n": 2}]},
    "tuple": (1, 2),
}


def rows(table: str) -> list[tuple[str, str]]:
    """Return the lines of a table; one that begins with `#` is a heading."""
    lines = [line for line in table.splitlines() if line.strip() and line[0] != "#"]
    return [tuple(part.strip() for part in line.rsplit("=>", 1)) for line in lines]  # type: ignore[misc] # two


def value(text: str, **more: Any) -> Any:
    """Return the value of an expression."""
    return expressions.evaluate(text, VARIABLES | more, language="feel")


def agree(text: str, expected: str) -> bool:
    """Say whether two expressions have the same value, and are written the same."""
    ours, wanted = value(text), value(expected)
    if ours is None or wanted is None:
        return ours is wanted
    return compare.same(ours, wanted) and text_of(ours) == text_of(wanted)

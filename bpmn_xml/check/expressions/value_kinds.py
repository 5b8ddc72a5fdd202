"""What kind of value a part of a FEEL expression has, as far as its text says.

FEEL gives null where kinds do not fit: a text plus a number, a date that is compared with a text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bpmn_xml.expressions import tree

TEXT: Final = "text"
NUMBER: Final = "number"
FLAG: Final = "true or false"
LIST: Final = "list"
CONTEXT: Final = "context"
DATE: Final = "date"
TIME: Final = "time"
MOMENT: Final = "date and time"
DURATION: Final = "duration"

GIVING: Final = {
    **dict.fromkeys(("string", "substring", "upper case", "lower case", "string join"), TEXT),
    **dict.fromkeys(("substring before", "substring after", "replace"), TEXT),
    **dict.fromkeys(("number", "count", "string length", "floor", "ceiling"), NUMBER),
    **dict.fromkeys(("decimal", "modulo", "sqrt", "mean", "sum", "round up", "round down"), NUMBER),
    **dict.fromkeys(("not", "contains", "starts with", "ends with", "matches"), FLAG),
    **dict.fromkeys(("list contains", "is defined", "all", "any"), FLAG),
    **dict.fromkeys(("split", "append", "concatenate", "distinct values", "flatten"), LIST),
    **dict.fromkeys(("sublist", "insert before", "reverse", "sort", "index of"), LIST),
    **dict.fromkeys(("today", "date"), DATE),
    **dict.fromkeys(("now", "date and time"), MOMENT),
    **dict.fromkeys(("duration", "years and months duration"), DURATION),
    "time": TIME,
}
"""By function of FEEL: the kind of what it gives, if it gives something."""

SHAPES: Final[dict[type[tree.Term], str]] = {
    tree.Items: LIST,
    tree.Context: CONTEXT,
    tree.Chain: FLAG,
    tree.Logic: FLAG,
    tree.Between: FLAG,
    tree.Among: FLAG,
    tree.InstanceOf: FLAG,
}
"""By term: the kind of its value."""

COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})
MOMENTS: Final = frozenset({DATE, TIME, MOMENT})
ADDED: Final = frozenset(
    {
        (TEXT, TEXT),
        (NUMBER, NUMBER),
        (DURATION, DURATION),
        *((moment, DURATION) for moment in MOMENTS),
        *((DURATION, moment) for moment in MOMENTS),
    }
)
SUBTRACTED: Final = frozenset(
    {
        (NUMBER, NUMBER),
        (DURATION, DURATION),
        *((moment, DURATION) for moment in MOMENTS),
        *((moment, other) for moment in (DATE, MOMENT) for other in (DATE, MOMENT)),
        (TIME, TIME),
    }
)
SCALED: Final = frozenset({(NUMBER, NUMBER), (NUMBER, DURATION), (DURATION, NUMBER)})
ADDING: Final = ({TEXT}, {NUMBER})
"""What is added gives the same kind, whatever the other side is, if it gives something."""

FITTING: Final = {
    "+": ADDED,
    "-": SUBTRACTED,
    "*": SCALED,
    "/": SCALED | {(DURATION, DURATION)},
}
"""By sign: the kinds that can stand on its sides."""


def kind_of(term: tree.Term | None) -> str:
    """Return the kind of a term's value; "" where its text does not say.

    >>> from bpmn_xml.expressions import compile
    >>> [kind_of(compile(text, "feel").tree) for text in ('"a" + b', "n + 1", "n", "n > 1")]
    ['text', 'number', '', 'true or false']
    """
    if isinstance(term, tree.Literal):
        return _of_value(term.value)
    if isinstance(term, tree.Call):
        return GIVING.get(term.function, "")
    if isinstance(term, tree.Binary):
        if term.operator in COMPARISONS:
            return FLAG
        sides = {kind_of(term.left), kind_of(term.right)} - {""}
        known = sides in ADDING and term.operator in ("+", "-")
        return next(iter(sides)) if known else ""
    return SHAPES.get(type(term), "") if term is not None else ""


def _of_value(value: object) -> str:
    if isinstance(value, bool):
        return FLAG
    if isinstance(value, str):
        return TEXT
    return NUMBER if isinstance(value, (int, float, Decimal)) else ""


def misfit(term: tree.Term) -> str:
    """Say which kinds meet in a term for which FEEL has no value; "" where they may fit.

    >>> from bpmn_xml.expressions import compile
    >>> [misfit(compile(text, "feel").tree) for text in ('"a" + 1', 'today() > "2026"', "n + 1")]
    ['a text + a number', 'a date compared with a text', '']
    """
    if not isinstance(term, tree.Binary):
        return ""
    left, right = kind_of(term.left), kind_of(term.right)
    if not left or not right:
        return ""
    if term.operator in COMPARISONS:
        fits = left == right or {left, right} <= {DATE, MOMENT}
        return "" if fits else f"a {left} compared with a {right}"
    fitting = FITTING.get(term.operator)
    return (
        "" if fitting is None or (left, right) in fitting else f"a {left} {term.operator} a {right}"
    )

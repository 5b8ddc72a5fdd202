"""The results so far that a loop may read as `partial` (DMN 10.3.2.14): copied where they are kept.

>>> from bpmn_xml.expressions import compile
>>> keeps_partial(compile("sum(partial) + partial[-1]", "feel").tree)
False
>>> keeps_partial(compile("[partial]", "feel").tree)
True
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.expressions import tree

PARTIAL: Final = "partial"
LOOKING: Final = frozenset(
    {
        "all", "any", "count", "index of", "is empty", "list contains", "max", "mean", "median",
        "min", "mode", "product", "stddev", "sum",
    }
)  # fmt: skip
"""Functions that look at a list and do not keep it."""


def keeps_partial(body: tree.Term) -> bool:
    """Say whether what a loop's body makes may hold the list itself: it has to be a copy then."""
    parts = list(tree.walk(body))
    if any(isinstance(part, tree.Lambda) for part in parts):
        return True
    looked_at = sum(map(is_partial, (place for part in parts for place in places_to_look(part))))
    return looked_at < sum(map(is_partial, parts))


def places_to_look(term: tree.Term) -> tuple[tree.Term, ...]:
    """Return the terms below one of whose values it keeps no more than items."""
    match term:
        case tree.Filter(value=value):
            return (value,)
        case tree.Call(function=function, arguments=arguments) if function in LOOKING:
            return tuple(arguments)
    return ()


def is_partial(term: tree.Term) -> bool:
    """Say whether a term is the name of the results so far."""
    return isinstance(term, tree.Name) and term.name == PARTIAL

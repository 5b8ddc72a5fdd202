"""The safe subset of Python, as a language of the table."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Evaluate, Language
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.python.functions import FUNCTIONS
from bpmn_xml.expressions.python.grammar import parse
from bpmn_xml.expressions.python.operators import BINARY, UNARY, item_of, member_of
from bpmn_xml.expressions.rows import ROWS
from bpmn_xml.expressions.weight import count_read, weigh

LOOKING: Final = (tree.Binary, tree.Chain, tree.Call, tree.Slice)
FEW_LOOKS: Final = 16
"""None of them looks at more than there is: so many are soon done without a meter."""

MAKERS: Final = (tree.Items, tree.Entries, tree.Call)


def enter(term: tree.Term, run: Evaluate) -> Evaluate:
    """Return the closure of a whole expression, whose value is weighed if it may be a new one.

    With more than a few calls and signs it has a meter.
    """
    terms = list(tree.walk(term))
    if sum(isinstance(part, LOOKING) for part in terms) > FEW_LOOKS:
        return metered(run, partial(count_read, tree.names_in(term)))
    if not any(isinstance(part, MAKERS) for part in terms):
        return run

    def evaluate(scope: Any) -> object:
        value = run(scope)
        weigh(value)
        return value

    return evaluate


LANGUAGE: Final = Language(
    name="python",
    parse=parse,
    enter=enter,
    binary=BINARY,
    unary=UNARY,
    member=member_of,
    index=item_of,
    functions=FUNCTIONS,
    rows=ROWS,
)

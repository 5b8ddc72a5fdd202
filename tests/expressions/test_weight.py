"""Values are no larger than somebody can write, however few steps made them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.decisions import decide
from bpmn_xml.decisions import values as v
from bpmn_xml.expressions import evaluate
from bpmn_xml.expressions.limits import MAX_DEPTH, LimitError
from bpmn_xml.expressions.weight import weigh
from tests.costs import calls
from tests.decisions.make import decision, text

LAUGHS = ", ".join(f"{b}: [{a},{a},{a},{a},{a},{a}]" for a, b in pairwise("abcdefghij"))
LARGE = {
    "one list in many": f"{{a: 1, {LAUGHS}}}",
    "a loop's results so far": "for i in 1..300 return partial",
    "a list with itself twice": "for i in 1..99 return [partial[-1], partial[-1]]",
    "a text many times": "for i in 1..50000 return long",
    "new entries": 'context put({}, "a", for i in 1..99999 return long)',
}


def nested(depth: int) -> list[object]:
    """Return a list in a list, so many times."""
    found: list[object] = []
    for _ in range(depth - 1):
        found = [found]
    return found


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_refused(name):
    """It is a million calls at most; the limit is half as much again."""

    def refused():
        with pytest.raises(LimitError, match=r"too large a value|too many steps"):
            evaluate(LARGE[name], {"long": "x" * 10_000}, language="feel")

    assert calls(refused) < 1_500_000


def test_a_decision_is_weighed_too():
    model = v.DecisionModel(elements=(decision("d", text(LARGE["one list in many"])),))
    with pytest.raises(LimitError, match=r"too large a value"):
        decide(model, "d", {})


def doubled(times: int) -> object:
    """Return what so many steps of a process make, each of what the one before made."""
    value: object = 1
    for _ in range(times):
        value = evaluate("[x, {'a': x}]", {"x": value}, language="python")
    return value


def test_steps_of_a_process_cannot_add_up_in_python():
    assert doubled(3)
    with pytest.raises(LimitError, match=r"too large a value"):
        doubled(64)


def test_depth():
    weigh(nested(MAX_DEPTH))
    with pytest.raises(LimitError, match=r"deeper than 100 levels"):
        weigh(nested(MAX_DEPTH + 1))


def test_what_people_have_is_not_too_large():
    orders = [{"id": at, "name": "order " * 5, "tags": ["a", "b"]} for at in range(20_000)]
    assert len(evaluate("orders[id >= 0]", {"orders": orders}, language="feel")) == 20_000

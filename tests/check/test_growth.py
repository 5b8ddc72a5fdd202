"""What is wrong a thousand times costs a thousand times as much to tell, not a million times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn_xml.check.checking import check
from tests.cli.files import bpmn, process
from tests.costs import calls


def flow(id_: object, source: str, target: str) -> str:
    return f'<sequenceFlow id="f{id_}" sourceRef="{source}" targetRef="{target}"/>'


def in_a_row(tag: str, number: int) -> str:
    nodes = "".join(f'<{tag} id="n{i}"/>' for i in range(1, number + 1))
    flows = "".join(flow(i, f"n{i}", f"n{i + 1}") for i in range(number))
    return f'<startEvent id="n0"/>{nodes}{flows}'


SHAPES: dict[str, Callable[[int], str]] = {
    "flows from nowhere": lambda n: "".join(flow(i, f"x{i}", f"y{i}") for i in range(n)),
    "flows to unknown elements": lambda n: "".join(
        f'<activity id="y{i}"/>{flow(i, f"x{i}", f"y{i}")}' for i in range(n)
    ),
    "gateways that are no plain ones": lambda n: in_a_row("complexGateway", n),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_twice_as_much_costs_twice_as_much(shape: Callable[[int], str]) -> None:
    """A part that does not grow with the number makes it less than twice."""
    few, many = (bpmn(process(shape(number))).encode() for number in (150, 300))
    check(few)
    cost = calls(lambda: check(few))
    assert calls(lambda: check(many)) < 2.5 * cost

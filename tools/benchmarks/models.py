"""The processes that `bench.py` measures, drawn as model values and sized by a number.

A step is one flow node entered; events and gateways count. Tasks are bound by the names `tick`,
`add`, `subtract` and `print`, and three small variables are there: `n`, `value1`, `value2`.

>>> xml, steps = build("sequence10")
>>> steps, b"</definitions>" in xml or b":definitions>" in xml
(12, True)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.formats import write

NAMESPACE: Final = "http://example.org/bench"


class Canvas:
    """The inside of a process while it is drawn: nodes and flows in the order they were added."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.nodes: dict[str, m.FlowNode] = {}
        self.flows: list[m.SequenceFlow] = []

    def node(self, kind: type[m.FlowNode], *ids: str, **fields: Any) -> None:
        """Add nodes of one kind."""
        for name in ids:
            self.nodes[name] = kind(id=name, **fields)

    def work(self, *ids: str, name: str = "tick") -> None:
        """Add service tasks that call the handler of this name."""
        self.node(m.ServiceTask, *ids, name=name, implementation=name)

    def chain(self, *ids: str) -> None:
        """Connect nodes one after the other."""
        for source, target in pairwise(ids):
            self.flow(source, target)

    def flow(self, source: str, target: str, condition: str = "") -> str:
        """Connect two nodes; returns the id of the flow."""
        name = f"{self.prefix}f{len(self.flows) + 1}"
        formal = m.FormalExpression(id=f"{name}_if", body=condition) if condition else None
        self.flows.append(
            m.SequenceFlow(
                id=name, source_ref=source, target_ref=target, condition_expression=formal
            )
        )
        return name

    def default(self, source: str, target: str) -> None:
        """Connect two nodes by the source's default flow."""
        name = self.flow(source, target)
        self.nodes[source] = msgspec.structs.replace(self.nodes[source], default=name)

    def elements(self) -> tuple[m.FlowElement, ...]:
        """Everything drawn, each node with the ids of its flows."""
        incoming, outgoing = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for flow in self.flows:
            outgoing[flow.source_ref].append(flow.id)
            incoming[flow.target_ref].append(flow.id)
        nodes = [
            msgspec.structs.replace(
                node, incoming=tuple(incoming[name]), outgoing=tuple(outgoing[name])
            )
            for name, node in self.nodes.items()
        ]
        return (*nodes, *self.flows)


def ends(prefix: str = "") -> Canvas:
    """A canvas that has a start and an end event."""
    canvas = Canvas(prefix)
    canvas.node(m.StartEvent, f"{prefix}start")
    canvas.node(m.EndEvent, f"{prefix}end")
    return canvas


def sequence(size: int) -> tuple[Canvas, int]:
    """`size` tasks in a row."""
    canvas, tasks = ends(), [f"t{i}" for i in range(size)]
    canvas.work(*tasks)
    canvas.chain("start", *tasks, "end")
    return canvas, size + 2


def fork(size: int) -> tuple[Canvas, int]:
    """`size` parallel branches of three tasks each."""
    canvas = ends()
    canvas.node(m.ParallelGateway, "split", "join")
    canvas.chain("start", "split")
    for i in range(size):
        branch = [f"t{i}_{j}" for j in range(3)]
        canvas.work(*branch)
        canvas.chain("split", *branch, "join")
    canvas.chain("join", "end")
    return canvas, 3 * size + 4


def loop(size: int) -> tuple[Canvas, int]:
    """One task, `size` times around."""
    canvas = ends()
    canvas.node(m.ExclusiveGateway, "again", "more")
    canvas.work("t")
    canvas.chain("start", "again", "t", "more")
    canvas.flow("more", "again", f"n < {size}")
    canvas.default("more", "end")
    return canvas, 3 * size + 2


def calculator(_size: int) -> tuple[Canvas, int]:
    """Add and subtract beside each other, then print."""
    canvas = ends()
    canvas.node(m.ParallelGateway, "split", "join")
    for name in ("add", "subtract", "print"):
        canvas.work(name, name=name)
    canvas.chain("start", "split", "add", "join", "print", "end")
    canvas.chain("split", "subtract", "join")
    return canvas, 7


def mixed(_size: int) -> tuple[Canvas, int]:
    """Every gateway and a sub-process."""
    canvas = ends()
    canvas.node(m.ExclusiveGateway, "x1", "x2")
    canvas.node(m.ParallelGateway, "p1", "p2")
    canvas.node(m.InclusiveGateway, "o1", "o2")
    canvas.work("tA", *(f"t{i}" for i in range(1, 8)))
    inside = ends("s_")
    inside.work("t8")
    inside.chain("s_start", "t8", "s_end")
    canvas.node(m.SubProcess, "sub", flow_elements=inside.elements())
    canvas.chain("start", "tA", "x1")
    canvas.flow("x1", "t1", "n % 2 == 1")
    canvas.default("x1", "t2")
    canvas.chain("t1", "x2")
    canvas.chain("t2", "x2", "p1", "t3", "p2", "o1")
    canvas.chain("p1", "t4", "p2")
    canvas.flow("o1", "t5", "1 == 1")
    canvas.flow("o1", "t6", "1 == 1")
    canvas.default("o1", "t7")
    canvas.chain("t7", "o2")
    canvas.chain("t5", "o2")
    canvas.chain("t6", "o2", "sub", "end")
    return canvas, 18


def ladder(size: int) -> tuple[Canvas, int]:
    """`size` diamonds in a row: split, two tasks, join."""
    canvas, last = ends(), "start"
    for i in range(size):
        canvas.node(m.ParallelGateway, f"a{i}", f"d{i}")
        canvas.work(f"l{i}", f"r{i}")
        canvas.chain(last, f"a{i}", f"l{i}", f"d{i}")
        canvas.chain(f"a{i}", f"r{i}", f"d{i}")
        last = f"d{i}"
    canvas.chain(last, "end")
    return canvas, 4 * size + 2


def user(_size: int) -> tuple[Canvas, int]:
    """A task, then a person: instances wait there (two steps)."""
    canvas = ends()
    canvas.work("t")
    canvas.node(m.UserTask, "wait")
    canvas.chain("start", "t", "wait", "end")
    return canvas, 2


KINDS: Final[dict[str, Callable[[int], tuple[Canvas, int]]]] = {
    kind.__name__: kind for kind in (sequence, fork, loop, calculator, mixed, ladder, user)
}


def build(name: str) -> tuple[bytes, int]:
    """The file of a model named as `fork10`, and its steps per instance."""
    found = re.fullmatch(r"([a-z]+)(\d*)", name)
    if not found or found[1] not in KINDS:
        raise SystemExit(f"no model {name!r}: a model is one of {', '.join(KINDS)} and a number")
    canvas, steps = KINDS[found[1]](int(found[2] or 0))
    return save(canvas), steps


def save(canvas: Canvas) -> bytes:
    """The file of what was drawn."""
    process = m.Process(id="bench", is_executable=True, flow_elements=canvas.elements())
    return write(m.Definitions(id="defs", target_namespace=NAMESPACE, root_elements=(process,)))

"""A trace names elements by their ids and scopes by paths of ids. Only this file maps the two.

`%` and `/` in ids are written as `%25` and `%2F` (no id that XML Schema allows has them). A
scope's path is `Sub_1.1/Task_2.1:17`: in the first activation of Sub_1 the item 17 that the first
activation of Task_2 made; the root's is empty. Where several files are one program, an id that is
taken has the id of its process before it: `order:Task_1`; the header says where it comes from.

>>> escape_id("50%/a"), plain_id("50%25%2Fa")
('50%25%2Fa', '50%/a')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import Origin, Program
from bpmn_xml.core.records.advances import Along, Place
from bpmn_xml.remembered import Remembered

_SEGMENT: Final = re.compile(r"(.+)\.(\d+)(?::(\d+))?", re.DOTALL)


def escape_id(text: str) -> str:
    """Write an id so that it can stand in a scope's path."""
    return text.replace("%", "%25").replace("/", "%2F")


def plain_id(name: str) -> str:
    """Read the id of an element from its name in a trace."""
    return name.replace("%2F", "/").replace("%25", "%")


def labels(named: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    r"""What people call elements: by name, with the id behind it where two share the name.

    What is done at an element, as a listener of its start, has behind its name only what it is.

    Args:
        named: pairs of id and name.

    >>> labels([("a", "Pay\nout"), ("b", "Ask"), ("c", "Ask"), ("d", ""), ("a/start", "Pay\nout")])
    ('Pay out', 'Ask (b)', 'Ask (c)', 'd', 'Pay out (start)')
    """
    known = [(id_, " ".join(name.split())) for id_, name in named]
    names = dict(known)
    parts = {id_ for id_, name in known if (at := around(id_)) in names and name in ("", names[at])}
    often = Counter(name or id_ for id_, name in known if id_ not in parts)

    def label(id_: str, name: str) -> str:
        return f"{name} ({id_})" if name and often[name] > 1 and name != id_ else name or id_

    return tuple(
        part_of(label(around(id_), names[around(id_)]), id_) if id_ in parts else label(id_, name)
        for id_, name in known
    )


def around(id_: str) -> str:
    """The element at which something is done, by its id: of `ship/start` it is `ship`."""
    return id_.rpartition("/")[0]


def part_of(label: str, id_: str) -> str:
    """What people call what is done at an element that they call so.

    >>> part_of("Ship", "ship/start")
    'Ship (start)'
    """
    return f"{label} ({id_.rpartition('/')[2]})"


class TraceNames:
    """The names of one program's nodes, flows and containers, by index and back.

    Attributes:
        nodes, flows, containers: the name by index.
        labels: what people call a node, by index.
        scopes: a scope's path with names, by the path with indices.
        places, passed: where tokens are and what they passed with names, by that with indices.
    """

    def __init__(self, program: Program) -> None:
        self._renamed = program.renamed
        self.nodes = tuple([escape_id(node.id) for node in program.nodes])
        self.flows = tuple([escape_id(flow.id) for flow in program.flows])
        self.containers = tuple([escape_id(c.id) for c in program.containers])
        self.labels = labels((node.id, node.name) for node in program.nodes)
        self._nodes = {name: index for index, name in enumerate(self.nodes)}
        self._flows = {name: index for index, name in enumerate(self.flows)}
        self._containers = {name: index for index, name in enumerate(self.containers)}
        self.scopes = Remembered(self.scope_text)
        self.places, self.passed = Remembered(self._places), Remembered(self._passed)
        self._segments = Remembered(self._segment_path)
        self._paths = Remembered(self._read_path)

    def node(self, name: str) -> int:
        """The index of a node; KeyError if the program has none of that name."""
        return self._nodes[name]

    def flow(self, name: str) -> int:
        """The index of a flow; KeyError if the program has none of that name."""
        return self._flows[name]

    def container(self, name: str) -> int:
        """The index of a container; KeyError if the program has none of that name."""
        return self._containers[name]

    def renamed(self) -> dict[str, Origin]:
        """The names of elements whose id another file has, and where they come from."""
        return {escape_id(name): origin for name, origin in self._renamed.items()}

    def scope_text(self, path: str) -> str:
        """Write a scope's path with names."""
        return "/".join([self._segment_text(part) for part in path.split("/")]) if path else ""

    def _segment_text(self, part: str) -> str:
        node, dot, activation = part.partition(".")
        return f"{self.nodes[int(node)]}{dot}{activation}"

    def _places(self, to: tuple[Place, ...]) -> tuple[tuple[str, str, int], ...]:
        return tuple([(self.flows[flow], self.nodes[node], n) for flow, node, n in to])

    def _passed(self, along: Along) -> tuple[tuple[str, ...], ...]:
        flows, nodes = self.flows, self.nodes
        return tuple([(flows[f], nodes[node], *[flows[m] for m in met]) for f, node, *met in along])

    def scope_path(self, text: str) -> str:
        """Read a scope's path; KeyError or ValueError if it is none of this program."""
        return self._paths[text] if text else ""

    def _read_path(self, text: str) -> str:
        return "/".join([self._segments[part] for part in text.split("/")])

    def _segment_path(self, part: str) -> str:
        match = _SEGMENT.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} names no scope")
        name, n, index = match.groups()
        return f"{self._nodes[name]}.{n}" + (f":{index}" if index else "")


class Inside(NamedTuple):
    """Where a scope belongs: the scope around it, the node, its activation, and the item or -1."""

    scope: str
    node: str
    n: int
    item: int


def inside(scope: str) -> Inside | None:
    """Read a scope's path as a trace has it; None for the root, and for what is no path.

    >>> inside("gather.1/read.1:17")
    Inside(scope='gather.1', node='read', n=1, item=17)
    """
    around, _, segment = scope.rpartition("/")
    match = _SEGMENT.fullmatch(segment)
    if match is None:
        return None
    name, n, index = match.groups()
    return Inside(around, name, int(n), int(index) if index else -1)

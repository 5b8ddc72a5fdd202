"""What a program is made of before it is assembled: parts that name each other by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import (
    Announcement,
    Condition,
    Correlation,
    EventSpec,
    NodeFacts,
    Origin,
    Repetition,
)
from bpmn_xml.compiler.program.scoping import STANDARD, Assign, Computed, ScopeRules


class ContainerDraft(msgspec.Struct, kw_only=True):
    """A process, or with `node` the inside of that sub-process.

    `named` says where an element begins that is chosen by its id in the file.
    """

    id: str
    name: str = ""
    node: str = ""
    starts: Sequence[str] = ()
    triggered: Sequence[str] = ()
    flow_payload: bool = False
    closing: str = ""
    rules: ScopeRules = STANDARD
    local: Sequence[str] = ()
    named: Mapping[str, str] = msgspec.field(default_factory=dict)


class FrameDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is done around a node: `before`, `done` and `after` name listeners, `output_jobs` jobs.

    Of the listeners before a person's task `told_first` names those that know of it, `assigning`
    those that are called only if it is assigned; `updating` are called when it changes, `ending` at
    its end, `cuts` are those of what an event cuts off, `inner` are the events at the border that
    each instance has for itself.

    Many features have a part in it: each adds to the lists, none can put others in their place.
    """

    local: list[str] = msgspec.field(default_factory=list)
    inputs: list[Assign] = msgspec.field(default_factory=list)
    outputs: list[Assign] = msgspec.field(default_factory=list)
    told: list[Assign] = msgspec.field(default_factory=list)
    told_first: list[str] = msgspec.field(default_factory=list)
    assigning: list[str] = msgspec.field(default_factory=list)
    updating: list[str] = msgspec.field(default_factory=list)
    inner: list[str] = msgspec.field(default_factory=list)
    ending: list[str] = msgspec.field(default_factory=list)
    cuts: list[str] = msgspec.field(default_factory=list)
    before: list[str] = msgspec.field(default_factory=list)
    done: list[str] = msgspec.field(default_factory=list)
    output_jobs: list[str] = msgspec.field(default_factory=list)
    after: list[str] = msgspec.field(default_factory=list)


class NodeDraft(NodeFacts, kw_only=True, gc=False):
    """A flow node of a container.

    `incoming` orders its flows, as far as it names them; `which` gives the process that is called,
    where that is an expression.
    """

    container: str
    incoming: Sequence[str] = ()
    default: str = ""
    host: str = ""
    called: str = ""
    which: Computed | None = None
    frame: FrameDraft | None = None


class FlowDraft(msgspec.Struct, kw_only=True, gc=False):
    """A sequence flow of a container."""

    id: str
    source: str
    target: str
    container: str
    condition: Condition | None = None


def in_a_row(container: str, nodes: Iterable[str]) -> list[FlowDraft]:
    """The flows from each of some nodes to the next.

    >>> [(flow.id, flow.target) for flow in in_a_row("P", ["a", "b", "c"])]
    [('a/on', 'b'), ('b/on', 'c')]
    """
    return [
        FlowDraft(id=f"{source}/on", source=source, target=target, container=container)
        for source, target in pairwise(nodes)
    ]


class Drafts(msgspec.Struct, kw_only=True):
    """All that a program is made of, containers before what is in them."""

    containers: list[ContainerDraft] = msgspec.field(default_factory=list)
    nodes: list[NodeDraft] = msgspec.field(default_factory=list)
    flows: list[FlowDraft] = msgspec.field(default_factory=list)
    correlations: dict[str, Correlation] = msgspec.field(default_factory=dict)
    renamed: dict[str, Origin] = msgspec.field(default_factory=dict)

    def nodes_in(self, container: str) -> dict[str, NodeDraft]:
        """The nodes of a container, by their ids."""
        return {node.id: node for node in self.nodes if node.container == container}

    def flows_in(self, container: str) -> dict[str, FlowDraft]:
        """The flows of a container, by their ids."""
        return {flow.id: flow for flow in self.flows if flow.container == container}


IDS: Final[Mapping[type[msgspec.Struct], Sequence[str]]] = {
    Drafts: ("containers", "nodes", "flows"),
    ContainerDraft: ("id", "node", "starts", "triggered", "closing", "named"),
    NodeDraft: (
        "id", "container", "incoming", "default", "host", "events", "loop", "frame",
    ),
    FrameDraft: (
        "told_first", "assigning", "updating", "ending", "cuts", "inner",
        "before", "done", "output_jobs", "after",
    ),
    FlowDraft: ("id", "source", "target", "container"),
    EventSpec: ("receiver", "undone"),
    Repetition: ("announces",),
    Announcement: ("event",),
}  # fmt: skip
"""Where ids stand: fields that hold some, or hold values that do. What is called keeps its name."""


def renamed(value: Any, new: Callable[[str], str]) -> Any:
    """A part of a program with new names for all ids in it.

    >>> renamed(FlowDraft(id="f", source="a", target="b", container="P"), str.upper).target
    'B'
    """
    if isinstance(value, str):
        return new(value)
    if isinstance(value, list | tuple):
        return type(value)([renamed(each, new) for each in value])
    if isinstance(value, dict):
        return {key: renamed(each, new) for key, each in value.items()}
    held = {name: renamed(getattr(value, name), new) for name in IDS.get(type(value), ())}
    return msgspec.structs.replace(value, **held) if held else value


def shared(value: msgspec.Struct, base: type[msgspec.Struct]) -> dict[str, Any]:
    """The fields of a value that its class has of a base, by name."""
    return {name: getattr(value, name) for name in base.__struct_fields__}

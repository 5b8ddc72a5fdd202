"""What a program is made of before it is assembled: parts that name each other by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import (
    AdHoc,
    Announcement,
    Condition,
    EventSpec,
    Kind,
    Origin,
    Repetition,
    Work,
)
from bpmn_xml.compiler.program.scoping import STANDARD, Assign, CallData, Computed, ScopeRules
from bpmn_xml.errors import NOWHERE, Place


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
    named: Mapping[str, str] = msgspec.field(default_factory=dict)


class FrameDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is done around a node; `before` and `after` name listeners, `output_jobs` other jobs.

    Many features have a part in it: each adds to the lists, none can put others in their place.
    """

    local: list[str] = msgspec.field(default_factory=list)
    inputs: list[Assign] = msgspec.field(default_factory=list)
    outputs: list[Assign] = msgspec.field(default_factory=list)
    before: list[str] = msgspec.field(default_factory=list)
    output_jobs: list[str] = msgspec.field(default_factory=list)
    after: list[str] = msgspec.field(default_factory=list)


class NodeDraft(msgspec.Struct, kw_only=True, gc=False):
    """A flow node of a container.

    `incoming` orders its flows, as far as it names them; `activities` names, per event definition,
    what it compensates; `which` gives the process that is called, where that is an expression.
    """

    id: str
    name: str = ""
    kind: Kind
    container: str
    incoming: Sequence[str] = ()
    default: str = ""
    host: str = ""
    called: str = ""
    which: Computed | None = None
    takes: int = 1
    gives: int = 1
    activation: Condition | None = None
    interrupting: bool = True
    events: tuple[EventSpec, ...] = ()
    activities: Sequence[str] = ()
    needs_all: bool = False
    loop: Repetition | None = None
    ad_hoc: AdHoc | None = None
    work: Work | None = None
    frame: FrameDraft | None = None
    call: CallData | None = None
    sends: tuple[Assign, ...] = ()
    receives: tuple[Assign, ...] = ()
    starter: str = ""
    lane: str = ""
    place: Place = NOWHERE


class FlowDraft(msgspec.Struct, kw_only=True, gc=False):
    """A sequence flow of a container."""

    id: str
    source: str
    target: str
    container: str
    condition: Condition | None = None


class Drafts(msgspec.Struct, kw_only=True):
    """All that a program is made of, containers before what is in them."""

    containers: list[ContainerDraft] = msgspec.field(default_factory=list)
    nodes: list[NodeDraft] = msgspec.field(default_factory=list)
    flows: list[FlowDraft] = msgspec.field(default_factory=list)
    rules: ScopeRules = STANDARD
    correlations: dict[str, Computed] = msgspec.field(default_factory=dict)
    renamed: dict[str, Origin] = msgspec.field(default_factory=dict)


IDS: Final[Mapping[type[msgspec.Struct], Sequence[str]]] = {
    Drafts: ("containers", "nodes", "flows"),
    ContainerDraft: ("id", "node", "starts", "triggered", "closing", "named"),
    NodeDraft: (
        "id", "container", "incoming", "default", "host", "events", "activities", "loop", "frame",
    ),
    FrameDraft: ("before", "output_jobs", "after"),
    FlowDraft: ("id", "source", "target", "container"),
    EventSpec: ("receiver",),
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

"""What a program is made of before it is assembled: parts that name each other by id."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bpmn_xml.compiler.program import AdHoc, Condition, EventSpec, Kind, Repetition, Work
from bpmn_xml.compiler.program.scoping import STANDARD, Assign, CallData, Computed, ScopeRules
from bpmn_xml.errors import NOWHERE, Place


class ContainerDraft(msgspec.Struct, kw_only=True):
    """A process, or with `node` the inside of that sub-process."""

    id: str
    name: str = ""
    node: str = ""
    starts: Sequence[str] = ()
    triggered: Sequence[str] = ()
    flow_payload: bool = False
    closing: str = ""


class FrameDraft(msgspec.Struct, kw_only=True):
    """What is done around a node; `before` and `after` name listeners, `asks` jobs for outputs."""

    local: Sequence[str] = ()
    inputs: Sequence[Assign] = ()
    outputs: Sequence[Assign] = ()
    before: Sequence[str] = ()
    asks: Sequence[str] = ()
    after: Sequence[str] = ()


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
    choice: AdHoc | None = None
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

    def node(self, name: str) -> NodeDraft:
        """The draft of a node that is there."""
        return next(draft for draft in reversed(self.nodes) if draft.id == name)

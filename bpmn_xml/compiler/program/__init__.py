"""A program is what the core runs: a diagram lowered to integers, tuples and bound expressions.

Values only, made once by the compiler and never changed; they hold no cycles, so most are left
out of garbage collection. Nodes, flows and containers are addressed by their index. Nothing here
knows a file format, a thread or a clock.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from bpmn_xml.compiler.program.activities import (
    AdHoc,
    Announcement,
    NextSteps,
    Repetition,
    Steering,
)
from bpmn_xml.compiler.program.correlation import BETWEEN, OPEN, Correlation, KeyPart, Keys
from bpmn_xml.compiler.program.events import (
    DATA,
    NONE,
    WAITING,
    Condition,
    EventSpec,
    Schedule,
    Trigger,
    follows,
    is_about,
)
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import (
    STANDARD,
    Assign,
    CallData,
    LocalFrame,
    ScopeRules,
)
from bpmn_xml.compiler.program.work import (
    AnswerRules,
    BeanCalls,
    CallOptions,
    DecisionCall,
    ErrorRule,
    Failure,
    Lack,
    OneValue,
    StoreAccess,
    Waits,
    Work,
)
from bpmn_xml.errors import NOWHERE, Place

__all__ = [
    "BETWEEN",
    "DATA",
    "NONE",
    "OPEN",
    "WAITING",
    "AdHoc",
    "Announcement",
    "AnswerRules",
    "BeanCalls",
    "CallOptions",
    "Condition",
    "Container",
    "Correlation",
    "DecisionCall",
    "ErrorRule",
    "EventSpec",
    "Failure",
    "Flow",
    "Join",
    "KeyPart",
    "Keys",
    "Kind",
    "Lack",
    "NextSteps",
    "Node",
    "NodeFacts",
    "OneValue",
    "Origin",
    "Program",
    "Repetition",
    "Schedule",
    "Steering",
    "StoreAccess",
    "Trigger",
    "Waits",
    "Work",
    "follows",
    "is_about",
]


class Kind(Enum):
    """What a flow node is to the core: one row each in `core.behaviour.BEHAVIOUR`.

    The words stand in a program's hash: they never change.
    """

    START_EVENT = "start event"
    END_EVENT = "end event"
    THROW_EVENT = "intermediate throw event"
    CATCH_EVENT = "intermediate catch event"
    BOUNDARY_EVENT = "boundary event"
    TASK = "task"
    MANUAL_TASK = "manual task"
    SERVICE_TASK = "service task"
    SEND_TASK = "send task"
    SCRIPT_TASK = "script task"
    BUSINESS_RULE_TASK = "business rule task"
    USER_TASK = "user task"
    RECEIVE_TASK = "receive task"
    EXCLUSIVE_GATEWAY = "exclusive gateway"
    PARALLEL_GATEWAY = "parallel gateway"
    INCLUSIVE_GATEWAY = "inclusive gateway"
    EVENT_GATEWAY = "event-based gateway"
    SUB_PROCESS = "sub-process"
    EVENT_SUB_PROCESS = "event sub-process"
    CALL_ACTIVITY = "call activity"
    LISTENER = "listener"
    INPUT = "input"
    TRANSACTION = "transaction"
    COMPLEX_GATEWAY = "complex gateway"
    AD_HOC = "ad-hoc sub-process"

    @property
    def is_gateway(self) -> bool:
        """Whether it does no more than to lead tokens on."""
        return self.value.endswith("gateway")

    @property
    def is_task(self) -> bool:
        """Whether it is drawn as a task of some kind."""
        return self.value.endswith("task")


class Join(Enum):
    """How a node treats what arrives on its flows."""

    EACH = "each"  # every token enters on its own
    ALL = "all"  # one token per incoming flow (13.4.1)
    ENOUGH = "enough"  # as many tokens as an activity takes (10.3.2)
    ACTIVATING = "activating"  # what its activation condition asks for (13.4.5)
    REACHING = "reaching"  # all tokens that can still come (13.4.3)


class Flow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A sequence flow.

    Attributes:
        parks: its target joins, so arrivals wait on the flow.
        decided: it leaves an event-based gateway, so what its target waits for has happened.
    """

    index: int
    id: str
    source: int
    target: int
    container: int
    condition: Condition | None = None
    parks: bool = False
    decided: bool = False


class NodeFacts(msgspec.Struct, kw_only=True, gc=False):
    """What a drawing says of a flow node, whatever stands around it.

    Attributes:
        takes, gives: how many tokens it begins with, and gives to each flow it leaves by.
        activation: of a complex gateway: whether it starts with the tokens that have come.
        interrupting: of a boundary event or an event sub-process: what it catches ends its host.
        is_end: it is drawn as an end event, even if it does work.
        needs_all: all its event definitions must have happened (parallel multiple).
        call: what it passes to the process that it calls, or with the signal that it throws.
        sends: the data that goes with what it throws.
        receives: what is written of the data that a caught event brings; all of it if this and
            `carries` are empty.
        carries: of an event sub-process: what its event brings into its own data.
        outputs: the data outputs of what is caught: what does not come of them is not there.
        starter: of a start event: the variable of who begins the process.
        properties: what is noted of it, which its Python may ask for.
        prefilled: of a start event: the fields of its form that have a default.
        steering: of a job that says what the ad-hoc sub-process around it does next.
        place: where it stands in its file, for messages.
        about: the id that its file has for it, where that is another: of a listener, a job.
    """

    id: str
    name: str = ""
    kind: Kind
    takes: int = 1
    gives: int = 1
    activation: Condition | None = None
    interrupting: bool = True
    is_end: bool = False
    events: tuple[EventSpec, ...] = ()
    needs_all: bool = False
    loop: Repetition | None = None
    ad_hoc: AdHoc | None = None
    steering: Steering | None = None
    work: Work | None = None
    call: CallData | None = None
    sends: tuple[Assign, ...] = ()
    receives: tuple[Assign, ...] = ()
    carries: tuple[Assign, ...] = ()
    outputs: tuple[str, ...] = ()
    starter: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    prefilled: tuple[FormField, ...] = ()
    lane: str = ""
    place: Place = NOWHERE
    about: str = ""

    @property
    def bound_by(self) -> set[str]:
        """The names by which Python may be bound to it."""
        return {self.id, self.name, *(self.work.asked if self.work is not None else ())}

    @property
    def is_stand_in(self) -> bool:
        """Whether it is all that a call does, in the place of a process or as its global task."""
        return bool(self.about) and self.kind is not Kind.LISTENER

    @property
    def shown(self) -> str:
        """The id by which it is told of: what stands in a call is that call to all."""
        return self.about if self.is_stand_in else self.id


class Node(NodeFacts, frozen=True, kw_only=True, gc=False):  # type: ignore[misc] # msgspec freezes
    """A flow node with everything resolved.

    Attributes:
        incoming, outgoing: flow indices in document order.
        default: the default flow, or `NONE`.
        body: the container of a sub-process, or `NONE`.
        host: the activity a boundary event is attached to, or `NONE`.
        boundary: the boundary events attached.
        undo: where its compensation begins: a boundary event of it, an event sub-process in it.
        undoes: what is completed of it, or in it, can be compensated.
        waiters: the catching nodes that wait for the outside while this is active.
        once: in any scope at most one token ever comes here, so activations need no count.
        frame: what is done around its own work.
    """

    index: int
    container: int
    incoming: tuple[int, ...] = ()
    outgoing: tuple[int, ...] = ()
    default: int = NONE
    body: int = NONE
    host: int = NONE
    boundary: tuple[int, ...] = ()
    undo: int = NONE
    undoes: bool = False
    waiters: tuple[int, ...] = ()
    join: Join = Join.EACH
    once: bool = False
    frame: LocalFrame | None = None


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """A process or the inside of a sub-process.

    Attributes:
        node: the sub-process this is the inside of, or `NONE` for a process.
        starts: where tokens begin when nobody says where.
        handlers: the event sub-processes in it.
        triggered: start events of a process that wait for a message, signal, timer, condition.
        flow_payload: results travel along the flows and touch no variable.
        rules: how data and errors go in it, by the engine that its file is drawn for.
        closing: the first of the listeners that are called when the process is done, or `NONE`.
        local: the variables that are a called process's own, which begin without a value.
        named: of an ad-hoc sub-process: where activities begin, by their ids in the file.
        joins: some node in it waits for several tokens.
        reaching: a join in it waits for all tokens that can still come.
    """

    index: int
    id: str
    name: str = ""
    node: int = NONE
    nodes: tuple[int, ...] = ()
    flows: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    handlers: tuple[int, ...] = ()
    triggered: tuple[int, ...] = ()
    flow_payload: bool = False
    closing: int = NONE
    rules: ScopeRules = STANDARD
    local: tuple[str, ...] = ()
    named: dict[str, int] = msgspec.field(default_factory=dict)
    joins: bool = False
    reaching: bool = False


class Origin(msgspec.Struct, frozen=True):
    """Where an element comes from whose id another file has: its file's process, its id there."""

    process: str
    id: str


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be run of a set of diagrams.

    Attributes:
        clock: the name under which expressions find the time; empty if none of them asks for
            that, or for the instance.
        answers: somebody's Python answers what elements of it ask.
        watches: some condition or key is to be looked at whenever data changes.
        watched: only where one of these variables does, if all of them can be told.
        compensates: something in it can be undone.
        evaluates_ad_hoc: an ad-hoc sub-process in it asks something after each activity.
        counted: the nodes that are not `once`. Every step asks, and looking at the node itself
            would cost those of a large program a tenth: it lies somewhere else in memory each time.
        processes: process id -> container index, in document order.
        correlations: name of a message -> how its key is found in what it carries (8.4).
        renamed: new ids of elements whose id another file has.
        hash: of all that decides how it runs; an instance names the program it began with.
    """

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    containers: tuple[Container, ...]
    processes: dict[str, int]
    correlations: dict[str, Correlation] = msgspec.field(default_factory=dict)
    clock: str = ""
    answers: bool = False
    watches: bool = False
    watched: frozenset[str] = frozenset()
    compensates: bool = False
    evaluates_ad_hoc: bool = False
    counted: frozenset[int] = frozenset()
    renamed: dict[str, Origin] = msgspec.field(default_factory=dict)
    hash: str = ""

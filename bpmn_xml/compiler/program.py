"""A program is what the core runs: a diagram lowered to integers, tuples and bound expressions.

Values only, made once by the compiler and never changed. Nodes, flows and containers are
addressed by their index. Nothing here knows a file format, a thread or a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

import msgspec

from bpmn_xml.errors import NOWHERE, Place

NONE: Final = -1
"""The index of nothing."""

Evaluate = Callable[[Mapping[str, object]], object]


class Kind(Enum):
    """What a flow node is to the core: one row each in `core.behaviour.BEHAVIOUR`.

    The words stand in a program's hash: they never change.
    """

    START_EVENT = "start event"
    END_EVENT = "end event"
    THROW_EVENT = "intermediate throw event"
    BOUNDARY_EVENT = "boundary event"
    TASK = "task"
    MANUAL_TASK = "manual task"
    SERVICE_TASK = "service task"
    SEND_TASK = "send task"
    SCRIPT_TASK = "script task"
    BUSINESS_RULE_TASK = "business rule task"
    USER_TASK = "user task"
    EXCLUSIVE_GATEWAY = "exclusive gateway"
    PARALLEL_GATEWAY = "parallel gateway"
    INCLUSIVE_GATEWAY = "inclusive gateway"
    SUB_PROCESS = "sub-process"


class Trigger(Enum):
    """What an event definition is about (10.5.5)."""

    ERROR = "error"
    TERMINATE = "terminate"


class Join(Enum):
    """How a node treats what arrives on its flows."""

    EACH = "each"  # every token enters on its own
    ALL = "all"  # one token per incoming flow (13.4.1)
    REACHING = "reaching"  # all tokens that can still come (13.4.3)


class UncaughtError(Enum):
    """What an error does that nobody catches; modelers' engines differ."""

    FAILS = "fails"  # the instance fails (standard)
    INCIDENT = "incident"  # a person must mend it (camunda8)
    ENDS = "ends"  # the throwing token ends as at a none end event (camunda7)


class ScopeRules(msgspec.Struct, frozen=True):
    """How a dialect treats data and errors: one value, decided by tables."""

    dialect: str
    uncaught_error: UncaughtError
    mapped_results_are_local: bool


STANDARD: Final = ScopeRules("standard", UncaughtError.FAILS, mapped_results_are_local=False)
CAMUNDA7: Final = ScopeRules("camunda7", UncaughtError.ENDS, mapped_results_are_local=False)
CAMUNDA8: Final = ScopeRules("camunda8", UncaughtError.INCIDENT, mapped_results_are_local=True)


class EventSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What an event waits for or throws. An error without a code catches all of them."""

    trigger: Trigger
    code: str = ""
    message: str = ""
    catches_exceptions: bool = False
    code_variable: str = ""
    message_variable: str = ""


class Condition(msgspec.Struct, frozen=True):
    """A compiled condition: `evaluate(variables)` answers true or false or raises."""

    text: str
    language: str
    evaluate: Callable[[Mapping[str, object]], bool]


class DataMapping(msgspec.Struct, frozen=True):
    """One input or output mapping: the value of `evaluate` goes to variable `target`."""

    target: str
    text: str
    evaluate: Evaluate


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What a task asks of the outside, for the runtime; the core reads only what it must.

    Attributes:
        names: binding names in the order in which they are looked up.
        implementation: `module:qualname` when the diagram itself names the Python.
        script: the compiled script of a script task, variables -> new variables.
        many: each result opens an item (a producer).
        promotes: the second result turns the call into a producer (legacy transfer).
        threads: how many calls of this task may run at once; 0 is no limit.
        delay, timeout: microseconds; 0 is none.
        retries: waits before each further attempt, microseconds.
        result: the variable that takes a result which is no mapping.
        max_in_flight: how many items of one call may be under way.
        fields: constants passed to the handler by keyword.
    """

    names: tuple[str, ...] = ()
    implementation: str = ""
    script: Evaluate | None = None
    many: bool = False
    promotes: bool = False
    resumable: bool = False
    threads: int = 0
    delay: int = 0
    timeout: int = 0
    retries: tuple[int, ...] = ()
    result: str = ""
    max_in_flight: int = 1000
    fields: tuple[tuple[str, str], ...] = ()


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """A sequence flow. `parks`: its target joins, so arrivals wait on the flow."""

    index: int
    id: str
    source: int
    target: int
    container: int
    condition: Condition | None = None
    parks: bool = False


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A flow node with everything resolved.

    Attributes:
        incoming, outgoing: flow indices in document order.
        default: the default flow, or `NONE`.
        body: the container of a sub-process, or `NONE`.
        host: the activity a boundary event is attached to, or `NONE`.
        boundary: the boundary events attached, exact error codes before catch-alls.
        once: in any scope at most one token ever comes here, so activations need no count.
        place: where it stands in its file, for messages.
    """

    index: int
    id: str
    name: str = ""
    kind: Kind
    container: int
    incoming: tuple[int, ...] = ()
    outgoing: tuple[int, ...] = ()
    default: int = NONE
    body: int = NONE
    host: int = NONE
    boundary: tuple[int, ...] = ()
    events: tuple[EventSpec, ...] = ()
    join: Join = Join.EACH
    once: bool = False
    inputs: tuple[DataMapping, ...] = ()
    outputs: tuple[DataMapping, ...] = ()
    work: Work | None = None
    lane: str = ""
    place: Place = NOWHERE


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """A process or the inside of a sub-process.

    Attributes:
        node: the sub-process this is the inside of, or `NONE` for a process.
        starts: where tokens begin when nobody says where.
        flow_payload: results travel along the flows and touch no variable.
        reaching: a join in it waits for all tokens that can still come.
    """

    index: int
    id: str
    name: str = ""
    node: int = NONE
    nodes: tuple[int, ...] = ()
    flows: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    flow_payload: bool = False
    reaching: bool = False


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be run of a set of diagrams.

    Attributes:
        processes: process id -> container index, in document order.
        hash: of all that decides how it runs; an instance names the program it began with.
    """

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    containers: tuple[Container, ...]
    processes: dict[str, int]
    rules: ScopeRules = STANDARD
    hash: str = ""

"""A program is what the core runs: a diagram lowered to integers, tuples and bound expressions.

Values only, made once by the compiler and never changed; they hold no cycles, so most are left
out of garbage collection. Nodes, flows and containers are addressed by their index. Nothing here
knows a file format, a thread or a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

import msgspec

from bpmn_xml.compiler.choice import AdHoc, Announcement
from bpmn_xml.compiler.fields import FormField
from bpmn_xml.compiler.scoping import (
    STANDARD,
    Assign,
    CallData,
    Computed,
    Evaluate,
    LocalFrame,
    ScopeRules,
)
from bpmn_xml.errors import NOWHERE, Place

NONE: Final = -1
"""The index of nothing."""


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
    TRANSACTION = "transaction"
    COMPLEX_GATEWAY = "complex gateway"
    AD_HOC = "ad-hoc sub-process"


class Trigger(Enum):
    """What an event definition is about (10.5.5)."""

    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"
    CONDITIONAL = "conditional"
    ERROR = "error"
    ESCALATION = "escalation"
    TERMINATE = "terminate"
    COMPENSATION = "compensation"
    CANCEL = "cancel"


WAITING: Final = frozenset({Trigger.MESSAGE, Trigger.TIMER, Trigger.SIGNAL, Trigger.CONDITIONAL})
"""Triggers that come from around the token; the others are thrown at their catcher."""


class Join(Enum):
    """How a node treats what arrives on its flows."""

    EACH = "each"  # every token enters on its own
    ALL = "all"  # one token per incoming flow (13.4.1)
    ENOUGH = "enough"  # as many tokens as an activity takes (10.3.2)
    ACTIVATING = "activating"  # what its activation condition asks for (13.4.5)
    REACHING = "reaching"  # all tokens that can still come (13.4.3)


class Schedule(msgspec.Struct, frozen=True):
    """A timer: `next_due(variables, after, count)` says when it is due for the count-th time.

    Times are microseconds since 1970 UTC, counts begin with 0; None is never (again). `kind` says
    what the text is: a date, a duration, a cycle. Of a cycle `catch_up` repetitions in a row may
    come late; then `passed(variables, after, count, time)` lets go by what was due until a time.
    """

    text: str
    next_due: Callable[[Mapping[str, object], int, int], int | None]
    kind: str = ""
    language: str = ""
    passed: Callable[[Mapping[str, object], int, int, int], tuple[int, int]] | None = None
    catch_up: int = 0


class EventSpec(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an event waits for or throws. An error without a code catches all of them.

    Attributes:
        code: of an error or escalation; `message` is the text that goes with a thrown error.
        name: of a message or signal.
        key: what correlates a message; None where its name is enough.
        receiver: the id of the node to which a message flow leads; only that receives it.
        due: when a timer fires.
        condition: of a conditional event; it is asked at every change, or only where one of the
            variables `asked_for` was changed, in one of the ways `asked_at`: create, update.
        activity: what is to be compensated, or `NONE` for all; `waits` until it is.
    """

    trigger: Trigger
    code: str = ""
    message: str = ""
    catches_exceptions: bool = False
    code_variable: str = ""
    message_variable: str = ""
    name: Computed | None = None
    key: Computed | None = None
    receiver: str = ""
    due: Schedule | None = None
    condition: Condition | None = None
    asked_for: tuple[str, ...] = ()
    asked_at: tuple[str, ...] = ()
    activity: int = NONE
    waits: bool = True


class Condition(msgspec.Struct, frozen=True, gc=False):
    """A compiled condition: `evaluate(variables)` answers true or false or raises."""

    text: str
    language: str
    evaluate: Callable[[Mapping[str, object]], bool]


class DecisionCall(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The decision that a task asks for: its id, what is taken of its value, where that goes.

    `choose` computes the id, where `name` is an expression. `mapping` is Camunda 7's
    `mapDecisionResult`; empty takes the value as it is. An empty `result` keeps nothing.
    """

    name: str
    choose: Evaluate | None = None
    mapping: str = ""
    result: str = ""


class BeanCalls(msgspec.Struct, frozen=True):
    """A JUEL expression that calls Python, as in `${mail.send(to)}`; it is evaluated as a job."""

    text: str
    calls: tuple[str, ...]


class StoreAccess(msgspec.Struct, frozen=True):
    """A job that reads a data store into the variable `name`, or writes that to it (10.4.1).

    A transformation computes what is read or written; the store is a variable of its own name.
    """

    store: str
    name: str
    reads: bool
    transform: Computed | None = None


class Waits(msgspec.Struct, frozen=True):
    """Waits before each further attempt, in microseconds, that are computed of the variables."""

    text: str
    evaluate: Callable[[Mapping[str, object]], tuple[int, ...]]


class Work(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a task asks of the outside, for the runtime; the core reads only what it must.

    Attributes:
        names: binding names in the order in which they are looked up.
        implementation: `module:qualname` when the diagram itself names the Python.
        decision: the decision that does the work, unless Python of its name does.
        script: the compiled script of a script task, variables -> new variables.
        beans: the expression that is the work, where it calls Python.
        chosen: gives the binding name, where that is an expression.
        store: the data store that it reads or writes.
        local: its result stays in the scope around it, whatever the dialect does.
        many: each result opens an item (a producer).
        promotes: the second result turns the call into a producer (legacy transfer).
        threads: how many calls of this task may run at once; 0 is no limit.
        delay, timeout: microseconds; 0 is none.
        retries: waits before each further attempt, microseconds; `tries` computes them at the
            first failure, where they are an expression.
        result: the variable that takes a result which is no mapping.
        max_in_flight: how many items of one call may be under way.
        fields: constants passed to the handler by keyword.
        form: what a person is asked who does it.
        told: what a person is told of it, by name; `default:field` is a default of the form.
    """

    names: tuple[str, ...] = ()
    implementation: str = ""
    decision: DecisionCall | None = None
    script: Evaluate | None = None
    beans: BeanCalls | None = None
    chosen: Computed | None = None
    store: StoreAccess | None = None
    local: bool = False
    many: bool = False
    promotes: bool = False
    resumable: bool = False
    threads: int = 0
    delay: int = 0
    timeout: int = 0
    retries: tuple[int, ...] = ()
    tries: Waits | None = None
    result: str = ""
    max_in_flight: int = 1000
    fields: tuple[tuple[str, str], ...] = ()
    form: tuple[FormField, ...] = ()
    told: tuple[tuple[str, Computed], ...] = ()


class Repetition(msgspec.Struct, frozen=True, kw_only=True):
    """How often an activity is done (10.3.8): a standard loop, or multi-instance with `total`.

    Attributes:
        sequential: one after the other; a standard loop always is.
        total: how many instances: a number, or the collection itself.
        element: the variable that holds an instance's part of the collection.
        output: the variable that collects `result` of each instance, in the order of the input.
        result: a variable of each instance's own, often the one that is collected.
        collect: what is collected of an instance.
        until: when to stop early, looked at after each instance of multi-instance.
        condition: whether a standard loop goes on, `before` an instance or after it.
        maximum: how many turns a standard loop takes at most; `NONE` is no limit.
        announces: what is thrown after an instance of multi-instance.
    """

    sequential: bool = True
    total: Computed | None = None
    element: str = ""
    output: str = ""
    result: str = ""
    collect: Computed | None = None
    until: Condition | None = None
    condition: Condition | None = None
    before: bool = False
    maximum: int = NONE
    announces: tuple[Announcement, ...] = ()


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


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A flow node with everything resolved.

    Attributes:
        incoming, outgoing: flow indices in document order.
        default: the default flow, or `NONE`.
        body: the container of a sub-process, or `NONE`.
        host: the activity a boundary event is attached to, or `NONE`.
        boundary: the boundary events attached, exact error codes before catch-alls.
        takes, gives: how many tokens it begins with, and gives to each flow it leaves by.
        activation: of a complex gateway: whether it starts with the tokens that have come.
        undo: where its compensation begins: a boundary event of it, an event sub-process in it.
        undoes: what is completed of it, or in it, can be compensated.
        interrupting: of a boundary event or an event sub-process: what it catches ends its host.
        needs_all: all its event definitions must have happened (parallel multiple).
        waiters: the catching nodes that wait for the outside while this is active.
        once: in any scope at most one token ever comes here, so activations need no count.
        frame: what is done around its own work.
        call: what it passes to the process that it calls, or with the signal that it throws.
        sends: the data that goes with what it throws.
        starter: of a start event: the variable of who begins the process.
        receives: what is written of the data that a caught event brings; all of it if empty.
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
    takes: int = 1
    gives: int = 1
    activation: Condition | None = None
    undo: int = NONE
    undoes: bool = False
    interrupting: bool = True
    events: tuple[EventSpec, ...] = ()
    needs_all: bool = False
    waiters: tuple[int, ...] = ()
    loop: Repetition | None = None
    choice: AdHoc | None = None
    join: Join = Join.EACH
    once: bool = False
    work: Work | None = None
    frame: LocalFrame | None = None
    call: CallData | None = None
    sends: tuple[Assign, ...] = ()
    receives: tuple[Assign, ...] = ()
    starter: str = ""
    lane: str = ""
    place: Place = NOWHERE


class Container(msgspec.Struct, frozen=True, kw_only=True):
    """A process or the inside of a sub-process.

    Attributes:
        node: the sub-process this is the inside of, or `NONE` for a process.
        starts: where tokens begin when nobody says where.
        handlers: the event sub-processes in it.
        triggered: start events of a process that wait for a message, signal, timer, condition.
        flow_payload: results travel along the flows and touch no variable.
        closing: the first of the listeners that are called when the process is done, or `NONE`.
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
    reaching: bool = False


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be run of a set of diagrams.

    Attributes:
        clock: the name under which expressions find the time; empty if none of them asks for
            that, or for the instance.
        watches: some condition is to be looked at whenever data changes.
        compensates: something in it can be undone.
        chooses: an ad-hoc sub-process in it asks something after each activity.
        processes: process id -> container index, in document order.
        correlations: name of a message -> how its key is found in what it carries (8.4).
        hash: of all that decides how it runs; an instance names the program it began with.
    """

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    containers: tuple[Container, ...]
    processes: dict[str, int]
    rules: ScopeRules = STANDARD
    correlations: dict[str, Computed] = msgspec.field(default_factory=dict)
    clock: str = ""
    watches: bool = False
    compensates: bool = False
    chooses: bool = False
    hash: str = ""

"""Programs from a line of text.

`program("s > p; p > t1 > j; p > t2 > j; j > e")` - the first letters of an id say what it is:
s start, e end, t service task, u user task, m producer, x/p/o gateways (j, k: parallel, i:
inclusive, y: exclusive, for joins), d complex gateway, z sub-process, n transaction, A ad-hoc
sub-process, b boundary event; q ends by terminating, f by an error, k by cancelling.
A flow with a condition is `x >[n < 3] t1`, a default flow `x >* t2`. `z1: s1 > t1 > e1` is the
inside of z1. `t1 !b1` attaches an error boundary event, `t1 !CODE:b1` one for a code. c is a catch
event, r a receive task, g an event-based gateway, h a throw event, v an event sub-process, w a call
activity, l a listener: what they wait for or throw, or whom they call, is given beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from bpmn_xml import expressions
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, FrameDraft, NodeDraft
from bpmn_xml.compiler.program import (
    AdHoc,
    Condition,
    EventSpec,
    Kind,
    Program,
    Repetition,
    Schedule,
    Trigger,
    Work,
)
from bpmn_xml.compiler.program.scoping import STANDARD, Assign, CallData, Computed, ScopeRules

KINDS = {
    "s": Kind.START_EVENT,
    "e": Kind.END_EVENT,
    "q": Kind.END_EVENT,
    "f": Kind.END_EVENT,
    "t": Kind.SERVICE_TASK,
    "m": Kind.SERVICE_TASK,
    "u": Kind.USER_TASK,
    "a": Kind.TASK,
    "x": Kind.EXCLUSIVE_GATEWAY,
    "y": Kind.EXCLUSIVE_GATEWAY,
    "p": Kind.PARALLEL_GATEWAY,
    "j": Kind.PARALLEL_GATEWAY,
    "o": Kind.INCLUSIVE_GATEWAY,
    "i": Kind.INCLUSIVE_GATEWAY,
    "z": Kind.SUB_PROCESS,
    "n": Kind.TRANSACTION,
    "d": Kind.COMPLEX_GATEWAY,
    "A": Kind.AD_HOC,
    "k": Kind.END_EVENT,
    "c": Kind.CATCH_EVENT,
    "r": Kind.RECEIVE_TASK,
    "g": Kind.EVENT_GATEWAY,
    "h": Kind.THROW_EVENT,
    "v": Kind.EVENT_SUB_PROCESS,
    "w": Kind.CALL_ACTIVITY,
    "b": Kind.BOUNDARY_EVENT,
    "l": Kind.LISTENER,
}
NO_STARTS = (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS, Kind.LISTENER)
WORKING = {"t": Work(), "m": Work(many=True), "u": Work(), "l": Work()}
ENDS = {
    "q": (EventSpec(trigger=Trigger.TERMINATE),),
    "f": (EventSpec(trigger=Trigger.ERROR, code="FAULT"),),
    "k": (EventSpec(trigger=Trigger.CANCEL),),
}
_ARROW = re.compile(r"\s*>(\*|\[.*?\])?\s*")


def condition(text: str) -> Condition:
    """A compiled Python condition."""
    evaluate = expressions.compile(text, "python").evaluate
    return Condition(text, "python", lambda names: bool(evaluate(names)))


def program(text: str, **given: Any) -> Program:
    """Make a program from its text; see `drafts`."""
    return assemble(drafts(text, **given))


def drafts(
    text: str,
    *,
    payload: bool = False,
    work: Mapping[str, Work] | None = None,
    rules: ScopeRules = STANDARD,
    events: Mapping[str, EventSpec | tuple[EventSpec, ...]] | None = None,
    soft: Iterable[str] = (),
    needs_all: Iterable[str] = (),
    calls: Mapping[str, str] | None = None,
    loops: Mapping[str, Repetition] | None = None,
    frames: Mapping[str, FrameDraft] | None = None,
    passes: Mapping[str, CallData] | None = None,
    receives: Mapping[str, tuple[Assign, ...]] | None = None,
    undoes: Mapping[str, str] | None = None,
    quantities: Mapping[str, tuple[int, int]] | None = None,
    activation: Mapping[str, str] | None = None,
    choices: Mapping[str, AdHoc] | None = None,
) -> Drafts:
    """Make drafts from their text.

    `soft` nodes interrupt nothing; `calls` names processes; `undoes` says which one activity a
    node compensates.
    """
    drawn = Drafts(containers=[ContainerDraft(id="P", flow_payload=payload)])
    nodes: dict[str, NodeDraft] = {}
    lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
    for line in lines:
        inside, _, rest = line.rpartition(": ")
        container = inside or "P"
        if container not in {draft.id for draft in drawn.containers}:
            drawn.containers.append(
                ContainerDraft(
                    id=container,
                    node="" if container.isupper() and container[0] not in KINDS else container,
                    flow_payload=payload,
                )
            )
        if "!" in rest and ">" not in rest:
            _attach(rest, container, nodes)
        else:
            _chain(rest, container, nodes, drawn)
    given = work or {}
    for node in nodes.values():
        node.work = given.get(node.id, WORKING.get(node.id[0]))
        node.is_end = node.kind is Kind.END_EVENT
        node.interrupting = node.id not in soft
        node.needs_all = node.id in needs_all
        node.loop = (loops or {}).get(node.id)
        node.called = (calls or {}).get(node.id, "")
        node.frame = (frames or {}).get(node.id)
        node.call = (passes or {}).get(node.id)
        node.receives = (receives or {}).get(node.id, ())
        if events and node.id in events:
            told = events[node.id]
            node.events = told if isinstance(told, tuple) else (told,)
        node.takes, node.gives = (quantities or {}).get(node.id, (1, 1))
        node.ad_hoc = (choices or {}).get(node.id)
        if activation and node.id in activation:
            node.activation = condition(activation[node.id])
        if undoes and node.id in undoes:
            node.events = tuple(replace(event, undone=undoes[node.id]) for event in node.events)
    drawn.nodes = list(nodes.values())
    targets = {flow.target for flow in drawn.flows}
    for draft in drawn.containers:
        draft.rules = rules
        inside_nodes = [n for n in drawn.nodes if n.container == draft.id]
        draft.named = {n.id: n.id for n in inside_nodes if draft.id in (choices or {})}
        draft.starts = [
            n.id for n in inside_nodes if n.id not in targets and n.kind not in NO_STARTS
        ]
    return drawn


def assign(text: str) -> Assign:
    """An assignment: `total = a + b`, `order.id = n`."""
    target, _, value = text.partition(" = ")
    return Assign(tuple(target.split(".")), computed(value))


def around(
    inputs: str = "", outputs: str = "", *, local: str = "", before: str = "", after: str = ""
) -> FrameDraft:
    """A frame from lists separated by `;` (assignments) and blanks (names)."""
    ins, outs = ([assign(t.strip()) for t in x.split(";") if t.strip()] for x in (inputs, outputs))
    names = local.split(), before.split(), after.split()
    return FrameDraft(inputs=ins, outputs=outs, local=names[0], before=names[1], after=names[2])


def computed(text: str) -> Computed:
    """A value that a Python expression computes."""
    return Computed(text, expressions.compile(text, "python").evaluate)


def message(name: str, key: str = "") -> EventSpec:
    """A message event definition; `key` is an expression."""
    known = computed(key) if key else None
    return EventSpec(trigger=Trigger.MESSAGE, name=computed(repr(name)), key=known)


def signal(name: str) -> EventSpec:
    """A signal event definition."""
    return EventSpec(trigger=Trigger.SIGNAL, name=computed(repr(name)))


def timer(every: int, times: int = 1) -> EventSpec:
    """A timer event definition: due `every` microseconds, so many times."""
    return EventSpec(
        trigger=Trigger.TIMER,
        due=Schedule(
            f"R{times}/{every}",
            lambda _, after, count: after + every if count < times else None,
        ),
    )


def when(text: str) -> EventSpec:
    """A conditional event definition."""
    return EventSpec(trigger=Trigger.CONDITIONAL, condition=condition(text))


def escalation(code: str = "") -> EventSpec:
    """An escalation event definition."""
    return EventSpec(trigger=Trigger.ESCALATION, code=code, code_variable="raised")


def compensation(*, waits: bool = True) -> EventSpec:
    """A compensation event definition."""
    return EventSpec(trigger=Trigger.COMPENSATION, waits=waits)


CANCEL = EventSpec(trigger=Trigger.CANCEL)


def _node(name: str, container: str, nodes: dict[str, NodeDraft]) -> NodeDraft:
    if name not in nodes:
        nodes[name] = NodeDraft(
            id=name, kind=KINDS[name[0]], container=container, events=ENDS.get(name[0], ())
        )
    return nodes[name]


def _attach(text: str, container: str, nodes: dict[str, NodeDraft]) -> None:
    host, _, event = (part.strip() for part in text.partition("!"))
    code, _, name = event.rpartition(":")
    boundary = _node(name, container, nodes)
    boundary.host = host
    exceptions = code == "exceptions"
    boundary.events = (
        EventSpec(
            trigger=Trigger.ERROR,
            code="" if exceptions else code,
            catches_exceptions=exceptions,
            code_variable="caught",
        ),
    )


def _chain(text: str, container: str, nodes: dict[str, NodeDraft], drafts: Drafts) -> None:
    parts = _ARROW.split(text)
    names, labels = parts[::2], parts[1::2]
    for name in names:
        _node(name, container, nodes)
    for source, label, target in zip(names, labels, names[1:], strict=False):
        flow = f"{source}-{target}"
        if label == "*":
            nodes[source].default = flow
        held = condition(label[1:-1]) if label and label != "*" else None
        drafts.flows.append(
            FlowDraft(id=flow, source=source, target=target, container=container, condition=held)
        )

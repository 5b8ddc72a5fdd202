"""A process begins: what it can always react to is waited for, then its first elements begin.

Before that is written what the event that begins it has caught. Whichever of the two cannot be done
is an incident at the start, which holds the token: there is one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bpmn_xml.compiler.program import Kind, Node
from bpmn_xml.core import conversations, data, incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def open_process(
    view: View, starts: Sequence[int], payload: Values | None, *, caught: bool
) -> Iterator[Records]:
    """Begin once all that came is written, and wait for what a gateway begins with as well.

    Args:
        caught: no event holds what it has caught, as that cannot be written.
    """
    gateways = [gateway for start in starts if (gateway := _gateway(view, start)) is not None]
    yield tuple([r.Passed("", gateway.index) for gateway in gateways])
    if caught:
        yield from _begin(view, starts, payload)
    for start in starts:
        yield _awaited(view, start, payload)


def again(view: View, start: int, n: int, *, skipped: bool = False) -> Iterator[Records]:
    """Begin once more where a start held the token: write what it has caught, or arm the others.

    Args:
        skipped: what was in the way is left out.
    """
    node, payload = view.program.nodes[start], view.payload
    starts = _held_by(view, node)
    yield (r.Cancelled(view.scope.path, start, n),)
    if payload is None or view.bound[start].flow_payload:
        yield from _begin(view, starts, payload, armed=skipped)
        return
    try:
        yield () if skipped else data.received(view, node, payload)
    except ExpressionError as error:
        yield incidents.cannot_open(view, start, error, payload)
        return
    view.payload = None
    yield from _begin(view, starts, None)


def _held_by(view: View, start: Node) -> Sequence[int]:
    """The starts whose tokens one of them holds: its own, or all where none is named (10.5.2)."""
    starts = view.program.containers[view.scope.container].starts
    alone = start.kind is Kind.START_EVENT or start.index not in starts
    return (start.index,) if alone else starts


def _begin(
    view: View, starts: Sequence[int], payload: Values | None, *, armed: bool = False
) -> Iterator[Records]:
    """Arm the event sub-processes of an instance (13.5.4), and let tokens begin at its starts.

    If these cannot be armed the first start holds the token, until a person has mended why.
    """
    try:
        yield () if armed else waits.arm_handlers(view, view.scope)
    except ExpressionError as error:
        yield incidents.cannot_open(view, starts[0], error, payload)
        return
    yield from _conversation(view, starts)
    for start in starts:
        yield _placed(view, start, payload)


def _conversation(view: View, starts: Sequence[int]) -> Iterator[Records]:
    """What else begins this conversation: what has its key leads into this instance (13.2).

    Start events may still happen in it; of each event-based gateway an event has to (13.5.1).
    """
    nodes = view.program.nodes
    together = conversations.begins_together(view.program, view.scope.container)
    if not set(starts) & set(together):
        return
    known = [index for index in together if _takes_part(view, nodes[index])]
    yield waits.arm_starts(view, [i for i in known if nodes[i].kind is Kind.START_EVENT])
    begun = [_gateway(view, start) for start in starts]
    for gateway in dict.fromkeys([_gateway(view, index) for index in known]):
        if gateway is not None and gateway not in begun:
            placed = _events(view, gateway) if gateway.needs_all else [gateway.index]
            yield tuple([r.TokenPlaced("", index) for index in placed])


def _takes_part(view: View, node: Node) -> bool:
    """Whether something of its key has a value here; what has none takes part in nothing."""
    try:
        return conversations.takes_part(view, node)
    except ExpressionError:
        return False


def _awaited(view: View, start: int, payload: Values | None) -> Records:
    """The other events of an event-based gateway, for which the instance waits from now on.

    That is so where the gateway waits for all (10.6.6).
    """
    gateway = _gateway(view, start)
    if gateway is None or not gateway.needs_all:
        return ()
    others = [event for event in _events(view, gateway) if event != start]
    return tuple([r.TokenPlaced("", other, payload) for other in others])


def _events(view: View, gateway: Node) -> list[int]:
    """What an event-based gateway leads to."""
    return [view.program.flows[flow].target for flow in gateway.outgoing]


def _placed(view: View, start: int, payload: Values | None) -> Records:
    """A token begins, along its flow where an event-based gateway leads to the event."""
    if _gateway(view, start) is None:
        return (r.TokenPlaced("", start, payload),)
    return (r.FlowTaken("", view.program.nodes[start].incoming[0], payload),)


def _gateway(view: View, start: int) -> Node | None:
    """The event-based gateway whose event begins the process, if there is one."""
    incoming = view.program.nodes[start].incoming
    source = view.program.nodes[view.program.flows[incoming[0]].source] if incoming else None
    return source if source is not None and source.kind is Kind.EVENT_GATEWAY else None

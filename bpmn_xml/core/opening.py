"""A process begins: what it can always react to is waited for, then its first elements begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bpmn_xml.compiler.program import Kind
from bpmn_xml.core import incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def open_process(
    view: View, starts: Sequence[int], payload: Values | None, *, caught: bool
) -> Iterator[Records]:
    """Arm the event sub-processes of an instance (13.5.4), and let tokens begin at its starts.

    If these cannot be armed the first start holds the token, until a person has mended why.
    """
    try:
        yield waits.arm_handlers(view, view.scope)
    except ExpressionError as error:
        yield incidents.cannot_open(view, starts[0], error)
        return
    for start in starts:
        yield _placed(view, start, payload, caught=caught)


def again(view: View, start: int, n: int) -> Iterator[Records]:
    """Begin once more where a start held the token."""
    payload, container = view.payload, view.program.containers[view.scope.container]
    alone = view.program.nodes[start].kind is Kind.START_EVENT or start not in container.starts
    yield (r.Cancelled(view.scope.path, start, n),)
    starts = (start,) if alone else container.starts
    yield from open_process(view, starts, payload, caught=True)


def _placed(view: View, start: int, payload: Values | None, *, caught: bool) -> Records:
    """A token begins, behind an event-based gateway where one of its events has begun it (10.6.6).

    Where the gateway waits for all, the instance waits for its other events from now on. An event
    that could not write what it has caught holds its token already.
    """
    nodes, flows = view.program.nodes, view.program.flows
    incoming = nodes[start].incoming
    gateway = nodes[flows[incoming[0]].source] if incoming else None
    if gateway is None or gateway.kind is not Kind.EVENT_GATEWAY:
        return (r.TokenPlaced("", start, payload),) if caught else ()
    own = (r.FlowTaken("", incoming[0], payload),) if caught else ()
    others = [flows[flow].target for flow in gateway.outgoing if flows[flow].target != start]
    awaited = [r.TokenPlaced("", other, payload) for other in others if gateway.needs_all]
    return (r.Passed("", gateway.index), *own, *awaited)

"""What a person must mend, by what an element could not do: begin, work, write, or leave.

An incident stands where its element is active. One that is not active yet (`n` is 0) becomes
active for it, with what its token carries, so that it is tried again from there.
"""

from __future__ import annotations

from bpmn_xml.core import records as r
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import BEGINNING, CATCHING, LEAVING, OPENING, WORKING
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import shorten


def cannot_begin(view: View, node: int, n: int, why: object) -> Records:
    """An incident: an expression that the element needs to begin has no value."""
    return _raised(view, (node, n), why, BEGINNING)


def cannot_open(view: View, start: int, why: object, kept: Values | None) -> Records:
    """An incident: a process cannot begin.

    Args:
        kept: what its event has caught, which cannot be written; else what the token carries, and
            what it always waits for has no value.
    """
    return _raised(view, (start, 0), why, OPENING, kept)


def cannot_work(view: View, node: int, n: int, why: object) -> Records:
    """An incident: the element's work failed, or threw an error that nobody catches."""
    return _raised(view, (node, n), why)


def cannot_write(view: View, node: int, n: int, why: object, values: Values | None) -> Records:
    """An incident: what the element caught cannot be written; the values are kept until it can."""
    return _raised(view, (node, n), why, CATCHING, values or {})


def cannot_leave(view: View, node: int, n: int, why: object) -> Records:
    """An incident: the element's work is done, but its token cannot leave; its payload is kept."""
    return _raised(view, (node, n), why, LEAVING, view.payload)


def _raised(
    view: View, at: tuple[int, int], why: object, stage: str = WORKING, kept: Values | None = None
) -> Records:
    """The incident, with what makes its element active if need be."""
    scope, (node, n), active = view.scope.path, at, tuple[r.Record, ...]()
    if not n:
        n = view.next_activation(view.program.nodes[node])
        active = (r.Activated(scope, node, n, view.payload),)
    return (*active, r.IncidentRaised(scope, node, n, *_said(why), stage=stage, payload=kept))


def stuck(view: View, node: int, why: object) -> Records:
    """An incident of no active element: of a join, of a wait that repeats, of a scope's end."""
    return (r.IncidentRaised(view.scope.path, node, 0, *_said(why)),)


def _said(why: object) -> tuple[str, str]:
    """What is wrong, and where that is an expression, the text that has no value."""
    text = why.text if isinstance(why, ExpressionError) else ""
    return str(why), f"in {shorten(text)}" if text and text not in str(why) else ""

"""What a person must mend, by what an element could not do: begin, work, write, or leave.

An incident stands where its element is active. One that is not active yet (`n` is 0) becomes
active for it, with what its token carries, so that it is tried again from there.
"""

from __future__ import annotations

import msgspec

from bpmn_xml.core import records as r
from bpmn_xml.core.state import BEGINNING, CATCHING, LEAVING
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View


def cannot_begin(view: View, node: int, n: int, why: object) -> Records:
    """What it needs to begin has no value."""
    return _raised(view, r.IncidentRaised(view.scope.path, node, n, str(why), stage=BEGINNING))


def cannot_work(view: View, node: int, n: int, why: object) -> Records:
    """Its work failed, or threw what nobody catches."""
    return _raised(view, r.IncidentRaised(view.scope.path, node, n, str(why)))


def cannot_write(view: View, node: int, n: int, why: object, values: Values | None) -> Records:
    """What it caught cannot be written; the values are kept until they can."""
    where, kept = (view.scope.path, node, n), values or {}
    return _raised(view, r.IncidentRaised(*where, str(why), stage=CATCHING, payload=kept))


def cannot_leave(view: View, node: int, n: int, why: object) -> Records:
    """Its work is done, yet it cannot go on; what its token carries is kept."""
    where, kept = (view.scope.path, node, n), view.payload
    return _raised(view, r.IncidentRaised(*where, str(why), stage=LEAVING, payload=kept))


def _raised(view: View, incident: r.IncidentRaised) -> Records:
    """The incident, with what makes its element active if need be."""
    if incident.n:
        return (incident,)
    n = view.next_activation(view.program.nodes[incident.node])
    active = r.Activated(incident.scope, incident.node, n, view.payload)
    return (active, msgspec.structs.replace(incident, n=n))


def stuck(view: View, node: int, why: object) -> Records:
    """What is not active cannot go on: a join, a wait that comes again, the end of a scope."""
    return (r.IncidentRaised(view.scope.path, node, 0, str(why)),)

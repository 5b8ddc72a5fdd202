"""Every reason for which a diagram is refused or remarked on before its first step.

Codes are stable: a script may look for them. `BX1xx` are the gate's; they are about running, not
about conformance to the letter of the standard.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model import BaseElement

CODES: Final[dict[str, str]] = {
    "BX101": "this kind of element cannot be run",
    "BX102": "this event definition cannot be run in this place",
    "BX103": "this attribute would change the flow and cannot be run",
    "BX104": "this way of passing data cannot be run",
    "BX105": "this vendor extension cannot be run",
    "BX110": "a condition or expression cannot be parsed",
    "BX111": "a condition or expression is in a language that cannot be evaluated",
    "BX112": "a choice names a gateway or a flow that is not there",
    "BX120": "a sequence flow leads from or to nowhere",
    "BX121": "a sequence flow crosses the border of a sub-process or pool",
    "BX122": "a start event has incoming or an end event outgoing flows",
    "BX123": "a boundary event is not attached to an activity of its level",
    "BX124": "a default flow does not leave its element",
    "BX125": "an id is used twice",
    "BX126": "a level has nowhere to begin",
    "BX127": "a join can never get all its tokens",
    "BX130": "nothing in the file can be run",
    "BX131": "there is no such process",
    "BX140": "a script is not run unless scripts are allowed",
    "BX141": "a script cannot be run",
    "BX150": "a join would wait for results of two different producers",
    "BX151": "a join would read an arrival that can come more than once",
    "BX160": "a setting has no valid value",
}


def finding(
    code: str,
    element: BaseElement,
    message: str,
    remedy: str = "",
    *,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """Say what is wrong with an element."""
    return Finding(
        code=code,
        severity=severity,
        place=element.place,
        id=element.id,
        name=getattr(element, "name", None) or "",
        message=message,
        remedy=remedy,
    )

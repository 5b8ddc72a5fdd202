"""What messages say of an element: what it is, its name, and a finding at its place."""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model.foundation import Element

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPELLED: Final = (
    ("sub process", "sub-process"),
    ("ad hoc", "ad-hoc"),
    ("event based", "event-based"),
)


def element_word(element: Element) -> str:
    """What people call an element of this type.

    >>> from bpmn_xml import model
    >>> element_word(model.AdHocSubProcess(id="a")), element_word(model.EventBasedGateway(id="g"))
    ('ad-hoc sub-process', 'event-based gateway')
    """
    return kind_word(type(element))


def kind_word(kind: type[Element]) -> str:
    """What people call the elements of a class."""
    word = _HUMP.sub(" ", kind.__name__).lower()
    for run_together, spelled in _SPELLED:
        word = word.replace(run_together, spelled)
    return word


def name_of(element: Element | None) -> str:
    """The name of an element; empty where there is none.

    >>> from bpmn_xml.model import Bounds, Task
    >>> name_of(Task(id="t", name="Pay")), name_of(Bounds(x=0, y=0, width=1, height=1))
    ('Pay', '')
    """
    return getattr(element, "name", None) or ""


def finding_about(
    element: Element,
    code: str,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    remedy: str = "",
) -> Finding:
    """Make a finding about an element, at its place and with its id and name.

    >>> from bpmn_xml.model import Task
    >>> str(finding_about(Task(id="pay"), "BX101", "nobody does it", remedy="bind it"))
    '<memory>: error BX101 pay: nobody does it; bind it'
    """
    return Finding(
        code=code,
        severity=severity,
        message=message,
        place=element.place,
        id=getattr(element, "id", None) or "",
        name=name_of(element),
        remedy=remedy,
    )

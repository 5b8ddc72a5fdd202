"""Every code of a finding, said once: `codes.txt` has two lines for each, and nothing else says it.

Codes are stable: a script may look for them. The module that finds something has a name for its
code; the rules of the standard (EXT) say what they demand in their own table, `check/rules`.
"""

from __future__ import annotations

from functools import cache
from typing import TypedDict, Unpack

import msgspec

from bpmn_xml.errors import Finding, Place, Severity


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """What a code means.

    Attributes:
        title: what is wrong, as a sentence.
        severity: how bad it is as a rule.
        remedy: what to do about it in general.
        clause: of BPMN 2.0.2, where the specification demands it.
    """

    code: str
    title: str
    severity: Severity = Severity.ERROR
    remedy: str = ""
    clause: str = ""


@cache
def meanings() -> dict[str, Code]:
    """Return what each code means, in order.

    >>> str(meanings()["BX024"].severity), meanings()["BX024"].title
    ('warning', 'A reference leads nowhere')
    """
    from importlib.resources import files

    text = (files(__package__) / "codes.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = {}
    for head, remedy in zip(lines[::2], lines[1::2], strict=True):
        code, severity, title = head.split(maxsplit=2)
        found[code] = Code(
            code=code, title=title, severity=Severity(severity), remedy=remedy.strip()
        )
    return found


class FindingDetails(TypedDict, total=False):
    """What else a finding may say: where, of which element, how bad if not as its code has it."""

    severity: Severity
    place: Place
    id: str
    name: str


def finding(
    code: str, message: str, remedy: str | None = None, **details: Unpack[FindingDetails]
) -> Finding:
    """Make a finding; how bad it is and what to do about it is what its code says, if not told.

    >>> str(finding("BX024", "sourceRef='a' leads nowhere", place=Place("a.bpmn", 3)))
    "a.bpmn:3: warning BX024: sourceRef='a' leads nowhere; add what it refers to, or remove it"
    """
    if "severity" not in details:
        details["severity"] = meanings()[code].severity
    remedy = meanings()[code].remedy if remedy is None else remedy
    return Finding(code=code, message=message, remedy=remedy, **details)

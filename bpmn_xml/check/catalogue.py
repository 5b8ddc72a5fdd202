"""Every code that a finding can have, with what it means: for `explain`, SARIF and suppressions."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec

from bpmn_xml.check import (
    errors_and_escalations,
    imports,
    membership,
    misdirected,
    schema,
    suppressions,
    throws_and_catches,
)
from bpmn_xml.check.drawing import figures, geometry
from bpmn_xml.check.expressions import (
    conditions,
    missing_equals_sign,
    not_offered,
    null_or_false,
    uncovered_cases,
    wrong_kind,
)
from bpmn_xml.check.rules.table import RULES
from bpmn_xml.check.soundness import findings as soundness
from bpmn_xml.check.variables import dataflow, misspelt, passed_in_vain
from bpmn_xml.check.vendors import demands, not_run, values
from bpmn_xml.compiler import codes as gate
from bpmn_xml.decisions import codes as deciding
from bpmn_xml.formats import codes as reading
from bpmn_xml.formats.conf import codes as conf
from bpmn_xml.layout import codes as arranging
from bpmn_xml.render import notes
from bpmn_xml.runtime.binding import codes as binding
from bpmn_xml.trace import codes as tracing

UNREADABLE: Final = "BX403"
"""The code of what is no file, cannot be read, or has a format that nobody knows."""

SEMANTICS: Final = "13"
"""The clause that says how tokens move, from which it follows that a process goes wrong."""

ELSEWHERE: Final = {
    "BX402": (
        "The file of variables cannot be understood",
        "write a JSON object of names and values",
    ),
    UNREADABLE: (
        "The file is not there, cannot be read, or has an unknown format",
        "see that it is there, may be read, and ends in .bpmn, .dmn, .conf or .xml",
    ),
    "BX404": (
        "The Python of which templates are to be made cannot be understood",
        "correct the Python, as the message says",
    ),
    "BX405": (
        "The file of answers cannot be understood",
        "write a list of answers, each a task with values, a message or a signal",
    ),
}
"""Codes of which nobody asks for more than one: the title, and what to do in general."""

TITLED: Final[tuple[Any, ...]] = (
    reading,
    conf,
    gate,
    binding,
    deciding,
    arranging,
    tracing,
    conditions,
    dataflow,
    demands,
    errors_and_escalations,
    figures,
    geometry,
    imports,
    membership,
    misdirected,
    misspelt,
    missing_equals_sign,
    not_offered,
    not_run,
    notes,
    null_or_false,
    passed_in_vain,
    schema,
    soundness,
    suppressions,
    throws_and_catches,
    uncovered_cases,
    values,
    wrong_kind,
)
"""The modules that have codes, with the title of each and what to do about it."""


class CodeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a code means, the clause that demands it, what to do about it."""

    code: str
    title: str
    clause: str = ""
    remedy: str = ""


@cache
def catalogue() -> dict[str, CodeEntry]:
    """Return every code with what it means, in order.

    >>> catalogue()["EXT096"].title
    'A start event must not have an incoming flow'
    """
    entries = {
        rule.code: CodeEntry(
            code=rule.code,
            title=rule.law[0].upper() + rule.law[1:],
            clause=rule.clause,
            remedy=rule.remedy,
        )
        for rule in RULES
    }
    known = {
        code: (title, module.REMEDIES[code])
        for module in TITLED
        for code, title in module.TITLES.items()
    }
    for code, (title, remedy) in {**known, **ELSEWHERE}.items():
        clause = SEMANTICS if code in soundness.TITLES else ""
        entries[code] = CodeEntry(code=code, title=title, clause=clause, remedy=remedy)
    return dict(sorted(entries.items()))

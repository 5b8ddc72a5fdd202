"""Every code that a finding can have, with what it means: for `explain`, SARIF and suppressions."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec

from bpmn_xml.check import (
    belonging,
    conditions,
    dataflow,
    demands,
    drawing,
    ends,
    exchange,
    gaps,
    geometry,
    imported,
    names,
    schema,
    slips,
    suppressions,
    unmarked,
    values,
)
from bpmn_xml.check.remedies import REMEDIES
from bpmn_xml.check.rules.table import RULES
from bpmn_xml.check.soundness import findings as soundness
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
    "BX402": "The file of variables cannot be understood",
    "BX404": "The Python of which templates are to be made cannot be understood",
    "BX405": "The file of answers cannot be understood",
    UNREADABLE: "The file is not there, cannot be read, or has an unknown format",
    **{code: f"{text[0].upper()}{text[1:]}" for code, text in notes.MESSAGES.items()},
}
"""Titles of codes of which nobody asks for more than one."""


TITLED: Final[tuple[Any, ...]] = (
    reading,
    conf,
    gate,
    binding,
    deciding,
    arranging,
    tracing,
    belonging,
    conditions,
    dataflow,
    demands,
    drawing,
    ends,
    exchange,
    gaps,
    geometry,
    imported,
    names,
    schema,
    slips,
    soundness,
    suppressions,
    unmarked,
    values,
)
"""The modules that have codes, each with the title of each."""


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
    titles = {code: title for module in TITLED for code, title in module.TITLES.items()}
    titles |= ELSEWHERE
    remedies = {**reading.REMEDIES, **REMEDIES}
    for code, title in titles.items():
        clause, remedy = SEMANTICS if code in soundness.TITLES else "", remedies.get(code, "")
        entries[code] = CodeEntry(code=code, title=title, clause=clause, remedy=remedy)
    return dict(sorted(entries.items()))

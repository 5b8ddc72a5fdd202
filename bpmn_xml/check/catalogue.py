"""Every code that a finding can have, with what it means: for `explain`, SARIF and suppressions."""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from bpmn_xml.check.rules.table import RULES
from bpmn_xml.codes import Code, meanings

SEMANTICS: Final = ("BX60", "13")
"""How codes of soundness begin, and the clause that says how tokens move, from which it follows."""


@cache
def catalogue() -> dict[str, Code]:
    """Return every code with what it means, in order.

    >>> catalogue()["EXT096"].title
    'A start event must not have an incoming flow'
    """
    rules = [
        Code(
            code=rule.code,
            title=rule.law[0].upper() + rule.law[1:],
            clause=rule.clause,
            remedy=rule.remedy,
        )
        for rule in RULES
    ]
    known = {one.code: one for one in (*rules, *meanings().values())}
    begin, clause = SEMANTICS
    known |= {
        code: msgspec.structs.replace(one, clause=clause)
        for code, one in known.items()
        if code.startswith(begin)
    }
    return dict(sorted(known.items()))

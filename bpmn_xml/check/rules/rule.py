"""What a rule is: a row with a number, what it judges, and one small function that judges."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from bpmn_xml.check.rules.facts import Facts
    from bpmn_xml.model import Element

Verdict = str | bool
"""False or "" where a rule is kept; True, or what is wrong in particular, where it is broken."""


class Rule(msgspec.Struct, frozen=True):
    """One structural rule.

    Attributes:
        number: as in the literature on conformance; the code is made of it.
        clause: of BPMN 2.0.2, where the specification demands it.
        about: the elements that it judges.
        law: what must be, as a sentence.
        broken: tells whether an element breaks the rule, given the facts about its file.
        remedy: what to do about it.
        same_as: the number of the rule that demands the same, for people who read both.
        part: the field of the element in which the fault stands, if that is not the element.
        extended: engines have words of their own for it, so it is only a note in a file that names
            the engine that runs it, or has words of it.
    """

    number: int
    clause: str
    about: type[Element] | tuple[type[Element], ...]
    law: str
    broken: Callable[[Any, Facts], Verdict]
    remedy: str
    same_as: int = 0
    part: str = ""
    extended: bool = False

    @property
    def code(self) -> str:
        """The code of its findings."""
        return f"EXT{self.number:03}"

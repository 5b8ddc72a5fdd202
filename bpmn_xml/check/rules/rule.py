"""What a rule is: one small function that judges, and states the law that it judges by.

>>> from bpmn_xml import model as m
>>> @rule(999, "8.3", remedy="give it one")
... def _has_no_name(task: m.Task, _: Facts) -> Verdict:
...     "A task must have a name."
...     return not task.name
>>> _has_no_name.code, _has_no_name.law, _has_no_name.about
('EXT999', 'a task must have a name', <class 'bpmn_xml.model.activities.Task'>)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, Unpack, get_args, get_type_hints

import msgspec

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


class RuleDetails(TypedDict, total=False):
    """What else a rule may say; `law` where its sentence is too long for a docstring."""

    remedy: str
    law: str
    same_as: int
    part: str
    extended: bool


def rule(
    number: int, clause: str, **details: Unpack[RuleDetails]
) -> Callable[[Callable[[Any, Facts], Verdict]], Rule]:
    """Make a rule of the function that tells what breaks it.

    Its docstring is the law, its first parameter says by its type what is judged.
    """

    def made(broken: Callable[[Any, Facts], Verdict]) -> Rule:
        told = (broken.__doc__ or broken.__name__.strip("_").replace("_", " ")).rstrip(".")
        details.setdefault("law", told[0].lower() + told[1:])
        about = next(iter(get_type_hints(broken).values()))
        about = get_args(about) or about
        return Rule(number=number, clause=clause, about=about, broken=broken, **details)

    return made

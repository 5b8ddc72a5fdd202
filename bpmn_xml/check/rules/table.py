"""All structural rules in the order of their numbers, and the one loop that applies them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from bpmn_xml.check.rules import (
    activities,
    borders,
    common,
    data,
    definitions,
    events,
    gateways,
    interaction,
    levels,
    tasks,
)
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Rule
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model import Element
from bpmn_xml.model.about import finding_about

PARTS: Final = (
    activities,
    borders,
    common,
    data,
    definitions,
    events,
    gateways,
    interaction,
    levels,
    tasks,
)
RULES: Final[tuple[Rule, ...]] = tuple(
    sorted(
        (one for part in PARTS for one in vars(part).values() if isinstance(one, Rule)),
        key=lambda rule: rule.number,
    )
)


@cache
def rules_about(cls: type[Element]) -> tuple[Rule, ...]:
    """Return the rules that judge elements of a class."""
    return tuple(rule for rule in RULES if issubclass(cls, rule.about))


def judge(facts: Facts) -> Iterator[Finding]:
    """Apply every rule to every element of a file that it is about."""
    for element in facts.elements:
        for rule in rules_about(type(element)):
            verdict = rule.broken(element, facts)
            if verdict:
                message = verdict if isinstance(verdict, str) else rule.law
                yield found(rule, element, message, facts)


def found(rule: Rule, element: Element, message: str, facts: Facts) -> Finding:
    """Make the finding of a broken rule; it bears the nearest id around it."""
    about = f"{message} ({rule.clause})"
    eased = rule.extended and facts.speaks_to_engine
    severity = Severity.NOTE if eased else Severity.ERROR
    place = getattr(element, rule.part).place if rule.part else element.place
    named: Element | None = element
    while named is not None and not getattr(named, "id", None):
        named = facts.parent(named)
    owner = named or element
    return finding_about(owner, rule.code, about, rule.remedy, severity=severity, place=place)

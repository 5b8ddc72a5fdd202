"""Decision models in few words, for tests."""

from __future__ import annotations

from typing import Any

from bpmn_xml.decisions import Decided, decide
from bpmn_xml.decisions import values as v

NUMBER = "number"


def text(words: str, **more: Any) -> v.BoxedText:
    """Return a literal expression."""
    return v.BoxedText(text=words, **more)


def needs(*ids: str) -> tuple[v.Requirement, ...]:
    """Return requirements."""
    return tuple(map(v.Requirement, ids))


def decision(name: str, logic: v.BoxedExpression | None, *requires: str, **more: Any) -> v.Decision:
    """Return a decision that is called like its id."""
    return v.Decision(id=name, name=name, logic=logic, requires=needs(*requires), **more)


def entry(name: str, words: str | v.BoxedExpression, type_: str = "") -> v.BoxedEntry:
    """Return a name and the expression behind it."""
    return v.BoxedEntry(name=name, type=type_, logic=text(words) if type(words) is str else words)


def parameters(*names: str) -> tuple[v.BoxedEntry, ...]:
    """Return parameters, `name` or `name: type`."""
    parts = [name.partition(": ") for name in names]
    return tuple(v.BoxedEntry(name=name, type=type_) for name, _, type_ in parts)


def table(
    policy: str, outputs: str, *rules: str, inputs: str = "n", **more: Any
) -> v.DecisionTable:
    """Return a table of rules such as `> 1, - | "a", 2`."""
    return v.DecisionTable(
        hit_policy=policy,
        inputs=tuple(v.TableInput(expression=text(word)) for word in inputs.split()),
        outputs=tuple(v.TableOutput(name=word) for word in outputs.split()),
        rules=tuple(map(rule, rules)),
        **more,
    )


def rule(line: str) -> v.TableRule:
    """Return a rule."""
    tests, _, results = line.partition("|")
    return v.TableRule(tests=cells(tests), results=cells(results))


def cells(line: str) -> tuple[v.BoxedText, ...]:
    """Return the cells of a rule, which have semicolons between."""
    return tuple(text(cell.strip()) for cell in line.split(";"))


def result(
    logic: v.BoxedExpression, types: tuple[v.ItemType, ...] = (), type_: str = "", **variables: Any
) -> Decided:
    """Return what comes of one expression."""
    model = v.DecisionModel(types=types, elements=(decision("d", logic, type=type_),))
    return decide(model, "d", variables)


def value(logic: v.BoxedExpression, **more: Any) -> Any:
    """Return the value of one expression."""
    return result(logic, **more).value

"""Rules of forms that Python checks: a function looks at the value of a field.

It takes `value`, what a person gives for the field, and by their names variables, other fields and
`config`, which the drawing says of a rule with a name of its own. False refuses the value, and so
does a ValueError, which says why. As in Camunda 7 it is also asked where nothing is given (None).

>>> def even(value):
...     return value % 2 == 0
>>> checker(even, Validator("even"))(3, {})
Traceback (most recent call last):
ValueError: 3 is refused by even
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.codes import FindingDetails, finding
from bpmn_xml.compiler.codes import NO_FORM
from bpmn_xml.compiler.elements.people.entries import shown
from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.compiler.program.fields import Check, FormField, Validator
from bpmn_xml.errors import Finding, UsageError
from bpmn_xml.runtime.binding import codes
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.handlers import Handler, Mode, adapt
from bpmn_xml.runtime.binding.naming import Resolution, python_of

VALUE: Final = "value"
CONFIG: Final = "config"

Find = Callable[[Node, str], tuple[Callable[..., Any], str]]
"""What a name at a node stands for, and by which rule; raises `RefusedError`."""


class BoundRules(msgspec.Struct, kw_only=True):
    """The forms with rules that Python checks, by node index; how these were found, and faults.

    `unchecked` tells of rules that a stub run lets pass.
    """

    forms: dict[int, tuple[FormField, ...]] = msgspec.field(default_factory=dict)
    resolved: list[Resolution] = msgspec.field(default_factory=list)
    called: list[tuple[int, object]] = msgspec.field(default_factory=list)
    findings: list[Finding] = msgspec.field(default_factory=list)
    unchecked: list[Finding] = msgspec.field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of Python that the rules ask for."""
        fields = [field for form in self.forms.values() for field in form]
        return [one.name for field in fields for one in field.validators]


def bind_rules(program: Program, find: Find, *, stub: bool) -> BoundRules:
    """Find the Python of all rules of forms that name some."""
    bound = BoundRules()
    for node in program.nodes:
        form = node.work.form if node.work is not None else ()
        if any(field.validators for field in form):
            bound.forms[node.index] = tuple(
                _with_checks(bound, node, field, find, stub=stub) for field in form
            )
    return bound


def _with_checks(
    bound: BoundRules, node: Node, field: FormField, find: Find, *, stub: bool
) -> FormField:
    """A field with those of its rules that are bound; what is wrong with the others is noted."""
    checks = list[Check]()
    about = FindingDetails(place=node.place, id=node.id, name=node.name)
    for one in field.validators:
        try:
            found, rule = find(node, one.name)
            checks.append(checker(found, one))
        except UsageError as error:
            code = error.code if isinstance(error, RefusedError) else codes.NOT_CALLABLE
            if stub:
                what = f"what is given for its field {field.name!r} is not checked: {error.what}"
                bound.unchecked.append(finding(NO_FORM, what, **about))
            else:
                what = f"a rule of its field {field.name!r}: {error.what}"
                bound.findings.append(finding(code, what, error.remedy, **about))
            continue
        bound.called.append((node.index, found))
        way = Resolution(node.shown, one.name, python_of(found), rule, node.place.file)
        bound.resolved.append(way)
    return msgspec.structs.replace(field, checks=tuple(checks))


def checker(found: Callable[..., Any], validator: Validator) -> Check:
    """Make a check of the Python that a rule names.

    Raises:
        UsageError: it cannot be called by parameter names, or does not answer at once.
    """
    handler = adapt(found, {CONFIG: validator.config} if validator.config else {})
    if handler.mode is not Mode.CALL or handler.context_at >= 0:
        what = "what checks a field is asked at once, outside of any task"
        raise UsageError(what, remedy="give a plain function without a context")
    name = validator.name

    def check(value: object, variables: Mapping[str, Any]) -> None:
        if _answer(handler, name, {**variables, VALUE: value}) is False:
            raise ValueError(f"{shown(value)} is refused by {name}")

    return check


def _answer(handler: Handler, name: str, names: Mapping[str, Any]) -> object:
    """What the Python of a rule says.

    Raises:
        ValueError: it refuses the value.
        HandlerError: it failed, or lacks a variable.
    """
    lacks = [need for need in handler.needs if need not in names]
    if lacks:
        what = f"{name} cannot check its field: there is no {', '.join(map(repr, lacks))}"
        raise HandlerError(what, remedy="give its parameter a default")
    try:
        return handler.function(*handler.gather(names))
    except ValueError:
        raise
    except Exception as error:
        what = f"{name} has failed: {type(error).__name__}: {error}"
        raise HandlerError(what, remedy="correct the Python") from error

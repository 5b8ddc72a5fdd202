"""Errors say whose fault it is, carry their data and tell what to do.

>>> raise UsageError("unknown format '.bpm'", remedy="use one of .bpmn, .conf, .xml")
Traceback (most recent call last):
    ...
bpmn_xml.errors.UsageError: unknown format '.bpm': use one of .bpmn, .conf, .xml
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from operator import attrgetter

import msgspec


class Severity(StrEnum):
    """How bad a finding is: only errors refuse."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, eq=False):
    """Where something stands in a file. Lines and columns count from 1; 0 is unknown.

    All places are equal: they say where a thing stood, not what it is, so two models that
    differ only in their layout as text compare equal.

    >>> str(Place("order.bpmn", 12, 4)), str(Place("order.bpmn"))
    ('order.bpmn:12:4', 'order.bpmn')
    """

    file: str = ""
    line: int = 0
    column: int = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return 0

    def __str__(self) -> str:
        known = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.file or "<memory>", *known])


NOWHERE = Place()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: a stable code, its place, the element, what is wrong and how to mend it.

    >>> str(Finding(code="BX101", place=Place("a.bpmn", 3), id="Task_1", message="no binding",
    ...             remedy="bind it"))
    'a.bpmn:3: error BX101 Task_1: no binding; bind it'
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    place: Place = NOWHERE
    id: str = ""
    name: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        element = f" {self.id}" if self.id else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.place}: {self.severity} {self.code}{element}: {self.message}{remedy}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as they stand in their files; at one place as they were given."""
    return tuple(sorted(findings, key=attrgetter("place.file", "place.line", "place.column")))


class BpmnXmlError(Exception):
    """The root of everything this package raises on purpose."""


class FindingsError(BpmnXmlError):
    """Several faults at once, in the order of the file."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class ReadError(FindingsError):
    """The file's fault: it is not what its format promises."""


class CheckError(FindingsError):
    """The diagram's fault: it cannot be run faithfully."""


class BindingError(FindingsError):
    """A task has no Python behind it, or not one that may be used."""


class UsageError(BpmnXmlError):
    """The caller's fault: `what` was asked for cannot be; `remedy` says what to do instead."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        self.what, self.remedy = message, remedy
        super().__init__(f"{message}: {remedy}" if remedy else message)


class CommandRejected(UsageError):  # noqa: N818 - it is the word for it
    """The caller's fault: the instance is not in a state that allows the command."""


class AmbiguousMessage(CommandRejected):
    """Several instances wait for a message that one is to receive: `instances` are their names."""

    def __init__(self, name: str, instances: Iterable[str]) -> None:
        self.instances = tuple(instances)
        super().__init__(
            f"message {name!r} is awaited by several instances: {', '.join(self.instances)}",
            remedy="say whose it is by its key or by `engine.run(id).publish(...)`, or say "
            "`to_first=True` for the one that has waited longest",
        )


class ExpressionError(BpmnXmlError):
    """An expression cannot be parsed or has no value. `offset` counts characters from 0."""

    def __init__(self, message: str, *, text: str = "", offset: int = 0) -> None:
        self.text, self.offset = text, offset
        super().__init__(message)


class StoreError(BpmnXmlError):
    """The disk's fault: a file could not be read or written."""


class InternalError(BpmnXmlError):
    """Our fault: please report it."""


class BpmnError(BpmnXmlError):
    """What a handler raises to throw a BPMN error (10.5.1), which is never retried.

    >>> raise BpmnError("OUT_OF_STOCK", "only 2 left", {"left": 2})
    Traceback (most recent call last):
        ...
    bpmn_xml.errors.BpmnError: OUT_OF_STOCK: only 2 left
    """

    def __init__(
        self, code: str, message: str = "", variables: Mapping[str, object] | None = None
    ) -> None:
        self.code, self.message, self.variables = code, message, dict(variables or {})
        super().__init__(f"{code}: {message}" if message else code)


class CallFailed(BpmnXmlError):  # noqa: N818 - it is the word for it
    """What a handler raises to fail a call and to say whether it is tried again, and when.

    Attributes:
        again: it is tried again; else it is an incident, or an error that the drawing catches.
        after: seconds until then; None leaves both to the drawing.
    """

    def __init__(self, message: str, *, again: bool = True, after: float | None = None) -> None:
        self.again, self.after = again, after
        super().__init__(message)

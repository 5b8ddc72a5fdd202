"""How often an activity is done, what it then throws, and how ad-hoc sub-processes go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from bpmn_xml.compiler.program.events import NONE, Condition, EventSpec
from bpmn_xml.compiler.program.scoping import Computed


class Announcement(msgspec.Struct, frozen=True):
    """An event that a multi-instance activity throws when an instance is done.

    `first`: only after the first one; `condition`: only where it holds.
    """

    event: EventSpec
    first: bool = False
    condition: Condition | None = None


class Repetition(msgspec.Struct, frozen=True, kw_only=True):
    """How often an activity is done (10.3.8): a standard loop, or multi-instance with `total`.

    Attributes:
        sequential: one after the other; a standard loop always is.
        total: how many instances: a number, or the collection itself.
        listed: no number will do, as in Camunda 8.
        element: the variable that holds an instance's part of the collection.
        output: the variable that collects of each instance, in the order of the input.
        collect: what is collected of an instance.
        own: variables that each instance has for itself, as that of which it is collected.
        until: when to stop early, looked at after each instance of multi-instance.
        asks: Python is asked that, by the last of the jobs around an instance.
        condition: whether a standard loop goes on, `before` an instance or after it.
        maximum: how many turns a standard loop takes at most; `NONE` is no limit.
        announces: what is thrown after an instance of multi-instance.
    """

    sequential: bool = True
    total: Computed | None = None
    listed: bool = False
    element: str = ""
    output: str = ""
    collect: Computed | None = None
    own: tuple[str, ...] = ()
    until: Condition | None = None
    asks: bool = False
    condition: Condition | None = None
    before: bool = False
    maximum: int = NONE
    announces: tuple[Announcement, ...] = ()


class AdHoc(msgspec.Struct, frozen=True, kw_only=True):
    """Which activities of an ad-hoc sub-process begin, and how it goes on (10.3.5).

    Attributes:
        sequential: one after the other.
        until: when it is enough, looked at after each activity; then no other begins.
        ends: it ends when all is done, though that is not enough: a stub run does nothing.
        by_path: it is looked at when a path inside has come to its end; the others go on to theirs.
        cancels: what is still active then is cut off.
        output: the variable that collects `collect`, whenever a path inside has come to its end.
        elements: the ids of the activities to begin with; None for all that no flow leads to.
    """

    sequential: bool = False
    until: Condition | None = None
    ends: bool = False
    cancels: bool = True
    by_path: bool = False
    elements: Computed | None = None
    output: str = ""
    collect: Computed | None = None

    @property
    def is_evaluated_after_each(self) -> bool:
        """Whether Python computes values after an activity."""
        return self.until is not None or self.collect is not None


class NextSteps(NamedTuple):
    """What begins with which data, whether it is enough then, and what else is written."""

    begins: Sequence[Mapping[str, Any]]
    enough: bool = False
    cancels: bool = False
    variables: Mapping[str, Any] = {}


class Steering(msgspec.Struct, frozen=True):
    """A job that says what an ad-hoc sub-process does next, asked when something in it is done.

    Attributes:
        answer: the variable that has what it says.
        enough: the variable that is true when nothing else begins.
        plan: reads what it says, given the ids of what can begin.
        first: ids of what begins where it never says anything, as in a stub run.
    """

    answer: str
    enough: str
    plan: Callable[[object, Collection[str]], NextSteps]
    first: tuple[str, ...] = ()

"""What an event waits for or throws, as the core runs it; and conditions and timers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final

import msgspec

from bpmn_xml.compiler.program.correlation import KeyPart, Keys
from bpmn_xml.compiler.program.scoping import Computed

NONE: Final = -1
"""The index of nothing."""


class Trigger(Enum):
    """What an event definition is about (10.5.5)."""

    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"
    CONDITIONAL = "conditional"
    ERROR = "error"
    ESCALATION = "escalation"
    TERMINATE = "terminate"
    COMPENSATION = "compensation"
    CANCEL = "cancel"


WAITING: Final = frozenset({Trigger.MESSAGE, Trigger.TIMER, Trigger.SIGNAL, Trigger.CONDITIONAL})
"""Triggers that come from around the token; the others are thrown at their catcher."""


DATA: Final = "data"
"""The language of a condition that only asks whether data is there."""


class Condition(msgspec.Struct, frozen=True, gc=False):
    """A compiled condition: `evaluate(variables)` answers true or false or raises."""

    text: str
    language: str
    evaluate: Callable[[Mapping[str, object]], bool]


class Schedule(msgspec.Struct, frozen=True):
    """A timer: `next_due(variables, after, count)` says when it is due for the count-th time.

    Times are microseconds since 1970 UTC, counts begin with 0; None is never (again). `kind` says
    what the text is: a date, a duration, a cycle. Of a cycle `catch_up` repetitions in a row may
    come late; then `passed(variables, after, count, time)` lets go by what was due until a time.
    """

    text: str
    next_due: Callable[[Mapping[str, object], int, int], int | None]
    kind: str = ""
    language: str = ""
    passed: Callable[[Mapping[str, object], int, int, int], tuple[int, int]] | None = None
    catch_up: int = 0


class EventSpec(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an event waits for or throws. An error without a code catches all of them.

    Attributes:
        code: of an error or escalation; `message` is the text that goes with a thrown error.
        name: of a message or signal; of an error or escalation that is thrown, its code where that
            is an expression.
        says: gives the `message` where that is an expression.
        key: what correlates a message; None where its name is enough.
        parts: the correlation properties that the key is made of, if the standard's make it; of
            these its correlation `keys`.
        receiver: the id of the node to which a message flow leads, and which alone receives it; or
            of a pool that shows nothing.
        due: when a timer fires.
        condition: of a conditional event; it is asked at every change, or only where one of the
            `variable_names` was changed, in one of the ways `variable_events`: create, update,
            delete. A condition in FEEL that names none is asked where one changes that it reads;
            a key to which the process has subscribed likewise, in any language.
        undone: the id of what is to be compensated, empty for all; `waits` until it is.
        activity: its index, or `NONE`.
    """

    trigger: Trigger
    code: str = ""
    message: str = ""
    catches_exceptions: bool = False
    code_variable: str = ""
    message_variable: str = ""
    name: Computed | None = None
    says: Computed | None = None
    key: Computed | None = None
    parts: tuple[KeyPart, ...] = ()
    keys: Keys = ()
    receiver: str = ""
    due: Schedule | None = None
    condition: Condition | None = None
    variable_names: tuple[str, ...] = ()
    variable_events: tuple[str, ...] = ()
    undone: str = ""
    activity: int = NONE
    waits: bool = True


def follows(event: EventSpec) -> bool:
    """Whether an event looks at data as long as it is waited for.

    A condition does (10.5.5), and a key that a process has bound to its data (8.4.2).
    """
    return event.condition is not None or any(part.subscribed for part in event.parts)


def is_about(events: Iterable[EventSpec], trigger: Trigger) -> bool:
    """Whether one of some event definitions is about this."""
    return any(event.trigger is trigger for event in events)

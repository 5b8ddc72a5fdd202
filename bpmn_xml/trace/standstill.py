"""What is told of a token that has not arrived: where it stands, what keeps it, what it awaits.

>>> print(Standstill(instance="P-1", node="ask", name="Ask the boss", cause=Cause.PERSON))
ask "Ask the boss" waits for a person
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from bpmn_xml.compiler.program import DATA, Trigger
from bpmn_xml.compiler.times.timers import moment_of
from bpmn_xml.core.conversations import ANY
from bpmn_xml.trace.arrivals import Came
from bpmn_xml.trace.visits import Key
from bpmn_xml.wording import label, listed, printable


class Cause(StrEnum):
    """What keeps a token where it is; or that none stands there, but one may begin."""

    PERSON = "a person"
    EVENT = "an event"
    CALL = "its Python"
    RETRY = "the next attempt"
    JOIN = "other tokens"
    INCIDENT = "an incident"
    INSIDE = "what goes on inside"
    BESIDE = "an event beside"


ACTIVATION: Final = "activation condition"
"""What a complex gateway asks of the tokens that have come (13.4.5)."""

_BY_DATA: Final = frozenset({DATA, ACTIVATION, Trigger.CONDITIONAL.value})

ASIDE: Final = frozenset({Cause.INSIDE, Cause.BESIDE})  # where no token stands still


class Awaited(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True
):
    """What would let a token go on.

    Attributes:
        at: the catching element.
        trigger: message, signal, timer or conditional; data if an activity lacks what goes in;
            activation condition if a complex gateway may start.
        name, key: of a message or signal.
        due: of a timer, microseconds since 1970 UTC.
        text: of a condition or timer, as it is drawn.
        lack: why the condition is neither true nor false now, if it is not.
    """

    at: str
    trigger: str
    name: str = ""
    key: str = ""
    due: int = 0
    text: str = ""
    lack: str = ""


class Lacking(msgspec.Struct, frozen=True):
    """A flow on which nothing has come, and the elements whose tokens may still bring it."""

    flow: str
    bringers: tuple[str, ...]


class Standstill(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True
):
    """A token that has not arrived.

    Attributes:
        instance, scope: where; the scope's path is written with the ids of elements.
        item: the path of the item, or instance of what is repeated, that it stands in, if in one.
        node, name: the element at which it stands.
        cause: what keeps it there.
        since: microseconds since 1970 UTC; None is unknown.
        awaits: events that would let it go on, those at the element's border too.
        arrived: of a join: the flows on which tokens wait.
        lacking: of a join: the flows on which none does.
        message: of an incident.
        due: when a failed call is tried again.
    """

    instance: str
    node: str
    cause: Cause
    name: str = ""
    scope: str = ""
    item: str = ""
    since: int | None = None
    awaits: tuple[Awaited, ...] = ()
    arrived: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    message: str = ""
    due: int = 0

    def __str__(self) -> str:
        """Where it stands, and what it waits for or what is wrong."""
        item = f" (item {printable(self.item)})" if self.item else ""
        wrong = self.cause is Cause.INCIDENT
        return f"{label(self.node, self.name)}{item}{':' if wrong else ' waits for'} {reason(self)}"

    @property
    def waits_for_data(self) -> bool:
        """Whether data that comes in may let the token go on, or begin something beside it."""
        return any(event.trigger in _BY_DATA for event in self.awaits)


class Since(msgspec.Struct, frozen=True):
    """When what stands now in an instance began, in microseconds since 1970 UTC.

    Attributes:
        active: by scope, node and n; of an incident when it was raised.
        arrived: by scope and then by flow, for each token that waits at a join.
    """

    active: Mapping[Key, int] = {}
    arrived: Came = {}


def reason(still: Standstill) -> str:
    """Say what a token waits for, or what is wrong."""
    if still.cause is Cause.INCIDENT:
        return printable(still.message)
    events = [event(wait, still.node) for wait in still.awaits]
    if still.cause is Cause.JOIN:
        flows = listed([_lacking(flow) for flow in still.lacking])
        return " or ".join([f"a token {flows}", *events] if flows else events)
    if still.cause is Cause.EVENT and events:
        return " or ".join(events)
    if still.cause is Cause.BESIDE:
        return f"nothing: it begins with {' or '.join(events)}"
    own = f"{still.cause}, due {date(still.due)}" if still.due else str(still.cause)
    return " or ".join([own, *events])


def event(wait: Awaited, node: str = "") -> str:
    """Say what event is waited for; where, if not at `node`.

    >>> event(Awaited(at="b", trigger="message", name="paid", key="42"), "approve")
    'message paid, key 42 (b)'
    >>> event(Awaited(at="c", trigger="conditional", text="n > m", lack="there is no variable 'm'"))
    "conditional, n > m: there is no variable 'm'"
    """
    words = [f"{wait.trigger} {wait.name}" if wait.name else wait.trigger]
    if wait.key:
        words.append("any key" if wait.key == ANY else f"key {wait.key}")
    if wait.due:
        words.append(f"due {date(wait.due)}")
    elif wait.text:
        words.append(f"{wait.text}: {wait.lack}" if wait.lack else wait.text)
    where = f" ({wait.at})" if node not in ("", wait.at) else ""
    return printable(f"{', '.join(words)}{where}")


def date(time: int) -> str:
    """Write a time to the second.

    >>> date(1_500_000)
    '1970-01-01T00:00:01Z'
    """
    return moment_of(time).isoformat(timespec="seconds").replace("+00:00", "Z")


def _lacking(flow: Lacking) -> str:
    who = f"{listed(flow.bringers)} may bring it" if flow.bringers else "nobody can bring it"
    return printable(f"on {flow.flow} ({who})")

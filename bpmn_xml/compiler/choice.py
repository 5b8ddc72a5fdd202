"""Parts of a program: ad-hoc choices, announcements, and what events are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bpmn_xml.compiler.program import Condition, EventSpec, Trigger
    from bpmn_xml.compiler.scoping import Computed


class AdHoc(msgspec.Struct, frozen=True, kw_only=True):
    """How the activities of an ad-hoc sub-process are chosen (10.3.5).

    Attributes:
        sequential: one after the other.
        until: when it is enough, looked at after each activity; then no other begins.
        cancels: what is still active then is cut off.
        output: the variable that collects `collect`, whenever a path inside has come to its end.
        elements: the ids of the activities to begin with; None for all that no flow leads to.
    """

    sequential: bool = False
    until: Condition | None = None
    cancels: bool = True
    elements: Computed | None = None
    output: str = ""
    collect: Computed | None = None

    @property
    def asks(self) -> bool:
        """Whether something is asked after an activity."""
        return self.until is not None or self.collect is not None


class Announcement(msgspec.Struct, frozen=True):
    """An event that a multi-instance activity throws when an instance is done.

    `first`: only after the first one; `condition`: only where it holds.
    """

    event: EventSpec
    first: bool = False
    condition: Condition | None = None


def is_about(events: Iterable[EventSpec], trigger: Trigger) -> bool:
    """Whether one of some event definitions is about this."""
    return any(event.trigger is trigger for event in events)

"""Exit codes for programs that call us. Of several outcomes the gravest counts.

>>> gravest([Exit.COMPLETED, Exit.WAITING, Exit.FAILED]).name
'FAILED'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Final


class Exit(IntEnum):
    """How the program ended."""

    COMPLETED = 0
    FAILED = 1
    REFUSED = 2
    WAITING = 3
    INCIDENT = 4
    INTERNAL = 70
    INTERRUPTED = 130


MEANINGS: Final[Mapping[Exit, str]] = {
    Exit.INTERNAL: "our fault, please report it",
    Exit.INTERRUPTED: "interrupted, cancelled or out of time",
    Exit.REFUSED: "bad input, refused, or wrong usage",
    Exit.INCIDENT: "an incident stands still, or tokens are stuck",
    Exit.FAILED: "ended by a BPMN error that nothing caught",
    Exit.WAITING: "waits for a person or an event",
    Exit.COMPLETED: "completed",
}
"""What each means; the gravest first."""

STATUSES: Final[Mapping[str, Exit]] = {
    "completed": Exit.COMPLETED,
    "terminated": Exit.COMPLETED,
    "failed": Exit.FAILED,
    "waiting": Exit.WAITING,
    "incident": Exit.INCIDENT,
    "running": Exit.INTERRUPTED,
    "stopped": Exit.INTERRUPTED,
    "cancelled": Exit.INTERRUPTED,
}
"""Status of a run -> its exit code. One that still runs when we end was interrupted."""


def gravest(outcomes: Iterable[Exit]) -> Exit:
    """Return the gravest of several exit codes; completed if there is none."""
    return min(outcomes, key=[*MEANINGS].index, default=Exit.COMPLETED)

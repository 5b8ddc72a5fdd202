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


GRAVITY: Final = (
    Exit.INTERNAL,
    Exit.INTERRUPTED,
    Exit.REFUSED,
    Exit.INCIDENT,
    Exit.FAILED,
    Exit.WAITING,
    Exit.COMPLETED,
)
"""The gravest first."""

MEANINGS: Final[Mapping[Exit, str]] = {
    Exit.COMPLETED: "completed",
    Exit.FAILED: "ended by a BPMN error that nothing caught",
    Exit.REFUSED: "bad input, refused, or wrong usage",
    Exit.WAITING: "waits for a person or an event",
    Exit.INCIDENT: "an incident stands still, or tokens are stuck",
    Exit.INTERNAL: "our fault, please report it",
    Exit.INTERRUPTED: "interrupted, cancelled or out of time",
}

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
    return min(outcomes, key=GRAVITY.index, default=Exit.COMPLETED)

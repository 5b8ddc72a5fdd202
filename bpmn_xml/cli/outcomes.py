"""Exit codes: what they mean, and which of several runs' counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

COMPLETED: Final = 0
FAILED: Final = 1
USAGE: Final = 2
WAITING: Final = 3
INCIDENT: Final = 4
OURS: Final = 70
INTERRUPTED: Final = 130

RANK: Final = (COMPLETED, WAITING, FAILED, INCIDENT, USAGE, INTERRUPTED)
"""Of several outcomes the last in this row counts."""

CODES: Final = {
    "completed": COMPLETED,
    "terminated": COMPLETED,
    "cancelled": FAILED,
    "failed": FAILED,
    "waiting": WAITING,
    "running": WAITING,
    "incident": INCIDENT,
}
"""The exit code of how a run stands."""


def worst(codes: Iterable[int]) -> int:
    """The code that counts of several.

    >>> worst([0, 3, 4, 0]), worst([])
    (4, 0)
    """
    return max(codes, key=RANK.index, default=COMPLETED)

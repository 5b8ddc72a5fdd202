"""What evaluations have cost so far, in each thread; whoever meters one adds it up here."""

from __future__ import annotations

import threading
from typing import Final


class Spending(threading.local):
    """All steps that metered evaluations have taken in this thread."""

    steps = 0


SPENDING: Final = Spending()


def spent() -> int:
    """All steps that evaluations have taken in this thread."""
    return SPENDING.steps

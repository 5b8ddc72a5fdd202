"""Where an active element stands, and what an incident has stopped: its stage.

The words stand in traces: they never change.
"""

from __future__ import annotations

from typing import Final

WORKING: Final = ""
BEGINNING: Final = "beginning"
LEAVING: Final = "leaving"
CATCHING: Final = "catching"
HALTED: Final = "halted"
OPENING: Final = "opening"

STAGES: Final = {
    WORKING: "It works, and only then its job is open; or it is a join, or what else is not active",
    BEGINNING: "Something that it needs has no value yet",
    LEAVING: "Its work is done, and `payload` its result where results travel along flows",
    CATCHING: "What it has caught, the `payload`, cannot be written yet",
    HALTED: "Too much goes on in the instance, which is held as a whole: no token moves",
    OPENING: "The process itself could not begin, and its start holds the token",
}

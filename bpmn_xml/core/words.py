"""Words of records and states that stand in traces, too: they never change.

A *role* is what a scope is to the element that opened it, a *stage* where an active element stands,
and what an incident has stopped.
"""

from __future__ import annotations

from typing import Final

INSIDE: Final = "inside"
APART: Final = "apart"
ITEM: Final = "item"
TURN: Final = "turn"
FRAME: Final = "frame"

ROLES: Final = {
    INSIDE: "What is inside it",
    APART: "The process that it calls, which sees nothing of its caller",
    ITEM: "One of its results, with which its token goes on",
    TURN: "One of several times that it is done, or undone: it is active in there again",
    FRAME: "Its local data and its listeners: it is active in there again, too",
}

AGAIN: Final = frozenset({TURN, FRAME})
"""The scopes in which the element that opened them is active again."""

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

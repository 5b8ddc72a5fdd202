"""What a scope is to the element that opened it. The words stand in traces: they never change."""

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

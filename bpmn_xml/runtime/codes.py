"""Every reason for which a binding is refused. Codes are stable: a script may look for them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

UNBOUND: Final = "BX201"
NOT_ALLOWED: Final = "BX202"
NOT_IMPORTED: Final = "BX203"
NO_SUCH_NAME: Final = "BX204"
DEFINED_ELSEWHERE: Final = "BX205"
NOT_CALLABLE: Final = "BX206"
SHADOWS_STANDARD: Final = "BX207"
MALFORMED: Final = "BX208"
BAD_TABLE: Final = "BX209"

TITLES: Final = {
    UNBOUND: "No Python is bound to the task",
    NOT_ALLOWED: "The module is in no place from which may be imported",
    NOT_IMPORTED: "The module could not be imported",
    NO_SUCH_NAME: "The module has no such function or class",
    DEFINED_ELSEWHERE: "What is named is defined in no place from which may be imported",
    NOT_CALLABLE: "What is named cannot be called as a task",
    SHADOWS_STANDARD: "A module beside the drawing has the name of a standard one",
    MALFORMED: "A binding is not of the form python:module:Class.method",
    BAD_TABLE: "The table of bindings cannot be used",
}


def nearest(name: str, known: Iterable[str], remedy: str) -> str:
    """Say which known names are like this one, and what else to do.

    >>> nearest("chrage", ["charge", "refund"], "bind it")
    'did you mean charge? Else bind it'
    >>> nearest("chrage", [], "bind it")
    'bind it'
    """
    near = get_close_matches(name, sorted(set(known)), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}? Else {remedy}" if near else remedy

"""Functions that draw by chance, which Camunda adds."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from bpmn_xml.expressions.chance import BITS, CHANCE, fraction, unique
from bpmn_xml.expressions.feel.invoke import Builtin, builtin


def drawn(draw: Callable[[], int] | None) -> int:
    """Draw bits."""
    return secrets.randbits(BITS) if draw is None else draw()


def number(draw: Any) -> object:
    """Draw a number from 0 to below 1."""
    return fraction(drawn(draw))


def identifier(draw: Any) -> object:
    """Draw a unique identifier."""
    return unique(drawn(draw))


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "random number": builtin("", partial(number, None)),
    "uuid": builtin("", partial(identifier, None)),
}
TOLD: Final[Mapping[object, tuple[str, Callable[[Any], object]]]] = {
    FUNCTIONS["random number"]: (CHANCE, number),
    FUNCTIONS["uuid"]: (CHANCE, identifier),
}
"""Functions that are told something, as in `dates`."""

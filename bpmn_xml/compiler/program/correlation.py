"""What correlates messages: the values of their correlation properties, as one key (8.4.2).

A message need not say all of it: each correlation key by itself is enough, once all its properties
have values.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from bpmn_xml.compiler.program.scoping import Computed

BETWEEN: Final = "\x1f"
"""What stands between the values of several correlation properties in a key."""

OPEN: Final = "\x1a"
"""What stands in a key for a value that is not known: any will do (8.4.2)."""

NOTHING: Final = "\x18"
"""What stands in a key for a value that data are to say and do not say yet: none will do."""

Keys = tuple[tuple[int, ...], ...]
"""The correlation keys of a message: which of its correlation properties each is made of."""


class KeyPart(msgspec.Struct, frozen=True, gc=False):
    """A correlation property of a message (8.4.2).

    Attributes:
        property: its id.
        expected: of who receives the message: what the data there say of it.
        subscribed: the process has bound it to that data, so that nothing else counts.
    """

    property: str
    expected: Computed | None = None
    subscribed: bool = False


class Correlation(msgspec.Struct, frozen=True, gc=False):
    """How the key of a message is found in what it carries, and of which properties it is made."""

    key: Computed
    properties: tuple[str, ...] = ()
    keys: Keys = ()

    @property
    def is_plain(self) -> bool:
        """Whether there is but one key, so that what has it or waits by it is found by that."""
        return len(self.keys) < 2


def key_text(value: object) -> str:
    """What correlates a message, as text: null is none of it (8.4), equal numbers are one.

    >>> [key_text(value) for value in (5, 5.0, Decimal("5.00"), -2.5, Decimal("-2.50"), None)]
    ['5', '5', '5', '-2.5', '-2.5', '']
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Decimal) and value.is_finite():
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def keyed(values: Sequence[object], keys: Keys) -> str:
    """The values of a message's properties as one key; none where no correlation key is whole.

    >>> keyed([7, None], [(0,), (1,)]) == f"7{BETWEEN}{OPEN}", keyed([7, None], [(0, 1)])
    (True, '')
    """
    whole = {at for key in keys if all(values[at] is not None for at in key) for at in key}
    said = [key_text(value) if at in whole else OPEN for at, value in enumerate(values)]
    return BETWEEN.join(said) if whole else ""


def found_by(key: str, keys: Keys) -> list[str]:
    """By what is found what has a key or waits by it: each correlation key of it that is whole.

    What is open in part is found by any, too.

    >>> found_by(f"7{BETWEEN}8", [(0, 1)]) == [f"7{BETWEEN}8"], found_by(OPEN, []) == [OPEN]
    (True, True)
    >>> found_by(f"7{BETWEEN}8", [(0,), (1,)]) == [f"7{BETWEEN}{OPEN}", f"{OPEN}{BETWEEN}8"]
    True
    """
    values = key.split(BETWEEN) if len(keys) > 1 else ()
    if not values or len(values) != len({at for one in keys for at in one}):
        return [OPEN if OPEN in key else key]
    whole = [one for one in keys if all(values[at] != OPEN for at in one)]
    alone = [
        BETWEEN.join([value if at in one else OPEN for at, value in enumerate(values)])
        for one in whole
    ]
    return alone if len(whole) == len(keys) else [*alone, OPEN]

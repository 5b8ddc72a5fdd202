"""What an expression may not do by itself: whatever is no value of the variables.

>>> raise OutsideError(("mail.send()",), text="${mail.send(to)}", offset=2)
Traceback (most recent call last):
    ...
bpmn_xml.expressions.outside.OutsideError: mail.send(): not a value of the variables, ...
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import shorten

MOST_NAMED: Final = 3


class OutsideError(ExpressionError):
    """An expression needs what is no variable: all `calls` that do, and the first in words."""

    def __init__(self, calls: tuple[str, ...], *, text: str, offset: int) -> None:
        self.calls = calls
        named = ", ".join(shorten(call) for call in calls[:MOST_NAMED])
        self.named = f"{named} and more" if calls[MOST_NAMED:] else named
        super().__init__(
            f"{self.named}: not a value of the variables, so it cannot be evaluated here;"
            f" what can be called is {OFFERED}",
            text=text,
            offset=offset,
        )


OFFERED: Final = (
    "execution.getVariable, hasVariable and getProcessBusinessKey, now(), and methods of texts,"
    " lists, maps, numbers and dates like equals, contains, isEmpty, size, get, toLowerCase"
)

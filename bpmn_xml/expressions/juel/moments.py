"""The methods of dates, those that process diagrams use of Java's and Joda's.

Where they begin, `now()` and `dateTime()` are the time that variables tell (`expressions.clock`).

>>> from datetime import date, datetime
>>> MOMENTS["plusMonths"][0](date(2024, 1, 31), 1)
datetime.date(2024, 2, 29)
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.values import integer, order_of

MONTHS: Final[Mapping[str, int]] = {"Months": 1, "Years": 12}
LENGTHS: Final[Mapping[str, timedelta]] = {
    "Weeks": timedelta(weeks=1),
    "Days": timedelta(days=1),
    "Hours": timedelta(hours=1),
    "Minutes": timedelta(minutes=1),
    "Seconds": timedelta(seconds=1),
}


def shifting(sign: int, length: timedelta) -> Callable[[Any, Any], Any]:
    """Return the function that goes so many lengths on or back."""

    def shift(value: date, count: object) -> date:
        if not isinstance(value, datetime) and length < timedelta(days=1):
            raise ExpressionError("a date without a time has no hours")
        try:
            steps: int = integer(count)
            return value + sign * steps * length
        except OverflowError:
            raise ExpressionError("there is no such date") from None

    return shift


def shifting_months(sign: int, months: int) -> Callable[[Any, Any], Any]:
    """Return the function that goes so many months on or back, at most to the month's last day."""

    def shift(value: date, count: object) -> date:
        number = value.year * 12 + value.month - 1 + sign * months * integer(count)
        year, month = divmod(number, 12)
        if not 1 <= year <= 9_999:
            raise ExpressionError("there is no such date")
        last = monthrange(year, month + 1)[1]
        return value.replace(year=year, month=month + 1, day=min(value.day, last))

    return shift


MOMENTS: Final[Mapping[str, tuple[Callable[..., Any], int, int]]] = {
    **{f"plus{unit}": (shifting(1, length), 1, 1) for unit, length in LENGTHS.items()},
    **{f"minus{unit}": (shifting(-1, length), 1, 1) for unit, length in LENGTHS.items()},
    **{f"plus{unit}": (shifting_months(1, months), 1, 1) for unit, months in MONTHS.items()},
    **{f"minus{unit}": (shifting_months(-1, months), 1, 1) for unit, months in MONTHS.items()},
    **dict.fromkeys(("after", "isAfter"), (lambda value, other: order_of(value, other) > 0, 1, 1)),
    **dict.fromkeys(
        ("before", "isBefore"), (lambda value, other: order_of(value, other) < 0, 1, 1)
    ),
    "compareTo": (order_of, 1, 1),
    "toDate": (lambda value: value, 0, 0),
}
"""Name -> function of the date and its arguments, the least and the most of those."""

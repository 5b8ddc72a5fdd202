"""Functions on lists of numbers, and of truths (DMN 10.3.4.4). They also take items as arguments.

>>> median([3, 1, 2]), mean([1, 2]), mode([1, 2, 2, Decimal("1.0")])
(2, Decimal('1.5'), [1, 2])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.invoke import Builtin, builtin, either
from bpmn_xml.expressions.feel.values import MATH, kind_of, number, whole
from bpmn_xml.expressions.meter import spend

Number: TypeAlias = int | Decimal
Items: TypeAlias = Sequence[Any]


NUMBERS_A_STEP: Final = 4


def on_list(function: Callable[[Items], object]) -> Builtin:
    """Return a function that takes a list, or its items as arguments."""

    def spread(items: list[Any]) -> object:
        only = items[0] if len(items) == 1 else items
        return None if only is None else function(only if kind_of(only) == "list" else items)

    return either(builtin("list: list", function), builtin("items: any...", spread))


def on_numbers(function: Callable[[list[Number]], object], empty: object = None) -> Builtin:
    """Return a function that takes numbers only; of none it gives what is said."""

    def run(items: Items) -> object:
        spend(len(items) // NUMBERS_A_STEP)
        found = [number(item) for item in items]
        plain = [item for item in found if item is not None]
        if len(plain) < len(found):
            return None
        return function(plain) if plain else empty

    return on_list(run)


def total(items: Sequence[Number]) -> Number:
    """Add numbers up."""
    if all(type(item) is int for item in items):
        return whole(sum(int(item) for item in items))
    result = Decimal(0)
    for item in items:
        result = MATH.add(result, Decimal(item))
    return result


def product(items: Sequence[Number]) -> Number:
    """Multiply numbers."""
    result: Number = 1
    for item in items:
        if type(result) is int and type(item) is int:
            result = whole(result * item)
        else:
            result = MATH.multiply(Decimal(result), Decimal(item))
    return result


def mean(items: Sequence[Number]) -> Number:
    """Return the arithmetic mean."""
    found = total(items)
    if type(found) is int and found % len(items) == 0:
        return found // len(items)
    return MATH.divide(Decimal(found), Decimal(len(items)))


def median(items: Sequence[Number]) -> Number:
    """Return the number in the middle, or the mean of the two there."""
    ordered, middle = sorted(items), len(items) // 2
    return ordered[middle] if len(items) % 2 else mean(ordered[middle - 1 : middle + 1])


def deviation(items: Sequence[Number]) -> Number | None:
    """Return the standard deviation of a sample, which has two numbers at least."""
    if len(items) < 2:
        return None
    spend(len(items))
    middle = Decimal(mean(items))
    squares = [MATH.power(MATH.subtract(Decimal(item), middle), Decimal(2)) for item in items]
    return MATH.sqrt(MATH.divide(Decimal(total(squares)), Decimal(len(items) - 1)))


def mode(items: Sequence[Number]) -> list[Number]:
    """Return the numbers that come most often, in order."""
    times = Counter(items)
    most = max(times.values())
    return sorted(item for item, count in times.items() if count == most)


def extreme(better: Callable[[Any, Any], bool | None]) -> Callable[[Items], object]:
    """Return `min` or `max`: of values of one kind that have an order."""

    def chosen(items: Items) -> object:
        best = items[0]
        for item in items:
            answer = better(item, best)
            if answer is None:
                return None
            best = item if answer else best
        return best

    return lambda items: chosen(items) if items else None


def quantifier(*, decides: bool) -> Callable[[Items], object]:
    """Return `any` or `all` in three values; what is no truth makes it null."""

    def answer(items: Items) -> object:
        if any(item is decides for item in items):
            return decides
        return not decides if all(item is (not decides) for item in items) else None

    return answer


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "all": on_list(quantifier(decides=False)),
    "any": on_list(quantifier(decides=True)),
    "count": on_list(len),
    "max": on_list(extreme(compare.greater)),
    "mean": on_numbers(mean),
    "median": on_numbers(median),
    "min": on_list(extreme(compare.less)),
    "mode": on_numbers(mode, empty=[]),
    "product": on_numbers(product),
    "stddev": on_numbers(deviation),
    "sum": on_numbers(total),
}

"""Functions that relate points and ranges to each other (DMN 10.3.4.9 and 10.3.4.10).

A point is taken as the range from itself to itself.

>>> before(1, Range(1, 5, False, True)), starts(1, Range(1, 5, True, True))
(True, True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.builtins.dates import FUNCTIONS as MAKERS
from bpmn_xml.expressions.feel.grammar import GRAMMAR
from bpmn_xml.expressions.feel.invoke import Builtin, builtin, either, invoke
from bpmn_xml.expressions.feel.parser import FeelParser
from bpmn_xml.expressions.feel.values import Range
from bpmn_xml.expressions.meter import spend

Relation = Callable[[Any, Any], bool | None]
KINDS: Final = (
    "number/string/date/time/date and time/days and time duration/years and months duration"
)


def as_range(value: Any) -> Range:
    """Return a range as it is, and a point as a range of one."""
    return (
        value
        if isinstance(value, Range)
        else Range(value, value, start_included=True, end_included=True)
    )


def less(left: Any, right: Any) -> bool:
    """Say whether a value is less; raises TypeError, which gives null, if there is no order."""
    answer = compare.less(left, right)
    if answer is None:
        raise TypeError
    return answer


def same(left: Any, right: Any) -> bool:
    """Say whether two ends are equal; raises TypeError if there is no order."""
    return not less(left, right) and not less(right, left)


def before(left: Any, right: Any) -> bool:
    """Say whether all of one is before all of the other."""
    one, other = as_range(left), as_range(right)
    touching = one.end_included and other.start_included
    return less(one.end, other.start) or (same(one.end, other.start) and not touching)


def meets(left: Any, right: Any) -> bool:
    """Say whether one range ends where the other begins, both included."""
    return left.end_included and right.start_included and same(left.end, right.start)


def starts_first(one: Range, other: Range) -> bool:
    """Say whether a range has a value before all of the other."""
    if same(one.start, other.start):
        return one.start_included and not other.start_included
    return less(one.start, other.start)


def ends_last(one: Range, other: Range) -> bool:
    """Say whether a range has a value behind all of the other."""
    if same(one.end, other.end):
        return one.end_included and not other.end_included
    return less(other.end, one.end)


def includes(left: Any, right: Any) -> bool:
    """Say whether a range has all of the other."""
    one, other = left, as_range(right)
    return not starts_first(other, one) and not ends_last(other, one)


def starts(left: Any, right: Any) -> bool:
    """Say whether one begins as the other and does not end behind it."""
    one, other = as_range(left), right
    begin = same(one.start, other.start) and one.start_included == other.start_included
    return begin and not ends_last(one, other)


def finishes(left: Any, right: Any) -> bool:
    """Say whether one ends as the other and does not begin before it."""
    one, other = as_range(left), right
    end = same(one.end, other.end) and one.end_included == other.end_included
    return end and not starts_first(one, other)


def overlaps(left: Range, right: Range) -> bool:
    """Say whether two ranges have a value in common."""
    return not before(left, right) and not before(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    """Say whether a range begins first, ends first, and has a value in common with the other."""
    return starts_first(left, right) and not ends_last(left, right) and overlaps(left, right)


def coincides(left: Any, right: Any) -> bool:
    """Say whether two points or two ranges are the same."""
    one, other = as_range(left), as_range(right)
    ends = one.start_included == other.start_included and one.end_included == other.end_included
    return ends and same(one.start, other.start) and same(one.end, other.end)


RANGE_STEPS: Final = 64
LONGEST_RANGE: Final = 400


def range_of(text: str) -> Range | None:
    """Return the range that a text means: its ends are literals, in order, of one kind."""
    spend(RANGE_STEPS)
    if len(text) > LONGEST_RANGE:
        return None
    try:
        term = FeelParser(text, GRAMMAR, MAKERS).parse()
    except ExpressionError:
        return None
    if not isinstance(term, tree.Interval) or term.written != "..":
        return None
    start, end = literal_value(term.start), literal_value(term.end)
    if less(end, start):
        return None
    return Range(start, end, term.start_included, term.end_included)


def literal_value(term: tree.Term | None) -> object:
    """Return the value of a literal or of a date in quotes; TypeError if it is neither."""
    if isinstance(term, tree.Call):
        values = [literal_value(argument) for argument in term.arguments]
        return invoke(MAKERS[term.function], values, term.keywords)
    if not isinstance(term, tree.Literal):
        raise TypeError
    return term.value


def swapped(relation: Relation) -> Relation:
    """Return the relation the other way round."""
    return lambda left, right: relation(right, left)


def relation(act: Relation, *pairs: str) -> Builtin:
    """Return a function on pairs of points and ranges, by the names of its parameters."""
    ways = []
    for pair in pairs:
        names = pair.split()
        kinds = ["range" if name.startswith("range") else KINDS for name in names]
        ways.append(builtin(", ".join(map("{}: {}".format, names, kinds)), act))
    return either(*ways)


POINTS: Final = "point1 point2"
RANGES: Final = "range1 range2"
FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "after": relation(swapped(before), POINTS, "point range", "range point", RANGES),
    "before": relation(before, POINTS, "point range", "range point", RANGES),
    "coincides": relation(coincides, POINTS, RANGES),
    "during": relation(swapped(includes), "point range", RANGES),
    "finished by": relation(swapped(finishes), "range point", RANGES),
    "finishes": relation(finishes, "point range", RANGES),
    "includes": relation(includes, "range point", RANGES),
    "meets": relation(meets, RANGES),
    "met by": relation(swapped(meets), RANGES),
    "overlaps": relation(overlaps, RANGES),
    "range": builtin("from: string", range_of),
    "overlaps after": relation(swapped(overlaps_before), RANGES),
    "overlaps before": relation(overlaps_before, RANGES),
    "started by": relation(swapped(starts), "range point", RANGES),
    "starts": relation(starts, "point range", RANGES),
}

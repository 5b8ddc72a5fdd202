"""Heat maps: what many runs did, as numbers on nodes and flows and as five steps of colour.

`MEASURES` is the table of what may be asked for. A step is a fifth of the way from the least to
the largest number; the legend says which numbers that are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

from bpmn_xml.render.overlay import Heat, Mark, Overlay, State, spoken
from bpmn_xml.render.runs import Naming, carried, of_data
from bpmn_xml.trace.summary import ElementSummary, RunSummary
from bpmn_xml.wording import amount

_STEPS: Final = (Heat.COLD, Heat.COOL, Heat.WARM, Heat.HOT, Heat.HOTTEST)


class Measure(NamedTuple):
    """What a heat map shows.

    Attributes:
        title: what the numbers are.
        of: the number of a node; nothing where there is none to speak of.
        written: a number as it is read.
        flows: it is a number of flows as well.
        whole: there is nothing between a number and the next.
        among: it is told of how many visits it is, where not of all.
    """

    title: str
    of: Callable[[ElementSummary], float | None]
    written: Callable[[float], str]
    flows: bool = False
    whole: bool = False
    among: bool = False


def _count(number: float) -> str:
    return f"{round(number):,}"


def _share(number: float) -> str:
    return f"{number:.1%}" if 0 < number < 0.1 else f"{number:.0%}"


def _time(number: float) -> str:
    return spoken(number / 1_000_000)


def _ended(node: ElementSummary, duration: int) -> float | None:
    return duration if node.completed + node.cancelled and node.total else None


def _there(node: ElementSummary) -> float | None:
    """How many are active, or stand at a join, which is not active meanwhile."""
    return max(node.active, node.waiting, node.incidents) or None


MEASURES: Final[Mapping[str, Measure]] = {
    "count": Measure("how often", lambda node: node.count or None, _count, flows=True, whole=True),
    "mean": Measure("mean duration", lambda node: _ended(node, node.mean), _time),
    "p95": Measure("95 % took at most", lambda node: _ended(node, node.p95), _time),
    "failures": Measure(
        "failures per visit",
        lambda node: node.failures / node.count if node.count else None,
        _share,
    ),
    "waiting": Measure("how many are there now", _there, _count, whole=True, among=True),
}


def heat_of(summary: RunSummary, naming: Naming, by: str) -> Overlay:
    """Say what many runs did as the numbers and the heat of a file's elements."""
    measure = MEASURES[by]
    nodes = {naming.nodes[node.id].id: node for node in summary.nodes if node.id in naming.nodes}
    found = {element: measure.of(node) for element, node in nodes.items()}
    numbers = {element: number for element, number in found.items() if number is not None}
    taken = {
        naming.flows[flow.id].id: flow.count for flow in summary.flows if flow.id in naming.flows
    } | carried(summary, naming)
    if measure.flows:
        numbers |= taken
    scale = Scale(numbers.values())
    marks = of_data(summary, naming, Heat.NONE)
    marks |= {element: Mark(state=Heat.NONE) for element in nodes}
    marks |= {flow: Mark(state=Heat.NONE, value=_count(count)) for flow, count in taken.items()}
    marks |= {
        element: Mark(state=scale.step(number), value=_told(measure, number, nodes.get(element)))
        for element, number in numbers.items()
    }
    called = "" if _began(summary, naming) else "as called in "
    return Overlay(
        marks=marks,
        title=f"{measure.title}, {called}{amount(instances_of(summary, naming), 'instance')}",
        words=scale.words(measure.written, whole=measure.whole),
    )


def _told(measure: Measure, number: float, node: ElementSummary | None) -> str:
    """Write a number; and of how many visits it is, where that is to be told."""
    visits = node.count + node.joining if node and measure.among else 0
    written = measure.written(number)
    return f"{written} of {_count(visits)}" if number < visits else written


def instances_of(summary: RunSummary, naming: Naming) -> int:
    """Say how many instances of a file's processes began; of processes that others call, of all."""
    return _began(summary, naming) or summary.instances


def _began(summary: RunSummary, naming: Naming) -> int:
    return sum(summary.began.get(process, 0) for process in naming.processes)


class Scale:
    """Five equal steps from the least to the largest of some numbers.

    >>> scale = Scale([10, 60, 20])
    >>> [str(scale.step(number)) for number in (10, 20, 60)]
    ['heat-1', 'heat-2', 'heat-5']
    >>> scale.words("{:.0f}".format)[Heat.HOTTEST]
    '50 to 60'
    >>> [*Scale([1, 3]).words("{:.0f}".format, whole=True).values()]
    ['1', '2', '3']
    """

    def __init__(self, numbers: Iterable[float]) -> None:
        known = [*numbers]
        self._known = bool(known)
        self._low, self._high = min(known, default=0.0), max(known, default=0.0)

    def step(self, number: float) -> Heat:
        """Tell on which step a number is; all are on the middle one where all are equal."""
        if self._high == self._low:
            return Heat.WARM
        share = (number - self._low) / (self._high - self._low)
        return _STEPS[min(int(share * len(_STEPS)), len(_STEPS) - 1)]

    def words(self, written: Callable[[float], str], *, whole: bool = False) -> Mapping[State, str]:
        """Say which numbers each step is of; of whole ones, each is named on its step alone."""
        if not self._known:
            return {}
        if self._high == self._low:
            return {Heat.WARM: written(self._low)}
        width = (self._high - self._low) / len(_STEPS)
        bounds = [self._low + width * i for i in range(len(_STEPS) + 1)]
        spans = [*pairwise(bounds)]
        if whole:
            spans = [(ceil(first), ceil(end) - 1) for first, end in spans[:-1]]
            spans.append((ceil(bounds[-2]), self._high))
        return {
            step: written(first) if first == last else f"{written(first)} to {written(last)}"
            for step, (first, last) in zip(_STEPS, spans, strict=True)
            if first <= last
        }

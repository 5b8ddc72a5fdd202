"""What must hold of a run: the way it went, where it waits, what it never came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bpmn_xml.testing.rehearsal import TestedRun
from bpmn_xml.trace.standstill import Cause


def assert_path(run: TestedRun, *elements: str) -> None:
    """Say that these elements and flows were entered in this order, others in between or not.

    What was entered last and stands at an incident is not done: it is no part of a way.

    Raises:
        AssertionError: they were not; it says how far it is true.
        UsageError: there is no such element or flow.
    """
    __tracebackhide__ = True
    at, wanted, last = 0, run.require(*elements), list[bool]()
    for number, element in enumerate(wanted):
        try:
            at = run.trail.index(element, at) + 1
        except ValueError:
            before = f"after {elements[number - 1]!r} " if number else ""
            message = f"{before}{run.id} did not come to {element!r}; it went {_way(run)}"
            raise AssertionError(message) from None
        last.append(element not in run.trail[at:])
    ended = {element for element, is_last in zip(wanted, last, strict=True) if is_last}
    for incident in run.incidents:
        if incident.node in ended:
            raise AssertionError(f"{run.id} stands at {incident.node}: {incident.message}")


def assert_waiting(run: TestedRun, *elements: str, only: bool = True) -> None:
    """Say that its tokens stand at these elements, each named once a token, and nowhere else.

    Those that a join has got and that wait there for others need not be named. With `only=False`
    further tokens may stand elsewhere. What stands at an incident waits for nothing but a mend:
    where one is named, or all tokens are asked for, it is told.

    Raises:
        AssertionError: they stand elsewhere, or at an incident, or more or fewer do.
        UsageError: there is no such element.
    """
    __tracebackhide__ = True
    wanted = sorted(run.require(*elements))
    for incident in run.incidents:
        if only or incident.node in wanted:
            raise AssertionError(f"{run.id} stands at {incident.node}: {incident.message}")
    stand = sorted(still.node for still in run.waiting)
    joins = {still.node for still in run.waiting if still.cause is Cause.JOIN}
    lacking, more = Counter(wanted) - Counter(stand), Counter(stand) - Counter(wanted)
    if not lacking and (not only or joins.issuperset(more)):
        return
    message = f"{run.id} waits at {_listed(stand)}, not at {_listed(filter(lacking.get, wanted))}"
    if not lacking and wanted:
        message = f"{run.id} also waits at {_listed(more.elements())}"
        again = [name for name in wanted if name in more]
        message += f": name {again[0]!r} once for each token" if again else ""
    raise AssertionError(message)


def assert_not_reached(run: TestedRun, *elements: str) -> None:
    """Say that no token has come to these elements.

    Raises:
        AssertionError: one has.
        UsageError: there is no such element.
    """
    __tracebackhide__ = True
    reached = [element for element in elements if run.passed(element)]
    if reached:
        raise AssertionError(f"{run.id} came to {_listed(reached)}; it went {_way(run)}")


def standing(run: TestedRun) -> str:
    """How a run has ended, or where its tokens stand and why; and the way it went."""
    told = [f"\n  {still}" for still in run.waiting]
    return f"{run.id}: {run.status}; it went {_way(run)}{''.join(told)}"


def _way(run: TestedRun) -> str:
    return " > ".join(run.way) or "nowhere"


def _listed(elements: Iterable[str]) -> str:
    found = [
        element if often == 1 else f"{element} ({often} tokens)"
        for element, often in Counter(elements).items()
    ]
    return ", ".join(found) or "nothing"

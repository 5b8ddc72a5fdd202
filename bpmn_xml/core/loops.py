"""Activities that are done several times: standard loops and multi-instance (13.3.6, 13.3.7).

The activity becomes active once, where its token came; each turn is an instance: a scope of its
own in which the activity is active again, alone, with its loop variables as local data. What an
instance of multi-instance throws when it is done, its own boundary events may catch (10.3.8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from math import isfinite
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml.compiler.program import WAITING, Condition, EventSpec, Node, Repetition
from bpmn_xml.compiler.program.scoping import LOOP_COUNTER
from bpmn_xml.core import data, faults, incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.lacking import lacking
from bpmn_xml.core.numbers import counted
from bpmn_xml.core.state import TurnDone, Turns, child_path, key_of
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import TURN
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import shorten

MOST_SCOPES: Final = 50_000
"""With so many scopes open no more instances are begun at once, so that memory is bounded."""

NOTHING: Final[Mapping[str, Any]] = {}
"""What is known of no instance in particular."""

DIGITS: Final = re.compile("[0-9]{1,9}")
"""A number of instances as text."""

_LIMIT: Final = f"no more than {MOST_SCOPES:,} may be open in a run; let them follow each other"


def begin(node: Node, view: View, n: int) -> Records:
    """Find out how often, and open the first instances."""
    scope, loop = view.scope.path, _loop(node)
    try:
        armed = waits.arm(view, node, scope, n)
        items, total = _extent(loop, view)
        turns = Turns(total, items)
        started = r.LoopStarted(scope, node.index, n, total, items)
        return (*armed, started, *_next(node, view, n, turns))
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)


def _loop(node: Node) -> Repetition:
    assert node.loop is not None
    return node.loop


def _extent(loop: Repetition, view: View) -> tuple[Sequence[Any] | None, int]:
    """The collection, if there is one, and the number of instances; -1 while a condition holds."""
    if loop.total is None:
        return None, -1
    value = _whole(loop.total.evaluate(view.names()))
    if isinstance(value, int) and not isinstance(value, bool) and not loop.listed:
        if value < 0:
            raise ExpressionError(f"the number of instances is {value}, less than 0")
        return None, value
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return value, len(value)
    shown = "nothing" if value is None else f"of type {type(value).__name__}"
    wanted = "a list" if loop.listed else "a whole number or a list"
    given = f"the instances are given by {shorten(loop.total.text)!r}"
    lacks = lacking([loop.total], view.names()) if value is None else ""
    raise ExpressionError(f"{given}, which is {shown}, not {wanted}{lacks}")


def _whole(value: Any) -> Any:
    """A number without a fraction as what it is: a division gives 2.0, a form's field "2"."""
    if isinstance(value, str):
        return int(value) if DIGITS.fullmatch(value) else value
    fractional = isinstance(value, float | Decimal) and isfinite(value)
    return int(value) if fractional and value == int(value) else value


def again(node: Node, view: View, n: int) -> Records:
    """An instance is done: stop early, go on with the next, or complete."""
    key = key_of(view.state, node.index, n)
    turns = (view.scope.loops or {}).get(key)
    if turns is None or key in (view.scope.incidents or ()):
        return ()
    queued: object = view.payload
    turn = queued if isinstance(queued, TurnDone) else TurnDone(turns.done, turns.terminated)
    turns = replace(turns, done=turn.done, terminated=turn.terminated)
    view.payload = view.scope.active[key].payload
    try:
        holds = partial(_holds, view=view, turns=turns, own=turn.own)
        told, cut_off = _announced(node, view, n, turns.done, holds)
        if cut_off:
            return told
        until = _loop(node).until
        if until is not None and holds(until):
            return (*told, *end(node, view, n))
        return (*told, *_next(node, view, n, turns))
    except ExpressionError as error:
        return incidents.cannot_work(view, node.index, n, error)


def end(node: Node, view: View, n: int) -> Records:
    """Cut off the instances that are not done, and complete."""
    turns = (view.scope.loops or {})[key_of(view.state, node.index, n)]
    cut = faults.cut_bodies(view, view.scope, node.index, n)
    return (*cut, *_finish(node, view, n, turns))


def _next(node: Node, view: View, n: int, turns: Turns) -> Records:
    """Open the instances that are to run now; complete when none is left."""
    loop = _loop(node)
    if turns.total < 0:
        if _goes_on(loop, view, turns):
            return _open(node, view, n, (turns.opened, None))
        return _finish(node, view, n, turns)
    if turns.done == turns.total:
        return _finish(node, view, n, turns)
    if loop.sequential:
        return _open(node, view, n, (turns.opened, turns.items))
    if turns.opened:
        return ()
    if len(view.state.scopes) + turns.total > MOST_SCOPES:
        raise ExpressionError(f"{turns.total:,} instances at once are too many: {_LIMIT}")
    instances = [_open(node, view, n, (i, turns.items)) for i in range(turns.total)]
    return tuple([record for records in instances for record in records])


def _goes_on(loop: Repetition, view: View, turns: Turns) -> bool:
    """Whether a standard loop takes another turn (13.3.6)."""
    if 0 <= loop.maximum <= turns.opened:
        return False
    if not turns.opened and not loop.before:
        return True
    return loop.condition is None or _holds(loop.condition, view, turns)


def _holds(condition: Condition, view: View, turns: Turns, own: Values = NOTHING) -> bool:
    """Whether a condition holds over the activity's own numbers, and what an instance had."""
    first = view.rules.first_loop
    counter = turns.opened if turns.total < 0 else turns.opened - 1 + first
    told = layered(own, {LOOP_COUNTER: counter}, counted(turns), view.names())
    return condition.evaluate(told)


def _open(node: Node, view: View, n: int, turn: tuple[int, Sequence[Any] | None]) -> Records:
    """Open instance `turn[0]`, for its part of the collection `turn[1]`."""
    index, items = turn
    scope, loop = view.scope.path, _loop(node)
    local: dict[str, Any] = {LOOP_COUNTER: index + view.rules.first_loop}
    if items is not None and loop.element:
        local[loop.element] = items[index]
    inside = child_path(scope, node.index, n, index)
    told: Records = (r.VariablesWritten(inside, local),)
    if loop.own:
        told = data.written(view, inside, {**local, **dict.fromkeys(loop.own)})
    return (
        r.ScopeOpened(scope, node.index, n, index, TURN),
        *told,
        r.TokenPlaced(inside, node.index, view.payload),
    )


def leave_instance(node: Node, view: View, n: int) -> Records:
    """An instance's own activity is done: note what is collected of it."""
    scope, collect = view.scope, _loop(node).collect
    try:
        value = collect.evaluate(view.names()) if collect else None
    except ExpressionError as error:
        return incidents.cannot_leave(view, node.index, n, error)
    done = r.LoopInstanceDone(scope.parent or "", node.index, scope.n, scope.index, value)
    closed = r.ScopeClosed(scope.path, completed=True)
    return (r.Completed(scope.path, node.index, n), done, closed)


def _finish(node: Node, view: View, n: int, turns: Turns) -> Records:
    """Write what was collected, in the order of the input, and complete."""
    written: Records = ()
    if _loop(node).output:
        known, places = turns.results, view.rules.keeps_places and turns.total >= 0
        order = range(turns.total) if places else sorted(known)
        collected = [known.get(index) for index in order]
        written = data.write(view, {_loop(node).output: collected})
    return (*written, r.LoopEnded(view.scope.path, node.index, n))


def _announced(
    node: Node, view: View, n: int, done: int, holds: Callable[[Condition], bool]
) -> tuple[Records, bool]:
    """What follows from the events of an instance that is done, and whether the whole is cut off.

    Raises:
        ExpressionError: a condition or a name has no value.
    """
    records = list[r.Record]()
    for announcement in _loop(node).announces:
        due = done == 1 or not announcement.first
        if not due or not (announcement.condition is None or holds(announcement.condition)):
            continue
        for catcher, event in _catchers(node, view, announcement.event):
            records += _caught(view, catcher, n, event)
            if catcher.interrupting:
                return tuple(records), True
    return tuple(records), False


def _catchers(node: Node, view: View, thrown: EventSpec) -> Iterator[tuple[Node, int]]:
    """The first definition of each boundary event that waits for this."""
    for index in node.boundary:
        boundary = view.program.nodes[index]
        for event, caught in enumerate(boundary.events):
            if _would_catch(view, caught, thrown):
                yield boundary, event
                break


def _would_catch(view: View, caught: EventSpec, thrown: EventSpec) -> bool:
    if caught.trigger is not thrown.trigger:
        return False
    if caught.trigger in WAITING:
        return _event_name(view, caught) == _event_name(view, thrown)
    return caught.code in ("", thrown.code)


def _event_name(view: View, event: EventSpec) -> str:
    return str(event.name.evaluate(view.names())) if event.name else ""


def _caught(view: View, boundary: Node, n: int, event: int) -> Records:
    if boundary.events[event].trigger in WAITING:
        return waits.fire(boundary, view, n, event)
    cut: Records = ()
    if boundary.interrupting:
        cut = faults.cancel_activity(view, view.scope, boundary.host, n)
    return (*cut, faults.begin_at(view, boundary, n, view.payload))

"""Which elements are active, and which of them stand for others: one pass over what happened.

Whoever counts, draws or times a run asks this first. An element that is done several times is
active as a whole and again in each instance; one with something done around it once more inside
its frame; a join that could not be left becomes active after tokens met there; an item passes
the producer that made it. `CHANGES` is the table from the type of a record to what it changes.
Nodes and scopes are whatever the records call them: indices, or names.

>>> from bpmn_xml.core.records import Activated, Completed
>>> visits = Visits()
>>> begun = visits.take("i", 5, "Activated", Activated("", 0, 1))
>>> visits.take("i", 9, "Completed", Completed("", 0, 1)) is begun, begun.since
(True, 5)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from itertools import accumulate
from typing import Any, Final

import msgspec

from bpmn_xml.core.state import child_path
from bpmn_xml.core.words import FRAME, ITEM

Key = tuple[str, Any, int]
"""The scope, the node and the number of an activation."""


class Visit(msgspec.Struct, eq=False):
    """An element instance from when it becomes active until that ends; known by its identity.

    Attributes:
        since: when it began, in the time that the records were taken at.
        turned: when it last stood still or went on from there; 0 if it never did.
        ready: when it could begin, or begin again after a failure.
        stuck: it is no element instance: tokens stand still at the node.
        joined: the tokens that began it met here, so it was entered before.
        in_frame: the same element is active around it, as its frame; `around` is that, if known.
        framed: the same element is active inside it: it is the frame of that.
        repeats: it is done several times.
        instances: how many of these have begun, inside it.
        queued: how long its calls waited for a free worker, as far as somebody has noted it.
        threw: an error that it threw itself has ended it; nothing else has cut it off.
    """

    since: int
    turned: int = 0
    ready: int = 0
    stuck: bool = False
    joined: bool = False
    in_frame: bool = False
    framed: bool = False
    repeats: bool = False
    instances: int = 0
    around: Visit | None = None
    queued: int = 0
    threw: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is what people count: neither inside a frame nor around its instances."""
        return not (self.in_frame or self.instances)


class _Instance(msgspec.Struct):
    """What is known of one instance.

    Attributes:
        active: what is active.
        framed, made: by the path of a scope, the node that it is the frame of, or an item of.
        frames: by the path of a scope that is a frame, what is active around it.
        met: where tokens met last.
        threw: what has thrown an error last, until it is cancelled.
    """

    active: dict[Key, Visit] = msgspec.field(default_factory=dict)
    framed: dict[str, Any] = msgspec.field(default_factory=dict)
    made: dict[str, Any] = msgspec.field(default_factory=dict)
    frames: dict[str, Visit] = msgspec.field(default_factory=dict)
    met: tuple[str, Any] | None = None
    threw: Key | None = None


class Visits:
    """The visits of any number of instances. Taking may begin in the middle of them."""

    def __init__(self) -> None:
        self._instances: dict[str, _Instance] = {}

    def take(self, instance: str, time: int, type_: str, record: Any) -> Visit | None:
        """Take the next record of an instance.

        Returns:
            The visit that it begins, changes or ends; None if it is about none that is known.
        """
        change = CHANGES.get(type_)
        return change(self._of(instance), time, record) if change is not None else None

    def active(self, instance: str) -> Mapping[Key, Visit]:
        """What is active in an instance now."""
        return self._of(instance).active

    def forget(self, instance: str) -> Mapping[Key, Visit]:
        """Drop an instance that has ended; what was active in it until then."""
        return self._instances.pop(instance, _Instance()).active

    def around(self, inner: Collection[Visit]) -> Counter[Any]:
        """How many activations of other nodes have some of these visits inside, by node.

        What is done several times counts each time; a producer is not around its items.
        """
        found = Counter[Any]()
        for here in self._instances.values():
            found.update(_around(here, inner))
        return found

    def is_result(self, instance: str, record: Any) -> bool:
        """Whether a node that is passed is the producer that made the item, and not visited."""
        return bool(self._of(instance).made.get(record.scope, _NOTHING) == record.node)

    def _of(self, instance: str) -> _Instance:
        found = self._instances.get(instance)
        if found is None:
            found = self._instances[instance] = _Instance()
        return found


_NOTHING: Final = object()
_ITEM: Final = re.compile(r":\d+$")
"""What the path of a scope has behind that of the activation which opened it."""


def _around(here: _Instance, inner: Collection[Visit]) -> list[Any]:
    """The node of each activation of another that counts and has some visits inside."""
    opened = {child_path(*key): (visit, key[1]) for key, visit in here.active.items()}
    inside = {(path, node) for (path, node, _), v in here.active.items() if path and v in inner}
    around = {
        opened[known]
        for path, node in inside
        for part in accumulate(path.split("/"), "{}/{}".format)
        if (known := _ITEM.sub("", part)) in opened
        and part not in here.made
        and opened[known][1] != node
    }
    return [node for visit, node in around if visit.counts]


def _key(record: Any) -> Key:
    return record.scope, record.node, record.n


def _joined(here: _Instance, _time: int, record: Any) -> None:
    here.met = record.scope, record.node


def _activated(here: _Instance, time: int, record: Any) -> Visit:
    visit = Visit(
        time,
        ready=time,
        joined=here.met == (record.scope, record.node),
        in_frame=here.framed.get(record.scope, _NOTHING) == record.node,
        around=here.frames.get(record.scope),
    )
    here.met = None
    here.active[_key(record)] = visit
    return visit


def _loop_started(here: _Instance, _time: int, record: Any) -> Visit | None:
    visit = here.active.get(_key(record))
    if visit is not None:
        visit.repeats = True
    return visit


def _scope_opened(here: _Instance, _time: int, record: Any) -> Visit | None:
    path = child_path(record.scope, record.node, record.n, record.index)
    visit = here.active.get(_key(record))
    if record.role == FRAME:
        here.framed[path] = record.node
    elif record.role == ITEM:
        here.made[path] = record.node
    if visit is not None:
        if record.role == FRAME:
            here.frames[path], visit.framed = visit, True
        visit.instances += visit.repeats
    return visit


def _scope_closed(here: _Instance, _time: int, record: Any) -> None:
    here.framed.pop(record.scope, None)
    here.frames.pop(record.scope, None)
    here.made.pop(record.scope, None)


def _stands_still(here: _Instance, time: int, record: Any) -> Visit:
    visit = here.active.setdefault(_key(record), Visit(time, ready=time, stuck=True))
    visit.turned = time
    return visit


def _goes_on(here: _Instance, time: int, record: Any) -> Visit | None:
    visit = here.active.get(_key(record))
    if visit is not None:
        visit.turned = visit.ready = time
        if visit.stuck:  # its tokens are no longer
            del here.active[_key(record)]
    return visit


def _tried_again(here: _Instance, time: int, record: Any) -> Visit | None:
    visit = here.active.get(_key(record))
    if visit is not None:
        visit.ready = time
    return visit


def _known(here: _Instance, _time: int, record: Any) -> Visit | None:
    return here.active.get(_key(record))


def _ended(here: _Instance, _time: int, record: Any) -> Visit | None:
    return here.active.pop(_key(record), None)


def _thrown(here: _Instance, _time: int, record: Any) -> None:
    here.threw = _key(record)


def _cancelled(here: _Instance, time: int, record: Any) -> Visit | None:
    visit = _ended(here, time, record)
    if visit is not None and here.threw == _key(record):
        here.threw, visit.threw = None, True
        if visit.around is not None:
            visit.around.threw = True
    return visit


CHANGES: Final[Mapping[str, Callable[[_Instance, int, Any], Visit | None]]] = {
    "Joined": _joined,
    "Activated": _activated,
    "LoopStarted": _loop_started,
    "ScopeOpened": _scope_opened,
    "ScopeClosed": _scope_closed,
    "ScopeInterrupted": _scope_closed,
    "Triggered": _known,
    "JobFailed": _known,
    "JobRetried": _tried_again,
    "IncidentRaised": _stands_still,
    "IncidentResolved": _goes_on,
    "Completed": _ended,
    "TokenDropped": _ended,
    "ErrorThrown": _thrown,
    "Cancelled": _cancelled,
}
"""What a record changes, by its type. Other types change nothing."""

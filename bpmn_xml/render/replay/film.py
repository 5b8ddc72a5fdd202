"""A schedule as plain data for the script of a page: small numbers, every text once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.replay.schedule import Story
from bpmn_xml.render.replay.trips import Where
from bpmn_xml.render.runs import Naming
from bpmn_xml.render.words import kind_of

LONGEST_VALUE: Final = 200
MOST_TEXT: Final = 600_000
"""Characters of a variable that are shown, and of all of them together."""

CUT: Final = "not kept: too much text for one page"


class Table:
    """Texts by number, in the order in which they were met.

    >>> table = Table()
    >>> [table[name] for name in "aba"], table.texts
    ([0, 1, 0], ['a', 'b'])
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        """All of them by number."""
        return list(self._numbers)


class Scopes:
    """Scopes by number, those around a scope before it: (number around, instance, path)."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self.rows: list[tuple[int, str, str]] = []

    def __getitem__(self, place: Where) -> int:
        return self._number(place.instance, place.scope)

    def _number(self, instance: str, scope: str) -> int:
        missing: list[str] = []
        while (instance, scope) not in self._numbers:
            missing.append(scope)
            if not scope:
                break
            scope = scope.rpartition("/")[0]
        for path in reversed(missing):
            around = path.rpartition("/")[0]
            self._numbers[instance, path] = len(self.rows)
            self.rows.append((self._numbers[instance, around] if path else -1, instance, path))
        return self._numbers[instance, missing[0] if missing else scope]


def film(schedule: Story, naming: Naming) -> dict[str, Any]:
    """Write a schedule with the ids that the picture has; times are whole milliseconds."""
    nodes, flows, scopes, shorter = Table(), Table(), Scopes(), Shorter()
    drawn = (*naming.nodes.items(), *naming.flows.items(), *naming.messages.items())
    ids = {name: element.id for name, element in drawn}
    begun = schedule.steps[0].time if schedule.steps else 0
    return {
        "moves": [
            (flows[ids[move.flow]], scopes[move.place], round(move.start), round(move.end))
            for move in schedule.moves
            if move.flow in ids
        ],
        "letters": [
            (flows[trip.flow], scopes[trip.place], round(trip.start), round(trip.end))
            for trip in schedule.letters
        ],
        "changes": [
            (nodes[ids[change.node]], scopes[change.place], round(change.at), *change.numbers)
            for change in sorted(schedule.changes, key=lambda change: change.at)
            if change.node in ids
        ],
        "written": [
            (
                scopes[written.place],
                round(written.at),
                written.values if written.gone else shorter.of(written.values),
            )
            for written in sorted(schedule.written, key=lambda written: written.at)
        ],
        "steps": [(round(step.at), (step.time - begun) / 1000) for step in schedule.steps],
        "length": round(schedule.length),
        "begun": begun // 1000,
        "nodes": [(id_, _called(naming, id_)) for id_ in nodes.texts],
        "flows": [(id_, _way(naming, id_)) for id_ in flows.texts],
        "scopes": scopes.rows,
    }


def _called(naming: Naming, id_: str) -> str:
    """Say which element this is: by its name, else by what it is."""
    element = naming.elements.get(id_)
    named = one_line(clean(getattr(element, "name", "")), 80)
    return named or (kind_of(element) if element else id_)


def _way(naming: Naming, id_: str) -> str:
    """Say where a flow leads."""
    flow = naming.elements[id_]
    return f"to {_called(naming, getattr(flow, 'target_ref', ''))}"


class Shorter:
    """Writes values as short texts, until there is too much of them."""

    def __init__(self, most: int = MOST_TEXT) -> None:
        self._left = most

    def of(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Write variables as texts.

        >>> Shorter().of({"name": "Ada", "price": {"$decimal": "1.50"}, "rows": [1, 2]})
        {'name': '"Ada"', 'price': '1.50', 'rows': '[1, 2]'}
        """
        found = {}
        for name, value in values.items():
            text = _text(value) if self._left > 0 else CUT
            self._left -= len(text) + len(name)
            found[name] = text
        return found


def _text(value: Any) -> str:
    """Write a value as a trace has it; a tagged one without its tag."""
    if isinstance(value, dict) and len(value) == 1:
        tag, inner = next(iter(value.items()))
        if tag.startswith("$") and isinstance(inner, str):
            return _cut(inner)
    if isinstance(value, dict) and value.keys() == {"$opaque", "repr"}:
        return _cut(str(value["repr"]))
    return _cut(json.dumps(value, ensure_ascii=False))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"

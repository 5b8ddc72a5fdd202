"""What becomes of each word of a vendor: one row per word and place, no word without a row.

A word is an attribute, written `@name`, or an element, `name`. Its place is a class of the model,
or the name of one of the vendor's own elements.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any, Final

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.model.about import kind_word

Spot = type[m.Element] | str
"""Where a word stands: on an element of the model, or inside of a vendor's element."""

Read = Callable[[Settings, Any], None]
"""Put what an attribute's text or an element says into the settings; raises `ValueError`."""


class Verdict(StrEnum):
    """What becomes of a word."""

    RUNS = "runs"  # it takes part in what is done, and when
    MAPPED = "mapped"  # it becomes data, or what is told of an element
    KEPT = "kept"  # it has no effect on the flow or on data; it is written back
    REFUSED = "refused"  # it would change the flow or data, and cannot be run


EFFECTIVE: Final = frozenset({Verdict.RUNS, Verdict.MAPPED})


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A word in some places.

    Attributes:
        name: `@name` of an attribute, `name` of an element.
        on: the places.
        why: what it does, why it does nothing, or what would differ.
        remedy: what to do instead of a refused one.
        read: how one that stands on the model is read; the element around reads all others.
    """

    name: str
    on: tuple[Spot, ...]
    verdict: Verdict
    why: str
    remedy: str = ""
    read: Read | None = None


class Dialect(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One vendor's namespaces and words.

    Attributes:
        name: by whose rules a file that uses its words is run; empty where it has none.
        prefix: how its words are usually spelled.
    """

    name: str
    prefix: str
    namespaces: Collection[str]
    words: tuple[Word, ...]

    @cached_property
    def rows(self) -> dict[str, list[Word]]:
        """The rows by the word."""
        rows: dict[str, list[Word]] = {}
        for word in self.words:
            rows.setdefault(word.name, []).append(word)
        return rows

    def find(self, name: str, place: m.Element | str) -> Word | None:
        """The row of a word that stands on an element, or inside of a vendor's element."""
        for word in self.rows.get(name, ()):
            for known in word.on:
                if known == place or (isinstance(known, type) and isinstance(place, known)):
                    return word
        return None

    def places(self, name: str) -> list[str]:
        """What people call the places where a word has an effect."""
        rows = [row for row in self.rows.get(name, ()) if row.verdict in EFFECTIVE]
        return list(dict.fromkeys(spot_word(spot) for row in rows for spot in row.on))

    def names(self, place: m.Element | str) -> list[str]:
        """The words that may stand in a place."""
        return [name.lstrip("@") for name in self.rows if self.find(name, place) is not None]


def spot_word(spot: Spot) -> str:
    """What people call a place."""
    return spot if isinstance(spot, str) else kind_word(spot).removeprefix("bpmn")


def reads(
    verdict: Verdict, name: str, on: Iterable[Spot], why: str, read: Read
) -> tuple[Word, ...]:
    """The row of one word that is read."""
    return (Word(name=name, on=tuple(on), verdict=verdict, why=why, read=read),)


def runs(name: str, on: Iterable[Spot], why: str, read: Read) -> tuple[Word, ...]:
    """The row of a word that takes part in what is done."""
    return reads(Verdict.RUNS, name, on, why, read)


def mapped(name: str, on: Iterable[Spot], why: str, read: Read) -> tuple[Word, ...]:
    """The row of a word that becomes data."""
    return reads(Verdict.MAPPED, name, on, why, read)


def kept(names: str, on: Iterable[Spot], why: str) -> tuple[Word, ...]:
    """The rows of words without effect."""
    return _alike(Verdict.KEPT, names, on, why)


def part(names: str, on: Iterable[Spot], why: str) -> tuple[Word, ...]:
    """The rows of words that the vendor's element around them reads."""
    return _alike(Verdict.MAPPED, names, on, why)


def refused(names: str, on: Iterable[Spot], what: str, remedy: str) -> tuple[Word, ...]:
    """The rows of words that would change the flow or data."""
    return _alike(Verdict.REFUSED, names, on, what, remedy)


def _alike(
    verdict: Verdict, names: str, on: Iterable[Spot], why: str, remedy: str = ""
) -> tuple[Word, ...]:
    place = tuple(on)
    return tuple(
        Word(name=name, on=place, verdict=verdict, why=why, remedy=remedy) for name in names.split()
    )


def table(*rows: Iterable[Word]) -> tuple[Word, ...]:
    """All words of some rows, in order."""
    return tuple(chain.from_iterable(rows))


def store(field: str, convert: Callable[[str], Any] = str.strip) -> Read:
    """Read an attribute into a field of the settings."""

    def read(settings: Settings, text: str) -> None:
        setattr(settings, field, convert(text))

    return read


def tell(name: str) -> Read:
    """Read an attribute into a setting of a user task."""

    def read(settings: Settings, text: str) -> None:
        settings.user_task_settings[name] = text.strip()

    return read


ANYWHERE: Final = (m.Element,)
FLOW_NODES: Final = (m.FlowNode,)
SERVICES: Final = (m.ServiceTask, m.SendTask, m.BusinessRuleTask, m.MessageEventDefinition)
"""What Camunda calls like a service task."""

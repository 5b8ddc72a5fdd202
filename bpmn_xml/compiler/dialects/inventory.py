"""Which words of vendors a file uses, how often, and what becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.read import VendorWord, words_inside, words_on
from bpmn_xml.compiler.dialects.table import Dialect, Verdict, Word
from bpmn_xml.model import ForeignElement
from bpmn_xml.model.walk import walk

UNKNOWN: Final = "unknown"
NO_EFFECT: Final = "no effect"
ORDER: Final = (Verdict.REFUSED, UNKNOWN, NO_EFFECT, Verdict.RUNS, Verdict.MAPPED, Verdict.KEPT)
"""What becomes of words, what most needs to be seen first."""


class Use(NamedTuple):
    """A word as it is spelled, what becomes of it and why."""

    verdict: str
    spelled: str
    why: str


def uses(definitions: m.Definitions) -> dict[Use, int]:
    """The words of a file, outside of its drawing, and how often they stand there."""
    counted = Counter(_uses(definitions))
    ordered = sorted(counted, key=lambda use: (ORDER.index(use.verdict), use.spelled))
    return {use: counted[use] for use in ordered}


def _uses(definitions: m.Definitions) -> Iterator[Use]:
    for element, _ in walk(definitions):
        for found in words_on(element):
            row = found.dialect.find(found.name, element)
            yield _use(found.dialect, found.name, found.spelled, row)
            if row is not None and isinstance(found.value, ForeignElement):
                yield from _inside(found)


def _inside(found: VendorWord) -> Iterator[Use]:
    assert isinstance(found.value, ForeignElement)
    for inner in words_inside(found.value):
        yield _use(inner.dialect, inner.name, inner.spelled, inner.row)


def _use(dialect: Dialect, name: str, spelled: str, row: Word | None) -> Use:
    if row is not None:
        return Use(row.verdict, spelled, row.why)
    if name in dialect.rows:
        return Use(NO_EFFECT, spelled, "it means nothing where it stands")
    return Use(UNKNOWN, spelled, "it is in no table")

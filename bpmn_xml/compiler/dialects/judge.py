"""Judge every word of a known vendor, wherever it stands: nothing differs in silence.

A word that has no row in its dialect's table may be a slip or something new, so it is refused
unless it is allowed by name. One that stands where it means nothing is warned of. Drawings
(diagram interchange) are not looked at: they decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects import bx
from bpmn_xml.compiler.dialects.read import VendorWord, words_inside, words_on
from bpmn_xml.compiler.dialects.table import Dialect, Verdict
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.words import with_article
from bpmn_xml.errors import Place
from bpmn_xml.model.about import element_word
from bpmn_xml.model.walk import owned
from bpmn_xml.wording import listed, suggest

SO_ALIKE: Final = 0.65
"""How like a word of ours another must be to mean it: `retry` is so like `retries`."""


class Unknown(NamedTuple):
    """A word without a row: whose it is, as it is spelled, and what may have been meant."""

    dialect: Dialect
    spelled: str
    known: list[str]
    place: Place


def judge_rest(file: DiagramFile) -> None:
    """Judge the words of a file that stand outside of its processes."""
    for found in words_on(file.definitions):
        _judge(file, found, file.definitions, file.definitions)
    roots = file.definitions.root_elements
    judge_all(file, [root for root in roots if not isinstance(root, m.Process)])


def judge_all(file: DiagramFile, roots: Iterable[m.Element]) -> None:
    """Judge the extensions of elements and of their content; the same finding is reported once."""
    before = len(file.findings)
    for element, owner in chain.from_iterable(map(owned, roots)):
        if element.extension_attributes or getattr(element, "extension_elements", ()):
            for found in words_on(element):
                _judge(file, found, element, owner)
    file.findings[before:] = dict.fromkeys(file.findings[before:])


def _judge(file: DiagramFile, found: VendorWord, element: m.Element, owner: m.Element) -> None:
    """Say what is the matter with a word that stands on an element of the model."""
    dialect, row = found.dialect, found.dialect.find(found.name, element)
    place = getattr(found.word, "place", element.place)
    if row is None and found.name in dialect.rows:
        what = f"{found.spelled} has no effect on {with_article(element_word(element))}"
        places = listed(map(with_article, dialect.places(found.name)), "or")
        remedy = f"remove it, or put it on {places}" if places else "remove it"
        file.report_at(place, codes.NO_EFFECT, owner, what, remedy)
    elif row is None:
        _unknown(file, owner, Unknown(dialect, found.spelled, dialect.names(element), place))
    elif row.verdict is Verdict.REFUSED:
        file.refuse(codes.EXTENSION, owner, row.why, row.remedy, place=place)
    elif isinstance(found.value, m.ForeignElement):
        _judge_inside(file, found.value, owner)


def _judge_inside(file: DiagramFile, outer: m.ForeignElement, owner: m.Element) -> None:
    """Judge what a vendor's element holds, however deep."""
    for inner in words_inside(outer):
        if inner.row is None:
            known = inner.dialect.names(inner.place)
            _unknown(file, owner, Unknown(inner.dialect, inner.spelled, known, inner.at))


def _unknown(file: DiagramFile, owner: m.Element, word: Unknown) -> None:
    what = f"{word.spelled} is not known"
    if word.spelled in file.options.allow_unknown:
        file.report_at(word.place, codes.ALLOWED, owner, what, "")
        return
    name = word.spelled.rpartition("/")[2].rpartition(":")[2]
    if word.dialect is bx.DIALECT:
        remedy = suggest(name, word.known, "remove it", SO_ALIKE)
        may = listed((f"{bx.DIALECT.prefix}:{one}" for one in word.known), most=len(word.known))
        remedy = f"{remedy}; here may stand {may}" if may and remedy == "remove it" else remedy
        file.report_at(word.place, codes.VALUE, owner, what, remedy)
        return
    remedy = suggest(name, word.known, "remove it")
    remedy = f"{remedy}, or let it pass with --allow-unknown {word.spelled}"
    file.report_at(word.place, codes.EXTENSION, owner, what, remedy)

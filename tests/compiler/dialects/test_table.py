"""Every word of the vendors has a row; every row keeps what it promises, in every place."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import file
from bpmn_xml.compiler.dialects import camunda7, camunda8
from bpmn_xml.compiler.dialects.read import DIALECTS
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.dialects.table import Dialect, Verdict, Word
from bpmn_xml.model.walk import walk
from tests.compiler.dialects import descriptors
from tests.compiler.dialects.places import PLACES, on, setting, told_on
from tests.compiler.drawing import told, word

VENDORS = {
    "camunda": camunda7.DIALECT,
    "flowable": camunda7.DIALECT,
    "zeebe": camunda8.DIALECT,
}

PUBLIC = [
    (VENDORS[prefix], place, name)
    for prefix, names in (
        ("camunda", descriptors.CAMUNDA),
        ("flowable", descriptors.FORKS),
        ("zeebe", descriptors.ZEEBE),
    )
    for place, text in names.items()
    for name in text.split()
]


@pytest.mark.parametrize(("dialect", "place", "name"), PUBLIC)
def test_every_public_name_has_a_row(dialect: Dialect, place: str, name: str) -> None:
    if place:
        assert dialect.find(name, place), f"{name} in {place}"
    else:
        assert any(not isinstance(spot, str) for row in dialect.rows[name] for spot in row.on)


STANDING = [
    (dialect, row, spot)
    for dialect in DIALECTS
    for row in dialect.words
    for spot in row.on
    if not isinstance(spot, str) and spot not in (m.BPMNShape, m.BPMNEdge, m.BPMNLabel)
]


def named(case: object) -> str:
    return getattr(case, "name", "") or getattr(case, "__name__", "")


@pytest.mark.parametrize(("dialect", "row", "spot"), STANDING, ids=named)
def test_a_row_keeps_what_it_promises(dialect: Dialect, row: Word, spot: type[m.Element]) -> None:
    words = on(f"{dialect.prefix}:{row.name}")
    told = told_on(spot, words)
    refused = [line for line in told if line.startswith("error BX105")]
    assert not [line for line in told if "BX161" in line or "not known" in line]
    if row.verdict is Verdict.REFUSED:
        assert any(f"{row.why} cannot be run yet; {row.remedy}" in line for line in refused)
    if row.verdict is Verdict.KEPT:
        assert told == []
        assert row.read is None
    assert (row.verdict is Verdict.REFUSED) == bool(row.remedy)
    assert row.why


@pytest.mark.parametrize(("dialect", "row", "spot"), STANDING, ids=named)
def test_what_is_to_be_read_is_read(
    dialect: Dialect, row: Word, spot: type[m.Element], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[m.Element] = []
    if row.read is None or any(" BX101 " in line for line in told(PLACES[spot]({}))):
        return
    read = file.read_settings
    monkeypatch.setattr(
        file, "read_settings", lambda *elements: heard.extend(elements) or read(*elements)
    )
    words = on(f"{dialect.prefix}:{row.name}")
    told_on(spot, words)
    drawn = PLACES[spot](words)
    said = [element for element, _ in walk(drawn) if _has(element, words)]
    assert said
    assert all(element in heard for element in said)


def _has(element: m.Element, words: dict[str, object]) -> bool:
    return any(getattr(element, field, None) == value for field, value in words.items())


def test_no_word_has_two_rows_for_one_place() -> None:
    for dialect in DIALECTS:
        for name, rows in dialect.rows.items():
            spots = [spot for row in rows for spot in row.on]
            assert len(spots) == len(set(spots)), name


def test_what_stands_inside_is_read_by_what_is_around() -> None:
    for dialect in DIALECTS:
        for row in dialect.words:
            inside = [spot for spot in row.on if isinstance(spot, str)]
            assert not (inside and row.read), row.name
            assert all(spot in dialect.rows for spot in inside), row.name


def test_a_reader_is_not_asked_where_its_word_means_nothing() -> None:
    assert setting("camunda:topic", "pay", m.UserTask) == Settings()
    assert setting("", word("zeebe:taskDefinition", type="pay"), m.UserTask) == Settings()

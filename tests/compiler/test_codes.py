"""The codes: each has a title and a use, and what is said with it are plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bpmn_xml import compiler
from bpmn_xml.compiler import codes
from bpmn_xml.errors import Severity
from tests.compiler import test_gate, test_starts, test_wiring
from tests.compiler.elements import (
    test_conditions,
    test_events,
    test_links,
    test_nodes,
    test_repeats,
    test_values,
    test_work,
)
from tests.compiler.elements.data import test_associations

TABLES = [
    test_starts.FAULTS,
    test_conditions.FAULTS,
    test_associations.FAULTS,
    test_events.FAULTS,
    test_gate.FAULTS,
    test_links.FAULTS,
    test_nodes.FAULTS,
    test_repeats.FAULTS,
    test_values.FAULTS,
    test_wiring.FAULTS,
    test_work.FAULTS,
]
LINES = sorted({line for table in TABLES for row in table for line in row[-1]})
NAMES = {name: value for name, value in vars(codes).items() if re.match(r"BX\d+$", str(value))}
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
PROPER = {"JavaScript"}


def test_every_code_has_a_title_and_stands_once() -> None:
    assert sorted(NAMES.values()) == sorted(codes.TITLES)
    assert codes.MILD.keys() | codes.STUBBED <= codes.TITLES.keys()


def test_every_code_is_used() -> None:
    sources = Path(compiler.__file__).parent.rglob("*.py")
    text = "\n".join(path.read_text("utf-8") for path in sources)
    assert [name for name in NAMES if f"codes.{name}" not in text] == []


@pytest.mark.parametrize("line", LINES)
def test_what_is_said_are_plain_words(line: str) -> None:
    severity, _, rest = line.partition(" ")
    message, _, remedy = rest.partition("; ")
    assert remedy or severity == "note"
    words = re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", QUOTED.sub("", message))
    assert set(words) <= PROPER
    assert not re.search(r"\b(?:None|Exception|Struct|tuple|dict)\b", QUOTED.sub("", line))
    assert not re.search(r"\ba [aeio]|\ban [^aeio]", QUOTED.sub("", message))


def test_severities() -> None:
    for code in codes.TITLES:
        plain, stub = codes.severity(code), codes.severity(code, stub=True)
        assert plain is codes.MILD.get(code, Severity.ERROR)
        assert stub is (Severity.NOTE if code in codes.STUBBED else plain)

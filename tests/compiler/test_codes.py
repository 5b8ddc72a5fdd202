"""The codes: each has a title and a use, and what is said with it are plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bpmn_xml import compiler
from bpmn_xml import model as m
from bpmn_xml.codes import meanings
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.options import Options
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


@pytest.mark.parametrize("stub", [False, True])
@pytest.mark.parametrize("code", NAMES.values(), ids=NAMES)
def test_a_stub_run_leaves_out_what_it_can(code: str, stub: bool) -> None:
    file = DiagramFile(definitions=m.Definitions(id="D"), options=Options(stub=stub))
    file.report(code, m.Task(id="t"), "so it is", "mend it")
    usual = Severity.NOTE if stub and code in codes.STUBBED else meanings()[code].severity
    assert [str(found) for found in file.findings] == [
        f"<memory>: {usual} {code} t: so it is; mend it"
    ]

"""Which process begins when none is named: the command line and Python decide alike."""

from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime.beginning import container_of
from tests.cli.files import FILES, bpmn, chain, process

CALLED = process(chain("task a", prefix="a_"), id_="A")
CALLS = bpmn(CALLED, process(chain("callActivity c calledElement='A'", prefix="b_"), id_="B"))


def compiled(text: str) -> Program:
    return compile_models([read(text.encode())])


@pytest.mark.parametrize(("text", "asked", "found"), [(CALLS, "", "B"), (CALLS, "A", "A")])
def test_what_no_other_calls_begins(text: str, asked: str, found: str) -> None:
    program = compiled(text)
    assert container_of(program, asked) == program.processes[found]


@pytest.mark.parametrize(
    ("text", "asked", "found"), [(CALLS, "A", "A"), (bpmn(CALLED), "", "A")], ids=["named", "only"]
)
def test_what_is_clear_is_not_looked_for(text: str, asked: str, found: str) -> None:
    program = compiled(text)
    without = msgspec.structs.replace(program, nodes=None)
    assert container_of(without, asked) == program.processes[found]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "several processes may begin: name one of A, B"),
        ("C", "there is no process 'C': name one of A, B"),
    ],
)
def test_what_is_not_clear_is_refused(asked: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        container_of(compiled(FILES["both.bpmn"]), asked)

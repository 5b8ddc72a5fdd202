"""Which process begins, and where, when not everything is said."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.cli.running.starting import Beginning, beginnings, main_process
from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from tests.cli.files import FILES, MESSAGES, WAITING, bpmn, chain, process
from tests.compiler.drawing import around

CALLS = bpmn(
    process(chain("task a", prefix="a_"), id_="A"),
    process(chain("callActivity c calledElement='A'", prefix="b_"), id_="B"),
)
MIXED = bpmn(MESSAGES, WAITING, process(chain("task a", prefix="a_"), id_="A"))
ONE_EVENT = bpmn(
    MESSAGES,
    process(
        '<startEvent id="asked"><messageEventDefinition id="m" messageRef="M"/></startEvent>'
        '<endEvent id="end"/><sequenceFlow id="f" sourceRef="asked" targetRef="end"/>'
    ),
)
RING = bpmn(process(chain("callActivity c calledElement='P'")))


def compiled(text: str) -> Program:
    return compile_models([read(text.encode())])


def begun(program: Program, asked: str, starts: list[str], *, wait: bool = False) -> object:
    main = main_process(program, asked, starts)
    return beginnings(program, main, starts, wait=wait, alone=bool(asked))


CHOSEN: dict[str, tuple[str, str, list[str], list[tuple[str, str]], str]] = {
    "the only one": (FILES["greet.bpmn"], "", [], [("P", "")], ""),
    "the one that is named": (FILES["both.bpmn"], "B", [], [("B", "")], ""),
    "all that begin": (FILES["both.bpmn"], "", [], [("B", ""), ("A", "")], ""),
    "one more before it": (FILES["both.bpmn"], "", ["A"], [("A", ""), ("B", "")], ""),
    "the one that no other calls": (CALLS, "", [], [("B", "")], ""),
    "one that calls itself": (RING, "", [], [("P", "")], ""),
    "the one that begins by itself": (MIXED, "", [], [("A", "")], ""),
    "the one with the named event": (MIXED, "", ["noon"], [("P", "noon")], ""),
    "the only event": (ONE_EVENT, "", [], [("P", "asked")], "as if asked had happened"),
}


@pytest.mark.parametrize("case", CHOSEN.values(), ids=CHOSEN)
def test_this_is_begun(
    case: tuple[str, str, list[str], list[tuple[str, str]], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    text, asked, starts, expected, note = case
    assert begun(compiled(text), asked, starts) == [Beginning(*pair) for pair in expected]
    told = capsys.readouterr().err
    assert note in told
    assert bool(note) == bool(told)


REFUSED: dict[str, tuple[str, str, list[str], str]] = {
    "no process": (FILES["both.bpmn"], "X", [], "there is no process 'X': use A or B"),
    "a near one": (FILES["waiting.bpmn"], "Q", [], "there is no process 'Q': use P"),
    "no start": (FILES["both.bpmn"], "A", ["a_strt"], "'a_strt': did you mean 'a_start'?"),
    "several events": (FILES["waiting.bpmn"], "", [], "--start asked or --start noon"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_this_is_refused(case: tuple[str, str, list[str], str]) -> None:
    text, asked, starts, message = case
    with pytest.raises(UsageError, match=message):
        begun(compiled(text), asked, starts)


def test_where_an_expression_says_what_is_called_only_the_first_process_begins() -> None:
    calls = m.CallActivity(id="c", called_element="${which}")
    others = [
        m.Process(id=n, is_executable=True, flow_elements=(m.Task(id=f"t{n}"),)) for n in "QR"
    ]
    program = compile_models([around(calls, roots=others)])
    main = main_process(program, "", [])
    assert beginnings(program, main, [], wait=False, alone=False) == [Beginning("P")]


def test_what_waits_to_be_started_is_not_begun_where_the_world_is_told_of() -> None:
    program = compiled(ONE_EVENT)
    assert begun(program, "", [], wait=True) == []
    assert begun(program, "", ["asked"], wait=True) == [Beginning("P", "asked")]
    assert begun(compiled(FILES["greet.bpmn"]), "", [], wait=True) == [Beginning("P", "")]

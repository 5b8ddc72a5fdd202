"""What call activities call, in whichever file it is."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program.scoping import NOBODY
from tests.compiler.drawing import around, compiled, extended, said, told, word

CALLED = m.Process(id="Ship", flow_elements=(m.Task(id="q"),))
CALL = m.CallActivity(id="c", called_element="Ship")


def test_what_is_called_is_compiled_too_from_whichever_file() -> None:
    again = m.Process(id="Ship", flow_elements=(m.CallActivity(id="q", called_element="R"),))
    last = m.Process(id="R", flow_elements=(m.CallActivity(id="r", called_element="Ship"),))
    library = m.Definitions(id="L", root_elements=(again, last))
    program = compiled(around(CALL), library)
    assert list(program.processes) == ["P", "Ship", "R"]
    body = {node.id: program.containers[node.body].id for node in program.nodes if node.body >= 0}
    assert body == {"c": "Ship", "q": "R", "r": "Ship"}


@pytest.mark.parametrize("called", ["Ship", "{urn:other}Ship"])
def test_a_called_process_need_not_be_executable(called: str) -> None:
    call = m.CallActivity(id="c", called_element=called)
    program = compiled(around(call, roots=(CALLED,)))
    assert list(program.processes) == ["P", "Ship"]


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (
            m.CallActivity(id="c", called_element="${which"),
            (
                "error BX110 c: its called element '${which' is no JUEL at character 8: "
                "expected '}' but the text ends; correct it"
            ),
        ),
        (
            m.CallActivity(id="c", called_element="Ship", **said(camunda_caseRef="K")),
            (
                "error BX105 c: a case cannot be run yet; draw what it calls as a process, "
                "or leave it out with --stub"
            ),
        ),
    ],
)
def test_what_cannot_be_called_is_said(call: m.CallActivity, line: str) -> None:
    assert told(around(call, roots=(CALLED,))) == [line]


def lacking(drawn: m.Definitions) -> list[str]:
    """What is refused where nothing stands in for what is called, and what to do about it."""
    program, _ = analyse([drawn])
    assert program is not None
    works = [node.work for node in program.nodes if node.work is not None]
    lacks = [work.lacks for work in works if work.lacks is not None]
    return [f"{lack.code} {lack.what}; {lack.remedy}" for lack in lacks]


TOO = "give the file that has it too, or a handler of its id in its place"


@pytest.mark.parametrize(
    ("called", "line"),
    [
        ("Nothing", f"no file has the process 'Nothing' that it calls; {TOO}"),
        ("Shop", f"no file has the process 'Shop' that it calls; did you mean 'Ship'? Else {TOO}"),
        (None, "it does not say what it calls; name a process"),
        (
            "Talk",
            (
                "'Talk', which it calls, is a choreography, not a process; "
                "draw the processes of those who take part in it"
            ),
        ),
    ],
)
def test_what_is_not_there_python_may_stand_in_for(called: str | None, line: str) -> None:
    roots = (CALLED, m.Choreography(id="Talk"))
    drawn = around(m.CallActivity(id="c", called_element=called), roots=roots)
    assert lacking(drawn) == [f"BX133 {line}"]


SIGNAL = m.SignalEventDefinition(id="d", signal_ref="S")
LATER = m.StartEvent(id="q1", event_definitions=(SIGNAL,))
NONE, OTHER = m.StartEvent(id="q2"), m.StartEvent(id="q3")


@pytest.mark.parametrize(
    ("starts", "lines"),
    [
        ((LATER, NONE), []),
        ((NONE, OTHER, LATER), ["BX133 'Ship', which it calls, has 2 start events"]),
        ((LATER,), ["BX133 'Ship', which it calls, begins only when something happens"]),
    ],
)
def test_a_called_process_begins_at_one_place(
    starts: tuple[m.StartEvent, ...], lines: list[str]
) -> None:
    drawn = around(
        CALL, roots=(m.Process(id="Ship", flow_elements=starts), m.Signal(id="S", name="S"))
    )
    assert [line.partition(";")[0] for line in lacking(drawn)] == lines


@pytest.mark.parametrize("name", ["Ship", "Gone", None, {"a": 1}])
def test_in_a_stub_run_a_call_of_no_known_name_passes(name: object) -> None:
    which = word("zeebe:calledElement", processId="= name")
    ship = m.Process(id="Ship", is_executable=True, flow_elements=CALLED.flow_elements)
    call = m.CallActivity(id="c", **extended(which))
    program, _ = analyse([around(call, roots=(ship,))], Options(stub=True, process="P"))
    assert program is not None
    (found,) = [node.call for node in program.nodes if node.id == "c"]
    assert found is not None
    assert found.which is not None
    assert found.which.evaluate({"name": name}) == ("Ship" if name == "Ship" else NOBODY)


def test_a_process_that_has_the_id_of_a_node_cannot_be_called() -> None:
    inner = m.Process(id="s", flow_elements=(m.StartEvent(id="i"),))
    call = m.CallActivity(id="c", called_element="s")
    (line,) = told(around(call, roots=(inner,)))
    assert line.startswith("error BX125 s: a start event has the same id")

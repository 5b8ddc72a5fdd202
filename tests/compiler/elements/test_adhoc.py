"""Ad-hoc sub-processes as they are drawn."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import AdHoc, Kind
from tests.compiler.drawing import around, compiled, extended, file, flow, flows, told, word


def drawn(**fields: object) -> AdHoc:
    tasks = (m.Task(id="a"), m.Task(id="b"), m.Task(id="c"), *flows("a b"))
    sub = m.AdHocSubProcess(id="z", flow_elements=tasks, **fields)  # type: ignore[arg-type] # a table of fields
    program = compiled(around(sub))
    node = next(node for node in program.nodes if node.id == "z")
    assert node.kind is Kind.AD_HOC
    names = [program.nodes[i].id for i in program.containers[node.body].starts]
    assert names == ["a", "c"]
    assert node.ad_hoc is not None
    return node.ad_hoc


def test_what_is_said_when_nothing_is_said() -> None:
    assert drawn() == AdHoc()


def test_order_and_end() -> None:
    condition = m.FormalExpression(body="n > 1", language="python")
    words = {"completion_condition": condition, "cancel_remaining_instances": False}
    found, in_turn = drawn(**words), drawn(ordering="Sequential", **words)
    assert not found.sequential
    assert in_turn.sequential
    assert not found.cancels
    assert in_turn.cancels  # where nothing is done beside, nothing is left to go on (10.3.5)
    assert found.until is not None
    assert found.until.evaluate({"n": 2})


def test_what_it_begins_with_may_be_computed() -> None:
    found = drawn(**extended(word("zeebe:adHoc", activeElementsCollection='=["c"]')))
    assert found.elements is not None
    assert found.elements.evaluate({}) == ["c"]


def test_a_condition_that_cannot_be_read() -> None:
    condition = m.FormalExpression(body="n >", language="python")
    sub = m.AdHocSubProcess(id="z", flow_elements=(m.Task(id="a"),), completion_condition=condition)
    assert [line.split(": ")[0] for line in told(around(sub))] == ["error BX110 z"]


@pytest.mark.parametrize("words", [{"outputCollection": "all"}, {"outputElement": "=one"}])
def test_what_is_collected_needs_both(words: dict[str, str]) -> None:
    found = extended(word("zeebe:adHoc", activeElementsCollection='=["a"]', **words))
    sub = m.AdHocSubProcess(id="z", flow_elements=(m.Task(id="a"),), **found)
    (line,) = told(around(sub))
    assert "it names only one of outputCollection and outputElement" in line


def test_what_is_collected() -> None:
    said = {"outputCollection": "all", "outputElement": "=one"}
    found = drawn(**extended(word("zeebe:adHoc", activeElementsCollection='=["a"]', **said)))
    assert found.output == "all"
    assert found.collect is not None
    assert found.collect.evaluate({"one": 1}) == 1


@pytest.mark.parametrize(("variables", "begun"), [({}, ["a", "c"]), ({"which": ["b"]}, ["b"])])
def test_in_a_stub_run_all_begin_where_nothing_says_which(
    variables: dict[str, object], begun: list[str]
) -> None:
    tasks = (m.Task(id="a"), m.Task(id="b"), m.Task(id="c"), *flows("a b"))
    chosen = extended(word("zeebe:adHoc", activeElementsCollection="=which"))
    sub = m.AdHocSubProcess(id="z", flow_elements=tasks, **chosen)
    program, _ = analyse([around(sub)], Options(stub=True))
    assert program is not None
    ad_hoc = next(node.ad_hoc for node in program.nodes if node.id == "z")
    assert ad_hoc is not None
    assert ad_hoc.elements is not None
    assert ad_hoc.elements.evaluate(variables) == begun


WORKER = word("zeebe:taskDefinition", type="agent", retries="1")


def test_a_job_that_steers_is_called_by_its_type_or_as_the_sub_process() -> None:
    headers = word("zeebe:taskHeaders", word("zeebe:header", key="model", value="small"))
    sub = m.AdHocSubProcess(
        id="z", name="Agent", flow_elements=(m.Task(id="a"),), **extended(WORKER, headers)
    )
    program = compiled(around(sub))
    node = next(node for node in program.nodes if node.steering is not None)
    assert (node.id, node.name, node.kind) == ("z/ask", "Agent", Kind.LISTENER)
    assert node.work is not None
    assert node.work.names == ("agent", "z")
    assert node.work.fields == (("model", "small"),)
    assert node.work.retries == ()


@pytest.mark.parametrize("more", ["elements", "condition"])
def test_a_job_steers_alone(more: str) -> None:
    elements = (word("zeebe:adHoc", activeElementsCollection="=tools"),)
    sub = m.AdHocSubProcess(
        id="z",
        flow_elements=(m.Task(id="a"),),
        completion_condition=m.FormalExpression(body="=done") if more == "condition" else None,
        **extended(WORKER, *(elements if more == "elements" else ())),
    )
    (line,) = told(around(sub))
    assert line == (
        "error BX160 z: a job worker says what begins in it and when it is complete, and the "
        "drawing too; remove one of them"
    )


def test_nothing_is_caught_inside_of_what_a_job_steers() -> None:
    start = m.StartEvent(
        id="vs", event_definitions=(m.TimerEventDefinition(
            id="d", time_duration=m.FormalExpression(body="PT1H")),),
    )  # fmt: skip
    inner = m.SubProcess(id="v", triggered_by_event=True, flow_elements=(start,))
    sub = m.AdHocSubProcess(id="z", flow_elements=(m.Task(id="a"), inner), **extended(WORKER))
    (line,) = told(around(sub))
    assert line.startswith(
        "error BX101 z: an event sub-process in an ad-hoc sub-process that a job"
    )


def test_an_event_does_not_begin_one() -> None:
    inside = m.StartEvent(id="zs"), m.Task(id="a"), flow("zs a")
    sub = m.AdHocSubProcess(id="z", triggered_by_event=True, flow_elements=inside)
    (line,) = told(file(m.Task(id="t"), sub))
    assert "an ad-hoc sub-process that begins by an event cannot be run yet" in line

"""What is written beside an element that a run has reached."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

import pytest
from msgspec import structs

from bpmn_xml import Engine, read
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.program import Kind
from bpmn_xml.render.heat import heat_of
from bpmn_xml.render.overlay import Heat, Mark, Progress
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.render.traced import count, overlay_of_trace
from bpmn_xml.render.words import said
from bpmn_xml.trace.codec import header_of
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary, summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.why import waiting
from tests.conftest import ROOT
from tests.diagrams.gallery import compiled
from tests.documents import DEFINITIONS

REMARKS = [(0, 0, ""), (2, 0, "2 failed"), (1, 1, "1 error"), (5, 3, "2 failed, 3 errors")]


@pytest.mark.parametrize(("failures", "errors", "remark"), REMARKS)
def test_errors_are_told_from_failures(failures: int, errors: int, remark: str) -> None:
    node = ElementSummary(
        id="charge", state=ElementState.DONE, count=1, failures=failures, errors=errors
    )
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    overlay = overlay_of(RunSummary(nodes=(node,), flows=()), naming)
    assert overlay.marks["charge"].remark == remark


@pytest.mark.parametrize(
    ("state", "remark"), [(ElementState.DONE, "1 interrupted"), (ElementState.INTERRUPTED, "")]
)
def test_what_was_interrupted_is_told_from_what_is_done(state: ElementState, remark: str) -> None:
    node = ElementSummary(id="charge", state=state, count=3, cancelled=1, interrupted=1)
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    assert overlay_of(RunSummary(nodes=(node,), flows=()), naming).marks["charge"].remark == remark


def test_names_of_elements_lead_to_their_files() -> None:
    """Ids that have colons of their own, or look as if they were renamed, mislead nobody."""
    inside = '<startEvent id="s"/><task id="pay:a"/><task id="Q:s"/>'
    head = f"{DEFINITIONS}<process isExecutable='true' id="
    texts = [f"{head}'{name}'>{inside}</process></definitions>" for name in "PQ"]
    models = [read(text.encode()) for text in texts]
    renamed = header_of(compile_models(models)).renamed
    first, second = (Naming(model, renamed).nodes for model in models)
    assert {name: node.id for name, node in first.items()} == {
        "s": "s", "pay:a": "pay:a", "Q:s": "Q:s",
    }  # fmt: skip
    assert {name: node.id for name, node in second.items()} == {
        "Q:2:s": "s", "Q:pay:a": "pay:a", "Q:Q:s": "Q:s",
    }  # fmt: skip


NOW = [
    (ElementState.WAITING, {"count": 2, "active": 1, "waiting": 1}, 1),
    (ElementState.WAITING, {"count": 1, "active": 1, "waiting": 1}, None),
    (ElementState.WAITING, {"count": 3, "waiting": 2, "joining": 1}, 1),
    (ElementState.WAITING, {"count": 0, "waiting": 2, "joining": 1}, None),
    (ElementState.ACTIVE, {"count": 3, "active": 2}, 2),
    (ElementState.ACTIVE, {"count": 3, "active": 2, "waiting": 1}, 1),
    (ElementState.FAILED, {"count": 9, "incidents": 1, "stuck": 1}, 1),
    (ElementState.FAILED, {"count": 4, "stuck": 1}, 1),
    (ElementState.FAILED, {"count": 5, "cancelled": 3, "interrupted": 1}, 2),
    (ElementState.DONE, {"count": 3}, None),
    (ElementState.DONE, {"count": 3, "completed": 2, "cancelled": 1}, 2),
    (ElementState.INTERRUPTED, {"count": 3, "cancelled": 3}, None),
]


@pytest.mark.parametrize(("state", "numbers", "now"), NOW)
def test_what_is_over_is_told_from_what_is_not(
    state: ElementState, numbers: dict[str, int], now: int | None
) -> None:
    node = ElementSummary(id="charge", state=state, **numbers)
    naming = Naming(read(ROOT / "diagrams" / "order" / "order.bpmn"))
    mark = overlay_of(RunSummary(nodes=(node,), flows=()), naming).marks["charge"]
    assert mark.now == now


FOLDED = """<process id="p" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="sub"/>
  <subProcess id="sub">
    <startEvent id="s2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="fork"/>
    <parallelGateway id="fork"/><sequenceFlow id="f3" sourceRef="fork" targetRef="a"/>
    <sequenceFlow id="f4" sourceRef="fork" targetRef="b"/><task id="b"/>
    <sequenceFlow id="f5" sourceRef="fork" targetRef="join"/>
    <serviceTask id="a"/><sequenceFlow id="f6" sourceRef="a" targetRef="join"/>
    <sequenceFlow id="f7" sourceRef="b" targetRef="join"/><parallelGateway id="join"/>
  </subProcess>
</process>"""
MULTIPLE = """<multiInstanceLoopCharacteristics>
  <loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></subProcess>"""
COUNTED = [
    (
        FOLDED,
        {
            "sub": "failed, 1 of 4 times", "a": "failed, 1 of 4 times", "b": "done, 4 times",
            "join": "waiting, 1 of 4 times", "f5": "waiting, 1 of 4 times", "f6": "done, 3 times",
        },
    ),
    (
        FOLDED.replace("</subProcess>", MULTIPLE),
        {
            "sub": "failed, 3 of 12 times", "a": "failed, 3 of 12 times", "b": "done, 12 times",
            "join": "waiting, 3 of 12 times", "f5": "waiting, 3 of 12 times",
            "f6": "done, 9 times",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTED, ids=["once", "several times"])
def test_of_four_runs_one_stands_still(text: str, expected: dict[str, str], tmp_path: Path) -> None:
    """A join that waits counts among its times, and tokens of two flows wait for one of them."""
    definitions = read(f"{DEFINITIONS}{text}</definitions>".encode())

    def work(good: bool) -> None:
        if not good:
            raise ValueError

    with Engine(definitions, {"a": work}, trace=tmp_path / "t.jsonl") as engine:
        for good in (True, True, False, True):
            engine.start("p", {"good": good}).wait()
    naming = Naming(definitions)
    tally = RunTally(naming.joins())
    with TraceReader(tmp_path / "t.jsonl") as trace:
        tally.add_lines(trace)
    marks = overlay_of(summarize(tally), naming).marks
    told = {id_: marks[id_] for id_ in expected}
    bare = {id_: structs.replace(mark, duration="", remark="") for id_, mark in told.items()}
    assert {id_: said(mark) for id_, mark in bare.items()} == expected


PAPERS = """<process id="p" isExecutable="true">
  <dataObject id="d"/><dataObjectReference id="order" dataObjectRef="d"/>
  <dataObjectReference id="bill" dataObjectRef="d"/><dataStoreReference id="archive"/>
  <dataObjectReference id="complaint" dataObjectRef="d"/>
  <dataObjectReference id="receipt" dataObjectRef="d"/>
  <dataObjectReference id="lonely" dataObjectRef="d"/>
  <startEvent id="s"><dataOutputAssociation id="s_order"><targetRef>order</targetRef>
    </dataOutputAssociation></startEvent>
  <sequenceFlow id="f" sourceRef="s" targetRef="x"/><exclusiveGateway id="x" default="no"/>
  <sequenceFlow id="yes" sourceRef="x" targetRef="complain">
    <conditionExpression>1 == 2</conditionExpression></sequenceFlow>
  <sequenceFlow id="no" sourceRef="x" targetRef="pay"/>
  <task id="complain"><dataInputAssociation id="order_complain"><sourceRef>order</sourceRef>
    </dataInputAssociation><dataOutputAssociation id="complain_complaint">
    <targetRef>complaint</targetRef></dataOutputAssociation></task>
  <userTask id="pay"><dataInputAssociation id="order_pay"><sourceRef>order</sourceRef>
    </dataInputAssociation><dataOutputAssociation id="pay_receipt"><targetRef>receipt</targetRef>
    </dataOutputAssociation></userTask>
  <textAnnotation id="note"/><association id="x_note" sourceRef="x" targetRef="note"/>
  <association id="archive_no" sourceRef="archive" targetRef="no"/>
  <association id="bill_yes" sourceRef="yes" targetRef="bill"/>
</process>"""
READ = {"order", "s_order", "order_pay", "archive", "archive_no"}
LEFT = {
    "d", "bill", "complaint", "receipt", "lonely", "bill_yes",
    "order_complain", "complain_complaint", "pay_receipt",
}  # fmt: skip


def marks_of(text: str, trace: Path) -> dict[str, Mark]:
    definitions = read(f"{DEFINITIONS}{text}</definitions>".encode())
    with Engine(definitions, stub=True, trace=trace) as engine:
        engine.start("p").wait()
    return dict(overlay_of_trace(definitions, trace).marks)


def test_data_is_reached_when_it_was_read_or_written(tmp_path: Path) -> None:
    """10.4.2: data is read when a node begins, written when it ends; `pay` has not ended."""
    marks = marks_of(PAPERS, tmp_path / "t.jsonl")
    for id_ in READ:
        assert marks[id_] == Mark(state=Progress.DONE), id_
    for id_ in LEFT:
        assert marks[id_] == Mark(state=Progress.UNTOUCHED), id_
    assert not marks.keys() & {"note", "x_note"}
    counted = count(read(f"{DEFINITIONS}{PAPERS}</definitions>".encode()), [tmp_path / "t.jsonl"])
    warm = heat_of(counted.summary, counted.naming, "count").marks
    assert {warm[id_].state for id_ in READ} == {Heat.NONE}
    assert {warm[id_].state for id_ in LEFT} == {Progress.UNTOUCHED}


NEEDY = """<process id="p" isExecutable="true"><dataObject id="price"/>
  <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="charge"/>
  <task id="charge"><ioSpecification><dataInput id="in" name="price"/>
    <inputSet><dataInputRefs>in</dataInputRefs></inputSet><outputSet/></ioSpecification>
    <dataInputAssociation id="price_charge"><sourceRef>price</sourceRef><targetRef>in</targetRef>
    </dataInputAssociation></task>
</process>"""


def test_what_waits_for_its_data_is_waiting(tmp_path: Path) -> None:
    """10.4.2: an activity does not begin before its data is there."""
    definitions = read(f"{DEFINITIONS}{NEEDY}</definitions>".encode())
    with Engine(definitions, trace=tmp_path / "t.jsonl") as engine:
        run = engine.start("p")
        run.wait()
    assert run.status == "waiting"
    marks = overlay_of_trace(definitions, tmp_path / "t.jsonl").marks
    assert marks["charge"] == Mark(state=Progress.WAITING, count=1)
    assert marks["price"] == marks["price_charge"] == Mark(state=Progress.UNTOUCHED)


UNDONE = """<process id="p" isExecutable="true">
  <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="book"/><task id="book"/>
  <boundaryEvent id="booked" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>
  <task id="cancel" isForCompensation="true"/>
  <association id="undo" sourceRef="booked" targetRef="cancel" associationDirection="One"/>
  <sequenceFlow id="f2" sourceRef="book" targetRef="pay"/><task id="pay"/>
  <boundaryEvent id="paid" attachedToRef="pay"><compensateEventDefinition/></boundaryEvent>
  <task id="refund" isForCompensation="true"/>
  <association id="back" sourceRef="paid" targetRef="refund" associationDirection="One"/>
  <sequenceFlow id="f3" sourceRef="pay" targetRef="e"/>
  <endEvent id="e"><compensateEventDefinition activityRef="book"/></endEvent>
</process>"""


def test_the_line_to_what_undoes_is_a_flow(tmp_path: Path) -> None:
    marks = marks_of(UNDONE, tmp_path / "t.jsonl")
    assert marks["undo"] == Mark(state=Progress.DONE, count=1)
    assert marks["cancel"].state is Progress.DONE
    assert not marks.keys() & {"back", "refund"}  # which makes them as the rest


ELEMENTS = sorted((ROOT / "diagrams" / "elements").glob("*.bpmn"))
NEVER_ACTIVE = {Kind.START_EVENT, Kind.THROW_EVENT}
"""Links are flows to a program, and what receives and begins is a start."""


@pytest.mark.parametrize("path", ELEMENTS, ids=attrgetter("stem"))
def test_the_drawing_and_the_program_say_the_same_of_what_waits(path: Path) -> None:
    program, naming = compiled(path), Naming(read(path))
    active = {node.id for node in program.nodes if node.kind not in NEVER_ACTIVE}
    said = {program.nodes[index].id for index in waiting(program)}
    assert said & set(naming.nodes) == naming.waiting() & active

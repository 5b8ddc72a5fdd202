"""Messages between pools: each flow carries what was sent and received, effect after cause."""

from __future__ import annotations

from pathlib import Path

from bpmn_xml import model, read
from bpmn_xml.compiler import compile_models
from bpmn_xml.render.heat import heat_of
from bpmn_xml.render.replay.film import film
from bpmn_xml.render.replay.schedule import schedule
from bpmn_xml.render.replay.trips import TRAVEL, Mail, Where
from bpmn_xml.render.runs import Naming, overlay_of
from bpmn_xml.runtime import Engine
from bpmn_xml.trace.reader import TraceEntry, TraceReader
from bpmn_xml.trace.summary import summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.writer import TraceWriter

PIZZA = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
<collaboration id="c">
  <participant id="cu" processRef="P1"/><participant id="pi" processRef="P2"/>
  <messageFlow id="asked" sourceRef="order" targetRef="came"/>
  <messageFlow id="brought" sourceRef="deliver" targetRef="got"/>
  <messageFlow id="never" sourceRef="complain" targetRef="heard"/>
</collaboration>
<process id="P1" isExecutable="true">
  <startEvent id="s"/><sendTask id="order"/><receiveTask id="got"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="order"/>
  <sequenceFlow id="f2" sourceRef="order" targetRef="got"/>
  <sequenceFlow id="f3" sourceRef="got" targetRef="e"/>
  <boundaryEvent id="late" attachedToRef="got">
    <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
  </boundaryEvent>
  <sendTask id="complain"/>
  <sequenceFlow id="f4" sourceRef="late" targetRef="complain"/>
</process>
<process id="P2" isExecutable="true">
  <startEvent id="came"><messageEventDefinition/></startEvent><sendTask id="deliver"/>
  <sequenceFlow id="g1" sourceRef="came" targetRef="deliver"/>
  <startEvent id="heard"><messageEventDefinition/></startEvent><endEvent id="g"/>
  <sequenceFlow id="g2" sourceRef="heard" targetRef="g"/>
</process></definitions>"""


def test_a_message_flow_is_taken_as_often_as_it_was_sent_and_received(tmp_path: Path) -> None:
    definitions = read(PIZZA.encode())
    program = compile_models([definitions])
    trace = TraceWriter(tmp_path / "t.jsonl", program)
    with Engine(program) as engine:
        engine.observe(trace)
        engine.start("P1")
        assert engine.wait(10)
    trace.close()
    with TraceReader(tmp_path / "t.jsonl") as reader:
        lines = [*reader.with_values()]
    naming, tally = Naming(definitions), RunTally()
    tally.add_lines(lines)
    summary = summarize(tally)
    counts = {flow: mark.count for flow, mark in overlay_of(summary, naming).marks.items()}
    assert (counts["asked"], counts["brought"], counts.get("never")) == (1, 1, None)
    assert heat_of(summary, naming, "count").marks["brought"].value == "1"
    told = schedule(lines, naming)
    seen = {trip.flow: trip for trip in told.letters}
    done = {change.node: change.at for change in told.changes if change.done}
    assert list(seen) == ["asked", "brought"]
    assert done["order"] <= seen["asked"].start < seen["asked"].end <= done["came"]
    assert done["deliver"] <= seen["brought"].start < seen["brought"].end <= done["got"]
    assert len(film(told, naming)["letters"]) == 2


def test_of_a_pool_that_is_not_run_the_other_end_tells() -> None:
    outside = model.Collaboration(
        id="c",
        participants=(model.Participant(id="bank"),),
        message_flows=(
            model.MessageFlow(id="out", source_ref="send", target_ref="bank"),
            model.MessageFlow(id="in", source_ref="bank", target_ref="came"),
        ),
    )
    nodes = (model.StartEvent(id="came"), model.SendTask(id="send"))
    process = model.Process(id="p", flow_elements=nodes)
    naming = Naming(model.Definitions(id="d", root_elements=(outside, process)))
    mail, place = Mail(naming), Where("i", "")
    assert mail.receive(place, "came", 100.0) == 100.0 + TRAVEL
    assert mail.receive(place, "send", 100.0) == 100.0
    mail.send(place, TraceEntry("MessageThrown", node="send"), 900.0)
    mail.send(place, TraceEntry("MessageThrown", node="came"), 900.0)
    assert [(trip.flow, trip.start) for trip in mail.trips] == [("in", 100.0), ("out", 900.0)]

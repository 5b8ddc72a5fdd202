"""What goes with what is thrown: signals and messages with the data of their mappings."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.state import split_key
from tests.compiler.drawing import around, extended, file, flows, read_text, told, word
from tests.compiler.elements.data.test_mappings import CAUGHT, MESSAGE, SIGNAL, into, io7, io8
from tests.core.harness import Driver


def passed(**attributes: str) -> m.ForeignElement:
    return word("camunda:in", **attributes)


SIGNALS = [
    # what is passed, what else is said of the event, what the signal brings
    ((), (), {}),
    ((passed(source="a"),), (), {"a": 1}),
    ((passed(source="a", target="b"), passed(source="none")), (), {"b": 1, "none": None}),
    ((passed(sourceExpression="${a + 1}", target="b"),), (), {"b": 2}),
    ((passed(variables="all"),), (), {"a": 1}),
    ((passed(businessKey="${a}"),), (), {"businessKey": 1}),
    ((passed(variables="all"),), (into("x", "${a}"),), {"a": 1, "x": 1}),
    ((passed(source="x"),), (into("x", "${a}"),), {"x": 1}),
    ((passed(variables="all", local="true"),), (into("x", "${a}"),), {"x": 1}),
    ((passed(source="a", local="true"),), (), {"a": None}),
    ((passed(source="x", target="y", local="true"),), (into("x", "${a}"),), {"y": 1}),
    ((), (into("x", "${a}"),), {}),
    ((), (io8("x <- =a", "y.z <- =x + 1"),), {"x": 1, "y": {"z": 2}}),
]


@pytest.mark.parametrize(("words", "own", "expected"), SIGNALS)
def test_what_a_signal_takes_along(
    words: tuple[m.ForeignElement, ...],
    own: tuple[m.ForeignElement, ...],
    expected: dict[str, Any],
) -> None:
    mapping = own[0] if own and own[0].prefix == "zeebe" else io7(*own)
    thrown = m.SignalEventDefinition(id="d", signal_ref="S", **extended(*words))
    event = m.IntermediateThrowEvent(id="t", event_definitions=(thrown,), **extended(mapping))
    driver = Driver(compile_models([around(event, roots=(SIGNAL,))]), reload=True).run({"a": 1})
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"a": 1}
    (sent,) = [x for x in driver.records if isinstance(x, r.SignalThrown)]
    assert (sent.values or {}) == expected


def test_python_cannot_compute_what_an_event_throws() -> None:
    event = m.EndEvent(id="t", event_definitions=CAUGHT, **extended(io7(into("x", "${a.b()}"))))
    (line,) = told(file(m.StartEvent(id="s"), event, *flows("s t"), roots=(MESSAGE,)))
    assert "a value of 'x' that Python computes for an event that throws" in line


CODES = """<{kind} id="E" name="it" {kind}Code='= "no " + why'/>
  <{kind} id="C" name="it" {kind}Code="no money"/>
  <process id="P" isExecutable="true"><startEvent id="s"/><subProcess id="z">
  <endEvent id="t"><{kind}EventDefinition id="d" {kind}Ref="E"/></endEvent></subProcess>
  <boundaryEvent id="b" attachedToRef="z"><{kind}EventDefinition id="e" {kind}Ref="C"/>
  </boundaryEvent><task id="caught"/><task id="not"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="z"/>
  <sequenceFlow id="g" sourceRef="b" targetRef="caught"/>
  <sequenceFlow id="h" sourceRef="z" targetRef="not"/></process>"""


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_a_code_may_be_computed_where_it_is_thrown(kind: str) -> None:
    made = compile_models([read_text(CODES.format(kind=kind))])
    assert "caught" in Driver(made, reload=True).start({"why": "money"}).path()
    assert "caught" not in Driver(made, reload=True).start({"why": "time"}).path()
    stub = compile_models([read_text(CODES.format(kind=kind))], Options(stub=True))
    assert "caught" not in Driver(stub, reload=True).start({}).path()
    without = Driver(made, reload=True).start({})
    assert without.incidents() == [
        f"""the {kind} code '= "no " + why' is null: there is no variable 'why'"""
    ]
    (incident,) = [
        (scope.path, *split_key(without.state, key))
        for scope in without.state.scopes.values()
        for key in scope.incidents or {}
    ]
    without.send(c.ResolveIncident(*incident, {"why": "money"}))
    assert "caught" in without.path()


@pytest.mark.parametrize("reload", [False, True])
def test_what_is_thrown_beside_an_end_of_all_must_have_a_name(reload: bool) -> None:
    thrown = m.SignalEventDefinition(id="d", signal_ref="S")
    both = (m.TerminateEventDefinition(id="d2"), thrown)
    end = m.EndEvent(id="e", event_definitions=both)
    roots = (m.Signal(id="S", name="${gone}"),)
    drawn = file(m.StartEvent(id="s"), end, *flows("s e"), roots=roots)
    driver = Driver(compile_models([drawn]), reload=reload).run()
    assert "gone" in driver.incidents()[0]
    assert driver.outcome == ""
    driver.send(c.ResolveIncident(*driver.job("e"), {"gone": "there"}))
    (sent,) = [x for x in driver.records if isinstance(x, r.SignalThrown)]
    assert (sent.name, driver.outcome) == ("there", "terminated")

"""Python that is given values which are computed as it is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.given_values import with_given_values
from bpmn_xml.runtime.binding.handlers import adapt
from tests.runtime.binding.test_one_value import context
from tests.runtime.harness import WAIT

ADDRESS = ("to", Computed("${who.email}", expressions.compile("${who.email}").evaluate, "juel"))


def sent(to: str, n: int, context: Any) -> dict[str, Any]:
    return {"to": to, "n": n, "told": context.fields}


def test_values_come_before_variables() -> None:
    handler = with_given_values(adapt(sent), [ADDRESS])
    found = handler.function(context({"who": {"email": "a@b"}, "to": "nobody", "n": 1}))
    assert found == {"to": "a@b", "n": 1, "told": {"to": "a@b"}}


def test_without_values_it_stays_as_it_is() -> None:
    handler = adapt(sent)
    assert with_given_values(handler, []) is handler


def test_a_value_that_cannot_be_computed_is_the_calls_fault() -> None:
    with pytest.raises(HandlerError, match="what it is given cannot be computed"):
        with_given_values(adapt(sent), [ADDRESS]).function(context({"n": 1}))


def test_a_producer_is_given_nothing() -> None:
    def many(to: str) -> Iterator[str]:
        yield to

    with pytest.raises(UsageError, match="it gives many results"):
        with_given_values(adapt(many), [ADDRESS])


LISTENING = b"""
  <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
    <process id="P" isExecutable="true" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
      <extensionElements>
        <camunda:executionListener event="start" class="org.acme.Audit">
          <camunda:field name="who" expression="${starter}"/>
        </camunda:executionListener>
      </extensionElements>
      <startEvent id="s"/>
      <manualTask id="t" name="Look">
        <extensionElements>
          <camunda:executionListener event="start" class="org.acme.Audit">
            <camunda:field name="who"><camunda:expression>${names.of(starter)}</camunda:expression>
            </camunda:field>
          </camunda:executionListener>
        </extensionElements>
      </manualTask>
      <endEvent id="e"/>
      <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
      <sequenceFlow id="f2" sourceRef="t" targetRef="e">
        <extensionElements>
          <camunda:executionListener event="take" class="org.acme.Audit">
            <camunda:field name="who" stringValue="${kept}"/>
            <camunda:field name="at" expression="${names.of(execution.currentActivityName)}"/>
          </camunda:executionListener>
        </extensionElements>
      </sequenceFlow>
    </process>
  </definitions>"""


@pytest.mark.parametrize("workers", [0, 2])
def test_fields_of_listeners_are_computed(workers: int) -> None:
    told: list[tuple[str, str | None]] = []

    def audit(who: str, at: str | None = None) -> None:
        told.append((who, at))

    handlers = {"org.acme.Audit": audit, "names.of": str.upper}
    with Engine(read(LISTENING), handlers, workers=workers) as engine:
        run = engine.start("P", {"starter": "ada"})
        assert run.wait(WAIT)
    assert run.outcome == "completed"
    assert told == [("ada", None), ("ADA", None), ("${kept}", "LOOK")]

"""An agent in Python that chooses tools in an ad-hoc sub-process, as of Camunda 8."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bpmn_xml.formats import read
from bpmn_xml.runtime import Engine
from tests.runtime.harness import WAIT

AGENT = b"""
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <process id="P" isExecutable="true">
    <startEvent id="s"/>
    <adHocSubProcess id="agent" name="AI agent">
      <extensionElements>
        <zeebe:taskDefinition type="ai:agent:1" retries="3"/>
        <zeebe:adHoc outputCollection="results" outputElement="={id: call.id, content: result}"/>
      </extensionElements>
      <serviceTask id="search">
        <extensionElements>
          <zeebe:taskDefinition type="web:search"/>
          <zeebe:ioMapping>
            <zeebe:input source="=fromAi(call.query)" target="query"/>
            <zeebe:output source="=found" target="result"/>
          </zeebe:ioMapping>
        </extensionElements>
      </serviceTask>
      <scriptTask id="add">
        <extensionElements>
          <zeebe:script expression="=call.a + call.b" resultVariable="result"/>
        </extensionElements>
      </scriptTask>
    </adHocSubProcess>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="agent"/>
    <sequenceFlow id="f2" sourceRef="agent" targetRef="e"/>
  </process>
</definitions>"""


def tool(name: str, **call: Any) -> dict[str, Any]:
    return {"elementId": name, "variables": {"call": call, "result": ""}}


@pytest.mark.parametrize("workers", [0, 3])
def test_an_agent_is_asked_until_it_has_all_it_wants(workers: int) -> None:
    asked, lock = list[int](), threading.Lock()

    def agent(results: list[dict[str, Any]], context: Any) -> Any:
        with lock:
            asked.append(len(results))
        if not results and context.attempt == 0 and len(asked) == 1:
            return [tool("search", id=1, query="BPMN"), tool("add", id=2, a=3, b=4)]
        if len(results) < 2:
            return None
        return {"isCompletionConditionFulfilled": True, "answer": len(results)}

    handlers = {"ai:agent:1": agent, "web:search": lambda query: {"found": f"all of {query}"}}
    with Engine(read(AGENT), handlers, workers=workers) as engine:
        run = engine.start("P")
        assert run.wait(WAIT)
    assert run.outcome == "completed"
    assert run.variables["answer"] == 2
    results = sorted(run.variables["results"], key=lambda one: one["id"])
    assert results == [{"id": 1, "content": "all of BPMN"}, {"id": 2, "content": 7}]
    assert (asked[0], asked[-1]) == (0, 2)


def test_an_agent_that_fails_is_asked_again() -> None:
    tried = list[int]()

    def agent(context: Any) -> Any:
        tried.append(context.attempt)
        if len(tried) < 3:
            raise OSError("no network")
        return []

    with Engine(
        read(AGENT), {"ai:agent:1": agent, "web:search": lambda: iter(())}, workers=0
    ) as engine:
        run = engine.start("P")
        assert run.wait(WAIT)
    assert run.outcome == "completed"
    assert tried == [0, 1, 2]

"""What somebody's Python sees: variables, but none that only take an answer."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.formats import read
from bpmn_xml.runtime import run

STEERED = """<startEvent id="s"/>
<adHocSubProcess id="h"><extensionElements><zeebe:taskDefinition type="agent"/></extensionElements>
  <serviceTask id="t1"/><serviceTask id="t2"/>
  <sequenceFlow id="f" sourceRef="t1" targetRef="t2"/>
</adHocSubProcess>
<sequenceFlow id="g" sourceRef="s" targetRef="h"/>"""
JUDGED = """<startEvent id="s"/>
<serviceTask id="t1"/><serviceTask id="t2"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t1"/>
<sequenceFlow id="g" sourceRef="t1" targetRef="t2">
  <conditionExpression>${b.holds()}</conditionExpression>
</sequenceFlow>"""


def drawing(inner: str) -> Any:
    names = (
        'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    )
    process = f'<process id="P" isExecutable="true">{inner}</process>'
    return read(f"<definitions {names}>{process}</definitions>".encode())


class Bean:
    def holds(self) -> bool:
        return True


@pytest.mark.parametrize("inner", [STEERED, JUDGED], ids=["steered", "judged"])
@pytest.mark.parametrize("workers", [0, 2])
def test_nobody_sees_variables_that_only_take_an_answer(inner: str, workers: int) -> None:
    seen = list[set[str]]()

    def agent(context: Any) -> Any:
        seen.append(set(context.variables))
        return [{"elementId": "t1", "variables": {"n": 2}}] if len(seen) == 1 else []

    def by_context(context: Any) -> None:
        seen.append(set(context.variables))

    def by_keyword(**variables: Any) -> None:
        seen.append(set(variables))

    handlers = {"t1": by_context, "t2": by_keyword}
    handlers |= {"agent": agent} if inner is STEERED else {"b": Bean()}
    done = run(drawing(inner), {"n": 1}, handlers, workers=workers)
    assert done.outcome == "completed"
    assert len(seen) >= 2
    assert all(names == {"n"} for names in seen)


def test_what_is_missing_is_told_without_answers() -> None:
    handlers = {"t1": lambda: None, "t2": lambda m: m, "b": Bean()}
    done = run(drawing(JUDGED), {"n": 1}, handlers, workers=0)
    (incident,) = done.incidents
    assert incident.message.endswith("which is not set (set: n)")

"""Python bound to a condition: it is asked, or refused where the condition is computed."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

import bpmn_xml
from bpmn_xml.runtime.binding.handlers import as_worker
from tests.documents import DEFINITIONS

DRAWING = (
    DEFINITIONS
    + """<process id="p" isExecutable="true"><startEvent id="s"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="g"/><exclusiveGateway id="g" default="f3"/>
  <sequenceFlow id="f2" sourceRef="g" targetRef="yes">
    <conditionExpression language="{}">{}</conditionExpression></sequenceFlow>
  <sequenceFlow id="f3" sourceRef="g" targetRef="no"/>
  <endEvent id="yes"/><endEvent id="no"/></process></definitions>"""
)


class Rules:
    def holds(self, n: int) -> bool:
        return n > 1


def ran(language: str, text: str, **options: Any) -> bpmn_xml.Run:
    return bpmn_xml.run(bpmn_xml.read(DRAWING.format(language, text).encode()), {"n": 2}, **options)


@pytest.mark.parametrize("language", ["groovy", "javascript", "feel", "juel", "python"])
@pytest.mark.parametrize("given", ["handlers", "bindings"])
def test_what_nobody_would_ask_is_refused(language: str, given: str) -> None:
    text = "${n == 2}" if language == "juel" else "n = 2" if language == "feel" else "n == 2"
    bound = (lambda n: False) if given == "handlers" else "python:shop:f2"
    with pytest.raises(bpmn_xml.BindingError, match="would never be asked") as caught:
        ran(language, text, **{given: {"f2": bound}})
    assert [(finding.code, finding.id) for finding in caught.value.findings] == [("BX211", "f2")]


@pytest.mark.parametrize(
    ("language", "text", "handlers"),
    [("groovy", "n / 2 == 1", {"f2": lambda n: False}), ("groovy", "n == 1", {}),
     ("juel", "${f2.holds(n) and n == 1}", {"f2": Rules()}), ("groovy", "n == 1", Rules())],
)  # fmt: skip
def test_what_is_asked_or_no_binding_of_the_flow_is_none_of_this(
    language: str, text: str, handlers: object
) -> None:
    assert ran(language, text, handlers=handlers).outcome == "completed"


TASKS = """<userTask id="ask"/><serviceTask id="check" name="Check it"/>
  <serviceTask id="book" xmlns:c="http://camunda.org/schema/1.0/bpmn"
    c:expression="${auditBean.booked(1)}"/>
  <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="check"/>"""


class Audit:
    def booked(self, days: int) -> int:
        return days


@pytest.mark.parametrize(
    ("handlers", "refused"),
    [
        ({"check": print, "auditBean": Audit()}, ""),
        ([{"Check it": print}, {"auditBean.booked": print}], ""),
        ({"check": print, "auditBean": Audit(), "chek": as_worker(lambda: None, print)}, ""),
        ({"chek": print, "auditBean": Audit(), "nonsense": print},
         r"no task asks for the handlers 'chek'; did you mean 'check'\?: name a task's id"),
        ({"check": print, "chek": print, "auditBean": Audit(), "of another drawing": print}, ""),
    ],
)  # fmt: skip
def test_handlers_that_miss_a_task_by_a_slip_are_refused(handlers: object, refused: str) -> None:
    work = TASKS.replace('id="check"', 'id="check" implementation="python:textwrap:indent"')
    drawing = f'{DEFINITIONS}<process id="P" isExecutable="true">{work}</process></definitions>'
    with pytest.raises(bpmn_xml.UsageError, match=refused) if refused else nullcontext():
        bpmn_xml.Engine(drawing.encode(), handlers, allow_imports=["textwrap"]).stop()

"""Memory over many instances: it must not grow with the number of those that have ended."""

from __future__ import annotations

import time
from typing import Final

import bpmn_xml
from benchmarks.measure import resident_mb
from bpmn_xml.runtime import Engine, ManualClock

GROWTH: Final = 4.0
"""Megabytes that memory may grow by: what the allocator does not give back."""

DRAWING: Final = b"""
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:bench">
  <process id="P" isExecutable="true">
    <startEvent id="s"/><serviceTask id="work"/><userTask id="ask"/><endEvent id="e"/>
    <boundaryEvent id="late" attachedToRef="ask">
      <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
    </boundaryEvent><endEvent id="l"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
    <sequenceFlow id="f2" sourceRef="work" targetRef="ask"/>
    <sequenceFlow id="f3" sourceRef="ask" targetRef="e"/>
    <sequenceFlow id="f4" sourceRef="late" targetRef="l"/>
  </process>
</definitions>
"""
"""A handler, a person and a timer that is taken back."""


def live(engine: Engine, number: int) -> None:
    """Let so many instances run from begin to end."""
    for _ in range(number):
        run = engine.start("P", {"n": 1})
        run.settle()
        run.tasks[0].complete({"n": 2})


def growth(instances: int) -> float:
    """Megabytes that memory grows by, after a tenth of the instances; prints each tenth."""
    tenth = max(1, instances // 10)
    sizes, began = [], time.monotonic()
    model = bpmn_xml.read(DRAWING)
    with Engine(model, {"work": lambda n: {"n": n}}, workers=0, clock=ManualClock()) as engine:
        for number in range(1, 11):
            live(engine, tenth)
            sizes.append(resident_mb())
            spent = time.monotonic() - began
            print(f"{number * tenth:>10,} instances  {sizes[-1]:7.1f} MB  {spent:6.1f} s")
    return sizes[-1] - sizes[0]

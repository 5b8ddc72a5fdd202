"""Memory over many instances: it must not grow with the number of those that have ended.

    python tools/bench_memory.py              # 1,000,000 instances
    python tools/bench_memory.py --instances 100000

Prints the resident memory after every tenth, and ends with exit code 1 if it has grown by more
than `GROWTH` from the first tenth to the last.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path
from typing import Final

import bpmn_xml
from bpmn_xml.runtime import Engine, ManualClock

GROWTH: Final = 4 * 2**20
"""Bytes that memory may grow by: what the allocator does not give back."""

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


def resident() -> int:
    """Bytes of this process in memory."""
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * 4096


def live(engine: Engine, number: int) -> None:
    """Let so many instances run from begin to end."""
    for _ in range(number):
        run = engine.start("P", {"n": 1})
        run.settle()
        run.tasks[0].complete({"n": 2})


def main() -> int:
    """Measure, and say whether memory stays flat."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--instances", type=int, default=1_000_000)
    tenth = max(1, parser.parse_args().instances // 10)
    sizes, began = [], time.monotonic()
    model = bpmn_xml.read(DRAWING)
    with Engine(model, {"work": lambda n: {"n": n}}, workers=0, clock=ManualClock()) as engine:
        for number in range(1, 11):
            live(engine, tenth)
            gc.collect()
            sizes.append(resident())
            spent = time.monotonic() - began
            print(f"{number * tenth:>10,} instances  {sizes[-1] / 2**20:7.1f} MB  {spent:6.1f} s")
    return int(sizes[-1] - sizes[0] > GROWTH)


if __name__ == "__main__":
    sys.exit(main())

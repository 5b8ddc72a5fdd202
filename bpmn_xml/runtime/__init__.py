"""Run processes: bind tasks to Python, carry commands to the core and do what its batches ask.

See `bpmn_xml.runtime.engine` for a session.

    engine, one_run, options   where a program begins, and what may be said
    assembly, null_mappings    what an engine is put together of; `formfiles`: forms beside drawings
    starting, arguments        which process begins, and what a caller gives
    runs, inbox                what a caller holds: a run, its user tasks and incidents
    people, forms              whose a user task is, and what a person may answer
    uncaught_errors, clock     what ended a run; what time it is
    tracing, scenario          who sees what happens; what happens around a run, played
    binding/                   finds the Python of each task before the first step
    execution/                 calls it, and carries every instance on
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml.runtime.binding.context import CallCancelled, TaskContext
    from bpmn_xml.runtime.binding.decorator import task
    from bpmn_xml.runtime.clock import Clock, ManualClock, SystemClock
    from bpmn_xml.runtime.engine import Engine
    from bpmn_xml.runtime.forms import FormError
    from bpmn_xml.runtime.inbox import OpenIncident, OpenTask
    from bpmn_xml.runtime.one_run import run
    from bpmn_xml.runtime.runs import Run
    from bpmn_xml.runtime.uncaught_errors import UncaughtBpmnError

_NAMES: Final = {
    "binding.context": "CallCancelled TaskContext",
    "binding.decorator": "task",
    "clock": "Clock ManualClock SystemClock",
    "engine": "Engine",
    "forms": "FormError",
    "inbox": "OpenIncident OpenTask",
    "one_run": "run",
    "runs": "Run",
    "uncaught_errors": "UncaughtBpmnError",
}

__all__ = [
    "CallCancelled",
    "Clock",
    "Engine",
    "FormError",
    "ManualClock",
    "OpenIncident",
    "OpenTask",
    "Run",
    "SystemClock",
    "TaskContext",
    "UncaughtBpmnError",
    "run",
    "task",
]

__getattr__, __dir__ = importer(__name__, _NAMES)

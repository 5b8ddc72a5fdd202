"""The process engine that runs BPMN drawings in Python.

>>> import bpmn_xml
>>> process = bpmn_xml.read(b'''
...   <definitions targetNamespace="urn:example"
...                xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
...     <process id="Greeting" isExecutable="true">
...       <startEvent id="start"/>
...       <serviceTask id="greet"/>
...       <endEvent id="end"/>
...       <sequenceFlow id="f1" sourceRef="start" targetRef="greet"/>
...       <sequenceFlow id="f2" sourceRef="greet" targetRef="end"/>
...     </process>
...   </definitions>''')
>>> def greet(name):
...     return {"greeting": f"Hello, {name}"}
>>> run = bpmn_xml.run(process, {"name": "Ada"}, {"greet": greet})
>>> run.outcome, run.variables["greeting"]
('completed', 'Hello, Ada')

`read` and `write` know the formats, `run` and `Engine` run, `draw` draws, `check` says what is
wrong, `convert` makes BPMN with a drawing of anything. `read_decisions` and `decide` are for DMN,
`evaluate` for a single expression. An `Engine` keeps what it knows in memory only: `start` gives a
`Run` (`variables`, `error`, `cancel`), which has an `OpenTask` for each person that is asked
(`assignee`, `complete`, `fail`) and an `OpenIncident` for each fault (`retry`, `skip`). All errors
(`errors`) derive from `BpmnXmlError`. Names are loaded when used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml import errors, model
    from bpmn_xml.check import check
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.errors import (
        AmbiguousMessage,
        BindingError,
        BpmnError,
        BpmnXmlError,
        CallFailed,
        CheckError,
        CommandRejected,
        ExpressionError,
        Finding,
        FindingsError,
        InternalError,
        Place,
        ReadError,
        Severity,
        StoreError,
        UsageError,
    )
    from bpmn_xml.expressions import evaluate
    from bpmn_xml.expressions.feel.calendar import MonthsDuration
    from bpmn_xml.expressions.feel.values import Range
    from bpmn_xml.formats import read, read_decisions, write
    from bpmn_xml.formats.convert import convert
    from bpmn_xml.formats.decide import decide
    from bpmn_xml.render import draw
    from bpmn_xml.runtime import (
        CallCancelled,
        Engine,
        FormError,
        ManualClock,
        OpenIncident,
        OpenTask,
        Run,
        SystemClock,
        TaskContext,
        UncaughtBpmnError,
        run,
        task,
    )
    from bpmn_xml.runtime.binding.workers import from_external_task, from_pyzeebe

__version__ = "0.1.0"

_NAMES: Final = {
    "": "errors model",
    "check": "check",
    "compiler.options": "Options",
    "errors": "AmbiguousMessage BindingError BpmnError BpmnXmlError CallFailed CheckError "
    "CommandRejected ExpressionError Finding FindingsError InternalError Place ReadError "
    "Severity StoreError UsageError",
    "expressions": "evaluate",
    "expressions.feel.calendar": "MonthsDuration",
    "expressions.feel.values": "Range",
    "formats": "read read_decisions write",
    "formats.convert": "convert",
    "formats.decide": "decide",
    "render": "draw",
    "runtime": "CallCancelled Engine FormError ManualClock OpenIncident OpenTask Run SystemClock "
    "TaskContext UncaughtBpmnError run task",
    "runtime.binding.workers": "from_external_task from_pyzeebe",
}
"""By the module where they live: the public names; the first are modules."""

__all__ = [
    "AmbiguousMessage",
    "BindingError",
    "BpmnError",
    "BpmnXmlError",
    "CallCancelled",
    "CallFailed",
    "CheckError",
    "CommandRejected",
    "Engine",
    "ExpressionError",
    "Finding",
    "FindingsError",
    "FormError",
    "InternalError",
    "ManualClock",
    "MonthsDuration",
    "OpenIncident",
    "OpenTask",
    "Options",
    "Place",
    "Range",
    "ReadError",
    "Run",
    "Severity",
    "StoreError",
    "SystemClock",
    "TaskContext",
    "UncaughtBpmnError",
    "UsageError",
    "check",
    "convert",
    "decide",
    "draw",
    "errors",
    "evaluate",
    "from_external_task",
    "from_pyzeebe",
    "model",
    "read",
    "read_decisions",
    "run",
    "task",
    "write",
]


__getattr__, _public = importer(__name__, _NAMES)


def __dir__() -> list[str]:
    return [*_public(), "__version__"]

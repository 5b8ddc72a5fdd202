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
`evaluate` for a single expression. All errors (`errors`) derive from `BpmnXmlError`. Names are
loaded when used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bpmn_xml import errors, model
    from bpmn_xml.check import check
    from bpmn_xml.compiler.options import Options
    from bpmn_xml.errors import (
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
    from bpmn_xml.formats import read, read_decisions, write
    from bpmn_xml.formats.convert import convert
    from bpmn_xml.formats.deciding import decide
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
        run,
        task,
    )
    from bpmn_xml.runtime.binding.workers import from_external_task, from_pyzeebe

__version__ = "0.1.0"

_HOMES: Final = {
    "check": "bpmn_xml.check",
    "Options": "bpmn_xml.compiler.options",
    "BindingError": "bpmn_xml.errors",
    "BpmnError": "bpmn_xml.errors",
    "BpmnXmlError": "bpmn_xml.errors",
    "CallFailed": "bpmn_xml.errors",
    "CheckError": "bpmn_xml.errors",
    "CommandRejected": "bpmn_xml.errors",
    "ExpressionError": "bpmn_xml.errors",
    "Finding": "bpmn_xml.errors",
    "FindingsError": "bpmn_xml.errors",
    "InternalError": "bpmn_xml.errors",
    "Place": "bpmn_xml.errors",
    "ReadError": "bpmn_xml.errors",
    "Severity": "bpmn_xml.errors",
    "StoreError": "bpmn_xml.errors",
    "UsageError": "bpmn_xml.errors",
    "decide": "bpmn_xml.formats.deciding",
    "evaluate": "bpmn_xml.expressions",
    "read": "bpmn_xml.formats",
    "read_decisions": "bpmn_xml.formats",
    "write": "bpmn_xml.formats",
    "convert": "bpmn_xml.formats.convert",
    "draw": "bpmn_xml.render",
    "CallCancelled": "bpmn_xml.runtime",
    "Engine": "bpmn_xml.runtime",
    "FormError": "bpmn_xml.runtime",
    "ManualClock": "bpmn_xml.runtime",
    "OpenIncident": "bpmn_xml.runtime",
    "OpenTask": "bpmn_xml.runtime",
    "Run": "bpmn_xml.runtime",
    "SystemClock": "bpmn_xml.runtime",
    "TaskContext": "bpmn_xml.runtime",
    "run": "bpmn_xml.runtime",
    "task": "bpmn_xml.runtime",
    "from_external_task": "bpmn_xml.runtime.binding.workers",
    "from_pyzeebe": "bpmn_xml.runtime.binding.workers",
}
"""Where each public name lives."""

_MODULES: Final = ("errors", "model")
"""Modules that can be used without importing them."""

__all__ = [
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
    "OpenIncident",
    "OpenTask",
    "Options",
    "Place",
    "ReadError",
    "Run",
    "Severity",
    "StoreError",
    "SystemClock",
    "TaskContext",
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


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

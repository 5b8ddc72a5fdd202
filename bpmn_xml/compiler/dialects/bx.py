"""Our own extension: `urn:bpmn-xml:1.0`, prefix `bx`."""

from __future__ import annotations

from functools import partial
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import Settings, either, flag, one_of, positive
from bpmn_xml.compiler.dialects.table import Dialect, kept, mapped, runs, store, table
from bpmn_xml.compiler.times.durations import microseconds, retry_waits
from bpmn_xml.model.vendors import BX
from bpmn_xml.wording import quoted

PYTHON: Final = "python:"

WORKING: Final = (m.ServiceTask, m.SendTask, m.ScriptTask, m.BusinessRuleTask)
"""Tasks that Python does."""

CATCHING: Final = (m.BoundaryEvent, m.ErrorEventDefinition)
CORRELATED: Final = (m.MessageEventDefinition, m.Message, m.ReceiveTask, m.SendTask)
REPEATED: Final = (m.MultiInstanceLoopCharacteristics,)


def python_name(settings: Settings, text: str) -> None:
    """Take `python:module:Class.method` as the implementation."""
    module, separator, name = text.strip().removeprefix(PYTHON).partition(":")
    words = [*module.split("."), *name.split(".")]
    if not separator or not all(word.isidentifier() for word in words):
        raise ValueError(f"{quoted(text)} is not of the form python:module:Class.method")
    settings.works, settings.implementation = True, f"{module}:{name}"


def named(settings: Settings, name: str) -> None:
    """Take a vendor's name of the work: Python itself, or a name that is bound to it."""
    settings.works = True
    if name.startswith(PYTHON):
        python_name(settings, name)
    else:
        settings.names.append(name)


def _emits(settings: Settings, text: str) -> None:
    word = one_of(text, ("many", "one", "transfer"))
    settings.many, settings.promotes = word == "many", word == "transfer"


DIALECT: Final = Dialect(
    name="",
    prefix="bx",
    namespaces=frozenset({BX}),
    words=table(
        runs("@binding", WORKING, "names the Python that does the work", python_name),
        runs(
            "@catch",
            CATCHING,
            "catches Python's exceptions",
            store("catches_exceptions", either("exceptions", "errors")),
        ),
        mapped("@collection", REPEATED, "what is gone through", store("collection")),
        runs("@delay", WORKING, "a pause after each call", store("delay", microseconds)),
        mapped("@element", REPEATED, "the variable of each element", store("element")),
        runs("@emits", WORKING, "each result opens an item", _emits),
        mapped("@errorCodeVariable", CATCHING, "takes the code", store("code_variable")),
        mapped("@errorMessageVariable", CATCHING, "takes the message", store("message_variable")),
        runs("@key", CORRELATED, "what correlates a message", store("key")),
        runs("@maxInFlight", WORKING, "items under way at once", store("max_in_flight", positive)),
        mapped("@output", REPEATED, "the variable of what is collected", store("output")),
        mapped("@outputElement", REPEATED, "what is collected", store("output_element")),
        runs(
            "@payload",
            (m.Process,),
            "results travel along the flows",
            store("flow_payload", either("flow", "variables")),
        ),
        kept("@queueCount", WORKING, "the legacy's number of queues, for the record"),
        runs("@resumable", WORKING, "a producer may be retried", store("resumable", flag)),
        mapped("@result", WORKING, "the variable of a result", store("result")),
        runs(
            "@retries",
            WORKING,
            "further attempts, and waits",
            store("retries", partial(retry_waits, first_counts=False)),
        ),
        runs("@threads", WORKING, "calls at once", store("threads", positive)),
        runs("@timeout", WORKING, "how long a call may take", store("timeout", microseconds)),
    ),
)

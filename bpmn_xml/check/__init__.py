"""Say what is wrong with diagrams: whether they can be run, and whether they conform.

>>> from bpmn_xml import model as m
>>> from bpmn_xml.check import check
>>> task = m.ServiceTask(id="charge")
>>> process = m.Process(id="P", is_executable=True, flow_elements=(
...     m.StartEvent(id="s"), task, m.EndEvent(id="e"),
...     m.SequenceFlow(id="f1", source_ref="s", target_ref="charge"),
...     m.SequenceFlow(id="f2", source_ref="charge", target_ref="e")))
>>> model = m.Definitions(id="D", root_elements=(process,))
>>> [finding.message for finding in check(model, aim="run")]
["nothing is bound to 'charge'"]
>>> check(model, {"charge": print}, aim="run")
()
>>> [finding.code for finding in check(model, aim="standard")]  # nothing lists its flows
['EXT023', 'EXT023', 'EXT023']

`checking` asks all of it, `conformance` what the standard says. Where to look, and to add:

    rules/        the structural rules of the standard, a function each; its `schema` is beside
    drawing/      shapes and edges beside what they draw
    expressions/  what a single condition or value says
    variables/    who reads and writes them
    vendors/      what the engine that a file is drawn for wants
    soundness/    whether every run ends, whatever the data and the order of things
    membership    lanes, pools and lists; `misdirected`: lines and calls that lead nowhere
    imports       other files; `throws_and_catches`: messages, signals and errors between them
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml.check.checking import check

__all__ = ["check"]


__getattr__, __dir__ = importer(__name__, {"checking": "check"})


class CallableModule(ModuleType):
    """This module: `bpmn_xml.check(...)` works although the name is a package's, too."""

    def __call__(self, *args: Any, **options: Any) -> object:
        """Do what `check` does."""
        return self.check(*args, **options)


sys.modules[__name__].__class__ = CallableModule

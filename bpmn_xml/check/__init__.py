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

Where to add: structural rules in `rules`, what the schema says in `schema` (from the vocabulary),
analyses of the whole flow beside `conformance`, as functions from a model to findings.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bpmn_xml.check.checking import check

__all__ = ["check"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bpmn_xml.check import checking

    return getattr(checking, name)


class CallableModule(ModuleType):
    """This module: `bpmn_xml.check(...)` works although the name is a package's, too."""

    def __call__(self, *args: Any, **options: Any) -> object:
        """Do what `check` does."""
        return self.check(*args, **options)


sys.modules[__name__].__class__ = CallableModule

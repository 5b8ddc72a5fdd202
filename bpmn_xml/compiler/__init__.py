"""From a diagram to a program, and the gate: what cannot be run is refused before the first step.

>>> from bpmn_xml import model as m
>>> from bpmn_xml.compiler import compile_models
>>> process = m.Process(id="P", is_executable=True, flow_elements=(
...     m.StartEvent(id="a"), m.EndEvent(id="b"),
...     m.SequenceFlow(id="f", source_ref="a", target_ref="b")))
>>> program = compile_models([m.Definitions(id="D", root_elements=(process,))])
>>> [node.id for node in program.nodes]
['a', 'b']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.lazy import importer

if TYPE_CHECKING:
    from bpmn_xml.compiler.compile import analyse, compile_models
    from bpmn_xml.compiler.elements.producers import mark_producers
    from bpmn_xml.compiler.options import Options

_NAMES: Final = {
    "compile": "analyse compile_models",
    "elements.producers": "mark_producers",
    "options": "Options",
}

__all__ = ["Options", "analyse", "compile_models", "mark_producers"]

__getattr__, __dir__ = importer(__name__, _NAMES)

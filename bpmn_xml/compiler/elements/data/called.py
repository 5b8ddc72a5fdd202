"""Data of call activities in the standard's own words (10.3.6, 10.4.2).

Where a call says which data goes in, what it calls is given that and sees nothing else of its
caller, and gives back what the call says. One that says nothing lets it see all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.elements.data.associations import held_name, is_vendors
from bpmn_xml.compiler.elements.values import variable
from bpmn_xml.compiler.file import CallMet, DiagramFile
from bpmn_xml.compiler.program.scoping import Assign, CallData

UNSTATED: Final = m.InputOutputSpecification(id="")


def call_as_stated(
    file: DiagramFile, call: CallMet, home: DiagramFile, called: m.CallableElement
) -> CallData | None:
    """What a call passes and takes back by its specification; None where that names no input."""
    stated, there = call.element.io_specification, called.io_specification or UNSTATED
    if stated is None or not stated.data_inputs or is_vendors(file):
        return None
    moved = {ref for one in call.element.data_output_associations for ref in one.source_refs}
    into = _pairs(_names(file, call, stated.data_inputs), _names(home, None, there.data_inputs))
    back = _pairs(_names(file, call, stated.data_outputs), _names(home, None, there.data_outputs))
    return CallData(
        inputs=tuple([Assign((theirs,), variable(ours)) for ours, theirs in into]),
        outputs=tuple(
            [
                Assign((ours,), variable(theirs))
                for one, (ours, theirs) in zip(stated.data_outputs, back, strict=True)
                if one.id in moved
            ]
        ),
    )


def _names(
    file: DiagramFile, call: CallMet | None, data: Iterable[m.DataInput | m.DataOutput]
) -> list[str]:
    """The variables of data; in the place of a loop's collection the item of an instance."""
    items = dict(_items(call)) if call is not None else {}
    return [items.get(one.id) or held_name(file, one.id) for one in data]


def _items(call: CallMet) -> Iterator[tuple[str | None, str]]:
    """The collections of a loop, and the variables that each instance has of them."""
    loop, looped = call.draft.loop, call.element.loop_characteristics
    if loop is not None and isinstance(looped, m.MultiInstanceLoopCharacteristics):
        yield looped.loop_data_input_ref, loop.element
        yield looped.loop_data_output_ref, next(iter(loop.own), "")


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterable[tuple[str, str]]:
    """What is called has data of the same names; where it shares none both meet in their order."""
    same = len(ours) != len(theirs) or not set(ours).isdisjoint(theirs)
    return zip(ours, ours if same else theirs, strict=True)

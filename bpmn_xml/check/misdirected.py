"""Lines to themselves, data the wrong way round, calls of nothing, cycles that fire only once.

No rule of the standard forbids it, and nobody means it: so these are doubts, never errors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.vendors.demands import EIGHT, drawn_for
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import by_id, owned, processes, walk

TURNED: Final = "BX719"
ONCE: Final = "BX720"
CALLS_NOTHING: Final = "BX740"


def misdirected(definitions: m.Definitions) -> Iterator[Finding]:
    """Find lines, calls and timers that do not come to what is meant, each at its line."""
    for element, owner in owned(definitions):
        if isinstance(element, m.Association) and element.source_ref == element.target_ref:
            what = f"it connects '{element.source_ref}' with itself"
            yield finding_about(element, TURNED, what, "name what it is about")
        elif isinstance(element, m.Activity | m.ThrowEvent | m.CatchEvent):
            yield from _data(element)
        elif isinstance(element, m.TimerEventDefinition) and element.time_cycle:
            yield from _timer(element.time_cycle, owner, definitions)
    yield from _calls(definitions)


def _data(node: m.Activity | m.ThrowEvent | m.CatchEvent) -> Iterator[Finding]:
    """Data goes from outside into inputs, and from outputs to outside."""
    given = node.io_specification if isinstance(node, m.Activity) else node
    inputs = {one.id for one in getattr(given, "data_inputs", ())}
    outputs = {one.id for one in getattr(given, "data_outputs", ())}
    for one in getattr(node, "data_input_associations", ()):
        if inputs.intersection(one.source_refs):
            what = f"it leads from the data input '{one.source_refs[0]}' instead of into it"
            yield finding_about(node, TURNED, what, "turn it round", place=one.place)
    for one in getattr(node, "data_output_associations", ()):
        if one.target_ref in outputs:
            what = f"it leads into the data output '{one.target_ref}' instead of from it"
            yield finding_about(node, TURNED, what, "turn it round", place=one.place)


def _timer(cycle: m.Expression, owner: m.Element, definitions: m.Definitions) -> Iterator[Finding]:
    """What ends its activity, or is in the flow, happens once: Camunda 8 has no cycle there."""
    boundary = isinstance(owner, m.BoundaryEvent) and owner.cancel_activity
    once = boundary or isinstance(owner, m.IntermediateCatchEvent)
    engine = drawn_for(definitions) if once else ""
    if engine != EIGHT and (not engine or not cycle.body.strip().startswith("R")):
        return  # a time of day, which is the next one
    why = "it ends its activity" if boundary else "it is in the flow"
    what = f"its timer has a cycle, but happens once only: {why}"
    yield finding_about(owner, ONCE, what, place=cycle.place)


def _calls(definitions: m.Definitions) -> Iterator[Finding]:
    """Calls of what is in no file that is known; the gate tells of those that are run."""
    if definitions.imports:
        return
    known = by_id(definitions)
    for process in processes(definitions):
        yield from () if process.is_executable else _calls_nothing(process, known)


def _calls_nothing(process: m.Process, known: Collection[str]) -> Iterator[Finding]:
    for element, _ in walk(process):
        called = element.called_element if isinstance(element, m.CallActivity) else None
        if called and called not in known and "{" not in called and ":" not in called:
            what = f"nothing in this file is '{called}', which it calls"
            yield finding_about(element, CALLS_NOTHING, what)

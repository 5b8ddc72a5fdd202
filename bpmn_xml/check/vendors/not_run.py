"""What the engine that a file is drawn for does not run, or runs only where more is said.

It can be run here all the same: so these are doubts, never errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.vendors.demands import EIGHT, LACKING, SEVEN
from bpmn_xml.check.vendors.sayings import doubt
from bpmn_xml.compiler.dialects.read import VendorWord, words_on
from bpmn_xml.compiler.engine_rules import ENGINES
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import element_word
from bpmn_xml.model.walk import owned

NOT_RUN: Final = "BX744"


LEFT_OUT: Final = {
    SEVEN: (m.StandardLoopCharacteristics, m.ComplexGateway),
    EIGHT: (m.StandardLoopCharacteristics, m.ComplexGateway, m.Transaction),
}
"""By engine: elements that it does not run, though they can be run here."""

EVENTS: Final = (m.CatchEvent, m.ThrowEvent)
INSTEAD: Final = "draw what it means with other elements, or draw the file for no engine"
WORKS: Final = frozenset({"@type", "@class", "@delegateExpression", "@expression", "connector"})
"""What says who does the work of a task of Camunda 7."""


def not_run(definitions: m.Definitions, engine: str) -> Iterator[Finding]:
    """Find what the engine that a file is drawn for would not run as it stands.

    Args:
        definitions: the file.
        engine: the one that it is drawn for; nothing is told if it is for none.
    """
    for element, owner in owned(definitions) if engine else ():
        words = {said.name: said for said in words_on(element)}
        yield from _not_run(element, owner, engine)
        if engine == SEVEN and isinstance(element, m.FlowNode):
            yield from _seven(element, words)
        elif engine == EIGHT and isinstance(element, m.FlowNode):
            yield from _eight(element, words)


def _not_run(element: m.Element, owner: m.Element, engine: str) -> Iterator[Finding]:
    """Elements that an engine has not, and events of several definitions, which none has."""
    what = ""
    if isinstance(element, LEFT_OUT.get(engine, ())):
        what = f"does not run its {element_word(element)}"
    elif isinstance(element, EVENTS) and len(element.event_definitions) > 1:
        what = f"runs no event with {len(element.event_definitions)} definitions"
    if what:
        what = f"{ENGINES[engine]}, for which it is drawn, {what}"
        yield doubt(NOT_RUN, owner, element.place, what, INSTEAD)


def _seven(node: m.FlowNode, words: Mapping[str, VendorWord]) -> Iterator[Finding]:
    """Topics of tasks that are not external."""
    if "@topic" in words and not WORKS & {*words}:
        what = f"{words['@topic'].spelled} does nothing here: the task is not external"
        yield doubt(LACKING, node, node.place, what, 'write camunda:type="external"')


def _eight(node: m.FlowNode, words: Mapping[str, VendorWord]) -> Iterator[Finding]:
    """Calls in the standard's words."""
    if isinstance(node, m.CallActivity) and node.called_element and "calledElement" not in words:
        what = f"{ENGINES[EIGHT]}, for which it is drawn, does not read its calledElement"
        mend = f'write <zeebe:calledElement processId="{node.called_element}"/>'
        yield doubt(LACKING, node, node.place, what, mend)
